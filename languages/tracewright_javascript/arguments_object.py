"""`arguments`: in sloppy functions with plain parameters, its elements and the parameters are the same variables."""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.value import Value
from tracewright.guest.placements import BARE
from tracewright.guest.shapes import Shape
from tracewright.hints import immutable_fields
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.objects import JSObject
from tracewright_javascript.properties import PLAIN, Property
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, Cell


@final
@immutable_fields("items")
class JSArguments(JSObject):
    """An arguments object. Plain elements are in `items`, where a Cell stands for a parameter; EMPTY is one that was deleted, or has got
    attributes: then it is where other objects have elements, perhaps as a Cell, too."""

    def __init__(self, shape: Shape, row: Array[Value], items: Array[Value]) -> None:
        super().__init__(shape, row)
        self.items = items

    def class_text(self) -> str:
        return "Arguments"

    def is_unchanged(self, realm: Realm) -> bool:
        """Whether its `length` is as it was made."""
        if self.shape is not realm.arguments_shape and self.shape is not realm.strict_arguments_shape:
            return False
        return self.item(BARE.index(0)).same(Value.of_int(len(self.items)))

    def element(self, index: int) -> Value:
        """A plain element, or EMPTY."""
        if not 0 <= index < len(self.items):
            return EMPTY
        item = unchecked_get(self.items, index)
        if item.is_object():
            thing = item.as_object()
            if isinstance(thing, Cell):
                return thing.value
        return item

    def own_property(self, key: Key) -> Property | None:
        if key.index != NO_INDEX:
            item = self.element(key.index)
            if not item.same(EMPTY):
                return Property(item)
        found = self.stored_property(key)
        cell = None if found is None else cell_in(found.slot)
        return found if found is None or cell is None else Property(cell.value, found.attributes)

    def store_property(self, key: Key, property: Property) -> None:
        cell = self._cell_of(key)
        if cell is not None and not property.is_accessor():
            cell.value = property.slot
            if property.is_writable():  # it stays the parameter
                property = Property(Value.of_object(cell), property.attributes)
        is_plain = key.index != NO_INDEX and not self.element(key.index).same(EMPTY)
        if is_plain and property.attributes == PLAIN:
            self.items[key.index] = property.slot
            return
        if is_plain:
            self.items[key.index] = EMPTY
        super().store_property(key, property)

    def _cell_of(self, key: Key) -> Cell | None:
        """The parameter that an element is."""
        if key.index == NO_INDEX:
            return None
        if key.index < len(self.items) and not self.items[key.index].same(EMPTY):
            return cell_in(self.items[key.index])
        found = self.stored_property(key)
        return None if found is None else cell_in(found.slot)

    def remove_property(self, key: Key) -> None:
        if key.index != NO_INDEX and not self.element(key.index).same(EMPTY):
            self.items[key.index] = EMPTY
        else:
            super().remove_property(key)

    def add_index_keys(self, keys: list[Key]) -> None:
        indexes = [index for index in range(len(self.items)) if not self.items[index].same(EMPTY)]
        elements = self.index_elements()
        if elements is not None:
            indexes.extend(elements.indexes())
            indexes.sort()
        for index in indexes:
            keys.append(Key("", index))


def cell_in(slot: Value) -> Cell | None:
    """The parameter that stands for an element."""
    if slot.is_object():
        thing = slot.as_object()
        if isinstance(thing, Cell):
            return thing
    return None
