"""How traces loop, end, and go on in other traces."""

from __future__ import annotations

from tracewright.core import operations as ops
from tracewright.jit.codegen.machine_code import FINISHED, FINISHED_INT, FRAME_LEFT
from tracewright.jit.codegen.pending import PendingExit
from tracewright.jit.codegen.trace_emitter import TraceEmitter
from tracewright.jit.trace.arithmetic import compute, is_small_word


def select_input(emitter: TraceEmitter, i: int) -> None:
    """No code: `place_inputs` has said where it is."""


def select_label(emitter: TraceEmitter, i: int) -> None:
    """The head of the loop. JUMP is the last instruction of the trace."""
    carried = emitter.arguments(i)
    emitter.allocator.label(carried, emitter.arguments(len(emitter.trace.operations) - 1))
    for ref in carried:
        emitter.non_null[ref] = False
    emitter.allocator.publish_label(emitter.compiled)
    emitter.align()
    emitter.compiled.loop_entry = emitter.position()


def _leave_if_interrupted(emitter: TraceEmitter, exit: PendingExit) -> None:
    """A loop without calls would never hear of Ctrl-C or of exhausted memory."""
    if emitter.runtime.interrupted != 0:
        emitter.leave_if_set(exit, emitter.runtime.interrupted)


def select_jump(emitter: TraceEmitter, i: int) -> None:
    """Where everything is in its place already, the test for an interruption can be the loop's branch."""
    moves = emitter.allocator.jump(emitter.arguments(i))
    target = emitter.compiled.loop_entry
    if emitter.trace.snapshot_of[i] >= 0:
        exit = emitter.open_exit(i)
        if emitter.runtime.interrupted != 0 and moves.is_empty():
            emitter.jump_unless_set(exit, emitter.runtime.interrupted, target)
            return
        _leave_if_interrupted(emitter, exit)
    moves.perform(emitter)
    emitter.jump(target)


def select_enter_label(emitter: TraceEmitter, i: int) -> None:
    """Go on at the LABEL of the other trace, in this native frame; leave if that has become invalid."""
    loop = emitter.trace.enters
    assert loop is not None, "a trace that enters a loop says which"
    exit = emitter.open_exit(i)
    _leave_if_interrupted(emitter, exit)
    emitter.note_valid_exit(exit, emitter.room_for_jump(), loop)
    emitter.allocator.enter_label(loop, emitter.arguments(i)).perform(emitter)
    emitter.jump(loop.loop_entry)


def select_link(emitter: TraceEmitter, i: int) -> None:
    """Go on at the start of the code in a cell, in this native frame; leave if the cell has none.

    The code belongs to the frame at the base of this instruction's snapshot.
    """
    trace = emitter.trace
    exit = emitter.open_exit(i)
    offset = 8 * trace.snapshots[trace.snapshot_of[i]].base_offset
    _leave_if_interrupted(emitter, exit)  # traces that link to each other are a loop too
    if emitter.is_own_cell(trace.a[i]) and offset == 0:
        emitter.jump(emitter.compiled.entry + emitter.linked_entry())
    else:
        emitter.enter_cell(exit, trace.a[i], offset)


def select_finish(emitter: TraceEmitter, i: int) -> None:
    """Return the Value; an int as the bare number."""
    value = emitter.trace.a[i]
    register = emitter.convention.word_result
    if emitter.liveness.is_opened_by(i, value):
        emitter.bring(register, emitter.trace.a[value])
    elif value < 0 and is_small_word(emitter.word_of(value)):
        emitter.load_word(register, compute(ops.VALUE_SMALL, emitter.word_of(value), 0))
    else:
        emitter.bring(register, value)
        emitter.write_return(FINISHED)
        return
    emitter.write_return(FINISHED_INT)


def select_finish_raising(emitter: TraceEmitter, i: int) -> None:
    """Return with the exception pending; the Value is none that could matter."""
    register = emitter.convention.word_result
    emitter.bring(register, emitter.trace.a[i])
    emitter.store_at(register, emitter.runtime.exception)
    emitter.load_word(register, 0)
    emitter.write_return(FRAME_LEFT)


def select_guard_valid(emitter: TraceEmitter, i: int) -> None:
    """Room for a jump to the exit, which `invalidate` writes."""
    emitter.note_valid_exit(emitter.open_exit(i), emitter.room_for_jump(), emitter.compiled)


def select_leave(emitter: TraceEmitter, i: int) -> None:
    emitter.leave(emitter.open_exit(i))


def select_trace_stack(emitter: TraceEmitter, i: int) -> None:
    """Every native frame holds it: no code."""
    emitter.allocator.define_in_frame(i, emitter.registers.stack)
    emitter.non_null[i] = True
