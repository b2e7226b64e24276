"""Guards: a test, and a branch out of the trace."""

from tracewright.core import operations as ops
from tracewright_aarch64.conditions import flags, inverse, zero
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import EQUAL, LOAD, LOAD32, NOT_EQUAL
from tracewright_aarch64.registers import X16
from tracewright_aarch64.select_compare import compare_low, compare_words, test_condition


def select_guard_condition(emitter: Emitter, i: int) -> None:
    """guard_true, guard_false: on a comparison made here, or on a word that is 0 or 1."""
    emitter.fail_now_and_then(i)
    trace = emitter.trace
    tested = trace.a[i]
    holds = trace.operations[i] == ops.GUARD_TRUE
    if emitter.liveness.makes_condition(i):
        condition = test_condition(emitter, tested)
        emitter.branch(emitter.open_exit(i), inverse(condition) if holds else condition)
        if holds and trace.operations[tested] == ops.VALUE_IS_REF and trace.a[tested] >= 0:
            emitter.non_null[trace.a[tested]] = True
    else:
        condition = zero(emitter.operand(tested, X16))
        emitter.branch(emitter.open_exit(i), condition if holds else inverse(condition))


def select_guard_equal(emitter: Emitter, i: int) -> None:
    """guard_int, guard_ref: the word is this constant."""
    emitter.fail_now_and_then(i)
    trace = emitter.trace
    condition = compare_words(emitter, trace.a[i], trace.b[i], EQUAL)
    emitter.branch(emitter.open_exit(i), inverse(condition))


def select_guard_class(emitter: Emitter, i: int) -> None:
    """The object's class id, in the lower half of its header."""
    emitter.fail_now_and_then(i)
    trace = emitter.trace
    ref = trace.a[i]
    register = emitter.base(ref, X16)
    exit = emitter.open_exit(i)
    if ref < 0 or not emitter.non_null[ref]:
        emitter.branch(exit, zero(register))
    emitter.assembler.at(LOAD32, X16, register, 0)
    compare_low(emitter, X16, trace.b[i])
    emitter.branch(exit, flags(NOT_EQUAL))
    emitter.known_object(ref)


def select_guard_exception(emitter: Emitter, i: int) -> None:
    """There is one, and it is of this class."""
    exit = emitter.open_exit(i)
    emitter.at_address(LOAD, X16, emitter.runtime.exception)
    emitter.branch(exit, zero(X16))
    emitter.assembler.at(LOAD32, X16, X16, 0)
    compare_low(emitter, X16, emitter.trace.a[i])
    emitter.branch(exit, flags(NOT_EQUAL))
