"""Objects whose properties are found by name: a shape says where each is, a row holds the values.

    point := { x = 1, y = 2 }        shape (x, y), values [1, 2]

A language derives its class of objects from `PropertyMap`, and reads and writes with the site of the instruction:

    value = thing.get(site)          UNDEFINED where there is no such property
    thing.set(site, value)           changes it, or adds it

An object that has got MANY properties, lost one, or got names that are data rather than a layout, is in *dictionary mode*:
its shape has no names (`Shape.is_table`), and a table has names and values, in order.

A property may have attributes (see `Shape`): `add` and `set_attributes` give them, `attributes_of` and the place in the shape tell them; what they mean is the language's.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.guest.shapes import ATTRIBUTE_BITS, ATTRIBUTE_MASK, NOT_FOUND, Shape
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside, promote

MANY: Final = 128  # more properties than this are data, not a layout


@final
class PropertyTable:
    """Properties by name, in the order in which they were added; attributes of those that have some."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.attributes: dict[str, int] = {}


class PropertyMap(GuestObject):
    """`values` has at least as many places as the shape has names."""

    def __init__(self, shape: Shape, values: Array[Value]) -> None:
        self.shape = shape
        self.values = values
        self.table: PropertyTable | None = None  # in dictionary mode

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
            self._set_elsewhere(site.name, value)

    def set_named(self, name: str, value: Value) -> None:
        """Change a property, or add it behind the others; for names that no instruction holds."""
        index = promote(self.shape).index_of(name)
        if index != NOT_FOUND:
            unchecked_set(self.values, index, value)
        else:
            self._set_elsewhere(name, value)

    def _set_elsewhere(self, name: str, value: Value) -> None:
        if promote(self.shape).is_table:
            self._table_set(name, value)
        else:
            self.add(name, value)

    def add(self, name: str, value: Value, attributes: int = 0) -> None:
        """A property that the object does not have. Where the row has room, a trace sees all of it."""
        shape = promote(self.shape)
        if not shape.is_table and shape.count < len(self.values):
            larger = shape.next_shape(name, attributes)
            if larger is not None:
                unchecked_set(self.values, shape.count, value)
                self.shape = larger
                return
        self._add_slowly(name, value, attributes)

    @dont_look_inside
    def delete(self, name: str) -> bool:
        """Take a property out; False where there is none."""
        if self.table is None:
            if self.shape.index_of(name) == NOT_FOUND:
                return False
            self._become_table()
        table = self.table
        if table is None or name not in table.values:
            return False
        del table.values[name]
        if name in table.attributes:
            del table.attributes[name]
        return True

    @dont_look_inside
    def names(self) -> list[str]:
        """The names of all properties, in the order in which they were added."""
        return self.shape.names() if self.table is None else list(self.table.values)

    @dont_look_inside
    def attributes_of(self, name: str) -> int:
        """The attributes of a property, or NOT_FOUND."""
        table = self.table
        if table is not None:
            return table.attributes.get(name, 0) if name in table.values else NOT_FOUND
        place = self.shape.place_of(name)
        return place if place == NOT_FOUND else place & ATTRIBUTE_MASK

    @dont_look_inside
    def set_attributes(self, name: str, attributes: int) -> None:
        """Give a property, which is there, other attributes."""
        table = self.table
        if table is None:
            self.shape = self.shape.with_attributes(name, attributes)
        elif attributes == 0:
            table.attributes.pop(name, 0)
        else:
            table.attributes[name] = attributes

    @dont_look_inside
    def close(self) -> None:
        """From now on there are no new properties: `shape.is_closed` tells, and whoever adds has to ask."""
        self.shape = self.shape.closed()

    @dont_look_inside
    def move_to(self, root: Shape) -> None:
        """Make it an object of another type, given by the shape of those without properties; its properties stay what they are."""
        self.shape = self.shape.rebuilt(root)

    @dont_look_inside
    def _add_slowly(self, name: str, value: Value, attributes: int) -> None:
        shape = self.shape
        larger = shape.next_shape(name, attributes) if self.table is None and shape.count < MANY else None
        if larger is not None:
            values: Array[Value] = Array(shape.count * 2 + 2, Value.UNDEFINED)
            copy_items(self.values, 0, values, 0, shape.count)
            values[shape.count] = value
            self.values = values
            self.shape = larger
            return
        self._become_table()
        table = self.table
        assert table is not None
        table.values[name] = value
        if attributes != 0:
            table.attributes[name] = attributes

    @dont_look_inside
    def _table_get(self, name: str) -> Value:
        assert self.table is not None
        return self.table.values.get(name, Value.UNDEFINED)

    @dont_look_inside
    def _table_set(self, name: str, value: Value) -> None:
        assert self.table is not None
        self.table.values[name] = value

    def _become_table(self) -> None:
        if self.table is not None:
            return
        table = PropertyTable()
        for name in self.shape.names():
            place = self.shape.place_of(name)
            table.values[name] = self.values[place >> ATTRIBUTE_BITS]
            if place & ATTRIBUTE_MASK != 0:
                table.attributes[name] = place & ATTRIBUTE_MASK
        self.shape = self.shape.with_table()
        self.values = Array(0, Value.UNDEFINED)
        self.table = table
