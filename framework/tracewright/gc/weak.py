"""What happens to weak references, ephemerons and finalizers when marking has come to its end (core/weak.py says what they mean).

    ephemeron(k, v)    k marked: v is marked, which may lead to further keys           until no key is new
    weak(t)            t not marked: cleared. Ephemerons likewise
    finalizer(t)       t not marked: due; t is marked after all, and what it leads to. Then the first two once more for what that has met

There may be a million of each, so whatever can be asked in slices is, and the last pause looks only at those whose objects had no mark then.
Finalizers go from chain to chain:

    new  --itself marked-->  marked  --its target has a mark-->  settled: nothing to do before the next full collection
                                     --it has none-->  open  --marking ends, still none-->  due  --marked-->  the program's

A young collection leaves those that are settled alone: their targets are old. A full one begins with all of them as new, and while it is
under way those that a young one settles are new to it.
"""

from tracewright.core.memory import load64, store64
from tracewright.core.weak import CHAIN_OFFSET, EPHEMERON_CHAIN_OFFSET, TARGET_OFFSET, VALUE_OFFSET
from tracewright.gc.heap import MARKING, Heap
from tracewright.gc.mark import UNLIMITED, drain, is_unmet, look_from, look_from_root, mark_reference
from tracewright.gc.marker import CHAIN_END, Marker, append, append_chain, put_in_chain, take_first


# --- before marking ends ---------------------------------------------------------------------------------------------
def ask_all_finalizers(heap: Heap) -> None:
    """A full collection begins: every finalizer is asked anew."""
    append_chain(heap.full.new_finalizers, heap.finalizers)
    append_chain(heap.full.due_finalizers, heap.due_finalizers)


def mark_finalizers(heap: Heap, marker: Marker, work: int) -> bool:
    """Finalizers are roots until they have run, those that are due with their targets. All are marked (False: the work was done before)."""
    if not marker.full:
        look_from_root(heap)
    while not (marker.new_finalizers.is_empty() and marker.due_finalizers.is_empty()):
        if work <= 0:
            return False
        work -= 1
        if marker.due_finalizers.is_empty():
            thing = take_first(marker.new_finalizers)
            append(marker.marked_finalizers, thing)
        else:
            thing = take_first(marker.due_finalizers)
            mark_reference(heap, marker, load64(thing + TARGET_OFFSET))
            append(heap.due_finalizers, thing)
        mark_reference(heap, marker, thing)
    return True


def ask_finalizers(heap: Heap, marker: Marker, work: int) -> bool:
    """Sort out those whose targets have been met, so that the pause in which marking ends finds few; False: the work was done before."""
    while not marker.marked_finalizers.is_empty():
        if work <= 0:
            return False
        work -= 1
        thing = take_first(marker.marked_finalizers)
        if is_unmet(heap, marker, load64(thing + TARGET_OFFSET)):
            append(marker.open_finalizers, thing)
        else:
            _settle(heap, marker, thing)
    return True


def _settle(heap: Heap, marker: Marker, thing: int) -> None:
    """The target of a finalizer is alive."""
    append(heap.finalizers if marker.full or heap.phase != MARKING else heap.full.new_finalizers, thing)


def trace_ephemerons(heap: Heap, marker: Marker, work: int) -> bool:
    """Mark the values whose keys have been met, until that leads to no other key (True), or the work is done: one for each entry asked,
    and what marking its value takes.

    Each round goes through those that wait in the opposite order, so that entries that lead to one another in the order in which they
    were met, or against it, take two rounds and not one for each.
    """
    while True:
        while marker.ephemerons != CHAIN_END:
            if work <= 0:
                return False
            work -= 1
            thing = marker.ephemerons
            marker.ephemerons = load64(thing + EPHEMERON_CHAIN_OFFSET)
            store64(thing + EPHEMERON_CHAIN_OFFSET, 0)
            if is_unmet(heap, marker, load64(thing + TARGET_OFFSET)):
                marker.ephemerons_asked = put_in_chain(marker.ephemerons_asked, thing, EPHEMERON_CHAIN_OFFSET)
            else:
                marker.ephemeron_found = True
                look_from(heap, marker, thing)
                mark_reference(heap, marker, load64(thing + VALUE_OFFSET))
                if not drain(heap, marker, work):
                    return False
        marker.ephemerons = marker.ephemerons_asked
        marker.ephemerons_asked = CHAIN_END
        if not marker.ephemeron_found:
            return True
        marker.ephemeron_found = False


def forget_met(heap: Heap, marker: Marker, work: int) -> bool:
    """Take weak references out of their chain whose targets have been met since they were put in, so that the pause in which marking ends
    finds few: all of them (True), or until the work is done."""
    while marker.weak != CHAIN_END:
        if work <= 0:
            return False
        work -= 1
        thing = marker.weak
        marker.weak = load64(thing + CHAIN_OFFSET)
        store64(thing + CHAIN_OFFSET, 0)
        if is_unmet(heap, marker, load64(thing + TARGET_OFFSET)):
            marker.weak_asked = put_in_chain(marker.weak_asked, thing, CHAIN_OFFSET)
    return True


# --- everything that is reachable has been marked ---------------------------------------------------------------------
def clear_dead(heap: Heap, marker: Marker) -> None:
    """Weak references and ephemerons that wait for an object that nothing else leads to."""
    forget_met(heap, marker, UNLIMITED)
    thing = marker.weak_asked
    marker.weak_asked = CHAIN_END
    while thing != CHAIN_END:
        following = load64(thing + CHAIN_OFFSET)
        store64(thing + CHAIN_OFFSET, 0)
        if is_unmet(heap, marker, load64(thing + TARGET_OFFSET)):
            store64(thing + TARGET_OFFSET, 0)
        thing = following
    thing = marker.ephemerons
    marker.ephemerons = CHAIN_END
    while thing != CHAIN_END:
        following = load64(thing + EPHEMERON_CHAIN_OFFSET)
        store64(thing + EPHEMERON_CHAIN_OFFSET, 0)
        store64(thing + TARGET_OFFSET, 0)
        store64(thing + VALUE_OFFSET, 0)
        thing = following


def find_due(heap: Heap, marker: Marker) -> bool:
    """Finalizers whose targets have died are due; whether there are such. They and their targets are then to be marked."""
    while not marker.open_finalizers.is_empty():
        thing = take_first(marker.open_finalizers)
        if is_unmet(heap, marker, load64(thing + TARGET_OFFSET)):
            append(marker.due_finalizers, thing)
        else:
            _settle(heap, marker, thing)
    return not marker.due_finalizers.is_empty()


# --- for the program -------------------------------------------------------------------------------------------------
def register(heap: Heap, thing: int) -> None:
    """A finalizer has got its target. One that is registered already stays where it is."""
    if load64(thing + CHAIN_OFFSET) == 0:
        append(heap.young.new_finalizers, thing)


def take_due(heap: Heap) -> int:
    """A finalizer that is due, which is then in no chain; 0: there is none."""
    if not heap.due_finalizers.is_empty():
        return take_first(heap.due_finalizers)
    if not heap.full.due_finalizers.is_empty():
        return take_first(heap.full.due_finalizers)
    return 0 if heap.young.due_finalizers.is_empty() else take_first(heap.young.due_finalizers)
