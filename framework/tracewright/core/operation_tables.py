"""The traits of the operation table as arrays by operation number: what run-time code indexes, derived from the rows once.

    INVERSE[INT_LT]                  ->  INT_GE
    ROLE[GUARD_CLASS]                ->  roles.GUARD
    REF_OPERANDS[STORE] & THIRD      ->  0: the alias class is an immediate

Nothing but rows is written down here, so a new operation is in every table. -1 stands for "no such row".
"""

from typing import Final

from tracewright.core import roles
from tracewright.core.arrays import Array, array_of
from tracewright.core.effects import COLLECTS, READS, SLOTS
from tracewright.core.kinds import kind_number
from tracewright.core.operation_row import Operation
from tracewright.core.operations import BY_NAME, TABLE

# Jitcode has further operations, numbered from len(TABLE) on; tables that are asked about those too reach as far as this.
JITCODE_OPERATIONS: Final = 256

# Bits of REF_OPERANDS: which of a, b, c, d are refs.
FIRST: Final = 1
SECOND: Final = 2
THIRD: Final = 4
FOURTH: Final = 8

# Roles whose instructions must be executed even if nobody wants a result. (Guards are known by their own trait; residual calls
# by the function's effects, stores by what they are into.)
_HAPPENING_ROLES: Final = (
    roles.RAW_WRITE,
    roles.SLOT_WRITE,
    roles.GUEST_CALL,
    roles.LABEL,
    roles.END,
    roles.TAKING,
)


def _number(name: str) -> int:
    return BY_NAME[name].number if name else -1


def _swapped(row: Operation) -> int:
    return row.number if row.commutes else _number(row.swapped)


def _ref_operands(row: Operation) -> int:
    return sum(1 << position for position, letter in enumerate(row.takes) if letter in "irf")


def _reversed(table: list[int]) -> list[int]:
    """From a row to the one that names it."""
    result = [-1] * len(table)
    for number, named in enumerate(table):
        if named >= 0:
            result[named] = number
    return result


def _removable(row: Operation) -> bool:
    quiet = row.effects & ~(READS | SLOTS | COLLECTS) == 0
    return row.gives != "v" and not row.guard and quiet and "*" not in row.takes


# --- what the row says ------------------------------------------------------------------------------------------------
NAMES: Final[Array[str]] = array_of([row.name for row in TABLE])
TAKES: Final[Array[str]] = array_of([row.takes for row in TABLE])
EFFECTS: Final[Array[int]] = array_of([row.effects for row in TABLE])
RESULT: Final[Array[int]] = array_of([kind_number(row.gives) for row in TABLE])  # INT, REF, FLOAT, VOID of `kinds.py`
ROLE: Final[Array[int]] = array_of([row.role for row in TABLE])
IS_GUARD: Final[Array[bool]] = array_of([row.guard for row in TABLE])
CONDITION: Final[Array[bool]] = array_of([row.condition for row in TABLE])
IS_ITEM: Final[Array[bool]] = array_of([row.item for row in TABLE])
TESTS_CONDITION: Final[Array[bool]] = array_of([row.tests_condition for row in TABLE])
CALLS_C: Final[Array[bool]] = array_of([row.calls_c for row in TABLE])
ASKS_TAG: Final[Array[bool]] = array_of([row.asks_tag for row in TABLE] + [False] * (JITCODE_OPERATIONS - len(TABLE)))

# --- operands ---------------------------------------------------------------------------------------------------------
REF_OPERANDS: Final[Array[int]] = array_of([_ref_operands(row) for row in TABLE])
# How many that are at most, the side list not counted.
REF_OPERAND_COUNT: Final[Array[int]] = array_of([_ref_operands(row).bit_count() for row in TABLE])
LISTED: Final[Array[bool]] = array_of(["*" in row.takes for row in TABLE])  # further refs are in the side list

# --- related rows -----------------------------------------------------------------------------------------------------
INVERSE: Final[Array[int]] = array_of([_number(row.inverse) for row in TABLE])
SWAPPED: Final[Array[int]] = array_of([_swapped(row) for row in TABLE])
SIGNED: Final[Array[int]] = array_of([_number(row.signed) for row in TABLE])  # of unsigned comparisons
UNCHECKED: Final[Array[int]] = array_of([_number(row.unchecked) for row in TABLE])  # int_add of int_add_ovf
CHECKED: Final[Array[int]] = array_of(_reversed([_number(row.unchecked) for row in TABLE]))  # and the other way round
LOAD_OF_STORE: Final[Array[int]] = array_of([_number(row.forwards) for row in TABLE])
STORE_OF_LOAD: Final[Array[int]] = array_of(_reversed([_number(row.forwards) for row in TABLE]))

# --- sorts of rows ----------------------------------------------------------------------------------------------------
COMPARES_INTS: Final[Array[bool]] = array_of([row.relation != "" and row.takes == "ii" for row in TABLE])
IS_LOAD: Final[Array[bool]] = array_of([row.role == roles.LOAD for row in TABLE])
IS_STORE: Final[Array[bool]] = array_of([row.role == roles.STORE for row in TABLE])
IS_ALLOCATION: Final[Array[bool]] = array_of([row.role == roles.ALLOCATION for row in TABLE])
IS_RESIDUAL_CALL: Final[Array[bool]] = array_of([row.role == roles.RESIDUAL_CALL for row in TABLE])
HAPPENS: Final[Array[bool]] = array_of([row.guard or row.role in _HAPPENING_ROLES for row in TABLE])
REMOVABLE: Final[Array[bool]] = array_of([_removable(row) for row in TABLE])  # does nothing but give a result
