"""What an emitter knows at one point, to come back to: a loop's second copy may turn out not to be wanted, and be made in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from tracewright.core.arrays import Array, copy_items

if TYPE_CHECKING:
    from tracewright.jit.optimize.emit import ForwardPass


@final
class Checkpoint:
    """Copies of everything that emitting further instructions changes, but for what `Draft.truncate` takes back. One serves an emitter for
    all its traces: there is one point at a time to come back to."""

    def __init__(self) -> None:
        self.count = 0  # instructions then
        self.may_raise = False
        self.valid_checked = False
        self.journal = 0
        self.low: Array[int] = Array(0, 0)
        self.high: Array[int] = Array(0, 0)
        self.tag: Array[int] = Array(0, 0)
        self.class_id: Array[int] = Array(0, 0)
        self.fresh: Array[int] = Array(0, 0)
        self.replacement: Array[int] = Array(0, 0)
        self.killed: Array[bool] = Array(0, False)
        self.containers: list[int] = []
        self.contents: list[int] = []
        self.clobbered: list[int] = []
        self.clobbered_all = -1
        self.last_write = -1
        self.last_barrier = -1
        self.granted = 0
        self.floor = -1

    def take(self, emitter: ForwardPass) -> None:
        """This is the point to come back to."""
        draft = emitter.draft
        count = len(draft.trace.operations)
        self.count = count
        if count > len(self.low):
            self._make_room(draft.room)
        self.may_raise = emitter.may_raise
        self.valid_checked = emitter.valid_checked
        self.journal = len(emitter.slots.journal_index)
        copy_items(draft.low, 0, self.low, 0, count)
        copy_items(draft.high, 0, self.high, 0, count)
        copy_items(draft.tag, 0, self.tag, 0, count)
        copy_items(draft.class_id, 0, self.class_id, 0, count)
        copy_items(draft.fresh, 0, self.fresh, 0, count)
        copy_items(draft.replacement, 0, self.replacement, 0, count)
        copy_items(draft.killed, 0, self.killed, 0, count)
        self.containers = draft.containers.copy()
        self.contents = draft.contents.copy()
        del self.clobbered[:]
        for alias in range(len(draft.clobbered)):
            self.clobbered.append(draft.clobbered[alias] if draft.knows_alias(alias) else -1)
        self.clobbered_all = draft.clobbered_all
        self.last_write = draft.last_write
        self.last_barrier = draft.last_barrier
        self.granted = draft.granted
        self.floor = draft.floor

    def _make_room(self, room: int) -> None:
        self.low, self.high = Array(room, 0), Array(room, 0)
        self.tag, self.class_id = Array(room, 0), Array(room, 0)
        self.fresh, self.replacement = Array(room, 0), Array(room, 0)
        self.killed = Array(room, False)

    def restore(self, emitter: ForwardPass) -> None:
        """The emitter knows what it knew, once its draft has been truncated."""
        draft, slots, count = emitter.draft, emitter.slots, self.count
        emitter.may_raise = self.may_raise
        emitter.valid_checked = self.valid_checked
        for column in (
            slots.journal_index,
            slots.journal_kind,
            slots.journal_x,
            slots.journal_y,
            slots.journal_z,
        ):
            del column[self.journal :]
        slots.asked.clear()
        copy_items(self.low, 0, draft.low, 0, count)
        copy_items(self.high, 0, draft.high, 0, count)
        copy_items(self.tag, 0, draft.tag, 0, count)
        copy_items(self.class_id, 0, draft.class_id, 0, count)
        copy_items(self.fresh, 0, draft.fresh, 0, count)
        copy_items(self.replacement, 0, draft.replacement, 0, count)
        copy_items(self.killed, 0, draft.killed, 0, count)
        draft.containers = self.containers
        draft.contents = self.contents
        for alias in range(len(draft.clobbered)):
            draft.clobbered[alias] = self.clobbered[alias] if alias < len(self.clobbered) else -1
        draft.clobbered_all = self.clobbered_all
        draft.last_write = self.last_write
        draft.last_barrier = self.last_barrier
        draft.granted = self.granted
        draft.floor = self.floor
        draft.impossible = False
        draft.relied_stores = False


@final
class WayBack:
    """The trace and the slot map as they are, to come back to: of one emitter, one at a time."""

    def __init__(self, emitter: ForwardPass) -> None:
        draft, slots = emitter.draft, emitter.slots
        self._emitter = emitter
        self._instructions: int = len(draft.trace.operations)
        self._snapshots: int = len(draft.trace.snapshots)
        self._positions: int = len(draft.trace.positions)
        self._offsets: list[int] = slots.offsets.copy()
        self._values: list[int] = [draft.current(ref) for ref in slots.values]
        self._memory: list[int] = [draft.current(ref) for ref in slots.memory]
        self._stack: int = slots.stack
        self._top: int = draft.current(slots.top)
        self._top_memory: int = draft.current(slots.top_memory)
        self._top_load: int = slots.top_load
        self._snapshot: int = slots.snapshot
        emitter.checkpoint.take(emitter)

    def go(self) -> None:
        """What has been emitted since is dropped, and nothing is known that was learned from it."""
        draft, slots = self._emitter.draft, self._emitter.slots
        draft.truncate(self._instructions, self._snapshots, self._positions)
        slots.offsets = self._offsets
        slots.values = self._values
        slots.memory = self._memory
        slots.stack = self._stack
        slots.top = self._top
        slots.top_memory = self._top_memory
        slots.top_load = self._top_load
        slots.snapshot = self._snapshot
        self._emitter.checkpoint.restore(self._emitter)
