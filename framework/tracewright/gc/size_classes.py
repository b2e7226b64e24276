"""Cell sizes and address ranges of the heap: the numbers that the collector, the C runtime and machine code agree on.

    heap      blocks of 32 KiB; a block holds cells of one size, or is part of a large object's span
    tables    per block a record of 64 bytes and two bitmaps (which cells hold objects; which are marked)
    cards     a byte for each 128 bytes of large arrays of references, and of static data (cards.py)

All ranges are reserved at fixed addresses, so that addresses may stand in machine code and in saved images.
"""

from typing import Final

from tracewright.core.arrays import array_of

GRANULE: Final = 16
BLOCK_SHIFT: Final = 15
BLOCK_BYTES: Final = 1 << BLOCK_SHIFT
LARGEST_SMALL: Final = 16384  # two cells per block; above it an object gets blocks of its own

HUGE_PAGE_BYTES: Final = 2 << 20
# A program that needs little memory gets single pages as it touches them; from the first boundary of a huge page on, which therefore comes early,
# memory is taken as pages.py says.
SINGLE_PAGES_BYTES: Final = 512 << 10
HEAP_BASE: Final = 0x10_0000_0000 - SINGLE_PAGES_BYTES
HEAP_BYTES: Final = 64 << 30
TABLES_BASE: Final = 0x0E_0000_0000
TABLES_BYTES: Final = 2 << 30
MARK_STACK_BASE: Final = 0x0C_0000_0000
MARK_STACK_BYTES: Final = 8 << 30  # one word for each of the 2**30 objects that can be grey at once: never full
CARD_SHIFT: Final = 7  # a card is 128 bytes: 16 references
CARD_BYTES: Final = 1 << CARD_SHIFT
CARDS_BASE: Final = 0x0B_0000_0000  # the byte of an address is at CARDS_BASE + (address >> CARD_SHIFT)


def _cell_sizes() -> list[int]:
    """Every multiple of the granule up to 256, then steps that waste at most a fifth, then what divides a block well."""
    sizes = list(range(GRANULE, 257, GRANULE)) + [320, 384, 448, 512, 640, 768, 896, 1024, 1280, 1536, 1808]
    for cells_per_block in (16, 14, 12, 10, 8, 7, 6, 5, 4, 3, 2):
        sizes.append(BLOCK_BYTES // cells_per_block // GRANULE * GRANULE)
    return sizes


_SIZES: Final = _cell_sizes()
SIZE_CLASSES: Final = len(_SIZES)
CELL_SIZES: Final = array_of(_SIZES)
CELLS_PER_BLOCK: Final = array_of([BLOCK_BYTES // size for size in _SIZES])
# offset * reciprocal >> 32 is offset // size for every offset inside a block
RECIPROCALS: Final = array_of([(1 << 32) // size + 1 for size in _SIZES])
CLASS_OF_GRANULES: Final = array_of(
    [
        next(i for i, size in enumerate(_SIZES) if size >= granules * GRANULE)
        for granules in range(LARGEST_SMALL // GRANULE + 1)
    ]
)

# How the collector reads the body of an object; `tw_classes` in the runtime has one row per class id.
SHAPE_PLAIN: Final = 0  # no references: str, bytes, boxed ints
SHAPE_FIELDS: Final = (
    1  # the bits of the row's third word say which of the first 64 words after the header are references
)
SHAPE_MANY_FIELDS: Final = 2  # the third word is the address of such bits, a word per 64 fields
SHAPE_REFERENCES: Final = 3  # a counted array of references or Values
SHAPE_WORDS: Final = 4  # a counted array of words, any of which may be a pointer
SHAPE_STACK: Final = 5  # a VMStack
SHAPE_NUMBERS: Final = 6  # a counted array without references
SHAPE_WEAK: Final = 7  # a WeakReference
SHAPE_EPHEMERON: Final = 8
CLASS_ROW_SHAPE: Final = 0
CLASS_ROW_SIZE: Final = 8
CLASS_ROW_REFERENCES: Final = 16
CLASS_ROW_BYTES: Final = 32

STACK_HEADER: Final = 16  # in front of a VM stack's cells: a mark, and the bytes reserved


def size_class_of(size: int) -> int:
    """The smallest size class whose cells hold `size` bytes, for sizes up to LARGEST_SMALL."""
    return CLASS_OF_GRANULES[(size + GRANULE - 1) // GRANULE]
