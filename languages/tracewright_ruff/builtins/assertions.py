"""Assertions, and `error`."""

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.dictionaries import lookup
from tracewright_ruff.builtins.general import position_in
from tracewright_ruff.display import debug_text, display_text
from tracewright_ruff.equality import truth_of, values_equal
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import as_array, as_dict, as_string
from tracewright_ruff.session import ARITY_ANY, ARITY_METADATA, Session, W_Native


def native_assert(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`assert(condition)`, `assert(condition, message)`"""
    if count == 0:
        raise GuestError("assert requires at least 1 argument")
    if truth_of(stack[first]):
        return Value.TRUE
    raise GuestError(display_text(stack[first + 1]) if count > 1 else "Assertion failed")


def native_assert_equal(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`assert_equal(actual, expected)`"""
    if count < 2:
        raise GuestError("assert_equal requires 2 arguments")
    actual = stack[first]
    expected = stack[first + 1]
    if values_equal(actual, expected):
        return Value.TRUE
    raise GuestError(f"Assertion failed: expected {debug_text(expected)}, got {debug_text(actual)}")


def native_assert_true(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`assert_true(b)`"""
    if count == 0 or not stack[first].is_bool():
        raise GuestError("assert_true requires a boolean argument")
    if stack[first].as_bool():
        return Value.TRUE
    raise GuestError("Assertion failed: expected true, got false")


def native_assert_false(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`assert_false(b)`"""
    if count == 0 or not stack[first].is_bool():
        raise GuestError("assert_false requires a boolean argument")
    if not stack[first].as_bool():
        return Value.TRUE
    raise GuestError("Assertion failed: expected false, got true")


def native_assert_contains(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`assert_contains(collection, item)`"""
    if count < 2:
        raise GuestError("assert_contains requires 2 arguments")
    if _contains(stack[first], stack[first + 1]):
        return Value.TRUE
    raise GuestError(f"Assertion failed: {debug_text(stack[first])} does not contain {debug_text(stack[first + 1])}")


def _contains(collection: Value, item: Value) -> bool:
    array = as_array(collection)
    if array is not None:
        return position_in(array, item) >= 0
    table = as_dict(collection)
    if table is not None:
        return not lookup(table, item).same(Value.UNDEFINED)
    string = as_string(collection)
    part = as_string(item)
    if string is None or part is None:
        raise GuestError("assert_contains requires an array, dict, or string")
    return part.flat() in string.flat()


def native_error(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`error(message)` raises at once"""
    raise GuestError(display_text(stack[first]))


ROWS: Final[list[W_Native]] = [
    W_Native("assert", 1, 2, ARITY_ANY, native_assert),
    W_Native("assert_equal", 2, 2, ARITY_ANY, native_assert_equal),
    W_Native("assert_true", 1, 1, ARITY_ANY, native_assert_true),
    W_Native("assert_false", 1, 1, ARITY_ANY, native_assert_false),
    W_Native("assert_contains", 2, 2, ARITY_ANY, native_assert_contains),
    W_Native("error", 1, 1, ARITY_METADATA, native_error),
]
