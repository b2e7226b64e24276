"""The assembler of every guest language, with the tables that Ruff's instructions need: gives `Code` objects."""

from __future__ import annotations

from typing import TypeVar, final

from tracewright.core.arrays import Array
from tracewright.guest.assembler import Assembler
from tracewright.guest.instructions import encode
from tracewright.guest.shapes import Shape
from tracewright.guest.sites import MethodSite, PropertySite
from tracewright.hints import ALL_LIVE
from tracewright.lib.array_tools import array_from
from tracewright_ruff.bytecode import (
    NO_CELLS,
    NO_CODES,
    NO_FIELDS,
    NO_LOOKUPS,
    NO_METHODS,
    NO_NATIVES,
    NO_SHAPES,
    Code,
    NameSite,
    NativeSite,
)
from tracewright_ruff.errors import CompileError
from tracewright_ruff.opcodes import Op
from tracewright_ruff.session import GlobalCell, Session, W_Native
from tracewright_ruff.strings import literal_value

T = TypeVar("T")


@final
class RuffAssembler(Assembler):
    """The instructions and tables of one function under construction."""

    def __init__(self, session: Session, name: str, file: str) -> None:
        super().__init__(name)
        self.session = session
        self.file = file
        self.text_constants: dict[str, int] = {}
        self.names: list[str] = []
        self.name_indexes: dict[str, int] = {}
        self.cells: list[GlobalCell] = []
        self.cell_indexes: dict[str, int] = {}
        self.shapes: list[Shape] = []
        self.shape_indexes: dict[Shape, int] = {}
        self.codes: list[Code] = []
        self.fields: list[PropertySite] = []
        self.methods: list[MethodSite] = []
        self.natives: list[NativeSite] = []
        self.lookups: list[NameSite] = []
        self.lookup_indexes: dict[tuple[str, int, int], int] = {}

    def too_large(self) -> Exception:
        return CompileError("function too large", self.line)

    def undefine(self, slots: list[int]) -> None:
        """These variables have no value."""
        for word in undefining(slots):
            self.add_word(word)

    # --- tables ---
    def text_constant(self, text: str) -> int:
        """Index of a string constant."""
        index = self.text_constants.get(text, -1)
        if index < 0:
            index = self.new_constant(literal_value(self.session.literals, text))
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
        index = self.shape_indexes.get(shape, -1)
        if index < 0:
            index = len(self.shapes)
            self.shapes.append(shape)
            self.shape_indexes[shape] = index
        return index

    def code_index(self, code: Code) -> int:
        """Index of a function made here."""
        self.codes.append(code)
        return len(self.codes) - 1

    def field_index(self, name: str) -> int:
        """Index of a new inline cache for a field or text key."""
        self.fields.append(PropertySite(name))
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
        key = (site.name, site.captured, site.slot)  # the name says which global it may be
        index = self.lookup_indexes.get(key, -1)
        if index < 0 or self.lookups[index].cell is not site.cell:
            index = len(self.lookups)
            self.lookups.append(site)
            self.lookup_indexes[key] = index
        return index

    # --- the end ---
    def finish(self, undefined: list[int], captures: list[int]) -> Code:
        """The code object; it begins by leaving the slots of `undefined` without value."""
        code = Code(self.session, self.name, self.file)
        self.fill(code, undefining(undefined))
        if len(undefined) > 0:
            self.keep_alive(code, max(undefined) + 1)
        code.captures = array_from(captures, 0)
        code.names = array_from(self.names, "")
        code.cells = row_of(self.cells, NO_CELLS)
        code.shapes = row_of(self.shapes, NO_SHAPES)
        code.codes = row_of(self.codes, NO_CODES)
        code.fields = row_of(self.fields, NO_FIELDS)
        code.methods = row_of(self.methods, NO_METHODS)
        code.natives = row_of(self.natives, NO_NATIVES)
        code.lookups = row_of(self.lookups, NO_LOOKUPS)
        return code

    def keep_alive(self, code: Code, count: int) -> None:
        """The first `count` slots are live everywhere: that a variable has no value yet is known from the start of the function."""
        live = code.live_slots
        if live is not None:
            for pc in range(len(live)):
                if live[pc] != ALL_LIVE:
                    live[pc] = max(live[pc], count)


def undefining(slots: list[int]) -> list[int]:
    """The instructions that leave these variables without value."""
    last = len(slots) - 1
    return [
        encode(Op.UNDEFINE, slots[index], slots[min(index + 1, last)], slots[min(index + 2, last)])
        for index in range(0, len(slots), 3)
    ]


def row_of(items: list[T], empty: Array[T]) -> Array[T]:
    """The objects as an Array."""
    if len(items) == 0:
        return empty
    result: Array[T] = Array(len(items), items[0])
    for index in range(len(items)):
        result[index] = items[index]
    return result
