"""`JSON.stringify`: values to text."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.mathematics import is_infinite, is_nan
from tracewright.core.text import code_at
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.shapes import ATTRIBUTE_BITS, Shape
from tracewright.lib.builder import StringBuilder
from tracewright.lib.utf16 import is_high_surrogate, is_low_surrogate
from tracewright_javascript.access import create_data_property, get_by_key, get_by_name
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.array_access import is_array, item_at, length_of
from tracewright_javascript.builtins.json_reading import parse
from tracewright_javascript.builtins.rows import NativeRow, install_namespace
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import as_symbol, to_integer, to_number, to_text
from tracewright_javascript.enumeration import enumerable_names, is_enumerated, plain_shape
from tracewright_javascript.errors import GuestFault, type_error
from tracewright_javascript.inspection_names import class_name
from tracewright_javascript.keys import NO_INDEX, Key, key_of_index, key_of_text
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.primitive_objects import PrimitiveObject, StringObject
from tracewright_javascript.properties import ACCESSOR
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import (
    EMPTY,
    as_bigint,
    as_string,
    is_number,
    number_text,
    number_value,
    string_value,
)

MOST_INDENT: Final = 10
CIRCLE: Final = "Converting circular structure to JSON"  # how the message begins
_HEX: Final = "0123456789abcdef"
FEW: Final = 16  # open objects that are compared one by one
SHOWN_FIRST, SHOWN_LAST = 2, 1  # lines of a circle between its beginning and its end; "..." is for the others
QUOTE: Final = 0x22
COLON: Final = 0x3A
COMMA: Final = 0x2C
BLANK: Final = 0x20
LINE_FEED: Final = 0x0A
OPEN_BRACKET: Final = 0x5B
CLOSE_BRACKET: Final = 0x5D
OPEN_BRACE: Final = 0x7B
CLOSE_BRACE: Final = 0x7D


def put_quoted(builder: StringBuilder, text: str) -> None:
    """Append a string between quotes, with escapes for what JSON does not let stand (QuoteJSONString)."""
    builder.append_code(QUOTE)
    if _stands_as_it_is(text):
        builder.append(text)
        builder.append_code(QUOTE)
        return
    start = 0
    for index in range(len(text)):
        code = ord(text[index])
        if code >= 0x20 and code != QUOTE and code != 0x5C and not 0xD800 <= code <= 0xDFFF:
            continue
        if is_high_surrogate(code) and index + 1 < len(text) and is_low_surrogate(ord(text[index + 1])):
            continue
        if is_low_surrogate(code) and index > 0 and is_high_surrogate(ord(text[index - 1])):
            continue
        builder.append_slice(text, start, index)
        builder.append(_escaped(code))
        start = index + 1
    builder.append_slice(text, start, len(text))
    builder.append_code(QUOTE)


def _stands_as_it_is(text: str) -> bool:
    """Whether a string has nothing that needs to be looked at closer."""
    for index in range(len(text)):
        code = code_at(text, index)
        if code < 0x20 or code == 0x22 or code == 0x5C or 0xD800 <= code <= 0xDFFF:
            return False
    return True


def _escaped(code: int) -> str:
    match code:
        case 0x08:
            return "\\b"
        case 0x09:
            return "\\t"
        case 0x0A:
            return "\\n"
        case 0x0C:
            return "\\f"
        case 0x0D:
            return "\\r"
        case 0x22:
            return '\\"'
        case 0x5C:
            return "\\\\"
        case _:
            return f"\\u{_HEX[code >> 12]}{_HEX[code >> 8 & 15]}{_HEX[code >> 4 & 15]}{_HEX[code & 15]}"


@final
class _Writer:
    """Writes one value."""

    def __init__(self, realm: Realm, replacer: Value, gap: str) -> None:
        self.realm = realm
        self.replacer = replacer  # a function, or undefined
        self.names: list[Key] | None = None  # the only properties that are wanted
        self.gap = gap
        self.indent = ""
        self.builder = StringBuilder()
        self.things: list[JSObject] = []  # that are being written, each inside of the one before
        self.keys: list[Key] = []  # under which they were found
        self.deep: dict[JSObject, int] = {}  # those behind the first FEW, to find them soon

    def value_of(self, holder: JSObject | None, key: Key, given: Value) -> Value:
        """What is to be written for a value found under a key; EMPTY where it is none for JSON. Raises Thrown.

        That is the first part of SerializeJSONProperty."""
        value = given
        if as_object(value) is not None or as_bigint(value) is not None:
            given_thing = as_object(value)
            if given_thing is not None:
                method = get_by_name(given_thing, "toJSON", value)
            else:
                method = get_by_key(self.realm, value, Key("toJSON", NO_INDEX))
            if is_callable(method):
                value = call(method, value, [string_value(key.text())])
        if not self.replacer.same(Value.UNDEFINED):
            value = call(self.replacer, self._holder(holder, key, given), [string_value(key.text()), value])
        thing = as_object(value)
        if isinstance(thing, StringObject):
            value = string_value(to_text(value))
        elif isinstance(thing, PrimitiveObject):
            if is_number(thing.value):
                value = number_value(to_number(value))
            elif thing.value.is_bool() or as_bigint(thing.value) is not None:
                value = thing.value
        thing = as_object(value)
        is_nothing = value.same(Value.UNDEFINED) or as_symbol(value) is not None
        return EMPTY if is_nothing or (thing is not None and thing.can_call()) else value

    def _holder(self, holder: JSObject | None, key: Key, value: Value) -> Value:
        if holder is not None:
            return Value.of_object(holder)
        root = self.realm.new_object()
        create_data_property(root, key, value)
        return Value.of_object(root)

    def write(self, key: Key, value: Value) -> None:
        """Write what `value_of` has said. Raises GuestFault and Thrown."""
        text = as_string(value)
        if text is not None:
            put_quoted(self.builder, text.text())
        elif value.is_int():
            self.builder.append_decimal(value.as_int())
        elif value.is_float():
            number = value.as_float()
            self.builder.append("null" if is_nan(number) or is_infinite(number) else number_text(number))
        elif value.is_bool():
            self.builder.append("true" if value.as_bool() else "false")
        elif value.same(Value.NULL):
            self.builder.append("null")
        else:
            thing = as_object(value)
            if thing is None:
                raise type_error("Do not know how to serialize a BigInt")
            self._write_object(thing, key)

    def _write_object(self, thing: JSObject, key: Key) -> None:
        depth = len(self.things)
        for index in range(min(depth, FEW)):
            if self.things[index] is thing:
                raise self._circle(index, key)
        if depth >= FEW:
            if thing in self.deep:
                raise self._circle(self.deep[thing], key)
            self.deep[thing] = depth
        self.things.append(thing)
        self.keys.append(key)
        outside = self.indent
        self.indent += self.gap
        if is_array(thing):
            self._write_array(thing, outside)
        else:
            self._write_members(thing, outside)
        self.indent = outside
        self.things.pop()
        self.keys.pop()
        if depth >= FEW:
            del self.deep[thing]

    def _circle(self, start: int, key: Key) -> GuestFault:
        """The error of an object, the `start`-th that is open, that is found again under a key inside of it."""
        count = len(self.things)
        lines = f"\n    --> starting at object with constructor {_shown_class(self.things[start])}"
        for index in range(start + 1, count):
            if start + SHOWN_FIRST < index < count - SHOWN_LAST:
                if index == start + SHOWN_FIRST + 1:
                    lines += "\n    |     ..."
                continue
            shown = _shown_class(self.things[index])
            lines += f"\n    |     {_shown_key(self.keys[index])} -> object with constructor {shown}"
        lines += f"\n    --- {_shown_key(key)} closes the circle"
        return type_error(CIRCLE + lines)

    def _write_array(self, thing: JSObject, outside: str) -> None:
        length = length_of(thing)
        self.builder.append_code(OPEN_BRACKET)
        for index in range(length):
            self._separate(index > 0)
            key = key_of_index(index)
            value = self.value_of(thing, key, item_at(thing, index))
            if value.same(EMPTY):
                self.builder.append("null")
            else:
                self.write(key, value)
        self._end(length > 0, outside, CLOSE_BRACKET)

    def _write_members(self, thing: JSObject, outside: str) -> None:
        self.builder.append_code(OPEN_BRACE)
        names = self.names
        shape = plain_shape(thing) if names is None else None
        has_some = False
        if shape is not None:
            has_some = self._write_plain_members(thing, shape)
        else:
            for key in enumerable_names(thing) if names is None else names:
                if self._write_member(thing, key, thing.get_property(key, Value.of_object(thing)), has_some):
                    has_some = True
        self._end(has_some, outside, CLOSE_BRACE)

    def _write_plain_members(self, thing: JSObject, shape: Shape) -> bool:
        """The members of an object that has this shape at first; what they are written by may change it."""
        has_some = False
        for name in shape.names():
            place = shape.place_of(name)
            if not is_enumerated(name, place):
                continue
            key = Key(name, NO_INDEX)
            if thing.shape is shape and place & ACCESSOR == 0:
                value = thing.item(place >> ATTRIBUTE_BITS)
            else:
                value = thing.get_property(key, Value.of_object(thing))
            if self._write_member(thing, key, value, has_some):
                has_some = True
        return has_some

    def _write_member(self, thing: JSObject, key: Key, value: Value, has_some: bool) -> bool:
        """A property behind others, if there are some; False, and nothing written, where its value is none for JSON."""
        written = self.value_of(thing, key, value)
        if written.same(EMPTY):
            return False
        self._separate(has_some)
        put_quoted(self.builder, key.text())
        self.builder.append_code(COLON)
        if self.gap != "":
            self.builder.append_code(BLANK)
        self.write(key, written)
        return True

    def _separate(self, has_some: bool) -> None:
        if has_some:
            self.builder.append_code(COMMA)
        if self.gap != "":
            self._break_line(self.indent)

    def _end(self, has_some: bool, outside: str, bracket: int) -> None:
        if has_some and self.gap != "":
            self._break_line(outside)
        self.builder.append_code(bracket)

    def _break_line(self, indent: str) -> None:
        self.builder.append_code(LINE_FEED)
        self.builder.append(indent)


def _shown_class(thing: JSObject) -> str:
    name = class_name(thing)
    return f"'{name if name != '' else 'Object'}'"


def _shown_key(key: Key) -> str:
    return f"index {key.index}" if key.index != NO_INDEX else f"property '{key.text()}'"


def _wanted(thing: JSObject) -> list[Key]:
    """The names that an array given as replacer lists. Raises GuestFault and Thrown."""
    keys: list[Key] = []
    for index in range(length_of(thing)):
        value = item_at(thing, index)
        own = as_object(value)
        is_name = as_string(value) is not None or is_number(value) or isinstance(own, StringObject)
        if isinstance(own, PrimitiveObject):
            is_name = is_number(own.value)
        if is_name:
            key = key_of_text(to_text(value))
            if not any(key.same(other) for other in keys):
                keys.append(key)
    return keys


def _gap(value: Value) -> str:
    """What each level is indented by. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if isinstance(thing, PrimitiveObject) and is_number(thing.value):
        value = number_value(to_number(value))
    elif isinstance(thing, StringObject):
        value = string_value(to_text(value))
    if is_number(value):
        return " " * min(max(to_integer(value), 0), MOST_INDENT)
    text = as_string(value)
    return "" if text is None else text.text()[:MOST_INDENT]


def stringified(realm: Realm, value: Value, replacer: Value, space: Value) -> Value:
    """The text of a value, or undefined. Raises GuestFault and Thrown."""
    names: list[Key] | None = None
    thing = as_object(replacer)
    is_function = is_callable(replacer)
    if thing is not None and not is_function and is_array(thing):
        names = _wanted(thing)
    writer = _Writer(realm, replacer if is_function else Value.UNDEFINED, _gap(space))
    writer.names = names
    key = Key("", NO_INDEX)
    written = writer.value_of(None, key, value)
    if written.same(EMPTY):
        return Value.UNDEFINED
    writer.write(key, written)
    return string_value(writer.builder.build())


def _stringify(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    replacer, space = argument_at(stack, frame, count, 1), argument_at(stack, frame, count, 2)
    return stringified(as_realm(realm), argument_at(stack, frame, count, 0), replacer, space)


FUNCTIONS: Final[list[NativeRow]] = [("parse", 2, parse), ("stringify", 3, _stringify)]


def install_json(realm: Realm) -> None:
    """Give a realm its `JSON`."""
    install_namespace(realm, "JSON", FUNCTIONS)
