"""`==`, truth and ordering of guest values."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_ruff.objects import (
    W_Array,
    W_Bytes,
    W_Dict,
    W_Function,
    W_Native,
    W_Option,
    W_Result,
    W_String,
    W_Struct,
    W_Tagged,
)
from tracewright_ruff.strings import longer_texts_equal, texts_equal

EPSILON: Final = 2.220446049250313e-16  # floats nearer than this are equal
INFINITY: Final = float("inf")


def floats_equal(left: float, right: float) -> bool:
    """Equality of numbers of which one at least is a float."""
    if left == right:
        return True
    distance = left - right
    return -EPSILON < distance < EPSILON


def values_equal(left: Value, right: Value) -> bool:
    """`left == right`: deep, never an error."""
    if left.is_int():
        if right.is_int():
            return left.as_int() == right.as_int()
        return right.is_float() and floats_equal(float(left.as_int()), right.as_float())
    if left.is_float():
        if right.is_float():
            return floats_equal(left.as_float(), right.as_float())
        return right.is_int() and floats_equal(left.as_float(), float(right.as_int()))
    if left.is_object() and right.is_object():
        thing, other = left.as_object(), right.as_object()
        if isinstance(thing, W_String) and isinstance(other, W_String):
            return texts_equal(thing, other)
        return objects_equal(thing, other)
    return left.same(right)


@dont_look_inside
def objects_equal(left: object, right: object) -> bool:
    """Equality of two heap objects."""
    if isinstance(left, W_String):
        return isinstance(right, W_String) and longer_texts_equal(left, right)
    if isinstance(left, W_Array):
        return isinstance(right, W_Array) and rows_equal(left.items, left.length, right.items, right.length)
    if isinstance(left, W_Dict):
        return isinstance(right, W_Dict) and _dicts_equal(left, right)
    if isinstance(left, W_Struct):
        return isinstance(right, W_Struct) and _structs_equal(left, right)
    if isinstance(left, W_Result):
        return isinstance(right, W_Result) and left.good == right.good and values_equal(left.payload, right.payload)
    if isinstance(left, W_Option):
        return isinstance(right, W_Option) and left.some == right.some and values_equal(left.payload, right.payload)
    if isinstance(left, W_Tagged):
        if not isinstance(right, W_Tagged) or left.tag != right.tag:
            return False
        return rows_equal(left.payload, len(left.payload), right.payload, len(right.payload))
    if isinstance(left, W_Bytes):
        return isinstance(right, W_Bytes) and left.data == right.data
    if isinstance(left, W_Native):
        return isinstance(right, W_Native) and left.name == right.name
    if isinstance(left, W_Function):
        return isinstance(right, W_Function) and _functions_equal(left, right)
    return False


def rows_equal(left: Array[Value], left_length: int, right: Array[Value], right_length: int) -> bool:
    """Whether two rows hold equal values."""
    if left_length != right_length:
        return False
    for index in range(left_length):
        if not values_equal(left[index], right[index]):
            return False
    return True


def _dicts_equal(left: W_Dict, right: W_Dict) -> bool:
    if left.count != right.count:
        return False
    for key in left.keys():
        other = right.get_text(key)
        if other.same(Value.UNDEFINED) or not values_equal(left.get_text(key), other):
            return False
    return True


def _structs_equal(left: W_Struct, right: W_Struct) -> bool:
    if left.shape.guest_type is not right.shape.guest_type or left.shape.count != right.shape.count:
        return False
    for name in left.shape.names():
        other = right.get(name)
        if other.same(Value.UNDEFINED) or not values_equal(left.get(name), other):
            return False
    return True


def _functions_equal(left: W_Function, right: W_Function) -> bool:
    """The same closure; or the same code over equal captured values."""
    if left is right:
        return True
    if left.code is not right.code:
        return False
    return rows_equal(left.captured, len(left.captured), right.captured, len(right.captured))


def truth_of(value: Value) -> bool:
    """Whether a condition holds."""
    if value.is_bool():
        return value.as_bool()
    if value.is_int():
        return value.as_int() != 0
    if value.is_float():
        return value.as_float() != 0.0
    if value.is_object():
        return object_truth(value.as_object())
    return False


@dont_look_inside
def object_truth(thing: object) -> bool:
    """Empty strings, arrays and dictionaries are false, every other object is true."""
    if isinstance(thing, W_String):
        return thing.length > 0
    if isinstance(thing, W_Array):
        return thing.length > 0
    if isinstance(thing, W_Dict):
        return thing.count > 0
    return True
