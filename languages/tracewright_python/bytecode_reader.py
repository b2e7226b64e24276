"""Reads what `bytecode_file.py` has written. The checksum has been compared before; all the same every number is compared with what is there."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.integers import float_of_bits, wrap_lshift
from tracewright.core.value import Value
from tracewright.guest.handler_table import HandlerTable
from tracewright.guest.line_table import LineTable
from tracewright.lib.big_integers import negate
from tracewright_python.arguments import CallShape
from tracewright_python.attribute_sites import AttributeSite
from tracewright_python.big_ints import big_constant, int_value, integer
from tracewright_python.byte_objects import bytes_value
from tracewright_python.bytecode import Code, CodeKind
from tracewright_python.bytecode_file import EMPTY_NAME, NAMED_TYPES, Tag
from tracewright_python.complex_numbers import complex_value
from tracewright_python.lists import PyTuple
from tracewright_python.namespaces import Namespace
from tracewright_python.session import Session
from tracewright_python.texts import PyStr
from tracewright_python.values import ELLIPSIS, NONE

DEEPEST: Final = 500  # functions inside each other
MOST_SLOTS: Final = 1 << 16  # of a frame


@final
class Damaged(Exception):
    """The bytes are none that this engine has written."""


@final
class CodeReader:
    """Reads one module's code, whose names are cells of a namespace."""

    def __init__(self, session: Session, namespace: Namespace, file: str, data: bytes, start: int) -> None:
        self.session = session
        self.namespace = namespace
        self.file = file
        self.data = data
        self.place = start
        self.texts: list[PyStr] = []
        self.depth = 0

    # --- parts ---

    def byte(self) -> int:
        """The next one."""
        if self.place >= len(self.data):
            raise Damaged
        self.place += 1
        return self.data[self.place - 1]

    def number(self) -> int:
        """One that is not negative."""
        result = 0
        shift = 0
        while True:
            byte = self.byte()
            if shift > 56:
                raise Damaged
            result |= (byte & 127) << shift
            if byte < 128:
                return result
            shift += 7

    def signed(self) -> int:
        """One that may be negative."""
        coded = self.number()
        return coded >> 1 if coded & 1 == 0 else -(coded + 1 >> 1)

    def limited(self, most: int) -> int:
        """A number of at most so much."""
        number = self.number()
        if number > most:
            raise Damaged
        return number

    def count(self) -> int:
        """A number of things, each of which takes a byte at least."""
        return self.limited(len(self.data) - self.place)

    def characters(self) -> str:
        """A text itself."""
        coded = self.number()
        width, length = (coded & 3) + 1, coded >> 2
        if length * width > len(self.data) - self.place:
            raise Damaged
        if width == 1:
            self.place += length
            return self.data[self.place - length : self.place].decode("latin-1")
        parts: list[str] = []
        for _ in range(length):
            code = 0
            for shift in range(0, 8 * width, 8):
                code |= self.byte() << shift
            if code > 0x10FFFF:
                raise Damaged
            parts.append(chr(code))
        return "".join(parts)

    def text(self) -> PyStr:
        """One of the texts, by its number."""
        number = self.number()
        if number >= len(self.texts):
            raise Damaged
        return self.texts[number]

    def names(self) -> list[str]:
        """Several texts."""
        return [self.text().text() for _ in range(self.count())]

    def row(self) -> Array[int]:
        """Several numbers."""
        numbers = Array(self.count(), 0)
        for index in range(len(numbers)):
            numbers[index] = self.signed()
        return numbers

    def real(self) -> float:
        """A float."""
        bits = 0
        for shift in range(0, 64, 8):
            bits |= wrap_lshift(self.byte(), shift)
        return float_of_bits(bits)

    # --- code ---

    def module(self) -> Code:
        """The whole. Raises Damaged."""
        for _ in range(self.count()):
            self.texts.append(self.session.intern(self.characters()))
        result = self.code()
        if self.place != len(self.data):
            raise Damaged
        return result

    def code(self) -> Code:
        """A code object with those inside of it."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Damaged
        name, qualified_name = self.text().text(), self.text().text()
        first_line = self.number()
        positional_only, positional, keyword_only = self.limited(255), self.limited(255), self.limited(255)
        kind = self.limited(CodeKind.ASYNC_GENERATOR)
        frame_size, generator_slot, flags = self.limited(MOST_SLOTS), self.limited(MOST_SLOTS) - 1, self.limited(7)
        captures = self.row()
        variables: Array[str] = Array(self.count(), "")
        for index in range(len(variables)):
            variables[index] = self.text().text()
        free_names = self.names()
        code = Code(
            self.session,
            self.namespace,
            name,
            qualified_name,
            self.file,
            first_line,
            positional_only,
            positional,
            keyword_only,
            flags & 4 != 0,
            flags & 2 != 0,
            kind,
            frame_size,
            generator_slot,
            captures,
            variables,
            self.constant(),
        )
        code.free_names = free_names
        code.variables_are_a_namespace = flags & 1 != 0
        code.words = self.row()
        code.set_length(len(code.words))
        code.handlers = HandlerTable(self.row())
        code.lines = LineTable(self.row(), self.row(), self.row())
        if len(code.lines.firsts) != len(code.lines.starts) or len(code.lines.firsts) != len(code.lines.ends):
            raise Damaged
        if self.limited(1) == 1:
            live = self.row()
            if len(live) != len(code.words):
                raise Damaged
            code.live_slots = live
        constants: Array[Value] = Array(self.count(), NONE)
        for index in range(len(constants)):
            constants[index] = self.constant()
        code.constants = constants
        self.depth -= 1
        return code

    def constant(self) -> Value:
        """A constant."""
        match self.number():
            case Tag.NONE:
                return NONE
            case Tag.UNDEFINED:
                return Value.UNDEFINED
            case Tag.FALSE:
                return Value.FALSE
            case Tag.TRUE:
                return Value.TRUE
            case Tag.ELLIPSIS:
                return ELLIPSIS
            case Tag.INT:
                return Value.of_int(self.signed())
            case Tag.FLOAT:
                return Value.of_float(self.real())
            case Tag.STR:
                return Value.of_object(self.text())
            case tag:
                return self._object(tag)

    def _object(self, tag: int) -> Value:
        match tag:
            case Tag.BIG_INT:
                return self._big_int(self.text().text())
            case Tag.COMPLEX:
                real = self.real()
                return complex_value(real, self.real())
            case Tag.BYTES:
                data = bytearray()
                for character in self.text().text():
                    data.append(ord(character) & 255)
                return bytes_value(bytes(data))
            case Tag.TUPLE:
                items: Array[Value] = Array(self.count(), NONE)
                for index in range(len(items)):
                    items[index] = self.constant()
                return Value.of_object(PyTuple(items))
            case Tag.READ_SITE | Tag.STORE_SITE:
                name = self.text()
                return Value.of_object(AttributeSite(name.text(), name, tag == Tag.STORE_SITE))
            case Tag.GLOBAL:
                return Value.of_object(self.namespace.cell(self.text().text()))
            case Tag.CODE:
                return Value.of_object(self.code())
            case Tag.CALL_SHAPE:
                positional = self.limited(255)
                names: Array[PyStr] = Array(self.count(), EMPTY_NAME)
                for index in range(len(names)):
                    names[index] = self.text()
                return Value.of_object(CallShape(positional, names))
            case Tag.TYPE:
                return Value.of_object(NAMED_TYPES[self.limited(len(NAMED_TYPES) - 1)])
            case _:
                raise Damaged

    def _big_int(self, digits: str) -> Value:
        is_negative = digits.startswith("-")
        plain = digits[1:] if is_negative else digits
        if plain == "" or not plain.isdigit():
            raise Damaged
        number = big_constant(plain)
        return int_value(negate(integer(number))) if is_negative else number
