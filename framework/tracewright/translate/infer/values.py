"""Values of a function under translation: an operand with its static type, and constants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from tracewright.translate.flow.graph import Constant, Operand
from tracewright.translate.flow.types import BOOL, INT, NONE, Optional, Type, is_word, kind_of


@final
@dataclass(frozen=True, slots=True)
class Typed:
    """A value and its static type. (The type of the variable that holds it may be wider: narrowing makes no copies.)"""

    operand: Operand
    type: Type


NONE_CONSTANT = Constant(None, "r", NONE)


def as_stored(type: Type, declared: Type) -> Type:
    """What is known of a value of this type once it is stored where another type is declared: an int may have become a float."""
    if isinstance(declared, Optional) and is_word(declared.item) and type is not NONE:
        return declared if isinstance(type, Optional) else declared.item
    return type


def null(type: Type) -> Constant:
    """None, as a value of an optional type."""
    return Constant(None, "r", type) if kind_of(type) == "r" else Constant(0, "i", type)


def integer(value: int, type: Type = INT) -> Constant:
    return Constant(value, "i", type)


def boolean(value: bool) -> Constant:
    return Constant(value, "i", BOOL)
