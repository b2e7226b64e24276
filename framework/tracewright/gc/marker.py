"""What a marking has met and has still to look at. Young and full collections have one each, for both may be under way at a time."""

from typing import Final, final

from tracewright.core.memory import load64, store64
from tracewright.core.weak import CHAIN_OFFSET

CHAIN_END: Final = 1


@final
class Chain:
    """Finalizers in the order in which they were put in, each with the address of the next in a word of its own (CHAIN_END: it is the
    last, 0: it is in no chain)."""

    def __init__(self) -> None:
        self.head = CHAIN_END
        self.tail = 0

    def is_empty(self) -> bool:
        """Whether there are none."""
        return self.head == CHAIN_END


@final
class Marker:
    """The grey objects, and those that can only be decided about when marking has come to its end (weak.py)."""

    def __init__(self, full: bool) -> None:
        self.full = full
        self.marks = 0  # bitmaps of the cells whose objects have been met
        self.stack = 0  # marked objects that were not scanned yet: from here ...
        self.top = 0  # ... to here
        # Objects chained like finalizers, the last first.
        self.weak = CHAIN_END  # weak references whose targets were not met yet
        self.weak_asked = CHAIN_END  # those that were asked once more
        self.ephemerons = CHAIN_END
        self.ephemerons_asked = CHAIN_END
        self.ephemeron_found = False  # asking them has led to something that others may wait for
        self.new_finalizers = Chain()
        self.marked_finalizers = Chain()
        self.open_finalizers = Chain()
        self.due_finalizers = Chain()

    def push(self, word: int) -> None:
        """Put an object on the mark stack."""
        store64(self.top, word)
        self.top += 8

    def push_rest(self, where: int, tagged: int) -> None:
        """Put on the mark stack where to go on in an array, below what its first part leads to."""
        store64(self.top, where)
        store64(self.top + 8, tagged)
        self.top += 16


def append(chain: Chain, thing: int) -> None:
    """Put a finalizer at the end of a chain."""
    store64(thing + CHAIN_OFFSET, CHAIN_END)
    if chain.tail == 0:
        chain.head = thing
    else:
        store64(chain.tail + CHAIN_OFFSET, thing)
    chain.tail = thing


def append_chain(chain: Chain, other: Chain) -> None:
    """Move everything in `other` to the end of `chain`."""
    if other.tail != 0:
        if chain.tail == 0:
            chain.head = other.head
        else:
            store64(chain.tail + CHAIN_OFFSET, other.head)
        chain.tail = other.tail
        other.head = CHAIN_END
        other.tail = 0


def take_first(chain: Chain) -> int:
    """The first of a chain that is not empty; it is in none then."""
    thing = chain.head
    chain.head = load64(thing + CHAIN_OFFSET)
    if chain.head == CHAIN_END:
        chain.tail = 0
    store64(thing + CHAIN_OFFSET, 0)
    return thing


def put_in_chain(head: int, thing: int, offset: int) -> int:
    """Chain an object, through its word at `offset`, before `head`, unless it is in a chain; gives the new head."""
    if load64(thing + offset) != 0:
        return head
    store64(thing + offset, head)
    return thing
