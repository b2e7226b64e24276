"""Builtins that several kinds of containers share: length, search, removal, emptying."""

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_ruff.builtins.arrays import pair, remove_element
from tracewright_ruff.builtins.dictionaries import lookup
from tracewright_ruff.dictionaries import W_Dict
from tracewright_ruff.equality import values_equal
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import (
    EMPTY_ITEMS,
    W_Array,
    W_Bytes,
    W_Queue,
    W_Set,
    W_Stack,
    W_String,
    as_array,
    as_dict,
    as_string,
    owned_array,
    owned_dict,
)
from tracewright_ruff.session import ARITY_METADATA, ARITY_STRICT, PAIR_ONLY, Session, W_Native

NO_LENGTH: Final = "len() requires an array, dict, bytes, set, queue, stack, or string"


def native_len(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`len(x)`"""
    value = stack[first]
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Array):
            return Value.of_int(thing.length)
        if isinstance(thing, W_String):
            return Value.of_int(thing.length)
        if isinstance(thing, W_Dict):
            return Value.of_int(thing.count)
        return Value.of_int(_other_length(thing))
    raise GuestError(NO_LENGTH)


@dont_look_inside
def _other_length(thing: object) -> int:
    if isinstance(thing, W_Set):
        return len(thing.items)
    if isinstance(thing, W_Queue):
        return len(thing.items) - thing.start
    if isinstance(thing, W_Stack):
        return len(thing.items)
    if isinstance(thing, W_Bytes):
        return len(thing.data)
    raise GuestError(NO_LENGTH)


def position_in(array: W_Array, wanted: Value) -> int:
    """The first index of an equal element, or -1."""
    for index in range(array.length):
        if values_equal(array.items[index], wanted):
            return index
    return -1


def native_contains(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`contains(x, y)`: 1 or 0 for strings, a boolean for arrays and dictionaries"""
    string = as_string(stack[first])
    part = as_string(stack[first + 1])
    if string is not None and part is not None:
        return Value.of_int(1 if part.flat() in string.flat() else 0)
    array = as_array(stack[first])
    if array is not None:
        return Value.of_bool(position_in(array, stack[first + 1]) >= 0)
    table = as_dict(stack[first])
    if table is not None and part is not None:
        return Value.of_bool(not lookup(table, stack[first + 1]).same(Value.UNDEFINED))
    if string is not None or table is not None:
        raise GuestError("contains() requires two arguments: string/array and substring/item")
    raise GuestError("contains() first argument must be a string, array, or dictionary")


def native_index_of(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`index_of(x, y)`"""
    string = as_string(stack[first])
    part = as_string(stack[first + 1])
    if string is not None and part is not None:
        return Value.of_int(string.flat().find(part.flat()))
    array = as_array(stack[first])
    if array is not None:
        return Value.of_int(position_in(array, stack[first + 1]))
    raise GuestError("index_of() requires a string or array as the first argument")


def native_remove(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`remove(a, x)`: the array without the first x of the same type; `remove(d, k)`: `[rest, removed]`"""
    wanted = stack[first + 1]
    array = as_array(stack[first])
    if array is not None:
        place = _scalar_position(array, wanted)
        changed = owned_array(stack, first, 0 if moved & PAIR_ONLY != 0 else moved, 0)
        assert changed is not None
        if place >= 0:
            remove_element(changed, place)
        return Value.of_object(changed)
    table = owned_dict(stack, first, moved, 0)
    if table is None:
        raise GuestError("remove() requires an array or dict as the first argument")
    removed = Value.UNDEFINED
    key = as_string(wanted)
    if key is not None:
        removed = table.remove_text(key.flat())
    elif wanted.is_int():
        removed = table.remove_text(str(wanted.as_int()))
    return pair(Value.of_object(table), Value.of_int(0) if removed.same(Value.UNDEFINED) else removed)


def _scalar_position(array: W_Array, wanted: Value) -> int:
    """The first index of an equal int, float, boolean or string of the same type, or -1."""
    for index in range(array.length):
        value = array.items[index]
        same_type = (
            (value.is_int() and wanted.is_int())
            or (value.is_float() and wanted.is_float())
            or (value.is_bool() and wanted.is_bool())
            or (as_string(value) is not None and as_string(wanted) is not None)
        )
        if same_type and values_equal(value, wanted):
            return index
    return -1


def native_clear(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`clear(x)`: an empty one of the same kind"""
    if as_array(stack[first]) is not None:
        return Value.of_object(W_Array(EMPTY_ITEMS, 0))
    if as_dict(stack[first]) is not None:
        return Value.of_object(W_Dict(session.dict_shape))
    raise GuestError("clear() requires an array or dict argument")


ROWS: Final[list[W_Native]] = [
    W_Native("len", 1, 1, ARITY_METADATA, native_len),
    W_Native("contains", 2, 2, ARITY_METADATA, native_contains),
    W_Native("index_of", 2, 2, ARITY_METADATA, native_index_of),
    W_Native("remove", 2, 2, ARITY_STRICT, native_remove, gives_rest=True),
    W_Native("clear", 1, 1, ARITY_STRICT, native_clear),
]
