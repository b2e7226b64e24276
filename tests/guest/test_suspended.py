"""A suspended frame keeps its slots, and knows whether it may go on."""

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.suspended import SuspendedFrame, can_resume, finish, is_finished, resume, suspend
from tracewright.hints import GuestCode

FIRST, END = 3, 6


def slots_at(stack: VMStack, base: int) -> list[int]:
    return [stack[base + k].as_int() for k in range(FIRST, END)]


def test_slots_go_to_the_stack_and_back_wherever_the_frame_is_resumed() -> None:
    stack = VMStack(100)
    stack.reserve(50)
    values: Array[Value] = Array(END - FIRST, Value.of_int(0))
    frame = SuspendedFrame(GuestCode(10), values)
    assert can_resume(frame)
    for turn, base in enumerate((7, 30)):
        assert resume(frame, stack, base, FIRST, END) == 4 * turn
        assert not can_resume(frame) and not is_finished(frame)
        assert slots_at(stack, base) == [10 * turn * (k > 0) + k for k in range(3)] if turn else [0, 0, 0]
        for k in range(FIRST, END):
            stack[base + k] = Value.of_int(10 * (k > FIRST) + k - FIRST)
        suspend(frame, stack, base, FIRST, END, 4)
        assert can_resume(frame)
    assert [value.as_int() for value in values] == [0, 11, 12]


def test_a_finished_frame_keeps_nothing() -> None:
    stack = VMStack(100)
    stack.reserve(50)
    values: Array[Value] = Array(END - FIRST, Value.of_int(5))
    frame = SuspendedFrame(GuestCode(10), values)
    resume(frame, stack, 0, FIRST, END)
    finish(frame, FIRST, END)
    assert is_finished(frame) and not can_resume(frame)
    assert all(value.same(Value.UNDEFINED) for value in values)
