"""Module namespace objects (10.4.6): the exports of a module, sorted, to be read only."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.placements import row_for
from tracewright.guest.shapes import Shape
from tracewright.hints import immutable_fields
from tracewright_javascript.errors import GuestFault
from tracewright_javascript.keys import NO_INDEX, TO_STRING_TAG, Key, key_of_text
from tracewright_javascript.objects import JSObject
from tracewright_javascript.properties import FIXED, NOT_CONFIGURABLE, Descriptor, Property
from tracewright_javascript.values import EMPTY, Cell, identical, string_value


@final
@immutable_fields("exports", "cells")
class ModuleNamespace(JSObject):
    """The namespace of a module; `exports` are the names, in order."""

    def __init__(self, shape: Shape, exports: list[str], cells: dict[str, Cell]) -> None:
        super().__init__(shape, row_for(1))
        self.exports = exports
        self.cells = cells
        self.add(TO_STRING_TAG.name, string_value("Module"), FIXED)
        self.close()

    def _cell(self, key: Key) -> Cell | None:
        if key.is_symbol():
            return None
        return self.cells.get(key.name if key.index == NO_INDEX else str(key.index))

    def own_property(self, key: Key) -> Property | None:
        cell = self._cell(key)
        if cell is None:
            return self.stored_property(key)
        if cell.value.same(EMPTY):
            raise GuestFault("ReferenceError", f"Cannot access '{key.text()}' before initialization")
        return Property(cell.value, NOT_CONFIGURABLE)

    def define_property(self, key: Key, description: Descriptor) -> bool:
        if self._cell(key) is None:
            return super().define_property(key, description)
        current = self.own_property(key)
        assert current is not None
        if description.is_accessor() or (description.attributes ^ NOT_CONFIGURABLE) & description.given != 0:
            return False
        return description.value.same(EMPTY) or identical(description.value, current.slot)

    def has_property(self, key: Key) -> bool:
        return self._cell(key) is not None or self.stored_property(key) is not None

    def get_property(self, key: Key, receiver: Value) -> Value:
        found = self.own_property(key)
        return Value.UNDEFINED if found is None else found.slot

    def set_property(self, key: Key, value: Value, receiver: Value) -> bool:
        return False

    def delete_property(self, key: Key) -> bool:
        return super().delete_property(key) if key.is_symbol() else self._cell(key) is None

    def own_keys(self) -> list[Key]:
        result = [key_of_text(name) for name in self.exports]
        self.add_named_keys(result)
        return result

    def change_prototype(self, prototype: JSObject | None) -> bool:
        return prototype is None
