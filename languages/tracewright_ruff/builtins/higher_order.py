"""Builtins that call functions of the guest: `map`, `filter`, `reduce` and their like."""

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.equality import truth_of
from tracewright_ruff.errors import GuestError
from tracewright_ruff.interpreter import call_function
from tracewright_ruff.objects import W_Array, W_Function, array_from_list, as_array, share
from tracewright_ruff.session import ARITY_STRICT, Session, W_Native


def _array_and_function(stack: VMStack, first: int, name: str) -> W_Array:
    """The array to walk. It is marked shared: the callback may change the variable that holds it."""
    array = as_array(stack[first])
    if array is None or not is_callable(stack[first + 1]):
        raise GuestError(f"{name} expects an array and a function")
    array.shared = True
    return array


def is_callable(value: Value) -> bool:
    """Whether the value is a function, the user's or a builtin."""
    return value.is_object() and isinstance(value.as_object(), (W_Function, W_Native))


def native_map(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`map(a, f)`"""
    array = _array_and_function(stack, first, "map")
    function = stack[first + 1]
    length = array.length
    results: Array[Value] = Array(length, Value.NULL)
    for index in range(length):
        results[index] = call_function(session, first, function, [share(array.items[index])])
    return Value.of_object(W_Array(results, length))


def native_filter(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`filter(a, f)`"""
    array = _array_and_function(stack, first, "filter")
    function = stack[first + 1]
    kept: list[Value] = []
    for index in range(array.length):
        item = share(array.items[index])
        if truth_of(call_function(session, first, function, [item])):
            kept.append(item)
    return array_from_list(kept)


def _first_match(session: Session, array: W_Array, first: int, function: Value, wanted: bool) -> int:
    """The index of the first element for which the function's truth is as wanted, or -1."""
    for index in range(array.length):
        if truth_of(call_function(session, first, function, [share(array.items[index])])) == wanted:
            return index
    return -1


def native_find(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`find(a, f)`: 0 where nothing is found"""
    array = _array_and_function(stack, first, "find")
    index = _first_match(session, array, first, stack[first + 1], True)
    return array.items[index] if index >= 0 else Value.of_int(0)


def native_any(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`any(a, f)`"""
    array = _array_and_function(stack, first, "any")
    return Value.of_bool(_first_match(session, array, first, stack[first + 1], True) >= 0)


def native_all(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`all(a, f)`"""
    array = _array_and_function(stack, first, "all")
    return Value.of_bool(_first_match(session, array, first, stack[first + 1], False) < 0)


def native_reduce(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`reduce(a, initial, f)`: calls `f(accumulator, element)`"""
    array = as_array(stack[first])
    if array is None or not is_callable(stack[first + 2]):
        raise GuestError("reduce expects an array, an initial value, and a function")
    array.shared = True
    function = stack[first + 2]
    accumulator = share(stack[first + 1])
    for index in range(array.length):
        accumulator = call_function(session, first, function, [accumulator, share(array.items[index])])
    return accumulator


ROWS: Final[list[W_Native]] = [
    W_Native("map", 2, 2, ARITY_STRICT, native_map, calls_back=True),
    W_Native("filter", 2, 2, ARITY_STRICT, native_filter, calls_back=True),
    W_Native("find", 2, 2, ARITY_STRICT, native_find, calls_back=True),
    W_Native("any", 2, 2, ARITY_STRICT, native_any, calls_back=True),
    W_Native("all", 2, 2, ARITY_STRICT, native_all, calls_back=True),
    W_Native("reduce", 3, 3, ARITY_STRICT, native_reduce, calls_back=True),
]
