"""How the heap takes memory from the system that was never used, or was given back: in huge pages or in single ones, whichever cost less.

    single   256 KiB at a time          0.7 ms for 2 MiB, of which most is the kernel's work per page
    huge     2 MiB, a page              0.2 ms; but 5 ms and more where a virtual machine has to ask its host for it

A virtual machine hands huge pages that are free back to its host, and single ones not. So which are dear depends on the machine and on what ran there
before, and is measured: memory is taken a piece at a time, before the program touches it, and by the processor's time that a huge page takes it is
decided whether the next ones are huge. The runtime does what `next_to_take` says and tells `taken` how long that was.
"""

from typing import Final, final

from tracewright.core.memory import store64
from tracewright.gc.size_classes import HUGE_PAGE_BYTES

PIECE_BYTES: Final = 256 << 10  # of single pages
FIRST_SINGLE: Final = HUGE_PAGE_BYTES  # before a huge page is tried
LEAST_SINGLE: Final = 32 << 20  # before another is, where one was dear; twice as much each time ...
MOST_SINGLE: Final = 512 << 20  # ... up to so much
DEAR: Final = 2  # a huge page may take so many times as long as single pages in its place
MOST_AHEAD: Final = 32 << 20  # of an object: the rest comes as the program touches it, which it may not

# What `next_to_take` gives the address of.
RANGE_START: Final = 0
RANGE_BYTES: Final = 8
RANGE_HUGE: Final = 16  # 1: huge pages, 0: single ones
RANGE_NOW: Final = 24  # 1: take it now, 0: only when it is touched
RANGE_WORDS: Final = 4


@final
class Pages:
    """What is to be taken next, and which pages have proved dear."""

    def __init__(self) -> None:
        self.range = 0  # address of RANGE_WORDS words
        self.first = (
            0  # what lies before is taken as it is touched: a small program uses a little of each of many blocks
        )
        self.start = 0  # what was handed out and is to be taken: from here ...
        self.stop = 0  # ... to here; empty: nothing
        self.limit = 0  # up to here nobody uses the memory behind it
        self.taken_start = 0  # what was taken last
        self.taken_stop = 0
        self.is_huge = False  # that was one huge page
        self.ahead = 0  # how much more of the object is taken now
        self.single_left = FIRST_SINGLE  # bytes before a huge page is tried
        self.single_rest = LEAST_SINGLE  # the same if the next one is dear
        self.single_bytes = 0  # single pages that were timed ...
        self.single_nanoseconds = 0  # ... and how long they took


def hand_out(pages: Pages, start: int, stop: int, limit: int) -> None:
    """The memory from `start` to `stop`, which the system has to find yet, is about to be used; nobody uses it from there to `limit`."""
    pages.start = max(start, pages.first)
    pages.stop = stop
    pages.limit = limit
    pages.ahead = MOST_AHEAD


def next_to_take(pages: Pages) -> int:
    """Address of what the system should be asked for now (RANGE_START and so on); 0: nothing. Call it until then, and `taken` each time."""
    start = pages.start
    if pages.taken_start <= start < pages.taken_stop:
        start = pages.taken_stop
    if start >= pages.stop:
        pages.start = pages.stop
        return 0
    huge_now = pages.single_left <= 0
    if pages.ahead <= 0:
        pages.start = pages.stop
        return _range(pages, start, pages.stop, huge_now, False)
    unit_end = (start & -HUGE_PAGE_BYTES) + HUGE_PAGE_BYTES
    whole = start & (HUGE_PAGE_BYTES - 1) == 0 and unit_end <= pages.limit
    pages.is_huge = huge_now and whole
    stop = unit_end if pages.is_huge else min(max(start + PIECE_BYTES, pages.stop), unit_end, pages.limit)
    pages.taken_start = start
    pages.taken_stop = stop
    pages.start = stop
    pages.ahead -= stop - start
    return _range(pages, start, stop, pages.is_huge, True)


def _range(pages: Pages, start: int, stop: int, huge: bool, now: bool) -> int:
    store64(pages.range + RANGE_START, start)
    store64(pages.range + RANGE_BYTES, stop - start)
    store64(pages.range + RANGE_HUGE, 1 if huge else 0)
    store64(pages.range + RANGE_NOW, 1 if now else 0)
    return pages.range


def taken(pages: Pages, nanoseconds: int) -> None:
    """What `next_to_take` said has been taken, and the processor was busy with it for so long."""
    size = pages.taken_stop - pages.taken_start
    if not pages.is_huge:
        pages.single_left -= size
        pages.single_bytes += size
        pages.single_nanoseconds += nanoseconds
    elif nanoseconds // DEAR * pages.single_bytes <= pages.single_nanoseconds * size:
        pages.single_rest = LEAST_SINGLE
    else:
        pages.single_left = pages.single_rest
        pages.single_rest = min(2 * pages.single_rest, MOST_SINGLE)
