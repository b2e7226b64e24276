"""What a property is: a value or a pair of functions, with attributes; and descriptions that say only a part of that.

Attributes are bits that are 0 for a property made by assignment, so that plain properties cost nothing (`guest/shapes.py`):

    o.x = 1                                             0
    class C { m() {} }, built-ins                       NOT_ENUMERABLE
    Object.freeze                                       NOT_WRITABLE | NOT_CONFIGURABLE
    get x() {}                                          ACCESSOR: the slot holds an AccessorPair
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright_javascript.values import EMPTY, identical

NOT_WRITABLE: Final = 1
NOT_ENUMERABLE: Final = 2
NOT_CONFIGURABLE: Final = 4
ACCESSOR: Final = 8

PLAIN: Final = 0
HIDDEN: Final = NOT_ENUMERABLE  # what built-ins and methods of classes have
FIXED: Final = NOT_WRITABLE | NOT_ENUMERABLE | NOT_CONFIGURABLE
READ_ONLY: Final = NOT_WRITABLE | NOT_ENUMERABLE  # `name` and `length` of functions


@final
class AccessorPair(GuestObject):
    """What the slot of an accessor holds: functions, or undefined."""

    def __init__(self, getter: Value, setter: Value) -> None:
        self.getter = getter
        self.setter = setter


def pair_in(slot: Value) -> AccessorPair:
    """The functions in an accessor's slot."""
    return unsafe_cast(AccessorPair, slot.as_object())


@final
class Property:
    """A property that an object has: what is in its slot, and the attributes."""

    def __init__(self, slot: Value, attributes: int = PLAIN) -> None:
        self.slot = slot
        self.attributes = attributes

    def is_accessor(self) -> bool:
        """Whether functions answer for it."""
        return self.attributes & ACCESSOR != 0

    def is_writable(self) -> bool:
        """Whether it is a value that may be replaced."""
        return self.attributes & (NOT_WRITABLE | ACCESSOR) == 0

    def is_enumerable(self) -> bool:
        """Whether loops and copies see it."""
        return self.attributes & NOT_ENUMERABLE == 0

    def is_configurable(self) -> bool:
        """Whether it may be deleted and made something else."""
        return self.attributes & NOT_CONFIGURABLE == 0


@final
class Descriptor:
    """A property as a program describes it. What it does not say is EMPTY, or a bit that is not in `given`."""

    def __init__(self, value: Value = EMPTY, attributes: int = PLAIN, given: int = 0) -> None:
        self.value = value
        self.getter: Value = EMPTY
        self.setter: Value = EMPTY
        self.attributes = attributes  # those of NOT_WRITABLE, NOT_ENUMERABLE and NOT_CONFIGURABLE that hold
        self.given = given  # those of which it speaks

    def is_accessor(self) -> bool:
        """Whether it speaks of functions."""
        return not self.getter.same(EMPTY) or not self.setter.same(EMPTY)

    def is_data(self) -> bool:
        """Whether it speaks of a value, or of whether that may be written."""
        return not self.value.same(EMPTY) or self.given & NOT_WRITABLE != 0

    def say(self, attribute: int, holds: bool) -> None:
        """Speak of one attribute: whether the NOT_ holds."""
        self.given |= attribute
        if holds:
            self.attributes |= attribute


def data_descriptor(value: Value, attributes: int = PLAIN) -> Descriptor:
    """A full description of a property with a value."""
    return Descriptor(value, attributes, FIXED)


def accessor_descriptor(getter: Value, setter: Value, attributes: int = PLAIN) -> Descriptor:
    """A description of a property with functions; EMPTY for one that stays what it is."""
    result = Descriptor(EMPTY, attributes, NOT_ENUMERABLE | NOT_CONFIGURABLE)
    result.getter = getter
    result.setter = setter
    return result


def completed(description: Descriptor) -> Property:
    """The new property that a description makes: what it does not say is undefined, and false."""
    attributes = description.attributes | FIXED & ~description.given
    if description.is_accessor():
        return Property(_pair(description, Value.UNDEFINED, Value.UNDEFINED), attributes & ~NOT_WRITABLE | ACCESSOR)
    return Property(Value.UNDEFINED if description.value.same(EMPTY) else description.value, attributes)


def is_allowed(current: Property, description: Descriptor) -> bool:
    """Whether a property may become what a description says (ValidateAndApplyPropertyDescriptor, 10.1.6.3)."""
    if current.is_configurable():
        return True
    if description.given & NOT_CONFIGURABLE != 0 and description.attributes & NOT_CONFIGURABLE == 0:
        return False
    if description.given & NOT_ENUMERABLE != 0:
        if (description.attributes ^ current.attributes) & NOT_ENUMERABLE != 0:
            return False
    if not description.is_accessor() and not description.is_data():
        return True
    if description.is_accessor() != current.is_accessor():
        return False
    if current.is_accessor():
        pair = pair_in(current.slot)
        return _keeps(pair.getter, description.getter) and _keeps(pair.setter, description.setter)
    if current.is_writable():
        return True
    if description.given & NOT_WRITABLE != 0 and description.attributes & NOT_WRITABLE == 0:
        return False
    return _keeps(current.slot, description.value)


def _keeps(old: Value, new: Value) -> bool:
    return new.same(EMPTY) or identical(old, new)


def merged(current: Property, description: Descriptor) -> Property:
    """What a property becomes by a description that is allowed."""
    attributes = current.attributes & ~description.given | description.attributes & description.given
    if description.is_accessor():
        getter, setter = Value.UNDEFINED, Value.UNDEFINED
        if current.is_accessor():
            pair = pair_in(current.slot)
            getter, setter = pair.getter, pair.setter
        return Property(_pair(description, getter, setter), attributes & ~NOT_WRITABLE | ACCESSOR)
    if not description.is_data():
        return Property(current.slot, attributes)
    if current.is_accessor():
        attributes &= ~ACCESSOR
        if description.given & NOT_WRITABLE == 0:
            attributes |= NOT_WRITABLE
        return Property(Value.UNDEFINED if description.value.same(EMPTY) else description.value, attributes)
    return Property(current.slot if description.value.same(EMPTY) else description.value, attributes)


def _pair(description: Descriptor, getter: Value, setter: Value) -> Value:
    if not description.getter.same(EMPTY):
        getter = description.getter
    if not description.setter.same(EMPTY):
        setter = description.setter
    return Value.of_object(AccessorPair(getter, setter))
