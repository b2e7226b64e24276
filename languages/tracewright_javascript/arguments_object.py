"""`arguments`: in sloppy functions with plain parameters, its elements and the parameters are the same variables."""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
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
    """An arguments object. Plain elements are in `items`, where a Cell stands for a parameter; EMPTY is one that was deleted or changed."""

    def __init__(self, shape: Shape, values: Array[Value], items: Array[Value]) -> None:
        super().__init__(shape, values)
        self.items = items

    def class_text(self) -> str:
        return "Arguments"

    def is_unchanged(self, realm: Realm) -> bool:
        """Whether its `length` is as it was made."""
        if self.shape is not realm.arguments_shape and self.shape is not realm.strict_arguments_shape:
            return False
        return self.values[0].same(Value.of_int(len(self.items)))

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
        return self.stored_property(key)

    def store_property(self, key: Key, property: Property) -> None:
        if key.index == NO_INDEX or self.element(key.index).same(EMPTY):
            super().store_property(key, property)
            return
        item = self.items[key.index]
        is_cell = isinstance(item.as_object(), Cell) if item.is_object() else False
        if is_cell and not property.is_accessor():
            unsafe_cast(Cell, item.as_object()).value = property.slot
        if property.attributes != PLAIN:
            self.items[key.index] = EMPTY
            super().store_property(key, property)
        elif not is_cell:
            self.items[key.index] = property.slot

    def remove_property(self, key: Key) -> None:
        if key.index != NO_INDEX and not self.element(key.index).same(EMPTY):
            self.items[key.index] = EMPTY
        else:
            super().remove_property(key)

    def add_index_keys(self, keys: list[Key]) -> None:
        indexes = [index for index in range(len(self.items)) if not self.items[index].same(EMPTY)]
        elements = self.elements
        if elements is not None:
            indexes.extend(elements.indexes())
            indexes.sort()
        for index in indexes:
            keys.append(Key("", index))
