"""The slot map: what the guest's VM-stack slots hold, while memory lags behind; and the snapshots made from it.

    r4 = value_of_int(i3)
    write_slot(2, r4)               no instruction: the map says slot 2 is r4
    guard_true(i5) [s1]             ->  [s1: pc 7 base+0 {2: r4}]      the exit writes it

Everything the recorder tells is also written to a journal, from which the second copy of a peeled loop is made.

A snapshot without frames is the state at the *start* of the guest bytecode, so the map can be taken back to it (`_undo_...`). A slot is in a
snapshot where its value is not the one that memory is known to hold.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core import operations as op
from tracewright.core.vm_stack import TOP_OFFSET
from tracewright.hints import inlined
from tracewright.jit.optimize.draft import NO_REF, TAG_POINTER, Draft
from tracewright.jit.optimize.heap import note_store
from tracewright.jit.trace.ref_table import RefTable
from tracewright.jit.trace.snapshot import TOP_SLOT, FrameSnapshot, Snapshot

# Kinds of journal entry.
AT_BYTECODE: Final = 0  # code, pc, base offset
SLOT_WRITTEN: Final = 1  # offset, ref
TOP_WRITTEN: Final = 2  # ref
SLOTS_FORGOTTEN: Final = 3  # offset
SLOTS_FLUSHED: Final = 4  # limit
CALL_MADE: Final = 5  # offset of the callee's frame, the slots of it that are passed in registers
FRAMES_CHANGED: Final = 6  # which of `linkage_lists`

ALL_SLOTS: Final = 1 << 40


@final
class WaySlots:
    """What one of two ways of a branch has written, while both are walked (`record/both_ways.py`): the map itself stays as it is at the
    branch's bytecode, so that every guard of either way leaves for that. `outer`: of the way that the branch is in."""

    def __init__(self, outer: WaySlots | None) -> None:
        self.outer = outer
        self.offsets: list[int] = []
        self.refs: list[int] = []

    def set(self, offset: int, ref: int) -> None:
        """The way has written this slot."""
        for k in range(len(self.offsets)):
            if self.offsets[k] == offset:
                self.refs[k] = ref
                return
        self.offsets.append(offset)
        self.refs.append(ref)

    def get(self, offset: int) -> int:
        """What the slot holds on this way; NO_REF where that is what the map says."""
        way: WaySlots | None = self
        while way is not None:
            for k in range(len(way.offsets)):
                if way.offsets[k] == offset:
                    return way.refs[k]
            way = way.outer
        return NO_REF


@final
class SlotMap:
    """Values and memory state of the slots, by offset from `trace_base`."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.offsets: list[int] = []  # those with a known value, ascending
        self.values: list[int] = []  # by place (see _place): ref or NO_REF
        self.memory: list[int] = []  # by place: the ref known to be in memory, or NO_REF
        self.asked = RefTable(0)  # 1: values that the second copy of a loop has read from slots
        self.stack = NO_REF  # the VMStack, once it is asked for
        self.way: WaySlots | None = None  # the way of a branch that is being walked
        self.top = NO_REF
        self.top_memory = NO_REF
        self.top_alias = 0
        self.top_load = -1  # the instruction that read `top`
        # The current guest bytecode.
        self.code = NO_REF
        self.pc = 0
        self.base_offset = 0
        self.start = 0  # instructions before it
        self.snapshot = -1  # of its start; -1 until a guard needs it
        self.effects = False  # something observable has happened since its start
        self._undo_offsets: list[int] = []
        self._undo_values: list[int] = []
        self._undo_memory: list[int] = []
        self._offsets_came_back = False  # taking back has entered slots that were forgotten since
        self._dirty: list[int] = []  # of the snapshot being made
        self.linkages: list[
            int
        ] = []  # of the guest frames, in pairs: first slot that others may look at, end; none: any slot
        self.linkage_lists: list[list[int]] = []
        # The journal.
        self.journal_index: list[int] = []
        self.journal_kind: list[int] = []
        self.journal_x: list[int] = []
        self.journal_y: list[int] = []
        self.journal_z: list[int] = []

    def begin(self) -> None:
        """Nothing is known of any slot: another trace starts."""
        for column in (self.offsets, self.values, self.memory):
            del column[:]
        self.asked.clear()
        self.stack = self.top = self.top_memory = NO_REF
        self.way = None
        self.top_load = -1
        self._offsets_came_back = False
        self.linkages = []
        del self.linkage_lists[:]
        self.begin_bytecode(NO_REF, 0, 0)
        for column in (self.journal_index, self.journal_kind, self.journal_x, self.journal_y, self.journal_z):
            del column[:]

    def _log(self, kind: int, x: int, y: int, z: int) -> None:
        self.journal_index.append(len(self.draft.trace.operations))
        self.journal_kind.append(kind)
        self.journal_x.append(x)
        self.journal_y.append(y)
        self.journal_z.append(z)

    @inlined
    def _place(self, offset: int) -> int:
        """Where an offset of either sign has its entry."""
        place = offset * 2 if offset >= 0 else -offset * 2 - 1
        if place >= len(self.values):
            self._make_room(place)
        return place

    def _make_room(self, place: int) -> None:
        while place >= len(self.values):
            self.values.append(NO_REF)
            self.memory.append(NO_REF)

    def at_bytecode(self, code: int, pc: int, base_offset: int) -> None:
        """A guest bytecode starts."""
        self._log(AT_BYTECODE, code, pc, base_offset)
        trace = self.draft.trace
        trace.positions.append(len(trace.operations))
        trace.positions.append(code)
        trace.positions.append(pc)
        trace.positions.append(base_offset)
        self.begin_bytecode(code, pc, base_offset)

    def begin_bytecode(self, code: int, pc: int, base_offset: int) -> None:
        """What snapshots say from here on."""
        trace = self.draft.trace
        self.code = code
        self.pc = pc
        self.base_offset = base_offset
        self.start = len(trace.operations)
        self.snapshot = -1
        self.effects = False
        del self._undo_offsets[:]
        del self._undo_values[:]
        del self._undo_memory[:]

    def _set(self, offset: int, value: int, memory: int) -> None:
        """Change an entry, remembering the old one for snapshots of the bytecode's start."""
        place = self._place(offset)
        self._undo_offsets.append(offset)
        self._undo_values.append(self.values[place])
        self._undo_memory.append(self.memory[place])
        if self.values[place] == NO_REF:
            self._insert_offset(offset)
        self.values[place] = value
        self.memory[place] = memory

    def _insert_offset(self, offset: int) -> None:
        """Frames grow upward, so the search from the end is short."""
        position = len(self.offsets)
        while position > 0 and self.offsets[position - 1] > offset:
            position -= 1
        if position == 0 or self.offsets[position - 1] != offset:
            self.offsets.insert(position, offset)

    def known(self, offset: int) -> int:
        """The slot's value, NO_REF where only memory has it."""
        return self.draft.current(self.values[self._place(offset)])

    def read(self, offset: int) -> int:
        """The slot's value; loads it from memory the first time."""
        if self.way is not None:
            written = self.way.get(offset)
            if written != NO_REF:
                return self.draft.current(written)
        ref = self.known(offset)
        if ref != NO_REF:
            if self.draft.floor >= 0:
                self.asked.set(self.values[self._place(offset)], 1)
            return ref
        ref = self.draft.append(op.READ_SLOT, offset, 0, 0, 0, -1)
        place = self._place(offset)
        self._insert_offset(offset)
        self.values[place] = ref
        self.memory[place] = ref
        return ref

    def first_read(self, offset: int) -> int:
        """What memory had of a slot that was read before it was written; NO_REF for others."""
        trace = self.draft.trace
        index = self.draft.chain_head[op.READ_SLOT]
        while index >= 0:
            if trace.a[index] == offset:
                return index
            index = self.draft.chain[index]
        return NO_REF

    def is_read_as(self, offset: int, ref: int) -> None:
        """Memory has this value of the slot, which nobody has asked for yet."""
        place = self._place(offset)
        if self.values[place] == NO_REF:
            self._insert_offset(offset)
            self.values[place] = ref
            self.memory[place] = ref

    def write(self, offset: int, ref: int) -> None:
        """The slot's new value; memory is written later, or by an exit."""
        if self.way is not None:
            self.way.set(offset, ref)
            return
        self._log(SLOT_WRITTEN, offset, ref, 0)
        self._set(offset, ref, self.memory[self._place(offset)])

    def stack_ref(self) -> int:
        """The VMStack that the trace was entered with: one ref throughout the trace, for it never changes."""
        if self.stack == NO_REF:
            self.stack = self.draft.append(op.TRACE_STACK, 0, 0, 0, 0, -1)
            self.draft.tag[self.stack] = TAG_POINTER
        return self.stack

    def read_top(self) -> int:
        """The VM stack's `top`."""
        if self.top == NO_REF:
            stack = self.stack_ref()
            self.top_load = self.draft.append(op.LOAD, stack, TOP_OFFSET, self.top_alias, 0, -1)
            self.top = self.top_load
            self.top_memory = self.top
        return self.draft.current(self.top)

    def write_top(self, ref: int) -> None:
        """The VM stack's new `top`."""
        self._log(TOP_WRITTEN, ref, 0, 0)
        self._undo_offsets.append(TOP_SLOT)
        self._undo_values.append(self.top)
        self._undo_memory.append(self.top_memory)
        self.top = ref

    def forget_from(self, offset: int) -> None:
        """Slots from `offset` on are dead, or have been written by somebody else."""
        self._log(SLOTS_FORGOTTEN, offset, 0, 0)
        offsets = self.offsets
        while len(offsets) > 0 and offsets[-1] >= offset:
            last = offsets.pop()
            place = self._place(last)
            if self.values[place] != NO_REF:
                self._undo_offsets.append(last)
                self._undo_values.append(self.values[place])
                self._undo_memory.append(self.memory[place])
            self.values[place] = NO_REF
            self.memory[place] = NO_REF

    def is_clean(self, offset: int) -> bool:
        """Whether memory has the slot's value."""
        place = self._place(offset)
        value = self.draft.current(self.values[place])
        return value == NO_REF or value == self.draft.current(self.memory[place])

    def is_as_read(self, offset: int) -> bool:
        """Whether the slot still has the value that was read from it, and memory too."""
        trace, place = self.draft.trace, self._place(offset)
        ref = self.values[place]
        is_read = ref >= 0 and trace.operations[ref] == op.READ_SLOT and trace.a[ref] == offset
        return is_read and self.memory[place] == ref

    def modified(self) -> list[int]:
        """The offsets whose value memory does not have."""
        return [offset for offset in self.offsets if not self.is_clean(offset)]

    def restate(self, offset: int, ref: int) -> None:
        """Another ref for the value that the slot already has; no guest write."""
        self.values[self._place(offset)] = ref

    def confirm(self, offset: int, ref: int) -> None:
        """Memory is known to have this value of the slot."""
        self.memory[self._place(offset)] = ref

    def top_is_clean(self) -> bool:
        """Whether memory has `top`."""
        return self.top == NO_REF or self.draft.current(self.top) == self.draft.current(self.top_memory)

    def flush(self, limit_offset: int) -> None:
        """Write the modified slots below `limit_offset`, and `top`, to memory."""
        self._log(SLOTS_FLUSHED, limit_offset, 0, 0)
        if len(self._undo_offsets) > 0:
            self.effects = True  # memory no longer has the state of the bytecode's start
        self.flush_top()  # first: storing a slot may make a box, and the collector looks at what lies below `top`
        for offset in self.offsets:
            if offset >= limit_offset:
                break
            if not self.is_clean(offset):
                self.write_to_memory(offset)

    def frames_are(self, linkages: list[int]) -> None:
        """The guest frames that the trace is in now: of each, where the slots that others may look at begin and end."""
        self._log(FRAMES_CHANGED, len(self.linkage_lists), 0, 0)
        self.linkage_lists.append(linkages)
        self.linkages = linkages

    def flush_for_call(self, callee: int, typed_slots: int) -> None:
        """Write what memory must have while machine code for the frame at `callee` runs: `top`, the callee's frame without the slots that
        are passed in registers (as bits), and what others may look at. The other slots of waiting frames are written by exits behind the call,
        but for objects that this trace has allocated: those exist from here on, and are what the slot holds however the callee comes back.
        """
        self._log(CALL_MADE, callee, typed_slots, 0)
        if len(self._undo_offsets) > 0:
            self.effects = True
        self.flush_top()
        for offset in self.offsets:
            if offset >= callee:
                wanted = typed_slots >> min(offset - callee, 63) & 1 == 0
            else:
                wanted = self._is_looked_at(offset) or self.draft.is_fresh(self.known(offset))
            if wanted and not self.is_clean(offset):
                self.write_to_memory(offset)

    def _is_looked_at(self, offset: int) -> bool:
        linkages = self.linkages
        for k in range(0, len(linkages), 2):
            if linkages[k] <= offset < linkages[k + 1]:
                return True
        return len(linkages) == 0

    def write_to_memory(self, offset: int) -> None:
        """Write a modified slot to memory."""
        ref = self.known(offset)
        self.draft.append(op.WRITE_SLOT, offset, ref, 0, 0, -1)
        self.memory[self._place(offset)] = ref
        self.draft.escape(ref)

    def flush_top(self) -> None:
        """Write `top` to memory."""
        if self.top_is_clean():
            return
        draft = self.draft
        stack = self.stack_ref()
        self.top = draft.current(self.top)
        index = draft.append(op.STORE, stack, TOP_OFFSET, self.top_alias, self.top, -1)
        note_store(draft, index, -1)
        self.top_memory = self.top

    def is_top_access(self, index: int) -> bool:
        """Whether the instruction is the map's own load or store of `top`."""
        trace = self.draft.trace
        if trace.operations[index] == op.LOAD:
            return index == self.top_load
        return trace.operations[index] == op.STORE and trace.b[index] == TOP_OFFSET and trace.a[index] == self.stack

    def forget_memory_of_modified(self) -> None:
        """At the head of the second copy of a loop: of a modified slot it is not known what memory holds *every* turn."""
        for offset in self.offsets:
            if not self.is_clean(offset):
                self.memory[self._place(offset)] = NO_REF
        if not self.top_is_clean():
            self.top_memory = NO_REF

    def clean_offsets(self) -> list[int]:
        """The slots whose values memory has."""
        return [offset for offset in self.offsets if self.is_clean(offset)]

    # --- snapshots ---------------------------------------------------------------------------------------------------

    def _take_back(self) -> None:
        """Exchange the map with the state at the bytecode's start; what was changed since is in its place among what can be undone."""
        for position in range(len(self._undo_offsets) - 1, -1, -1):
            self._exchange(position)

    def _bring_forward(self) -> None:
        """After `_take_back`: the map as it was."""
        for position in range(len(self._undo_offsets)):
            self._exchange(position)
        if self._offsets_came_back:
            self.offsets = [offset for offset in self.offsets if self.values[self._place(offset)] != NO_REF]
            self._offsets_came_back = False

    def _exchange(self, position: int) -> None:
        """An entry with what it was before one change."""
        offset, value, memory = (
            self._undo_offsets[position],
            self._undo_values[position],
            self._undo_memory[position],
        )
        if offset == TOP_SLOT:
            self._undo_values[position], self._undo_memory[position] = self.top, self.top_memory
            self.top, self.top_memory = value, memory
            return
        place = self._place(offset)
        self._undo_values[position], self._undo_memory[position] = self.values[place], self.memory[place]
        if self.values[place] == NO_REF:
            self._insert_offset(offset)
            self._offsets_came_back = True
        self.values[place], self.memory[place] = value, memory

    def snapshot_here(self, position: int) -> int:
        """A new snapshot of the map as it is; gives its index."""
        draft, dirty = self.draft, self._dirty
        del dirty[:]
        for offset in self.offsets:
            place = self._place(offset)
            value = self.values[place]
            if value != NO_REF and value != self.memory[place] and not self.is_clean(offset):
                dirty.append(offset)
        with_top = 0 if self.top_is_clean() else 1
        snapshot = Snapshot(self.code, self.pc, self.base_offset, position, with_top + len(dirty))
        if with_top == 1:
            snapshot.offsets[0] = TOP_SLOT
            snapshot.refs[0] = draft.current(self.top)
        for k in range(len(dirty)):
            snapshot.offsets[with_top + k] = dirty[k]
            snapshot.refs[with_top + k] = self.known(dirty[k])
        snapshot.linkages = self.linkages
        draft.trace.snapshots.append(snapshot)
        return len(draft.trace.snapshots) - 1

    def snapshot_of_start(self) -> int:
        """The snapshot that all guards of this bytecode share while nothing observable has happened."""
        if self.snapshot >= 0:
            return self.snapshot
        if len(self._undo_offsets) == 0:
            self.snapshot = self.snapshot_here(self.start)
            return self.snapshot
        self._take_back()
        self.snapshot = self.snapshot_here(self.start)
        self._bring_forward()
        return self.snapshot

    def snapshot_with_frames(self, frames: list[FrameSnapshot]) -> int:
        """A snapshot in the middle of the bytecode."""
        number = self.snapshot_here(len(self.draft.trace.operations))
        snapshot = self.draft.trace.snapshots[number]
        for frame in frames:
            copy = frame.without_registers()
            copy.registers = frame.registers.copy()
            copy.refs = [self.draft.current(ref) for ref in frame.refs]
            copy.boxings = frame.boxings.copy()
            snapshot.add_frame(copy)
        return number
