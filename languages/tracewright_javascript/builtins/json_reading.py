"""`JSON.parse`: text to values, by a stack of its own, so that nesting is limited by memory only."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.text import code_at
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.float_parse import parse_float
from tracewright_javascript.access import create_data_property
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.array_access import is_array, length_of
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import to_text
from tracewright_javascript.enumeration import enumerable_names
from tracewright_javascript.errors import GuestFault
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.keys import NO_INDEX, Key, key_of_index, key_of_text
from tracewright_javascript.lexer_literals import digit_value
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.properties import PLAIN, data_descriptor
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import number_value, string_value

_QUOTE, _BACKSLASH, _COMMA, _COLON = 0x22, 0x5C, 0x2C, 0x3A
_OPEN_BRACKET, _CLOSE_BRACKET, _OPEN_BRACE, _CLOSE_BRACE = 0x5B, 0x5D, 0x7B, 0x7D
_END: Final = -1
_LONGEST_INT: Final = 15  # digits that surely fit an inline int
_SHOWN: Final = 10  # units of the text before and behind a mistake, in its message


@final
class _Reader:
    """Reads one text."""

    def __init__(self, realm: Realm, text: str) -> None:
        self.realm = realm
        self.text = text
        self.length: int = len(text)
        self.place = 0

    def read(self) -> Value:
        """The one value of the text. Raises GuestFault (a SyntaxError)."""
        # Objects and arrays that are open, and the keys under which they are to be put.
        open_things: list[JSObject] = []
        keys: list[Key] = []
        while True:
            value = Value.UNDEFINED
            code = self._skip()
            is_done = True
            if code == _OPEN_BRACKET:
                self.place += 1
                array = self.realm.array_of([])
                value = Value.of_object(array)
                if self._skip() == _CLOSE_BRACKET:
                    self.place += 1
                else:
                    open_things.append(array)
                    is_done = False
            elif code == _OPEN_BRACE:
                self.place += 1
                thing = self.realm.new_object()
                value = Value.of_object(thing)
                if self._skip() == _CLOSE_BRACE:
                    self.place += 1
                else:
                    open_things.append(thing)
                    keys.append(self._key("Expected property name or '}' in JSON"))
                    is_done = False
            else:
                value = self._scalar(code)
            while is_done:
                if len(open_things) == 0:
                    if self._skip() != _END:
                        raise self._unexpected()
                    return value
                outer = open_things[-1]
                is_done = False
                if isinstance(outer, JSArray):
                    outer.push(value)
                    code = self._skip()
                    if code == _CLOSE_BRACKET:
                        is_done = True
                    elif code != _COMMA:
                        raise self._unexpected()
                else:
                    _put(outer, keys.pop(), value)
                    code = self._skip()
                    if code == _CLOSE_BRACE:
                        is_done = True
                    elif code != _COMMA:
                        raise self._unexpected()
                self.place += 1
                if is_done:
                    value = Value.of_object(open_things.pop())
                elif not isinstance(outer, JSArray):
                    self._skip()
                    keys.append(self._key("Expected double-quoted property name in JSON"))

    def _skip(self) -> int:
        """The next unit that is no blank, or _END."""
        while self.place < self.length:
            code = code_at(self.text, self.place)
            if code != 0x20 and code != 0x0A and code != 0x0D and code != 0x09:
                return code
            self.place += 1
        return _END

    def _unexpected(self) -> GuestFault:
        """What is at the current place cannot be there."""
        if self.place >= self.length:
            return GuestFault("SyntaxError", "Unexpected end of JSON input")
        start, stop = max(self.place - _SHOWN, 0), min(self.place + _SHOWN, self.length)
        shown = self.text[start:stop]
        if start == 0 and stop == self.length:
            shown = f'"{shown}" is'
        else:
            shown = f'{"..." if start > 0 else ""}"{shown}"{"..." if stop < self.length else ""} is'
        unit = self.text[self.place]
        if unit == '"' or "0" <= unit <= "9":
            what = "string" if unit == '"' else "number"
            return GuestFault("SyntaxError", f"Unexpected {what} in JSON at position {self.place}")
        return GuestFault("SyntaxError", f"Unexpected token '{unit}', {shown} not valid JSON")

    def _key(self, expected: str) -> Key:
        """A key and the colon behind it; `expected` says what is missing where there is none."""
        if self._skip() != _QUOTE:
            raise self._expected(expected)
        key = key_of_text(self._string())
        if self._skip() != _COLON:
            raise self._expected("Expected ':' after property name in JSON")
        self.place += 1
        return key

    def _expected(self, message: str) -> GuestFault:
        if self.place >= self.length:
            return self._unexpected()
        return GuestFault("SyntaxError", f"{message} at position {self.place}")

    def _scalar(self, code: int) -> Value:
        if code == _QUOTE:
            return string_value(self._string())
        if code == 0x2D or 0x30 <= code <= 0x39:
            return self._number()
        if code == 0x74 and self._word("true"):
            return Value.TRUE
        if code == 0x66 and self._word("false"):
            return Value.FALSE
        if code == 0x6E and self._word("null"):
            return Value.NULL
        raise self._unexpected()

    def _word(self, word: str) -> bool:
        for unit in word:
            if self.place >= self.length or self.text[self.place] != unit:
                raise self._unexpected()
            self.place += 1
        return True

    def _digits(self) -> int:
        """Pass decimal digits; gives how many."""
        start = self.place
        while self.place < self.length and 0x30 <= code_at(self.text, self.place) <= 0x39:
            self.place += 1
        return self.place - start

    def _number(self) -> Value:
        start = self.place
        text = self.text
        negative = code_at(text, start) == 0x2D
        if negative:
            self.place += 1
        first = self.place
        digits = self._digits()
        if digits == 0:
            raise self._expected("No number after minus sign in JSON")
        if digits > 1 and code_at(text, first) == 0x30:
            self.place = first + 1
            raise self._unexpected()
        is_int = digits <= _LONGEST_INT
        if self.place < self.length and code_at(text, self.place) == 0x2E:
            is_int = False
            self.place += 1
            if self._digits() == 0:
                raise self._expected("Unterminated fractional number in JSON")
        if self.place < self.length and code_at(text, self.place) | 32 == 0x65:
            is_int = False
            self.place += 1
            if self.place < self.length and (code_at(text, self.place) == 0x2B or code_at(text, self.place) == 0x2D):
                self.place += 1
            if self._digits() == 0:
                raise self._expected("Exponent part is missing a number in JSON")
        if not is_int:
            return number_value(parse_float(text[start : self.place]))
        number = 0
        for place in range(first, self.place):
            number = number * 10 + code_at(text, place) - 0x30
        if negative:
            return Value.of_float(-0.0) if number == 0 else Value.of_int(-number)
        return Value.of_int(number)

    def _string(self) -> str:
        """A string; the place is at its quote."""
        self.place += 1
        start = self.place
        text = self.text
        parts: list[str] = []
        while True:
            if self.place >= self.length:
                raise GuestFault("SyntaxError", f"Unterminated string in JSON at position {self.place}")
            code = code_at(text, self.place)
            if code == _QUOTE:
                part = text[start : self.place]
                self.place += 1
                if len(parts) == 0:
                    return part
                parts.append(part)
                return "".join(parts)
            if code == _BACKSLASH:
                parts.append(text[start : self.place])
                parts.append(self._escape())
                start = self.place
                continue
            if code < 0x20:
                raise self._expected("Bad control character in string literal in JSON")
            self.place += 1

    def _escape(self) -> str:
        """What a backslash and what follows it stand for."""
        self.place += 1
        if self.place >= self.length:
            raise GuestFault("SyntaxError", f"Unterminated string in JSON at position {self.place}")
        unit = self.text[self.place]
        self.place += 1
        match unit:
            case '"' | "\\" | "/":
                return unit
            case "b":
                return "\b"
            case "f":
                return "\f"
            case "n":
                return "\n"
            case "r":
                return "\r"
            case "t":
                return "\t"
            case "u":
                return self._unit()
            case _:
                self.place -= 1
                raise self._expected("Bad escaped character in JSON")

    def _unit(self) -> str:
        code = 0
        for _ in range(4):
            digit = digit_value(code_at(self.text, self.place)) if self.place < self.length else -1
            if not 0 <= digit < 16:
                raise self._expected("Bad Unicode escape in JSON")
            code = code * 16 + digit
            self.place += 1
        return chr(code)


def _put(thing: JSObject, key: Key, value: Value) -> None:
    """A property of an object that nobody else knows yet; of equal keys the last counts."""
    if key.index == NO_INDEX and family_of(thing.shape).kind == Kind.ORDINARY:
        thing.store_named(key.name, value, PLAIN)
    else:
        create_data_property(thing, key, value)


def parse_json(realm: Realm, text: str) -> Value:
    """The value that a text is. Raises GuestFault (a SyntaxError)."""
    return _Reader(realm, text).read()


def parse(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`JSON.parse`"""
    value = parse_json(as_realm(realm), to_text(argument_at(stack, frame, count, 0)))
    reviver = argument_at(stack, frame, count, 1)
    if not is_callable(reviver):
        return value
    root = as_realm(realm).new_object()
    create_data_property(root, Key("", NO_INDEX), value)
    return _revived(root, Key("", NO_INDEX), reviver)


def _revived(holder: JSObject, key: Key, reviver: Value) -> Value:
    """InternalizeJSONProperty. Raises GuestFault and Thrown."""
    value = holder.get_property(key, Value.of_object(holder))
    thing = as_object(value)
    if thing is not None:
        if is_array(thing):
            for index in range(length_of(thing)):
                _revive_item(thing, key_of_index(index), reviver)
        else:
            for own in enumerable_names(thing):
                _revive_item(thing, own, reviver)
    return call(reviver, Value.of_object(holder), [string_value(key.text()), value])


def _revive_item(thing: JSObject, key: Key, reviver: Value) -> None:
    new = _revived(thing, key, reviver)
    if new.same(Value.UNDEFINED):
        thing.delete_property(key)
    else:
        thing.define_property(key, data_descriptor(new))
