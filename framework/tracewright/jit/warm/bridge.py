"""Hot exits: when a guard has failed often enough, what follows is recorded as a bridge and hung on the guard."""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright.core.memory import object_at
from tracewright.core.operation_tables import ROLE
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode, JitCell
from tracewright.jit.execute.frames import Frame
from tracewright.jit.execute.guest_state import GuestState
from tracewright.jit.tables.abort import SENTENCES, Abort
from tracewright.jit.tables.cells import BLACKLISTED, COMPILED, COUNTING, NEVER
from tracewright.jit.tables.parameters import ATTEMPTS, BOTH_WAYS, BRIDGE_LIMIT, BRIDGE_THRESHOLD, MEETING_THRESHOLD
from tracewright.jit.trace.compiled import CompiledTrace, Exit, root_of
from tracewright.jit.trace.meetings import Meetings, question
from tracewright.jit.trace.snapshot import Snapshot
from tracewright.jit.trace.trace import KIND_LOOP, NUMBERS_OF_POSITION, Trace
from tracewright.jit.warm.compile import assemble, compile_recording, note_given_up
from tracewright.jit.warm.invalidate import discard
from tracewright.jit.warm.state import Jit, location_text
from tracewright.jit.warm.statistics import TRACING

_FARTHEST_MEETING: Final = 7  # bytecodes of a way until it meets the other
# What no way may do that is walked as well.
_WORK: Final = (roles.RAW_WRITE, roles.STACK_ACCESS, roles.RESIDUAL_CALL, roles.GUEST_CALL)


def bridge_is_due(jit: Jit, leaving: Exit) -> bool:
    """Whether this failure of the guard should be recorded."""
    if leaving.failures < leaving.deadline or jit.recording:
        return False
    operation = leaving.owner.trace.operations[leaving.guard]
    # A full native stack is no place to record, nor is a loop that was interrupted.
    if ROLE[operation] == roles.GUEST_CALL or operation == ops.JUMP or operation == ops.ENTER_LABEL:
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
    risen = jit.parameters.risen(BRIDGE_THRESHOLD, jit.statistics.instructions)
    if leaving.failures < risen:
        leaving.deadline = risen
        return False
    if copies_short_branch(jit, leaving):
        return False
    # Discarded code is still entered, by what was linked with it: from where that leaves, a bridge leads on to what replaces it.
    if leaving.owner.valid or stands_on_nothing(leaving):
        return True
    leaving.deadline = NEVER
    return False


def stands_on_nothing(leaving: Exit) -> bool:
    """Whether nothing that the trace assumes about fields that hardly ever change can hold good at this exit: so it is up to the first question
    whether the code is still valid, that question included."""
    operations = leaving.owner.trace.operations
    for i in range(leaving.guard):
        if operations[i] == ops.GUARD_VALID:
            return False
    return True


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
    elif outcome.reason == Abort.NO_SELECT:
        jit.statistics.count_abort(outcome.reason)
        leaving.deadline = leaving.failures + 1
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
    """Find out where this bridge has come together with the way that its parent went. Where both ways are short, the branch is remembered;
    else, where a loop's bridges have multiplied, the place."""
    root, parent = root_of(bridge), bridge.parent
    if parent is None:
        return
    state = root.trace.label_state
    if root.meetings is None:
        root.meetings = Meetings()
    meetings = root.meetings
    if meetings.code == 0 and state is not None:
        meetings.code, meetings.header = state.code, state.pc
    if _note_branch(jit, meetings, parent, bridge):
        return
    if state is None or root.bridges < jit.parameters.get(MEETING_THRESHOLD):
        return
    passed = bridge.trace.positions
    for k in range(0, len(passed), NUMBERS_OF_POSITION):
        pc = passed[k + 2]
        if pc != parent.snapshot.pc and passed[k + 3] == 0:
            if bridge.trace.constants[~passed[k + 1]] == meetings.code and _passes(
                parent.owner.trace, meetings.code, pc
            ):
                meetings.add(pc)
                return


def _note_branch(jit: Jit, meetings: Meetings, parent: Exit, bridge: CompiledTrace) -> bool:
    """Remember the guest's branch that the bridge hangs on, where both ways from it meet soon. False where it is none, or refused."""
    if jit.parameters.get(BOTH_WAYS) == 0 or not _is_branch(parent):
        return False
    snapshot = parent.snapshot
    code = parent.owner.trace.constants[~snapshot.code]
    tested = parent.owner.trace.a[parent.guard]
    asked = question(parent.owner.trace.operations[tested] if tested >= 0 else -1)
    ways = _next_positions(parent.owner.trace, parent.guard + 1, snapshot)
    for pc in _next_positions(bridge.trace, 0, snapshot):
        if pc in ways:
            here = _only_computes(parent.owner.trace, parent.guard + 1, snapshot.base_offset, pc)
            if not here or not _only_computes(bridge.trace, 0, snapshot.base_offset, pc):
                return False
            meetings.add_branch(code, snapshot.pc, asked, pc, jit.trace_numbers)
            branch = meetings.branch_at(code, snapshot.pc)
            return branch is not None and not branch.refused
    return False


def _only_computes(trace: Trace, start: int, base_offset: int, pc: int) -> bool:
    """Whether a way does nothing but compute, from instruction `start` on to where its frame comes to `pc`: else walking both ways would be given
    up, and what hangs on the loop would have been discarded for it."""
    passed = trace.positions
    stop = start
    for k in range(0, len(passed), NUMBERS_OF_POSITION):
        if passed[k] >= start and passed[k + 2] == pc and passed[k + 3] == base_offset:
            stop = passed[k]
            break
    for index in range(start, stop):
        if ROLE[trace.operations[index]] in _WORK:
            return False
    return True


def _is_branch(exit: Exit) -> bool:
    """Whether the exit may be a branch of the guest: a condition, asked in a bytecode that can start afresh."""
    operation = exit.owner.trace.operations[exit.guard]
    return (operation == ops.GUARD_TRUE or operation == ops.GUARD_FALSE) and len(exit.snapshot.frames) == 0


def _next_positions(trace: Trace, start: int, snapshot: Snapshot) -> list[int]:
    """The guest positions behind that of the snapshot, as far as the trace stays in its frame: those that begin from instruction `start` on."""
    positions: list[int] = []
    passed = trace.positions
    for k in range(0, len(passed), NUMBERS_OF_POSITION):
        if passed[k] < start or (passed[k + 2] == snapshot.pc and len(positions) == 0):
            continue
        if passed[k + 3] != snapshot.base_offset or len(positions) == _FARTHEST_MEETING:
            break
        positions.append(passed[k + 2])
    return positions


def copies_short_branch(jit: Jit, leaving: Exit) -> bool:
    """Whether this exit is another copy of a branch whose ways both are short: then its loop or function is discarded, to be compiled anew
    with both ways of such branches. (A loop with one such branch keeps its bridge: nothing multiplies.)"""
    root = root_of(leaving.owner)
    meetings = root.meetings
    if meetings is None or not root.valid or not _is_branch(leaving):
        return False  # of a root that has been discarded before this, what hangs on it may still be entered, and gets its bridges
    branch = meetings.branch_at(leaving.owner.trace.constants[~leaving.snapshot.code], leaving.snapshot.pc)
    if branch is None or branch.refused or leaving.owner.number > branch.since:
        return False
    if root.bridges < jit.parameters.get(BOTH_WAYS):
        return False  # recording anew takes as long as several bridges: it waits until it does for several branches at once
    if not _comes_by(root.trace, branch.code, branch.pc):
        return False  # it lies in a bridge, to which a loop recorded anew would hardly come: one of many arms
    if root.trace.kind == KIND_LOOP and meetings.code != 0 and root.trace.positions[2] != meetings.header:
        return False  # a loop that begins where ways meet: no counter would ask for it again
    discard(jit, root, "it is compiled anew with both ways of its short branches")
    return True


def _passes(trace: Trace, code: int, pc: int) -> bool:
    """Whether the trace passes this position of the frame that it was entered with."""
    passed = trace.positions
    for k in range(0, len(passed), NUMBERS_OF_POSITION):
        if passed[k + 2] == pc and passed[k + 3] == 0 and trace.constants[~passed[k + 1]] == code:
            return True
    return False


def _comes_by(trace: Trace, code: int, pc: int) -> bool:
    """Whether the trace passes this position of any frame."""
    passed = trace.positions
    for k in range(0, len(passed), NUMBERS_OF_POSITION):
        if passed[k + 2] == pc and trace.constants[~passed[k + 1]] == code:
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
