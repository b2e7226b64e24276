"""The methods of typed arrays that call a function for each element, sorting, and `from` and `of` (23.2.2, 23.2.3)."""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import bits_of_float
from tracewright.core.mathematics import is_nan
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.access import get_by_key
from tracewright_javascript.bigints import compare_bigints
from tracewright_javascript.builtins.arguments import argument_at, arguments_from, this_of
from tracewright_javascript.builtins.array_access import item_at, length_of
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.builtins.sorting import merge_sorted
from tracewright_javascript.builtins.typed_array_access import callback_of, valid_view
from tracewright_javascript.builtins.typed_array_making import create_from, listed, same_type, species_of_length
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import to_display, to_number, truth
from tracewright_javascript.errors import type_error
from tracewright_javascript.keys import ITERATOR, key_of_symbol
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.realm import as_realm
from tracewright_javascript.typed_arrays import JSTypedArray
from tracewright_javascript.values import EMPTY, as_bigint, as_number, int_number, is_nullish
from tracewright_javascript.wrappers import to_object


def _call(stack: VMStack, frame: int, count: int, value: Value, index: int, view: JSTypedArray) -> Value:
    """Call the callback, the first argument, for an element. Raises GuestFault and Thrown."""
    this = argument_at(stack, frame, count, 1)
    return call(argument_at(stack, frame, count, 0), this, [value, int_number(index), Value.of_object(view)])


def _for_each(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "forEach")
    length = view.count()
    callback_of(stack, frame, count)
    for index in range(length):
        _call(stack, frame, count, view.element(index), index, view)
    return Value.UNDEFINED


def _map(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "map")
    length = view.count()
    callback_of(stack, frame, count)
    result = species_of_length(as_realm(realm), view, length)
    for index in range(length):
        result.set_element(index, _call(stack, frame, count, view.element(index), index, view))
    return Value.of_object(result)


def _filter(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "filter")
    length = view.count()
    callback_of(stack, frame, count)
    kept: list[Value] = []
    for index in range(length):
        value = view.element(index)
        if truth(_call(stack, frame, count, value, index, view)):
            kept.append(value)
    result = species_of_length(as_realm(realm), view, len(kept))
    for index in range(len(kept)):
        result.set_element(index, kept[index])
    return Value.of_object(result)


def _test(stack: VMStack, frame: int, count: int, method: str, wanted: bool) -> bool:
    """Whether the callback says `wanted` of any element."""
    view = valid_view(stack, frame, method)
    length = view.count()
    callback_of(stack, frame, count)
    for index in range(length):
        if truth(_call(stack, frame, count, view.element(index), index, view)) == wanted:
            return True
    return False


def _every(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(not _test(stack, frame, count, "every", False))


def _some(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_test(stack, frame, count, "some", True))


def _search(stack: VMStack, frame: int, count: int, method: str, is_backward: bool, gives_index: bool) -> Value:
    view = valid_view(stack, frame, method)
    length = view.count()
    callback_of(stack, frame, count)
    for step in range(length):
        index = length - 1 - step if is_backward else step
        value = view.element(index)
        if truth(_call(stack, frame, count, value, index, view)):
            return int_number(index) if gives_index else value
    return int_number(-1) if gives_index else Value.UNDEFINED


def _reduced(stack: VMStack, frame: int, count: int, method: str, is_backward: bool) -> Value:
    view = valid_view(stack, frame, method)
    length = view.count()
    function = callback_of(stack, frame, count)
    result = argument_at(stack, frame, count, 1) if count > 1 else EMPTY
    for step in range(length):
        index = length - 1 - step if is_backward else step
        value = view.element(index)
        if result.same(EMPTY):
            result = value
        else:
            result = call(function, Value.UNDEFINED, [result, value, int_number(index), Value.of_object(view)])
    if result.same(EMPTY):
        raise type_error("Reduce of empty array with no initial value")
    return result


# Sorting


def _comes_after(a: Value, b: Value) -> bool:
    """Whether an element belongs behind another: -0 is before 0, NaN last."""
    x, y = as_bigint(a), as_bigint(b)
    if x is not None and y is not None:
        return compare_bigints(x, y) > 0
    left, right = as_number(a), as_number(b)
    if is_nan(left) or is_nan(right):
        return is_nan(left) and not is_nan(right)
    if left == 0.0 and right == 0.0:
        return bits_of_float(left) > bits_of_float(right)
    return left > right


def _sorted(view: JSTypedArray, length: int, comparison: Value) -> list[Value]:
    values = [view.element(index) for index in range(length)]
    if comparison.same(Value.UNDEFINED):
        return merge_sorted(values, _comes_after)
    return merge_sorted(values, lambda a, b: to_number(call(comparison, Value.UNDEFINED, [a, b])) > 0.0)


def _comparison(stack: VMStack, frame: int, count: int) -> Value:
    comparison = argument_at(stack, frame, count, 0)
    if not comparison.same(Value.UNDEFINED) and not is_callable(comparison):
        raise type_error("The comparison function must be either a function or undefined")
    return comparison


def _sort(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    comparison = _comparison(stack, frame, count)
    view = valid_view(stack, frame, "sort")
    values = _sorted(view, view.count(), comparison)
    for index in range(min(len(values), view.count())):
        view.store(index, values[index])
    return Value.of_object(view)


def _to_sorted(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    comparison = _comparison(stack, frame, count)
    view = valid_view(stack, frame, "toSorted")
    result = same_type(as_realm(realm), view, view.count())
    values = _sorted(view, view.count(), comparison)
    for index in range(len(values)):
        result.store(index, values[index])
    return Value.of_object(result)


# Static methods


def _this_constructor(stack: VMStack, frame: int) -> JSObject:
    constructor = as_object(this_of(stack, frame))
    if constructor is None or not constructor.can_construct():
        raise type_error(f"{to_display(this_of(stack, frame))} is not a constructor")
    return constructor


def _of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    constructor = _this_constructor(stack, frame)
    values = arguments_from(stack, frame, count, 0)
    result = create_from(constructor, [int_number(count)], count)
    for index in range(count):
        result.set_element(index, values[index])
    return Value.of_object(result)


def _from(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    constructor = _this_constructor(stack, frame)
    source, function = argument_at(stack, frame, count, 0), argument_at(stack, frame, count, 1)
    if not function.same(Value.UNDEFINED) and not is_callable(function):
        raise type_error(f"{to_display(function)} is not a function")
    where = as_realm(realm)
    method = get_by_key(where, source, key_of_symbol(ITERATOR))
    if not is_nullish(method):
        if not is_callable(method):
            raise type_error(f"{to_display(method)} is not a function")
        values = listed(source, method)
        result = create_from(constructor, [int_number(len(values))], len(values))
        for index in range(len(values)):
            result.set_element(index, _mapped(stack, frame, count, values[index], index))
        return Value.of_object(result)
    thing = to_object(where, source)
    length = length_of(thing)
    result = create_from(constructor, [int_number(length)], length)
    for index in range(length):
        result.set_element(index, _mapped(stack, frame, count, item_at(thing, index), index))
    return Value.of_object(result)


def _mapped(stack: VMStack, frame: int, count: int, value: Value, index: int) -> Value:
    function = argument_at(stack, frame, count, 1)
    if function.same(Value.UNDEFINED):
        return value
    return call(function, argument_at(stack, frame, count, 2), [value, int_number(index)])


STATIC_METHODS: Final[list[NativeRow]] = [("from", 1, _from), ("of", 0, _of)]
METHODS: Final[list[NativeRow]] = [
    ("every", 1, _every),
    ("filter", 1, _filter),
    ("find", 1, lambda r, s, f, n: _search(s, f, n, "find", False, False)),
    ("findIndex", 1, lambda r, s, f, n: _search(s, f, n, "findIndex", False, True)),
    ("findLast", 1, lambda r, s, f, n: _search(s, f, n, "findLast", True, False)),
    ("findLastIndex", 1, lambda r, s, f, n: _search(s, f, n, "findLastIndex", True, True)),
    ("forEach", 1, _for_each),
    ("map", 1, _map),
    ("reduce", 1, lambda r, s, f, n: _reduced(s, f, n, "reduce", False)),
    ("reduceRight", 1, lambda r, s, f, n: _reduced(s, f, n, "reduceRight", True)),
    ("some", 1, _some),
    ("sort", 1, _sort),
    ("toSorted", 1, _to_sorted),
]
