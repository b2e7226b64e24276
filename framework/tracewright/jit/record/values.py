"""Recording what computes: pure rows, checked arithmetic, and questions about Values.

A Value's kind is learned by one guard, which then answers all further questions about it: `x.is_int()`, `x.is_float()` ...
"""

from typing import Final

from tracewright.core import kinds
from tracewright.core import operations as ops
from tracewright.core.memory import load32, load64
from tracewright.core.object_layout import BOXED_INT_OFFSET
from tracewright.core.operation_tables import RESULT
from tracewright.jit.execute.executor import overflows, wrapped
from tracewright.jit.execute.frames import FRAME_BASE, KNOWN_INT, KNOWN_REF, NO_REF, Frame
from tracewright.jit.record.guards import frames_if_needed, guard, guard_class
from tracewright.jit.record.recording import NOT_BASE, Recording
from tracewright.jit.trace.arithmetic import (
    GROUP,
    compute,
    is_float_word,
    is_pointer_word,
    is_small_word,
    operand_count,
)

# What a Value can be: bits.
SMALL: Final = 1
BOXED: Final = 2
FLOAT: Final = 4
OBJECT: Final = 8
SPECIAL: Final = 16


def record_pure(recording: Recording, frame: Frame, operation: int) -> None:
    """A row without effects: folded if its operands are constants, otherwise emitted."""
    words = frame.code.words
    position = frame.position
    binary = operand_count(GROUP[operation]) == 2
    a = words[position + 2]
    b = words[position + 3] if binary else a
    result = compute(operation, frame.words[a], frame.words[b])
    held = NO_REF
    if recording.is_constant(frame, a) and recording.is_constant(frame, b):
        held = KNOWN_INT + RESULT[operation]
    elif binary:
        held = _about_base(recording, frame, operation, a, b)
        if held == NO_REF:
            held = recording.builder.emit(operation, recording.ref(frame, a), recording.ref(frame, b), 0, 0)
    else:
        held = recording.builder.emit(operation, recording.ref(frame, a), 0, 0, 0)
    recording.set(frame, words[position + 1], result, held)
    frame.position = position + 4 if binary else position + 3


def _about_base(recording: Recording, frame: Frame, operation: int, a: int, b: int) -> int:
    """Arithmetic on trace_base + k stays of that form, and comparisons of two such are decided. NO_REF where this says nothing."""
    offset_a = recording.base_offset_in(frame, a)
    offset_b = recording.base_offset_in(frame, b)
    if offset_a == NOT_BASE and offset_b == NOT_BASE:
        return NO_REF
    both = offset_a != NOT_BASE and offset_b != NOT_BASE
    match operation:
        case ops.INT_ADD:
            one = recording.is_constant(frame, b) if offset_a != NOT_BASE else recording.is_constant(frame, a)
            return FRAME_BASE if one else NO_REF
        case ops.INT_SUB:
            if both:
                return KNOWN_INT
            return FRAME_BASE if offset_a != NOT_BASE and recording.is_constant(frame, b) else NO_REF
        case ops.INT_EQ | ops.INT_NE:
            known = both or _above_bottom(recording, frame, a, offset_b) or _above_bottom(recording, frame, b, offset_a)
            return KNOWN_INT if known else NO_REF
        case ops.INT_LT | ops.INT_LE | ops.INT_GT | ops.INT_GE:
            return KNOWN_INT if both else NO_REF
        case _:
            return NO_REF


def _above_bottom(recording: Recording, frame: Frame, register: int, other_offset: int) -> bool:
    """Frames inlined by the trace lie above the frame whose return ends it: base + k != bottom for k > 0."""
    return other_offset != NOT_BASE and other_offset > 0 and recording.ref(frame, register) == recording.bottom_ref


def record_checked(recording: Recording, frame: Frame, operation: int) -> bool:
    """Checked arithmetic; False if it overflows, with a guard that it does (the caller raises)."""
    words = frame.code.words
    position = frame.position
    a = words[position + 2]
    b = words[position + 3]
    known = recording.is_constant(frame, a) and recording.is_constant(frame, b)
    word_a = frame.words[a]
    word_b = frame.words[b]
    if overflows(operation, word_a, word_b):
        if not known:
            _guard_overflow(recording, operation, recording.ref(frame, a), recording.ref(frame, b))
        return False
    result = wrapped(operation, word_a, word_b)
    held = KNOWN_INT
    if not known:
        recording.builder.set_frames(frames_if_needed(recording))
        held = recording.builder.emit(operation, recording.ref(frame, a), recording.ref(frame, b), 0, 0)
    recording.set(frame, words[position + 1], result, held)
    frame.position = position + 4
    return True


def _guard_overflow(recording: Recording, operation: int, a: int, b: int) -> None:
    """Check that the sum, difference or product does not fit (there is no operation for it)."""
    if operation == ops.INT_MUL_OVF:
        low = _emit(recording, ops.INT_MUL, a, b)
        shift = recording.constant(kinds.INT, 63)
        high = _emit(recording, ops.UINT_MUL_HIGH, a, b)
        high = _emit(
            recording, ops.INT_SUB, high, _emit(recording, ops.INT_AND, _emit(recording, ops.INT_RSHIFT, a, shift), b)
        )
        high = _emit(
            recording, ops.INT_SUB, high, _emit(recording, ops.INT_AND, _emit(recording, ops.INT_RSHIFT, b, shift), a)
        )
        _guard_nonzero(recording, _emit(recording, ops.INT_NE, high, _emit(recording, ops.INT_RSHIFT, low, shift)))
        return
    is_sum = operation == ops.INT_ADD_OVF
    result = _emit(recording, ops.INT_ADD if is_sum else ops.INT_SUB, a, b)
    first = _emit(recording, ops.INT_XOR, a, result if is_sum else b)
    second = _emit(recording, ops.INT_XOR, b if is_sum else a, result)
    both = _emit(recording, ops.INT_AND, first, second)
    _guard_nonzero(recording, _emit(recording, ops.INT_LT, both, recording.constant(kinds.INT, 0)))


def _emit(recording: Recording, operation: int, a: int, b: int) -> int:
    return recording.builder.emit(operation, a, b, 0, 0)


def _guard_nonzero(recording: Recording, condition: int) -> None:
    if condition >= 0:
        guard(recording, ops.GUARD_TRUE, condition, 0)


def record_box_int(recording: Recording, frame: Frame) -> None:
    """VALUE_OF_INT."""
    words = frame.code.words
    position = frame.position
    source = words[position + 2]
    word = recording.runtime.box_int(frame.words[source])
    held = KNOWN_REF
    if not recording.is_constant(frame, source) or not is_small_word(word):
        held = recording.builder.emit(ops.VALUE_OF_INT, recording.ref(frame, source), 0, 0, 0)
    recording.set(frame, words[position + 1], word, held)
    frame.position = position + 3


def record_unbox_int(recording: Recording, frame: Frame) -> None:
    """VALUE_AS_INT of what is known to be an int: what was boxed, or the small int, or the box's field."""
    words = frame.code.words
    position = frame.position
    source = words[position + 2]
    word = frame.words[source]
    small = is_small_word(word)
    result = compute(ops.VALUE_SMALL, word, 0) if small else load64(word + BOXED_INT_OFFSET)
    if recording.is_constant(frame, source):
        recording.set_constant(frame, words[position + 1], kinds.INT, result)
        frame.position = position + 3
        return
    ref = recording.ref(frame, source)
    unboxed = NO_REF
    if recording.operation_of(ref) == ops.VALUE_OF_INT:
        unboxed = recording.operand_of(ref)
    else:
        learn_kind(recording, ref, word, SMALL if small else BOXED)
        if small:
            unboxed = recording.builder.emit(ops.VALUE_SMALL, ref, 0, 0, 0)
        else:
            unboxed = recording.builder.emit(ops.LOAD, ref, BOXED_INT_OFFSET, -1, 0)
    recording.set(frame, words[position + 1], result, unboxed)
    frame.position = position + 3


def record_question(recording: Recording, frame: Frame, operation: int) -> None:
    """VALUE_IS_...: a constant, once guards have established the Value's kind as far as the question goes."""
    words = frame.code.words
    position = frame.position
    source = words[position + 2]
    word = frame.words[source]
    asked = _asked(operation)
    answer = int(kind_of_word(recording, word) & asked != 0)
    if not recording.is_constant(frame, source):
        ref = recording.ref(frame, source)
        if recording.operation_of(ref) == ops.VALUE_OF_INT and asked == SMALL:
            condition = recording.builder.emit(ops.VALUE_IS_SMALL, ref, 0, 0, 0)
            if condition >= 0:
                guard(recording, ops.GUARD_TRUE if answer != 0 else ops.GUARD_FALSE, condition, 0)
        else:
            learn_kind(recording, ref, word, asked)
    recording.set_constant(frame, words[position + 1], kinds.INT, answer)
    frame.position = position + 3


def _asked(operation: int) -> int:
    match operation:
        case ops.VALUE_IS_SMALL:
            return SMALL
        case ops.VALUE_IS_FLOAT:
            return FLOAT
        case ops.VALUE_IS_REF:
            return BOXED | OBJECT
        case ops.VALUE_IS_INT:
            return SMALL | BOXED
        case _:
            return OBJECT


def kind_of_word(recording: Recording, word: int) -> int:
    """The bit for a concrete Value."""
    if is_small_word(word):
        return SMALL
    if is_float_word(word):
        return FLOAT
    if not is_pointer_word(word):
        return SPECIAL
    return BOXED if load32(word) == recording.assembly.boxed_int_class else OBJECT


def possible_kinds(recording: Recording, ref: int) -> int:
    """What the trace still thinks possible."""
    match recording.operation_of(ref):
        case ops.VALUE_OF_INT:
            return SMALL | BOXED
        case ops.VALUE_OF_FLOAT:
            return FLOAT
        case _:
            class_id = recording.builder.known_class(ref)
            if class_id >= 0:
                return BOXED if class_id == recording.assembly.boxed_int_class else OBJECT
            return recording.tags.get(ref)


def learn_kind(recording: Recording, ref: int, word: int, asked: int) -> None:
    """Emit the guards after which the trace knows whether the Value's kind is one of `asked`."""
    possible = possible_kinds(recording, ref)
    if possible & asked == 0 or possible & ~asked == 0:
        return
    kind = kind_of_word(recording, word)
    if kind == SPECIAL:
        _exclude(recording, ref, possible & asked)
        return
    if kind == SMALL:
        _guard_tag(recording, ops.GUARD_TRUE, ops.VALUE_IS_SMALL, ref)
        recording.tags.set(ref, SMALL)
        return
    if kind == FLOAT:
        _guard_tag(recording, ops.GUARD_TRUE, ops.VALUE_IS_FLOAT, ref)
        recording.tags.set(ref, FLOAT)
        return
    if possible & ~(BOXED | OBJECT) != 0:
        _guard_tag(recording, ops.GUARD_TRUE, ops.VALUE_IS_REF, ref)
        possible &= BOXED | OBJECT
        recording.tags.set(ref, possible)
    if possible & asked != 0 and possible & ~asked != 0:
        guard_class(recording, ref, load32(word))
        recording.tags.set(ref, kind)


def _exclude(recording: Recording, ref: int, kinds: int) -> None:
    """The Value is one of the special constants: check that it is none of `kinds`."""
    possible = possible_kinds(recording, ref)
    if kinds & SMALL != 0:
        _guard_tag(recording, ops.GUARD_FALSE, ops.VALUE_IS_SMALL, ref)
        possible &= ~SMALL
    if kinds & FLOAT != 0:
        _guard_tag(recording, ops.GUARD_FALSE, ops.VALUE_IS_FLOAT, ref)
        possible &= ~FLOAT
    if kinds & (BOXED | OBJECT) != 0:
        _guard_tag(recording, ops.GUARD_FALSE, ops.VALUE_IS_REF, ref)
        possible &= ~(BOXED | OBJECT)
    recording.tags.set(ref, possible)


def _guard_tag(recording: Recording, operation: int, question: int, ref: int) -> None:
    condition = recording.builder.emit(question, ref, 0, 0, 0)
    if condition >= 0:
        guard(recording, operation, condition, 0)
