"""`_json_core`, reading: from JSON text to values. What the library's `json` calls stands in `prelude/_json.guest`.

Messages and places are those of CPython's `_json`.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.text import code_at, find_escaped_narrow, width_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.builder import StringBuilder
from tracewright.lib.float_parse import parse_float
from tracewright_python.builtins.constructors import int_from
from tracewright_python.calls import call
from tracewright_python.dictionaries import PyDict, dict_of_rows
from tracewright_python.errors import Raised
from tracewright_python.exceptions import type_error, value_error
from tracewright_python.generators import stop_iteration
from tracewright_python.importing import import_by_name
from tracewright_python.lists import NO_VALUES, PyList, list_of, pair
from tracewright_python.modules.json_names import JsonNames, NameRow, PendingValues
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_name

LONGEST_WORD: Final = 18  # characters of a number that fits a word for sure
AT_END: Final = -1
QUOTE: Final = 34
PLUS: Final = 43
COMMA: Final = 44
MINUS: Final = 45
POINT: Final = 46
ZERO: Final = 48
NINE: Final = 57
COLON: Final = 58
OPEN_LIST: Final = 91
BACKSLASH: Final = 92
CLOSE_LIST: Final = 93
OPEN_OBJECT: Final = 123
CLOSE_OBJECT: Final = 125
ESCAPES: Final[dict[int, int]] = {34: 34, 92: 92, 47: 47, 98: 8, 102: 12, 110: 10, 114: 13, 116: 9}
"""Of the letter behind a backslash: the code point that is meant."""


@final
class JsonReader:
    """A walk over one text. `index` is where it stands; a hook that is None is not asked."""

    def __init__(self, session: Session, text: str, is_strict: bool) -> None:
        self.session = session
        self.text = text
        self.length: int = len(text)
        self.is_narrow: bool = width_of(text) == 1
        self.index = 0
        self.is_strict = is_strict
        self.object_hook: Value = NONE
        self.pairs_hook: Value = NONE
        self.float_hook: Value = NONE
        self.int_hook: Value = NONE
        self.constant_hook: Value = NONE
        self.names: JsonNames = session.json_names
        self.pending = PendingValues()

    def code(self, index: int) -> int:
        """The code point at a place, or AT_END."""
        return code_at(self.text, index) if index < self.length else AT_END

    def skip_space(self, index: int) -> int:
        """The first place from `index` on that is no white space."""
        while index < self.length:
            code = code_at(self.text, index)
            if code != 32 and code != 10 and code != 13 and code != 9:
                break
            index += 1
        return index

    def fail(self, message: str, index: int) -> Raised:
        """`json.JSONDecodeError`"""
        session = self.session
        kind = session.get_attribute(session, import_by_name(session, "json.decoder"), "JSONDecodeError")
        return Raised(call(session, kind, [text_value(message), text_value(self.text), Value.of_int(index)]))

    def no_value(self, index: int) -> Raised:
        """What says that no value begins at a place."""
        return stop_iteration(Value.of_int(index))

    # --- values ---

    def read(self, index: int) -> Value:
        """The value that begins at `index`. Raises StopIteration with the place where one is missing, JSONDecodeError."""
        code = self.code(index)
        if code == QUOTE:
            return text_value(self.read_text(index + 1))
        if code == OPEN_OBJECT:
            return self._object(index + 1)
        if code == OPEN_LIST:
            return self._list(index + 1)
        if code == 110 and self._has("null", index):
            return NONE
        if code == 116 and self._has("true", index):
            return Value.TRUE
        if code == 102 and self._has("false", index):
            return Value.FALSE
        if code == 78 and self._has("NaN", index):
            return call(self.session, self.constant_hook, [text_value("NaN")])
        if code == 73 and self._has("Infinity", index):
            return call(self.session, self.constant_hook, [text_value("Infinity")])
        if code == MINUS and self._has("-Infinity", index):
            return call(self.session, self.constant_hook, [text_value("-Infinity")])
        return self._number(index)

    def _has(self, word: str, index: int) -> bool:
        if self.text.startswith(word, index):
            self.index = index + len(word)
            return True
        return False

    def _list(self, index: int) -> Value:
        pending = self.pending
        start = pending.count
        index = self.skip_space(index)
        if self.code(index) == CLOSE_LIST:
            self.index = index + 1
            return Value.of_object(PyList(NO_VALUES, 0))
        while True:
            pending.add(self.read(index))
            index = self.skip_space(self.index)
            code = self.code(index)
            if code == CLOSE_LIST:
                self.index = index + 1
                values = pending.take(start)
                row = PyList(values, len(values))
                row.pack()
                return Value.of_object(row)
            if code != COMMA:
                raise self.fail("Expecting ',' delimiter", index)
            index = self.skip_space(index + 1)

    def _object(self, index: int) -> Value:
        session = self.session
        index = self._first_name(index)
        if not self.pairs_hook.same(NONE):
            return call(session, self.pairs_hook, [self._pairs(index)])
        result = Value.of_object(self._dict(index))
        return result if self.object_hook.same(NONE) else call(session, self.object_hook, [result])

    def _pairs(self, index: int) -> Value:
        """The members of an object whose first name begins at `index`, as a list of pairs."""
        pairs: list[Value] = []
        while index != AT_END:
            name = self._name(index + 1)
            pairs.append(pair(name, self._value()))
            index = self._next_name()
        return list_of(pairs)

    def _dict(self, index: int) -> PyDict:
        """The same as a dict."""
        names, pending = self.names, self.pending
        start = pending.count
        row = names.beginning
        while index != AT_END:
            longer = names.expected(row, self.text, index)
            if longer is not None:
                self.index = index + 2 + len(longer.plain)
            else:
                name = self._name(index + 1)
                longer = names.after(row, name)
                if longer is None:
                    return self._other_dict(self._taken(row, start), name)
            row = longer
            pending.add(self._value())
            index = self._next_name()
        return self._taken(row, start)

    def _taken(self, row: NameRow, start: int) -> PyDict:
        values = self.pending.take(start)
        return dict_of_rows(row.keys(), values, len(values))

    def _other_dict(self, made: PyDict, name: Value) -> PyDict:
        """Go on with a dict from a name on that no row is remembered for."""
        while True:
            made.set(self.session, name, self._value())
            index = self._next_name()
            if index == AT_END:
                return made
            name = self._name(index + 1)

    def _first_name(self, index: int) -> int:
        """Where the quote of the first name stands, behind a brace; AT_END where the object has none."""
        index = self.skip_space(index)
        code = self.code(index)
        if code == CLOSE_OBJECT:
            self.index = index + 1
            return AT_END
        if code != QUOTE:
            raise self.fail("Expecting property name enclosed in double quotes", index)
        return index

    def _next_name(self) -> int:
        """The same of the next name, behind a value."""
        index = self.skip_space(self.index)
        code = self.code(index)
        if code == CLOSE_OBJECT:
            self.index = index + 1
            return AT_END
        if code != COMMA:
            raise self.fail("Expecting ',' delimiter", index)
        index = self.skip_space(index + 1)
        if self.code(index) != QUOTE:
            raise self.fail("Expecting property name enclosed in double quotes", index)
        return index

    def _value(self) -> Value:
        """The value behind a name and its colon."""
        index = self.skip_space(self.index)
        if self.code(index) != COLON:
            raise self.fail("Expecting ':' delimiter", index)
        return self.read(self.skip_space(index + 1))

    def _name(self, start: int) -> Value:
        end = self._plain_end(start)
        if self.code(end) == QUOTE:
            self.index = end + 1
            return self.names.name(self.text, start, end)
        name = self.read_text(start)
        return self.names.name(name, 0, len(name))

    def _digits(self, index: int) -> int:
        while ZERO <= self.code(index) <= NINE:
            index += 1
        return index

    def _number(self, start: int) -> Value:
        index = start + 1 if self.code(start) == MINUS else start
        code = self.code(index)
        if not ZERO <= code <= NINE:
            raise self.no_value(start)
        index = index + 1 if code == ZERO else self._digits(index)
        is_float = False
        if self.code(index) == POINT and ZERO <= self.code(index + 1) <= NINE:
            is_float = True
            index = self._digits(index + 1)
        if self.code(index) | 32 == 101:  # e, E
            exponent = index + 1
            if self.code(exponent) == PLUS or self.code(exponent) == MINUS:
                exponent += 1
            if ZERO <= self.code(exponent) <= NINE:
                is_float = True
                index = self._digits(exponent)
        self.index = index
        hook = self.float_hook if is_float else self.int_hook
        if not hook.same(NONE):
            return call(self.session, hook, [text_value(self.text[start:index])])
        if is_float:
            return Value.of_float(parse_float(self.text[start:index]))
        if index - start >= LONGEST_WORD:
            return int_from(self.session, text_value(self.text[start:index]), Value.UNDEFINED)
        number = 0
        for place in range(start + 1 if self.code(start) == MINUS else start, index):
            number = number * 10 + code_at(self.text, place) - ZERO
        return Value.of_int(-number if self.code(start) == MINUS else number)

    # --- texts ---

    def read_text(self, start: int) -> str:
        """The text whose quote stands before `start`."""
        text = self.text
        end = self._plain_end(start)
        if self.code(end) == QUOTE:
            self.index = end + 1
            return text[start:end]
        builder = StringBuilder()
        place = start
        while True:
            code = self.code(end)
            if code == AT_END:
                raise self.fail("Unterminated string starting at", start - 1)
            builder.append_slice(text, place, end)
            if code == QUOTE:
                self.index = end + 1
                return builder.build()
            builder.append_code(self._escape(end + 1, start))
            place = self.index
            end = self._plain_end(place)

    def _plain_end(self, start: int) -> int:
        """The next quote, backslash or end from a place on."""
        index = start
        while index < self.length:
            if self.is_narrow:
                index = find_escaped_narrow(self.text, index, self.length)
                if index == self.length:
                    break
            code = code_at(self.text, index)
            if code == QUOTE or code == BACKSLASH:
                return index
            if code < 32 and self.is_strict:
                raise self.fail("Invalid control character at", index)
            index += 1
        return self.length

    def _escape(self, index: int, start: int) -> int:
        """What is meant by what stands behind a backslash."""
        code = self.code(index)
        if code == AT_END:
            raise self.fail("Unterminated string starting at", start - 1)
        self.index = index + 1
        if code != 117:
            meant = ESCAPES.get(code, AT_END)
            if meant == AT_END:
                raise self.fail("Invalid \\escape", index - 1)
            return meant
        if index + 5 >= self.length:
            raise self.fail("Invalid \\uXXXX escape", index)
        code = self._hex(index + 1)
        self.index = index + 5
        if 0xD800 <= code < 0xDC00 and index + 11 < self.length and self.text.startswith("\\u", index + 5):
            low = self._hex(index + 7)
            if 0xDC00 <= low < 0xE000:
                self.index = index + 11
                return 0x10000 + (code - 0xD800 << 10) + low - 0xDC00
        return code

    def _hex(self, start: int) -> int:
        number = 0
        for index in range(start, start + 4):
            code = code_at(self.text, index)
            if ZERO <= code <= NINE:
                digit = code - ZERO
            elif 97 <= code | 32 <= 102:
                digit = (code | 32) - 87
            else:
                raise self.fail("Invalid \\uXXXX escape", start - 1)
            number = number << 4 | digit
        return number


def text_argument(value: Value) -> str:
    """The text that is read. Raises TypeError."""
    found = as_str(value)
    if found is None:
        raise type_error(f"first argument must be a string, not {type_name(value)}")
    return found.text()


@dont_look_inside
def scan(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`scan(text, index, strict, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant)`: the value and where it ends."""
    text = text_argument(stack[first])
    if not stack[first + 1].is_int() or stack[first + 1].as_int() < 0:
        raise value_error("idx cannot be negative")
    reader = JsonReader(session, text, stack[first + 2].same(Value.TRUE))
    reader.object_hook = stack[first + 3]
    reader.pairs_hook = stack[first + 4]
    reader.float_hook = stack[first + 5]
    reader.int_hook = stack[first + 6]
    reader.constant_hook = stack[first + 7]
    value = reader.read(stack[first + 1].as_int())
    return pair(value, Value.of_int(reader.index))


@dont_look_inside
def scan_string(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`scanstring(string, end, strict=True)`: the text and where it ends."""
    text = text_argument(stack[first])
    end = stack[first + 1]
    if not end.is_int() or not 0 <= end.as_int() <= len(text):
        raise value_error("end is out of bounds")
    reader = JsonReader(session, text, not stack[first + 2].same(Value.FALSE))
    return pair(text_value(reader.read_text(end.as_int())), Value.of_int(reader.index))
