"""A C function's text and what it mentions, so that any module can hold a copy of it with the declarations it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    from tracewright.translate.flow.graph import FunctionGraph

C_TYPES: Final = {"i": "int64_t", "r": "int64_t", "f": "double", "v": "void"}


@final
@dataclass(slots=True)
class References:
    """Names a piece of C text needs declared before it."""

    functions: dict[FunctionGraph, None] = field(default_factory=dict)  # called or addressed; a dict keeps the order
    addressed: set[FunctionGraph] = field(default_factory=set)  # those that must exist as real functions
    data: set[str] = field(default_factory=set)  # prebuilt objects, class ids, method tables: `extern char name[]`
    symbols: set[str] = field(default_factory=set)  # names that the runtime owns; the text calls them at_NAME
    prototypes: set[str] = field(default_factory=set)  # C functions: whole declarations

    def add(self, other: References) -> None:
        """Need what `other` needs too."""
        self.functions.update(other.functions)
        self.addressed |= other.addressed
        self.data |= other.data
        self.symbols |= other.symbols
        self.prototypes |= other.prototypes


@final
@dataclass(slots=True)
class FunctionText:
    """One emitted function: `head` is its declaration without `;`, `body` the braces and what is between."""

    graph: FunctionGraph
    symbol: str
    head: str
    body: str
    references: References
    weight: int  # roughly how many operations it has: small ones are copied into the modules that call them
    is_leaf: bool = False  # it has no loop and calls at most one function
    threaded: bool = False  # holds a computed-goto dispatch, which wants its own compiler flags


def prototype(symbol: str, kinds: str, gives: str) -> str:
    """`int64_t f(int64_t, double)`."""
    return f"{C_TYPES[gives]} {symbol}({', '.join(C_TYPES[kind] for kind in kinds) or 'void'})"


def int_literal(value: int) -> str:
    """A C literal that is safe after any operator."""
    if value == -(1 << 63):
        return "INT64_MIN"
    return f"{value}L" if value >= 0 else f"({value}L)"


def float_literal(value: float) -> str:
    """The exact double in C."""
    if value != value:
        return '__builtin_nan("")'
    if value in (float("inf"), float("-inf")):
        return "__builtin_inf()" if value > 0 else "(-__builtin_inf())"
    return value.hex() if str(value)[0] != "-" else f"({value.hex()})"
