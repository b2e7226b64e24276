"""Comparison of numbers and texts; UNDEFINED where the classes of the operands must be asked (`operators.py`)."""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, inlined
from tracewright_python.big_ints import compare_numbers, is_number, is_small, plain_number
from tracewright_python.lists import PyList, PyTuple
from tracewright_python.objects import PyInstance
from tracewright_python.sets import PySet
from tracewright_python.syntax import Comparison
from tracewright_python.texts import PyStr, text_less, texts_equal
from tracewright_python.values import NONE, type_of


@inlined
def compare(operator: int, left: Value, right: Value) -> Value:
    """One of the six comparisons (of Comparison). Where it is named, one line is left of the tables below."""
    if left.is_int() and right.is_int():
        return Value.of_bool(_int_answer(operator, left.as_int(), right.as_int()))
    if left.is_float() and right.is_float():
        return Value.of_bool(_float_answer(operator, left.as_float(), right.as_float()))
    return _compare_unlike(operator, left, right)


def _compare_unlike(operator: int, left: Value, right: Value) -> Value:
    """Operands that are not two ints or two floats."""
    if left.is_float():
        if is_small(right):
            return Value.of_bool(_float_answer(operator, left.as_float(), float(right.as_int())))
    elif right.is_float() and is_small(left):
        return Value.of_bool(_float_answer(operator, float(left.as_int()), right.as_float()))
    if left.is_object():
        if right.is_object():
            return _compare_objects(operator, left, right)
        if isinstance(left.as_object(), PyInstance):
            return Value.UNDEFINED
    elif right.is_object() and isinstance(right.as_object(), PyInstance):
        return Value.UNDEFINED
    return compare_slowly(operator, left, right)


@inlined
def _int_answer(operator: int, a: int, b: int) -> bool:
    match operator:
        case Comparison.LESS:
            return a < b
        case Comparison.LESS_EQUAL:
            return a <= b
        case Comparison.EQUAL:
            return a == b
        case Comparison.NOT_EQUAL:
            return a != b
        case Comparison.GREATER:
            return a > b
        case _:
            return a >= b


@inlined
def _float_answer(operator: int, a: float, b: float) -> bool:
    match operator:
        case Comparison.LESS:
            return a < b
        case Comparison.LESS_EQUAL:
            return a <= b
        case Comparison.EQUAL:
            return a == b
        case Comparison.NOT_EQUAL:
            return a != b
        case Comparison.GREATER:
            return a > b
        case _:
            return a >= b


def _compare_objects(operator: int, left: Value, right: Value) -> Value:
    a, b = left.as_object(), right.as_object()
    if isinstance(a, PyStr) and isinstance(b, PyStr) and type_of(left).is_builtin and type_of(right).is_builtin:
        return compare_texts(operator, a, b)
    if isinstance(a, PyInstance) or isinstance(b, PyInstance):
        return Value.UNDEFINED
    if isinstance(a, (PyList, PyTuple, PySet)):
        return Value.UNDEFINED
    return compare_slowly(operator, left, right)


def compare_texts(operator: int, left: PyStr, right: PyStr) -> Value:
    """A comparison of texts by code points."""
    match operator:
        case Comparison.EQUAL:
            return Value.of_bool(left is right or texts_equal(left, right))
        case Comparison.NOT_EQUAL:
            return Value.of_bool(left is not right and not texts_equal(left, right))
        case Comparison.LESS:
            return Value.of_bool(text_less(left, right))
        case Comparison.GREATER:
            return Value.of_bool(text_less(right, left))
        case Comparison.LESS_EQUAL:
            return Value.of_bool(not text_less(right, left))
        case _:
            return Value.of_bool(not text_less(left, right))


def compare_plain_rows(operator: int, left: Value, right: Value) -> Value:
    """A comparison of tuples of numbers and texts; UNDEFINED for anything else."""
    if left.is_object() and right.is_object():
        a, b = left.as_object(), right.as_object()
        if isinstance(a, PyTuple) and isinstance(b, PyTuple) and type_of(left).is_builtin and type_of(right).is_builtin:
            return _compare_items(operator, a.items, b.items)
    return Value.UNDEFINED


@dont_look_inside
def _compare_items(operator: int, left: Array[Value], right: Array[Value]) -> Value:
    """The first pair that differs decides, then the lengths."""
    if len(left) != len(right) and (operator == Comparison.EQUAL or operator == Comparison.NOT_EQUAL):
        return Value.of_bool(operator == Comparison.NOT_EQUAL)
    for index in range(min(len(left), len(right))):
        a, b = left[index], right[index]
        if a.same(b):
            continue
        equal = compare(Comparison.EQUAL, a, b)
        if equal.same(Value.UNDEFINED):
            return Value.UNDEFINED
        if equal.same(Value.FALSE):
            return equal if operator == Comparison.EQUAL else compare(operator, a, b)
    return Value.of_bool(_int_answer(operator, len(left), len(right)))


@dont_look_inside
def compare_slowly(operator: int, left: Value, right: Value) -> Value:
    """A comparison of numbers in any form, or of None and the like with `==` and `!=`; else UNDEFINED."""
    a, b = plain_number(left), plain_number(right)
    if type_of(left).is_builtin and type_of(right).is_builtin and is_number(a) and is_number(b):
        order = compare_numbers(a, b)
        if order == 2:
            return Value.of_bool(operator == Comparison.NOT_EQUAL)
        return Value.of_bool(_int_answer(operator, order, 0))
    if left.same(NONE) and not right.is_object() or right.same(NONE) and not left.is_object():
        if operator == Comparison.EQUAL:
            return Value.of_bool(left.same(right))
        if operator == Comparison.NOT_EQUAL:
            return Value.of_bool(not left.same(right))
    return Value.UNDEFINED
