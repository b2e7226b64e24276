"""Frames that stop in the middle and go on later: what generators and async functions of every language are made of.

There is one VM stack. While such a function does not run, its frame is a heap object, a `SuspendedFrame`: where it will go on, and what
was in its slots. To resume it is a call whose frame is not new, and to yield is a return after which the frame is kept:

    RESUME    if not stack.reserve(newbase + frame_size): ...      yield    frame = the slot that has it
              push_link(stack, newbase, code, pc, delta)                    suspend(frame, stack, base, FIRST, frame_size, pc)
              pc = resume(frame, stack, newbase, FIRST, frame_size)         code, pc, base = what the link says
              code, base = promote(frame's code), newbase                   hand the value over

so the interpreter's loop goes on in it as it does in a called function, it may call, and be resumed by, anything, and a trace follows both ways. The
copies are virtual there: a slot that was filled from the frame is what was last put into the frame, and a frame that does not leave the
trace is never made. `first` and `end` bound the slots that are kept, the link's (`guest/frames.py`) not among them. Who resumes a
frame from native code calls the portal for it: there, yielding at `bottom` returns the value.

The rules, for whoever writes a language:
- The running frame has its SuspendedFrame in a slot of its own, so that a `yield`, a `return` and the unwinding of an exception find it. Whoever
  resumes it writes that slot anew: then a trace knows that the frame which is kept is the one that was resumed.
- A frame that has returned, or that an exception has left, is `finish`ed: it can never be resumed, and keeps nothing alive.
- `can_resume` is False while the frame runs: it may come round to resuming itself.
- To throw an exception *into* a frame, resume it and raise at once: the handlers around its `yield` are found as always.
- `end` must be a constant of the trace: `promote` the code, and the copies have constant length. It need not be the end of the frame. What lies above
  the register that a `yield` uses is left over, so let its word say where the slots end that are kept, and give `resume` the number of the word before
  `frame.pc` (promoted; at position 0, the end of the arguments).
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack, copy_from_stack, copy_to_stack
from tracewright.hints import GuestCode, immutable_fields, promote, unroll_safe, we_are_jitted

RUNNING: Final = -1  # in place of a position: the frame is on the stack
FINISHED: Final = -2  # it has returned, or an exception has left it


@immutable_fields("code", "slots")
class SuspendedFrame:
    """A frame of `code` that is not on the stack. It begins at position 0; languages derive their generators from it.

    `slots` are those from `first` up to `end` of the calls below: at the beginning, put the arguments there.
    """

    def __init__(self, code: GuestCode, slots: Array[Value]) -> None:
        self.code = code
        self.slots = slots
        self.pc = 0  # where it goes on; or RUNNING, FINISHED


def can_resume(frame: SuspendedFrame) -> bool:
    """Whether the frame waits to go on: it is neither running nor finished."""
    return frame.pc >= 0


def is_finished(frame: SuspendedFrame) -> bool:
    """Whether the frame has returned, or an exception has left it."""
    return frame.pc == FINISHED


@unroll_safe
def resume(frame: SuspendedFrame, stack: VMStack, base: int, first: int, end: int) -> int:
    """Put the slots `first` up to `end` of a frame that `can_resume` back, at `base`; gives where it goes on. Room is reserved."""
    pc = promote(frame.pc)
    frame.pc = RUNNING
    slots = frame.slots
    if not we_are_jitted():
        copy_to_stack(slots, 0, stack, base + first, end - first)
        return pc
    for k in range(first, end):
        stack[base + k] = unchecked_get(slots, k - first)
    return pc


@unroll_safe
def suspend(frame: SuspendedFrame, stack: VMStack, base: int, first: int, end: int, pc: int) -> None:
    """Keep the slots of the frame at `base`; it will go on at `pc`."""
    frame.pc = pc
    slots = frame.slots
    if not we_are_jitted():
        copy_from_stack(stack, base + first, slots, 0, end - first)
        return
    for k in range(first, end):
        unchecked_set(slots, k - first, stack[base + k])


@unroll_safe
def finish(frame: SuspendedFrame, first: int, end: int) -> None:
    """The frame never goes on: what was in its slots is not kept."""
    slots = frame.slots
    for k in range(first, end):
        unchecked_set(slots, k - first, Value.UNDEFINED)
    frame.pc = FINISHED
