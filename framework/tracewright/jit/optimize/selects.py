"""Selects: one of two values, chosen by a condition and not by a branch.

    int_select(i1, i5, i5)                             ->  i5
    int_select(int_lt(i2, i3), 1, 0)                   ->  int_lt(i2, i3)
    int_select(i1, int_add(i4, 7), int_add(i4, 9))     ->  int_add(i4, int_select(i1, 7, 9))
    int_select(int_lt(i2, i3), 9, 7)                   ->  int_add(int_lshift(int_lt(i2, i3), 1), 7)

`choose` is for slots: Values that are boxes of numbers on both ways are boxes of the chosen number.

    slot 3 is value_of_int(i5) on one way, value_of_int(i6) on the other     ->     value_of_int(int_select(i1, i5, i6))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracewright.core import operations as op
from tracewright.core.integers import count_trailing_zeros
from tracewright.core.value import WORD_FALSE
from tracewright.jit.optimize import boxing, ranges
from tracewright.jit.optimize.boxing import BOOL_SHIFT
from tracewright.jit.optimize.draft import NO_REF, TAG_FLOAT, TAG_INT, Draft
from tracewright.jit.trace.snapshot import BOX_BOOL, BOX_FLOAT, BOX_INT

if TYPE_CHECKING:
    from tracewright.jit.optimize.emit import ForwardPass


def emit(emitter: ForwardPass, operation: int, condition: int, x: int, y: int) -> int:
    """The ref of one of two values; what is known of both is known of it."""
    draft, options = emitter.draft, emitter.options
    if options.rules:
        found = _simplified(emitter, operation, condition, x, y)
        if found != NO_REF:
            return found
    if options.cse:
        found = emitter.find_same(operation, condition, x, y)
        if found != NO_REF:
            return found
    ref = draft.append(operation, condition, x, y, 0, -1)
    if operation == op.INT_SELECT and options.ranges:
        ranges.join(draft, ref, x, y)
    if operation == op.REF_SELECT:
        draft.escape(x)
        draft.escape(y)
        _join_kinds(draft, ref, x, y)
    return ref


def _simplified(emitter: ForwardPass, operation: int, condition: int, x: int, y: int) -> int:
    """What the select is without choosing, or a cheaper one; NO_REF where there is none."""
    draft = emitter.draft
    if condition < 0:
        return x if draft.word(condition) != 0 else y
    if x == y:
        return x
    if operation != op.INT_SELECT:
        return NO_REF
    if draft.is_bool(condition):
        if draft.is_int_constant(x, 1) and draft.is_int_constant(y, 0):
            return condition
        if draft.is_int_constant(x, 0) and draft.is_int_constant(y, 1):
            return emitter.emit(op.INT_EQ, condition, x)
        if x < 0 and y < 0:
            found = _scaled(emitter, condition, draft.word(x), draft.word(y))
            if found != NO_REF:
                return found
    if draft.operation(x) == op.INT_ADD and draft.operation(y) == op.INT_ADD:
        base, one, other = draft.trace.a[x], draft.trace.b[x], draft.trace.b[y]
        if base == draft.trace.a[y] and one < 0 and other < 0:
            return emitter.emit(op.INT_ADD, base, emitter.emit(op.INT_SELECT, condition, one, other))
    return NO_REF


def _scaled(emitter: ForwardPass, condition: int, x: int, y: int) -> int:
    """One of two constants that are a power of two apart, or one apart in the other direction, computed from the 0 or 1 that chooses."""
    if not ranges.difference_fits(x, y):
        return NO_REF
    apart = x - y
    if apart == -1:
        return emitter.emit(op.INT_SUB, emitter.int_constant(y), condition)
    if apart <= 0 or apart & (apart - 1) != 0:
        return NO_REF
    shifted = emitter.emit(op.INT_LSHIFT, condition, emitter.int_constant(count_trailing_zeros(apart)))
    return emitter.emit(op.INT_ADD, shifted, emitter.int_constant(y))


def _join_kinds(draft: Draft, ref: int, x: int, y: int) -> None:
    """`ref` is one of the two Values or references."""
    if draft.known_class(x) >= 0 and draft.known_class(x) == draft.known_class(y):
        draft.set_class(ref, draft.known_class(x))
    elif boxing.tag_of(draft, x) == boxing.tag_of(draft, y):
        draft.tag[ref] = boxing.tag_of(draft, x)


def choose(emitter: ForwardPass, condition: int, x: int, y: int) -> int:
    """The Value `x` where the condition is not 0, else `y`; NO_REF where the ways bring Values of different sorts, which every later
    question would have to tell apart again."""
    if x == y:
        return x
    draft = emitter.draft
    for kind in (BOX_INT, BOX_FLOAT, BOX_BOOL):
        number, other = _number(emitter, x, kind), _number(emitter, y, kind)
        if number == NO_REF and other == NO_REF:
            continue
        if number == NO_REF or other == NO_REF:
            return NO_REF
        return _boxed(emitter, kind, condition, number, other)
    known = draft.known_class(x)
    if x < 0 or y < 0 or draft.is_fresh(x) or draft.is_fresh(y) or known != draft.known_class(y):
        return NO_REF
    if boxing.tag_of(draft, x) != boxing.tag_of(draft, y):
        return NO_REF
    return emitter.emit(op.REF_SELECT, condition, x, y)


def _number(emitter: ForwardPass, value: int, kind: int) -> int:
    """The number in a Value that is certainly of this sort."""
    draft = emitter.draft
    number = boxing.unboxed(draft, value, kind)
    if number == NO_REF and value >= 0:
        if kind == BOX_INT and draft.tag[value] == TAG_INT:
            return emitter.emit(op.VALUE_SMALL, value)
        if kind == BOX_FLOAT and draft.tag[value] == TAG_FLOAT:
            return emitter.emit(op.VALUE_FLOAT, value)
    return number


def _boxed(emitter: ForwardPass, kind: int, condition: int, x: int, y: int) -> int:
    if kind == BOX_FLOAT:
        return emitter.emit(op.VALUE_OF_FLOAT, emitter.emit(op.FLOAT_SELECT, condition, x, y))
    number = emitter.emit(op.INT_SELECT, condition, x, y)
    if kind == BOX_INT:
        return emitter.emit(op.VALUE_OF_INT, number)
    shifted = emitter.emit(op.INT_LSHIFT, number, emitter.int_constant(BOOL_SHIFT))
    return emitter.emit(op.REF_OF, emitter.emit(op.INT_ADD, shifted, emitter.int_constant(WORD_FALSE)))
