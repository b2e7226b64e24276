"""Which types may stand for which without a conversion: for methods that override others, and for function values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracewright.translate.flow.types import (
    BOOL,
    INT,
    NEVER,
    NONE,
    OBJECT,
    FunctionType,
    Instance,
    Optional,
    Type,
    is_word,
)

if TYPE_CHECKING:
    from tracewright.translate.infer.type_table import TypeTable


def fits(table: TypeTable, type: Type, wanted: Type) -> bool:
    """Whether every value of `type` is one of `wanted`, as the same machine word."""
    if type is wanted or type is NEVER:
        return True
    if (type, wanted) == (BOOL, INT):
        return True
    if isinstance(wanted, Optional):
        if type is NONE:
            return True
        if is_word(wanted.item):
            return False
        return fits(table, type.item if isinstance(type, Optional) else type, wanted.item)
    if wanted is OBJECT:
        return isinstance(type, Instance)
    if isinstance(type, Instance) and isinstance(wanted, Instance):
        return table.is_subclass(type.layout, wanted.layout)
    if isinstance(type, FunctionType) and isinstance(wanted, FunctionType):
        return signature_fits(table, type.parameters, type.result, wanted.parameters, wanted.result)
    return False


def signature_fits(
    table: TypeTable, parameters: Sequence[Type], result: Type, wanted_parameters: Sequence[Type], wanted_result: Type
) -> bool:
    """Whether a function may be called as one of the wanted signature: it takes at least that, and gives at most that."""
    if len(parameters) != len(wanted_parameters):
        return False
    takes = all(fits(table, given, own) for given, own in zip(wanted_parameters, parameters, strict=True))
    return takes and (fits(table, result, wanted_result) if wanted_result is not NONE else result in (NONE, NEVER))
