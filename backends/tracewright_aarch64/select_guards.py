"""Guards: a test, and a branch out of the trace."""

from tracewright.core import operations as ops
from tracewright.jit.codegen.liveness import NEVER
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import EQUAL, LOAD, LOAD32, NOP, NOT_EQUAL, STORE, SUBS
from tracewright_aarch64.exits import always, branch, flags, inverse, zero
from tracewright_aarch64.registers import X16, ZERO
from tracewright_aarch64.select_compare import compare_low, compare_words, test_condition


def _fail_now_and_then(emitter: Emitter, i: int) -> None:
    """`--jit fail_every`: an exit of its own before the test, taken whenever the counter runs out."""
    counter = emitter.runtime.fail_counter
    if counter != 0:
        exit = emitter.open_exit(i)
        exit.exit.bridgeable = False
        emitter.at_address(LOAD, X16, counter)
        emitter.assembler.write(SUBS.immediate, X16, X16, 0, 1)
        emitter.at_address(STORE, X16, counter)
        branch(emitter, exit, flags(EQUAL))


def select_guard_condition(emitter: Emitter, i: int) -> None:
    """guard_true, guard_false: on a comparison made here, or on a word that is 0 or 1."""
    _fail_now_and_then(emitter, i)
    trace = emitter.trace
    tested = trace.a[i]
    holds = trace.operations[i] == ops.GUARD_TRUE
    if tested >= 0 and emitter.liveness.fused_guard[tested] == i:
        condition = test_condition(emitter, tested)
        branch(emitter, emitter.open_exit(i), inverse(condition) if holds else condition)
        if holds and trace.operations[tested] == ops.VALUE_IS_REF and trace.a[tested] >= 0:
            emitter.non_null[trace.a[tested]] = True
    else:
        condition = zero(emitter.operand(tested, X16))
        branch(emitter, emitter.open_exit(i), condition if holds else inverse(condition))


def select_guard_equal(emitter: Emitter, i: int) -> None:
    """guard_int, guard_ref: the word is this constant."""
    _fail_now_and_then(emitter, i)
    trace = emitter.trace
    condition = compare_words(emitter, trace.a[i], trace.b[i], EQUAL)
    branch(emitter, emitter.open_exit(i), inverse(condition))


def select_guard_class(emitter: Emitter, i: int) -> None:
    """The object's class id, in the lower half of its header."""
    _fail_now_and_then(emitter, i)
    trace = emitter.trace
    ref = trace.a[i]
    register = emitter.base(ref, X16)
    exit = emitter.open_exit(i)
    if ref < 0 or not emitter.non_null[ref]:
        branch(emitter, exit, zero(register))
    emitter.assembler.at(LOAD32, X16, register, 0)
    compare_low(emitter, X16, trace.b[i])
    branch(emitter, exit, flags(NOT_EQUAL))
    emitter.known_object(ref)


def select_guard_no_exception(emitter: Emitter, i: int) -> None:
    exit = emitter.open_exit(i)
    emitter.at_address(LOAD, X16, emitter.runtime.exception)
    branch(emitter, exit, inverse(zero(X16)))


def select_guard_exception(emitter: Emitter, i: int) -> None:
    """There is one, and it is of this class."""
    exit = emitter.open_exit(i)
    emitter.at_address(LOAD, X16, emitter.runtime.exception)
    branch(emitter, exit, zero(X16))
    emitter.assembler.at(LOAD32, X16, X16, 0)
    compare_low(emitter, X16, emitter.trace.a[i])
    branch(emitter, exit, flags(NOT_EQUAL))


def select_take_exception(emitter: Emitter, i: int) -> None:
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.at_address(LOAD, register, emitter.runtime.exception)
    emitter.at_address(STORE, ZERO, emitter.runtime.exception)
    emitter.non_null[i] = True
    emitter.allocator.define(i, register)


def select_guard_valid(emitter: Emitter, i: int) -> None:
    """Room for a branch to the exit, which `invalidate` writes."""
    emitter.open_valid_exit(i, emitter.assembler.position)
    emitter.assembler.put(NOP.base)


def select_leave(emitter: Emitter, i: int) -> None:
    always(emitter, emitter.open_exit(i))
