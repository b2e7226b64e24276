"""Calls of C functions, and the exception that one may have left behind."""

from __future__ import annotations

from tracewright.core import kinds, roles
from tracewright.core import operations as ops
from tracewright.core.operation_tables import RESULT, ROLE
from tracewright.jit.codegen.liveness import NEVER
from tracewright.jit.codegen.trace_emitter import TraceEmitter


def select_residual(emitter: TraceEmitter, i: int) -> None:
    """A native function of the program."""
    function = emitter.functions[emitter.trace.a[i]]
    _call(emitter, i, function.address, emitter.arguments(i))


def select_memory_call(emitter: TraceEmitter, i: int) -> None:
    """copy_memory and zero_memory, by the C library's functions."""
    trace = emitter.trace
    if trace.operations[i] == ops.COPY_MEMORY:
        _call(emitter, i, emitter.runtime.copy_memory, [trace.a[i], trace.b[i], trace.c[i]])
        return
    # memset(target, 0, count): the zero goes between the two operands
    zero = trace.constant(0, 0)
    _call(emitter, i, emitter.runtime.zero_memory, [trace.a[i], zero, trace.b[i]])


def select_new_array(emitter: TraceEmitter, i: int) -> None:
    """By the runtime: the size decides between three ways, which C knows."""
    trace = emitter.trace
    class_id = trace.constant(0, trace.a[i])
    _call(emitter, i, emitter.runtime.allocate_array, [class_id, trace.b[i]])


def _call(emitter: TraceEmitter, i: int, function: int, arguments: list[int]) -> None:
    allocator = emitter.allocator
    stacked = _pass_on_stack(emitter, arguments)
    allocator.save_across_call(emitter.registers.clobbered)
    emitter.pass_in_registers(arguments)
    emitter.call_c(function)
    if stacked > 0:
        emitter.move_stack_pointer(stacked)
        emitter.pushed = 0
    allocator.clobber(emitter.registers.clobbered)
    match RESULT[emitter.trace.operations[i]]:
        case kinds.VOID:
            pass
        case kinds.FLOAT:
            allocator.define(i, emitter.convention.float_result)
        case _:
            allocator.define(i, emitter.convention.word_result)


def _pass_on_stack(emitter: TraceEmitter, arguments: list[int]) -> int:
    """Store what the registers do not hold below the frame; gives the number of bytes, a multiple of 16."""
    on_stack = emitter.stacked_arguments(arguments)
    if len(on_stack) == 0:
        return 0
    size = (8 * len(on_stack) + 15) & -16
    emitter.move_stack_pointer(-size)
    emitter.pushed = size
    for k in range(len(on_stack)):
        emitter.store_argument(emitter.allocator.location(on_stack[k]), 8 * k)
    return size


# --- exceptions ---
def select_guard_no_exception(emitter: TraceEmitter, i: int) -> None:
    """A guest function's code that has finished has raised nothing: only where it has come back in another way is there a question."""
    exit = emitter.open_exit(i)
    if i > 0 and ROLE[emitter.trace.operations[i - 1]] == roles.GUEST_CALL:
        emitter.calls_to_finish[len(emitter.calls_to_finish) - 1].raised = exit
    else:
        emitter.leave_if_set(exit, emitter.runtime.exception)


def select_take_exception(emitter: TraceEmitter, i: int) -> None:
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.load_at(register, emitter.runtime.exception)
    emitter.clear_at(emitter.runtime.exception)
    emitter.non_null[i] = True
    emitter.allocator.define(i, register)
