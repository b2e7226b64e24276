"""Arrays: dense while they are plain, with their elements elsewhere (`Elements`) when they are not.

    [1, 2, 3]                        dense: three ints, as bare words
    [0.5, 1]                         dense: two floats
    ["a", 1]                         dense: two Values
    a = [1]; a[3] = 4                dense, Values with EMPTY for the holes
    a[1e9] = 1                       not dense; nor are arrays that are frozen, or have an element with attributes

A dense array takes new elements and has a writable length; whoever restricts that moves the elements first. What is put into an array that its
kind has no form for makes another kind of it, for good: of ints and a float floats, else Values. (Nobody can tell: 1 and 1.0 are one number.)
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, inlined, promote, unroll_safe
from tracewright.lib import packed_rows
from tracewright_javascript.elements import NO_ITEMS, Elements
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
from tracewright_javascript.values import EMPTY, is_number

MAX_LENGTH: Final = (1 << 32) - 1
MAX_DENSE: Final = 1 << 22  # room for more is not taken at once
MAX_GAP: Final = 1 << 10  # a new element further behind the end than this makes a table
TABLE: Final = 3  # the kind of an array that is not dense: its elements are in `index_elements`


@final
class JSArray(JSObject):
    """An array. While it is dense, its elements are the first `count` of `items`."""

    def __init__(self, shape: Shape, items: Array[Value], count: int, row: Array[Value] = NO_ROW) -> None:
        super().__init__(shape, row)
        self.items = items  # a row of the kind that `kind` says (`lib/packed_rows.py`)
        self.count = count
        self.kind: int = packed_rows.VALUES

    def is_dense(self) -> bool:
        """Whether its elements are in `items`."""
        return self.kind != TABLE

    def length(self) -> int:
        """Its `length`."""
        return self.count if self.is_dense() else self.elements_elsewhere().length

    def is_length_fixed(self) -> bool:
        """Whether `length` cannot be written: only of an array that is not dense."""
        return not self.is_dense() and self.elements_elsewhere().is_length_fixed

    # Elements of a dense array

    def has_at(self, index: int) -> bool:
        """Whether there is no hole at an index below `count`."""
        return self.kind != packed_rows.VALUES or not unchecked_get(self.items, index).same(EMPTY)

    @inlined
    def at(self, index: int) -> Value:
        """The element at an index below `count`; EMPTY for a hole."""
        if self.kind == packed_rows.INTS:
            return Value.of_small_int(
                unchecked_get(packed_rows.ints_of(self.items), index)
            )  # as all ints of the language
        return packed_rows.get(self.items, self.kind, index)

    @inlined
    def put_at_once(self, index: int, value: Value) -> bool:
        """Replace the element at an index below `count`; False where that is a hole, or the value takes another form."""
        if self.kind == packed_rows.VALUES and unchecked_get(self.items, index).same(EMPTY):
            return False
        return packed_rows.put(self.items, self.kind, index, value)

    def put_at(self, index: int, value: Value) -> None:
        """Replace the element at an index below `count`."""
        if not packed_rows.put(self.items, self.kind, index, value):
            if self.kind == packed_rows.FLOATS and value.is_int():
                unchecked_set(packed_rows.floats_of(self.items), index, float(value.as_int()))
            else:
                self._put_other(index, value)

    @dont_look_inside
    def _put_other(self, index: int, value: Value) -> None:
        self._accept(value)
        self.put_at(index, value)

    def push(self, value: Value) -> None:
        """One more element of a dense array."""
        count = self.count
        if count < len(self.items):
            if packed_rows.put(self.items, self.kind, count, value):
                self.count = count + 1
                return
        self._push_other(value)

    @dont_look_inside
    def _push_other(self, value: Value) -> None:
        """The same where that takes room, or another kind."""
        count = self.count
        if count == len(self.items):
            self._grow(count * 2 + 4, value)
        self._accept(value)
        self.put_at(count, value)
        self.count = count + 1

    def pop(self) -> Value:
        """Take away the last element of a dense array that has one; EMPTY, and nothing done, where that is a hole."""
        last = self.count - 1
        value = self.at(last)
        if self.kind == packed_rows.VALUES:
            if value.same(EMPTY):
                return EMPTY
            unchecked_set(self.items, last, EMPTY)
        self.count = last
        return value

    # Kinds

    def _accept(self, value: Value) -> None:
        """Become of a kind that has a form for this value, too."""
        wanted = packed_rows.kind_for(value)
        if wanted == packed_rows.VALUES:
            self.become_values()
        elif wanted == packed_rows.FLOATS and self.kind == packed_rows.INTS:
            self._become_floats()

    def _become_floats(self) -> None:
        ints = packed_rows.ints_of(self.items)
        self._begin(len(ints), packed_rows.FLOATS)
        for index in range(self.count):
            self.put_at(index, Value.of_float(float(ints[index])))

    def become_values(self) -> None:
        """Have its elements as Values, from which a dense array seldom comes back."""
        if self.kind != packed_rows.VALUES:
            self.items = packed_rows.as_values(self.items, self.kind, self.count, len(self.items), EMPTY)
            self.kind = packed_rows.VALUES

    @unroll_safe
    def hold_numbers(self, stack: VMStack, first: int, count: int) -> None:
        """Get as its elements, of which it has none, the numbers in adjacent slots."""
        kind = packed_rows.INTS
        for index in range(count):
            if not stack[first + index].is_int():
                kind = packed_rows.FLOATS
        self._begin(count, kind)
        self.count = count
        for index in range(count):
            self.put_at(index, stack[first + index])

    def fill_hole(self, index: int, value: Value) -> None:
        """Give an element to a hole. Where it is the last one, an array that was made of holes may be one of numbers by now."""
        unchecked_set(self.items, index, value)
        if index == self.count - 1 and is_number(value):
            self.become_numbers()

    def _begin(self, room: int, kind: int) -> None:
        """Get room for elements of a kind, and none of them."""
        self.items = packed_rows.new_row(kind, room, EMPTY)
        self.kind = kind

    @dont_look_inside
    def become_numbers(self) -> None:
        """Have the elements as bare numbers, where all of them are numbers."""
        if self.kind != packed_rows.VALUES:
            return
        kind = packed_rows.INTS
        for index in range(self.count):
            wanted = packed_rows.kind_for(self.items[index])
            if wanted == packed_rows.VALUES:
                return
            kind = max(kind, wanted)
        values = self.items
        self._begin(len(values), kind)
        for index in range(self.count):
            self.put_at(index, values[index])

    # Room

    def _grow(self, room: int, value: Value) -> None:
        """More room, the first time of the kind that the first element asks for."""
        if self.count == 0:
            self._begin(room, packed_rows.kind_for(value))
        else:
            self.items = packed_rows.resized(self.items, self.kind, self.count, room, EMPTY)

    @dont_look_inside
    def reserve(self, count: int) -> None:
        """Make a dense array longer by holes."""
        self.become_values()
        if count > len(self.items):
            self._grow(count, EMPTY)
        self._add_holes(count)

    def _reach(self, count: int) -> None:
        """Make a dense array longer by holes, as an assignment behind its end does: the next one may be behind the new end."""
        self.become_values()
        if count > len(self.items):
            self._grow(count + (count >> 1) + 4, EMPTY)
        self._add_holes(count)

    def _add_holes(self, count: int) -> None:
        for index in range(self.count, count):
            self.items[index] = EMPTY
        self.count = count

    @dont_look_inside
    def shorten(self, count: int) -> None:
        """Cut a dense array off."""
        if self.kind == packed_rows.VALUES:
            for index in range(count, self.count):
                self.items[index] = EMPTY
        self.count = count

    @dont_look_inside
    def has_holes(self) -> bool:
        """Whether an element of a dense array is missing."""
        if self.kind == packed_rows.VALUES:
            for index in range(self.count):
                if self.items[index].same(EMPTY):
                    return True
        return False

    def _move(self, start: int, to: int, number: int) -> None:
        packed_rows.copy(self.items, start, self.items, to, number, self.kind)

    @dont_look_inside
    def remove(self, start: int, number: int) -> None:
        """Take elements out of a dense array; those behind them move down."""
        self._move(start + number, start, self.count - start - number)
        self.shorten(self.count - number)

    @dont_look_inside
    def insert(self, start: int, values: list[Value]) -> None:
        """Put elements into a dense array; those behind them move up."""
        number = len(values)
        if number == 0:
            return
        if self.count + number > len(self.items):
            self._grow(number if self.count == 0 else (self.count + number) * 2, values[0])
        for value in values:
            self._accept(value)
        self._move(start, start + number, self.count - start)
        for index in range(number):
            self.put_at(start + index, values[index])
        self.count += number

    @dont_look_inside
    def become_table(self) -> Elements:
        """Stop being dense."""
        if not self.is_dense():
            return self.elements_elsewhere()
        elements = self.make_elements()
        for index in range(self.count):
            if not self.at(index).same(EMPTY):
                elements.add(index, self.at(index))
        elements.length = self.count
        self.items = NO_ITEMS
        self.count = 0
        self.kind = TABLE
        return elements

    def elements_elsewhere(self) -> Elements:
        """The elements of an array that is not dense."""
        elements = self.index_elements()
        assert elements is not None
        return elements

    # Internal methods

    def class_text(self) -> str:
        return "Array"

    @dont_look_inside
    def own_property(self, key: Key) -> Property | None:
        index = key.index
        if index != NO_INDEX:
            if not self.is_dense():
                return self.elements_elsewhere().find(index)
            return Property(self.at(index)) if index < self.count and self.has_at(index) else None
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
        if self.is_dense() and self._define_dense(index, description):
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
        is_there = index < self.count and self.has_at(index)
        if value.same(EMPTY) or description.is_accessor() or description.attributes != 0:
            return False
        if not is_there and description.given != FIXED or index > self.count + MAX_GAP:
            return False
        if index == self.count:
            self.push(value)
            return True
        if index > self.count:
            self._reach(index + 1)
        self.put_at(index, value)
        return True

    def store_property(self, key: Key, property: Property) -> None:
        if key.index != NO_INDEX:
            self.become_table().put(key.index, property)
        else:
            self.store_named(key.name, property.slot, property.attributes)

    def remove_property(self, key: Key) -> None:
        index = key.index
        if index == NO_INDEX:
            self.delete(key.name)
        elif self.is_dense():
            self.become_values()
            self.items[index] = EMPTY
        else:
            self.elements_elsewhere().remove(index)

    def add_index_keys(self, keys: list[Key]) -> None:
        if self.is_dense():
            for index in range(self.count):
                if self.has_at(index):
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
        if self.is_dense():
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


@unroll_safe
def inherits_no_elements(thing: JSObject) -> bool:
    """Whether no prototype of an object has properties whose keys are indexes: then a hole is undefined, and may be filled."""
    facts = family_of(promote(thing.shape)).facts
    while facts is not None:
        holder = facts.holder
        family = family_of(shape_now(facts))
        if family.kind >= Kind.TYPED or facts.has_elements:
            return False
        if isinstance(holder, JSArray) and holder.count > 0:
            return False
        facts = family.facts
    return True


@inlined
def element_or_empty(array: JSArray, index: int) -> Value:
    """An element of a dense array; EMPTY for a hole, and where there is none."""
    return array.at(index) if 0 <= index < array.count else EMPTY


def add_element(array: JSArray, value: Value) -> None:
    """CreateDataProperty at the end of an array that nobody else knows yet."""
    if array.is_dense():
        array.push(value)
    else:
        array.define_property(Key("", array.length()), data_descriptor(value))
