"""Which memory of the heap holds no object: for builds in which AddressSanitizer watches every access (runtime/sanitizer.c)."""

from tracewright.core.arrays import unchecked_get
from tracewright.core.memory import load64, store64
from tracewright.gc.bitmaps import next_clear, next_set
from tracewright.gc.heap import BITMAP_BYTES, FREE, KIND, RECORD_BYTES, SIZE_CLASS, SMALL, SPAN, Heap
from tracewright.gc.size_classes import BLOCK_SHIFT, CELL_SIZES, CELLS_PER_BLOCK


def next_unused(heap: Heap) -> int:
    """Address of two words, start and size of memory without an object; 0: none left. Call it after a collection, until then."""
    while heap.unused_block < heap.frontier:
        block = heap.unused_block
        record = heap.records + block * RECORD_BYTES
        span = load64(record + SPAN)
        if load64(record + KIND) == SMALL:
            size_class = load64(record + SIZE_CLASS)
            cells = unchecked_get(CELLS_PER_BLOCK, size_class)
            bits = heap.objects + block * BITMAP_BYTES
            first = next_clear(bits, heap.unused_cell, cells)
            if first < cells:
                heap.unused_cell = next_set(bits, first, cells)
                cell_size = unchecked_get(CELL_SIZES, size_class)
                return _pair(heap, block, first * cell_size, (heap.unused_cell - first) * cell_size)
            heap.unused_cell = 0
        heap.unused_block = block + span
        if load64(record + KIND) == FREE:
            return _pair(heap, block, 0, span << BLOCK_SHIFT)
    heap.unused_block = 0
    return 0


def _pair(heap: Heap, block: int, offset: int, size: int) -> int:
    store64(heap.release_pair, heap.base + (block << BLOCK_SHIFT) + offset)
    store64(heap.release_pair + 8, size)
    return heap.release_pair
