"""Loads, stores, VM-stack slots and allocation."""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core.integers import count_trailing_zeros
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET, ARRAY_LENGTH_OFFSET, STR_DATA_OFFSET, STR_WIDTH_OFFSET
from tracewright.core.vm_stack import CELLS_OFFSET
from tracewright.gc.header import AGE_OFFSET, OLD
from tracewright.gc.size_classes import CELL_SIZES, LARGEST_SMALL, size_class_of
from tracewright.jit.codegen.liveness import NEVER
from tracewright.jit.codegen.locations import LOCATION_NONE
from tracewright.jit.codegen.pending import SlowPath
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import (
    ABOVE,
    ADD,
    B_IF,
    LOAD,
    LOAD8,
    LOAD16,
    LOAD32,
    LOAD_FLOAT,
    SBFM,
    STORE,
    STORE8,
    STORE16,
    STORE32,
    STORE_FLOAT,
    SUB,
    SUBS,
    TBNZ,
    B,
    Transfer,
)
from tracewright_aarch64.registers import BASE, REGISTERS, SP, X16, X17, ZERO
from tracewright_aarch64.routines import BOTTOM_OFFSET, STACK_OFFSET
from tracewright_aarch64.select_words import shift_right

_WORD_SHIFT: Final = 3


def memory(emitter: Emitter, rows: Transfer, register: int, base: int, offset: int) -> None:
    """A load or store at the reference `base` + offset. What is stored is not in x17."""
    if base < 0:
        emitter.load_word(X17, emitter.word_of(base) + offset)
        emitter.assembler.at(rows, register, X17, 0)
    else:
        emitter.assembler.at(rows, register, emitter.allocator.operand(base), offset)


def element(
    emitter: Emitter,
    rows: Transfer,
    register: int,
    base: int,
    index: int,
    shift: int = _WORD_SHIFT,
    start: int = ARRAY_ITEMS_OFFSET,
) -> None:
    """A load or store of an element of an array or of a text: at the reference `base` + `start` + (`index` << `shift`)."""
    if index < 0:
        memory(emitter, rows, register, base, (emitter.word_of(index) << shift) + start)
        return
    array = emitter.base(base, X17)
    position = emitter.allocator.operand(index)
    emitter.assembler.write(ADD.registers, X17, array, position, shift)
    emitter.assembler.at(rows, register, X17, start)


def _hold(emitter: Emitter, base: int, index: int) -> None:
    """Bring address operands into registers before the result is chosen, so that choosing does not evict them."""
    if base >= 0:
        emitter.allocator.operand(base)
    if index >= 0:
        emitter.allocator.operand(index)


def select_load(emitter: Emitter, i: int) -> None:
    """Fields, array lengths, class ids."""
    trace = emitter.trace
    base = trace.a[i]
    rows = LOAD
    offset = trace.b[i]
    match trace.operations[i]:
        case ops.LOAD_FLOAT:
            rows = LOAD_FLOAT
        case ops.ARRAY_LENGTH:
            offset = ARRAY_LENGTH_OFFSET
        case ops.CLASS_OF:
            rows = LOAD32  # the upper half of the header is the collector's
            offset = 0
        case ops.TEXT_WIDTH:
            rows = LOAD32
            offset = STR_WIDTH_OFFSET
        case _:
            pass
    _hold(emitter, base, NEVER)
    register = emitter.allocator.result(i, base, 0)
    memory(emitter, rows, register, base, offset)
    emitter.known_object(base)
    emitter.allocator.define(i, register)


def select_load_at(emitter: Emitter, i: int) -> None:
    """Array elements."""
    trace = emitter.trace
    base = trace.a[i]
    index = trace.b[i]
    _hold(emitter, base, index)
    reused = base if emitter.allocator.dies_here(base) else index
    register = emitter.allocator.result(i, reused, 0)
    element(emitter, LOAD_FLOAT if trace.operations[i] == ops.LOAD_FLOAT_AT else LOAD, register, base, index)
    emitter.known_object(base)
    emitter.allocator.define(i, register)


def select_text_code(emitter: Emitter, i: int) -> None:
    """Code points of texts that are 1, 2 or 4 bytes wide."""
    trace = emitter.trace
    base = trace.a[i]
    index = trace.b[i]
    rows, shift = LOAD8, 0
    match trace.operations[i]:
        case ops.TEXT_CODE16:
            rows, shift = LOAD16, 1
        case ops.TEXT_CODE32:
            rows, shift = LOAD32, 2
        case _:
            pass
    _hold(emitter, base, index)
    reused = base if emitter.allocator.dies_here(base) else index
    register = emitter.allocator.result(i, reused, 0)
    element(emitter, rows, register, base, index, shift, STR_DATA_OFFSET)
    emitter.known_object(base)
    emitter.allocator.define(i, register)


def select_store(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    source = stored(emitter, trace.d[i])
    memory(emitter, store_rows(source), source, trace.a[i], trace.b[i])
    emitter.known_object(trace.a[i])


def select_store_at(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    source = stored(emitter, trace.d[i])
    element(emitter, store_rows(source), source, trace.a[i], trace.b[i])
    emitter.known_object(trace.a[i])


def stored(emitter: Emitter, value: int) -> int:
    """A register with a value to be stored. Of a constant double the bits are as good."""
    return emitter.operand(value, X16)


def store_rows(register: int) -> Transfer:
    """The store for a register of either kind."""
    return STORE_FLOAT if REGISTERS.is_float(register) else STORE


def select_write_barrier(emitter: Emitter, i: int) -> None:
    """Out of line, and once between two collections, for an object that was there at the last one."""
    assembler = emitter.assembler
    thing = emitter.trace.a[i]
    memory(emitter, LOAD8, X16, thing, AGE_OFFSET)
    path = SlowPath(emitter.routines.remember, assembler.branch_on_bit(TBNZ, X16, count_trailing_zeros(OLD)))
    if thing < 0:
        path.source = LOCATION_NONE
        path.immediate = emitter.word_of(thing)
    else:
        path.source = emitter.allocator.operand(thing)
    path.target = X16
    assembler.label()
    path.back = assembler.position
    emitter.slow_paths.append(path)
    emitter.known_object(thing)


# --- raw memory ---
def select_raw_load(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    base = trace.a[i]
    rows = LOAD
    match trace.operations[i]:
        case ops.RAW_LOAD8:
            rows = LOAD8
        case ops.RAW_LOAD16:
            rows = LOAD16
        case ops.RAW_LOAD32:
            rows = LOAD32
        case ops.RAW_LOAD_FLOAT:
            rows = LOAD_FLOAT
        case _:
            pass
    _hold(emitter, base, NEVER)
    register = emitter.allocator.result(i, base, 0)
    memory(emitter, rows, register, base, 0)
    emitter.allocator.define(i, register)


def select_raw_store(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    source = stored(emitter, trace.b[i])
    rows = store_rows(source)
    match trace.operations[i]:
        case ops.RAW_STORE8:
            rows = STORE8
        case ops.RAW_STORE16:
            rows = STORE16
        case ops.RAW_STORE32:
            rows = STORE32
        case _:
            pass
    memory(emitter, rows, source, trace.a[i], 0)


# --- the VM stack ---
def select_read_slot(emitter: Emitter, i: int) -> None:
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.assembler.at(LOAD, register, BASE, 8 * emitter.trace.a[i])
    emitter.allocator.define(i, register)


def select_write_slot(emitter: Emitter, i: int) -> None:
    emitter.assembler.at(STORE, stored(emitter, emitter.trace.b[i]), BASE, 8 * emitter.trace.a[i])


def select_slot_load(emitter: Emitter, i: int) -> None:
    """A slot by its index, which is computed."""
    trace = emitter.trace
    allocator = emitter.allocator
    _hold(emitter, trace.a[i], trace.b[i])
    register = allocator.result(i, NEVER, 0)
    index = emitter.operand(trace.b[i], X16)
    memory(emitter, LOAD, X17, trace.a[i], CELLS_OFFSET)
    emitter.assembler.write(LOAD.indexed_words, register, X17, index)
    allocator.define(i, register)


def select_slot_store(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    source = stored(emitter, trace.c[i])
    index = emitter.allocator.operand(trace.b[i])
    memory(emitter, LOAD, X17, trace.a[i], CELLS_OFFSET)
    emitter.assembler.write(STORE.indexed_words, source, X17, index)


def slot_index(emitter: Emitter, target: int, address: int) -> None:
    """The index of the VM-stack slot whose address is in a register."""
    emitter.assembler.at(LOAD, X17, SP, STACK_OFFSET)
    emitter.assembler.at(LOAD, X17, X17, CELLS_OFFSET)
    emitter.assembler.write(SUB.registers, target, address, X17)
    shift_right(emitter, SBFM, target, target, _WORD_SHIFT)


def select_trace_base(emitter: Emitter, i: int) -> None:
    """The index of the frame that the base register points at."""
    register = emitter.allocator.result(i, NEVER, 0)
    slot_index(emitter, register, BASE)
    emitter.allocator.define(i, register)


def select_trace_bottom(emitter: Emitter, i: int) -> None:
    """The index of the frame whose return ends this entry; its address is in the native frame."""
    register = emitter.allocator.result(i, NEVER, 0)
    if emitter.compiled.base_is_bottom:
        slot_index(emitter, register, BASE)
    else:
        emitter.assembler.at(LOAD, register, SP, BOTTOM_OFFSET)
        slot_index(emitter, register, register)
    emitter.allocator.define(i, register)


# --- allocation ---
def select_new_object(emitter: Emitter, i: int) -> None:
    """Bump allocation: the next cell of the object's size class is free and zero until the cursor reaches the limit."""
    assembler = emitter.assembler
    class_id = emitter.trace.a[i]
    size = emitter.classes[class_id].size
    register = emitter.allocator.result(i, LOCATION_NONE, 0)
    if size > LARGEST_SMALL:
        path = SlowPath(emitter.routines.allocate_large, assembler.branch(B))
        path.immediate = size
    else:
        size_class = size_class_of(size)
        cell = CELL_SIZES[size_class]
        cursor = emitter.runtime.cursors + 8 * size_class
        emitter.at_address(LOAD, register, cursor)
        emitter.at_address(LOAD, X16, emitter.runtime.limits + 8 * size_class)
        emitter.add_constant(register, register, cell)
        assembler.write(SUBS.registers, ZERO, register, X16)
        path = SlowPath(emitter.routines.allocate_slow, assembler.branch(B_IF[ABOVE]))
        path.immediate = size_class
        emitter.at_address(STORE, register, cursor)
        emitter.add_constant(register, register, -cell)
    path.source = LOCATION_NONE
    path.target = register
    assembler.label()
    path.back = assembler.position
    emitter.slow_paths.append(path)
    emitter.load_word(X16, class_id)
    assembler.at(STORE, X16, register, 0)
    emitter.non_null[i] = True
    emitter.allocator.define(i, register)
