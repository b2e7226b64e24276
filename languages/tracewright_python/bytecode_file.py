"""Code objects as bytes, for the cache of compiled modules (`module_cache.py`).

    texts                                   each once: their number, then length and width with the characters
    code: names, numbers, words, tables     texts by their numbers; constants with a tag before each; codes inside of codes

Numbers are written seven bits a byte, the lowest first. Only code that has just been compiled is written: what it has learned when it ran is not kept.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.integers import bits_of_float
from tracewright.core.text import code_at, width_of
from tracewright.core.value import Value
from tracewright.lib.big_integers_text import to_text
from tracewright_python import builtin_types as types
from tracewright_python.arguments import CallShape
from tracewright_python.attribute_sites import AttributeSite
from tracewright_python.big_ints import integer, is_big
from tracewright_python.byte_objects import PyBytes, bytes_of
from tracewright_python.bytecode import Code
from tracewright_python.complex_numbers import as_complex
from tracewright_python.lists import PyTuple
from tracewright_python.namespaces import GlobalCell
from tracewright_python.objects import PyType
from tracewright_python.texts import PyStr, as_str
from tracewright_python.values import ELLIPSIS


class Tag:
    """Kinds of constants."""

    NONE: Final = 0
    UNDEFINED: Final = 1
    FALSE: Final = 2
    TRUE: Final = 3
    ELLIPSIS: Final = 4
    INT: Final = 5
    FLOAT: Final = 6
    STR: Final = 7
    BIG_INT: Final = 8
    COMPLEX: Final = 9
    BYTES: Final = 10
    TUPLE: Final = 11
    READ_SITE: Final = 12
    STORE_SITE: Final = 13
    GLOBAL: Final = 14
    CODE: Final = 15
    CALL_SHAPE: Final = 16
    TYPE: Final = 17


NAMED_TYPES: Final[list[PyType]] = [types.STOP_ASYNC_ITERATION, types.ASSERTION_ERROR]
"""The built-in types that the compiler puts into code, by the numbers that files have."""


@final
class Unwritable(Exception):
    """A constant is of a kind that files do not have."""


@final
class CodeWriter:
    """Writes one module's code."""

    def __init__(self) -> None:
        self.out: bytearray = bytearray()
        self.texts: list[str] = []
        self.numbers: dict[str, int] = {}  # of texts

    # --- parts ---

    def number(self, number: int) -> None:
        """A number that is not negative."""
        while number > 127:
            self.out.append(number & 127 | 128)
            number >>= 7
        self.out.append(number)

    def signed(self, number: int) -> None:
        """Any number of up to 62 bits."""
        self.number(2 * number if number >= 0 else -2 * number - 1)

    def word(self, bits: int) -> None:
        """Eight bytes."""
        for shift in range(0, 64, 8):
            self.out.append(bits >> shift & 255)

    def text(self, text: str) -> None:
        """The number of a text."""
        known = self.numbers.get(text, -1)
        if known < 0:
            known = len(self.texts)
            self.texts.append(text)
            self.numbers[text] = known
        self.number(known)

    def characters(self, text: str) -> None:
        """A text itself."""
        width = width_of(text)
        self.number(4 * len(text) + width - 1)
        for index in range(len(text)):
            code = code_at(text, index)
            for shift in range(0, 8 * width, 8):
                self.out.append(code >> shift & 255)

    def row(self, numbers: Array[int]) -> None:
        """Their number, and each."""
        self.number(len(numbers))
        for index in range(len(numbers)):
            self.signed(numbers[index])

    # --- code ---

    def code(self, code: Code) -> None:
        """A code object with those inside of it. Raises Unwritable."""
        self.text(code.name)
        self.text(code.qualified_name)
        for number in (
            code.first_line,
            code.positional_only,
            code.positional,
            code.keyword_only,
            code.kind,
            code.frame_size,
            code.generator_slot + 1,
        ):
            self.number(number)
        flags = 0
        for flag in (code.has_variadic, code.has_keywords, code.variables_are_a_namespace):
            flags = 2 * flags + int(flag)
        self.number(flags)
        self.row(code.captures)
        self.number(len(code.variables))
        for name in code.variables:
            self.text(name)
        self.number(len(code.free_names))
        for name in code.free_names:
            self.text(name)
        self.constant(code.documentation)
        self.row(code.words)
        self.row(code.handlers.rows)
        for table in (code.lines.firsts, code.lines.starts, code.lines.ends):
            self.row(table)
        live = code.live_slots
        self.number(0 if live is None else 1)
        if live is not None:
            self.row(live)
        self.number(len(code.constants))
        for index in range(len(code.constants)):
            self.constant(code.constants[index])

    def constant(self, value: Value) -> None:
        """A constant. Raises Unwritable."""
        if value.is_int() and -(1 << 61) < value.as_int() < 1 << 61:
            self.number(Tag.INT)
            self.signed(value.as_int())
        elif value.is_float():
            self.number(Tag.FLOAT)
            self.word(bits_of_float(value.as_float()))
        elif value.same(Value.NULL):
            self.number(Tag.NONE)
        elif value.same(Value.UNDEFINED):
            self.number(Tag.UNDEFINED)
        elif value.is_bool():
            self.number(Tag.TRUE if value.as_bool() else Tag.FALSE)
        elif value.same(ELLIPSIS):
            self.number(Tag.ELLIPSIS)
        elif value.is_int() or is_big(value):
            self.number(Tag.BIG_INT)
            self.text(to_text(integer(value), 10))
        else:
            self._object(value)

    def _object(self, value: Value) -> None:
        text, number, thing = as_str(value), as_complex(value), value.as_object()
        data = bytes_of(value) if isinstance(thing, PyBytes) else None
        if text is not None:
            self.number(Tag.STR)
            self.text(text.text())
        elif number is not None:
            self.number(Tag.COMPLEX)
            self.word(bits_of_float(number.real))
            self.word(bits_of_float(number.imaginary))
        elif data is not None:
            self.number(Tag.BYTES)
            self.text(data.decode("latin-1"))
        elif isinstance(thing, PyTuple):
            self.number(Tag.TUPLE)
            self.number(len(thing.items))
            for item in thing.items:
                self.constant(item)
        elif isinstance(thing, AttributeSite):
            self.number(Tag.STORE_SITE if thing.is_store else Tag.READ_SITE)
            self.text(thing.name)
        elif isinstance(thing, GlobalCell):
            self.number(Tag.GLOBAL)
            self.text(thing.name)
        elif isinstance(thing, Code):
            self.number(Tag.CODE)
            self.code(thing)
        elif isinstance(thing, CallShape):
            self.number(Tag.CALL_SHAPE)
            self.number(thing.positional)
            self.number(len(thing.names))
            for name in thing.names:
                self.text(name.text())
        elif isinstance(thing, PyType):
            self.number(Tag.TYPE)
            self.number(number_of_type(thing))
        else:
            raise Unwritable

    def finished(self) -> bytes:
        """The texts, then the code."""
        head = CodeWriter()
        head.number(len(self.texts))
        for text in self.texts:
            head.characters(text)
        return bytes(head.out) + bytes(self.out)


def number_of_type(kind: PyType) -> int:
    """By which files know a built-in type. Raises Unwritable."""
    for number in range(len(NAMED_TYPES)):
        if NAMED_TYPES[number] is kind:
            return number
    raise Unwritable


def written(code: Code) -> bytes:
    """The bytes of a module's code. Raises Unwritable."""
    writer = CodeWriter()
    writer.code(code)
    return writer.finished()


EMPTY_NAME: Final = PyStr("")
"""Stands in rows of names that are not filled yet."""
