"""Calls of C functions (the procedure call standard of Arm), and of the machine code of other guest functions."""

from tracewright.core import kinds
from tracewright.core import operations as ops
from tracewright.core.operation_tables import RESULT
from tracewright.hints import JIT_CELL_ENTRY_OFFSET
from tracewright.jit.codegen.locations import is_constant
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import BELOW, BL, BLR, CMP_SP, LOAD, LOAD_FLOAT, ORR, STORE, STORE_FLOAT, TBNZ, B
from tracewright_aarch64.exits import branch, flags
from tracewright_aarch64.registers import (
    ALL_ALLOCATABLE,
    BASE,
    CLOBBERED_BY_C,
    CONVENTION,
    D31,
    REGISTERS,
    SP,
    X0,
    X1,
    X16,
    ZERO,
)
from tracewright_aarch64.routines import STACK_OFFSET, call_c
from tracewright_aarch64.select_memory import slot_index

LEFT_BIT = 0  # of the status in x1, set in 1 only: the callee has left its machine code before its frame returned


def select_residual(emitter: Emitter, i: int) -> None:
    """A native function of the program."""
    function = emitter.functions[emitter.trace.a[i]]
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
        emitter.add_constant(SP, SP, stacked)
        emitter.pushed = 0
    allocator.clobber(CLOBBERED_BY_C)
    match RESULT[emitter.trace.operations[i]]:
        case kinds.VOID:
            pass
        case kinds.FLOAT:
            allocator.define(i, CONVENTION.float_result)
        case _:
            allocator.define(i, CONVENTION.word_result)


def _pass_on_stack(emitter: Emitter, arguments: list[int]) -> int:
    """Store what the registers do not hold below the frame; gives the number of bytes, a multiple of 16."""
    on_stack = emitter.stacked_arguments(arguments, CONVENTION)
    if len(on_stack) == 0:
        return 0
    size = (8 * len(on_stack) + 15) & -16
    emitter.add_constant(SP, SP, -size)
    emitter.pushed = size
    for k in range(len(on_stack)):
        _store_argument(emitter, on_stack[k], 8 * k)
    return size


def _store_argument(emitter: Emitter, ref: int, offset: int) -> None:
    location = emitter.allocator.location(ref)
    if is_constant(location):
        emitter.assembler.at(STORE, emitter.location_operand(location, X16), SP, offset)
    elif REGISTERS.is_register(location):
        emitter.assembler.at(STORE_FLOAT if REGISTERS.is_float(location) else STORE, location, SP, offset)
    else:
        emitter.assembler.at(LOAD_FLOAT, D31, SP, emitter.frame_offset(location))
        emitter.assembler.at(STORE_FLOAT, D31, SP, offset)


# --- guest calls ---
def select_call_guest(emitter: Emitter, i: int) -> None:
    """Call the machine code in a cell for the frame at base + offset. It keeps no register but gives the base register back as its
    bottom."""
    trace = emitter.trace
    assembler = emitter.assembler
    offset = 8 * trace.b[i]
    if trace.snapshot_of[i] >= 0:
        exit = emitter.open_exit(i)
        emitter.at_address(LOAD, X16, emitter.runtime.stack_limit)
        assembler.write(CMP_SP, 0, 0, X16)
        branch(emitter, exit, flags(BELOW))
    emitter.allocator.save_across_call(ALL_ALLOCATABLE)
    own = emitter.is_own_cell(trace.a[i])
    if not own:
        emitter.bring(X16, trace.a[i])
        assembler.at(LOAD, X16, X16, JIT_CELL_ENTRY_OFFSET)
    emitter.add_constant(BASE, BASE, offset)
    assembler.write(ORR.registers, X0, ZERO, BASE)
    assembler.at(LOAD, X1, SP, STACK_OFFSET)
    if own:
        assembler.jump(BL, emitter.compiled.entry)
    else:
        assembler.write(BLR, 0, X16)
    emitter.add_constant(BASE, BASE, -offset)
    emitter.calls_to_finish.append(assembler.branch_on_bit(TBNZ, X1, LEFT_BIT))
    emitter.calls_to_finish.append(offset)
    assembler.label()
    emitter.calls_to_finish.append(assembler.position)
    emitter.allocator.clobber(ALL_ALLOCATABLE)
    emitter.allocator.define(i, X0)


def write_call_finishes(emitter: Emitter) -> None:
    """Out of line: the interpreter runs the callee's frame to its end."""
    assembler = emitter.assembler
    for k in range(0, len(emitter.calls_to_finish), 3):
        emitter.write_island_if_due()
        assembler.resolve_here(emitter.calls_to_finish[k])
        emitter.add_constant(X0, BASE, emitter.calls_to_finish[k + 1])
        slot_index(emitter, X0, X0)
        call_c(assembler, emitter.runtime.finish_call)
        assembler.jump(B, emitter.calls_to_finish[k + 2])
