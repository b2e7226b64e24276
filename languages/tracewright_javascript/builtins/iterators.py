"""The iterators of arrays, strings and typed arrays, and what all iterators inherit (27.1)."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.shapes import Shape
from tracewright.lib.utf16 import code_point_at, units_in_code_point
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.builtins.arguments import callee_of, this_of
from tracewright_javascript.builtins.rows import install_methods, install_tag, install_value
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_display, to_length, to_text
from tracewright_javascript.errors import type_error
from tracewright_javascript.functions import NativeFunction, Special, new_native
from tracewright_javascript.generators import result_object
from tracewright_javascript.iteration import NativeIterator
from tracewright_javascript.keys import ASYNC_ITERATOR, ITERATOR, key_of_index
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.typed_arrays import JSTypedArray
from tracewright_javascript.values import EMPTY, is_nullish, string_value
from tracewright_javascript.wrappers import to_object


class Contents:
    """What an iterator of an array says of each element."""

    KEYS: Final = 0
    VALUES: Final = 1
    ENTRIES: Final = 2


@final
class ArrayIterator(NativeIterator):
    """An iterator of whatever has a length and elements."""

    def __init__(self, shape: Shape, realm: Realm, thing: JSObject, contents: int) -> None:
        super().__init__(shape)
        self.realm = realm
        self.thing: JSObject | None = thing
        self.contents = contents
        self.position = 0

    def brand(self) -> str:
        return "Array Iterator"

    def step(self) -> Value:
        thing = self.thing
        if thing is None:
            return EMPTY
        if isinstance(thing, JSArray):
            length = thing.length()
        else:
            length = thing.length_for_iteration()
            if length < 0:
                length = to_length(get_named(thing, "length"))
        position = self.position
        if position >= length:
            self.thing = None
            return EMPTY
        self.position = position + 1
        if self.contents == Contents.KEYS:
            return Value.of_int(position)
        if isinstance(thing, JSTypedArray):
            value = thing.element(position)
        else:
            value = thing.get_property(key_of_index(position), Value.of_object(thing))
        if self.contents == Contents.VALUES:
            return value
        return Value.of_object(self.realm.array_of([Value.of_int(position), value]))


@final
class StringIterator(NativeIterator):
    """An iterator of the code points of a string."""

    def __init__(self, shape: Shape, text: str) -> None:
        super().__init__(shape)
        self.text = text
        self.position = 0

    def brand(self) -> str:
        return "String Iterator"

    def step(self) -> Value:
        position = self.position
        if position >= len(self.text):
            return EMPTY
        self.position = position + units_in_code_point(code_point_at(self.text, position))
        return string_value(self.text[position : self.position])


def iterator_next(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`next` of a built-in iterator; the function's `data` is the brand that it serves. Raises GuestFault and Thrown."""
    thing = as_object(this_of(stack, frame))
    function = unsafe_cast(NativeFunction, callee_of(stack, frame))
    if not isinstance(thing, NativeIterator) or to_text(function.data) != thing.brand():
        shown = to_display(this_of(stack, frame))
        raise type_error(f"Method {to_text(function.data)}.prototype.next called on incompatible receiver {shown}")
    value = thing.step()
    if value.same(EMPTY):
        return result_object(as_realm(realm), Value.UNDEFINED, True)
    return result_object(as_realm(realm), value, False)


def install_iterator(realm: Realm, prototype: JSObject, brand: str) -> Value:
    """Give the prototype of a kind of built-in iterators its `next` and its tag; gives the function."""
    native = new_native(realm, "next", 0, iterator_next, False, Special.STEP)
    native.data = string_value(brand)
    install_value(prototype, "next", Value.of_object(native))
    install_tag(prototype, brand)
    return Value.of_object(native)


def _self(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return this_of(stack, frame)


def _array_iterator(realm: AnyRealm, stack: VMStack, frame: int, contents: int) -> Value:
    where = as_realm(realm)
    thing = to_object(where, this_of(stack, frame))
    shape = where.array_iterator_prototype.bare_shape_of_children()
    return Value.of_object(ArrayIterator(shape, where, thing, contents))


def _keys(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _array_iterator(realm, stack, frame, Contents.KEYS)


def _values(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _array_iterator(realm, stack, frame, Contents.VALUES)


def _entries(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _array_iterator(realm, stack, frame, Contents.ENTRIES)


def _string_iterator(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = this_of(stack, frame)
    if is_nullish(value):
        raise type_error("String.prototype[Symbol.iterator] called on null or undefined")
    shape = as_realm(realm).string_iterator_prototype.bare_shape_of_children()
    return Value.of_object(StringIterator(shape, to_text(value)))


def install_iterators(realm: Realm) -> None:
    """The prototypes of iterators, and the methods of arrays and strings that make some."""
    install_methods(realm, realm.iterator_prototype, [(ITERATOR.name, 0, _self)])
    realm.iterator_self = installed_value(realm.iterator_prototype, ITERATOR.name)
    install_methods(realm, realm.async_iterator_prototype, [(ASYNC_ITERATOR.name, 0, _self)])
    realm.array_iterator_next = install_iterator(realm, realm.array_iterator_prototype, "Array Iterator")
    install_iterator(realm, realm.string_iterator_prototype, "String Iterator")
    install_methods(
        realm, realm.array_prototype, [("keys", 0, _keys), ("entries", 0, _entries), ("values", 0, _values)]
    )
    realm.array_values = installed_value(realm.array_prototype, "values")
    install_value(realm.array_prototype, ITERATOR.name, realm.array_values)
    install_methods(realm, realm.string_prototype, [(ITERATOR.name, 0, _string_iterator)])


def installed_value(thing: JSObject, name: str) -> Value:
    """A property that was just installed."""
    found = thing.named_property(name)
    assert found is not None
    return found.slot
