"""The row of the operation table: which traits an operation has, and which of them go together.

    row("float_neg", "f", "f", roles.PURE, c="-{0}", meaning=operator.neg)        appends to TABLE, gives the number
    row("int_floor", "i", "v", roles.PURE)        ValueError: a pure row gives something

The rows are in `operations.py`; each trait as an array by operation number in `operation_tables.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tracewright.core import roles
from tracewright.core.effects import COLLECTS

Meaning = Callable[..., "int | float"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the table. Names of other rows are resolved in `operation_tables.py`."""

    number: int
    name: str
    takes: str
    gives: str
    role: int  # what sort of thing it is, see `roles.py`
    effects: int
    commutes: bool
    relation: str  # == != < <= > >= of its operands; "" for what is no comparison
    inverse: str  # the comparison that is true exactly when this one is false; "" where there is none
    swapped: str  # the comparison with its operands exchanged
    signed: str  # of an unsigned comparison: the signed one
    condition: bool  # gives 0 or 1, and whoever tests it can make it itself
    tests_condition: bool  # its first operand is a condition: machine code makes that where it is tested
    asks_tag: bool  # asks what sort of Value a word is: the recorder may put a guard in its place
    unchecked: str  # of checked arithmetic: the row that wraps
    item: bool  # of a load or store: of an array's item, not of a field
    forwards: str  # of a store: the load that finds what it wrote
    calls_c: bool  # machine code calls a C function: caller-saved registers do not survive
    guard: bool  # leaves the trace by its snapshot
    c: str
    meaning: Meaning | None
    note: str


TABLE: Final[list[Operation]] = []

_LEAVING: Final = (roles.GUARD, roles.CHECKED, roles.UNBOXING, roles.END)


def row(
    name: str,
    takes: str,
    gives: str,
    role: int,
    *,
    effects: int | None = None,
    commutes: bool = False,
    relation: str = "",
    inverse: str = "",
    swapped: str = "",
    signed: str = "",
    condition: bool = False,
    tests_condition: bool = False,
    asks_tag: bool = False,
    unchecked: str = "",
    item: bool = False,
    forwards: str = "",
    calls_c: bool = False,
    guard: bool = False,
    c: str = "",
    meaning: Meaning | None = None,
    note: str = "",
) -> int:
    """Append a row and give its number. ValueError where its traits do not go together."""
    made = Operation(
        len(TABLE),
        name,
        takes,
        gives,
        role,
        roles.EFFECTS[role] if effects is None else effects,
        commutes,
        relation,
        inverse,
        swapped,
        signed,
        condition or relation != "",
        tests_condition,
        asks_tag,
        unchecked,
        item,
        forwards,
        calls_c or role == roles.RESIDUAL_CALL,
        guard or role in (roles.GUARD, roles.CHECKED, roles.UNBOXING),
        c,
        meaning,
        note,
    )
    for fault in _faults(made):
        raise ValueError(f"operation {name}: {fault}")
    TABLE.append(made)
    return made.number


def _faults(row: Operation) -> list[str]:
    """Which traits are missing or contradict each other."""
    role, memory = row.role, row.role in (roles.LOAD, roles.STORE)
    rules = (
        (role == roles.UNTRACED and not row.note, "the note must say what the recorder makes of a row that is never in a trace"),
        (role == roles.PURE and (row.gives == "v" or "*" in row.takes), "a pure row gives something and has no side list"),
        (role == roles.PURE and row.effects & ~COLLECTS != 0, "a pure row has no effects (but may allocate)"),
        (bool(row.relation) and (not row.swapped or role != roles.PURE), "a comparison is pure and says what it is swapped"),
        (bool(row.relation) and "f" not in row.takes and not row.inverse, "a comparison of words has an inverse"),
        (not row.relation and bool(row.inverse or row.swapped or row.signed), "only comparisons have relatives"),
        (row.asks_tag and not row.condition, "a question about the tag is a condition"),
        (row.condition and row.gives != "i", "a condition gives 0 or 1"),
        (row.tests_condition and row.takes[:1] != "i", "a condition is an int"),
        ((role == roles.CHECKED) != bool(row.unchecked), "checked arithmetic, and nothing else, names the row that wraps"),
        ((role == roles.STORE) != bool(row.forwards), "a store, and nothing else, names the load that finds what it wrote"),
        (row.item and not memory, "only loads and stores are of items"),
        (memory and row.takes[2:3] != "#", "the third operand of a load or store is the alias class"),
        (role == roles.STORE and len(row.takes) != 4, "the fourth operand of a store is what it stores"),
        (role == roles.RESIDUAL_CALL and row.takes != "#*", "a residual call takes a function and a list"),
        (row.guard and role not in _LEAVING, "only guards, checked rows, unboxing ones and ends leave"),
    )  # fmt: skip
    return [fault for broken, fault in rules if broken]


def comparison(
    name: str, takes: str, relation: str, *, inverse: str = "", swapped: str, signed: str = "", c: str, meaning: Meaning
) -> int:
    """A row that compares its two operands."""
    symmetric = relation in ("==", "!=")
    return row(
        name,
        takes,
        "i",
        roles.PURE,
        commutes=symmetric,
        relation=relation,
        inverse=inverse,
        swapped=swapped,
        signed=signed,
        c=c,
        meaning=meaning,
        note="false for NaN" if "f" in takes and not symmetric else "",
    )


def choice(name: str, kind: str, note: str) -> int:
    """A row that gives one of its last two operands, of this kind: which one, the first says."""
    return row(
        name,
        "i" + 2 * kind,
        kind,
        roles.PURE,
        tests_condition=True,
        meaning=lambda a, b, c: b if a else c,
        note=note,
    )
