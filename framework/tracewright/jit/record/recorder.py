"""The tracer: walks the interpreter's jitcode, doing each operation and emitting it.

    guest bytecode ADD 2 0 1        ->   r0 = read_slot(0)   guard_true(value_is_small(r0)) ...   i5 = int_add(i1, i3)   slot 2 := i5

The guest program makes progress while it is recorded. When a recording is given up in the middle of a bytecode, the blackhole
finishes that bytecode, and the interpreter goes on from there.
"""

from typing import Final, final

from tracewright.core import kinds
from tracewright.core import operations as ops
from tracewright.core.memory import address_of, load64
from tracewright.core.operation_tables import ASKS_TAG
from tracewright.hints import JitCell
from tracewright.jit.execute.blackhole import Blackhole, switch_target
from tracewright.jit.execute.frames import FRAME_BASE, KNOWN_INT, KNOWN_REF, Frame, set_portal_arguments
from tracewright.jit.execute.free_frames import FreeFrames
from tracewright.jit.execute.guest_state import RAISED
from tracewright.jit.execute.runtime import Runtime
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.record.both_ways import (
    Way,
    begin_way,
    branch_to_join,
    copies_of_frames,
    end_way,
    join,
    require_quiet,
    require_unlikely,
)
from tracewright.jit.record.calls import record_call, record_call_separately
from tracewright.jit.record.exceptions import follow_pending, go_to_handler
from tracewright.jit.record.folding import fold
from tracewright.jit.record.guards import frames_if_needed, guard_no_exception, meets_many, note_many, promote
from tracewright.jit.record.loops import linkages_of, record_enter_jit, record_merge_point, record_return
from tracewright.jit.record.memory import (
    record_array_length,
    record_class_question,
    record_load_field,
    record_load_item,
    record_new,
    record_raw_load,
    record_raw_store,
    record_slot_load,
    record_slot_store,
    record_stack_field,
    record_store_field,
    record_store_item,
    record_text_code,
    record_text_width,
)
from tracewright.jit.record.outcome import Outcome
from tracewright.jit.record.recording import AbortRecording, GuestFrame, Recording, RecordingMemory
from tracewright.jit.record.typed_calls import choose_typed_slots
from tracewright.jit.record.values import record_box_int, record_checked, record_pure, record_question, record_unbox_int
from tracewright.jit.tables import control
from tracewright.jit.tables.abort import Abort
from tracewright.jit.tables.assembly import Assembly
from tracewright.jit.tables.parameters import FAIL_EVERY, Parameters
from tracewright.jit.trace.arithmetic import GROUP, IMPURE
from tracewright.jit.trace.compiled import Exit, instructions_before, root_of
from tracewright.jit.trace.meetings import Branch, Meetings
from tracewright.jit.trace.trace import KIND_BRIDGE, KIND_FUNCTION, KIND_LOOP

# Jitcode operations of one recording; more means a loop inside the interpreter that folds away entirely.
_MOST_STEPS: Final = 3_000_000


# After longer recordings the memory is not kept.
_LONG: Final = 4000  # instructions


@final
class Recorder:
    """Makes one recording at a time, all of them in the same memory."""

    def __init__(self, assembly: Assembly, runtime: Runtime, parameters: Parameters) -> None:
        self.assembly = assembly
        self.runtime = runtime
        self.parameters = parameters
        self.meetings: Meetings | None = None  # for a loop that begins in the middle of another
        self._memory: RecordingMemory = self._new_memory()
        # For the statistics, of the last recording.
        self.steps = 0  # jitcode operations recorded
        self.folded = 0  # those between them whose operands and results are all known

    # --- the three kinds ---------------------------------------------------------------------------------------------
    def record_loop(
        self,
        code: int,
        pc: int,
        stack: int,
        base: int,
        bottom: int,
        last_chance: bool = False,
        cell: JitCell | None = None,
    ) -> Outcome:
        """Record from the merge point at (code, pc) until it comes round; at the `last_chance` a trace that ends elsewhere will do.
        `cell` is given where it is not the first loop of that header."""
        own = address_of(self.runtime.cell(code, pc) if cell is None else cell)
        recording = self._start(KIND_LOOP, stack, base, bottom, own)
        recording.must_close = not last_chance
        recording.meetings = self.meetings
        return self._record_from(recording, code, pc, 0)

    def record_function(self, code: int, stack: int, base: int) -> Outcome:
        """Record a call of a guest function whose frame begins at `base`, from (code, 0) until it returns."""
        recording = self._start(KIND_FUNCTION, stack, base, base, address_of(self.runtime.cell(code, 0)))
        recording.meetings = self.meetings
        recording.typed_slots = choose_typed_slots(recording, code)
        return self._record_from(recording, code, 0, 0)

    def record_bridge(
        self, parent: Exit, frames: list[Frame], code: int, pc: int, stack: int, base: int, bottom: int
    ) -> Outcome:
        """Record from a failed guard on. See `record/__init__.py` for what must have been done before."""
        offset = parent.snapshot.base_offset
        recording = self._start(KIND_BRIDGE, stack, base - offset, bottom, 0)
        recording.builder.start_bridge(parent, self.parameters.get(FAIL_EVERY) == 0)
        recording.meetings = root_of(parent.owner).meetings
        recording.at_leave = parent.owner.trace.operations[parent.guard] == ops.LEAVE
        recording.of_loop = root_of(parent.owner).trace.kind == KIND_LOOP
        recording.parent = parent
        recording.behind = instructions_before(parent)
        note_many(recording, parent)
        recording.outer_linkages = parent.snapshot.linkages
        if len(frames) == 0:
            return self._record_from(recording, code, pc, offset)
        recording.begin()
        recording.code = code
        recording.pc = pc
        recording.base_offset = offset
        recording.guest_frames.append(GuestFrame(code, offset, -recording.behind, False))
        recording.builder.slots.frames_are(linkages_of(recording))
        for number in range(len(frames)):
            frame = frames[number]
            snapshot = parent.snapshot.frames[number]
            refs = recording.builder.frame_refs(number)
            frame.begin_refs()
            frame.receiver = snapshot.receiver
            frame.guest_callee = snapshot.guest_callee
            for k in range(len(refs)):
                frame.refs[snapshot.registers[k]] = refs[k]
            recording.frames.append(frame)
        return self._run(recording, parent.owner.trace.operations[parent.guard])

    def _new_memory(self) -> RecordingMemory:
        assembly = self.assembly
        builder = TraceBuilder(KIND_LOOP, 0, assembly.functions, assembly.classes, self.parameters.options)
        builder.set_top_alias(assembly.stack_top_alias)
        builder.draft.small_ints = assembly.small_ints
        return RecordingMemory(builder)

    def _start(self, kind: int, stack: int, trace_base: int, bottom: int, cell: int) -> Recording:
        self.steps = self.folded = 0
        self._memory.builder.begin(kind, cell)
        return Recording(self.assembly, self.runtime, self.parameters, self._memory, kind, stack, trace_base, bottom)

    def _record_from(self, recording: Recording, code: int, pc: int, offset: int) -> Outcome:
        """Stand at the merge point of (code, pc), and go."""
        recording.start_code = code
        recording.start_pc = pc
        recording.begin()
        recording.first_bytecode = 1
        recording.base_offset = (
            offset  # no frame has returned when a bridge starts in a caller of its trace's first frame
        )
        portal = self.assembly.jitcodes[self.assembly.portal]
        base = recording.base_word(offset)
        frame = recording.pool.take(portal, portal.merge_position)
        set_portal_arguments(frame, code, pc, recording.stack, base, recording.bottom)
        operands = portal.merge_position + 2
        words = portal.words
        self._hold(frame, words[operands], KNOWN_REF)
        self._hold(frame, words[operands + 1], KNOWN_INT)
        self._hold(frame, words[operands + 2], recording.stack_ref)
        self._hold(frame, words[operands + 4], recording.bottom_ref)
        self._hold(frame, words[operands + 3], FRAME_BASE)
        recording.frames.append(frame)
        return self._run(recording)

    def _hold(self, frame: Frame, register: int, held: int) -> None:
        if register < frame.code.variable_count:
            frame.refs[register] = held

    # --- the walk ----------------------------------------------------------------------------------------------------
    def _run(self, recording: Recording, failed: int = -1) -> Outcome:
        """Record to the end of the trace. `failed` is the guard in the middle of a bytecode that a bridge begins at."""
        reason = Abort.NONE
        try:
            self._begin_behind_call(recording, failed)
            self._walk(recording)
            if not self._still_true(recording):
                reason = Abort.INVALIDATED
        except AbortRecording as abort:
            reason = abort.reason
            if reason == Abort.RECURSION and not recording.must_close and self._end_before_bytecode(recording):
                reason = Abort.NONE
        state = recording.state
        if state is None:
            state = Blackhole(self.assembly, self.runtime, FreeFrames()).run(recording.frames)
            if state.kind == RAISED:
                self.runtime.leaves_portal(recording.code, recording.pc)
        trace = recording.trace if reason == Abort.NONE else None
        outcome = Outcome(trace, reason, state, recording.dependencies)
        outcome.waits_for = recording.waits_for
        outcome.code = recording.code
        outcome.pc = recording.pc
        outcome.wants_loop = recording.wants_loop
        outcome.needs_loop = recording.needs_loop
        outcome.roots = recording.builder.objects()
        if recording.builder.instruction_count() > _LONG:
            self._memory = self._new_memory()
        else:
            while len(recording.frames) > 0:
                recording.leave_frame()
        return outcome

    def _end_before_bytecode(self, recording: Recording) -> bool:
        """End the trace where the current bytecode begins: its exit gets a bridge when what that needs is there. False where
        nothing would be gained, or the bytecode cannot be started again."""
        if recording.bytecodes <= recording.first_bytecode or recording.builder.effects_since_bytecode:
            return False
        recording.trace = recording.builder.leave_before_bytecode()
        return self._still_true(recording)

    def _begin_behind_call(self, recording: Recording, failed: int) -> None:
        """A bridge of a guard on whether a call has raised begins with the same question, answered as now."""
        raised = self.runtime.exception() != 0
        if failed == ops.GUARD_EXCEPTION or failed == ops.GUARD_NO_EXCEPTION:
            recording.builder.may_raise = True
            if raised:
                follow_pending(recording)
            else:
                guard_no_exception(recording)
        elif raised:
            raise AbortRecording(Abort.PENDING_EXCEPTION)

    def _still_true(self, recording: Recording) -> bool:
        """Whether the fields that the trace relies on are as they were when it read them."""
        for dependency in recording.dependencies:
            field = self.assembly.fields[dependency.field]
            if load64(dependency.thing + field.offset) != dependency.word:
                return False
        return True

    def _walk(self, recording: Recording) -> None:
        most = _MOST_STEPS
        while recording.state is None:
            frame = recording.top_frame()
            folded = fold(recording, frame, most)
            self.folded += folded
            most -= folded + 1
            if most <= 0:
                raise AbortRecording(Abort.TOO_MANY_VISITS)
            self._step(recording, frame, frame.code.words[frame.position])

    def _step(self, recording: Recording, frame: Frame, operation: int) -> None:
        self.steps += 1
        if GROUP[operation] != IMPURE and not ASKS_TAG[operation]:
            record_pure(recording, frame, operation)
        elif operation >= control.FIRST:
            self._control(recording, frame, operation)
        else:
            self._row(recording, frame, operation)

    def _row(self, recording: Recording, frame: Frame, operation: int) -> None:
        """A row of the operation table that is not simply pure."""
        match operation:
            case ops.LOAD_FIELD:
                record_load_field(recording, frame)
            case ops.STORE_FIELD:
                record_store_field(recording, frame)
            case ops.LOAD_ITEM:
                record_load_item(recording, frame)
            case ops.STORE_ITEM:
                record_store_item(recording, frame)
            case ops.ARRAY_LENGTH:
                record_array_length(recording, frame)
            case ops.TEXT_WIDTH:
                record_text_width(recording, frame)
            case ops.TEXT_CODE8 | ops.TEXT_CODE16 | ops.TEXT_CODE32:
                record_text_code(recording, frame, operation)
            case ops.RAW_LOAD8 | ops.RAW_LOAD16 | ops.RAW_LOAD32 | ops.RAW_LOAD64 | ops.RAW_LOAD_FLOAT:
                record_raw_load(recording, frame, operation)
            case ops.RAW_STORE8 | ops.RAW_STORE16 | ops.RAW_STORE32 | ops.RAW_STORE64 | ops.RAW_STORE_FLOAT:
                record_raw_store(recording, frame, operation)
            case ops.SLOT_LOAD:
                record_slot_load(recording, frame)
            case ops.SLOT_STORE:
                record_slot_store(recording, frame)
            case ops.NEW_OBJECT | ops.NEW_ARRAY:
                record_new(recording, frame, operation)
            case ops.CLASS_OF | ops.INSTANCE_OF:
                record_class_question(recording, frame, operation)
            case ops.VALUE_OF_INT:
                record_box_int(recording, frame)
            case ops.VALUE_AS_INT:
                record_unbox_int(recording, frame)
            case ops.VALUE_IS_INT | ops.VALUE_IS_OBJECT | ops.VALUE_IS_SMALL | ops.VALUE_IS_FLOAT | ops.VALUE_IS_REF:
                record_question(recording, frame, operation)
            case ops.INT_ADD_OVF | ops.INT_SUB_OVF | ops.INT_MUL_OVF:
                self._checked(recording, frame, operation)
            case _:
                self._tracing(recording, frame, operation)

    def _tracing(self, recording: Recording, frame: Frame, operation: int) -> None:
        """The operations of the tracing API."""
        words = frame.code.words
        position = frame.position
        match operation:
            case ops.MERGE_POINT:
                record_merge_point(recording, frame)
            case ops.ENTER_JIT:
                record_enter_jit(recording, frame)
            case ops.CALL_SEPARATELY:
                record_call_separately(recording, frame)
            case ops.PROMOTE | ops.PROMOTE_FEW:
                source = words[position + 2]
                if operation == ops.PROMOTE or not meets_many(recording):
                    promote(recording, frame, source)
                recording.set(frame, words[position + 1], frame.words[source], recording.held(frame, source))
                frame.position = position + 3
            case ops.WE_ARE_JITTED:
                recording.set_constant(frame, words[position + 1], kinds.INT, 1)
                frame.position = position + 2
            case ops.IS_CONSTANT:
                known = int(recording.is_constant(frame, words[position + 2]))
                recording.set_constant(frame, words[position + 1], kinds.INT, known)
                frame.position = position + 3
            case _:
                raise AbortRecording(Abort.UNTRACEABLE)

    def _control(self, recording: Recording, frame: Frame, operation: int) -> None:
        """The operations that only jitcode has."""
        words = frame.code.words
        position = frame.position
        match operation:
            case control.MOVE:
                source = words[position + 2]
                recording.set(frame, words[position + 1], frame.words[source], recording.held(frame, source))
                frame.position = position + 3
            case control.JUMP:
                frame.position = words[position + 1]
            case control.BRANCH:
                self._branch(recording, frame)
            case control.SWITCH | control.TABLE_SWITCH:
                self._switch(recording, frame)
            case control.ON_ERROR:
                frame.position = position + 3
            case control.RETURN:
                record_return(recording, frame)
            case control.RAISE:
                exception = words[position + 1]
                ref = recording.ref(frame, exception)
                go_to_handler(recording, frame.words[exception], ref, len(recording.frames) - 2)
            case control.STACK_TOP | control.SET_STACK_TOP:
                record_stack_field(recording, frame, operation)
            case control.UNREACHABLE:
                raise AssertionError("control came to a place that cannot be reached")
            case _:
                record_call(recording, frame, operation)

    def _branch(self, recording: Recording, frame: Frame) -> None:
        words = frame.code.words
        position = frame.position
        condition = words[position + 1]
        taken = frame.words[condition] != 0
        if not recording.is_constant(frame, condition):
            branch = branch_to_join(recording, recording.ref(frame, condition))
            if branch is not None:
                self._both_ways(recording, frame, branch)
                return
            if recording.way is not None:
                require_unlikely(recording, frame, words[position + 3] if taken else words[position + 2])
            recording.builder.guard(
                ops.GUARD_TRUE if taken else ops.GUARD_FALSE,
                recording.ref(frame, condition),
                0,
                frames_if_needed(recording),
            )
        frame.position = words[position + 2] if taken else words[position + 3]

    # --- both ways of a branch ---------------------------------------------------------------------------------------
    def _both_ways(self, recording: Recording, frame: Frame, branch: Branch) -> None:
        """Walk the way that the guest does not go, put back what it has done, walk the other, and choose between their slots."""
        words, position, pc = frame.code.words, frame.position, recording.pc
        condition = recording.ref(frame, words[position + 1])
        taken = frame.words[words[position + 1]] != 0
        goes, other = words[position + 2 if taken else position + 3], words[position + 3 if taken else position + 2]
        frames = recording.frames
        imagined = begin_way(recording, copies_of_frames(recording), other, branch)
        try:
            self._walk_way(recording, imagined)
            recording.leave_frame()
        except AbortRecording:
            branch.refuse()
            raise
        finally:
            imagined.put_back(recording)
            recording.frames = frames
            end_way(recording, imagined, pc)
        real = begin_way(recording, frames, goes, branch)
        try:
            self._walk_way(recording, real)
            end_way(recording, real, pc)
            one, two = (real, imagined) if taken else (imagined, real)
            join(recording, branch, condition, one, two)
        except AbortRecording:
            branch.refuse()
            raise

    def _walk_way(self, recording: Recording, way: Way) -> None:
        while not way.ended:
            frame = recording.top_frame()
            self.folded += fold(recording, frame, _MOST_STEPS)
            operation = frame.code.words[frame.position]
            require_quiet(recording, way, operation)
            self._step(recording, frame, operation)

    def _switch(self, recording: Recording, frame: Frame) -> None:
        words = frame.code.words
        position = frame.position
        promote(recording, frame, words[position + 1])
        frame.position = switch_target(words, position, frame.words[words[position + 1]])

    # --- exceptions --------------------------------------------------------------------------------------------------
    def _checked(self, recording: Recording, frame: Frame, operation: int) -> None:
        if record_checked(recording, frame, operation):
            return
        if recording.way is not None:
            raise AbortRecording(Abort.NO_SELECT)
        position = frame.position
        frame.position = position + 4
        recording.runtime.raise_overflow()
        exception = recording.runtime.exception()
        recording.runtime.set_exception(0)
        go_to_handler(recording, exception, recording.constant(kinds.REF, exception), len(recording.frames) - 1)
