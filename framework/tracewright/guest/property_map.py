"""Objects whose properties are found by name: a shape says where each is, a row holds the values.

    point := { x = 1, y = 2 }        shape (x, y), values [1, 2]

A language derives its class of objects from `PropertyMap`, and reads and writes with the site of the instruction:

    value = thing.get(site)          UNDEFINED where there is no such property
    thing.set(site, value)           changes it, or adds it

An object that has got MANY properties, lost one, or got names that are data rather than a layout, is in *dictionary mode*:
its shape is the root of such objects (`guest_type` without properties), and a table has names and values, in order.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.guest.shapes import NOT_FOUND, Shape
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside, promote

MANY: Final = 128  # more properties than this are data, not a layout


class PropertyMap(GuestObject):
    """`values` has at least as many places as the shape has names."""

    def __init__(self, shape: Shape, values: Array[Value]) -> None:
        self.shape = shape
        self.values = values
        self.table: dict[str, Value] | None = None  # in dictionary mode

    def get(self, site: PropertySite) -> Value:
        """The property that the site names, or UNDEFINED."""
        index = site.index_in(self.shape)
        if index != NOT_FOUND:
            return unchecked_get(self.values, index)
        return Value.UNDEFINED if self.table is None else self._table_get(site.name)

    def get_named(self, name: str) -> Value:
        """A property by its name, or UNDEFINED; for names that no instruction holds."""
        index = promote(self.shape).index_of(name)
        if index != NOT_FOUND:
            return unchecked_get(self.values, index)
        return Value.UNDEFINED if self.table is None else self._table_get(name)

    def set(self, site: PropertySite, value: Value) -> None:
        """Change the property that the site names, or add it behind the others."""
        index = site.index_in(self.shape)
        if index != NOT_FOUND:
            unchecked_set(self.values, index, value)
        else:
            self.add(site.name, value)

    def set_named(self, name: str, value: Value) -> None:
        """Change a property, or add it behind the others; for names that no instruction holds."""
        index = promote(self.shape).index_of(name)
        if index != NOT_FOUND:
            unchecked_set(self.values, index, value)
        else:
            self.add(name, value)

    def add(self, name: str, value: Value) -> None:
        """A property that the shape does not have. Where the row has room, a trace sees all of it."""
        shape = promote(self.shape)
        if self.table is None and shape.count < len(self.values):
            larger = shape.next_shape(name)
            if larger is not None:
                unchecked_set(self.values, shape.count, value)
                self.shape = larger
                return
        self._add_slowly(name, value)

    @dont_look_inside
    def delete(self, name: str) -> bool:
        """Take a property out; False where there is none."""
        if self.table is None:
            if self.shape.index_of(name) == NOT_FOUND:
                return False
            self._become_table()
        table = self.table
        if table is None or name not in table:
            return False
        del table[name]
        return True

    @dont_look_inside
    def names(self) -> list[str]:
        """The names of all properties, in the order in which they were added."""
        return self.shape.names() if self.table is None else list(self.table)

    @dont_look_inside
    def _add_slowly(self, name: str, value: Value) -> None:
        shape = self.shape
        larger = shape.next_shape(name) if self.table is None and shape.count < MANY else None
        if larger is not None:
            values: Array[Value] = Array(shape.count * 2 + 2, Value.UNDEFINED)
            copy_items(self.values, 0, values, 0, shape.count)
            values[shape.count] = value
            self.values = values
            self.shape = larger
            return
        self._become_table()
        assert self.table is not None
        self.table[name] = value

    @dont_look_inside
    def _table_get(self, name: str) -> Value:
        assert self.table is not None
        return self.table.get(name, Value.UNDEFINED)

    def _become_table(self) -> None:
        if self.table is not None:
            return
        table: dict[str, Value] = {}
        names = self.shape.names()
        for index in range(len(names)):
            table[names[index]] = self.values[index]
        shape: Shape = self.shape
        while shape.parent is not None:
            shape = shape.parent
        self.shape = shape
        self.values = Array(0, Value.UNDEFINED)
        self.table = table
