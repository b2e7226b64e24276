"""The global object, and the names of scripts: each is a cell, which the instructions that mention it hold.

var x = 1; y = 2      properties of the global object: their cells
let z = 3             no property; `is_lexical`
let parseInt = 4      hides a property of that name: what was in its cell becomes a plain property of the object
"""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, immutable_fields, we_are_jitted
from tracewright_javascript.errors import GuestFault
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.objects import JSObject
from tracewright_javascript.properties import ACCESSOR, NOT_WRITABLE, Property
from tracewright_javascript.values import EMPTY


@final
@immutable_fields("name", "settled?", "is_guarded?")
class GlobalCell:
    """A global name. `settled` repeats the value while it was given only once: then it is a constant of every trace.

    The value is EMPTY where there is no such global, where it is not initialized, and where reading it is not as simple.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.value: Value = EMPTY
        self.settled: Value = EMPTY
        self.is_lexical = False  # declared by `let`, `const` or `class`
        self.is_written = False
        self.is_guarded = True  # an assignment has to ask: it does not exist, is not initialized, or cannot be written
        self.attributes = 0  # of the property

    def read(self) -> Value:
        """The value or EMPTY."""
        if we_are_jitted():
            settled = self.settled
            if not settled.same(EMPTY):
                return settled
        return self.value

    def missing(self) -> GuestFault:
        """Why there is no value."""
        if self.is_lexical:
            return GuestFault("ReferenceError", f"Cannot access '{self.name}' before initialization")
        return GuestFault("ReferenceError", f"{self.name} is not defined")

    def write(self, value: Value) -> None:
        """Give it a value, the first or another. That it is undefined at first, as declared functions are, does not count."""
        if not self.is_written and value.same(Value.UNDEFINED):
            self.value = value
            return
        if not self.is_written:
            self.is_written = True
            self.settled = value
        elif not self.settled.same(EMPTY):
            self.settled = EMPTY
        self.value = value

    def clear(self) -> None:
        """There is no such global any more."""
        self.is_written = True
        self.settled = EMPTY
        self.value = EMPTY
        self.is_guarded = True
        self.attributes = 0


@final
class GlobalObject(JSObject):
    """Its properties are in cells, save accessors and those that a lexical declaration hides."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape, NO_ROW)
        self.cells: dict[str, GlobalCell] = {}

    def cell(self, name: str) -> GlobalCell:
        """The cell of a name, made when first mentioned."""
        found = self.cells.get(name)
        if found is None:
            found = GlobalCell(name)
            self.cells[name] = found
        return found

    def define_cell(self, name: str, value: Value, attributes: int) -> None:
        """A new property, or another value and attributes for one that is in its cell."""
        cell = self.cell(name)
        cell.write(value)
        cell.attributes = attributes
        cell.is_guarded = attributes & NOT_WRITABLE != 0

    def declare_lexical(self, name: str, is_constant: bool) -> None:
        """`let`, `const` and `class` at the top of a script: the name has no value yet, and hides a property."""
        cell = self.cell(name)
        if not cell.value.same(EMPTY) and not cell.is_lexical:
            self.store_named(name, cell.value, cell.attributes)
            cell.clear()
        cell.is_lexical = True
        cell.is_guarded = True
        cell.attributes = NOT_WRITABLE if is_constant else 0

    def initialize(self, cell: GlobalCell, value: Value) -> None:
        """The declaration of a lexical name ran."""
        cell.write(value)
        cell.is_guarded = cell.attributes & NOT_WRITABLE != 0

    def _property_cell(self, name: str) -> GlobalCell | None:
        cell = self.cells.get(name)
        return None if cell is None or cell.is_lexical or cell.value.same(EMPTY) else cell

    # Internal methods

    @dont_look_inside
    def own_property(self, key: Key) -> Property | None:
        if key.index == NO_INDEX:
            cell = self._property_cell(key.name)
            if cell is not None:
                return Property(cell.value, cell.attributes)
        return self.stored_property(key)

    def store_property(self, key: Key, property: Property) -> None:
        if key.index == NO_INDEX:
            cell = self.cell(key.name)
            if not cell.is_lexical and property.attributes & ACCESSOR == 0:
                self.delete(key.name)
                self.define_cell(key.name, property.slot, property.attributes)
                return
            if not cell.is_lexical:
                cell.clear()
        super().store_property(key, property)

    def remove_property(self, key: Key) -> None:
        if key.index == NO_INDEX:
            cell = self._property_cell(key.name)
            if cell is not None:
                cell.clear()
                return
        super().remove_property(key)

    def own_keys(self) -> list[Key]:
        result: list[Key] = []
        self.add_index_keys(result)
        symbols: list[Key] = []
        for name in self.cells:
            if self._property_cell(name) is not None:
                key = Key(name, NO_INDEX)
                if key.is_symbol():
                    symbols.append(key)
                else:
                    result.append(key)
        self.add_named_keys(result)
        result.extend(symbols)
        return result
