"""A value of one type as one of another: implicit conversions, optional values unwrapped, numbers in arithmetic.

size: int | None = length          an int becomes a guest word that may be null
2 * 0.5                            in arithmetic, and only there, a bool or int becomes a float
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, final

from tracewright.core import operations as op
from tracewright.core.errors import DialectError
from tracewright.translate.flow.graph import Constant, Operand, Variable
from tracewright.translate.flow.types import (
    BOOL,
    FLOAT,
    INT,
    NEVER,
    NONE,
    OBJECT,
    FunctionType,
    Instance,
    Optional,
    Type,
    is_word,
    kind_of,
    show_type,
)
from tracewright.translate.infer import explain
from tracewright.translate.infer.emission import Emission
from tracewright.translate.infer.fits import fits
from tracewright.translate.infer.values import Typed, null

if TYPE_CHECKING:
    from tracewright.translate.infer.context import FunctionContext


@final
class Conversions:
    """The conversions that the dialect makes without being told; anything else is an error that says how to tell."""

    def __init__(self, context: FunctionContext, emission: Emission) -> None:
        self.context = context
        self.emission = emission
        self.builder = emission.builder
        self.came_from: dict[Variable, ast.expr] = {}  # the expressions of values that may be None

    def convert(self, value: Typed, wanted: Type, node: ast.AST | None = None) -> Operand:
        """The value as one of the wanted type; an error where it is not."""
        result = self.try_convert(value, wanted)
        if result is None:
            raise explain.mismatch(self.context, value.type, wanted, node)
        return result

    def try_convert(self, value: Typed, wanted: Type) -> Operand | None:
        type = value.type
        if type is wanted or type is NEVER:
            return value.operand
        if isinstance(wanted, Optional):
            if type is NONE:
                return null(wanted)
            if is_word(wanted.item):
                return self._optional_word(value, wanted)
            inner = type.item if isinstance(type, Optional) else type
            return self.try_convert(Typed(value.operand, inner), wanted.item)
        if isinstance(type, Optional):
            return self.try_convert(self.not_none(value), wanted)
        if wanted is OBJECT and isinstance(type, Instance):
            return value.operand
        if isinstance(wanted, Instance) and isinstance(type, Instance):
            return value.operand if self.context.translator.table.is_subclass(type.layout, wanted.layout) else None
        if isinstance(wanted, FunctionType):
            return value.operand if fits(self.context.translator.table, type, wanted) else None
        return None

    def _optional_word(self, value: Typed, wanted: Optional) -> Operand | None:
        """A number, or one that may be None, as one that may be None."""
        if isinstance(value.type, Optional):
            if not is_word(value.type.item):
                return None
            name = self.emission.write_new(null(wanted), wanted)
            there, after = self.emission.new_block(), self.emission.new_block()
            self.emission.branch(self.is_there(value), there, after)
            self.emission.start(there)
            packed = self._optional_word(self.present(value), wanted)
            if packed is not None:
                self.builder.write(name, packed)
            self.emission.jump(after)
            self.emission.start(after)
            return None if packed is None else self.builder.read(name)
        operand = self.try_convert(value, wanted.item)
        if operand is None:
            return None
        operation = op.VALUE_OF_FLOAT if wanted.item is FLOAT else op.VALUE_OF_INT
        return self.emission.emit(operation, [operand], wanted)

    def present(self, value: Typed) -> Typed:
        """An optional value that is known to be there."""
        if not isinstance(value.type, Optional):
            return value
        return self.narrowed(value.operand, value.type.item)

    def narrowed(self, operand: Operand, known: Type) -> Typed:
        """The operand of an optional type as what it is known to be."""
        if not is_word(known):
            return Typed(operand, known)
        operation = op.VALUE_FLOAT if known is FLOAT else op.VALUE_AS_INT
        return Typed(self.emission.emit(operation, [operand], known), known)

    def as_number(self, value: Typed, wanted: Type) -> Operand:
        """The value as an int or float in arithmetic, where Python too makes a bool an int and an int a float. (Elsewhere it
        would stay what it is, and print as that, so there it must be said: `float(x)`.)"""
        if wanted is INT and value.type is BOOL:
            return value.operand
        if wanted is FLOAT and value.type in (INT, BOOL):
            return self.to_float(value.operand)
        return self.convert(value, wanted)

    def to_float(self, operand: Operand) -> Operand:
        return self.emission.compute(op.INT_TO_FLOAT, operand, type=FLOAT)

    def not_none(self, value: Typed) -> Typed:
        """The value without None in its type, checked: the type checker may know more than the translator about what was
        tested before. What no test and no assignment speaks of is refused."""
        if not isinstance(value.type, Optional):
            return value
        item = value.type.item
        node = self.came_from.get(value.operand) if isinstance(value.operand, Variable) else None
        if node is not None and self.context.locals.path(node) not in self.emission.handled:
            raise self.none_error(node, item)
        if not isinstance(value.operand, Constant) or value.operand.value is None:
            self.emission.require(self.is_there(value), AttributeError, f"None where {show_type(item)} is needed")
        return self.present(value)

    def none_error(self, node: ast.expr, item: Type) -> DialectError:
        """Something that may be None is used as if it were there."""
        text = ast.unparse(node)
        shown = f"`{text}`" if len(text) <= 30 else "this"
        if self.context.locals.path(node) is not None:
            help = f"test it first, `if {text} is not None:`, or claim it: `assert {text} is not None`"
        else:
            help = "assign it to a local and test that: `if found is not None:`"
        return self.context.error("none", f"{shown} may be None, where {show_type(item)} is needed", help, node)

    def is_there(self, value: Typed) -> Operand:
        """A bool: whether an optional value is not None."""
        operation = op.REF_NE if kind_of(value.type) == "r" else op.INT_NE
        return self.emission.compute(operation, value.operand, null(value.type), type=BOOL)

    def is_absent(self, value: Typed) -> Operand:
        """A bool: whether an optional value is None."""
        operation = op.REF_EQ if kind_of(value.type) == "r" else op.INT_EQ
        return self.emission.compute(operation, value.operand, null(value.type), type=BOOL)
