"""From instructions with labels to a `Code` object."""

from __future__ import annotations

from typing import Final, TypeVar, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright_ruff.bytecode import (
    NO_CELLS,
    NO_CODES,
    NO_FIELDS,
    NO_LOOKUPS,
    NO_METHODS,
    NO_NATIVES,
    NO_SHAPES,
    Code,
    FieldSite,
    MethodSite,
    NameSite,
    NativeSite,
)
from tracewright_ruff.errors import CompileError
from tracewright_ruff.opcodes import Op
from tracewright_ruff.session import GlobalCell, Session, W_Native
from tracewright_ruff.shapes import Shape
from tracewright_ruff.strings import text_value

LIMIT: Final = 65535  # of operands a, b, c
T = TypeVar("T")

SMALL_INT: Final = 32767  # numbers up to this fit into an instruction


@final
class Label:
    """A place in the code that may be jumped to before it is known."""

    def __init__(self) -> None:
        self.position = -1


@final
class Assembler:
    """The instructions and tables of one function under construction."""

    def __init__(self, session: Session, name: str, file: str) -> None:
        self.session = session
        self.name = name
        self.file = file
        self.line = 0  # of what is being emitted
        self.words: list[int] = []
        self.lines: list[int] = []
        self.wide_jumps: list[int] = []  # positions of words whose wide operand is a label's index
        self.next_words: list[int] = []  # positions of second words that hold a label's index
        self.labels: list[Label] = []
        self.handlers: list[int] = []
        self.constants: list[Value] = []
        self.text_constants: dict[str, int] = {}
        self.names: list[str] = []
        self.name_indexes: dict[str, int] = {}
        self.cells: list[GlobalCell] = []
        self.cell_indexes: dict[str, int] = {}
        self.shapes: list[Shape] = []
        self.codes: list[Code] = []
        self.fields: list[FieldSite] = []
        self.methods: list[MethodSite] = []
        self.natives: list[NativeSite] = []
        self.lookups: list[NameSite] = []

    # --- instructions ---
    def emit(self, operation: int, a: int, b: int, c: int) -> None:
        """One instruction with three 16-bit operands."""
        if a > LIMIT or b > LIMIT or c > LIMIT:
            raise CompileError("function too large", self.line)
        self.words.append(operation | (a & LIMIT) << 8 | (b & LIMIT) << 24 | (c & LIMIT) << 40)
        self.lines.append(self.line)

    def emit_wide(self, operation: int, a: int, number: int) -> None:
        """One instruction with a 16-bit and a 32-bit operand."""
        if a > LIMIT:
            raise CompileError("function too large", self.line)
        self.words.append(operation | a << 8 | number << 24)
        self.lines.append(self.line)

    def jump(self, operation: int, a: int, label: Label) -> None:
        """A jump whose target is the wide operand."""
        self.wide_jumps.append(len(self.words))
        self.emit_wide(operation, a, len(self.labels))
        self.labels.append(label)

    def branch(self, operation: int, a: int, b: int, c: int, label: Label) -> None:
        """An instruction whose target is the next word."""
        self.emit(operation, a, b, c)
        self.next_words.append(len(self.words))
        self.words.append(len(self.labels))
        self.lines.append(self.line)
        self.labels.append(label)

    def place(self, label: Label) -> None:
        """The label is here."""
        label.position = len(self.words)

    def protect(self, start: int, end: int, target: int, slot: int) -> None:
        """Errors raised from `start` up to `end` go to `target` with the error in `slot`. Inner ranges first."""
        self.handlers.extend([start, end, target, slot])

    def undefine(self, slots: list[int]) -> None:
        """These variables have no value."""
        last = len(slots) - 1
        for index in range(0, len(slots), 3):
            self.emit(Op.UNDEFINE, slots[index], slots[min(index + 1, last)], slots[min(index + 2, last)])

    # --- tables ---
    def constant(self, value: Value) -> int:
        """Index of a constant; equal ints and identical objects are kept once."""
        for index in range(len(self.constants)):
            if not value.is_float() and self.constants[index].same(value):
                return index
        self.constants.append(value)
        return len(self.constants) - 1

    def text_constant(self, text: str) -> int:
        """Index of a string constant."""
        index = self.text_constants.get(text, -1)
        if index < 0:
            index = len(self.constants)
            self.constants.append(text_value(text))
            self.text_constants[text] = index
        return index

    def name_index(self, name: str) -> int:
        """Index in the table of names and message texts."""
        index = self.name_indexes.get(name, -1)
        if index < 0:
            index = len(self.names)
            self.names.append(name)
            self.name_indexes[name] = index
        return index

    def cell_index(self, cell: GlobalCell) -> int:
        """Index of a global variable."""
        index = self.cell_indexes.get(cell.name, -1)
        if index < 0:
            index = len(self.cells)
            self.cells.append(cell)
            self.cell_indexes[cell.name] = index
        return index

    def add_cell(self, cell: GlobalCell) -> int:
        """A new entry for a global variable, even if it has one (for consecutive entries)."""
        self.cells.append(cell)
        return len(self.cells) - 1

    def shape_index(self, shape: Shape) -> int:
        """Index of a layout."""
        for index in range(len(self.shapes)):
            if self.shapes[index] is shape:
                return index
        self.shapes.append(shape)
        return len(self.shapes) - 1

    def code_index(self, code: Code) -> int:
        """Index of a function made here."""
        self.codes.append(code)
        return len(self.codes) - 1

    def field_index(self, name: str) -> int:
        """Index of a new inline cache for a field or text key."""
        self.fields.append(FieldSite(name))
        return len(self.fields) - 1

    def method_index(self, name: str) -> int:
        """Index of a new inline cache for a method."""
        self.methods.append(MethodSite(name))
        return len(self.methods) - 1

    def native_index(self, native: W_Native, count: int, moved: int) -> int:
        """Index of a call of a builtin."""
        self.natives.append(NativeSite(native, count, moved))
        return len(self.natives) - 1

    def lookup_index(self, site: NameSite) -> int:
        """Index of a name that is looked up when used; equal ones are kept once."""
        for index in range(len(self.lookups)):
            other = self.lookups[index]
            same_places = other.captured == site.captured and other.slot == site.slot and other.cell is site.cell
            if other.name == site.name and same_places:
                return index
        self.lookups.append(site)
        return len(self.lookups) - 1

    # --- the end ---
    def finish(self, undefined: list[int], captures: list[int]) -> Code:
        """The code object; it begins by leaving the slots of `undefined` without value."""
        body = self.words
        body_lines = self.lines
        self.words = []
        self.lines = []
        self.undefine(undefined)
        shift = len(self.words)
        for position in self.wide_jumps:
            word = body[position]
            body[position] = word & 0xFFFFFF | (self.labels[word >> 24].position + shift) << 24
        for position in self.next_words:
            body[position] = self.labels[body[position]].position + shift
        self.words.extend(body)
        self.lines.extend(body_lines)
        code = Code(self.session, self.name, self.file, int_row(self.words))
        code.lines = int_row(self.lines)
        code.handlers = int_row(self.handlers)
        for row in range(0, len(self.handlers), 4):
            for column in range(3):
                code.handlers[row + column] += shift
        code.captures = int_row(captures)
        self._fill_tables(code)
        return code

    def _fill_tables(self, code: Code) -> None:
        code.constants = Array(len(self.constants), Value.NULL)
        for index in range(len(self.constants)):
            code.constants[index] = self.constants[index]
        code.names = Array(len(self.names), "")
        for index in range(len(self.names)):
            code.names[index] = self.names[index]
        code.cells = row_of(self.cells, NO_CELLS)
        code.shapes = row_of(self.shapes, NO_SHAPES)
        code.codes = row_of(self.codes, NO_CODES)
        code.fields = row_of(self.fields, NO_FIELDS)
        code.methods = row_of(self.methods, NO_METHODS)
        code.natives = row_of(self.natives, NO_NATIVES)
        code.lookups = row_of(self.lookups, NO_LOOKUPS)


def int_row(items: list[int]) -> Array[int]:
    """The numbers as an Array."""
    result: Array[int] = Array(len(items), 0)
    for index in range(len(items)):
        result[index] = items[index]
    return result


def row_of(items: list[T], empty: Array[T]) -> Array[T]:
    """The objects as an Array."""
    if len(items) == 0:
        return empty
    result: Array[T] = Array(len(items), items[0])
    for index in range(len(items)):
        result[index] = items[index]
    return result
