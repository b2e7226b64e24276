"""Dictionaries. Most of these forgive a first argument that is no dictionary, as Ruff does."""

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import dict_at
from tracewright_ruff.builtins.arrays import pair
from tracewright_ruff.dictionaries import W_Dict
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import (
    array_from_list,
    as_dict,
    as_string,
    given,
    owned_dict,
    share,
    text_value,
    texts_array,
)
from tracewright_ruff.session import ARITY_ANY, Session, W_Native


def lookup(table: W_Dict, key: Value) -> Value:
    """What the dictionary holds under a string or int key; UNDEFINED where that is nothing, and for other keys."""
    if key.is_int():
        return table.get_int(key.as_int())
    string = as_string(key)
    return Value.UNDEFINED if string is None else table.get_text(string.flat())


def _require(count: int, needed: int, name: str) -> None:
    if count < needed:
        raise GuestError(f"{name}() expects {needed} argument{'' if needed == 1 else 's'}")


def native_keys(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`keys(d)`, sorted"""
    _require(count, 1, "keys")
    table = as_dict(stack[first])
    if table is None:
        return array_from_list([])
    return texts_array(table.sorted_keys())


def native_values(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`values(d)`, in the order of the keys"""
    _require(count, 1, "values")
    table = as_dict(stack[first])
    if table is None:
        return array_from_list([])
    return array_from_list([share(table.get_text(key)) for key in table.sorted_keys()])


def native_items(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`items(d)`: `[key, value]` for each, in the order of the keys"""
    _require(count, 1, "items")
    table = as_dict(stack[first])
    if table is None:
        return array_from_list([])
    return array_from_list([pair(text_value(key), share(table.get_text(key))) for key in table.sorted_keys()])


def native_has_key(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`has_key(d, k)`: 1 or 0"""
    _require(count, 2, "has_key")
    table = as_dict(stack[first])
    found = table is not None and not lookup(table, stack[first + 1]).same(Value.UNDEFINED)
    return Value.of_int(1 if found else 0)


def native_get(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`get(d, k)`, `get(d, k, default)`"""
    _require(count, 2, "get")
    table = as_dict(stack[first])
    if table is None:
        return Value.NULL
    found = lookup(table, stack[first + 1])
    if not found.same(Value.UNDEFINED):
        return share(found)
    return given(stack, first, moved, 2) if count > 2 else Value.NULL


def native_get_default(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`get_default(d, k, default)`"""
    _require(count, 3, "get_default")
    table = dict_at(stack, first, "get_default() requires a dict argument")
    found = lookup(table, stack[first + 1])
    return given(stack, first, moved, 2) if found.same(Value.UNDEFINED) else share(found)


def native_merge(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`merge(a, b)`: the second wins"""
    _require(count, 2, "merge")
    other = as_dict(stack[first + 1])
    if as_dict(stack[first]) is None or other is None:
        return Value.of_object(W_Dict(session.dict_shape))
    names = other.keys()  # before the first is changed, which may be the same one
    values = [share(other.get_text(name)) for name in names]
    table = owned_dict(stack, first, moved, 0)
    assert table is not None
    for index in range(len(names)):
        table.set_text(names[index], values[index])
    return Value.of_object(table)


def native_invert(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`invert(d)`: values that are scalars become keys, the others are left out"""
    _require(count, 1, "invert")
    table = dict_at(stack, first, "invert() requires a dict argument")
    result = W_Dict(session.dict_shape)
    for key in table.sorted_keys():
        value = table.get_text(key)
        if value.is_int() or value.is_float() or value.is_bool() or as_string(value) is not None:
            result.set_text(display_text(value), text_value(key))
    return Value.of_object(result)


ROWS: Final[list[W_Native]] = [
    W_Native("keys", 1, 1, ARITY_ANY, native_keys),
    W_Native("values", 1, 1, ARITY_ANY, native_values),
    W_Native("items", 1, 1, ARITY_ANY, native_items),
    W_Native("has_key", 2, 2, ARITY_ANY, native_has_key),
    W_Native("get", 2, 3, ARITY_ANY, native_get),
    W_Native("get_default", 3, 3, ARITY_ANY, native_get_default),
    W_Native("merge", 2, 2, ARITY_ANY, native_merge),
    W_Native("update", 2, 2, ARITY_ANY, native_merge),
    W_Native("invert", 1, 1, ARITY_ANY, native_invert),
]
