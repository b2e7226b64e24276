"""Marking: everything that the roots lead to.

Roots are read ambiguously: any word on the native stack or in static objects that points into a cell holding an object keeps that object, and
points may lie inside it; a slot in the live part of a VM stack keeps an object whose address it is. Heap objects are read precisely, by the class
table: shape, and which fields are references. Each object is pushed on the mark stack once, when its bit is set.

A young collection leaves the marks of earlier ones: what they met counts as met. It starts from the roots and from the remembered objects,
and never gets to see the rest of the old ones. A full one makes marks of its own, for old objects only: the young have theirs from birth, and lose
them when they die. While it is under way a young collection works for it too (it is *greying*):

    object that the full one has met, or root --> young object:  old from now on, to be scanned by the young collection
                                              --> old object:    to be scanned by the full one, unless it was met

An old object that the full one has not met may be dead: what is stored into it keeps young objects alive, but is no reason to keep old ones.
"""

from typing import Final

from tracewright.core.arrays import unchecked_get, unchecked_set
from tracewright.core.integers import count_trailing_zeros, ult, wrap_lshift, wrap_sub
from tracewright.core.memory import load8, load32, load64, prefetch, store8, store64
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET
from tracewright.core.vm_stack import CELLS_OFFSET, SLOT_BYTES, TOP_OFFSET
from tracewright.core.weak import CHAIN_OFFSET, EPHEMERON_CHAIN_OFFSET, TARGET_OFFSET, VALUE_OFFSET
from tracewright.gc.bitmaps import bit_at
from tracewright.gc.cards import STATIC_TAG, card_of, end_of, next_dirty
from tracewright.gc.deadline import is_over
from tracewright.gc.header import AGE_OFFSET, CARDED, CLASS_MASK, NEW, OLD, REMEMBERED
from tracewright.gc.heap import (
    AHEAD,
    BITMAP_BYTES,
    CELL,
    FREE,
    KIND,
    MARKING,
    RECENT_WORDS,
    RECIPROCAL,
    RECORD_BYTES,
    REST,
    SMALL,
    SPAN,
    Heap,
    remember,
)
from tracewright.gc.marker import Marker, put_in_chain
from tracewright.gc.size_classes import (
    BLOCK_BYTES,
    BLOCK_SHIFT,
    CARD_BYTES,
    CARD_SHIFT,
    CLASS_ROW_BYTES,
    CLASS_ROW_REFERENCES,
    CLASS_ROW_SHAPE,
    CLASS_ROW_SIZE,
    GRANULE,
    SHAPE_EPHEMERON,
    SHAPE_FIELDS,
    SHAPE_MANY_FIELDS,
    SHAPE_NUMBERS,
    SHAPE_PLAIN,
    SHAPE_REFERENCES,
    SHAPE_STACK,
    SHAPE_WEAK,
    SHAPE_WORDS,
    STACK_HEADER,
)

UNLIMITED: Final = 1 << 62
PIECE: Final = 1024  # items of an array that are scanned at once
ITEMS_SHIFT: Final = 2  # four items count as an object: what they lead to may lie anywhere
# On the mark stack: an array's address and one of these, below it where to go on.
PIECE_TAG: Final = 1  # the number of the next item
DIRTY_TAG: Final = 2  # the next card
TAGS: Final = 3
WORDS_AHEAD: Final = 32  # what a word of a native stack points to is asked for so many words before it is looked at
TAKEN_AT_ONCE: Final = 512  # remembered objects between two looks at the clock


def mark_reference(heap: Heap, marker: Marker, word: int) -> None:
    """Mark what a reference or Value refers to, if that lies in the heap (static objects and small Values do not)."""
    offset = wrap_sub(word, heap.base)
    if ult(offset, heap.used_bytes):
        block = offset >> BLOCK_SHIFT
        reciprocal = load64(heap.records + block * RECORD_BYTES + RECIPROCAL)
        mark_cell(heap, marker, block, (offset & (BLOCK_BYTES - 1)) * reciprocal >> 32, word)


def is_untouched(heap: Heap, offset: int) -> bool:
    """Whether all objects in the block that the offset lies in are old, and so need no mark of a young collection.

    A look at one's record and mark is waited for where references lead anywhere in a large heap; a byte per block is in the caches.
    """
    return load8(heap.touched_map + (offset >> BLOCK_SHIFT)) == 0


def mark_in_card(heap: Heap, word: int) -> None:
    """`mark_reference` for the items of a dirty card, of which one may be young and fifteen are old."""
    offset = wrap_sub(word, heap.base)
    if ult(offset, heap.used_bytes):
        if not is_untouched(heap, offset):
            mark_reference(heap, heap.young, word)
        elif heap.greying:
            block = offset >> BLOCK_SHIFT
            index = (offset & (BLOCK_BYTES - 1)) * load64(heap.records + block * RECORD_BYTES + RECIPROCAL) >> 32
            grey(heap, block * BITMAP_BYTES + (index >> 6) * 8, wrap_lshift(1, index & 63), word)


def mark_cell(heap: Heap, marker: Marker, block: int, index: int, address: int) -> None:
    """Mark the object at `address`, cell `index` of its block, and push it unless it was marked."""
    place = block * BITMAP_BYTES + (index >> 6) * 8
    bit = wrap_lshift(1, index & 63)
    word = load64(marker.marks + place)
    if word & bit == 0:
        store64(marker.marks + place, word | bit)
        marker.push(address)
    elif heap.greying:
        grey(heap, place, bit, address)


def grey(heap: Heap, place: int, bit: int, address: int) -> None:
    """The full collection has met an object; it may be a young one, which has its mark."""
    word = load64(heap.full.marks + place)
    if word & bit == 0:
        store64(heap.full.marks + place, word | bit)
        heap.full.push(address)


def mark_ambiguous(heap: Heap, marker: Marker, word: int) -> None:
    """Mark the object that the word points into, and an array that ends exactly there, if there are such.

    The second because a loop may have nothing left of its array but the address where it must stop.
    """
    offset = wrap_sub(word, heap.base)
    if ult(offset, heap.used_bytes):
        mark_place(heap, marker, offset)
    if offset & (GRANULE - 1) == 0 and ult(wrap_sub(offset, 1), heap.used_bytes):
        before = place_of(heap, offset - 1)
        if before != 0 and ends_at(heap, before, word):
            mark_place(heap, marker, offset - 1)


def mark_place(heap: Heap, marker: Marker, offset: int) -> None:
    """Mark the object, if there is one, at this offset in the heap."""
    thing = place_of(heap, offset)
    if thing != 0:
        start = thing - heap.base
        block = start >> BLOCK_SHIFT
        reciprocal = load64(heap.records + block * RECORD_BYTES + RECIPROCAL)
        mark_cell(heap, marker, block, (start & (BLOCK_BYTES - 1)) * reciprocal >> 32, thing)


def place_of(heap: Heap, offset: int) -> int:
    """The address of the object that the offset lies in; 0: there is none."""
    block = offset >> BLOCK_SHIFT
    record = heap.records + block * RECORD_BYTES
    kind = load64(record + KIND)
    if kind == FREE:
        return 0
    if kind == REST:
        block -= load64(record + SPAN)
        record = heap.records + block * RECORD_BYTES
    index = (offset & (BLOCK_BYTES - 1)) * load64(record + RECIPROCAL) >> 32
    if not bit_at(heap.objects + block * BITMAP_BYTES, index):
        return 0
    return heap.base + (block << BLOCK_SHIFT) + index * load64(record + CELL)


def ends_at(heap: Heap, thing: int, address: int) -> bool:
    """Whether the object is an array that ends at this address."""
    shape = load64(heap.classes + load32(thing) * CLASS_ROW_BYTES + CLASS_ROW_SHAPE)
    counted = shape == SHAPE_REFERENCES or shape == SHAPE_WORDS or shape == SHAPE_NUMBERS
    return counted and thing + 16 + load64(thing + 8) * 8 == address


def hold_range(heap: Heap, start: int, stop: int) -> None:
    """Mark what the words of a native stack point into, and make it REMEMBERED instead of OLD.

    So a function or trace that has just made an object may store into it without a barrier for as long as it holds the object
    itself, whatever collections come in between. Of objects with blocks of their own that is not true: they may be large.
    """
    look_from_root(heap)
    forget_recent(heap)
    while start < stop:
        word = load64(start)
        offset = wrap_sub(word, heap.base)
        prefetch(load64(min(start + WORDS_AHEAD * 8, stop - 8)))
        if ult(offset, heap.used_bytes + 1) and not is_recent(heap, word):
            if ult(offset, heap.used_bytes):
                _hold(heap, place_of(heap, offset))
            if offset & (GRANULE - 1) == 0 and offset > 0:
                before = place_of(heap, offset - 1)
                if before != 0 and ends_at(heap, before, word):
                    _hold(heap, before)
        start += 8


def _hold(heap: Heap, thing: int) -> None:
    if thing == 0:
        return
    shape = load64(heap.classes + load32(thing) * CLASS_ROW_BYTES + CLASS_ROW_SHAPE)
    refers = shape != SHAPE_PLAIN and shape != SHAPE_NUMBERS  # else it has no age
    if refers and load8(thing + AGE_OFFSET) == REMEMBERED and not heap.greying:
        return  # and so marked
    mark_reference(heap, heap.young, thing)
    block = (thing - heap.base) >> BLOCK_SHIFT
    if refers and load64(heap.records + block * RECORD_BYTES + KIND) == SMALL:
        if load8(thing + AGE_OFFSET) != REMEMBERED:
            remember(heap, thing)


def forget_recent(heap: Heap) -> None:
    """A scan begins of a stack, which has not met anything yet."""
    for place in range(RECENT_WORDS):
        unchecked_set(heap.recent_words, place, 0)


def is_recent(heap: Heap, word: int) -> bool:
    """Whether this scan of a stack has met the word lately; if not, it has now. Most of a deep stack is links to the same few things."""
    place = (word >> 4) & (RECENT_WORDS - 1)
    if unchecked_get(heap.recent_words, place) == word:
        return True
    unchecked_set(heap.recent_words, place, word)
    return False


def take_remembered(heap: Heap) -> bool:
    """Forget the remembered objects, static ones among them; they are to be scanned again, or what was stored into their dirty cards.
    False: this pause is over."""
    while heap.remembered < heap.remembered_end:
        stop = min(heap.remembered + 8 * TAKEN_AT_ONCE, heap.remembered_end)
        while heap.remembered < stop:
            thing = load64(heap.remembered)
            heap.remembered += 8
            take(heap, thing)
        if heap.remembered < heap.remembered_end and is_over(heap):
            return False
    return True


def take(heap: Heap, thing: int) -> None:
    """Forget that an object, or a card of static data, was remembered."""
    if thing & STATIC_TAG != 0:
        start = thing - STATIC_TAG
        store8(card_of(heap, start), 0)
        heap.greying = heap.phase == MARKING
        mark_range(heap, heap.young, max(start, heap.roots), min(start + CARD_BYTES, heap.roots_end))
    elif load8(thing + AGE_OFFSET) == CARDED:
        look_from(heap, heap.young, thing)
        scan_dirty(heap, heap.young, thing)
    else:
        store8(thing + AGE_OFFSET, NEW)
        heap.young.push(thing)


def forget_dead_remembered(heap: Heap) -> None:
    """The full collection has met all that is alive: what else is remembered goes, a VM stack with its cells."""
    kept = heap.remembered_end
    place = heap.remembered_end
    while place > heap.remembered:
        place -= 8
        thing = load64(place)
        if thing & STATIC_TAG != 0 or not is_unmet(heap, heap.full, thing):
            kept -= 8
            store64(kept, thing)
        elif load64(heap.classes + load32(thing) * CLASS_ROW_BYTES + CLASS_ROW_SHAPE) == SHAPE_STACK:
            store64(load64(thing + CELLS_OFFSET) - STACK_HEADER, 0)
    heap.remembered = kept


# --- does the full collection hear of it? ------------------------------------------------------------------------------
def look_from_root(heap: Heap) -> None:
    """What is marked next is what a root leads to.

    Only where the full collection may end with this young one: the roots will be looked at then. Stacks have words left over from what ran before, so
    the fewer looks, the less is kept by mistake.
    """
    heap.greying = heap.phase == MARKING and heap.drained


def look_from(heap: Heap, marker: Marker, thing: int) -> None:
    """What is marked next is what this object refers to."""
    heap.greying = not marker.full and heap.phase == MARKING and not is_unmet(heap, heap.full, thing)


def mark_range(heap: Heap, marker: Marker, start: int, stop: int) -> None:
    """Mark what the words from `start` up to `stop` point into."""
    while start < stop:
        mark_ambiguous(heap, marker, load64(start))
        start += 8


def mark_slots(heap: Heap, marker: Marker, start: int, stop: int) -> None:
    """Mark the objects that slots of a VM stack refer to. Slots hold Values, or what was left there: an address that is no object's first is none."""
    forget_recent(heap)
    while start < stop:
        word = load64(start)
        offset = wrap_sub(word, heap.base)
        if ult(offset, heap.used_bytes) and not is_recent(heap, word) and place_of(heap, offset) == word:
            mark_reference(heap, marker, word)
        start += 8


def drain(heap: Heap, marker: Marker, work: int) -> bool:
    """Scan marked objects until none is left to scan (True), or the work is done: one for each object, and for four items of an array.

    An object's memory is asked for when it comes off the mark stack and read `AHEAD` objects later: waiting for one
    after the other would be most of a collection.
    """
    queue = heap.mark_queue
    first = 0
    waiting = 0
    while work > 0:
        while work > 0 and waiting < AHEAD and marker.top > marker.stack:
            marker.top -= 8
            thing = load64(marker.top)
            if thing & TAGS != 0:
                marker.top -= 8
                work -= scan_rest(heap, marker, thing, load64(marker.top))
            else:
                prefetch(thing)
                prefetch(thing + 56)
                unchecked_set(queue, (first + waiting) & (AHEAD - 1), thing)
                waiting += 1
        if waiting == 0:
            return marker.top == marker.stack
        thing = unchecked_get(queue, first)
        first = (first + 1) & (AHEAD - 1)
        waiting -= 1
        work -= scan(heap, marker, thing)
    while waiting > 0:
        marker.push(unchecked_get(queue, first))
        first = (first + 1) & (AHEAD - 1)
        waiting -= 1
    return marker.top == marker.stack


def scan_rest(heap: Heap, marker: Marker, tagged: int, where: int) -> int:
    """Go on with an array. Gives the work done."""
    thing = tagged & ~TAGS
    look_from(heap, marker, thing)
    if tagged & PIECE_TAG != 0:
        return scan_piece(heap, marker, thing, where)
    return scan_cards(heap, marker, thing, where)


def scan_piece(heap: Heap, marker: Marker, thing: int, start: int) -> int:
    """Mark what items of an array refer to, from number `start` on. What is too much for once waits on the mark stack, below what
    this piece leads to. Gives the work done."""
    count = load64(thing + 8)
    stop = count
    if count - start > PIECE:
        stop = start + PIECE
        marker.push_rest(stop, thing + PIECE_TAG)
    item = thing + 16 + start * 8
    end = thing + 16 + stop * 8
    if load64(heap.classes + load32(thing) * CLASS_ROW_BYTES + CLASS_ROW_SHAPE) == SHAPE_WORDS:
        mark_range(heap, marker, item, end)
    else:
        while item < end:
            mark_reference(heap, marker, load64(item))
            item += 8
    return 1 + ((stop - start) >> ITEMS_SHIFT)


def scan_newborn(heap: Heap, thing: int) -> int:
    """A large array that has cards from its birth: a young collection looks at the dirty ones. The others may refer to what is old, which
    a full one has yet to meet: it looks at everything. Gives the work done."""
    if heap.phase == MARKING:
        heap.full.push(thing)
    return scan_dirty(heap, heap.young, thing)


def scan_dirty(heap: Heap, marker: Marker, thing: int) -> int:
    """Mark what the dirty cards of an array lead to, and clean them. Gives the work done."""
    store8(thing + AGE_OFFSET, OLD)
    return scan_cards(heap, marker, thing, card_of(heap, thing))


def scan_cards(heap: Heap, marker: Marker, thing: int, card: int) -> int:
    """The same from a card on. Where there are more dirty ones than a piece has, they wait on the mark stack."""
    first = thing + ARRAY_ITEMS_OFFSET
    end = end_of(thing)
    work = 1
    last = card_of(heap, end - 1)
    card = next_dirty(card, last)
    while card <= last:
        if work > PIECE >> ITEMS_SHIFT:
            marker.push_rest(card, thing + DIRTY_TAG)
            return work
        store8(card, 0)
        start = (card - heap.cards) << CARD_SHIFT
        stop = min(start + CARD_BYTES, end)
        item = max(start, first)
        while item < stop:
            mark_in_card(heap, load64(item))
            item += 8
        work += CARD_BYTES >> (3 + ITEMS_SHIFT)
        card = next_dirty(card + 1, last)
    return work


def scan(heap: Heap, marker: Marker, thing: int) -> int:
    """Mark what the object refers to, and make it OLD if it was NEW. Gives the work done."""
    header = load64(thing)
    row = heap.classes + (header & CLASS_MASK) * CLASS_ROW_BYTES
    shape = load64(row + CLASS_ROW_SHAPE)
    if shape == SHAPE_PLAIN or shape == SHAPE_NUMBERS:
        return 1
    if not marker.full:
        look_from(heap, marker, thing)
        if header >> 32 == NEW:
            store8(thing + AGE_OFFSET, OLD)
    if shape == SHAPE_FIELDS:
        scan_fields(heap, marker, thing + 8, load64(row + CLASS_ROW_REFERENCES))
    elif shape == SHAPE_REFERENCES or shape == SHAPE_WORDS:
        if header >> 32 == CARDED and not marker.full:
            return scan_newborn(heap, thing)
        return scan_piece(heap, marker, thing, 0)
    elif shape == SHAPE_STACK:
        scan_stack(heap, marker, thing)
    elif shape == SHAPE_WEAK:
        scan_weak(heap, marker, thing)
    elif shape == SHAPE_EPHEMERON:
        scan_ephemeron(heap, marker, thing)
    elif shape == SHAPE_MANY_FIELDS:
        words = (load64(row + CLASS_ROW_SIZE) - 8 + 511) >> 9
        for number in range(words):
            scan_fields(heap, marker, thing + 8 + number * 512, load64(load64(row + CLASS_ROW_REFERENCES) + number * 8))
    return 1


def scan_fields(heap: Heap, marker: Marker, first: int, bits: int) -> None:
    """Mark what the words at `first` refer to whose bits are set."""
    while bits != 0:
        mark_reference(heap, marker, load64(first + count_trailing_zeros(bits) * 8))
        bits &= wrap_sub(bits, 1)


def scan_weak(heap: Heap, marker: Marker, thing: int) -> None:
    """Where it is not known yet whether the target is alive, it is for `weak.py` to ask again."""
    target = load64(thing + TARGET_OFFSET)
    if is_unmet(heap, marker, target):
        marker.weak = put_in_chain(marker.weak, thing, CHAIN_OFFSET)
    elif heap.greying and is_unmet(heap, heap.full, target):
        heap.full.weak = put_in_chain(heap.full.weak, thing, CHAIN_OFFSET)


def scan_ephemeron(heap: Heap, marker: Marker, thing: int) -> None:
    """Mark the value if the key is alive; if that is not known yet, it is for `weak.py` to ask again."""
    key = load64(thing + TARGET_OFFSET)
    if key == 0:
        store64(thing + VALUE_OFFSET, 0)
    elif is_unmet(heap, marker, key):
        marker.ephemerons = put_in_chain(marker.ephemerons, thing, EPHEMERON_CHAIN_OFFSET)
    else:
        if heap.greying and is_unmet(heap, heap.full, key):
            heap.full.ephemerons = put_in_chain(heap.full.ephemerons, thing, EPHEMERON_CHAIN_OFFSET)
            heap.greying = False  # the value matters to the young only
        mark_reference(heap, marker, load64(thing + VALUE_OFFSET))


def is_unmet(heap: Heap, marker: Marker, thing: int) -> bool:
    """Whether a reference leads to an object that this kind of collection has not met; static objects and null need not be."""
    offset = wrap_sub(thing, heap.base)
    if not ult(offset, heap.used_bytes):
        return False
    block = offset >> BLOCK_SHIFT
    reciprocal = load64(heap.records + block * RECORD_BYTES + RECIPROCAL)
    return not bit_at(marker.marks + block * BITMAP_BYTES, (offset & (BLOCK_BYTES - 1)) * reciprocal >> 32)


def scan_stack(heap: Heap, marker: Marker, stack: int) -> None:
    """A VMStack: its cells below `top`. What lies above is garbage. A young collection looks at it each time, as at a root."""
    heap.greying = heap.greying and heap.drained
    cells = load64(stack + CELLS_OFFSET)
    if cells != 0:
        stop = cells + load64(stack + TOP_OFFSET) * SLOT_BYTES
        store64(cells - STACK_HEADER, stop)
        mark_slots(heap, marker, cells, stop)
    if not marker.full and load8(stack + AGE_OFFSET) != REMEMBERED:
        remember(heap, stack)  # stores into slots have no barrier
