"""What happens to weak references, ephemerons and finalizers when marking has come to its end (core/weak.py says what they mean).

    ephemeron(k, v)    k marked: v is marked, which may lead to further keys           until no key is new
    weak(t)            t not marked: cleared. Ephemerons likewise
    finalizer(t)       t not marked: due; t is marked after all, and what it leads to. Then the first two once more for what that has met

A young collection asks only the finalizers that were attached since the last one: the targets of all others are old.
"""

from tracewright.core.memory import load64, store64
from tracewright.core.weak import CHAIN_OFFSET, EPHEMERON_CHAIN_OFFSET, TARGET_OFFSET, VALUE_OFFSET
from tracewright.gc.heap import CHAIN_END, Chain, Heap
from tracewright.gc.mark import UNLIMITED, drain, is_unmet, mark_reference, put_in_chain


def mark_finalizers(heap: Heap, fully: bool) -> None:
    """Finalizers are roots until they have run, those that are due with their targets."""
    _mark_chain(heap, heap.new_finalizers, False)
    if fully:
        _mark_chain(heap, heap.finalizers, False)
        _mark_chain(heap, heap.due_finalizers, True)


def _mark_chain(heap: Heap, chain: Chain, with_targets: bool) -> None:
    thing = chain.head
    while thing != CHAIN_END:
        mark_reference(heap, thing)
        if with_targets:
            mark_reference(heap, load64(thing + TARGET_OFFSET))
        thing = load64(thing + CHAIN_OFFSET)


def settle_weak(heap: Heap, fully: bool) -> None:
    """Everything that is reachable has been marked: decide what the others mean."""
    trace_ephemerons(heap, UNLIMITED)
    clear_dead(heap)
    first = _find_due(heap, fully)
    thing = first
    while thing != CHAIN_END:
        mark_reference(heap, load64(thing + TARGET_OFFSET))
        thing = load64(thing + CHAIN_OFFSET)
    drain(heap, UNLIMITED)
    trace_ephemerons(heap, UNLIMITED)
    clear_dead(heap)


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


def _find_due(heap: Heap, fully: bool) -> int:
    """Move finalizers whose targets have died to those that are due; gives the first of them, or CHAIN_END."""
    last_before = heap.due_finalizers.tail
    if fully:
        asked = heap.finalizers
        first = asked.head
        asked.head = CHAIN_END
        asked.tail = 0
        _sort_out(heap, first)
    first = heap.new_finalizers.head
    heap.new_finalizers.head = CHAIN_END
    heap.new_finalizers.tail = 0
    _sort_out(heap, first)
    return heap.due_finalizers.head if last_before == 0 else load64(last_before + CHAIN_OFFSET)


def _sort_out(heap: Heap, thing: int) -> None:
    while thing != CHAIN_END:
        following = load64(thing + CHAIN_OFFSET)
        append(heap.due_finalizers if is_unmet(heap, load64(thing + TARGET_OFFSET)) else heap.finalizers, thing)
        thing = following


def append(chain: Chain, thing: int) -> None:
    """Put a finalizer at the end of a chain."""
    store64(thing + CHAIN_OFFSET, CHAIN_END)
    if chain.tail == 0:
        chain.head = thing
    else:
        store64(chain.tail + CHAIN_OFFSET, thing)
    chain.tail = thing


def register(heap: Heap, thing: int) -> None:
    """A finalizer has got its target. One that is registered already stays where it is."""
    if load64(thing + CHAIN_OFFSET) == 0:
        append(heap.new_finalizers, thing)


def take_due(heap: Heap) -> int:
    """A finalizer that is due, which is then in no chain; 0: there is none."""
    chain = heap.due_finalizers
    thing = chain.head
    if thing == CHAIN_END:
        return 0
    chain.head = load64(thing + CHAIN_OFFSET)
    if chain.head == CHAIN_END:
        chain.tail = 0
    store64(thing + CHAIN_OFFSET, 0)
    return thing
