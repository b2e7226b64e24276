"""The operations that only jitcode has: jumps, calls and moves between registers. Their numbers follow those of the table.

An instruction is `operation, result register, operands...`; operands are registers unless said otherwise here.
Rows of the operation table with immediates:

    load_field    result, object, FIELD             store_field   -1, object, FIELD, value
    new_object    result, CLASS                     new_array     result, CLASS, length
    load_item     result, array, index, CLASS       store_item    -1, array, index, value, CLASS
    instance_of   result, object, FIRST, LAST       merge_point   -1, code, pc, stack, base, bottom
    enter_jit     code, pc, base (results), code, pc, stack, base, bottom
"""

from typing import Final

from tracewright.core.operations import TABLE

FIRST: Final = len(TABLE)
MOVE: Final = FIRST  # target, source
JUMP: Final = FIRST + 1  # TARGET
BRANCH: Final = FIRST + 2  # condition, TARGET if nonzero, TARGET if zero
SWITCH: Final = FIRST + 3  # value, DEFAULT, COUNT, then COUNT pairs KEY, TARGET with keys ascending
TABLE_SWITCH: Final = FIRST + 4  # value, DEFAULT, FIRST_KEY, COUNT, then COUNT TARGETs
RETURN: Final = FIRST + 5  # value or -1
RAISE: Final = FIRST + 6  # exception; an ON_ERROR may follow
ON_ERROR: Final = FIRST + 7  # register for the exception, TARGET; does nothing unless the instruction before raised
UNREACHABLE: Final = FIRST + 8
INLINE_CALL: Final = FIRST + 9  # result or -1, JITCODE, COUNT, arguments
RESIDUAL_CALL: Final = FIRST + 10  # result or -1, FUNCTION, COUNT, arguments
PORTAL_CALL: Final = FIRST + 11  # result or -1, FUNCTION (the portal's), COUNT, arguments
METHOD_CALL: Final = FIRST + 12  # result or -1, SLOT, COUNT, receiver and arguments
POINTER_CALL: Final = FIRST + 13  # result or -1, code pointer, COUNT, arguments
STACK_TOP: Final = FIRST + 14  # result, stack
SET_STACK_TOP: Final = FIRST + 15  # -1, stack, new top

NAMES: Final[list[str]] = [
    "move",
    "jump",
    "branch",
    "switch",
    "table_switch",
    "return",
    "raise",
    "on_error",
    "unreachable",
    "inline_call",
    "residual_call",
    "portal_call",
    "method_call",
    "pointer_call",
    "stack_top",
    "set_stack_top",
]
