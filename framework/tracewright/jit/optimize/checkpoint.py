"""What an emitter knows at one point, to come back to: a loop's second copy may turn out not to be wanted, and be made in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from tracewright.jit.optimize.emit import ForwardPass


@final
class Checkpoint:
    """Copies of everything that emitting further instructions changes, but for those that `Draft.truncate` takes back."""

    def __init__(self, emitter: ForwardPass) -> None:
        draft, slots = emitter.draft, emitter.slots
        self.may_raise: bool = emitter.may_raise
        self.valid_checked: bool = emitter.valid_checked
        self.journal: int = len(slots.journal_index)
        self.low: list[int] = draft.low.copy()
        self.high: list[int] = draft.high.copy()
        self.tag: list[int] = draft.tag.copy()
        self.class_id: list[int] = draft.class_id.copy()
        self.fresh: list[int] = draft.fresh.copy()
        self.replacement: list[int] = draft.replacement.copy()
        self.killed: list[bool] = draft.killed.copy()
        self.containers: list[int] = draft.containers.copy()
        self.contents: list[int] = draft.contents.copy()
        self.clobbered: list[int] = [
            draft.clobbered[alias] if draft.knows_alias(alias) else -1 for alias in range(len(draft.clobbered))
        ]
        self.clobbered_all: int = draft.clobbered_all
        self.last_write: int = draft.last_write
        self.last_barrier: int = draft.last_barrier
        self.floor: int = draft.floor

    def restore(self, emitter: ForwardPass) -> None:
        """The emitter knows what it knew, once its draft has been truncated."""
        draft, slots = emitter.draft, emitter.slots
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
        draft.low = self.low
        draft.high = self.high
        draft.tag = self.tag
        draft.class_id = self.class_id
        draft.fresh = self.fresh
        draft.replacement = self.replacement
        draft.killed = self.killed
        draft.containers = self.containers
        draft.contents = self.contents
        for alias in range(len(draft.clobbered)):
            draft.clobbered[alias] = self.clobbered[alias] if alias < len(self.clobbered) else -1
        draft.clobbered_all = self.clobbered_all
        draft.last_write = self.last_write
        draft.last_barrier = self.last_barrier
        draft.floor = self.floor
        draft.impossible = False
        draft.relied_stores = False
