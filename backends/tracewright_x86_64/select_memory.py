"""Loads, stores, VM-stack slots and allocation."""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET, ARRAY_LENGTH_OFFSET, STR_DATA_OFFSET, STR_WIDTH_OFFSET
from tracewright.core.vm_stack import CELLS_OFFSET
from tracewright.gc.header import AGE_OFFSET, OLD
from tracewright.gc.size_classes import CELL_SIZES, LARGEST_SMALL, size_class_of
from tracewright.jit.codegen.liveness import NEVER
from tracewright.jit.codegen.locations import LOCATION_NONE
from tracewright.jit.codegen.pending import SlowPath
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encode import fits_word
from tracewright_x86_64.encodings import (
    ABOVE,
    ADD,
    CMP,
    JCC,
    JMP,
    LOAD8,
    LOAD16,
    MOV,
    MOV_LOW,
    MOVSD,
    MOVSD_STORE,
    NOT_EQUAL,
    SAR_BYTE,
    STORE,
    STORE8,
    STORE16,
    STORE32,
    STORE_IMMEDIATE,
    SUB,
    TEST_BYTE,
    Encoding,
)
from tracewright_x86_64.registers import R11, RBX, REGISTERS, RSP
from tracewright_x86_64.routines import BOTTOM_OFFSET, STACK_OFFSET

_WORD_SHIFT: Final = 3


def memory(emitter: Emitter, row: Encoding, register: int, base: int, offset: int, immediate: int = 0) -> None:
    """`row` on the memory at the reference `base` + offset."""
    if base < 0:
        address = emitter.word_of(base) + offset
        if fits_word(address):
            emitter.assembler.absolute(row, register, address, immediate)
            return
    if fits_word(offset):
        emitter.assembler.at(row, register, emitter.allocator.operand(base), offset, immediate)
    else:
        emitter.assembler.load_immediate(R11, offset)
        emitter.assembler.indexed(row, register, emitter.allocator.operand(base), R11, 0, 0, immediate)


def element(
    emitter: Emitter,
    row: Encoding,
    register: int,
    base: int,
    index: int,
    shift: int = _WORD_SHIFT,
    start: int = ARRAY_ITEMS_OFFSET,
    immediate: int = 0,
) -> None:
    """`row` on an element of an array or of a text: at the reference `base` + `start` + (`index` << `shift`)."""
    if index < 0 and fits_word((emitter.word_of(index) << shift) + start):
        memory(emitter, row, register, base, (emitter.word_of(index) << shift) + start, immediate)
        return
    array = emitter.allocator.operand(base)
    position = emitter.allocator.operand(index)
    emitter.assembler.indexed(row, register, array, position, shift, start, immediate)


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
    row = MOV
    offset = trace.b[i]
    match trace.operations[i]:
        case ops.LOAD_FLOAT:
            row = MOVSD
        case ops.ARRAY_LENGTH:
            offset = ARRAY_LENGTH_OFFSET
        case ops.CLASS_OF:
            row = MOV_LOW  # the upper half of the header is the collector's
            offset = 0
        case ops.TEXT_WIDTH:
            row = MOV_LOW
            offset = STR_WIDTH_OFFSET
        case _:
            pass
    _hold(emitter, base, NEVER)
    register = emitter.allocator.result(i, base, 0)
    memory(emitter, row, register, base, offset)
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
    element(emitter, MOVSD if trace.operations[i] == ops.LOAD_FLOAT_AT else MOV, register, base, index)
    emitter.known_object(base)
    emitter.allocator.define(i, register)


def select_text_code(emitter: Emitter, i: int) -> None:
    """Code points of texts that are 1, 2 or 4 bytes wide."""
    trace = emitter.trace
    base = trace.a[i]
    index = trace.b[i]
    row, shift = LOAD8, 0
    match trace.operations[i]:
        case ops.TEXT_CODE16:
            row, shift = LOAD16, 1
        case ops.TEXT_CODE32:
            row, shift = MOV_LOW, 2
        case _:
            pass
    _hold(emitter, base, index)
    reused = base if emitter.allocator.dies_here(base) else index
    register = emitter.allocator.result(i, reused, 0)
    element(emitter, row, register, base, index, shift, STR_DATA_OFFSET)
    emitter.known_object(base)
    emitter.allocator.define(i, register)


def select_store(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    value = trace.d[i]
    if value < 0 and fits_word(emitter.word_of(value)):
        memory(emitter, STORE_IMMEDIATE, 0, trace.a[i], trace.b[i], emitter.word_of(value))
    else:
        source = _stored(emitter, value)
        memory(emitter, store_row(source), source, trace.a[i], trace.b[i])
    emitter.known_object(trace.a[i])


def select_store_at(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    value = trace.d[i]
    if value < 0 and fits_word(emitter.word_of(value)):
        element(emitter, STORE_IMMEDIATE, 0, trace.a[i], trace.b[i], immediate=emitter.word_of(value))
    else:
        source = _stored(emitter, value)
        element(emitter, store_row(source), source, trace.a[i], trace.b[i])
    emitter.known_object(trace.a[i])


def _stored(emitter: Emitter, value: int) -> int:
    """A register with a value to be stored. Of a constant double the bits are as good."""
    if value < 0:
        register = emitter.allocator.temporary(False)
        emitter.assembler.load_immediate(register, emitter.word_of(value))
        return register
    return emitter.allocator.operand(value)


def store_row(register: int) -> Encoding:
    """The store for a register of either kind."""
    return MOVSD_STORE if REGISTERS.is_float(register) else STORE


def select_write_barrier(emitter: Emitter, i: int) -> None:
    """Out of line, and once between two collections, for an object that was there at the last one."""
    thing = emitter.trace.a[i]
    memory(emitter, TEST_BYTE, 0, thing, AGE_OFFSET, OLD)
    path = SlowPath(emitter.routines.remember, emitter.assembler.jump(JCC[NOT_EQUAL], emitter.assembler.position))
    if thing < 0:
        path.source = LOCATION_NONE
        path.immediate = emitter.word_of(thing)
    else:
        path.source = emitter.allocator.operand(thing)
    path.target = R11
    path.back = emitter.assembler.position
    emitter.slow_paths.append(path)
    emitter.known_object(thing)


# --- raw memory ---
def select_raw_load(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    base = trace.a[i]
    row = MOV
    match trace.operations[i]:
        case ops.RAW_LOAD8:
            row = LOAD8
        case ops.RAW_LOAD16:
            row = LOAD16
        case ops.RAW_LOAD32:
            row = MOV_LOW
        case ops.RAW_LOAD_FLOAT:
            row = MOVSD
        case _:
            pass
    _hold(emitter, base, NEVER)
    register = emitter.allocator.result(i, base, 0)
    memory(emitter, row, register, base, 0)
    emitter.allocator.define(i, register)


def select_raw_store(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    source = _stored(emitter, trace.b[i])
    row = store_row(source)
    match trace.operations[i]:
        case ops.RAW_STORE8:
            row = STORE8
        case ops.RAW_STORE16:
            row = STORE16
        case ops.RAW_STORE32:
            row = STORE32
        case _:
            pass
    memory(emitter, row, source, trace.a[i], 0)


# --- the VM stack ---
def select_read_slot(emitter: Emitter, i: int) -> None:
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.assembler.at(MOV, register, RBX, 8 * emitter.trace.a[i])
    emitter.allocator.define(i, register)


def select_write_slot(emitter: Emitter, i: int) -> None:
    offset = 8 * emitter.trace.a[i]
    value = emitter.trace.b[i]
    if value < 0 and fits_word(emitter.word_of(value)):
        emitter.assembler.at(STORE_IMMEDIATE, 0, RBX, offset, emitter.word_of(value))
    else:
        emitter.assembler.at(STORE, _stored(emitter, value), RBX, offset)


def select_slot_load(emitter: Emitter, i: int) -> None:
    """A slot by its index, which is computed."""
    trace = emitter.trace
    allocator = emitter.allocator
    _hold(emitter, trace.a[i], trace.b[i])
    register = allocator.result(i, NEVER, 0)
    memory(emitter, MOV, R11, trace.a[i], CELLS_OFFSET)
    emitter.assembler.indexed(MOV, register, R11, allocator.operand(trace.b[i]), _WORD_SHIFT, 0)
    allocator.define(i, register)


def select_slot_store(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    source = _stored(emitter, trace.c[i])
    index = emitter.allocator.operand(trace.b[i])
    memory(emitter, MOV, R11, trace.a[i], CELLS_OFFSET)
    emitter.assembler.indexed(STORE, source, R11, index, _WORD_SHIFT, 0)


def slot_index(emitter: Emitter, register: int) -> None:
    """The address of a VM-stack slot, in the register, becomes the slot's index."""
    emitter.assembler.at(MOV, R11, RSP, STACK_OFFSET)
    emitter.assembler.at(SUB.from_rm, register, R11, CELLS_OFFSET)
    emitter.assembler.registers(SAR_BYTE, 0, register, _WORD_SHIFT)


def select_trace_base(emitter: Emitter, i: int) -> None:
    """The index of the frame that rbx points at."""
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.assembler.registers(MOV, register, RBX)
    slot_index(emitter, register)
    emitter.allocator.define(i, register)


def select_trace_bottom(emitter: Emitter, i: int) -> None:
    """The index of the frame whose return ends this entry; its address is in the native frame."""
    register = emitter.allocator.result(i, NEVER, 0)
    if emitter.compiled.base_is_bottom:
        emitter.assembler.registers(MOV, register, RBX)
    else:
        emitter.assembler.at(MOV, register, RSP, BOTTOM_OFFSET)
    slot_index(emitter, register)
    emitter.allocator.define(i, register)


# --- allocation ---
def select_new_object(emitter: Emitter, i: int) -> None:
    """Bump allocation: the next cell of the object's size class is free and zero until the cursor reaches the limit."""
    assembler = emitter.assembler
    class_id = emitter.trace.a[i]
    size = emitter.classes[class_id].size
    register = emitter.allocator.result(i, LOCATION_NONE, 0)
    if size > LARGEST_SMALL:
        path = SlowPath(emitter.routines.allocate_large, assembler.jump(JMP, assembler.position))
        path.immediate = size
    else:
        size_class = size_class_of(size)
        cell = CELL_SIZES[size_class]
        cursor = emitter.runtime.cursors + 8 * size_class
        emitter.at_address(MOV, register, cursor)
        emitter.arithmetic_immediate(ADD, register, cell)
        emitter.at_address(CMP.from_rm, register, emitter.runtime.limits + 8 * size_class)
        path = SlowPath(emitter.routines.allocate_slow, assembler.jump(JCC[ABOVE], assembler.position))
        path.immediate = size_class
        emitter.at_address(STORE, register, cursor)
        emitter.arithmetic_immediate(SUB, register, cell)
    path.source = LOCATION_NONE
    path.target = register
    path.back = assembler.position
    emitter.slow_paths.append(path)
    assembler.at(STORE_IMMEDIATE, 0, register, 0, class_id)
    emitter.non_null[i] = True
    emitter.allocator.define(i, register)
