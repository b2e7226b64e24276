"""Calls of C functions (System V), and of the machine code of other guest functions."""

from tracewright.core import kinds
from tracewright.core import operations as ops
from tracewright.core.operation_tables import RESULT
from tracewright.hints import JIT_CELL_ENTRY_OFFSET
from tracewright.jit.codegen.locations import is_constant
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encode import fits_word
from tracewright_x86_64.encodings import (
    ADD,
    BELOW,
    CALL,
    CALL_TO,
    CMP,
    EQUAL,
    JCC,
    JMP,
    LEA,
    MOV,
    MOVSD,
    MOVSD_STORE,
    STORE,
    SUB,
)
from tracewright_x86_64.exits import branch
from tracewright_x86_64.registers import (
    ALL_ALLOCATABLE,
    CLOBBERED_BY_C,
    CONVENTION,
    R11,
    RAX,
    RBX,
    RDI,
    RDX,
    REGISTERS,
    RSI,
    RSP,
    XMM0,
    XMM15,
)
from tracewright_x86_64.routines import STACK_OFFSET, call_c
from tracewright_x86_64.select_memory import slot_index

LEFT = 1  # status in rdx: the callee has left its machine code before its frame returned


def select_residual(emitter: Emitter, i: int) -> None:
    """A native function of the program."""
    trace = emitter.trace
    function = emitter.functions[trace.a[i]]
    _call(emitter, i, function.address, emitter.arguments(i))


def select_memory_call(emitter: Emitter, i: int) -> None:
    """copy_memory and zero_memory, by the C library's functions."""
    trace = emitter.trace
    if trace.operations[i] == ops.COPY_MEMORY:
        _call(emitter, i, emitter.runtime.copy_memory, [trace.a[i], trace.b[i], trace.c[i]])
        return
    # memset(target, 0, count): the zero goes between the two operands
    zero = emitter.trace.constant(0, 0)
    _call(emitter, i, emitter.runtime.zero_memory, [trace.a[i], zero, trace.b[i]])


def select_new_array(emitter: Emitter, i: int) -> None:
    """Arrays are allocated by the runtime: their size decides between three ways, which C knows."""
    trace = emitter.trace
    class_id = trace.constant(0, trace.a[i])
    _call(emitter, i, emitter.runtime.allocate_array, [class_id, trace.b[i]])


def _call(emitter: Emitter, i: int, function: int, arguments: list[int]) -> None:
    allocator = emitter.allocator
    stacked = _pass_on_stack(emitter, arguments)
    allocator.save_across_call(CLOBBERED_BY_C)
    emitter.pass_in_registers(arguments, CONVENTION)
    call_c(emitter.assembler, function)
    if stacked > 0:
        emitter.arithmetic_immediate(ADD, RSP, stacked)
        emitter.pushed = 0
    allocator.clobber(CLOBBERED_BY_C)
    match RESULT[emitter.trace.operations[i]]:
        case kinds.VOID:
            pass
        case kinds.FLOAT:
            allocator.define(i, XMM0)
        case _:
            allocator.define(i, RAX)


def _pass_on_stack(emitter: Emitter, arguments: list[int]) -> int:
    """Store what the registers do not hold below the frame; gives the number of bytes, a multiple of 16."""
    on_stack = emitter.stacked_arguments(arguments, CONVENTION)
    if len(on_stack) == 0:
        return 0
    size = (8 * len(on_stack) + 15) & -16
    emitter.arithmetic_immediate(SUB, RSP, size)
    emitter.pushed = size
    for k in range(len(on_stack)):
        _store_argument(emitter, on_stack[k], 8 * k)
    return size


def _store_argument(emitter: Emitter, ref: int, offset: int) -> None:
    location = emitter.allocator.location(ref)
    if is_constant(location):
        emitter.assembler.load_immediate(R11, emitter.word_of(ref))
        emitter.assembler.at(STORE, R11, RSP, offset)
    elif REGISTERS.is_register(location):
        emitter.assembler.at(MOVSD_STORE if REGISTERS.is_float(location) else STORE, location, RSP, offset)
    else:
        emitter.assembler.at(MOVSD, XMM15, RSP, emitter.frame_offset(location))
        emitter.assembler.at(MOVSD_STORE, XMM15, RSP, offset)


# --- guest calls ---
def select_call_guest(emitter: Emitter, i: int) -> None:
    """Call the machine code in a cell for the frame at base + offset. It keeps no register but gives rbx back as its bottom."""
    trace = emitter.trace
    assembler = emitter.assembler
    offset = 8 * trace.b[i]
    if trace.snapshot_of[i] >= 0:
        exit = emitter.open_exit(i)
        emitter.at_address(CMP.from_rm, RSP, emitter.runtime.stack_limit)
        branch(emitter, exit, BELOW)
    emitter.allocator.save_across_call(ALL_ALLOCATABLE)
    _load_cell(emitter, trace.a[i])
    emitter.arithmetic_immediate(ADD, RBX, offset)
    assembler.registers(MOV, RDI, RBX)
    assembler.at(MOV, RSI, RSP, STACK_OFFSET)
    _call_cell(emitter, trace.a[i])
    emitter.arithmetic_immediate(SUB, RBX, offset)
    assembler.registers(CMP.byte, 0, RDX, LEFT)
    emitter.calls_to_finish.append(assembler.jump(JCC[EQUAL], assembler.position))
    emitter.calls_to_finish.append(offset)
    emitter.calls_to_finish.append(assembler.position)
    emitter.allocator.clobber(ALL_ALLOCATABLE)
    emitter.allocator.define(i, RAX)


def _load_cell(emitter: Emitter, cell: int) -> None:
    """The cell's address into r11, where `_call_cell` will need it."""
    if emitter.is_own_cell(cell):
        return
    if cell < 0 and fits_word(emitter.word_of(cell) + JIT_CELL_ENTRY_OFFSET):
        return
    emitter.bring(R11, cell)


def _call_cell(emitter: Emitter, cell: int) -> None:
    assembler = emitter.assembler
    if emitter.is_own_cell(cell):
        assembler.jump(CALL, emitter.compiled.entry)
    elif cell < 0 and fits_word(emitter.word_of(cell) + JIT_CELL_ENTRY_OFFSET):
        assembler.absolute(CALL_TO, 0, emitter.word_of(cell) + JIT_CELL_ENTRY_OFFSET)
    else:
        assembler.at(CALL_TO, 0, R11, JIT_CELL_ENTRY_OFFSET)


def write_call_finishes(emitter: Emitter) -> None:
    """Out of line: the interpreter runs the callee's frame to its end."""
    assembler = emitter.assembler
    for k in range(0, len(emitter.calls_to_finish), 3):
        assembler.resolve(emitter.calls_to_finish[k], assembler.position)
        assembler.at(LEA, RDI, RBX, emitter.calls_to_finish[k + 1])
        slot_index(emitter, RDI)
        call_c(assembler, emitter.runtime.finish_call)
        assembler.jump(JMP, emitter.calls_to_finish[k + 2])
