"""Hot exits: when a guard has failed often enough, what follows is recorded as a bridge and hung on the guard."""

from tracewright.core import operations as ops
from tracewright.core.memory import object_at
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode, JitCell
from tracewright.jit.execute.frames import Frame
from tracewright.jit.execute.guest_state import GuestState
from tracewright.jit.tables.abort import SENTENCES, Abort
from tracewright.jit.tables.cells import BLACKLISTED, COMPILED, COUNTING, NEVER
from tracewright.jit.tables.parameters import ATTEMPTS, BRIDGE_LIMIT, BRIDGE_THRESHOLD, MEETING_THRESHOLD
from tracewright.jit.trace.compiled import CompiledTrace, Exit, root_of
from tracewright.jit.trace.meetings import Meetings
from tracewright.jit.trace.trace import Trace
from tracewright.jit.warm.compile import assemble, compile_recording, note_given_up
from tracewright.jit.warm.invalidate import discard
from tracewright.jit.warm.state import Jit, location_text
from tracewright.jit.warm.statistics import TRACING


def bridge_is_due(jit: Jit, leaving: Exit) -> bool:
    """Whether this failure of the guard should be recorded."""
    if leaving.failures < leaving.deadline or jit.recording:
        return False
    operation = leaving.owner.trace.operations[leaving.guard]
    # A full native stack is no place to record, nor is a loop that was interrupted.
    if operation == ops.CALL_GUEST or operation == ops.JUMP or operation == ops.ENTER_LABEL:
        leaving.bridgeable = False
    if leaving.bridgeable and root_of(leaving.owner).bridges >= jit.parameters.get(BRIDGE_LIMIT):
        leaving.bridgeable = False
        jit.statistics.refused += 1
    if leaving.waits_for is not None and leaving.waits_for.state != COMPILED:
        if leaving.waits_for.state == BLACKLISTED:
            leaving.bridgeable = False
        leaving.deadline = leaving.failures + jit.parameters.get(BRIDGE_THRESHOLD)
        return False
    if not leaving.bridgeable:
        leaving.deadline = NEVER
        return False
    risen = jit.parameters.risen(BRIDGE_THRESHOLD, jit.statistics.recorded)
    if leaving.failures < risen:
        leaving.deadline = risen
        return False
    # Discarded code is still entered, by what was linked with it: from where that leaves, a bridge leads on to what replaces it.
    return leaving.owner.valid or operation == ops.GUARD_VALID


def record_bridge(
    jit: Jit, leaving: Exit, frames: list[Frame], code: int, stack: int, base: int, bottom: int
) -> GuestState:
    """Record from the exit (slots are written, `frames` restored) and hang the machine code on its guard; gives where the guest is.

    `code` and `base` are the guest position of the exit's snapshot.
    """
    jit.recording = True
    before = jit.statistics.switch(TRACING)
    recorder = jit.recorder()
    outcome = recorder.record_bridge(leaving, frames, code, leaving.snapshot.pc, stack, base, bottom)
    jit.statistics.switch(before)
    jit.statistics.recorded += recorder.steps
    jit.statistics.folded += recorder.folded
    jit.recording = False
    trace = outcome.trace
    compiled: CompiledTrace | None = None
    state, wanted = outcome.state, outcome.wants_loop
    if trace is not None:
        compiled = assemble(jit, trace, leaving, outcome)
    if compiled is not None and wanted is not None and outcome.needs_loop:
        state = compile_loop(jit, wanted, state, stack, bottom, None)
        if wanted.state != COMPILED:
            leaving.loop_attempts += 1
            leaving.deadline = leaving.failures + jit.parameters.get(BRIDGE_THRESHOLD)
            return state
    if compiled is not None and jit.backend is not None:
        compiled.parent = leaving
        leaving.bridge = compiled
        root_of(compiled).bridges += 1
        jit.backend.attach(leaving, compiled)
        note_meeting(jit, compiled)
        if wanted is not None and not outcome.needs_loop:
            return compile_loop(jit, wanted, state, stack, bottom, root_of(compiled).meetings)
    elif outcome.reason == Abort.CLOSED_LABEL:
        discard(jit, root_of(leaving.owner), SENTENCES[Abort.CLOSED_LABEL])
        jit.statistics.count_abort(outcome.reason)
    else:
        leaving.waits_for = outcome.waits_for
        if outcome.waits_for is None:
            leaving.attempts += 1
        leaving.bridgeable = leaving.attempts < jit.parameters.get(ATTEMPTS)
        leaving.deadline = leaving.failures + (jit.parameters.get(BRIDGE_THRESHOLD) << leaving.attempts)
        jit.statistics.count_abort(outcome.reason)
        location = location_text(jit, code, leaving.snapshot.pc)
        note_given_up(jit, "bridge at " + location, outcome.reason, not leaving.bridgeable)
    return state


def note_meeting(jit: Jit, bridge: CompiledTrace) -> None:
    """Where a loop's bridges have multiplied, find out where this one has come together with the way that its parent went."""
    root, parent = root_of(bridge), bridge.parent
    state = root.trace.label_state
    if state is None or parent is None or root.bridges < jit.parameters.get(MEETING_THRESHOLD):
        return
    if root.meetings is None:
        root.meetings = Meetings(state.code, state.pc)
    meetings, passed = root.meetings, bridge.trace.positions
    for k in range(0, len(passed), 4):
        pc = passed[k + 2]
        if pc != parent.snapshot.pc and passed[k + 3] == 0:
            if bridge.trace.constants[~passed[k + 1]] == meetings.code and _passes(
                parent.owner.trace, meetings.code, pc
            ):
                meetings.add(pc)
                return


def _passes(trace: Trace, code: int, pc: int) -> bool:
    """Whether the trace passes this position of the frame that it was entered with."""
    passed = trace.positions
    for k in range(0, len(passed), 4):
        if passed[k + 2] == pc and passed[k + 3] == 0 and trace.constants[~passed[k + 1]] == code:
            return True
    return False


def compile_loop(
    jit: Jit, cell: JitCell, here: GuestState, stack: int, bottom: int, meetings: Meetings | None
) -> GuestState:
    """A bridge has ended where no loop begins yet that it could go on in: record one at once, for no counter will ask for it."""
    if cell.state != COUNTING:
        return here
    code = object_at(GuestCode, here.code)
    return compile_recording(jit, cell, code, here.pc, object_at(VMStack, stack), here.base, bottom, meetings)
