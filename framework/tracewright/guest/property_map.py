"""Objects whose properties are found by name: a shape says where each is, in the object itself or in a row beside it.

    point := { x = 1, y = 2 }        shape (x, y); the object has 1 and 2 in two of its fields, and no row

A language derives its class of objects from `PropertyMap`, and reads and writes with the site of the instruction:

    value = thing.get(site)          UNDEFINED where there is no such property
    thing.set(site, value)           changes it, or adds it

Which of them are in fields, the `Placement` of the object's root shape says (see `placements`).

An object that has got MANY properties, lost one, or got names that are data rather than a layout, is in *dictionary mode*:
its shape has no names (`Shape.is_table`), and a table has names and values, in order.

A property may have attributes (see `Shape`): `add` and `set_attributes` give them, `attributes_of` and the place in the shape tell them; what they mean is the language's.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.guest.placements import FIRST_ROW, INSIDE, NO_ROW, row_for
from tracewright.guest.shapes import ATTRIBUTE_BITS, ATTRIBUTE_MASK, NOT_FOUND, Shape
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside, isconstant, promote, we_are_jitted

MANY: Final = 128  # more properties than this are data, not a layout


@final
class PropertyTable:
    """Properties by name, in the order in which they were added; attributes of those that have some."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.attributes: dict[str, int] = {}


class PropertyMap(GuestObject):
    """`row` has at least the places that the shape's indexes name, and in dictionary mode the table behind the language's place."""

    def __init__(self, shape: Shape, row: Array[Value]) -> None:
        self.shape = shape
        self.row = row

    def item(self, index: int) -> Value:
        """The property at an index of the shape. Where a trace does not know the index, it should call a function."""
        raise NotImplementedError("item")

    def put(self, index: int, value: Value) -> None:
        """Replace the property at an index of the shape, or fill the next one's place, if there is room."""
        raise NotImplementedError("put")

    def table(self) -> PropertyTable | None:
        """Names and values of an object in dictionary mode."""
        if not self.shape.is_table:
            return None
        return unsafe_cast(PropertyTable, unchecked_get(self.row, 1).as_object())

    def extra(self) -> Value:
        """What the language has put into its place; UNDEFINED as long as it has not."""
        return unchecked_get(self.row, 0)

    @dont_look_inside
    def set_extra(self, value: Value) -> None:
        """Fill the place of the language."""
        if self.row is NO_ROW:
            self.row = row_for(0)
        self.row[0] = value

    def get(self, site: PropertySite) -> Value:
        """The property that the site names, or UNDEFINED."""
        index = site.index_in(self.shape)
        if index != NOT_FOUND:
            return self.item(index)
        return self._table_get(site.name) if self.shape.is_table else Value.UNDEFINED

    def get_named(self, name: str) -> Value:
        """A property by its name, or UNDEFINED; for names that no instruction holds."""
        index = promote(self.shape).index_of(name)
        if index != NOT_FOUND:
            return self.item(index)
        return self._table_get(name) if self.shape.is_table else Value.UNDEFINED

    def set(self, site: PropertySite, value: Value) -> None:
        """Change the property that the site names, or add it behind the others."""
        index = site.index_in(self.shape)
        if index != NOT_FOUND:
            self.put(index, value)
        else:
            self._set_elsewhere(site.name, value)

    def set_named(self, name: str, value: Value) -> None:
        """Change a property, or add it behind the others; for names that no instruction holds."""
        index = promote(self.shape).index_of(name)
        if index != NOT_FOUND:
            self.put(index, value)
        else:
            self._set_elsewhere(name, value)

    def _set_elsewhere(self, name: str, value: Value) -> None:
        if self.shape.is_table:
            self._table_set(name, value)
        else:
            self.add(name, value)

    def add(self, name: str, value: Value, attributes: int = 0) -> None:
        """A property that the object does not have. Where there is room, a trace sees all of it."""
        shape = promote(self.shape)
        index = shape.next_index
        if not shape.is_table and (index < INSIDE or index - INSIDE < len(self.row)):
            larger = shape.next_shape(name, attributes)
            if larger is not None:
                self.put(index, value)
                self.shape = larger
                return
        self._add_slowly(name, value, attributes)

    @dont_look_inside
    def delete(self, name: str) -> bool:
        """Take a property out; False where there is none."""
        if not self.shape.is_table and self.shape.index_of(name) == NOT_FOUND:
            return False
        table = self._become_table()
        if name not in table.values:
            return False
        del table.values[name]
        if name in table.attributes:
            del table.attributes[name]
        return True

    @dont_look_inside
    def names(self) -> list[str]:
        """The names of all properties, in the order in which they were added."""
        table = self.table()
        return self.shape.names() if table is None else list(table.values)

    @dont_look_inside
    def attributes_of(self, name: str) -> int:
        """The attributes of a property, or NOT_FOUND."""
        table = self.table()
        if table is not None:
            return table.attributes.get(name, 0) if name in table.values else NOT_FOUND
        place = self.shape.place_of(name)
        return place if place == NOT_FOUND else place & ATTRIBUTE_MASK

    @dont_look_inside
    def set_attributes(self, name: str, attributes: int) -> None:
        """Give a property, which is there, other attributes."""
        table = self.table()
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
        assert root.placement is self.shape.placement
        self.shape = self.shape.rebuilt(root)

    @dont_look_inside
    def _add_slowly(self, name: str, value: Value, attributes: int) -> None:
        shape = self.shape
        larger = shape.next_shape(name, attributes) if not shape.is_table and shape.count < MANY else None
        if larger is not None:
            place = shape.next_index - INSIDE
            row: Array[Value] = Array(place * 2 + FIRST_ROW - 2, Value.UNDEFINED)
            copy_items(self.row, 0, row, 0, place)
            row[place] = value
            self.row = row
            self.shape = larger
            return
        table = self._become_table()
        table.values[name] = value
        if attributes != 0:
            table.attributes[name] = attributes

    @dont_look_inside
    def _table_get(self, name: str) -> Value:
        table = self.table()
        assert table is not None
        return table.values.get(name, Value.UNDEFINED)

    @dont_look_inside
    def _table_set(self, name: str, value: Value) -> None:
        table = self.table()
        assert table is not None
        table.values[name] = value

    def _become_table(self) -> PropertyTable:
        """Go over to dictionary mode."""
        known = self.table()
        if known is not None:
            return known
        table = PropertyTable()
        for name in self.shape.names():
            place = self.shape.place_of(name)
            table.values[name] = self.item(place >> ATTRIBUTE_BITS)
            self.put(place >> ATTRIBUTE_BITS, Value.UNDEFINED)  # a field would keep what was there alive
            if place & ATTRIBUTE_MASK != 0:
                table.attributes[name] = place & ATTRIBUTE_MASK
        row = row_for(1)
        row[0] = self.row[0]
        row[1] = Value.of_object(table)
        self.row = row
        self.shape = self.shape.with_table()
        return table


class SlottedMap(PropertyMap):
    """Objects of a language that keeps nothing in them but properties. Their root shape has the placement FIVE."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape, NO_ROW)
        self.first = Value.UNDEFINED
        self.second = Value.UNDEFINED
        self.third = Value.UNDEFINED
        self.fourth = Value.UNDEFINED
        self.fifth = Value.UNDEFINED

    @final
    def item(self, index: int) -> Value:
        known = not we_are_jitted() or isconstant(index)
        return self._item_at(index) if known else self._item_somewhere(index)

    @final
    def put(self, index: int, value: Value) -> None:
        if not we_are_jitted() or isconstant(index):
            self._put_at(index, value)
        else:
            self._put_somewhere(index, value)

    def _item_at(self, index: int) -> Value:
        match index:
            case 0:
                return self.first
            case 1:
                return self.second
            case 2:
                return self.third
            case 3:
                return self.fourth
            case 4:
                return self.fifth
            case _:
                return unchecked_get(self.row, index - INSIDE)

    def _put_at(self, index: int, value: Value) -> None:
        match index:
            case 0:
                self.first = value
            case 1:
                self.second = value
            case 2:
                self.third = value
            case 3:
                self.fourth = value
            case 4:
                self.fifth = value
            case _:
                unchecked_set(self.row, index - INSIDE, value)

    @dont_look_inside
    def _item_somewhere(self, index: int) -> Value:
        return self._item_at(index)

    @dont_look_inside
    def _put_somewhere(self, index: int, value: Value) -> None:
        self._put_at(index, value)
