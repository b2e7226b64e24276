"""Guards: a test, and a branch out of the trace."""

from tracewright.core import operations as ops
from tracewright_x86_64.conditions import inverse
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encode import fits_byte
from tracewright_x86_64.encodings import CMP32, CMP32_BYTE, EQUAL, MOV, NOT_EQUAL, TEST
from tracewright_x86_64.select_compare import compare_words, test_condition


def select_guard_condition(emitter: Emitter, i: int) -> None:
    """guard_true, guard_false: on a comparison made here, or on a word that is 0 or 1."""
    emitter.fail_now_and_then(i)
    trace = emitter.trace
    tested = trace.a[i]
    holds = trace.operations[i] == ops.GUARD_TRUE
    if emitter.liveness.makes_condition(i):
        condition = test_condition(emitter, tested)
        exit = emitter.open_exit(i)
        emitter.branch(exit, inverse(condition) if holds else condition)
        if holds and trace.operations[tested] == ops.VALUE_IS_REF and trace.a[tested] >= 0:
            emitter.non_null[trace.a[tested]] = True
    else:
        register = emitter.allocator.operand(tested)
        exit = emitter.open_exit(i)
        emitter.assembler.registers(TEST, register, register)
        emitter.branch(exit, EQUAL if holds else NOT_EQUAL)


def select_guard_equal(emitter: Emitter, i: int) -> None:
    """guard_int, guard_ref: the word is this constant."""
    emitter.fail_now_and_then(i)
    trace = emitter.trace
    compare_words(emitter, trace.a[i], trace.b[i], EQUAL)
    emitter.branch(emitter.open_exit(i), NOT_EQUAL)


def select_guard_class(emitter: Emitter, i: int) -> None:
    """The object's class id, in the lower half of its header."""
    emitter.fail_now_and_then(i)
    trace = emitter.trace
    assembler = emitter.assembler
    ref = trace.a[i]
    class_id = trace.b[i]
    register = emitter.allocator.operand(ref)
    exit = emitter.open_exit(i)
    if ref < 0 or not emitter.non_null[ref]:
        assembler.registers(TEST, register, register)
        emitter.branch(exit, EQUAL)
    assembler.at(CMP32_BYTE if fits_byte(class_id) else CMP32, 0, register, 0, class_id)
    emitter.branch(exit, NOT_EQUAL)
    if ref >= 0:
        emitter.non_null[ref] = True


def select_guard_exception(emitter: Emitter, i: int) -> None:
    """There is one, and it is of this class."""
    assembler = emitter.assembler
    class_id = emitter.trace.a[i]
    register = emitter.allocator.temporary(False)
    emitter.at_address(MOV, register, emitter.runtime.exception)
    exit = emitter.open_exit(i)
    assembler.registers(TEST, register, register)
    emitter.branch(exit, EQUAL)
    assembler.at(CMP32_BYTE if fits_byte(class_id) else CMP32, 0, register, 0, class_id)
    emitter.branch(exit, NOT_EQUAL)
