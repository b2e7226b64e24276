"""What operators do with `bytes` and `bytearray`, and what makes them."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import array_of
from tracewright.core.generic import hash_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.builtins.bytearray_methods import bytes_from_values, the_array
from tracewright_python.builtins.bytes_arguments import like, own_bytes, searched_bytes
from tracewright_python.builtins.bytes_methods import from_hex_text
from tracewright_python.byte_objects import (
    ByteArrayIterator,
    BytesIterator,
    InstanceOfByteArray,
    InstanceOfBytes,
    PyByteArray,
    as_byte_array,
    as_bytes,
    bytes_of,
    bytes_value,
)
from tracewright_python.calls import call
from tracewright_python.codecs_text import encoded
from tracewright_python.conversions import index_value, is_int_object, required_text
from tracewright_python.exceptions import error, type_error, value_error
from tracewright_python.functions import Native, PyBuiltin, PyClassMethod
from tracewright_python.lists import LONGEST, tuple_of
from tracewright_python.objects import OBJECT, PyType, as_type, new_instance, special
from tracewright_python.percent import percent_text
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.subscripts import as_slice, place_in, stretch_of
from tracewright_python.syntax import Comparison
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_name, type_of


def length_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    plain = as_bytes(stack[first])
    return Value.of_int(len(plain.data) if plain is not None else len(the_array(stack[first]).data))


def iterate(session: Session, stack: VMStack, first: int, count: int) -> Value:
    changing = as_byte_array(stack[first])
    if changing is not None:
        return Value.of_object(ByteArrayIterator(changing))
    return Value.of_object(BytesIterator(own_bytes(stack[first])))


@dont_look_inside
def contains(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if bytes_of(stack[first + 1]) is None and not is_int_object(stack[first + 1]):
        if special(type_of(stack[first + 1]), Special.INDEX).same(Value.UNDEFINED):
            raise type_error(f"a bytes-like object is required, not '{type_name(stack[first + 1])}'")
    return Value.of_bool(searched_bytes(session, stack[first + 1]) in own_bytes(stack[first]))


def get_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data[key]`"""
    receiver, key = stack[first], stack[first + 1]
    part = as_slice(key)
    changing = as_byte_array(receiver)
    if part is None and changing is not None:
        place = place_in(session, "bytearray", key, len(changing.data), "bytearray index out of range")
        return Value.of_int(changing.data[place])
    if part is not None and changing is not None:
        stretch = stretch_of(session, part, len(changing.data))
        if stretch.stride == 1:
            return like(receiver, bytes(changing.data[stretch.start : stretch.start + stretch.count]))
    data = own_bytes(receiver)
    if part is None:
        return Value.of_int(data[place_in(session, "byte", key, len(data), "index out of range")])
    stretch = stretch_of(session, part, len(data))
    if stretch.stride == 1:
        return like(receiver, data[stretch.start : stretch.start + stretch.count])
    result = bytearray()
    place = stretch.start
    for _ in range(stretch.count):
        result.append(data[place])
        place += stretch.stride
    return like(receiver, bytes(result))


@dont_look_inside
def add(session: Session, stack: VMStack, first: int, count: int) -> Value:
    other = bytes_of(stack[first + 1])
    if other is None:
        raise type_error(f"can't concat {type_name(stack[first + 1])} to {type_name(stack[first])}")
    return like(stack[first], own_bytes(stack[first]) + other)


@dont_look_inside
def multiply(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if not is_int_object(stack[first + 1]) and special(type_of(stack[first + 1]), Special.INDEX).same(Value.UNDEFINED):
        raise type_error(f"can't multiply sequence by non-int of type '{type_name(stack[first + 1])}'")
    times = index_value(session, stack[first + 1])
    if not times.is_int():
        raise error(types.OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer")
    data = own_bytes(stack[first])
    if times.as_int() > 0 and len(data) > LONGEST // times.as_int():
        raise MemoryError
    return like(stack[first], data * max(times.as_int(), 0))


def modulo(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`template % values`"""
    text = percent_text(session, own_bytes(stack[first]).decode("latin-1"), stack[first + 1], True)
    result = bytearray()
    for character in text:
        result.append(ord(character))
    return like(stack[first], bytes(result))


def reflected_modulo(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return NOT_IMPLEMENTED


def comparison(operator: int) -> Native:
    """One of the six comparisons."""

    def compared(session: Session, stack: VMStack, first: int, count: int) -> Value:
        other = bytes_of(stack[first + 1])
        if other is None:
            return NOT_IMPLEMENTED
        own = own_bytes(stack[first])
        match operator:
            case Comparison.EQUAL:
                return Value.of_bool(own == other)
            case Comparison.NOT_EQUAL:
                return Value.of_bool(own != other)
            case Comparison.LESS:
                return Value.of_bool(own < other)
            case Comparison.LESS_EQUAL:
                return Value.of_bool(not other < own)
            case Comparison.GREATER:
                return Value.of_bool(other < own)
            case _:
                return Value.of_bool(not own < other)

    return compared


def hash_bytes(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(hash_of(own_bytes(stack[first])))


def show(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = repr(own_bytes(stack[first]))
    if as_byte_array(stack[first]) is not None:
        return text_value(f"{type_name(stack[first])}({text})")
    return text_value(text)


def to_bytes(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data.__bytes__()`"""
    return bytes_value(own_bytes(stack[first]))


def arguments_for_new(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`bytes.__getnewargs__`"""
    return tuple_of([bytes_value(own_bytes(stack[first]))])


# --- construction ---


@dont_look_inside
def made_bytes(session: Session, name: str, source: Value, encoding: Value, errors: Value) -> bytes:
    """What `bytes(source, encoding, errors)` holds. Raises TypeError, ValueError."""
    text = as_str(source) if not source.same(Value.UNDEFINED) else None
    if not encoding.same(Value.UNDEFINED) or not errors.same(Value.UNDEFINED):
        if text is None:
            what = "encoding" if not encoding.same(Value.UNDEFINED) else "errors"
            raise type_error(f"{what} without a string argument")
        wanted, handler = "utf-8", "strict"
        if not encoding.same(Value.UNDEFINED):
            wanted = required_text(encoding, f"{name}() argument 'encoding'")
        if not errors.same(Value.UNDEFINED):
            handler = required_text(errors, f"{name}() argument 'errors'")
        return encoded(session, source, wanted, handler)
    if source.same(Value.UNDEFINED):
        return b""
    if text is not None:
        raise type_error("string argument without an encoding")
    method = special(type_of(source), Special.BYTES) if name == "bytes" else Value.UNDEFINED
    if not method.same(Value.UNDEFINED) and not (as_bytes(source) is not None and type_of(source).is_builtin):
        result = as_bytes(call(session, method, [source]))
        if result is None:
            raise type_error("__bytes__ returned non-bytes")
        return result.data
    data = bytes_of(source)
    if data is not None:
        return data
    if is_int_object(source) or not special(type_of(source), Special.INDEX).same(Value.UNDEFINED):
        size = index_value(session, source)
        if not size.is_int():
            raise error(types.OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer")
        if size.as_int() < 0:
            raise value_error("negative count")
        if size.as_int() > LONGEST:
            raise MemoryError
        return bytes(size.as_int())
    kind = type_of(source)
    if special(kind, Special.ITER).same(Value.UNDEFINED) and special(kind, Special.GETITEM).same(Value.UNDEFINED):
        raise type_error(f"cannot convert '{kind.name}' object to {name}")
    return bytes_from_values(session, source, "bytes" if name == "bytes" else "byte")


def class_argument(value: Value, base: PyType) -> PyType:
    """The class that `__new__` is called with. Raises TypeError."""
    kind = as_type(value)
    if kind is None:
        raise type_error(f"{base.name}.__new__(X): X is not a type object ({type_name(value)})")
    if not kind.derives_from(base):
        raise type_error(f"{base.name}.__new__({kind.name}): {kind.name} is not a subtype of {base.name}")
    return kind


def new_bytes(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`bytes(source, encoding, errors)`"""
    kind = class_argument(stack[first], types.BYTES)
    source = stack[first + 1]
    if kind.is_builtin and not source.same(Value.UNDEFINED) and stack[first + 2].same(Value.UNDEFINED):
        if as_bytes(source) is not None and type_of(source).is_builtin and stack[first + 3].same(Value.UNDEFINED):
            return source
    data = made_bytes(session, "bytes", source, stack[first + 2], stack[first + 3])
    return bytes_value(data) if kind.is_builtin else Value.of_object(InstanceOfBytes(data, new_instance(kind)))


def new_byte_array(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`bytearray(source, encoding, errors)`; of a derived class its `__init__` fills it."""
    kind = class_argument(stack[first], types.BYTEARRAY)
    if not kind.is_builtin:
        return Value.of_object(InstanceOfByteArray(bytearray(), new_instance(kind)))
    data = made_bytes(session, "bytearray", stack[first + 1], stack[first + 2], stack[first + 3])
    return Value.of_object(PyByteArray(bytearray(data)))


def init_byte_array(session: Session, stack: VMStack, first: int, count: int) -> Value:
    target = the_array(stack[first])
    data = made_bytes(session, "bytearray", stack[first + 1], stack[first + 2], stack[first + 3])
    target.check_resizable()
    target.data = bytearray(data)
    return NONE


def from_hex(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`bytes.fromhex(text)`"""
    data = from_hex_text(required_text(stack[first + 1], "fromhex() argument"))
    kind = class_argument(stack[first], OBJECT)
    if kind is types.BYTES:
        return bytes_value(data)
    made = bytes_value(data)
    return call(session, stack[first], [made])


OPERATORS: Final[list[tuple[str, Native, int]]] = [
    ("__len__", length_of, 1),
    ("__iter__", iterate, 1),
    ("__contains__", contains, 2),
    ("__getitem__", get_item, 2),
    ("__add__", add, 2),
    ("__mul__", multiply, 2),
    ("__rmul__", multiply, 2),
    ("__mod__", modulo, 2),
    ("__rmod__", reflected_modulo, 2),
    *[
        (name, comparison(number), 2)
        for number, name in enumerate(("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"))
    ],
    ("__repr__", show, 1),
    ("__str__", show, 1),
]
METHODS: Final[list[PyBuiltin]] = [
    *[
        PyBuiltin(name, function, arguments, arguments, kind)
        for kind in (types.BYTES, types.BYTEARRAY)
        for name, function, arguments in OPERATORS
    ],
    PyBuiltin("__hash__", hash_bytes, 1, 1, types.BYTES),
    PyBuiltin("__bytes__", to_bytes, 1, 1, types.BYTES),
    PyBuiltin("__getnewargs__", arguments_for_new, 1, 1, types.BYTES),
]
NAMES = ["source", "encoding", "errors"]
CONSTRUCTORS: Final[list[tuple[PyType, PyBuiltin]]] = [
    (types.BYTES, PyBuiltin("__new__", new_bytes, 1, 4, None, array_of(NAMES))),
    (types.BYTEARRAY, PyBuiltin("__new__", new_byte_array, 1, 4, None, array_of(NAMES), takes_any=True)),
    (types.BYTEARRAY, PyBuiltin("__init__", init_byte_array, 1, 4, types.BYTEARRAY, array_of(NAMES))),
]
FROM_HEX: Final = PyClassMethod(Value.of_object(PyBuiltin("fromhex", from_hex, 2, 2)))
