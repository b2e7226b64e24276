"""Recording exceptions: of which class one is becomes a guard, and the way to its handler is followed like any other.

    r5 = residual_r(7, r2)                a call of native code has raised
    guard_exception(31) [s4]              ->  of class 31, as now; otherwise the exit, which gets a bridge when it is hot
    r7 = take_exception(31)               the handler has it, and it is pending no more

A `raise` of the interpreter itself emits nothing: its exception object is an allocation like any other, so one that is thrown and
caught within a trace is a jump. Guest frames that are left on the way are the interpreter's own business (it walks its handler
tables), so that works across inlined guest calls too. An exception that nothing handles ends the trace (FINISH_RAISING).
"""

from tracewright.core import kinds
from tracewright.core import operations as ops
from tracewright.core.memory import load32
from tracewright.jit.execute.guest_state import RAISED, GuestState
from tracewright.jit.record.guards import capture_behind_call
from tracewright.jit.record.recording import AbortRecording, Recording
from tracewright.jit.tables import control
from tracewright.jit.tables.abort import Abort


def follow_pending(recording: Recording) -> None:
    """The call behind which the innermost frame stands has left an exception pending: go on where one of its class is handled."""
    builder, runtime = recording.builder, recording.runtime
    if not builder.may_raise:
        raise AbortRecording(Abort.CALL_RAISED)  # the trace has no call here: it knew a result
    exception = runtime.exception()
    class_id = load32(exception)
    builder.guard(ops.GUARD_EXCEPTION, class_id, 0, capture_behind_call(recording))
    ref = builder.emit(ops.TAKE_EXCEPTION, class_id, 0, 0, 0)
    runtime.set_exception(0)
    go_to_handler(recording, exception, ref, len(recording.frames) - 1)


def go_to_handler(recording: Recording, exception: int, ref: int, innermost: int) -> None:
    """Go on in the handler of an exception, looking for it from frame number `innermost` outward; or leave the portal with it."""
    number = _handling_frame(recording, innermost)
    if number < 0:
        _leave_portal(recording, exception, ref)
        return
    while len(recording.frames) > number + 1:
        recording.leave_frame()
    frame = recording.top_frame()
    words = frame.code.words
    position = frame.position
    recording.set(frame, words[position + 1], exception, ref)
    frame.position = words[position + 2]


def _handling_frame(recording: Recording, innermost: int) -> int:
    """The number of the frame that handles an exception, -1 if it would leave the portal."""
    number = innermost
    while number >= 0:
        frame = recording.frames[number]
        words = frame.code.words
        if frame.position < len(words) and words[frame.position] == control.ON_ERROR:
            return number
        number -= 1
    return -1


def _leave_portal(recording: Recording, exception: int, ref: int) -> None:
    recording.runtime.set_exception(
        exception
    )  # for the portal's caller; or for the blackhole, which finds no handler either
    if recording.must_close:
        raise AbortRecording(Abort.RAISED_OUT)
    recording.runtime.leaves_portal(recording.code, recording.pc)
    note_place = recording.assembly.note_place
    if note_place >= 0:
        place = [ref, recording.code_ref(recording.code), recording.constant(kinds.INT, recording.pc)]
        recording.builder.call(ops.RESIDUAL_V, note_place, place)
    recording.finish(recording.builder.finish_raising(ref), GuestState(RAISED, 0, 0, 0, 0))
