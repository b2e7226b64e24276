"""Calls of the machine code of guest functions, and what goes in and out of it as bare ints.

    r20 = call_guest(cell, 13, i17)      moves into the registers for typed slots; call; a branch if the status is not the expected one
    i22 = result_int(r20)                no code: where `r20` is used for nothing else, FINISHED_INT is expected
    r30 = call_code(r8, 13)              loads from the code to its entry; call; the same branch

Out of line, the callee that has not simply finished is interpreted to its end (one without machine code from its beginning), and a
result of the other form is boxed or opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright.core.operation_tables import ROLE
from tracewright.jit.codegen.call_code import CallCode
from tracewright.jit.codegen.machine_code import FINISHED, FINISHED_INT, STATE_MOVED
from tracewright.jit.codegen.parallel_moves import ParallelMoves
from tracewright.jit.codegen.pending import PendingCall


def select_call_guest(emitter: CallCode, i: int) -> None:
    """The callee keeps no register but the base register."""
    trace, allocator = emitter.trace, emitter.allocator
    if trace.snapshot_of[i] >= 0:
        emitter.leave_if_stack_is_low(emitter.open_exit(i))
    allocator.save_across_call(emitter.registers.allocatable)
    numbers = emitter.arguments(i)
    moves = ParallelMoves()
    for k in range(len(numbers)):
        moves.add(emitter.typed_register(k), allocator.location(numbers[k]))
    moves.perform(emitter)
    offset = 8 * trace.b[i]
    emitter.call_cell(trace.a[i], len(numbers) > 0, offset)
    _behind_call(emitter, i, [])


def select_call_code(emitter: CallCode, i: int) -> None:
    """The same, of code that may have no machine code."""
    emitter.leave_if_stack_is_low(emitter.open_exit(i))
    emitter.allocator.save_across_call(emitter.registers.allocatable)
    _behind_call(emitter, i, emitter.call_code(emitter.trace.a[i], 8 * emitter.trace.b[i]))


def _behind_call(emitter: CallCode, i: int, cold: list[int]) -> None:
    allocator = emitter.allocator
    as_int = _opening(emitter, i) >= 0
    field = emitter.branch_unless_status(FINISHED_INT if as_int else FINISHED)
    call = PendingCall(field, 8 * emitter.trace.b[i], emitter.position_of_label(), as_int)
    call.cold = cold
    emitter.calls_to_finish.append(call)
    allocator.clobber(emitter.registers.allocatable)
    allocator.define(i, emitter.convention.word_result)


def _opening(emitter: CallCode, i: int) -> int:
    """The RESULT_INT of a call that can take the bare number from its register; -1 where the Value is wanted as well."""
    operations = emitter.trace.operations
    behind = i + 2 if operations[i + 1] == ops.GUARD_NO_EXCEPTION else i + 1
    if behind < len(operations) and operations[behind] == ops.RESULT_INT and emitter.trace.a[behind] == i:
        if emitter.liveness.last_use[i] == behind:
            return behind
    return -1


def select_result_int(emitter: CallCode, i: int) -> None:
    """Directly behind the call the number is in the register for results, and the test of a Value is out of line."""
    call = emitter.trace.a[i]
    if call >= 0 and ROLE[emitter.trace.operations[call]] == roles.GUEST_CALL and _opening(emitter, call) == i:
        emitter.calls_to_finish[len(emitter.calls_to_finish) - 1].no_int = emitter.open_exit(i)
        emitter.allocator.define(i, emitter.convention.word_result)
        return
    emitter.fail_now_and_then(i)
    value = emitter.allocator.operand(call)
    exit = emitter.open_exit(i)
    emitter.leave_unless_small(exit, value)
    register = emitter.allocator.result(i, call, 0)
    emitter.move(register, value)
    emitter.open_small(register)
    emitter.allocator.define(i, register)


def select_argument_int(emitter: CallCode, i: int) -> None:
    """Callers that know nothing of it have put a Value into the slot; those that pass the number enter behind the last of these."""
    operations = emitter.trace.operations
    first = i
    while first > 0 and operations[first - 1] == ops.ARGUMENT_INT:
        first -= 1
    register = emitter.typed_register(i - first)
    emitter.fail_now_and_then(i)
    exit = emitter.open_exit(i)
    emitter.load_slot(register, emitter.trace.a[i])
    emitter.leave_unless_small(exit, register)
    emitter.open_small(register)
    emitter.allocator.define(i, register)
    if operations[i + 1] != ops.ARGUMENT_INT:
        over = emitter.branch_away()
        emitter.compiled.typed_entry = emitter.position_of_label()
        emitter.write_typed_frame()
        emitter.resolve_here(over)


def write_call_finishes(emitter: CallCode) -> None:
    """What happens out of line behind each call."""
    for call in emitter.calls_to_finish:
        started = _write_start(emitter, call)
        emitter.between_instructions()
        emitter.resolve_here(call.field)
        if not call.as_int:
            is_value = emitter.branch_unless_status(FINISHED_INT)
            emitter.box_result()
            emitter.jump(call.back)
            emitter.resolve_here(is_value)
        ended = emitter.branch_unless_status(STATE_MOVED)
        emitter.finish_call(call.offset)
        emitter.resolve_here(ended)
        if started >= 0:
            emitter.resolve_here(started)
        if call.raised is not None:
            emitter.leave_if_set(call.raised, emitter.runtime.exception)
        if call.no_int is not None:
            result = emitter.convention.word_result
            emitter.leave_unless_small(call.no_int, result)
            emitter.open_small(result)
        emitter.jump(call.back)


def _write_start(emitter: CallCode, call: PendingCall) -> int:
    """Where the callee has no machine code: run it all. Gives the branch to what is done with the Value; -1 where it has some always."""
    if len(call.cold) == 0:
        return -1
    emitter.between_instructions()
    for field in call.cold:
        emitter.resolve_here(field)
    emitter.start_call(call.offset)
    return emitter.branch_away()


# --- which operation is compiled how ---
CallSelector = Callable[[CallCode, int], None]

_SELECTORS: Final[list[tuple[CallSelector, str]]] = [
    (select_call_guest, "call_guest"),
    (select_call_code, "call_code"),
    (select_result_int, "result_int"),
    (select_argument_int, "argument_int"),
]


def refuse(emitter: CallCode, i: int) -> None:
    """The operation is none of a call."""
    raise AssertionError("an operation that cannot be compiled is in a trace")


def _selectors() -> list[CallSelector]:
    result: list[CallSelector] = [refuse] * len(ops.TABLE)
    for selector, name in _SELECTORS:
        result[ops.BY_NAME[name].number] = selector
    return result


CALL_SELECTORS: Final[list[CallSelector]] = _selectors()
CALL_OPERATIONS: Final[str] = " ".join([name for _, name in _SELECTORS])
