"""Loop peeling: the recorded turn is emitted a second time, with the state that the first turn ends in.

    recorded                                   after it, the second copy (the body)
    r1 = read_slot(0)                          r1 becomes r4
    guard_true(value_is_small(r1))             holds: r4 is boxed here
    i2 = value_small(r1)                       i2 becomes i3
    i3 = int_add_ovf(i2, 1)                    i5 = int_add_ovf(i3, 1)
    r4 = value_of_int(i3)                      r6 = value_of_int(i5)
    write_slot(0, r4)                          write_slot(0, r6)
                                               label(i3) ... jump(i5)

`becomes[q]` is what the copy of instruction q gave. In the body a ref q of the first copy means "q of the previous turn". Where
`becomes[q]` is q itself, q is the same in every turn. Where it differs and the body (or an exit of it) uses q, q is carried:
an operand of LABEL, with `becomes[q]` the operand of JUMP in the same place (`backward.py` finds them).

Why facts of the first copy may be used in the second, and those of the second for every later turn: a fact follows from the recorded
instructions for whatever state they start in, and each turn computes what those instructions would compute from the state before it. Two things are not of
this kind, and are dropped at the label or refused: what memory holds of modified slots (the body does not reload them), and that
the *word* of an int is small (see `boxing.py`).
"""

from typing import final

from tracewright.core import operations as op
from tracewright.core import roles
from tracewright.core.arrays import copy_items
from tracewright.core.operation_tables import FIRST, FOURTH, LISTED, REF_OPERANDS, ROLE, SECOND, THIRD
from tracewright.jit.optimize.checkpoint import WayBack
from tracewright.jit.optimize.draft import NO_REF, NOTHING_GRANTED
from tracewright.jit.optimize.emit import ForwardPass
from tracewright.jit.optimize.open_label import OpenLabel, may_be_open
from tracewright.jit.optimize.slots import (
    AT_BYTECODE,
    CALL_MADE,
    FRAMES_CHANGED,
    SLOT_WRITTEN,
    SLOTS_FLUSHED,
    SLOTS_FORGOTTEN,
    TOP_WRITTEN,
)
from tracewright.jit.trace.snapshot import FrameSnapshot


@final
class Peeler:
    """Makes the second copy; can take it back."""

    def __init__(self, emitter: ForwardPass, widened: bool = False) -> None:
        self.emitter = emitter
        self.widened = widened  # constants that the turn has written may be other numbers in the next (`open_label.py`)
        self.draft = emitter.draft
        self.recorded = len(self.draft.trace.operations)
        self.label: int = self.recorded
        self.opened: OpenLabel | None = None
        self.becomes: list[int] = [NO_REF] * self.recorded
        slots = emitter.slots
        self._code: int = slots.code
        self._pc: int = slots.pc
        self._base_offset: int = slots.base_offset
        self.snapshot_count = len(self.draft.trace.snapshots)
        self._before = WayBack(emitter)

    def copy(self) -> bool:
        """Emit the body; False where a guard of it cannot hold or the slots' memory state differs from turn to turn."""
        draft, slots = self.draft, self.emitter.slots
        if draft.impossible:
            return False
        clean, top_clean = slots.clean_offsets(), slots.top_is_clean()
        opened = OpenLabel(self.emitter, self.widened) if may_be_open(self.emitter) else None
        self.opened = opened
        if self.widened and (opened is None or not opened.has_widened):
            return False
        self.label = len(draft.trace.operations)
        slots.forget_memory_of_modified()
        copy_items(draft.tag, 0, draft.tag_at_label, 0, self.label)
        draft.append_listed(op.LABEL, 0, [], -1)
        draft.last_barrier = draft.floor = self.label
        draft.granted = NOTHING_GRANTED  # who comes to the label from elsewhere has not asked
        events, event = len(slots.journal_index), 0
        if opened is not None:
            opened.restate_slots()
        for index in range(self.recorded):
            while event < events and slots.journal_index[event] == index:
                self._replay(event)
                event += 1
            self.becomes[index] = self._copy_instruction(index)
            if draft.impossible:
                return False
        while event < events:
            self._replay(event)
            event += 1
        for offset in clean:
            if not slots.is_clean(offset):
                return False
        if top_clean and not slots.top_is_clean():
            return False
        if opened is not None:
            self.becomes.extend(opened.next_values())
            if draft.impossible or NO_REF in self.becomes[self.recorded :]:
                return False
            opened.confirm_relations(self.becomes)
            if draft.impossible:
                return False
        # Where an interrupt waits, the loop leaves at its head.
        draft.append_listed(op.JUMP, 0, [], slots.snapshot_here(len(draft.trace.operations)))
        return True

    def undo(self) -> None:
        """Back to the recorded turn, ready to be ended some other way."""
        self._before.go()
        # The copy may have stopped in an inlined callee.
        self.emitter.slots.begin_bytecode(self._code, self._pc, self._base_offset)

    def _substituted(self, ref: int) -> int:
        return ref if ref < 0 else self.becomes[ref]

    def _replay(self, event: int) -> None:
        """Do again what the recorder told the slot map."""
        slots, emitter = self.emitter.slots, self.emitter
        x, y = slots.journal_x[event], slots.journal_y[event]
        kind = slots.journal_kind[event]
        if kind == AT_BYTECODE:
            emitter.at_bytecode(x, y, slots.journal_z[event])
        elif kind == SLOT_WRITTEN:
            emitter.write_slot(x, self._substituted(y))
        elif kind == TOP_WRITTEN:
            emitter.write_top(self._substituted(x))
        elif kind == SLOTS_FORGOTTEN:
            emitter.forget_slots_from(x)
        elif kind == SLOTS_FLUSHED:
            emitter.flush_slots(x)
        elif kind == CALL_MADE:
            emitter.flush_for_call(x, y)
        elif kind == FRAMES_CHANGED:
            slots.frames_are(slots.linkage_lists[x])

    def _frames(self, index: int) -> list[FrameSnapshot] | None:
        """The jitcode frames of the guard's snapshot, with this turn's refs."""
        snapshot = self.draft.trace.snapshots[self.draft.trace.snapshot_of[index]]
        if len(snapshot.frames) == 0:
            return None
        frames: list[FrameSnapshot] = []
        for frame in snapshot.frames:
            copy = frame.without_registers()
            copy.registers = frame.registers
            copy.refs = [self._substituted(ref) for ref in frame.refs]
            copy.boxings = frame.boxings
            frames.append(copy)
        return frames

    def _copy_instruction(self, index: int) -> int:
        draft, emitter = self.draft, self.emitter
        trace = draft.trace
        operation = trace.operations[index]
        if operation == op.READ_SLOT:
            return emitter.read_slot(trace.a[index])
        if operation == op.TRACE_STACK:
            return emitter.stack_ref()
        if operation == op.WRITE_SLOT or draft.killed[index]:
            return NO_REF
        if emitter.slots.is_top_access(index):
            return emitter.read_top() if operation == op.LOAD else NO_REF
        if LISTED[operation]:
            start, count = trace.c[index], trace.d[index]
            arguments = [self._substituted(trace.extra[start + position]) for position in range(count)]
            if operation != op.CALL_GUEST:
                return emitter.call(operation, trace.a[index], arguments)
            emitter.set_frames(self._frames(index))
            return emitter.call_guest(trace.a[index], trace.b[index], arguments)
        refs = REF_OPERANDS[operation]
        a = self._substituted(trace.a[index]) if refs & FIRST != 0 else trace.a[index]
        b = self._substituted(trace.b[index]) if refs & SECOND != 0 else trace.b[index]
        if ROLE[operation] == roles.GUARD:
            emitter.guard(operation, a, b, self._frames(index))
            return NO_REF
        if trace.snapshot_of[index] >= 0:
            emitter.set_frames(self._frames(index))
        c = self._substituted(trace.c[index]) if refs & THIRD != 0 else trace.c[index]
        d = self._substituted(trace.d[index]) if refs & FOURTH != 0 else trace.d[index]
        return emitter.emit(operation, a, b, c, d)
