"""Reads what `bytecode_file.py` has written. Nothing of a file is believed: every number is compared with what is there, every code object is
checked (`bytecode_rules.py`), and before all that the checksum."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.integers import float_of_bits
from tracewright.core.value import Value
from tracewright.guest.handler_table import HandlerTable
from tracewright.guest.line_table import LineTable
from tracewright.guest.sites import PropertySite
from tracewright.lib.regular_expressions.flags import flags_of
from tracewright.lib.regular_expressions.parser import PatternError, parse_pattern
from tracewright_javascript.bigints import text_to_bigint
from tracewright_javascript.builtins.regexp_objects import PatternLiteral, literal_maker
from tracewright_javascript.bytecode import Code
from tracewright_javascript.bytecode_file import COMMON, HEADER_LENGTH, MAGIC, MODULE, VERSION, Tag, checksum
from tracewright_javascript.bytecode_rules import BytecodeFault, check_code
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.modules import ExportEntry, ImportEntry, ModuleCode
from tracewright_javascript.properties import NOT_WRITABLE
from tracewright_javascript.read_sites import ReadSite
from tracewright_javascript.realm import Realm
from tracewright_javascript.templates import TemplateSite
from tracewright_javascript.values import EMPTY
from tracewright_javascript.write_sites import WriteSite

DEEPEST: Final = 2000  # functions inside each other
DAMAGED: Final = "the file is damaged"


@final
class CompiledFile:
    """What a file holds: the code of a CommonJS module, or that of an ES module."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.common: Code | None = None
        self.cells: dict[str, GlobalCell] = {}  # of a CommonJS module: its names, and those that it is given
        self.module: ModuleCode | None = None


def is_compiled(data: bytes) -> bool:
    """Whether a file says that it is a compiled program."""
    return data[: len(MAGIC)] == MAGIC


def read_compiled(realm: Realm, data: bytes, path: str, this: Value) -> CompiledFile:
    """The program in a file at a path, which errors and imports see; `this` is that of a CommonJS module, whose cells are in the result to be filled. Raises BytecodeFault."""
    if len(data) < HEADER_LENGTH or not is_compiled(data):
        raise BytecodeFault("the file is no compiled program")
    if _little(data, 4, 4) != VERSION:
        raise BytecodeFault("the file was compiled by another version")
    if _little(data, 8, 8) != checksum(data, HEADER_LENGTH):
        raise BytecodeFault(DAMAGED)
    try:
        return _Reader(realm, data, path, this).file()
    except RecursionError:
        raise BytecodeFault(DAMAGED)


def _little(data: bytes, start: int, count: int) -> int:
    result = 0
    for index in range(count):
        result |= data[start + index] << 8 * index
    return result


@final
class _Reader:
    """Reads one program."""

    def __init__(self, realm: Realm, data: bytes, path: str, this: Value) -> None:
        self.realm = realm
        self.data = data
        self.place: int = HEADER_LENGTH
        self.this = this
        self.source = ""
        self.path = path
        self.cells: dict[str, GlobalCell] = {}
        self.depth = 0

    # Parts

    def byte(self) -> int:
        """The next one."""
        if self.place >= len(self.data):
            raise BytecodeFault(DAMAGED)
        self.place += 1
        return self.data[self.place - 1]

    def number(self) -> int:
        """One that is not negative."""
        result = 0
        shift = 0
        while True:
            byte = self.byte()
            if shift > 56:
                raise BytecodeFault(DAMAGED)
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
            raise BytecodeFault(DAMAGED)
        return number

    def count(self) -> int:
        """A number of things, each of which takes a byte at least."""
        return self.limited(len(self.data) - self.place)

    def text(self) -> str:
        """A string of units."""
        coded = self.number()
        width = 1 + (coded & 1)
        length = coded >> 1
        if length * width > len(self.data) - self.place:
            raise BytecodeFault(DAMAGED)
        if width == 1:
            self.place += length
            return self.data[self.place - length : self.place].decode("latin-1")
        parts: list[str] = []
        for _ in range(length):
            low = self.byte()
            parts.append(chr(low | self.byte() << 8))
        return "".join(parts)

    def texts(self) -> list[str]:
        """Several."""
        return [self.text() for _ in range(self.count())]

    def row(self) -> Array[int]:
        """Several numbers."""
        numbers = Array(self.count(), 0)
        for index in range(len(numbers)):
            numbers[index] = self.signed()
        return numbers

    # Files

    def file(self) -> CompiledFile:
        """The whole. Raises BytecodeFault."""
        kind = self.number()
        self.source = self.text()
        result = CompiledFile(self.source)
        if kind == COMMON:
            self._own_cells()
            result.cells = self.cells
            result.common = self.code()
        elif kind == MODULE:
            result.module = self._module()
        else:
            raise BytecodeFault(DAMAGED)
        if self.place != len(self.data):
            raise BytecodeFault(DAMAGED)
        return result

    def _own_cells(self) -> None:
        for _ in range(self.count()):
            name = self.text()
            how = self.limited(3)
            cell = GlobalCell(name)
            if how >= 2:
                cell.is_lexical = True
                cell.attributes = NOT_WRITABLE if how == 3 else 0
            else:
                cell.value = Value.UNDEFINED
                cell.is_guarded = False
            self.cells[name] = cell

    def _module(self) -> ModuleCode:
        is_async = self.limited(1) == 1
        cells = self.texts()
        uninitialized = self.texts()
        requests = self.texts()
        stars = self.texts()
        imports = [self._three() for _ in range(self.count())]
        exports = [self._three() for _ in range(self.count())]
        declarations = self.code()
        body = self.code()
        if len(declarations.captures) != len(cells) or len(body.captures) != len(cells):
            raise BytecodeFault(DAMAGED)
        code = ModuleCode(declarations, body, cells, is_async)
        code.uninitialized = uninitialized
        code.requests = requests
        code.stars = stars
        for source in [*stars, *[each[0] for each in imports], *[each[2] for each in exports if each[2] != ""]]:
            if source not in requests:
                raise BytecodeFault(DAMAGED)
        for name in [*[each[2] for each in imports], *[each[1] for each in exports if each[2] == ""]]:
            if name not in cells:
                raise BytecodeFault(DAMAGED)
        code.imports = [ImportEntry(each[0], each[1], each[2]) for each in imports]
        code.exports = [ExportEntry(each[0], each[1], each[2]) for each in exports]
        return code

    def _three(self) -> list[str]:
        texts = self.texts()
        if len(texts) != 3:
            raise BytecodeFault(DAMAGED)
        return texts

    # Code

    def code(self) -> Code:
        """A code object, checked, with those inside of it. Raises BytecodeFault."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise BytecodeFault(DAMAGED)
        name = self.text()
        start = self.limited(len(self.source))
        length = self.limited(len(self.source) - start)
        parameters, shown_length, frame_size = self.limited(65535), self.limited(65535), self.limited(65536)
        kind, generator_slot, flags = self.limited(3), self.limited(65536) - 1, self.limited(15)
        captures = self.row()
        for index in range(len(captures)):
            if captures[index] < 0:
                raise BytecodeFault(DAMAGED)
        code = Code(
            self.realm,
            name,
            self.path,
            parameters,
            shown_length,
            frame_size,
            flags & 8 != 0,
            flags & 4 != 0,
            flags & 2 != 0,
            flags & 1 != 0,
            kind,
            generator_slot,
            captures,
            self.source[start : start + length],
        )
        code.words = self.row()
        code.set_length(len(code.words))
        code.handlers = HandlerTable(self.row())
        code.lines = LineTable(self.row(), self.row(), self.row())
        if len(code.lines.firsts) != len(code.lines.starts) or len(code.lines.firsts) != len(code.lines.ends):
            raise BytecodeFault(DAMAGED)
        if self.limited(1) == 1:
            live = self.row()
            if len(live) != len(code.words):
                raise BytecodeFault(DAMAGED)
            code.live_slots = live
        constants: Array[Value] = Array(self.count(), Value.NULL)
        for index in range(len(constants)):
            constants[index] = self.constant()
        code.constants = constants
        check_code(code)
        self.depth -= 1
        return code

    def constant(self) -> Value:
        """A constant. Raises BytecodeFault."""
        match self.number():
            case Tag.UNDEFINED:
                return Value.UNDEFINED
            case Tag.NULL:
                return Value.NULL
            case Tag.FALSE:
                return Value.FALSE
            case Tag.TRUE:
                return Value.TRUE
            case Tag.EMPTY:
                return EMPTY
            case Tag.INT:
                return Value.of_int(self.signed())
            case Tag.DOUBLE:
                bits = 0
                for shift in range(0, 64, 8):
                    bits |= self.byte() << shift
                return Value.of_float(float_of_bits(bits))
            case Tag.STRING:
                return self.realm.agent.interned(self.text())
            case Tag.BIGINT:
                number = text_to_bigint(self.text())
                if number is None:
                    raise BytecodeFault(DAMAGED)
                return Value.of_object(number)
            case Tag.TOP_THIS:
                return self.this
            case tag:
                return self._object(tag)

    def _object(self, tag: int) -> Value:
        match tag:
            case Tag.SITE:
                return Value.of_object(PropertySite(self.text()))
            case Tag.READ_SITE:
                return Value.of_object(ReadSite(self.text()))
            case Tag.WRITE_SITE:
                return Value.of_object(WriteSite(self.text()))
            case Tag.GLOBAL:
                return Value.of_object(self.realm.cell(self.text()))
            case Tag.OWN_GLOBAL:
                cell = self.cells.get(self.text())
                if cell is None:
                    raise BytecodeFault(DAMAGED)
                return Value.of_object(cell)
            case Tag.CODE:
                return Value.of_object(self.code())
            case Tag.TEMPLATE:
                raw = self.texts()
                return Value.of_object(TemplateSite([self.constant() for _ in raw], raw))
            case Tag.PATTERN:
                source, letters = self.text(), self.text()
                flags = flags_of(letters)
                if flags is None:
                    raise BytecodeFault(DAMAGED)
                try:
                    tree = parse_pattern(source, flags)
                except PatternError:
                    raise BytecodeFault(DAMAGED)
                return literal_maker(self.realm, PatternLiteral(source, letters, tree))
            case _:
                raise BytecodeFault(DAMAGED)
