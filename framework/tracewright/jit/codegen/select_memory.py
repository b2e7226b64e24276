"""Loads, stores, VM-stack slots and allocation: what each operation means is here, how a machine reaches memory in its `memory_code.py` calls.

i3 = text_code8(r1, i2)        its row: LOW8 << 0 from the first unit of a text
                               hold r1 and i2, choose a register for i3, load_element
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core import operations as ops
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET, ARRAY_LENGTH_OFFSET, STR_DATA_OFFSET, STR_WIDTH_OFFSET
from tracewright.gc.size_classes import CELL_SIZES, LARGEST_SMALL, size_class_of
from tracewright.jit.codegen import select_calls
from tracewright.jit.codegen.liveness import NEVER
from tracewright.jit.codegen.locations import LOCATION_NONE, WORD_SHIFT
from tracewright.jit.codegen.memory_code import FLOAT, LOW8, LOW16, LOW32, WORD, MemoryCode
from tracewright.jit.codegen.pending import SlowPath

_LARGEST_SMALL_LENGTH: Final = (LARGEST_SMALL - ARRAY_ITEMS_OFFSET) >> WORD_SHIFT
_NEAR: Final = 1 << 20  # an index whose item's distance every machine can add


@final
class Access:
    """Which memory an operation means: what is moved, where it starts (fields: unless the trace says), how far elements are apart."""

    def __init__(self, kind: int, start: int = 0, shift: int = 0) -> None:
        self.kind = kind
        self.start = start
        self.shift = shift


# --- operands that are a reference and a displacement ---
def select_load(emitter: MemoryCode, i: int) -> None:
    """Fields."""
    _load(emitter, i, emitter.trace.b[i])
    emitter.known_object(emitter.trace.a[i])


def select_load_header(emitter: MemoryCode, i: int) -> None:
    """Class ids, lengths, widths."""
    _load(emitter, i, ACCESS[emitter.trace.operations[i]].start)
    emitter.known_object(emitter.trace.a[i])


def select_raw_load(emitter: MemoryCode, i: int) -> None:
    """Any address."""
    _load(emitter, i, 0)


def _load(emitter: MemoryCode, i: int, offset: int) -> None:
    base = emitter.trace.a[i]
    _hold(emitter, base)
    register = emitter.allocator.result(i, base, 0)
    emitter.load(ACCESS[emitter.trace.operations[i]].kind, register, base, offset)
    emitter.allocator.define(i, register)


def select_store(emitter: MemoryCode, i: int) -> None:
    """Fields."""
    trace = emitter.trace
    emitter.store(ACCESS[trace.operations[i]].kind, trace.d[i], trace.a[i], trace.b[i])
    emitter.known_object(trace.a[i])


def select_raw_store(emitter: MemoryCode, i: int) -> None:
    """Any address."""
    trace = emitter.trace
    emitter.store(ACCESS[trace.operations[i]].kind, trace.b[i], trace.a[i], 0)


# --- elements ---
def select_load_element(emitter: MemoryCode, i: int) -> None:
    """Elements of arrays; code points of texts that are 1, 2 or 4 bytes wide."""
    trace = emitter.trace
    access = ACCESS[trace.operations[i]]
    base = trace.a[i]
    index = trace.b[i]
    _hold(emitter, base)
    _hold(emitter, index)
    reused = base if emitter.allocator.dies_here(base) else index
    register = emitter.allocator.result(i, reused, 0)
    emitter.load_element(access.kind, register, base, index, access.shift, access.start)
    emitter.known_object(base)
    emitter.allocator.define(i, register)


def select_store_element(emitter: MemoryCode, i: int) -> None:
    """Elements of arrays."""
    trace = emitter.trace
    access = ACCESS[trace.operations[i]]
    emitter.store_element(access.kind, trace.d[i], trace.a[i], trace.b[i], access.shift, access.start)
    emitter.known_object(trace.a[i])


def select_write_barrier(emitter: MemoryCode, i: int) -> None:
    """Out of line, and once between two collections, for an object that was there at the last one."""
    _barrier(emitter, SlowPath(emitter.slow.remember, emitter.branch_if_old(emitter.trace.a[i])), emitter.trace.a[i])


def select_write_barrier_at(emitter: MemoryCode, i: int) -> None:
    """Likewise; for large arrays out of line each time, which is short where the element's card is dirty. A number nearly always fits
    its word and then refers to nothing: that is asked first, so that a loop which stores numbers into an old table stays in line."""
    trace = emitter.trace
    thing, index, value = trace.a[i], trace.b[i], trace.c[i]
    _hold(emitter, thing)
    _hold(emitter, index)
    is_number = value >= 0 and trace.operations[value] == ops.VALUE_OF_INT and thing >= 0
    branch = emitter.branch_if_boxed(value) if is_number else emitter.branch_if_old(thing)
    path = SlowPath(emitter.slow.remember_item, branch)
    path.if_old = is_number
    path.of_item = True
    path.start = ARRAY_ITEMS_OFFSET
    if index < 0 and 0 <= emitter.word_of(index) < _NEAR:
        path.index = LOCATION_NONE
        path.start += emitter.word_of(index) << WORD_SHIFT
    else:
        path.index = emitter.allocator.operand(index)
    _barrier(emitter, path, thing)


def _barrier(emitter: MemoryCode, path: SlowPath, thing: int) -> None:
    if thing < 0:
        path.source = LOCATION_NONE
        path.immediate = emitter.word_of(thing)
    else:
        path.source = emitter.allocator.operand(thing)
    path.target = emitter.scratch()
    path.back = emitter.position_of_label()
    emitter.slow_paths.append(path)
    emitter.known_object(thing)


def _hold(emitter: MemoryCode, operand: int) -> None:
    """Bring an address operand into its register before the result is chosen, so that choosing does not evict it."""
    if operand >= 0:
        emitter.allocator.operand(operand)


# --- the VM stack ---
def select_read_slot(emitter: MemoryCode, i: int) -> None:
    """A slot of the frame."""
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.load_slot(register, emitter.trace.a[i])
    emitter.allocator.define(i, register)


def select_write_slot(emitter: MemoryCode, i: int) -> None:
    """A slot of the frame. Links between frames are rows of constants, which some machines write two at a time."""
    trace = emitter.trace
    slot, value = trace.a[i], trace.b[i]
    if value < 0 and trace.operations[i + 1] == ops.WRITE_SLOT and trace.a[i + 1] == slot + 1 and trace.b[i + 1] < 0:
        emitter.store_slot_pair(value, trace.b[i + 1], slot)
        emitter.liveness.skipped[i + 1] = True
    else:
        emitter.store_slot(value, slot)


def select_slot_load(emitter: MemoryCode, i: int) -> None:
    """A slot by its index, which is computed."""
    trace = emitter.trace
    _hold(emitter, trace.a[i])
    _hold(emitter, trace.b[i])
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.load_slot_of(register, trace.a[i], trace.b[i])
    emitter.allocator.define(i, register)


def select_slot_store(emitter: MemoryCode, i: int) -> None:
    """A slot by its index, which is computed."""
    trace = emitter.trace
    emitter.store_slot_of(trace.c[i], trace.a[i], trace.b[i])


def select_trace_base(emitter: MemoryCode, i: int) -> None:
    """The index of the frame that the base register points at."""
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.load_base_index(register)
    emitter.allocator.define(i, register)


def select_trace_bottom(emitter: MemoryCode, i: int) -> None:
    """The index of the frame whose return ends this entry."""
    register = emitter.allocator.result(i, NEVER, 0)
    if emitter.compiled.base_is_bottom:
        emitter.load_base_index(register)
    else:
        emitter.load_bottom_index(register)
    emitter.allocator.define(i, register)


# --- allocation ---
def select_new_object(emitter: MemoryCode, i: int) -> None:
    """Bump allocation: the next cell of the object's size class is free and zero until the cursor reaches the limit."""
    class_id = emitter.trace.a[i]
    size = emitter.classes[class_id].size
    register = emitter.allocator.result(i, LOCATION_NONE, 0)
    if size > LARGEST_SMALL:
        path = SlowPath(emitter.slow.allocate_large, emitter.branch_away())
        path.immediate = size
    else:
        path = _take_cell(emitter, register, size)
    _allocated(emitter, i, register, path)


def select_new_array(emitter: MemoryCode, i: int) -> None:
    """Likewise, where the length is known and small. Of all others the runtime decides between three ways."""
    length = emitter.trace.b[i]
    if length >= 0 or not 0 <= emitter.word_of(length) <= _LARGEST_SMALL_LENGTH:
        select_calls.select_new_array(emitter, i)
        return
    register = emitter.allocator.result(i, LOCATION_NONE, 0)
    path = _take_cell(emitter, register, ARRAY_ITEMS_OFFSET + (emitter.word_of(length) << WORD_SHIFT))
    _allocated(emitter, i, register, path)
    emitter.store_constant(register, ARRAY_LENGTH_OFFSET, emitter.word_of(length))


def _take_cell(emitter: MemoryCode, register: int, size: int) -> SlowPath:
    """The next cell for so many bytes into the register; gives what is done where there is none."""
    size_class = size_class_of(size)
    path = SlowPath(emitter.slow.allocate_slow, emitter.take_cell(register, size_class, CELL_SIZES[size_class]))
    path.immediate = size_class
    return path


def _allocated(emitter: MemoryCode, i: int, register: int, path: SlowPath) -> None:
    path.source = LOCATION_NONE
    path.target = register
    path.back = emitter.position_of_label()
    emitter.slow_paths.append(path)
    emitter.store_constant(register, 0, emitter.trace.a[i])
    emitter.non_null[i] = True
    emitter.allocator.define(i, register)


# --- which operation is compiled how ---
MemorySelector = Callable[[MemoryCode, int], None]

_SELECTORS: Final[list[tuple[MemorySelector, Access, str]]] = [
    (select_load, Access(WORD), "load load_ref"),
    (select_load, Access(FLOAT), "load_float"),
    (select_load_header, Access(WORD, ARRAY_LENGTH_OFFSET), "array_length"),
    (select_load_header, Access(LOW32, 0), "class_of"),  # the upper half of the header is the collector's
    (select_load_header, Access(LOW32, STR_WIDTH_OFFSET), "text_width"),
    (select_load_element, Access(WORD, ARRAY_ITEMS_OFFSET, WORD_SHIFT), "load_at load_ref_at"),
    (select_load_element, Access(FLOAT, ARRAY_ITEMS_OFFSET, WORD_SHIFT), "load_float_at"),
    (select_load_element, Access(LOW8, STR_DATA_OFFSET, 0), "text_code8"),
    (select_load_element, Access(LOW16, STR_DATA_OFFSET, 1), "text_code16"),
    (select_load_element, Access(LOW32, STR_DATA_OFFSET, 2), "text_code32"),
    (select_store, Access(WORD), "store store_ref store_float"),
    (select_store_element, Access(WORD, ARRAY_ITEMS_OFFSET, WORD_SHIFT), "store_at store_ref_at store_float_at"),
    (select_write_barrier, Access(WORD), "write_barrier"),
    (select_write_barrier_at, Access(WORD), "write_barrier_at"),
    (select_raw_load, Access(WORD), "raw_load64"),
    (select_raw_load, Access(FLOAT), "raw_load_float"),
    (select_raw_load, Access(LOW32), "raw_load32"),
    (select_raw_load, Access(LOW16), "raw_load16"),
    (select_raw_load, Access(LOW8), "raw_load8"),
    (select_raw_store, Access(WORD), "raw_store64 raw_store_float"),
    (select_raw_store, Access(LOW32), "raw_store32"),
    (select_raw_store, Access(LOW16), "raw_store16"),
    (select_raw_store, Access(LOW8), "raw_store8"),
    (select_read_slot, Access(WORD), "read_slot"),
    (select_write_slot, Access(WORD), "write_slot"),
    (select_slot_load, Access(WORD), "slot_load"),
    (select_slot_store, Access(WORD), "slot_store"),
    (select_trace_base, Access(WORD), "trace_base"),
    (select_trace_bottom, Access(WORD), "trace_bottom"),
    (select_new_object, Access(WORD), "new_object"),
    (select_new_array, Access(WORD), "new_array"),
]


def refuse(emitter: MemoryCode, i: int) -> None:
    """The operation is none of memory's."""
    raise AssertionError("an operation that cannot be compiled is in a trace")


def _selectors() -> list[MemorySelector]:
    result: list[MemorySelector] = [refuse] * len(ops.TABLE)
    for selector, _, names in _SELECTORS:
        for name in names.split():
            result[ops.BY_NAME[name].number] = selector
    return result


def _accesses() -> list[Access]:
    result = [Access(WORD)] * len(ops.TABLE)
    for _, access, names in _SELECTORS:
        for name in names.split():
            result[ops.BY_NAME[name].number] = access
    return result


MEMORY_SELECTORS: Final[list[MemorySelector]] = _selectors()
ACCESS: Final[list[Access]] = _accesses()
MEMORY_OPERATIONS: Final[str] = " ".join([names for _, _, names in _SELECTORS])
