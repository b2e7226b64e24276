"""Values from one side to the other.

None, bool, int, float, complex, str, bytes, Ellipsis      by value
tuple, list, dict, set, frozenset, slice, range            copied, with what is in them
bytearray, memoryview, array of the guest                  copied, as bytes
built-in classes (dtype=float)                             the class of the same name
any other object                                           a proxy that leads to it; on the way back, the object itself

Objects of classes that derive from these (`numpy.float64`, say) are proxies too, so that they stay what they are.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL, bytes_at
from tracewright.core.value import Value
from tracewright.lib.big_integers_text import from_text, to_text
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import PyBigInt, int_value
from tracewright_python.byte_objects import ByteHolder, bytes_value
from tracewright_python.codecs_text import decoded, encoded
from tracewright_python.complex_numbers import PyComplex
from tracewright_python.cpython import library
from tracewright_python.cpython.bridge import Bridge, PyForeign, host_type, member
from tracewright_python.dictionaries import PyDict
from tracewright_python.exceptions import error, value_error
from tracewright_python.iterators import PyRange
from tracewright_python.lists import PyList, PyTuple, list_of, tuple_of
from tracewright_python.objects import PyType
from tracewright_python.sets import PyFrozenSet, PySet
from tracewright_python.subscripts import PySlice
from tracewright_python.texts import PyStr, text_value
from tracewright_python.values import ELLIPSIS, NONE, NOT_IMPLEMENTED, type_of

DEEPEST: Final = 500  # containers inside each other; deeper ones contain themselves, as a rule


# --- from the guest to CPython ---------------------------------------------------------------------------------------
def to_host(bridge: Bridge, value: Value, depth: int = 0) -> int:
    """A new reference to CPython's object for a guest value. Raises ValueError, MemoryError of the guest."""
    if value.is_int():
        return made(library.new_int(value.as_int()))
    if value.is_float():
        return made(library.new_float(value.as_float()))
    if not value.is_object():
        host = bridge.host
        return taken(host.none if value.same(NONE) else host.true if value.same(Value.TRUE) else host.false)
    thing = value.as_object()
    if isinstance(thing, PyForeign):
        return taken(thing.address)
    if value.same(ELLIPSIS):
        return taken(bridge.host.ellipsis)
    if value.same(NOT_IMPLEMENTED):
        return taken(bridge.host.not_implemented)
    if isinstance(thing, PyType):
        return _class_to_host(bridge, value, thing)
    if not type_of(value).is_builtin:
        return _proxy(bridge, value)
    if isinstance(thing, PyStr):
        return text_to_host(bridge, thing.text())
    if isinstance(thing, PyBigInt):
        return made(library.int_from_text(to_text(thing.number, 16).encode(), NULL, 16))
    if isinstance(thing, ByteHolder):
        data = thing.contents()
        return made(library.new_bytes(data, len(data)))
    if isinstance(thing, PyComplex):
        return made(library.new_complex(thing.real, thing.imaginary))
    if depth >= DEEPEST:
        raise value_error("too deeply nested to be given to CPython")
    if isinstance(thing, PyTuple):
        return _tuple_to_host(bridge, [thing.items[k] for k in range(len(thing.items))], depth)
    if isinstance(thing, PyList):
        return _list_to_host(bridge, thing.values(), depth)
    if isinstance(thing, PyDict):
        return _dict_to_host(bridge, thing, depth)
    if isinstance(thing, PySet):
        kind = bridge.host.frozenset if isinstance(thing, PyFrozenSet) else bridge.host.set
        return _call_with(bridge, kind, [list_of(thing.members())], depth)
    if isinstance(thing, PyRange):
        numbers = [Value.of_int(thing.start), Value.of_int(thing.stop), Value.of_int(thing.stride)]
        kind = member(bridge.builtins, "range")
        try:
            return _call_with(bridge, kind, numbers, depth)
        finally:
            library.give_reference(kind)
    if isinstance(thing, PySlice):
        return _slice_to_host(bridge, thing, depth)
    return _proxy(bridge, value)


def _proxy(bridge: Bridge, value: Value) -> int:
    """A GuestObject."""
    return _call_with(bridge, bridge.guest_object, [Value.of_int(bridge.remember(value))], 0)


def _class_to_host(bridge: Bridge, value: Value, kind: PyType) -> int:
    if kind.is_builtin:
        found = member(bridge.builtins, kind.name)
        if found != NULL:
            return found
        library.clear_error()
    return _proxy(bridge, value)


def text_to_host(bridge: Bridge, text: str) -> int:
    """A str of CPython, lone surrogates included."""
    data = encoded(bridge.session, text_value(text), "utf-8", "surrogatepass")
    return made(library.new_text(data, len(data), b"surrogatepass"))


def _tuple_to_host(bridge: Bridge, items: list[Value], depth: int) -> int:
    result = made(library.new_tuple(len(items)))
    for index in range(len(items)):
        library.set_tuple_item(result, index, to_host(bridge, items[index], depth + 1))
    return result


def _list_to_host(bridge: Bridge, items: list[Value], depth: int) -> int:
    result = made(library.new_list(len(items)))
    for index in range(len(items)):
        library.set_list_item(result, index, to_host(bridge, items[index], depth + 1))
    return result


def _dict_to_host(bridge: Bridge, source: PyDict, depth: int) -> int:
    result = made(library.new_dict())
    place = source.next_place(0)
    while place >= 0:
        key = to_host(bridge, source.keys[place], depth + 1)
        item = to_host(bridge, source.values[place], depth + 1)
        library.set_dict_item(result, key, item)
        library.give_reference(key)
        library.give_reference(item)
        place = source.next_place(place + 1)
    return result


def _slice_to_host(bridge: Bridge, source: PySlice, depth: int) -> int:
    start = to_host(bridge, source.start, depth + 1)
    stop = to_host(bridge, source.stop, depth + 1)
    stride = to_host(bridge, source.stride, depth + 1)
    result = made(library.new_slice(start, stop, stride))
    library.give_reference(start)
    library.give_reference(stop)
    library.give_reference(stride)
    return result


def _call_with(bridge: Bridge, function: int, arguments: list[Value], depth: int) -> int:
    """What CPython's function gives; used where it does not raise for any argument but for want of memory."""
    passed = _tuple_to_host(bridge, arguments, depth)
    result = library.call_object(function, passed, NULL)
    library.give_reference(passed)
    return made(result)


# --- from CPython to the guest ---------------------------------------------------------------------------------------
def from_host(bridge: Bridge, thing: int, depth: int = 0) -> Value:
    """The guest value for an object of CPython, to which the caller keeps its reference."""
    host = bridge.host
    if thing == host.none:
        return NONE
    if thing == host.true:
        return Value.TRUE
    if thing == host.false:
        return Value.FALSE
    kind = host_type(thing)
    if kind == host.int:
        return _int_from_host(bridge, thing)
    if kind == host.float:
        return Value.of_float(library.float_number(thing))
    if kind == host.str:
        return text_value(text_from_host(bridge, thing))
    if kind == host.bytes:
        return bytes_value(bytes_at(library.bytes_address(thing), library.bytes_size(thing)))
    if kind == host.complex:
        return Value.of_object(PyComplex(library.real_part(thing), library.imaginary_part(thing)))
    if thing == host.ellipsis:
        return ELLIPSIS
    if thing == host.not_implemented:
        return NOT_IMPLEMENTED
    if kind == bridge.guest_object:
        return _guest_thing(bridge, thing)
    if depth < DEEPEST:
        if kind == host.tuple:
            count = library.tuple_size(thing)
            return tuple_of([from_host(bridge, library.tuple_item(thing, k), depth + 1) for k in range(count)])
        if kind == host.list:
            return list_of(_items_from_host(bridge, thing, depth))
        if kind == host.dict:
            return _dict_from_host(bridge, thing, depth)
        if kind == host.set or kind == host.frozenset:
            return _set_from_host(bridge, thing, PySet() if kind == host.set else PyFrozenSet(), depth)
    library.take_reference(thing)
    return bridge.new_foreign(thing)


def _guest_thing(bridge: Bridge, thing: int) -> Value:
    """What a GuestObject stands for."""
    number = member(thing, "_number")
    value = bridge.things[_int_from_host(bridge, number).as_int()]
    library.give_reference(number)
    return value


def _int_from_host(bridge: Bridge, thing: int) -> Value:
    overflow = Array(1, 0)
    word = library.int_word(thing, overflow)
    if overflow[0] & 0xFFFFFFFF == 0:
        return Value.of_int(word)
    text = made(library.int_text(thing, 16))
    digits = text_from_host(bridge, text).replace("0x", "")
    library.give_reference(text)
    return int_value(from_text(digits, 16))


def text_from_host(bridge: Bridge, thing: int) -> str:
    """The text of a str of CPython."""
    encoded = library.encoded_text(thing, b"utf-8", b"surrogatepass")
    data = bytes_at(library.bytes_address(encoded), library.bytes_size(encoded))
    library.give_reference(encoded)
    return decoded(bridge.session, data, "utf-8", "surrogatepass")


def _items_from_host(bridge: Bridge, thing: int, depth: int) -> list[Value]:
    return [from_host(bridge, library.list_item(thing, k), depth + 1) for k in range(library.list_size(thing))]


def _dict_from_host(bridge: Bridge, thing: int, depth: int) -> Value:
    pairs = made(library.dict_items(thing))
    result = PyDict()
    for index in range(library.list_size(pairs)):
        pair = library.list_item(pairs, index)
        key = from_host(bridge, library.tuple_item(pair, 0), depth + 1)
        result.set(bridge.session, key, from_host(bridge, library.tuple_item(pair, 1), depth + 1))
    library.give_reference(pairs)
    return Value.of_object(result)


def _set_from_host(bridge: Bridge, thing: int, result: PySet, depth: int) -> Value:
    members = made(library.list_from(thing))
    for item in _items_from_host(bridge, members, depth):
        result.add(bridge.session, item)
    library.give_reference(members)
    return Value.of_object(result)


# --- references ---
def made(thing: int) -> int:
    """A new object of CPython, which makes all that is asked for here unless its memory is exhausted."""
    if thing == NULL:
        library.clear_error()
        raise error(types.MEMORY_ERROR, "CPython has no memory left")
    return thing


def taken(thing: int) -> int:
    """One more reference."""
    library.take_reference(thing)
    return thing
