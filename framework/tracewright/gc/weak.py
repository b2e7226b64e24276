"""What happens to weak references, ephemerons and finalizers when marking has come to its end (core/weak.py says what they mean).

    ephemeron(k, v)    k marked: v is marked, which may lead to further keys           until no key is new
    weak(t)            t not marked: cleared. Ephemerons likewise
    finalizer(t)       t not marked: due; t is marked after all, and what it leads to. Then the first two once more for what that has met

There may be a million of each, so whatever can be asked in slices is, and the last pause looks only at those whose objects had no mark then.
Finalizers go from chain to chain:

    new  --itself marked-->  marked  --its target has a mark-->  finalizers: nothing to do before the next full collection
                                     --it has none-->  open  --marking ends, still none-->  due  --marked-->  marked_due  --> the program

A young collection leaves those in `finalizers` alone: their targets are old. A full one begins with all of them as new.
"""

from tracewright.core.memory import load64, store64
from tracewright.core.weak import CHAIN_OFFSET, EPHEMERON_CHAIN_OFFSET, TARGET_OFFSET, VALUE_OFFSET
from tracewright.gc.heap import CHAIN_END, Chain, Heap
from tracewright.gc.mark import UNLIMITED, drain, is_unmet, mark_reference, put_in_chain


# --- before marking ends ---------------------------------------------------------------------------------------------
def ask_all_finalizers(heap: Heap) -> None:
    """All marks were cleared: every finalizer is asked anew."""
    _append_chain(heap.finalizers, heap.new_finalizers)
    _append_chain(heap.new_finalizers, heap.finalizers)
    _append_chain(heap.marked_due_finalizers, heap.due_finalizers)
    _append_chain(heap.due_finalizers, heap.marked_due_finalizers)


def mark_finalizers(heap: Heap, work: int) -> bool:
    """Finalizers are roots until they have run, those that are due with their targets. All are marked (False: the work was done before)."""
    while heap.new_finalizers.head != CHAIN_END or heap.due_finalizers.head != CHAIN_END:
        if work <= 0:
            return False
        work -= 1
        if heap.due_finalizers.head != CHAIN_END:
            thing = _take_first(heap.due_finalizers)
            mark_reference(heap, load64(thing + TARGET_OFFSET))
            append(heap.marked_due_finalizers, thing)
        else:
            thing = _take_first(heap.new_finalizers)
            append(heap.marked_finalizers, thing)
        mark_reference(heap, thing)
    return True


def ask_finalizers(heap: Heap, work: int) -> bool:
    """Sort out those whose targets have been met, so that the pause in which marking ends finds few; False: the work was done before."""
    while heap.marked_finalizers.head != CHAIN_END:
        if work <= 0:
            return False
        work -= 1
        thing = _take_first(heap.marked_finalizers)
        append(heap.open_finalizers if is_unmet(heap, load64(thing + TARGET_OFFSET)) else heap.finalizers, thing)
    return True


def trace_ephemerons(heap: Heap, work: int) -> bool:
    """Mark the values whose keys have been met, until that leads to no other key (True), or the work is done: one for each entry asked,
    and what marking its value takes.

    Each round goes through those that wait in the opposite order, so that entries that lead to one another in the order in which they
    were met, or against it, take two rounds and not one for each.
    """
    while True:
        while heap.ephemeron_head != CHAIN_END:
            if work <= 0:
                return False
            work -= 1
            thing = heap.ephemeron_head
            heap.ephemeron_head = load64(thing + EPHEMERON_CHAIN_OFFSET)
            store64(thing + EPHEMERON_CHAIN_OFFSET, 0)
            if is_unmet(heap, load64(thing + TARGET_OFFSET)):
                heap.ephemeron_asked = put_in_chain(heap.ephemeron_asked, thing, EPHEMERON_CHAIN_OFFSET)
            else:
                heap.ephemeron_found = True
                mark_reference(heap, load64(thing + VALUE_OFFSET))
                if not drain(heap, work):
                    return False
        heap.ephemeron_head = heap.ephemeron_asked
        heap.ephemeron_asked = CHAIN_END
        if not heap.ephemeron_found:
            return True
        heap.ephemeron_found = False


def forget_met(heap: Heap, work: int) -> bool:
    """Take weak references out of their chain whose targets have been met since they were put in, so that the pause in which marking ends
    finds few: all of them (True), or until the work is done."""
    while heap.weak_head != CHAIN_END:
        if work <= 0:
            return False
        work -= 1
        thing = heap.weak_head
        heap.weak_head = load64(thing + CHAIN_OFFSET)
        store64(thing + CHAIN_OFFSET, 0)
        if is_unmet(heap, load64(thing + TARGET_OFFSET)):
            heap.weak_asked = put_in_chain(heap.weak_asked, thing, CHAIN_OFFSET)
    return True


# --- everything that is reachable has been marked ---------------------------------------------------------------------
def clear_dead(heap: Heap) -> None:
    """Weak references and ephemerons that wait for an object that nothing else leads to."""
    forget_met(heap, UNLIMITED)
    thing = heap.weak_asked
    heap.weak_asked = CHAIN_END
    while thing != CHAIN_END:
        following = load64(thing + CHAIN_OFFSET)
        store64(thing + CHAIN_OFFSET, 0)
        if is_unmet(heap, load64(thing + TARGET_OFFSET)):
            store64(thing + TARGET_OFFSET, 0)
        thing = following
    thing = heap.ephemeron_head
    heap.ephemeron_head = CHAIN_END
    while thing != CHAIN_END:
        following = load64(thing + EPHEMERON_CHAIN_OFFSET)
        store64(thing + EPHEMERON_CHAIN_OFFSET, 0)
        store64(thing + TARGET_OFFSET, 0)
        store64(thing + VALUE_OFFSET, 0)
        thing = following


def find_due(heap: Heap) -> bool:
    """Finalizers whose targets have died are due; whether there are such. They and their targets are then to be marked."""
    while heap.open_finalizers.head != CHAIN_END:
        thing = _take_first(heap.open_finalizers)
        append(heap.due_finalizers if is_unmet(heap, load64(thing + TARGET_OFFSET)) else heap.finalizers, thing)
    return heap.due_finalizers.head != CHAIN_END


# --- chains ----------------------------------------------------------------------------------------------------------
def append(chain: Chain, thing: int) -> None:
    """Put a finalizer at the end of a chain."""
    store64(thing + CHAIN_OFFSET, CHAIN_END)
    if chain.tail == 0:
        chain.head = thing
    else:
        store64(chain.tail + CHAIN_OFFSET, thing)
    chain.tail = thing


def _append_chain(chain: Chain, other: Chain) -> None:
    """Move everything in `other` to the end of `chain`."""
    if other.tail != 0:
        if chain.tail == 0:
            chain.head = other.head
        else:
            store64(chain.tail + CHAIN_OFFSET, other.head)
        chain.tail = other.tail
        other.head = CHAIN_END
        other.tail = 0


def _take_first(chain: Chain) -> int:
    """The first of a chain that is not empty; it is in none then."""
    thing = chain.head
    chain.head = load64(thing + CHAIN_OFFSET)
    if chain.head == CHAIN_END:
        chain.tail = 0
    store64(thing + CHAIN_OFFSET, 0)
    return thing


# --- for the program -------------------------------------------------------------------------------------------------
def register(heap: Heap, thing: int) -> None:
    """A finalizer has got its target. One that is registered already stays where it is."""
    if load64(thing + CHAIN_OFFSET) == 0:
        append(heap.new_finalizers, thing)


def take_due(heap: Heap) -> int:
    """A finalizer that is due, which is then in no chain; 0: there is none."""
    if heap.marked_due_finalizers.head != CHAIN_END:
        return _take_first(heap.marked_due_finalizers)
    return _take_first(heap.due_finalizers) if heap.due_finalizers.head != CHAIN_END else 0
