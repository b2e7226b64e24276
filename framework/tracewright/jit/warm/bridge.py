"""Hot exits: when a guard has failed often enough, what follows is recorded as a bridge and hung on the guard."""

from tracewright.core import operations as ops
from tracewright.jit.execute.frames import Frame
from tracewright.jit.execute.guest_state import GuestState
from tracewright.jit.record.recorder import Recorder
from tracewright.jit.tables.cells import BLACKLISTED, COMPILED, NEVER
from tracewright.jit.tables.parameters import ATTEMPTS, BRIDGE_LIMIT, BRIDGE_THRESHOLD
from tracewright.jit.trace.compiled import CompiledTrace, Exit, root_of
from tracewright.jit.warm.compile import assemble, note_given_up
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
    if root_of(leaving.owner).bridges >= jit.parameters.get(BRIDGE_LIMIT):
        leaving.bridgeable = False
    if leaving.waits_for is not None and leaving.waits_for.state != COMPILED:
        if leaving.waits_for.state == BLACKLISTED:
            leaving.bridgeable = False
        leaving.deadline = leaving.failures + jit.parameters.get(BRIDGE_THRESHOLD)
        return False
    if not leaving.bridgeable:
        leaving.deadline = NEVER
    return leaving.bridgeable and leaving.owner.valid


def record_bridge(
    jit: Jit, leaving: Exit, frames: list[Frame], code: int, stack: int, base: int, bottom: int
) -> GuestState:
    """Record from the exit (slots are written, `frames` restored) and hang the machine code on its guard; gives where the guest is.

    `code` and `base` are the guest position of the exit's snapshot.
    """
    jit.recording = True
    before = jit.statistics.switch(TRACING)
    recorder = Recorder(jit.assembly, jit.runtime, jit.parameters)
    outcome = recorder.record_bridge(leaving, frames, code, leaving.snapshot.pc, stack, base, bottom)
    jit.statistics.switch(before)
    jit.statistics.recorded += recorder.steps
    jit.statistics.folded += recorder.folded
    jit.recording = False
    trace = outcome.trace
    compiled: CompiledTrace | None = None
    if trace is not None:
        compiled = assemble(jit, trace, leaving, outcome)
    if compiled is not None and jit.backend is not None:
        compiled.parent = leaving
        leaving.bridge = compiled
        root_of(compiled).bridges += 1
        jit.backend.attach(leaving, compiled)
    else:
        leaving.waits_for = outcome.waits_for
        if outcome.waits_for is None:
            leaving.attempts += 1
        leaving.bridgeable = leaving.attempts < jit.parameters.get(ATTEMPTS)
        leaving.deadline = leaving.failures + (jit.parameters.get(BRIDGE_THRESHOLD) << leaving.attempts)
        jit.statistics.count_abort(outcome.reason)
        location = location_text(jit, code, leaving.snapshot.pc)
        note_given_up(jit, "bridge at " + location, outcome.reason, not leaving.bridgeable)
    return outcome.state
