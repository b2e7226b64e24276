"""`_struct`: values as bytes and back. A format is read once; `Struct` keeps it."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import array_of
from tracewright.core.integers import bits_of_float
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import MutableBytes, as_byte_holder, bytes_of, bytes_value, required_bytes
from tracewright_python.conversions import index_value, is_int_object, truth
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error
from tracewright_python.functions import PyBuiltin, PyGetSet
from tracewright_python.iterators import PyIterator
from tracewright_python.lists import tuple_of
from tracewright_python.memory_views import as_memory_view
from tracewright_python.modules.building import native_module, real
from tracewright_python.objects import PyObject, PyType, as_py_object, as_type, special
from tracewright_python.packed_numbers import (
    FLOATS,
    SIGNED,
    UNSIGNED,
    bytes_of_number,
    fits,
    packed_float,
    put_word,
    unpacked,
)
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_of

NATIVE_SIZES: Final[dict[str, int]] = {
    **dict.fromkeys("xcbB?sp", 1),
    **dict.fromkeys("hHe", 2),
    **dict.fromkeys("iIf", 4),
    **dict.fromkeys("lLqQnNdP", 8),
}
STANDARD_SIZES: Final[dict[str, int]] = {
    **dict.fromkeys("xcbB?sp", 1),
    **dict.fromkeys("hHe", 2),
    **dict.fromkeys("iIlLf", 4),
    **dict.fromkeys("qQd", 8),
}
LARGEST: Final = 1 << 62


@final
@immutable_fields("kind", "count", "size", "offset")
class Field:
    """`count` values (of `s` and `p`: one value of so many bytes) at an offset."""

    def __init__(self, kind: str, count: int, size: int, offset: int) -> None:
        self.kind = kind
        self.count = count
        self.size = size
        self.offset = offset


@final
class Format:
    """A format that was read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.fields: list[Field] = []
        self.size = 0
        self.values = 0
        self.is_big = False

    def read(self) -> None:
        """Find the fields. Raises `struct.error`."""
        text = self.text
        place = 0
        sizes = NATIVE_SIZES
        aligns = True
        if text != "" and text[0] in "@=<>!":
            place = 1
            aligns = text[0] == "@"
            sizes = NATIVE_SIZES if aligns else STANDARD_SIZES
            self.is_big = text[0] in ">!"
        while place < len(text):
            if text[place].isspace():
                place += 1
                continue
            start = place
            while place < len(text) and "0" <= text[place] <= "9":
                place += 1
            count = 1
            if place > start:
                if place - start > 18:
                    raise struct_error("overflow in item count")
                count = int(text[start:place])
                if place == len(text):
                    raise struct_error("repeat count given without format specifier")
            kind = text[place]
            place += 1
            size = sizes.get(kind, 0)
            if size == 0:
                raise struct_error("bad char in struct format")
            self.add(kind, count, size, aligns)

    def add(self, kind: str, count: int, size: int, aligns: bool) -> None:
        """One more field."""
        if aligns and size > 1:
            self.size = (self.size + size - 1) // size * size
        if count > (LARGEST - self.size) // size:
            raise struct_error("total struct size too long")
        if kind != "x":
            self.fields.append(Field(kind, count, size, self.size))
            self.values += 1 if kind in "sp" else count
        self.size += count * size


def struct_error(message: str) -> Raised:
    """What is wrong with a format or a value."""
    return error(types.STRUCT_ERROR, message)


@final
@immutable_fields("format")
class PyStruct(PyObject):
    """`struct.Struct(format)`"""

    def __init__(self, format: Format) -> None:
        self.format = format

    def type_of(self) -> PyType:
        return types.STRUCT


@dont_look_inside
def format_of(session: Session, value: Value) -> Format:
    """The format that a text or a Struct gives; those of texts are kept. Raises `struct.error`, TypeError."""
    thing = as_py_object(value)
    if isinstance(thing, PyStruct):
        return thing.format
    text = as_str(value)
    data = bytes_of(value) if text is None else None
    if text is None and data is None:
        raise error(types.TYPE_ERROR, f"Struct() argument 1 must be a str or bytes object, not {type_of(value).name}")
    written = text.text() if text is not None else "" if data is None else data.decode("latin-1")
    known = as_py_object(session.struct_formats.get(written, NONE))
    if isinstance(known, PyStruct):
        return known.format
    if not written.isascii():
        raise error(types.UNICODE_ENCODE_ERROR, "'ascii' codec can't encode the format")
    result = Format(written)
    result.read()
    if len(session.struct_formats) > 100:
        session.struct_formats.clear()
    session.struct_formats[written] = Value.of_object(PyStruct(result))
    return result


# --- packing ---


@dont_look_inside
def packed(session: Session, format: Format, stack: VMStack, first: int, count: int, name: str) -> bytes:
    """The bytes of values. Raises `struct.error`."""
    if count != format.values:
        raise struct_error(f"{name} expected {format.values} items for packing (got {count})")
    result = bytearray(format.size)
    index = 0
    for field in format.fields:
        if field.kind in "sp":
            put_text(result, field, stack[first + index])
            index += 1
            continue
        is_signed = field.kind in SIGNED
        is_int = is_signed or field.kind in UNSIGNED
        for turn in range(field.count):
            value = stack[first + index]
            start = field.offset + turn * field.size
            if is_int and value.is_int() and fits(value.as_int(), field.size, is_signed):
                put_word(result, start, value.as_int(), field.size, format.is_big)
                index += 1
                continue
            if field.kind == "d" and value.is_float():
                put_word(result, start, bits_of_float(value.as_float()), 8, format.is_big)
                index += 1
                continue
            data = packed_value(session, format, field, stack[first + index])
            place = field.offset + turn * field.size
            for k in range(field.size):
                result[place + k] = data[k]
            index += 1
    return bytes(result)


def put_text(result: bytearray, field: Field, value: Value) -> None:
    """Bytes in a field of fixed length."""
    data = bytes_of(value)
    if data is None or as_memory_view(value) is not None:
        raise struct_error(f"argument for '{field.kind}' must be a bytes object")
    start = field.offset
    room = field.count
    if field.kind == "p":
        if room == 0:
            return
        room -= 1
        result[start] = min(len(data), room, 255)
        start += 1
    for k in range(min(len(data), room)):
        result[start + k] = data[k]


def packed_value(session: Session, format: Format, field: Field, value: Value) -> bytes:
    """The bytes of one value."""
    kind = field.kind
    if kind == "c":
        data = bytes_of(value)
        if data is None or len(data) != 1:
            raise struct_error("char format requires a bytes object of length 1")
        return data
    if kind == "?":
        return b"\x01" if truth(session, value) else b"\x00"
    if kind in FLOATS:
        try:
            number = real(session, value)
        except Raised as raised:
            exception = as_exception(raised.value)
            if exception is not None and exception.type_of().derives_from(types.TYPE_ERROR):
                raise struct_error("required argument is not a float")
            raise
        return packed_float(kind, number, format.is_big)
    if not is_int_object(value) and special(type_of(value), Special.INDEX).same(Value.UNDEFINED):
        raise struct_error("required argument is not an integer")
    try:
        return bytes_of_number(index_value(session, value), field.size, format.is_big, kind in SIGNED)
    except OverflowError:
        raise out_of_range(kind, field.size)


def out_of_range(kind: str, size: int) -> Raised:
    """A number does not fit its field."""
    if size == 8 and kind in "qQlLnNP":
        return struct_error("int too large to convert" if kind in "qQ" else "argument out of range")
    bits = 8 * size
    if kind in SIGNED:
        low, high = -(1 << (bits - 1)), (1 << (bits - 1)) - 1
    else:
        low, high = 0, (1 << bits) - 1
    if size == 1:
        word = "byte" if kind == "b" else "ubyte"
        return struct_error(f"{word} format requires {low} <= number <= {high}")
    if size == 2:
        word = "short" if kind == "h" else "ushort"
        return struct_error(f"{word} format requires {low} <= number <= {high}")
    return struct_error(f"'{kind}' format requires {low} <= number <= {high}")


@dont_look_inside
def unpacked_values(format: Format, data: bytes, start: int) -> Value:
    """The tuple of all values."""
    result: list[Value] = []
    for field in format.fields:
        place = start + field.offset
        if field.kind == "s":
            result.append(bytes_value(data[place : place + field.count]))
        elif field.kind == "p":
            length = min(data[place], field.count - 1) if field.count > 0 else 0
            result.append(bytes_value(data[place + 1 : place + 1 + length]))
        else:
            for _ in range(field.count):
                result.append(unpacked(field.kind, data, place, field.size, format.is_big))
                place += field.size
    return tuple_of(result)


# --- the functions; methods of Struct are the same with the Struct in front ---


def new_struct(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`Struct(format)`"""
    assert as_type(stack[first]) is not None
    return Value.of_object(PyStruct(format_of(session, stack[first + 1])))


def size_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(format_of(session, stack[first]).size)


def pack(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`pack(format, *values)`"""
    return bytes_value(packed(session, format_of(session, stack[first]), stack, first + 1, count - 1, "pack"))


def offset_in(session: Session, value: Value, size: int, length: int, verb: str) -> int:
    """A place in a buffer that has room for a format. Raises `struct.error`."""
    given = index_value(session, value) if not value.same(Value.UNDEFINED) else Value.of_int(0)
    offset = given.as_int() if given.is_int() else LARGEST
    if offset < 0:
        if offset + size > 0:
            preposition = "no space to pack" if verb == "pack_into" else "not enough data to unpack"
            raise struct_error(f"{preposition} {size} bytes at offset {offset}")
        if offset + length < 0:
            raise struct_error(f"offset {offset} out of range for {length}-byte buffer")
        offset += length
    if length - offset < size:
        word = "packing" if verb == "pack_into" else "unpacking"
        raise struct_error(
            f"{verb} requires a buffer of at least {size + offset} bytes for {word} {size} bytes at offset {offset} (actual buffer size is {length})"
        )
    return offset


@dont_look_inside
def pack_into(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`pack_into(format, buffer, offset, *values)`"""
    format = format_of(session, stack[first])
    if count < 3:
        raise struct_error("pack_into expected buffer argument" if count < 2 else "pack_into expected offset argument")
    holder = as_byte_holder(stack[first + 1])
    view = as_memory_view(stack[first + 1])
    target = view.source if view is not None and not view.is_read_only else holder
    if not isinstance(target, MutableBytes):
        raise error(
            types.TYPE_ERROR, f"argument must be read-write bytes-like object, not {type_of(stack[first + 1]).name}"
        )
    length = len(target.data) if view is None else view.count * view.item_size
    start = offset_in(session, stack[first + 2], format.size, length, "pack_into")
    data = packed(session, format, stack, first + 3, count - 3, "pack_into")
    base = start + (0 if view is None else view.start)
    for k in range(len(data)):
        target.data[base + k] = data[k]
    return NONE


def unpack(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`unpack(format, data)`"""
    format = format_of(session, stack[first])
    data = required_bytes(stack[first + 1])
    if len(data) != format.size:
        raise struct_error(f"unpack requires a buffer of {format.size} bytes")
    return unpacked_values(format, data, 0)


def unpack_from(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`unpack_from(format, data, offset=0)`"""
    format = format_of(session, stack[first])
    data = required_bytes(stack[first + 1])
    return unpacked_values(format, data, offset_in(session, stack[first + 2], format.size, len(data), "unpack_from"))


@final
class UnpackIterator(PyIterator):
    """`iter_unpack(format, data)`"""

    def __init__(self, format: Format, data: bytes) -> None:
        self.format = format
        self.data = data
        self.place = 0

    def type_of(self) -> PyType:
        return types.UNPACK_ITERATOR

    def step(self, session: Session) -> Value:
        if self.place >= len(self.data):
            return Value.UNDEFINED
        self.place += self.format.size
        return unpacked_values(self.format, self.data, self.place - self.format.size)


def iterate(session: Session, stack: VMStack, first: int, count: int) -> Value:
    format = format_of(session, stack[first])
    data = required_bytes(stack[first + 1])
    if format.size == 0:
        raise struct_error("cannot iteratively unpack with a struct of length 0")
    if len(data) % format.size != 0:
        raise struct_error(f"iterative unpacking requires a buffer of a multiple of {format.size} bytes")
    return Value.of_object(UnpackIterator(format, data))


def clear_cache(session: Session, stack: VMStack, first: int, count: int) -> Value:
    session.struct_formats.clear()
    return NONE


def get_format(session: Session, value: Value) -> Value:
    return text_value(format_of(session, value).text)


def get_size(session: Session, value: Value) -> Value:
    return Value.of_int(format_of(session, value).size)


KIND: Final = types.STRUCT
METHODS: Final[list[PyBuiltin]] = [
    PyBuiltin("pack", pack, 1, -1, KIND),
    PyBuiltin("pack_into", pack_into, 1, -1, KIND),
    PyBuiltin("unpack", unpack, 2, 2, KIND),
    PyBuiltin("unpack_from", unpack_from, 2, 3, KIND, array_of(["buffer", "offset"])),
    PyBuiltin("iter_unpack", iterate, 2, 2, KIND),
]
ATTRIBUTES: Final[list[PyGetSet]] = [
    PyGetSet("format", KIND, get_format, None),
    PyGetSet("size", KIND, get_size, None),
]
CONSTRUCTOR: Final = PyBuiltin("__new__", new_struct, 2, 2, None, array_of(["format"]))
FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("calcsize", size_of, 1, 1),
    PyBuiltin("pack", pack, 1, -1),
    PyBuiltin("pack_into", pack_into, 1, -1),
    PyBuiltin("unpack", unpack, 2, 2),
    PyBuiltin("unpack_from", unpack_from, 2, 3, None, array_of(["buffer", "offset"])),
    PyBuiltin("iter_unpack", iterate, 2, 2),
    PyBuiltin("_clearcache", clear_cache, 0, 0),
]


def make_struct(session: Session) -> Value:
    """The module."""
    namespace = native_module(session, "_struct", FUNCTIONS)
    namespace.set_named("Struct", Value.of_object(types.STRUCT))
    namespace.set_named("error", Value.of_object(types.STRUCT_ERROR))
    return session.modules.get_named("_struct")
