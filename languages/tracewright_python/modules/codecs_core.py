"""`_codecs_core`: decoding piece by piece, and what is done about errors, for `_codecs` and `_io`."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import as_bytes, bytes_value, required_bytes
from tracewright_python.codecs_text import SHOWN_NAMES, Encoding, decoded_part, encoding_number, written_out
from tracewright_python.conversions import required_text, truth
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error, type_error, value_error
from tracewright_python.functions import Native, PyBuiltin
from tracewright_python.lists import pair, tuple_of
from tracewright_python.modules.building import native_module
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.string_escapes import EscapeFault, unescaped_bytes
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_name, type_of


def is_built_in(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """Whether an encoding needs no module of the library."""
    return Value.of_bool(encoding_number(required_text(stack[first], "encoding")) != Encoding.OTHER)


@dont_look_inside
def decode_part(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`decode_part(encoding, data, errors, final)`: the text, how many bytes were used, and the encoding of what follows."""
    name = required_text(stack[first], "encoding")
    number = encoding_number(name)
    if number == Encoding.OTHER:
        raise error(types.LOOKUP_ERROR, f"unknown encoding: {name}")
    data = required_bytes(stack[first + 1])
    errors = required_text(stack[first + 2], "errors")
    text, used = decoded_part(session, data, number, errors, truth(session, stack[first + 3]))
    if used > 0 and (number == Encoding.UTF16 or number == Encoding.UTF32):
        is_big = data[0] == (0xFE if number == Encoding.UTF16 else 0)
        number += 2 if is_big else 1
    return tuple_of([text_value(text), Value.of_int(used), text_value(SHOWN_NAMES[number])])


# --- what is done about errors ---


def handler(name: str) -> Native:
    """The function of a built-in way with errors."""

    def handle(session: Session, stack: VMStack, first: int, count: int) -> Value:
        return handled(session, name, stack[first])

    return handle


@dont_look_inside
def handled(session: Session, name: str, value: Value) -> Value:
    """The replacement, and where to go on. Raises the exception, or TypeError."""
    exception = as_exception(value)
    if exception is None or not exception.type_of().derives_from(types.UNICODE_ERROR):
        raise type_error(f"don't know how to handle {type_name(value)} in error callback")
    kind = exception.type_of()
    start, stop = exception.get_named("start").as_int(), exception.get_named("end").as_int()
    encodes = kind.derives_from(types.UNICODE_ENCODE_ERROR)
    text = as_str(exception.get_named("object"))
    data = as_bytes(exception.get_named("object"))
    if name == "ignore":
        return pair(text_value(""), Value.of_int(stop))
    if name == "replace":
        return pair(text_value("?" * (stop - start) if encodes else "\ufffd"), Value.of_int(stop))
    if name == "backslashreplace" or name == "xmlcharrefreplace":
        if text is not None and (encodes or name == "backslashreplace"):
            codes = [ord(character) for character in text.text()[start:stop]]
            return pair(text_value("".join([written_out(code, name) for code in codes])), Value.of_int(stop))
        if data is not None and name == "backslashreplace":
            shown = "".join([f"\\x{byte:02x}" for byte in data.data[start:stop]])
            return pair(text_value(shown), Value.of_int(stop))
    if name == "surrogateescape" and text is not None and encodes:
        result = bytearray()
        for character in text.text()[start:stop]:
            code = ord(character)
            if not 0xDC80 <= code <= 0xDCFF:
                raise Raised(value)
            result.append(code - 0xDC00)
        return pair(bytes_value(bytes(result)), Value.of_int(stop))
    if name == "surrogateescape" and data is not None:
        parts: list[str] = []
        for byte in data.data[start:stop]:
            if byte < 128:
                break
            parts.append(chr(0xDC00 + byte))
        if len(parts) > 0:
            return pair(text_value("".join(parts)), Value.of_int(start + len(parts)))
    raise Raised(value)


NAMES: Final[list[str]] = [
    "strict",
    "ignore",
    "replace",
    "backslashreplace",
    "xmlcharrefreplace",
    "surrogateescape",
    "surrogatepass",
    "namereplace",
]
HANDLERS: Final[dict[str, Value]] = {
    name: Value.of_object(PyBuiltin(f"{name}_errors", handler(name), 1, 1)) for name in NAMES
}


def register_error(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`codecs.register_error(name, handler)`"""
    if special(type_of(stack[first + 1]), Special.CALL).same(Value.UNDEFINED):
        raise type_error("handler must be callable")
    session.error_handlers[required_text(stack[first], "register_error() argument 1")] = stack[first + 1]
    return NONE


def lookup_error(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`codecs.lookup_error(name)`"""
    name = required_text(stack[first], "lookup_error() argument")
    found = session.error_handlers.get(name, Value.UNDEFINED)
    if found.same(Value.UNDEFINED):
        found = HANDLERS.get(name, Value.UNDEFINED)
    if found.same(Value.UNDEFINED):
        raise error(types.LOOKUP_ERROR, f"unknown error handler name '{name}'")
    return found


def unescape(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """The bytes of a literal with its escapes replaced. Raises ValueError."""
    data = required_bytes(stack[first])
    text = data.decode("latin-1")
    if text.endswith("\\") and (len(text) - len(text.rstrip("\\"))) % 2 == 1:
        raise value_error("Trailing \\ in string")
    try:
        return bytes_value(unescaped_bytes(text, 0, len(text)))
    except EscapeFault as fault:
        raise value_error(fault.message.removeprefix("(value error) "))


FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("is_built_in", is_built_in, 1, 1),
    PyBuiltin("decode_part", decode_part, 4, 4),
    PyBuiltin("register_error", register_error, 2, 2),
    PyBuiltin("lookup_error", lookup_error, 1, 1),
    PyBuiltin("unescape", unescape, 1, 1),
]


def make_codecs_core(session: Session) -> Value:
    """The module."""
    native_module(session, "_codecs_core", FUNCTIONS)
    return session.modules.get_named("_codecs_core")
