"""Cards: where in a large array of references something was stored.

    array      | . . . . . . | . . x . . . | . . . . . . | . y |        a young collection looks at the cards of x and y
    cards            0             1             0          1

A store into an array of a million entries must not cost the next young collection a look at all of them. So the barrier, which for
objects in cells notes the object, notes for arrays with blocks of their own the card that was stored into. Static data, whose objects the
collector cannot find from an address inside them, have cards too.

Between collections only cards of CARDED arrays and of static data are dirty; a collection leaves them all clean.
"""

from typing import Final

from tracewright.core.integers import ult, wrap_sub
from tracewright.core.memory import load8, load32, load64, store8, store64, zero_memory
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET, ARRAY_LENGTH_OFFSET
from tracewright.gc.header import AGE_OFFSET, CARDED, OLD
from tracewright.gc.heap import (
    BITMAP_BYTES,
    CELL,
    KIND,
    MARKING,
    RECIPROCAL,
    RECORD_BYTES,
    REST,
    SMALL,
    SPAN,
    Heap,
    remember,
)
from tracewright.gc.size_classes import (
    BLOCK_BYTES,
    BLOCK_SHIFT,
    CARD_BYTES,
    CARD_SHIFT,
    CLASS_ROW_BYTES,
    CLASS_ROW_SHAPE,
    SHAPE_REFERENCES,
)

STATIC_TAG: Final = 1  # among the remembered: the address where a card of static data begins, and this
LOOK_COST: Final = 512  # looking at a dirty card takes as long as handing out, and then collecting, so many bytes


def card_of(heap: Heap, address: int) -> int:
    """The address of an address's card."""
    return heap.cards + (address >> CARD_SHIFT)


def remember_item(heap: Heap, place: int) -> None:
    """A reference has been stored at `place` into an object that is OLD or CARDED, and the card there is clean."""
    thing = _object_at(heap, place)
    if thing == 0:
        _remember_static(heap, place)
    elif _has_cards(heap, thing):
        _dirty(heap, thing, card_of(heap, place))
    else:
        remember(heap, thing)


def remember_items(heap: Heap, start: int, stop: int, source: int) -> None:
    """References were copied from `source` to `start` ... `stop`, in an object that is OLD or CARDED.

    What a large array's clean cards lead to is old. So is what its copy's lead to, where the two lie alike in their cards: an array that
    grows by being copied is not looked at again for that.
    """
    thing = _object_at(heap, start)
    if thing == 0:
        for card in range(start >> CARD_SHIFT, ((stop - 1) >> CARD_SHIFT) + 1):
            if load8(heap.cards + card) == 0:
                _remember_static(heap, max(card << CARD_SHIFT, start))
        return
    if not _has_cards(heap, thing):
        remember(heap, thing)
        return
    last = card_of(heap, stop - 1)
    card = card_of(heap, start)
    origin = _object_at(heap, source)
    alike = (source ^ start) & (CARD_BYTES - 1) == 0 and origin != 0 and origin != thing
    if heap.phase == MARKING and not _is_young(heap, thing):
        alike = False  # a full collection may have looked at the array, and not at what its origin leads to
    if alike and _has_cards(heap, origin) and load8(origin + AGE_OFFSET) & OLD != 0:
        distance = card_of(heap, source) - card
        card = next_dirty(card + distance, last + distance) - distance
        while card <= last:
            _dirty(heap, thing, card)
            card = next_dirty(card + distance + 1, last + distance) - distance
        return
    while card <= last:
        if load8(card) == 0:
            _dirty(heap, thing, card)
        card += 1


def next_dirty(card: int, last: int) -> int:
    """The first dirty card from `card` on, or the one behind `last`."""
    while card <= last:
        if card & 7 == 0 and load64(card) == 0:
            card += 8
        elif load8(card) != 0:
            return card
        else:
            card += 1
    return last + 1


def clean_cards(heap: Heap, thing: int) -> None:
    """Forget where an array was stored into."""
    first = card_of(heap, thing)
    zero_memory(first, card_of(heap, end_of(thing) - 1) + 1 - first)


def end_of(thing: int) -> int:
    """Where an array ends."""
    return thing + ARRAY_ITEMS_OFFSET + 8 * load64(thing + ARRAY_LENGTH_OFFSET)


def _dirty(heap: Heap, thing: int, card: int) -> None:
    """Note a card of an array, and the array where this is its first."""
    store8(card, 1)
    heap.threshold -= LOOK_COST
    if load8(thing + AGE_OFFSET) == OLD:
        remember(heap, thing)
        store8(thing + AGE_OFFSET, CARDED)


def _remember_static(heap: Heap, place: int) -> None:
    store8(card_of(heap, place), 1)
    heap.remembered -= 8
    store64(heap.remembered, (place & -CARD_BYTES) | STATIC_TAG)


def _object_at(heap: Heap, address: int) -> int:
    """The object that an address inside it leads to; 0: it is a static one."""
    offset = wrap_sub(address, heap.base)
    if not ult(offset, heap.used_bytes):
        return 0
    block = offset >> BLOCK_SHIFT
    record = heap.records + block * RECORD_BYTES
    if load64(record + KIND) == REST:
        return heap.base + ((block - load64(record + SPAN)) << BLOCK_SHIFT)
    index = (offset & (BLOCK_BYTES - 1)) * load64(record + RECIPROCAL) >> 32
    return heap.base + (block << BLOCK_SHIFT) + index * load64(record + CELL)


def _is_young(heap: Heap, thing: int) -> bool:
    """Whether no collection has met the large object."""
    return load64(heap.young.marks + ((thing - heap.base) >> BLOCK_SHIFT) * BITMAP_BYTES) == 0


def _has_cards(heap: Heap, thing: int) -> bool:
    block = (thing - heap.base) >> BLOCK_SHIFT
    shape = load64(heap.classes + load32(thing) * CLASS_ROW_BYTES + CLASS_ROW_SHAPE)
    return shape == SHAPE_REFERENCES and load64(heap.records + block * RECORD_BYTES + KIND) != SMALL
