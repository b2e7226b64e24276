"""Stores that every turn of a loop makes to one place: the turns leave them to the exits.

    store(r1, 24, 4, i2)                      the first turn makes its store
    label(i2) ...                             of the others, only what an exit finds matters: there it is written
    i3 = int_add(i2, 1)
    store(r1, 24, 4, i3)          ->          nothing; exits before this store write i2, what the turn before has stored, those behind it i3

A place is an object that is the same in every turn, and an offset or a constant index. Its stores are left out if nothing in the body
can look at it: no load that may be of the same object (those of the place itself have been answered by `heap.py`), no call that reads or
writes memory. This keeps the suspended frame of a generator, and whatever else a loop updates, in registers.

Only loops with a closed LABEL are treated so (`open_label.py`): who comes to one from elsewhere would find the place in memory as
nobody has left it.

In the body a ref of the first turn means the same of the turn before (`peel.py`), so what the first turn stored is what an exit before the
body's own store has to write; carrying it and boxing it only at the exit come by themselves (`backward.py`).
"""

from typing import Final, final

from tracewright.core import roles
from tracewright.core.effects import READS, SLOTS, WRITES
from tracewright.core.operation_tables import IS_ALLOCATION, IS_ITEM, IS_LOAD, IS_RESIDUAL_CALL, IS_STORE, ROLE
from tracewright.jit.optimize.draft import Draft
from tracewright.jit.optimize.heap import may_be_one
from tracewright.jit.optimize.peel import Peeler
from tracewright.jit.optimize.slots import SlotMap

MOST_PLACES: Final = 24  # more would make every exit long


@final
class StoreSinking:
    """Looks at one peeled draft, and leaves out what can be."""

    def __init__(self, peeler: Peeler) -> None:
        self.draft: Draft = peeler.draft
        self.slots: SlotMap = peeler.emitter.slots
        self.label = peeler.label
        self.becomes = peeler.becomes
        self.first_snapshot = peeler.snapshot_count
        self.places: list[int] = []  # for each place its last store in the body

    def run(self) -> bool:
        """Leave the stores of all places out that nothing but exits can look at; False where there are none."""
        if not self._body_is_quiet():
            return False
        trace = self.draft.trace
        for index in range(self.label + 1, len(trace.operations)):
            if IS_STORE[trace.operations[index]] and not self.draft.killed[index]:
                if not self.slots.is_top_access(index):  # exits write that anyway
                    self._note(index)
        sunk = False
        for last in self.places:
            first = self._first_turns_store(last)
            if first >= 0 and self._can_sink(first, last):
                self._sink(first, last)
                sunk = True
        return sunk

    def _body_is_quiet(self) -> bool:
        """Whether all that the body does to memory is loads and stores of fields and items."""
        draft = self.draft
        trace = draft.trace
        for index in range(self.label + 1, len(trace.operations)):
            operation = trace.operations[index]
            role = ROLE[operation]
            if role == roles.GUEST_CALL or role == roles.RAW_WRITE or role == roles.RAW_LOAD:
                return False
            if role == roles.STACK_ACCESS or role == roles.TAKING:
                return False
            if IS_RESIDUAL_CALL[operation]:
                function = draft.functions[trace.a[index]]
                if not function.elidable and function.effects & (READS | WRITES | SLOTS) != 0:
                    return False
        return True

    def _same_place(self, x: int, y: int) -> bool:
        trace = self.draft.trace
        return trace.operations[x] == trace.operations[y] and trace.a[x] == trace.a[y] and trace.b[x] == trace.b[y]

    def _note(self, index: int) -> None:
        """The latest store to each place."""
        for k in range(len(self.places)):
            if self._same_place(self.places[k], index):
                self.places[k] = index
                return
        if len(self.places) < MOST_PLACES:
            self.places.append(index)

    def _first_turns_store(self, last: int) -> int:
        """The last store of the first turn to the place, -1 if it made none."""
        for index in range(self.label - 1, -1, -1):
            if not self.draft.killed[index] and self._same_place(index, last):
                return index
        return -1

    def _can_sink(self, first: int, last: int) -> bool:
        draft = self.draft
        trace = draft.trace
        thing, stored = trace.a[last], trace.d[first]
        if thing >= self.label or (
            thing >= 0 and (self.becomes[thing] != thing or IS_ALLOCATION[draft.operation(thing)])
        ):
            return False
        if IS_ITEM[trace.operations[last]] and trace.b[last] >= 0:
            return False
        if draft.current(trace.d[last]) != (stored if stored < 0 else draft.current(self.becomes[stored])):
            return False
        for index in range(self.label + 1, len(trace.operations)):
            operation = trace.operations[index]
            if draft.killed[index] or not (IS_LOAD[operation] or IS_STORE[operation]):
                continue
            if trace.c[index] != trace.c[last] or not may_be_one(draft, trace.a[index], thing):
                continue  # another alias class, or certainly another object
            if trace.a[index] != thing or (IS_ITEM[operation] and trace.b[index] >= 0):
                return False  # perhaps this object, perhaps this place
            if IS_LOAD[operation] and trace.b[index] == trace.b[last]:
                return False
            if (
                IS_STORE[operation]
                and self._same_place(index, last)
                and IS_ALLOCATION[max(draft.operation(trace.d[index]), 0)]
            ):
                return False  # an object that is made anew each turn would have to be made by exits, and carried
        return True

    def _sink(self, first: int, last: int) -> None:
        """Kill the place's stores in the body, and have its exits write what the place then holds."""
        draft = self.draft
        trace = draft.trace
        stores = [
            index
            for index in range(self.label + 1, len(trace.operations))
            if not draft.killed[index] and self._same_place(index, last)
        ]
        for number in range(self.first_snapshot, len(trace.snapshots)):
            snapshot = trace.snapshots[number]
            held = trace.d[first]
            for index in stores:
                if index < snapshot.position:
                    held = trace.d[index]
            place = draft.word(trace.b[last]) if IS_ITEM[trace.operations[last]] else trace.b[last]
            snapshot.add_store(trace.operations[last], trace.a[last], place, trace.c[last], held)
        for index in stores:
            draft.killed[index] = True
