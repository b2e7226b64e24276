"""The state of one recording, and the registers of its frames: each has a concrete word and the ref that stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from tracewright.core import kinds
from tracewright.core import operations as ops
from tracewright.core.integers import float_of_bits, wrap_add, wrap_sub
from tracewright.hints import JitCell, inlined
from tracewright.jit.execute.frames import FRAME_BASE, KNOWN_INT, KNOWN_ROW, NO_REF, Frame
from tracewright.jit.execute.guest_state import GuestState
from tracewright.jit.execute.runtime import Runtime
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.record.frame_pool import FramePool
from tracewright.jit.record.outcome import Dependency
from tracewright.jit.tables.assembly import Assembly
from tracewright.jit.tables.cells import MOST_TYPED_SLOTS
from tracewright.jit.tables.parameters import Parameters
from tracewright.jit.trace.compiled import Exit
from tracewright.jit.trace.meetings import Branch, Meetings
from tracewright.jit.trace.ref_table import RefTable
from tracewright.jit.trace.snapshot import FrameSnapshot
from tracewright.jit.trace.trace import KIND_BRIDGE, KIND_FUNCTION, KIND_LOOP, Trace

if TYPE_CHECKING:
    from tracewright.jit.record.both_ways import Way

EVERYTHING: Final = 31  # all that a Value can be (values.py)
NOT_BASE: Final = -(1 << 62)  # not known to be trace_base + constant


class AbortRecording(Exception):
    """Give up for a reason of `tables/abort.py`. The frames stand where the blackhole can go on."""

    def __init__(self, reason: int) -> None:
        super().__init__("recording given up")
        self.reason = reason


@final
class GuestFrame:
    """A guest frame that the trace is in: its code and where its slots begin, from `trace_base`.

    A frame that the trace has `resumed` in the middle (of a generator) is usually inside a loop of its own, which comes round once
    between two values: `passed` are the loop headers that have been come by once since then.
    `start`: the instructions of the trace before it; below 0 where it began in the traces that a bridge hangs on.
    """

    def __init__(self, code: int, offset: int, start: int, resumed: bool) -> None:
        self.code = code
        self.offset = offset
        self.start = start
        self.resumed = resumed
        self.passed: list[int] = []


@final
class RecordingMemory:
    """What one recording leaves to the next: the memory of the growing trace, of frames, and of tables about refs."""

    def __init__(self, builder: TraceBuilder) -> None:
        self.builder = builder
        self.pool = FramePool()
        self.tags = RefTable(EVERYTHING)  # what a Value ref can still be (values.py)
        self.immutable_rows = RefTable(0)  # 1: an array whose elements never change
        self.base_offsets = RefTable(NOT_BASE)  # k of a ref that is trace_base + k

    def empty(self) -> None:
        """Another recording begins."""
        self.tags.clear()
        self.immutable_rows.clear()
        self.base_offsets.clear()


@final
class Recording:
    """Everything about the trace being recorded. The modules beside this one each do one kind of operation on it."""

    def __init__(
        self,
        assembly: Assembly,
        runtime: Runtime,
        parameters: Parameters,
        memory: RecordingMemory,
        kind: int,
        stack: int,
        trace_base: int,
        bottom: int,
    ) -> None:
        self.assembly = assembly
        self.runtime = runtime
        self.parameters = parameters
        memory.empty()
        self.builder = memory.builder
        self.pool = memory.pool
        self.kind = kind
        self.stack = stack
        self.trace_base = trace_base
        self.bottom = bottom
        self.frames: list[Frame] = []
        self.dependencies: list[Dependency] = []
        # The trace belongs to a loop: where the portal returns, the frame may go on (the portal may have run that loop only).
        self.of_loop = kind != KIND_FUNCTION
        self.parent: Exit | None = None  # that a bridge begins at
        self.behind = 0  # instructions of the traces that a bridge hangs on, up to there
        # A loop that ends elsewhere than at its start is better recorded another time, unless there will be none.
        self.must_close = kind == KIND_LOOP
        self.first_bytecode = 0  # bytecodes that do not count as progress: the one that the recording begins in
        self.waits_for: JitCell | None = None  # what has to be compiled before this can be recorded
        self.valid = kind != KIND_BRIDGE  # nothing since the last GUARD_VALID can have broken an assumption
        self.tags = memory.tags
        self.immutable_rows = memory.immutable_rows
        # Refs known to be trace_base + constant, both ways.
        self.base_offsets = memory.base_offsets
        self.named_offsets: list[int] = []
        self.named_refs: list[int] = []
        self.base_ref = NO_REF
        self.bottom_ref = NO_REF
        self.stack_ref = NO_REF
        # The guest.
        self.start_code = 0
        self.start_pc = 0
        self.typed_slots = 0  # of a function: as bits, the slots whose ints come in registers
        self.code = 0
        self.pc = 0
        self.base_offset = 0
        self._code_word = 0
        self._code_ref = NO_REF
        self.guest_frames: list[GuestFrame] = []
        self.outer_linkages: list[
            int
        ] = []  # of a bridge: as `SlotMap.linkages`, of the frames around the one it begins in
        self.written_slots: list[int] = []  # offsets written by the current guest bytecode
        self.bytecodes = 0
        self.unrolled_from = -1  # the instruction at which the first header of a short loop inside was passed
        self.separate_code = 0  # callee for which CALL_SEPARATELY has just said 1,
        self.separate_frames: list[FrameSnapshot] = []  # and the frames as they were then
        self.meetings: Meetings | None = None  # of the guest loop that the trace belongs to
        self.passed_branch: Branch | None = (
            None  # in this bytecode: one to be walked both ways, if its condition is found
        )
        self.way: Way | None = None  # of a branch: the one that is being walked
        self.at_leave = False  # a bridge that goes on where its parent ended: it has not moved yet
        self.wants_loop: JitCell | None = None  # the loop that is to begin where the trace has ended
        self.needs_loop = False  # and the trace is of use only with that loop
        # The end.
        self.trace: Trace | None = None
        self.state: GuestState | None = None

    def begin(self) -> None:
        """Emit what every trace needs to know of its frame."""
        self.stack_ref = self.builder.stack_ref()
        if self.typed_slots != 0:
            self.builder.slots.begin_bytecode(self.code_ref(self.start_code), 0, 0)
            self.builder.arguments_are_ints([k for k in range(MOST_TYPED_SLOTS) if self.typed_slots >> k & 1 != 0])
        self.base_ref = self.builder.emit(ops.TRACE_BASE, 0, 0, 0, 0)
        self._name_base(0, self.base_ref)
        # The code of a function runs with trace_base == bottom, and so do the bridges on it.
        self.bottom_ref = self.builder.emit(ops.TRACE_BOTTOM, 0, 0, 0, 0) if self.of_loop else self.base_ref

    def finish(self, trace: Trace, state: GuestState) -> None:
        """The trace is complete, and the guest is there."""
        self.trace = trace
        self.state = state

    # --- refs --------------------------------------------------------------------------------------------------------
    def constant(self, kind: int, word: int) -> int:
        """The ref of a constant."""
        if kind == kinds.INT:
            return self.builder.int_constant(word)
        if kind == kinds.FLOAT:
            return self.builder.float_constant(float_of_bits(word))
        return self.builder.ref_constant(word)

    def code_ref(self, code: int) -> int:
        """The ref of a guest code object, which the next bytecode mostly shares."""
        if code != self._code_word:
            self._code_word = code
            self._code_ref = self.constant(kinds.REF, code)
        return self._code_ref

    def operation_of(self, ref: int) -> int:
        """The operation that gives a ref, -1 for constants."""
        return self.builder.draft.operation(ref)

    def operand_of(self, ref: int) -> int:
        """The first operand of the operation that gives a ref."""
        return self.builder.current(self.builder.draft.trace.a[ref])

    def base_plus(self, offset: int) -> int:
        """The ref of trace_base + offset."""
        for k in range(len(self.named_offsets) - 1, -1, -1):
            if self.named_offsets[k] == offset:
                return self.named_refs[k]
        ref = self.builder.emit(ops.INT_ADD, self.base_ref, self.builder.int_constant(offset), 0, 0)
        self._name_base(offset, ref)
        return ref

    def _name_base(self, offset: int, ref: int) -> None:
        self.base_offsets.set(ref, offset)
        self.named_offsets.append(offset)
        self.named_refs.append(ref)

    def base_offset_of(self, ref: int) -> int:
        """k where the ref is trace_base + k, else NOT_BASE."""
        return self.base_offsets.get(ref)

    def base_offset_in(self, frame: Frame, register: int) -> int:
        """k where a register holds trace_base + k, else NOT_BASE."""
        held = self.held(frame, register)
        if held == FRAME_BASE:
            return wrap_sub(frame.words[register], self.trace_base)
        return NOT_BASE if held < 0 else self.base_offset_of(self.builder.current(held))

    def base_word(self, offset: int) -> int:
        """The concrete trace_base + offset."""
        return wrap_add(self.trace_base, offset)

    # --- registers ---------------------------------------------------------------------------------------------------
    @inlined
    def held(self, frame: Frame, register: int) -> int:
        """What is held in place of a register's ref: a ref or KNOWN_..."""
        held = frame.refs[register]
        if held == NO_REF:
            raise AssertionError("a register is used before it is set")
        return held

    @inlined
    def is_constant(self, frame: Frame, register: int) -> bool:
        """Whether the trace knows the word in a register."""
        return self.is_known(self.held(frame, register))

    @inlined
    def is_known(self, held: int) -> bool:
        """Whether the trace knows the word of what a register holds so."""
        if held < FRAME_BASE:
            return held != NO_REF
        return held != FRAME_BASE and (held < 0 or self.builder.current(held) < 0)

    def ref(self, frame: Frame, register: int) -> int:
        """The ref of what is in a register; makes it where the word was only known so far."""
        held = self.held(frame, register)
        if held > FRAME_BASE:
            return self.builder.current(held)
        word = frame.words[register]
        if held == FRAME_BASE:
            ref = self.base_plus(wrap_sub(word, self.trace_base))
        elif held == KNOWN_ROW:
            ref = self.constant(kinds.REF, word)
            self.immutable_rows.set(ref, 1)
        else:
            ref = self.constant(held - KNOWN_INT, word)
        frame.refs[register] = ref
        return ref

    @inlined
    def set(self, frame: Frame, register: int, word: int, ref: int) -> None:
        """Set both sides of a register, `ref` being what `held` may give; register -1 drops the value."""
        if register >= 0:
            frame.words[register] = word
            frame.refs[register] = ref

    def set_constant(self, frame: Frame, register: int, kind: int, word: int) -> None:
        """Set a register to a constant."""
        self.set(frame, register, word, KNOWN_INT + kind)

    def has_immutable_items(self, frame: Frame, register: int) -> bool:
        """Whether the array in a register is known never to change."""
        held = self.held(frame, register)
        if held > FRAME_BASE:
            return self.immutable_rows.get(self.builder.current(held)) != 0
        return held == KNOWN_ROW

    def leave_frame(self) -> None:
        """The innermost frame is finished."""
        self.pool.give(self.frames.pop())

    @inlined
    def top_frame(self) -> Frame:
        """The innermost frame."""
        return self.frames[len(self.frames) - 1]
