"""Arrays: dense while they are plain, with their elements elsewhere (`Elements`) when they are not.

    [1, 2, 3]                        dense: three items
    a = [1]; a[3] = 4                dense, with EMPTY for the holes
    a[1e9] = 1                       not dense; nor are arrays that are frozen, or have an element with attributes

A dense array takes new elements and has a writable length; whoever restricts that moves the elements first.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, promote, unroll_safe
from tracewright_javascript.elements import Elements
from tracewright_javascript.errors import range_error
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.objects import JSObject, shape_now
from tracewright_javascript.properties import (
    FIXED,
    NOT_CONFIGURABLE,
    NOT_ENUMERABLE,
    NOT_WRITABLE,
    Descriptor,
    Property,
    data_descriptor,
    is_allowed,
)
from tracewright_javascript.values import EMPTY

MAX_LENGTH: Final = (1 << 32) - 1
MAX_DENSE: Final = 1 << 22  # room for more is not taken at once
MAX_GAP: Final = 1 << 10  # a new element further behind the end than this makes a table


@final
class JSArray(JSObject):
    """An array. While `elements` is None it is dense: the first `count` of `items`, a hole being EMPTY."""

    def __init__(self, shape: Shape, items: Array[Value], count: int, row: Array[Value] = NO_ROW) -> None:
        super().__init__(shape, row)
        self.items = items
        self.count = count
        self.elements: Elements | None = None

    def index_elements(self) -> Elements | None:
        return self.elements

    def length(self) -> int:
        """Its `length`."""
        elements = self.elements
        return self.count if elements is None else elements.length

    def is_length_fixed(self) -> bool:
        """Whether `length` cannot be written: only of an array that is not dense."""
        elements = self.elements
        return elements is not None and elements.is_length_fixed

    def push(self, value: Value) -> None:
        """One more element of a dense array."""
        if self.count == len(self.items):
            self._grow(self.count * 2 + 4)
        unchecked_set(self.items, self.count, value)
        self.count += 1

    @dont_look_inside
    def _grow(self, room: int) -> None:
        larger: Array[Value] = Array(room, EMPTY)
        copy_items(self.items, 0, larger, 0, self.count)
        self.items = larger

    @dont_look_inside
    def reserve(self, count: int) -> None:
        """Make a dense array longer by holes."""
        if count > len(self.items):
            self._grow(count)
        self._add_holes(count)

    def _reach(self, count: int) -> None:
        """Make a dense array longer by holes, as an assignment behind its end does: the next one may be behind the new end."""
        if count > len(self.items):
            self._grow(count + (count >> 1) + 4)
        self._add_holes(count)

    def _add_holes(self, count: int) -> None:
        for index in range(self.count, count):
            self.items[index] = EMPTY
        self.count = count

    @dont_look_inside
    def shorten(self, count: int) -> None:
        """Cut a dense array off."""
        for index in range(count, self.count):
            self.items[index] = EMPTY
        self.count = count

    @dont_look_inside
    def has_holes(self) -> bool:
        """Whether an element of a dense array is missing."""
        for index in range(self.count):
            if self.items[index].same(EMPTY):
                return True
        return False

    @dont_look_inside
    def remove(self, start: int, number: int) -> None:
        """Take elements out of a dense array; those behind them move down."""
        copy_items(self.items, start + number, self.items, start, self.count - start - number)
        self.shorten(self.count - number)

    @dont_look_inside
    def insert(self, start: int, values: list[Value]) -> None:
        """Put elements into a dense array; those behind them move up."""
        number = len(values)
        if self.count + number > len(self.items):
            self._grow((self.count + number) * 2)
        copy_items(self.items, start, self.items, start + number, self.count - start)
        for index in range(number):
            self.items[start + index] = values[index]
        self.count += number

    @dont_look_inside
    def become_table(self) -> Elements:
        """Stop being dense."""
        elements = self.elements
        if elements is None:
            elements = Elements()
            for index in range(self.count):
                if not self.items[index].same(EMPTY):
                    elements.add(index, self.items[index])
            elements.length = self.count
            self.items = Array(0, EMPTY)
            self.count = 0
            self.elements = elements
        return elements

    # Internal methods

    def class_text(self) -> str:
        return "Array"

    @dont_look_inside
    def own_property(self, key: Key) -> Property | None:
        index = key.index
        if index != NO_INDEX:
            elements = self.elements
            if elements is not None:
                return elements.find(index)
            return Property(self.items[index]) if index < self.count and not self.items[index].same(EMPTY) else None
        if key.name == "length":
            fixed = NOT_WRITABLE if self.is_length_fixed() else 0
            return Property(Value.of_int(self.length()), NOT_ENUMERABLE | NOT_CONFIGURABLE | fixed)
        return self.named_property(key.name)

    @dont_look_inside
    def define_property(self, key: Key, description: Descriptor) -> bool:
        index = key.index
        if index == NO_INDEX:
            if key.name == "length":
                return self._define_length(description)
            return super().define_property(key, description)
        if self.elements is None and self._define_dense(index, description):
            return True
        elements = self.become_table()
        if index >= elements.length and elements.is_length_fixed:
            return False
        if not super().define_property(key, description):
            return False
        elements.length = max(elements.length, index + 1)
        return True

    def _define_dense(self, index: int, description: Descriptor) -> bool:
        """Define an element of a dense array that stays dense."""
        value = description.value
        is_there = index < self.count and not self.items[index].same(EMPTY)
        if value.same(EMPTY) or description.is_accessor() or description.attributes != 0:
            return False
        if not is_there and description.given != FIXED or index > self.count + MAX_GAP:
            return False
        if index == self.count:
            self.push(value)
            return True
        if index > self.count:
            self._reach(index + 1)
        self.items[index] = value
        return True

    def store_property(self, key: Key, property: Property) -> None:
        if key.index != NO_INDEX:
            self.become_table().put(key.index, property)
        else:
            self.store_named(key.name, property.slot, property.attributes)

    def remove_property(self, key: Key) -> None:
        index = key.index
        elements = self.elements
        if index == NO_INDEX:
            self.delete(key.name)
        elif elements is not None:
            elements.remove(index)
        else:
            self.items[index] = EMPTY

    def add_index_keys(self, keys: list[Key]) -> None:
        if self.elements is None:
            for index in range(self.count):
                if not self.items[index].same(EMPTY):
                    keys.append(Key("", index))
        else:
            super().add_index_keys(keys)

    def own_keys(self) -> list[Key]:
        result: list[Key] = []
        self.add_index_keys(result)
        result.append(Key("length", NO_INDEX))
        self.add_named_keys(result)
        return result

    def prevent_extensions(self) -> bool:
        self.become_table()
        self.close()
        return True

    # Length

    def _define_length(self, description: Descriptor) -> bool:
        """ArraySetLength. Raises GuestFault and Thrown."""
        current = self.own_property(Key("length", NO_INDEX))
        assert current is not None
        wanted = -1
        if not description.value.same(EMPTY):
            wanted = length_from(description.value)
            current = self.own_property(Key("length", NO_INDEX))
            assert current is not None
            checked = Descriptor(Value.of_int(wanted), description.attributes, description.given)
            checked.getter = description.getter
            checked.setter = description.setter
            if not is_allowed(current, checked):
                return False
        elif not is_allowed(current, description):
            return False
        done = wanted < 0 or self.set_length(wanted)
        if description.given & NOT_WRITABLE != 0 and description.attributes & NOT_WRITABLE != 0:
            self.become_table().is_length_fixed = True
        return done

    @dont_look_inside
    def set_length(self, length: int) -> bool:
        """Make it longer by holes, or shorter; False where an element cannot be deleted, which ends it then."""
        if self.elements is None:
            if length <= self.count:
                self.shorten(length)
                return True
            if length <= MAX_DENSE:
                self.reserve(length)
                return True
        elements = self.become_table()
        if length < elements.length:
            indexes = elements.indexes()
            while len(indexes) > 0 and indexes[-1] >= length:
                last = indexes.pop()
                if elements.is_permanent(last):
                    elements.length = last + 1
                    return False
                elements.remove(last)
        elements.length = length
        return True


def length_from(value: Value) -> int:
    """A value as the length of an array. Raises GuestFault (a RangeError) and Thrown."""
    from tracewright_javascript.conversions import to_number, to_uint32

    if value.is_int() and 0 <= value.as_int() <= MAX_LENGTH:
        return value.as_int()
    length = to_uint32(value)
    if float(length) != to_number(value):
        raise range_error("Invalid array length")
    return length


def elements_of(thing: JSObject) -> Elements | None:
    """The elements of an object that is no dense array, as far as they are kept as such."""
    return thing.elements if isinstance(thing, JSArray) else thing.extra_elements()


@unroll_safe
def inherits_no_elements(thing: JSObject) -> bool:
    """Whether no prototype of an object has properties whose keys are indexes: then a hole is undefined, and may be filled."""
    facts = family_of(promote(thing.shape)).facts
    while facts is not None:
        holder = facts.holder
        family = family_of(shape_now(facts))
        if family.kind >= Kind.TYPED or facts.has_elements:
            return False
        if isinstance(holder, JSArray) and (holder.count > 0 or holder.elements is not None):
            return False
        facts = family.facts
    return True


def element_or_empty(array: JSArray, index: int) -> Value:
    """An element of a dense array; EMPTY for a hole, and where there is none."""
    return unchecked_get(array.items, index) if 0 <= index < array.count else EMPTY


def append_element(array: JSArray, value: Value) -> bool:
    """`array[array.length] = value`; False where that is not as simple as it looks."""
    if array.elements is not None or not inherits_no_elements(array):
        return False
    array.push(value)
    return True


def add_element(array: JSArray, value: Value) -> None:
    """CreateDataProperty at the end of an array that nobody else knows yet."""
    if array.elements is None:
        array.push(value)
    else:
        array.define_property(Key("", array.length()), data_descriptor(value))
