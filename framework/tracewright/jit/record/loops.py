"""Recording the places where guest bytecodes begin and guest loops come round: where traces end."""

from typing import Final, final

from tracewright.core import kinds
from tracewright.core import operations as ops
from tracewright.core.memory import address_of, load32, load64
from tracewright.core.operation_tables import ASKS_TAG, SIGNED
from tracewright.hints import ALL_LIVE, JitCell
from tracewright.jit.execute.frames import FRAME_BASE, KNOWN_REF, Frame
from tracewright.jit.execute.guest_state import MOVED, RETURNED, GuestState
from tracewright.jit.optimize.enter_label import Present
from tracewright.jit.optimize.slots import ALL_SLOTS
from tracewright.jit.record.both_ways import leave_bytecode, pass_bytecode
from tracewright.jit.record.calls import has_code_of_kind
from tracewright.jit.record.guards import guard, offset_from_base, promote
from tracewright.jit.record.recording import AbortRecording, GuestFrame, Recording
from tracewright.jit.tables.abort import Abort
from tracewright.jit.tables.cells import BLACKLISTED, COMPILED, COUNTING, NEVER, count_from
from tracewright.jit.tables.parameters import SEGMENT, SHORT_LOOP, TRACE_LIMIT
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.trace import KIND_LOOP, NUMBERS_OF_POSITION, Trace

# A trace that passes this many bytecodes has folded nearly all of them: something turns round without end.
_MOST_BYTECODES: Final = 20_000

# Loops of one header, for different facts about what their turns leave as it is; and how often one is tried: a turn may be the last.
_MOST_LOOPS: Final = 4
_LOOP_ATTEMPTS: Final = 8

# A loop inside the trace whose conditions the trace knows is followed where it usually turns so often or less, and as long as the turns
# of all such loops together have not become too long.
_MOST_UNROLLED: Final = 16
_MOST_UNROLLED_INSTRUCTIONS: Final = 200

# Of one generator's code, so many frames may be resumed inside each other in one trace. Of a tree that is walked by generators of its
# nodes, each way down to a leaf would become a trace.
_DEEPEST_RESUMPTION: Final = 4

# A loop that usually turns so often or less gets no LABEL at which constants are widened.
_FEW_TURNS: Final = 16

# An exit stands for most turns if so many out of so many entries left by it. (One that is taken in the first turn only is
# followed by an entry that is not left by it: one out of two.)
_OFTEN: Final = 2
_OFTEN_OF: Final = 3


def record_merge_point(recording: Recording, frame: Frame) -> None:
    """A guest bytecode begins."""
    words = frame.code.words
    position = frame.position
    promote(recording, frame, words[position + 2])
    promote(recording, frame, words[position + 3])
    offset = offset_from_base(recording, frame, words[position + 5])
    code = frame.words[words[position + 2]]
    pc = frame.words[words[position + 3]]
    if recording.way is not None:
        pass_bytecode(recording, recording.way, frame, code, pc, offset)
        return
    leave_bytecode(recording)
    recording.code = code
    recording.pc = pc
    if offset < recording.base_offset:
        _drop_dead_slots(recording, recording.base_offset)
    del recording.written_slots[:]
    recording.base_offset = offset
    _follow_guest_frames(recording, code, pc, offset)
    _forget_dead_slots(recording, code, pc, offset)
    if recording.kind == KIND_LOOP and offset < 0:
        if recording.must_close:
            raise AbortRecording(Abort.LEFT_START_FRAME)
        recording.builder.at_bytecode(recording.code_ref(code), pc, offset)
        recording.finish(recording.builder.leave(), GuestState(MOVED, code, pc, recording.base_word(offset), 0))
        return
    if _at_meeting(recording, code, pc, offset):
        return
    if _is_too_long(recording, code, pc, offset):
        return
    recording.bytecodes += 1
    if recording.bytecodes > _MOST_BYTECODES:
        raise AbortRecording(Abort.TOO_MANY_VISITS)
    recording.separate_code = 0
    recording.builder.at_bytecode(recording.code_ref(code), pc, offset)
    frame.position = position + 7


def _is_too_long(recording: Recording, code: int, pc: int, offset: int) -> bool:
    """Where the trace has become too long, it ends here, and True is given, unless only a whole turn is of use."""
    length = recording.builder.instruction_count()
    if recording.kind == KIND_LOOP or recording.bytecodes <= recording.first_bytecode:
        if length > recording.parameters.get(TRACE_LIMIT):
            raise AbortRecording(Abort.TOO_LONG)
        return False
    if length <= recording.parameters.get(SEGMENT):
        return False
    recording.builder.at_bytecode(recording.code_ref(code), pc, offset)
    recording.finish(recording.builder.leave(), GuestState(MOVED, code, pc, recording.base_word(offset), 0))
    return True


def _at_meeting(recording: Recording, code: int, pc: int, offset: int) -> bool:
    """Where ways through a loop meet: a loop that began here closes, a bridge goes on in the loop that begins here, or asks for it. True if the trace has ended."""
    meetings = recording.meetings
    if meetings is None or offset != 0 or not meetings.has(code, pc):
        return False
    here = GuestState(MOVED, code, pc, recording.base_word(offset), 0)
    if recording.kind == KIND_LOOP:
        if recording.bytecodes == 0 or pc != recording.start_pc or code != recording.start_code:
            return False
        _close(recording, here)
        return True
    if recording.bytecodes == 0 and not recording.at_leave:
        return False
    recording.builder.at_bytecode(recording.code_ref(code), pc, offset)
    cell = recording.runtime.cell(code, pc)
    if cell.state == BLACKLISTED:
        return False
    trace = _enter_loop(recording, cell, offset)
    if trace is None and cell.state == COMPILED:
        return False
    if trace is None:
        if recording.at_leave and recording.bytecodes == 0:
            return False
        recording.wants_loop = cell
        trace = recording.builder.leave()
    recording.finish(trace, here)
    return True


def _close(recording: Recording, here: GuestState) -> None:
    """The trace has come round."""
    builder = recording.builder
    _refuse_short_loop(recording, here)
    builder.at_bytecode(recording.code_ref(here.code), here.pc, 0)
    if not recording.valid and len(recording.dependencies) > 0:
        guard(recording, ops.GUARD_VALID, 0, 0)  # the next turn relies on what a call of this one may have changed
    recording.runtime.optimizing(True)
    long_running = not recording.runtime.is_short_loop(here.code, here.pc, _FEW_TURNS)
    trace = builder.close_loop(recording.runtime.cell(here.code, here.pc).enterable, long_running)
    recording.runtime.optimizing(False)
    if trace is None:
        raise AbortRecording(Abort.NOT_A_LOOP)
    recording.finish(trace, here)


def _refuse_short_loop(recording: Recording, here: GuestState) -> None:
    """Coming into machine code and leaving it takes about as long as some bytecodes interpreted: a loop that is usually left after a
    few is better interpreted, as long as nothing around it is hot."""
    most = recording.parameters.get(SHORT_LOOP) // max(recording.bytecodes, 1)
    cell = recording.runtime.cell(here.code, here.pc)
    cell.end = max(cell.end, recording.pc)
    if cell.wanted or cell.state == COMPILED or recording.meetings is not None or most == 0:
        return
    if recording.runtime.is_short_loop(here.code, here.pc, most):
        raise AbortRecording(Abort.SHORT_LOOP)


def _drop_dead_slots(recording: Recording, start: int) -> None:
    """A guest frame has returned: its slots, from its base on, are dead, except what the returning bytecode has just written."""
    builder = recording.builder
    kept: list[int] = []
    refs: list[int] = []
    for offset in recording.written_slots:
        if offset >= start:
            kept.append(offset)
            refs.append(builder.read_slot(offset))
    builder.forget_slots_from(start)
    for k in range(len(kept)):
        builder.write_slot(kept[k], refs[k])


def _forget_dead_slots(recording: Recording, code: int, pc: int, offset: int) -> None:
    """What the language says cannot be read from here on need not be kept. (No frame lies above this one.)"""
    live = recording.runtime.live_slots(code, pc)
    if live != ALL_LIVE:
        recording.builder.forget_slots_from(offset + live)


def _follow_guest_frames(recording: Recording, code: int, pc: int, offset: int) -> None:
    """Keep the list of guest frames that the trace is in. A call begins at position 0, a resumed frame elsewhere."""
    frames = recording.guest_frames
    if len(frames) > 0 and frames[len(frames) - 1].offset == offset and frames[len(frames) - 1].code == code:
        return  # simply the next bytecode
    while len(frames) > 0 and frames[len(frames) - 1].offset > offset:
        frames.pop()
    if len(frames) > 0 and frames[len(frames) - 1].offset == offset:
        frames[len(frames) - 1].code = code  # back in the caller, or a tail call
    else:
        resumed = len(frames) > 0 and pc != 0
        start = recording.builder.instruction_count() if len(frames) > 0 else -recording.behind
        frames.append(GuestFrame(code, offset, start, resumed))
        if resumed and _resumptions(recording, code) > _DEEPEST_RESUMPTION:
            raise AbortRecording(Abort.RESUMED_RECURSION)
    recording.builder.slots.frames_are(linkages_of(recording))


def _resumptions(recording: Recording, code: int) -> int:
    """How many frames of this code the trace has resumed and not left."""
    count = 0
    for frame in recording.guest_frames:
        if frame.resumed and frame.code == code:
            count += 1
    return count


def linkages_of(recording: Recording) -> list[int]:
    """The slots that others may look at, of the guest frames that the trace is in: first and end of each."""
    linkages: list[int] = []
    outer = recording.outer_linkages
    frames = recording.guest_frames
    for k in range(0, len(outer), 2):
        if outer[k] < frames[0].offset:
            linkages.append(outer[k])
            linkages.append(outer[k + 1])
    for frame in frames:
        count = recording.runtime.linkage_slots(frame.code)
        linkages.append(frame.offset)
        linkages.append(ALL_SLOTS if count == ALL_LIVE else frame.offset + count)
    return linkages


def record_enter_jit(recording: Recording, frame: Frame) -> None:
    """A guest loop comes round, or a guest function starts."""
    words = frame.code.words
    position = frame.position
    promote(recording, frame, words[position + 4])
    promote(recording, frame, words[position + 5])
    offset = offset_from_base(recording, frame, words[position + 7])
    code = frame.words[words[position + 4]]
    pc = frame.words[words[position + 5]]
    base = recording.base_word(offset)
    recording.set_constant(frame, words[position + 1], kinds.REF, code)
    recording.set_constant(frame, words[position + 2], kinds.INT, pc)
    recording.set(frame, words[position + 3], base, FRAME_BASE)
    frame.position = position + 9
    if pc != 0:  # position 0: a call, whose bytecode may not have filled the new frame yet
        _forget_dead_slots(recording, code, pc, offset)
    _at_header(recording, GuestState(MOVED, code, pc, base, 0), offset)


def _at_header(recording: Recording, here: GuestState, offset: int) -> None:
    builder = recording.builder
    code_ref = recording.code_ref(here.code)
    if (
        recording.kind == KIND_LOOP
        and offset == 0
        and here.code == recording.start_code
        and here.pc == recording.start_pc
    ):
        _close(recording, here)
        return
    if here.pc == 0 and offset > recording.base_offset:
        return  # the start of a function that the trace follows, not a loop
    meetings = recording.meetings
    if recording.kind == KIND_LOOP and offset == 0 and meetings is not None:
        if here.code == meetings.code and here.pc == meetings.header:
            return  # a loop that begins elsewhere passes the header
    if _passes(recording, here.pc, offset) or _unrolls(recording, here, offset):
        return
    builder.at_bytecode(code_ref, here.pc, offset)
    cell = recording.runtime.cell(here.code, here.pc)
    around = here.code == recording.start_code and here.pc < recording.start_pc
    goes_out = recording.must_close and offset == 0 and around
    if cell.state == COUNTING and cell.counted > 0 and not goes_out:
        _want(recording, cell)
    trace = _enter_loop(recording, cell, offset)
    if trace is not None:
        recording.finish(trace, here)
        return
    if goes_out:
        # Recorded in its last turn: another will do better. It must not wait for the loop around, which may wait for it.
        raise AbortRecording(Abort.LEFT_LOOP)
    if has_code_of_kind(cell, KIND_LOOP):
        if _goes_round_outside(recording, cell):
            cell.enterable = True
            raise AbortRecording(Abort.CLOSED_LABEL)
        if offset == 0:
            cell = _loop_to_link_with(recording, cell)
        recording.finish(builder.link(recording.constant(kinds.REF, address_of(cell))), here)
    else:
        recording.finish(builder.leave(), here)


def _goes_round_outside(recording: Recording, cell: JitCell) -> bool:
    """Whether a bridge that comes back to the header of its loop stands for most turns and can never come to the LABEL.

    So it is where the bridge hangs on the first copy, the LABEL is closed, and the first copy was mostly left by this exit whenever
    it was entered: then what a turn leaves behind by way of the bridge does not fit the loop, and the next turn is the bridge's again.
    """
    parent, compiled = recording.parent, cell.compiled
    if parent is None or cell.enterable or not isinstance(compiled, CompiledTrace) or parent.owner is not compiled:
        return False
    trace = compiled.trace
    closed = trace.label_state is None and parent.guard < trace.label
    return closed and parent.failures * _OFTEN_OF >= compiled.entries * _OFTEN


def _loop_to_link_with(recording: Recording, cell: JitCell) -> JitCell:
    """Which loop of this header, of the frame that the trace was entered with, is to go on.

    A loop takes for granted what was so when it was recorded and what no turn changes: of which class an argument is, or that a
    variable is an int. Where that is otherwise for as long as the loop runs, it would be left before its LABEL in every turn, by the same
    guard. The bridge that hangs there comes to the header with that guard still unmet: it asks for a loop of its own.
    """
    present = _Present(recording)
    comes_again = False
    count = 0
    free: JitCell | None = None
    last = cell
    loop: JitCell | None = cell
    while loop is not None:
        compiled = loop.compiled
        if loop.state == COMPILED and isinstance(compiled, CompiledTrace) and compiled.valid:
            premise = recording.builder.unmet_premise(compiled, present)
            if premise < 0:
                return loop
            comes_again = comes_again or _hangs_on(recording.parent, compiled, premise)
        elif loop is not cell and loop.state == COUNTING:
            free = loop
        count += 1
        last = loop
        loop = loop.other
    parent = recording.parent
    given_up = parent is None or parent.loop_attempts >= _LOOP_ATTEMPTS
    if not comes_again or given_up or (free is None and count >= _MOST_LOOPS):
        return cell
    if free is None:
        free = JitCell(NEVER)
        last.other = free
    free.entry = cell.entry  # until it has code of its own
    free.wanted = True
    recording.wants_loop = free
    recording.needs_loop = True
    return free


def _hangs_on(exit: Exit | None, loop: CompiledTrace, guard: int) -> bool:
    """Whether the bridge from this exit hangs, directly or not, on this guard of the loop."""
    if exit is None:
        return False
    while exit.owner.parent is not None:
        exit = exit.owner.parent
    return exit.owner is loop and exit.guard == guard


def _want(recording: Recording, cell: JitCell) -> None:
    """A loop that may have been too short for machine code of its own gets some now, for the sake of this trace."""
    cell.wanted = True
    count_from(cell, 0)
    if recording.must_close and cell.failures == 0:
        recording.waits_for = cell
        raise AbortRecording(Abort.INNER_LOOP)


def _passes(recording: Recording, pc: int, offset: int) -> bool:
    """Whether the trace goes on through a loop header of a frame that it has resumed: once for each header and resumption."""
    frame = recording.guest_frames[len(recording.guest_frames) - 1]
    if not frame.resumed or frame.offset != offset or pc in frame.passed:
        return False
    frame.passed.append(pc)
    return True


def _unrolls(recording: Recording, here: GuestState, offset: int) -> bool:
    """Whether the trace follows another turn of a short loop inside: its last turn has asked nothing of numbers that the trace does not know,
    so whether it goes on is known as well.

        i := 0   while i < 3 { t := t + i   i := i + 1 }        the trace of a loop around it: t + 0, t + 1, t + 2
    """
    cell = recording.runtime.cell(here.code, here.pc)
    if cell.state != COUNTING or not recording.runtime.is_short_loop(here.code, here.pc, _MOST_UNROLLED):
        return False
    length = recording.builder.instruction_count()
    turn = _last_time(recording, here, offset)
    if turn < 0 or _asks_numbers(recording.builder.draft.trace, turn):
        return False
    if recording.unrolled_from < 0:
        recording.unrolled_from = turn
    return length - recording.unrolled_from <= _MOST_UNROLLED_INSTRUCTIONS


def _last_time(recording: Recording, here: GuestState, offset: int) -> int:
    """The instruction with which the trace's last turn of a loop began; -1 where it has not come by the header."""
    passed = recording.builder.draft.trace.positions
    code = recording.code_ref(here.code)
    for k in range(len(passed) - NUMBERS_OF_POSITION, -1, -NUMBERS_OF_POSITION):
        if passed[k + 2] == here.pc and passed[k + 3] == offset and passed[k + 1] == code:
            return passed[k]
    return -1


def _asks_numbers(trace: Trace, start: int) -> bool:
    """Whether there is a guard on a comparison, from an instruction on. (An index within bounds is an unsigned one, and says nothing of the way.)"""
    for i in range(start, len(trace.operations)):
        operation = trace.operations[i]
        if operation == ops.GUARD_TRUE or operation == ops.GUARD_FALSE:
            tested = trace.operations[trace.a[i]] if trace.a[i] >= 0 else ops.UINT_LT
            if SIGNED[tested] < 0 and not ASKS_TAG[tested]:
                return True
    return False


@final
class _Present(Present):
    """Slots and objects as they are now."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording

    def slot(self, offset: int) -> int:
        recording = self.recording
        return recording.runtime.load_slot(recording.stack, recording.base_word(offset))

    def class_of(self, word: int) -> int:
        return load32(word)

    def field(self, word: int, offset: int) -> int:
        return load64(word + offset)


def _enter_loop(recording: Recording, cell: JitCell, offset: int) -> Trace | None:
    """Enter a loop of this header at its LABEL, if it is one of the frame that the trace was entered with and what it relies on can be had."""
    loop: JitCell | None = cell if offset == 0 else None
    while loop is not None:
        compiled = loop.compiled
        if loop.state == COMPILED and isinstance(compiled, CompiledTrace) and compiled.valid:
            trace = recording.builder.enter_label(compiled, _Present(recording))
            if trace is not None:
                return trace
        loop = loop.other
    return None


def record_return(recording: Recording, frame: Frame) -> None:
    """A function of the interpreter returns to its caller, or the portal to whoever called it."""
    source = frame.code.words[frame.position + 1]
    word = 0
    if source >= 0:
        word = frame.words[source]
    if len(recording.frames) > 1:
        held = recording.held(frame, source) if source >= 0 else KNOWN_REF
        recording.leave_frame()
        caller = recording.top_frame()
        recording.set(caller, caller.result_register, word, held)
        return
    ref = recording.ref(frame, source) if source >= 0 else recording.constant(kinds.REF, 0)
    if recording.must_close:
        raise AbortRecording(Abort.RETURNED_EARLY)
    frame_goes_on = recording.of_loop or recording.assembly.results_in_frame
    recording.finish(recording.builder.finish(ref, frame_goes_on), GuestState(RETURNED, 0, 0, 0, word))
