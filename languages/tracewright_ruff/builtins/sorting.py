"""`sort` and `unique`."""

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import array_at, float_of, is_number
from tracewright_ruff.equality import values_equal
from tracewright_ruff.objects import W_Array, array_from_list, as_string, share, texts_array
from tracewright_ruff.session import ARITY_STRICT, Session, W_Native


def sorts_before(left: Value, right: Value) -> bool:
    """Whether `left` must stand before `right`; neither does where the two cannot be compared."""
    if left.is_int() and right.is_int():
        return left.as_int() < right.as_int()
    if is_number(left) and is_number(right):
        return float_of(left) < float_of(right)
    left_string = as_string(left)
    right_string = as_string(right)
    return left_string is not None and right_string is not None and left_string.flat() < right_string.flat()


def native_sort(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`sort(a)`: stable; a row of nothing but ints is sorted as machine words, one of strings as texts"""
    array = array_at(stack, first, "sort requires an array argument")
    texts = _texts_of(array)
    if texts is not None:
        texts.sort()
        return texts_array(texts)
    ints: list[int] = []
    for index in range(array.length):
        value = array.items[index]
        if not value.is_int():
            return _sorted_values(array)
        ints.append(value.as_int())
    ints.sort()
    return array_from_list([Value.of_int(number) for number in ints])


def _texts_of(array: W_Array) -> list[str] | None:
    """The elements as texts, or None where not all are strings."""
    texts: list[str] = []
    for index in range(array.length):
        string = as_string(array.items[index])
        if string is None:
            return None
        texts.append(string.flat())
    return texts


def _sorted_values(array: W_Array) -> Value:
    """Merge sort from the bottom up: runs of `width` elements are sorted, then twice as long ones."""
    length = array.length
    source: Array[Value] = Array(length, Value.UNDEFINED)
    for index in range(length):
        source[index] = share(array.items[index])
    target: Array[Value] = Array(length, Value.UNDEFINED)
    width = 1
    while width < length:
        start = 0
        while start < length:
            _merge(source, target, start, min(start + width, length), min(start + 2 * width, length))
            start += 2 * width
        swapped = source
        source = target
        target = swapped
        width *= 2
    return Value.of_object(W_Array(source, length))


def _merge(source: Array[Value], target: Array[Value], start: int, middle: int, end: int) -> None:
    """The sorted runs start..middle and middle..end of `source`, as one run of `target`."""
    left = start
    right = middle
    for index in range(start, end):
        if left < middle and (right >= end or not sorts_before(source[right], source[left])):
            target[index] = source[left]
            left += 1
        else:
            target[index] = source[right]
            right += 1


def native_unique(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`unique(a)`: first occurrences; `1` and `1.0` are distinct here. Ints and strings are found by hashing"""
    array = array_at(stack, first, "unique() requires an array argument")
    ints: set[int] = set()
    texts: set[str] = set()
    others: list[Value] = []
    result: list[Value] = []
    for index in range(array.length):
        value = array.items[index]
        string = as_string(value)
        if value.is_int():
            if value.as_int() in ints:
                continue
            ints.add(value.as_int())
        elif string is not None:
            text = string.flat()
            if text in texts:
                continue
            texts.add(text)
        else:
            if _holds(others, value):
                continue
            others.append(value)
        result.append(share(value))
    return array_from_list(result)


def _holds(values: list[Value], wanted: Value) -> bool:
    for value in values:
        if values_equal(value, wanted):
            return True
    return False


ROWS: Final[list[W_Native]] = [
    W_Native("sort", 1, 1, ARITY_STRICT, native_sort),
    W_Native("unique", 1, 1, ARITY_STRICT, native_unique),
]
