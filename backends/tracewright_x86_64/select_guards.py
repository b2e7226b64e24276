"""Guards: a test, and a branch out of the trace."""

from tracewright.core import operations as ops
from tracewright.jit.codegen.liveness import NEVER
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encode import fits_byte
from tracewright_x86_64.encodings import CMP, CMP32, CMP32_BYTE, EQUAL, MOV, NOT_EQUAL, STORE_IMMEDIATE, SUB, TEST
from tracewright_x86_64.exits import always, branch, inverse
from tracewright_x86_64.select_compare import compare_words, test_condition

PATCH_BYTES = 5  # a jump


def _fail_now_and_then(emitter: Emitter, i: int) -> None:
    """`--jit fail_every`: an exit of its own before the test, taken whenever the counter runs out."""
    counter = emitter.runtime.fail_counter
    if counter != 0:
        exit = emitter.open_exit(i)
        exit.exit.bridgeable = False
        emitter.at_address(SUB.byte, 0, counter, 1)
        branch(emitter, exit, EQUAL)


def select_guard_condition(emitter: Emitter, i: int) -> None:
    """guard_true, guard_false: on a comparison made here, or on a word that is 0 or 1."""
    _fail_now_and_then(emitter, i)
    trace = emitter.trace
    tested = trace.a[i]
    holds = trace.operations[i] == ops.GUARD_TRUE
    if tested >= 0 and emitter.liveness.fused_guard[tested] == i:
        condition = test_condition(emitter, tested)
        exit = emitter.open_exit(i)
        branch(emitter, exit, inverse(condition) if holds else condition)
        if holds and trace.operations[tested] == ops.VALUE_IS_REF and trace.a[tested] >= 0:
            emitter.non_null[trace.a[tested]] = True
    else:
        register = emitter.allocator.operand(tested)
        exit = emitter.open_exit(i)
        emitter.assembler.registers(TEST, register, register)
        branch(emitter, exit, EQUAL if holds else NOT_EQUAL)


def select_guard_equal(emitter: Emitter, i: int) -> None:
    """guard_int, guard_ref: the word is this constant."""
    _fail_now_and_then(emitter, i)
    trace = emitter.trace
    compare_words(emitter, trace.a[i], trace.b[i], EQUAL)
    branch(emitter, emitter.open_exit(i), NOT_EQUAL)


def select_guard_class(emitter: Emitter, i: int) -> None:
    """The object's class id, in the lower half of its header."""
    _fail_now_and_then(emitter, i)
    trace = emitter.trace
    assembler = emitter.assembler
    ref = trace.a[i]
    class_id = trace.b[i]
    register = emitter.allocator.operand(ref)
    exit = emitter.open_exit(i)
    if ref < 0 or not emitter.non_null[ref]:
        assembler.registers(TEST, register, register)
        branch(emitter, exit, EQUAL)
    assembler.at(CMP32_BYTE if fits_byte(class_id) else CMP32, 0, register, 0, class_id)
    branch(emitter, exit, NOT_EQUAL)
    if ref >= 0:
        emitter.non_null[ref] = True


def select_guard_no_exception(emitter: Emitter, i: int) -> None:
    exit = emitter.open_exit(i)
    emitter.at_address(CMP.byte, 0, emitter.runtime.exception, 0)
    branch(emitter, exit, NOT_EQUAL)


def select_guard_exception(emitter: Emitter, i: int) -> None:
    """There is one, and it is of this class."""
    assembler = emitter.assembler
    class_id = emitter.trace.a[i]
    register = emitter.allocator.temporary(False)
    emitter.at_address(MOV, register, emitter.runtime.exception)
    exit = emitter.open_exit(i)
    assembler.registers(TEST, register, register)
    branch(emitter, exit, EQUAL)
    assembler.at(CMP32_BYTE if fits_byte(class_id) else CMP32, 0, register, 0, class_id)
    branch(emitter, exit, NOT_EQUAL)


def select_take_exception(emitter: Emitter, i: int) -> None:
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.at_address(MOV, register, emitter.runtime.exception)
    emitter.at_address(STORE_IMMEDIATE, 0, emitter.runtime.exception, 0)
    emitter.non_null[i] = True
    emitter.allocator.define(i, register)


def select_guard_valid(emitter: Emitter, i: int) -> None:
    """Room for a jump to the exit, which `invalidate` writes."""
    emitter.open_valid_exit(i, emitter.assembler.position)
    emitter.assembler.nop(PATCH_BYTES)


def select_leave(emitter: Emitter, i: int) -> None:
    always(emitter, emitter.open_exit(i))
