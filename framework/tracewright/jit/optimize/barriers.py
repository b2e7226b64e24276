"""Which stores of references need a write barrier. `finish.py` puts one before each that does.

    r3 = new_object(7)                       made here: this native frame holds it, and what native frames hold is scanned again
    store_ref(r3, 8, 2, r1)
    write_barrier(r1)            <-          r1 may be old, r3 is new
    store_ref(r1, 16, 2, r3)
    store_ref(r1, 24, 2, r2)                 nothing can have made r1 old again
    store_ref(r1, 32, 2, r4)                 r4 = value_of_float(f5) refers to nothing
    write_barrier_at(r5, i6, r2) <-          of a large array it is noted where stores went
    store_ref_at(r5, i6, 3, r2)

The first rule holds because the trace needs the object for the store, so that a collection in between meets it in a register or in
the native frame: what is met there becomes REMEMBERED instead of OLD (gc/mark.py). Large arrays are the exception.
"""

from typing import final

from tracewright.core import operations as op
from tracewright.core.effects import COLLECTS
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET
from tracewright.core.operation_tables import EFFECTS
from tracewright.core.value import SMALL_INT_BITS
from tracewright.gc.size_classes import LARGEST_SMALL
from tracewright.jit.optimize.draft import TAG_POINTER, TAG_UNKNOWN, Draft
from tracewright.jit.trace.arithmetic import is_pointer_word

SMALL_END = 1 << (SMALL_INT_BITS - 1)


@final
class Barriers:
    """Asked about each instruction of the finished trace in order. Not `elide`: every store of a reference gets one."""

    def __init__(self, draft: Draft, elide: bool) -> None:
        self.draft = draft
        self.elide = elide
        self.remembered: list[int] = []  # refs with a barrier since the last operation that may collect
        self.remembered_items: list[int] = []  # likewise, refs of arrays and indices in turn

    def needed_before(self, index: int) -> bool:
        """Whether this instruction, which is kept, must have a barrier for its first operand before it."""
        trace = self.draft.trace
        operation = trace.operations[index]
        if operation == op.LABEL or EFFECTS[operation] & COLLECTS:
            self.remembered.clear()
            self.remembered_items.clear()
        if operation != op.STORE_REF and operation != op.STORE_REF_AT:
            return False
        if not self.elide:
            return True
        thing = trace.a[index]
        if self._is_made_here(thing) or self.draft.refers_to_nothing[index]:
            return False
        if operation == op.STORE_REF_AT:
            return self._note_item(thing, trace.b[index])
        if thing in self.remembered:
            return False
        self.remembered.append(thing)
        return True

    def _note_item(self, thing: int, index: int) -> bool:
        """Whether this element of the array has no barrier yet."""
        items = self.remembered_items
        for place in range(0, len(items), 2):
            if items[place] == thing and items[place + 1] == index:
                return False
        items.append(thing)
        items.append(index)
        return True

    def _is_made_here(self, ref: int) -> bool:
        trace = self.draft.trace
        if ref < 0:
            return False
        if trace.operations[ref] == op.NEW_ARRAY:
            return trace.b[ref] < 0 and self.draft.word(trace.b[ref]) * 8 + ARRAY_ITEMS_OFFSET <= LARGEST_SMALL
        return trace.operations[ref] == op.NEW_OBJECT


def may_refer(draft: Draft, ref: int) -> bool:
    """Whether a stored word may be a heap pointer, by what is known now."""
    if ref < 0:
        return is_pointer_word(draft.word(ref))
    operation = draft.trace.operations[ref]
    if operation == op.VALUE_OF_INT:
        number = draft.trace.a[ref]
        return draft.low_of(number) < -SMALL_END or draft.high_of(number) >= SMALL_END
    return draft.tag[ref] == TAG_POINTER or draft.tag[ref] == TAG_UNKNOWN
