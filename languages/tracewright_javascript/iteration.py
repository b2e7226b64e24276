"""The iterator protocol: what `for of`, destructuring and spread walk over, and how they leave it.

    for (x of [1, 2])            an array whose iterator nobody has changed: a position, no iterator object
    for (x of map)               a built-in iterator whose `next` nobody has changed: `step`, no result object
    for (x of generator())       the frame is resumed, and yields without a result object
    for (x of anything else)     `next()` is called, and its result taken apart

An `Iterator` is what a slot of the frame holds; the NEXT instruction calls and resumes, `step` answers where no call is needed.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, immutable_fields, we_are_jitted
from tracewright_javascript.access import get_by_key
from tracewright_javascript.arrays import JSArray, inherits_no_elements
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import get_method, to_display, truth
from tracewright_javascript.errors import GuestFault, Thrown, type_error
from tracewright_javascript.functions import NativeFunction, Special
from tracewright_javascript.generators import JSGenerator
from tracewright_javascript.keys import ITERATOR, Key, key_of_index, key_of_symbol
from tracewright_javascript.lookups import get_named, note_finding
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, is_nullish, string_value
from tracewright_javascript.wrappers import to_object


@immutable_fields("is_short")
class NativeIterator(JSObject):
    """A built-in iterator object. Its prototype's `next` is made with `Special.STEP`. Where a step is a few operations (`is_short`), traces follow it."""

    def __init__(self, shape: Shape, is_short: bool = False) -> None:
        super().__init__(shape, NO_ROW)
        self.is_short = is_short

    def step(self) -> Value:
        """The next value; EMPTY at the end, and ever after. Raises GuestFault and Thrown."""
        raise NotImplementedError

    def brand(self) -> str:
        """Which kind of iterator it is: each has a `next` of its own."""
        raise NotImplementedError


class IteratorKind:
    """How an Iterator goes on."""

    ARRAY: Final = 0
    NATIVE: Final = 1
    GENERATOR: Final = 2
    PROTOCOL: Final = 3


@final
@immutable_fields("kind", "thing", "next_method")
class Iterator(GuestObject):
    """An iterator, or an array with a position. `is_done` is true at its end, and after an error of its own: it is not closed then."""

    def __init__(self, kind: int, thing: JSObject, next_method: Value) -> None:
        self.kind = kind
        self.thing = thing
        self.next_method = next_method
        self.position = 0
        self.is_done = False

    def step(self) -> Value:
        """The next value of an array or a built-in iterator; EMPTY at the end. Raises GuestFault and Thrown."""
        if self.kind == IteratorKind.ARRAY:
            array = unsafe_cast(JSArray, self.thing)
            position = self.position
            if position < array.count and not self.is_done:
                self.position = position + 1
                value = array.at(position)
                return value if not value.same(EMPTY) else self._hole(array, position)
            return self._behind_dense(array)
        native = unsafe_cast(NativeIterator, self.thing)
        value = native.step() if native.is_short else _native_step(native)
        if value.same(EMPTY):
            self.is_done = True
        return value

    def _hole(self, array: JSArray, position: int) -> Value:
        if inherits_no_elements(array):
            return Value.UNDEFINED
        return array.get_property(key_of_index(position), Value.of_object(array))

    def _behind_dense(self, array: JSArray) -> Value:
        if array.is_dense() or self.is_done or self.position >= array.length():
            self.is_done = True
            return EMPTY
        self.position += 1
        return array.get_property(key_of_index(self.position - 1), Value.of_object(array))


@dont_look_inside
def _native_step(iterator: NativeIterator) -> Value:
    return iterator.step()


def iterator_of(realm: Realm, value: Value) -> Iterator:
    """GetIterator. Raises GuestFault and Thrown."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSArray):
            is_usual = not we_are_jitted() and thing.shape is realm.array_shape  # traces have constants in its place
            if is_usual and realm.plain_iteration.holds():
                return Iterator(IteratorKind.ARRAY, thing, Value.UNDEFINED)
            if is_plain_array_iteration(realm, get_named(thing, ITERATOR.name)):
                if is_usual:
                    note_finding(realm.plain_iteration, realm.array_prototype, realm.array_iterator_prototype)
                return Iterator(IteratorKind.ARRAY, thing, Value.UNDEFINED)
        elif isinstance(thing, JSGenerator):
            if get_named(thing, ITERATOR.name).same(realm.iterator_self):
                if get_named(thing, "next").same(realm.generator_next):
                    return Iterator(IteratorKind.GENERATOR, thing, realm.generator_next)
    return _other_iterator(realm, value)


def is_plain_array_iteration(realm: Realm, method: Value) -> bool:
    """Whether this method of an array makes an iterator that walks over its elements, which nobody can notice."""
    return method.same(realm.array_values) and get_named(realm.array_iterator_prototype, "next").same(
        realm.array_iterator_next
    )


@dont_look_inside
def _other_iterator(realm: Realm, value: Value) -> Iterator:
    inner = value.as_object() if value.is_object() else None
    if isinstance(inner, Iterator):  # a self-hosted function has made it
        return inner
    method = Value.UNDEFINED
    if not is_nullish(value):
        method = get_by_key(realm, value, key_of_symbol(ITERATOR))
    if is_nullish(method):
        raise type_error(f"{to_display(value)} is not iterable")
    return iterator_from(call(method, value, []))


@dont_look_inside
def iterator_from(value: Value) -> Iterator:
    """GetIteratorDirect, of what a method has returned. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        raise type_error("Result of the Symbol.iterator method is not an object")
    next_method = get_named(thing, "next")
    native = as_object(next_method)
    if isinstance(native, NativeFunction):
        if native.special == Special.STEP and isinstance(thing, NativeIterator):
            return Iterator(IteratorKind.NATIVE, thing, next_method)
        if native.special == Special.NEXT and isinstance(thing, JSGenerator):
            return Iterator(IteratorKind.GENERATOR, thing, next_method)
    return Iterator(IteratorKind.PROTOCOL, thing, next_method)


def result_done(value: Value) -> bool:
    """Whether what `next()` has returned says that this was the end. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        raise type_error(f"Iterator result {to_display(value)} is not an object")
    return truth(get_named(thing, "done"))


def result_value(value: Value) -> Value:
    """The value of such a result, which is an object. Raises Thrown."""
    return get_named(unsafe_cast(JSObject, value.as_object()), "value")


@dont_look_inside
def next_value(iterator: Iterator) -> Value:
    """IteratorStepValue, from native code: the next value, EMPTY at the end. Raises GuestFault and Thrown."""
    if iterator.is_done:
        return EMPTY
    if iterator.kind <= IteratorKind.NATIVE:
        return iterator.step()
    iterator.is_done = True
    result = call(iterator.next_method, Value.of_object(iterator.thing), [])
    if result_done(result):
        return EMPTY
    value = result_value(result)
    iterator.is_done = False
    return value


def array_to_spread(realm: Realm, value: Value) -> Value:
    """An array with all that an iterable has: an array whose iterator nobody has changed is that itself. Raises GuestFault and Thrown."""
    iterator = iterator_of(realm, value)
    if iterator.kind == IteratorKind.ARRAY and unsafe_cast(JSArray, iterator.thing).is_dense():
        return value
    return _collected(realm, iterator)


@dont_look_inside
def _collected(realm: Realm, iterator: Iterator) -> Value:
    array = realm.array_of([])
    append_rest(array, iterator)
    return Value.of_object(array)


@dont_look_inside
def append_rest(array: JSArray, iterator: Iterator) -> None:
    """Put what is left of an iterator behind an array. Raises GuestFault and Thrown."""
    value = next_value(iterator)
    while not value.same(EMPTY):
        array.push(value)
        value = next_value(iterator)


def close_iterator(iterator: Iterator) -> None:
    """IteratorClose where nothing was thrown. Raises GuestFault and Thrown."""
    if not iterator.is_done and iterator.kind > IteratorKind.NATIVE:
        _close(iterator)


@dont_look_inside
def _close(iterator: Iterator) -> None:
    iterator.is_done = True
    method = get_method(iterator.thing, "return")
    if method.same(Value.UNDEFINED):
        return
    result = call(method, Value.of_object(iterator.thing), [])
    if as_object(result) is None:
        raise type_error(f"{to_display(result)} is not an object")


@dont_look_inside
def close_after_error(iterator: Iterator) -> None:
    """IteratorClose where something was thrown: errors of closing are not seen."""
    try:
        close_iterator(iterator)
    except (GuestFault, Thrown):
        pass


@final
class ForInIterator(NativeIterator):
    """The names that `for (... in value)` visits: those deleted before their turn are left out."""

    def __init__(self, shape: Shape, holders: list[JSObject], keys: list[Key]) -> None:
        super().__init__(shape)
        self.holders = holders
        self.keys = keys
        self.position = 0

    def brand(self) -> str:
        return "For In Iterator"

    def step(self) -> Value:
        while self.position < len(self.keys):
            key = self.keys[self.position]
            holder = self.holders[self.position]
            self.position += 1
            if holder.own_property(key) is not None:
                return string_value(key.text())
        return EMPTY


@dont_look_inside
def keys_of(realm: Realm, value: Value) -> Iterator:
    """What `for (... in value)` walks over: enumerable names of its own, then those of its prototypes that nobody before has. Raises Thrown."""
    holders: list[JSObject] = []
    keys: list[Key] = []
    thing: JSObject | None = None if is_nullish(value) else to_object(realm, value)
    seen: dict[str, bool] = {}
    while thing is not None:
        for key in thing.own_keys():
            if key.is_symbol() or key.text() in seen:
                continue
            found = thing.own_property(key)
            if found is not None:
                seen[key.text()] = True
                if found.is_enumerable():
                    holders.append(thing)
                    keys.append(key)
        thing = thing.get_prototype()
    iterator = ForInIterator(realm.bare_shape, holders, keys)
    return Iterator(IteratorKind.NATIVE, iterator, Value.UNDEFINED)
