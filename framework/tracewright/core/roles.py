"""What sort of thing an operation is: its role. Whatever treats operations by sorts (the optimizer's ways of emitting, both
liveness passes, the reference interpreter, the verifier) asks a row for its role, never for its name.

    int_add                PURE         a row that forgets to say its role is no row: `row()` wants it
    guard_true             GUARD
    load_ref, load_ref_at  LOAD         and what the role does not say (a field or an item?) is another trait of the row
"""

from typing import Final

from tracewright.core.effects import COLLECTS, CONTROL, NONE, RAISES, READS, SLOTS, WRITES

UNTRACED: Final = 0  # in functions only; the row's note says what the recorder makes of it
PURE: Final = 1  # a result of the operands alone: may be folded, found again, dropped
CHECKED: Final = 2  # arithmetic that leaves the trace on overflow; otherwise pure
LOAD: Final = 3  # of a field or an item of an object, by alias class
STORE: Final = 4  # to one
RAW_LOAD: Final = 5  # from an address
RAW_WRITE: Final = 6  # to an address
ALLOCATION: Final = 7  # a new object that nothing else knows
SLOT_READ: Final = 8  # of the guest frame, at trace_base + immediate
SLOT_WRITE: Final = 9
STACK_ACCESS: Final = 10  # a slot of a stack object by computed index
RESIDUAL_CALL: Final = 11  # of a function that was not looked into
GUEST_CALL: Final = 12  # of compiled code of the guest
GUARD: Final = 13  # leaves the trace unless something holds
INPUT: Final = 14  # a value that the parent's exit hands to a bridge
LABEL: Final = 15  # where JUMP goes
END: Final = 16  # the last instruction of a trace
TAKING: Final = 17  # hands over what the world holds, once
UNBOXING: Final = (
    18  # the bare number of a Value that comes from another frame's code; leaves the trace where it is none
)

COUNT: Final = 19

# What an operation of the role does unless its row says otherwise; UNTRACED rows always say.
EFFECTS: Final = (
    NONE,
    NONE,
    RAISES,
    READS,
    WRITES,
    READS,
    WRITES,
    COLLECTS,
    SLOTS,
    SLOTS,
    SLOTS,
    READS | WRITES | COLLECTS,
    READS | WRITES | COLLECTS | SLOTS,
    CONTROL,
    CONTROL,
    CONTROL,
    CONTROL,
    CONTROL,
    CONTROL,
)
