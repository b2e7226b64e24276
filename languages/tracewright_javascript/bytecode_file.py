"""Compiled programs in files: `js compile x.js -o x.jsbc`, then `js x.jsbc`.

    magic, version of the form      8 bytes
    checksum of the rest            8 bytes
    kind, source text               then, of a CommonJS module, its names and its code; of an ES module, what it imports and exports and two codes

Numbers are written seven bits a byte, the lowest first; texts with their length and width. Only what this version of the engine has written is
read: another version, or a file in which any bit has changed, is refused.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.integers import bits_of_float, wrap_mul
from tracewright.core.text import code_at, width_of
from tracewright.core.value import Value
from tracewright.guest.sites import PropertySite
from tracewright_javascript.builtins.regexp_objects import literal_in
from tracewright_javascript.bytecode import Code
from tracewright_javascript.bytecode_rules import BytecodeFault
from tracewright_javascript.conversions import to_text
from tracewright_javascript.evaluation import EvalSite
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.modules import ModuleCode
from tracewright_javascript.read_sites import ReadSite
from tracewright_javascript.templates import TemplateSite
from tracewright_javascript.values import EMPTY, as_bigint, as_string
from tracewright_javascript.write_sites import WriteSite

MAGIC: Final = b"TWJS"
VERSION: Final = 7  # of this form; changed with it, with the opcodes and with what they mean
HEADER_LENGTH: Final = 16
COMMON: Final = 0  # kinds of files
MODULE: Final = 1


class Tag:
    """Kinds of constants."""

    UNDEFINED: Final = 0
    NULL: Final = 1
    FALSE: Final = 2
    TRUE: Final = 3
    EMPTY: Final = 4
    INT: Final = 5
    DOUBLE: Final = 6
    STRING: Final = 7
    BIGINT: Final = 8
    SITE: Final = 9
    GLOBAL: Final = 10  # a cell of the realm
    OWN_GLOBAL: Final = 11  # a cell of the module
    CODE: Final = 12
    TEMPLATE: Final = 13
    PATTERN: Final = 14
    TOP_THIS: Final = 15
    READ_SITE: Final = 16
    WRITE_SITE: Final = 17


def checksum(data: bytes, start: int) -> int:
    """Of the bytes from `start` on: each changes it for good."""
    state = 0x1234567
    for index in range(start, len(data)):
        state = wrap_mul(state ^ data[index], 0x100000001B3)
        state = state ^ (state >> 29)
    return state


@final
class Writer:
    """Writes one program."""

    def __init__(self, source: str, own_cells: dict[str, GlobalCell], top_this: Value) -> None:
        self.out: bytearray = bytearray()
        self.source = source
        self.own_cells = own_cells
        self.top_this = top_this

    # Parts

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
        """A string of units."""
        is_wide = width_of(text) > 1
        self.number(2 * len(text) + (1 if is_wide else 0))
        for index in range(len(text)):
            unit = code_at(text, index)
            self.out.append(unit & 255)
            if is_wide:
                self.out.append(unit >> 8)

    def texts(self, texts: list[str]) -> None:
        """Their number, and each."""
        self.number(len(texts))
        for text in texts:
            self.text(text)

    def row(self, numbers: Array[int]) -> None:
        """Their number, and each."""
        self.number(len(numbers))
        for index in range(len(numbers)):
            self.signed(numbers[index])

    # Code

    def code(self, code: Code, around: int) -> None:
        """A code object with those inside of it; its text is looked for from `around` on in the source. Raises BytecodeFault."""
        start = self.source.find(code.source, around) if code.source != "" else 0
        if start < 0:
            raise BytecodeFault("a function's text is not in its file")
        self.text(code.name)
        self.number(start)
        self.number(len(code.source))
        for number in (code.parameters, code.length, code.frame_size, code.kind, code.generator_slot + 1):
            self.number(number)
        flags = 0
        for flag in (code.is_constructor, code.is_class, code.is_derived, code.is_strict):
            flags = 2 * flags + (1 if flag else 0)
        self.number(flags)
        self.row(code.captures)
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
            self.constant(code.constants[index], start)

    def constant(self, value: Value, around: int) -> None:
        """A constant of a code whose text begins at `around`. Raises BytecodeFault."""
        if value.is_int():
            self.number(Tag.INT)
            self.signed(value.as_int())
        elif value.is_float():
            self.number(Tag.DOUBLE)
            self.word(bits_of_float(value.as_float()))
        elif value.same(Value.UNDEFINED):
            self.number(Tag.UNDEFINED)
        elif value.same(Value.NULL):
            self.number(Tag.NULL)
        elif value.same(EMPTY):
            self.number(Tag.EMPTY)
        elif value.is_bool():
            self.number(Tag.TRUE if value.as_bool() else Tag.FALSE)
        elif value.same(self.top_this):
            self.number(Tag.TOP_THIS)
        else:
            self._object(value, around)

    def _object(self, value: Value, around: int) -> None:
        text = as_string(value)
        bigint = as_bigint(value)
        thing = value.as_object()
        literal = literal_in(value)
        if text is not None:
            self.number(Tag.STRING)
            self.text(text.text())
        elif bigint is not None:
            self.number(Tag.BIGINT)
            self.text(to_text(value))
        elif isinstance(thing, EvalSite):
            raise BytecodeFault("not there yet: a direct `eval` in a compiled file")
        elif isinstance(thing, PropertySite):
            self.number(Tag.SITE)
            self.text(thing.name)
        elif isinstance(thing, ReadSite):
            self.number(Tag.READ_SITE)
            self.text(thing.own.name)
        elif isinstance(thing, WriteSite):
            self.number(Tag.WRITE_SITE)
            self.text(thing.own.name)
        elif isinstance(thing, GlobalCell):
            self.number(Tag.OWN_GLOBAL if self.own_cells.get(thing.name) is thing else Tag.GLOBAL)
            self.text(thing.name)
        elif isinstance(thing, Code):
            self.number(Tag.CODE)
            self.code(thing, around)
        elif isinstance(thing, TemplateSite):
            self.number(Tag.TEMPLATE)
            self.texts(thing.raw)
            for cooked in thing.cooked:
                self.constant(cooked, around)
        elif literal is not None:
            self.number(Tag.PATTERN)
            self.text(literal.source)
            self.text(literal.letters)
        else:
            raise BytecodeFault("a constant cannot be written to a file")

    def finished(self) -> bytes:
        """The file."""
        body = bytes(self.out)
        head = Writer("", {}, Value.UNDEFINED)
        head.word(VERSION)
        version = bytes(head.out)[:4]
        head.word(checksum(body, 0))
        return MAGIC + version + bytes(head.out)[8:] + body


def written_common(source: str, code: Code, cells: dict[str, GlobalCell], this: Value) -> bytes:
    """The file of a CommonJS module, before it has run. Raises BytecodeFault."""
    writer = Writer(source, cells, this)
    writer.number(COMMON)
    writer.text(source)
    writer.number(len(cells))
    for name, cell in cells.items():
        writer.text(name)
        writer.number((2 if cell.is_lexical else 0) + (1 if cell.attributes != 0 else 0))
    writer.code(code, 0)
    return writer.finished()


def written_module(source: str, code: ModuleCode) -> bytes:
    """The file of an ES module. Raises BytecodeFault."""
    writer = Writer(source, {}, Value.UNDEFINED)
    writer.number(MODULE)
    writer.text(source)
    writer.number(1 if code.is_async else 0)
    for texts in (code.cells, code.uninitialized, code.requests, code.stars):
        writer.texts(texts)
    writer.number(len(code.imports))
    for imported in code.imports:
        writer.texts([imported.source, imported.imported, imported.local])
    writer.number(len(code.exports))
    for exported in code.exports:
        writer.texts([exported.exported, exported.local, exported.source])
    writer.code(code.declarations, 0)
    writer.code(code.body, 0)
    return writer.finished()
