"""Allocating objects as translated code does, without the interpreter's help. Native only."""

from typing import Final

from tracewright.core.memory import call_native, load64, store64, symbol_address
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET, ARRAY_LENGTH_OFFSET
from tracewright.gc.size_classes import CELL_SIZES, LARGEST_SMALL, size_class_of

LARGEST_LENGTH: Final = 1 << 40


def allocate_object(class_id: int, size: int) -> int:
    """A zeroed object, natively; 0 with MemoryError pending if a large one finds no room."""
    thing = _allocate(size)
    if thing != 0:
        store64(thing, class_id)
    return thing


def allocate_array(class_id: int, length: int) -> int:
    """A zeroed array, natively; 0 with MemoryError pending if there is no room."""
    if length < 0 or length > LARGEST_LENGTH:
        call_native(symbol_address("tw_raise_memory"), 0, 0, 0, 0)
        return 0
    thing = _allocate(ARRAY_ITEMS_OFFSET + 8 * length)
    if thing != 0:
        store64(thing, class_id)
        store64(thing + ARRAY_LENGTH_OFFSET, length)
    return thing


def _allocate(size: int) -> int:
    """Zeroed memory, got as translated code gets it."""
    if size > LARGEST_SMALL:
        return call_native(symbol_address("tw_allocate_large"), size, 0, 0, 0)
    size_class = size_class_of(size)
    cursor = symbol_address("tw_cursors") + 8 * size_class
    cell = load64(cursor)
    end = cell + CELL_SIZES[size_class]
    if end > load64(symbol_address("tw_limits") + 8 * size_class):
        return call_native(symbol_address("tw_allocate_slow"), size_class, 0, 0, 0)
    store64(cursor, end)
    return cell
