"""`_json_core`, writing: from values to JSON text on one line. What the library's `json` calls stands in `prelude/_json.guest`."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items
from tracewright.core.text import code_at, find_escaped_narrow, width_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.builder import StringBuilder
from tracewright.lib.float_text import float_repr
from tracewright_python.big_ints import is_plain_int, plain_number
from tracewright_python.calls import call
from tracewright_python.conversions import truth, values_of
from tracewright_python.dictionaries import ABSENT, PyDict
from tracewright_python.display import repr_text
from tracewright_python.exceptions import type_error, value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.lists import PyList, PyTuple, as_tuple, pair
from tracewright_python.session import Session
from tracewright_python.sorting import sort_values
from tracewright_python.texts import PyStr, as_str, text_value
from tracewright_python.values import NONE, type_name, type_of

HEX: Final = "0123456789abcdef"
SHORT_ESCAPES: Final[dict[int, str]] = {34: '\\"', 92: "\\\\", 10: "\\n", 13: "\\r", 9: "\\t", 12: "\\f", 8: "\\b"}


@final
class JsonWriter:
    """A JSON text under construction."""

    def __init__(self, session: Session, default: Value, encoder: Value) -> None:
        self.session = session
        self.default = default  # what is asked for other objects
        self.encoder = encoder  # of texts
        self.escapes_all = False  # what is not ASCII
        self.is_native = False  # the encoder is one of this module
        self.looks_for_circles = False
        self.key_separator = ": "
        self.item_separator = ", "
        self.sorts_keys = False
        self.skips_keys = False
        self.allows_nan = True
        self.text = StringBuilder()
        self.open: list[Value] = []  # containers around what is written, where circles are looked for

    def write(self, value: Value) -> None:
        """Any value. Raises TypeError, ValueError, and what `default` raises."""
        if value.is_int():
            self.text.append_decimal(value.as_int())
            return
        if not value.is_object():
            self.text.append(self.plain_text(value))
            return
        thing = value.as_object()
        if isinstance(thing, PyStr):
            self.write_text(value, thing.text())
        elif isinstance(thing, PyList):
            self._list(value, thing)
        elif isinstance(thing, PyTuple):
            self._list(value, PyList(thing.items, len(thing.items)))
        elif isinstance(thing, PyDict):
            self._object(value, thing)
        else:
            number = plain_number(value)
            if is_numeric(number):
                self.text.append(self.plain_text(number))
                return
            self.enter(value)
            self.write(call(self.session, self.default, [value]))
            self.leave()

    def plain_text(self, value: Value) -> str:
        """A number, None or truth value."""
        if value.is_float():
            number = value.as_float()
            if number - number != 0.0:
                if not self.allows_nan:
                    raise value_error("Out of range float values are not JSON compliant")
                return "NaN" if number != number else "Infinity" if number > 0.0 else "-Infinity"
            return float_repr(number)
        if value.is_int():
            return str(value.as_int())
        if value.same(NONE):
            return "null"
        if value.is_bool():
            return "true" if value.same(Value.TRUE) else "false"
        return repr_text(self.session, value)

    def enter(self, value: Value) -> None:
        """What is written next lies in this object."""
        if self.looks_for_circles:
            for other in self.open:
                if other.same(value):
                    raise value_error("Circular reference detected")
            self.open.append(value)

    def leave(self) -> None:
        """Its end."""
        if self.looks_for_circles:
            self.open.pop()

    def write_text(self, value: Value, text: str) -> None:
        """A str, whose text is given."""
        if self.is_native:
            write_quoted(self.text, text, self.escapes_all)
            return
        encoded = as_str(call(self.session, self.encoder, [value]))
        if encoded is None:
            raise type_error("encoder() must return a string")
        self.text.append(encoded.text())

    def _list(self, value: Value, values: PyList) -> None:
        if values.count == 0:
            self.text.append("[]")
            return
        self.enter(value)
        self.text.append_code(91)
        index = 0
        while index < values.count:  # which `default` may change
            if index > 0:
                self.text.append(self.item_separator)
            self.write(values.at(index))
            index += 1
        self.text.append_code(93)
        self.leave()

    def _object(self, value: Value, mapping: PyDict) -> None:
        if mapping.length() == 0:
            self.text.append("{}")
            return
        self.enter(value)
        self.text.append_code(123)
        start = len(self.text)
        if self.sorts_keys or not type_of(value).is_builtin:
            for item in self._items(value, mapping):
                entry = as_tuple(item)
                if entry is None or len(entry.items) != 2:
                    raise value_error("items must return 2-tuples")
                self._member(entry.items[0], entry.items[1], start)
        else:
            keys: Array[Value] = Array(mapping.used, Value.UNDEFINED)  # copies: `default` may change the dict
            values: Array[Value] = Array(mapping.used, Value.UNDEFINED)
            copy_items(mapping.keys, 0, keys, 0, len(keys))
            copy_items(mapping.values, 0, values, 0, len(keys))
            for place in range(len(keys)):
                if not keys[place].same(Value.UNDEFINED):
                    self._member(keys[place], values[place], start)
        self.text.append_code(125)
        self.leave()

    def _member(self, given: Value, value: Value, start: int) -> None:
        """A key and its value, in an object whose members begin at `start`."""
        key = self._key(given)
        if key.same(Value.UNDEFINED):
            return
        if len(self.text) > start:
            self.text.append(self.item_separator)
        name = as_str(key)
        assert name is not None
        self.write_text(key, name.text())
        self.text.append(self.key_separator)
        self.write(value)

    def _items(self, value: Value, mapping: PyDict) -> list[Value]:
        """The pairs of keys and values, in the order in which they are written."""
        session = self.session
        if type_of(value).is_builtin:
            items: list[Value] = []
            place = mapping.next_place(0)
            while place != ABSENT:
                items.append(pair(mapping.keys[place], mapping.values[place]))
                place = mapping.next_place(place + 1)
        else:
            items = values_of(session, call(session, session.get_attribute(session, value, "items"), []))
        if self.sorts_keys:
            sort_values(session, items, NONE, False)
        return items

    def _key(self, key: Value) -> Value:
        """The str that a key is written as; UNDEFINED where it is left out."""
        if as_str(key) is not None:
            return key
        number = plain_number(key)
        if is_numeric(number) or number.same(NONE) or number.is_bool():
            return text_value(self.plain_text(number))
        if self.skips_keys:
            return Value.UNDEFINED
        raise type_error(f"keys must be str, int, float, bool or None, not {type_name(key)}")


def is_numeric(number: Value) -> bool:
    """Whether a plain number is one that JSON has."""
    return number.is_float() or is_plain_int(number)


def write_quoted(builder: StringBuilder, text: str, escapes_all: bool) -> None:
    """A text between quotes, with escapes for what JSON does not take as it is, and for what is not ASCII if that is wanted."""
    first = find_escaped_narrow(text, 0, len(text)) if width_of(text) == 1 else 0
    if first == len(text) and first > 0:
        builder.append_between(34, text)
        return
    builder.append_code(34)
    start = 0
    for index in range(first, len(text)):
        code = code_at(text, index)
        if 32 <= code < 127 and code != 34 and code != 92:
            continue
        if code >= 127 and not escapes_all:
            continue
        builder.append_slice(text, start, index)
        start = index + 1
        short = SHORT_ESCAPES.get(code, "")
        if short != "":
            builder.append(short)
        elif code < 0x10000:
            _append_hex(builder, code)
        else:
            _append_hex(builder, 0xD800 + (code - 0x10000 >> 10))
            _append_hex(builder, 0xDC00 + (code - 0x10000 & 0x3FF))
    builder.append_slice(text, start, len(text))
    builder.append_code(34)


def _append_hex(builder: StringBuilder, unit: int) -> None:
    builder.append("\\u")
    for shift in (12, 8, 4, 0):
        builder.append_code(code_at(HEX, unit >> shift & 15))


def quoted(value: Value, escapes_all: bool) -> Value:
    """A text between quotes. Raises TypeError."""
    found = as_str(value)
    if found is None:
        raise type_error(f"first argument must be a string, not {type_name(value)}")
    builder = StringBuilder()
    write_quoted(builder, found.text(), escapes_all)
    return text_value(builder.build())


@dont_look_inside
def encode_ascii(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`encode_basestring_ascii(string)`"""
    return quoted(stack[first], True)


@dont_look_inside
def encode_unicode(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`encode_basestring(string)`"""
    return quoted(stack[first], False)


ENCODE_ASCII: Final = PyBuiltin("encode_basestring_ascii", encode_ascii, 1, 1)
ENCODE_UNICODE: Final = PyBuiltin("encode_basestring", encode_unicode, 1, 1)


def required_str(value: Value, name: str) -> str:
    found = as_str(value)
    if found is None:
        raise type_error(f"make_encoder() argument {name} must be str, not {type_name(value)}")
    return found.text()


@dont_look_inside
def encode(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`encode(value, looks_for_circles, default, encoder, key_separator, item_separator, sort_keys, skipkeys, allow_nan)`: the text."""
    encoder = stack[first + 3]
    writer = JsonWriter(session, stack[first + 2], encoder)
    writer.escapes_all = encoder.is_object() and encoder.as_object() is ENCODE_ASCII
    writer.is_native = writer.escapes_all or (encoder.is_object() and encoder.as_object() is ENCODE_UNICODE)
    writer.looks_for_circles = truth(session, stack[first + 1])
    writer.key_separator = required_str(stack[first + 4], "5")
    writer.item_separator = required_str(stack[first + 5], "6")
    writer.sorts_keys = truth(session, stack[first + 6])
    writer.skips_keys = truth(session, stack[first + 7])
    writer.allows_nan = truth(session, stack[first + 8])
    writer.write(stack[first])
    return text_value(writer.text.build())
