"""Objects: properties by shape, with the prototype in the shape's type; and the internal methods, which exotic objects replace.

    p = {x: 1}; q = {x: 2}      p and q have one shape: (prototype Object.prototype; x at 0)

One guard on the shape proves the places of an object's own named properties, which object is asked next, and whether somebody has to be
asked at all (`Family.kind`, see `families.py`). What a site does not find in the shape is looked for elsewhere (`lookups.py`, `assignment.py`); what is rarer goes through
the internal methods of the standard's table 4, which are virtual:

    own_property  define_property  has_property  get_property  set_property  delete_property  own_keys
    get_prototype  change_prototype  extensible  prevent_extensions
"""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.placements import BARE, FIVE, INSIDE, NO_ROW, SEVEN, THREE
from tracewright.guest.property_map import PropertyMap
from tracewright.guest.shapes import ATTRIBUTE_BITS, ATTRIBUTE_MASK, NOT_FOUND, RootShapes, Shape, root_shape
from tracewright.hints import (
    dont_look_inside,
    isconstant,
    promote,
    we_are_jitted,
)
from tracewright_javascript.elements import Elements
from tracewright_javascript.families import (
    Extra,
    Family,
    Kind,
    SpecialShapes,
    WatchedFacts,
    facts_of_watched,
    family_of,
    steady_value,
)
from tracewright_javascript.keys import NO_INDEX, Key, is_private_name, is_symbol_name
from tracewright_javascript.properties import (
    Descriptor,
    Property,
    completed,
    data_descriptor,
    is_allowed,
    merged,
    pair_in,
)
from tracewright_javascript.values import EMPTY


class JSObject(PropertyMap):
    """An object. Its properties whose keys are indexes, and what is known of it if it is watched, are its `Extra`."""

    @final
    def item(self, index: int) -> Value:
        """What is at an index of its shape."""
        known = not we_are_jitted() or isconstant(index)
        return self._item_at(index) if known else self._item_somewhere(index)

    @final
    def put(self, index: int, value: Value) -> None:
        """Replace what is at an index of its shape, or fill the next one's place."""
        if not we_are_jitted() or isconstant(index):
            self._put_at(index, value)
        else:
            self._put_somewhere(index, value)

    @final
    def _item_at(self, index: int) -> Value:
        match index:
            case 0:
                return unsafe_cast(PlainObject, self).first
            case 1:
                return unsafe_cast(PlainObject, self).second
            case 2:
                return unsafe_cast(PlainObject, self).third
            case 3:
                return unsafe_cast(PlainObjectOfFive, self).fourth
            case 4:
                return unsafe_cast(PlainObjectOfFive, self).fifth
            case 5:
                return unsafe_cast(PlainObjectOfSeven, self).sixth
            case 6:
                return unsafe_cast(PlainObjectOfSeven, self).seventh
            case 7:
                return unsafe_cast(PlainObjectOfNine, self).eighth
            case 8:
                return unsafe_cast(PlainObjectOfNine, self).ninth
            case _:
                return unchecked_get(self.row, index - INSIDE)

    @final
    def _put_at(self, index: int, value: Value) -> None:
        match index:
            case 0:
                unsafe_cast(PlainObject, self).first = value
            case 1:
                unsafe_cast(PlainObject, self).second = value
            case 2:
                unsafe_cast(PlainObject, self).third = value
            case 3:
                unsafe_cast(PlainObjectOfFive, self).fourth = value
            case 4:
                unsafe_cast(PlainObjectOfFive, self).fifth = value
            case 5:
                unsafe_cast(PlainObjectOfSeven, self).sixth = value
            case 6:
                unsafe_cast(PlainObjectOfSeven, self).seventh = value
            case 7:
                unsafe_cast(PlainObjectOfNine, self).eighth = value
            case 8:
                unsafe_cast(PlainObjectOfNine, self).ninth = value
            case _:
                unchecked_set(self.row, index - INSIDE, value)

    @final
    @dont_look_inside
    def _item_somewhere(self, index: int) -> Value:
        return self._item_at(index)

    @final
    @dont_look_inside
    def _put_somewhere(self, index: int, value: Value) -> None:
        self._put_at(index, value)

    @final
    def get_extra(self) -> Extra | None:
        """What few objects have, if this is one of them."""
        word = self.extra()
        return unsafe_cast(Extra, word.as_object()) if word.is_object() else None

    @final
    def make_extra(self) -> Extra:
        """The same, to be changed."""
        extra = self.get_extra()
        if extra is None:
            extra = Extra()
            self.set_extra(Value.of_object(extra))
        return extra

    @final
    def watched_facts(self) -> WatchedFacts | None:
        """What is known of it if it is watched. A constant in traces, as the object becomes."""
        return facts_of_watched(promote(self)) if promote(self.shape).is_watched else None

    @dont_look_inside
    def watch(self) -> WatchedFacts:
        """Notice changes of it from now on."""
        facts = self.watched_facts()
        if facts is None:
            self.shape = self.shape.watched()
            facts = WatchedFacts(self)
            self.make_extra().facts = facts
        return facts

    @dont_look_inside
    def note_change(self, is_replaced: bool) -> None:
        """It is watched, and something in it has changed; `is_replaced` says that a value was there before."""
        facts = self.watched_facts()
        if facts is not None:
            facts.note_change(is_replaced)

    def watched_slot(self, name: str) -> Value:
        """What is in the slot of an own property of a watched object; EMPTY where it has none. A constant of traces while it is steady."""
        facts = self.watched_facts()
        if facts is None:
            return EMPTY
        place = shape_now(facts).place_of(name)
        return EMPTY if place == NOT_FOUND else slot_now(facts, place)

    def add(self, name: str, value: Value, attributes: int = 0) -> None:
        super().add(name, value, attributes)
        if promote(self.shape).is_watched:
            self.note_change(False)

    def set_named(self, name: str, value: Value) -> None:
        super().set_named(name, value)
        if promote(self.shape).is_watched:
            self.note_change(True)

    def delete(self, name: str) -> bool:
        is_deleted = super().delete(name)
        if self.shape.is_watched:
            self.note_change(True)
        return is_deleted

    def set_attributes(self, name: str, attributes: int) -> None:
        super().set_attributes(name, attributes)
        if self.shape.is_watched:
            self.note_change(False)

    def close(self) -> None:
        super().close()
        if self.shape.is_watched:
            self.note_change(False)

    def move_to(self, root: Shape) -> None:
        is_watched = self.shape.is_watched
        super().move_to(root.watched_root() if is_watched else root)
        if is_watched:
            self.note_change(False)

    def shape_of_children(self) -> Shape:
        """The shape of a new plain object without properties that has this one as its prototype."""
        return self.shapes_of_children().current

    def shapes_of_children(self) -> RootShapes:
        """The shapes of plain objects without properties that have this one as their prototype."""
        facts = self.watched_facts()
        found = None if facts is None else facts.children
        return found if found is not None else self._make_shapes_of_children()

    @dont_look_inside
    def _make_shapes_of_children(self) -> RootShapes:
        found = RootShapes(Family(self, Kind.ORDINARY), THREE)
        self.watch().children = found
        return found

    def bare_shape_of_children(self) -> Shape:
        """The same for objects of the ordinary kind that are no plain ones."""
        facts = self.watched_facts()
        found = None if facts is None else facts.bare_shape
        return found if found is not None else self._make_bare_shape()

    @dont_look_inside
    def _make_bare_shape(self) -> Shape:
        found = root_shape(Family(self, Kind.ORDINARY), BARE)
        self.watch().bare_shape = found
        return found

    def special_shape_of_children(self, kind: int) -> Shape:
        """The same for objects of another kind."""
        facts = self.watched_facts()
        found = None if facts is None else facts.special_shapes
        shapes = found if found is not None else self._make_special_shapes()
        if kind == Kind.TYPED:
            return shapes.typed
        return shapes.lazy if kind == Kind.LAZY else shapes.array if kind == Kind.ARRAY else shapes.exotic

    @dont_look_inside
    def _make_special_shapes(self) -> SpecialShapes:
        shapes = SpecialShapes(self)
        self.watch().special_shapes = shapes
        return shapes

    # Whether it can be called; functions and proxies of functions say more.

    def can_call(self) -> bool:
        """Whether it has [[Call]]."""
        return False

    def can_construct(self) -> bool:
        """Whether it has [[Construct]]."""
        return False

    def length_for_iteration(self) -> int:
        """Of a typed array: its length, which is no property. -1 for others. Raises GuestFault where its buffer is gone."""
        return -1

    def is_proxy(self) -> bool:
        """Whether another object stands behind it, or has stood there."""
        return False

    def proxy_target(self) -> JSObject | None:
        """Of a proxy: the object behind it."""
        return None

    def call_it(self, this: Value, arguments: list[Value]) -> Value:
        """[[Call]] of what is no function, but `can_call`. Raises Thrown."""
        raise NotImplementedError

    def construct_it(self, arguments: list[Value], new_target: JSObject) -> Value:
        """[[Construct]] of what is no function, but `can_construct`. Raises Thrown."""
        raise NotImplementedError

    def class_text(self) -> str:
        """What `Object.prototype.toString` says of it where no symbol tells."""
        return "Object"

    # Own properties. A kind of object with properties somewhere else overrides the first six of these.

    def own_property(self, key: Key) -> Property | None:
        """[[GetOwnProperty]]. Raises Thrown."""
        return self.stored_property(key)

    def define_property(self, key: Key, description: Descriptor) -> bool:
        """[[DefineOwnProperty]]: False where that is not allowed. Raises Thrown."""
        current = self.own_property(key)
        if current is None:
            if not self.extensible():
                return False
            self.store_property(key, completed(description))
            return True
        if not is_allowed(current, description):
            return False
        self.store_property(key, merged(current, description))
        return True

    def delete_property(self, key: Key) -> bool:
        """[[Delete]]: False where that is not allowed. Raises Thrown."""
        current = self.own_property(key)
        if current is None:
            return True
        if not current.is_configurable():
            return False
        self.remove_property(key)
        return True

    def own_keys(self) -> list[Key]:
        """[[OwnPropertyKeys]]: indexes ascending, then strings, then symbols, as they came. Raises Thrown."""
        result: list[Key] = []
        self.add_index_keys(result)
        self.add_named_keys(result)
        return result

    # The rest of the internal methods, which few kinds override.

    def has_property(self, key: Key) -> bool:
        """[[HasProperty]]. Raises Thrown."""
        if self.own_property(key) is not None:
            return True
        parent = self.get_prototype()
        return parent is not None and parent.has_property(key)

    def get_property(self, key: Key, receiver: Value) -> Value:
        """[[Get]]. Raises Thrown."""
        found = self.own_property(key)
        if found is not None:
            return value_of(found, receiver)
        parent = self.get_prototype()
        return Value.UNDEFINED if parent is None else parent.get_property(key, receiver)

    def set_property(self, key: Key, value: Value, receiver: Value) -> bool:
        """[[Set]]: False where that is not allowed. Raises Thrown."""
        found = self.own_property(key)
        if found is None:
            parent = self.get_prototype()
            if parent is not None:
                return parent.set_property(key, value, receiver)
            return set_on_receiver(receiver, key, value)
        return self.set_found(found, key, value, receiver)

    @final
    def set_found(self, found: Property, key: Key, value: Value, receiver: Value) -> bool:
        """[[Set]] where this object has the property. Raises Thrown."""
        if found.is_accessor():
            return call_setter(found.slot, value, receiver)
        if not found.is_writable():
            return False
        return set_on_receiver(receiver, key, value)

    def get_prototype(self) -> JSObject | None:
        """[[GetPrototypeOf]]. Raises Thrown."""
        return unsafe_cast(Family, promote(self.shape).guest_type).prototype

    def change_prototype(self, prototype: JSObject | None) -> bool:
        """[[SetPrototypeOf]]: False where that is not allowed. Raises Thrown."""
        if prototype is self.get_prototype():
            return True
        facts = self.watched_facts()
        if not self.extensible() or facts is not None and facts.keeps_prototype:
            return False
        above = prototype
        while above is not None:
            if above is self:
                return False
            if above.has_own_prototype_method():
                break
            above = above.get_prototype()
        from tracewright_javascript.prototypes import set_prototype

        set_prototype(self, prototype)
        return True

    def has_own_prototype_method(self) -> bool:
        """Whether asking for its prototype may run the program."""
        return False

    def extensible(self) -> bool:
        """[[IsExtensible]]. Raises Thrown."""
        return not self.shape.is_closed

    def prevent_extensions(self) -> bool:
        """[[PreventExtensions]]: False where that is not allowed. Raises Thrown."""
        self.complete()
        self.close()
        return True

    # Storage: what is in the shape or table, and in `elements`.

    def complete(self) -> None:
        """Add what a lazy object has not got yet."""

    @final
    def index_elements(self) -> Elements | None:
        """The properties whose keys are indexes, of what is no dense array."""
        extra = self.get_extra()
        return None if extra is None else extra.elements

    @final
    def make_elements(self) -> Elements:
        """The same, to be changed."""
        extra = self.make_extra()
        elements = extra.elements
        if elements is None:
            elements = Elements()
            extra.elements = elements
            if extra.facts is not None:
                extra.facts.has_elements = True
                extra.facts.epoch.number += 1
        return elements

    @final
    @dont_look_inside
    def stored_property(self, key: Key) -> Property | None:
        """An own property, from where ordinary objects have theirs."""
        if key.index != NO_INDEX:
            elements = self.index_elements()
            return None if elements is None else elements.find(key.index)
        self.complete()
        return self.named_property(key.name)

    @final
    @dont_look_inside
    def named_property(self, name: str) -> Property | None:
        """The property of a name that is in the shape or table."""
        table = self.table()
        if table is not None:
            slot = table.values.get(name, EMPTY)
            return None if slot.same(EMPTY) else Property(slot, table.attributes.get(name, 0))
        place = self.shape.place_of(name)
        if place == NOT_FOUND:
            return None
        return Property(self.item(place >> ATTRIBUTE_BITS), place & ATTRIBUTE_MASK)

    def store_property(self, key: Key, property: Property) -> None:
        """Add or replace an own property; whether that is allowed has been asked."""
        if key.index != NO_INDEX:
            self.make_elements().put(key.index, property)
            return
        self.complete()
        self.store_named(key.name, property.slot, property.attributes)

    @final
    @dont_look_inside
    def store_named(self, name: str, slot: Value, attributes: int) -> None:
        """Add or replace a property in the shape or table."""
        known = self.attributes_of(name)
        if known == NOT_FOUND:
            self.add(name, slot, attributes)
            return
        self.set_named(name, slot)
        if known != attributes:
            self.set_attributes(name, attributes)

    def remove_property(self, key: Key) -> None:
        """Take out an own property that is there; whether that is allowed has been asked."""
        if key.index == NO_INDEX:
            self.complete()
            self.delete(key.name)
            return
        elements = self.index_elements()
        assert elements is not None
        elements.remove(key.index)

    def add_index_keys(self, keys: list[Key]) -> None:
        """The own keys that are indexes, ascending."""
        elements = self.index_elements()
        if elements is not None:
            for index in elements.indexes():
                keys.append(Key("", index))

    @final
    def add_named_keys(self, keys: list[Key]) -> None:
        """The own keys that are names: strings, then symbols. Private names are none."""
        self.complete()
        symbols: list[Key] = []
        for name in self.names():
            if is_symbol_name(name):
                symbols.append(Key(name, NO_INDEX))
            elif not is_private_name(name):
                keys.append(Key(name, NO_INDEX))
        keys.extend(symbols)


class PlainObject(JSObject):
    """What literals, and constructors of the program, make: its first properties are in fields of its own. `plain_object` makes them."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape, NO_ROW)
        self.first = Value.UNDEFINED
        self.second = Value.UNDEFINED
        self.third = Value.UNDEFINED


class PlainObjectOfFive(PlainObject):
    """One with two fields more."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        self.fourth = Value.UNDEFINED
        self.fifth = Value.UNDEFINED


class PlainObjectOfSeven(PlainObjectOfFive):
    """One with four fields more."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        self.sixth = Value.UNDEFINED
        self.seventh = Value.UNDEFINED


@final
class PlainObjectOfNine(PlainObjectOfSeven):
    """One with six fields more."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        self.eighth = Value.UNDEFINED
        self.ninth = Value.UNDEFINED


def plain_object(shape: Shape) -> PlainObject:
    """A new object with the room that the placement of its shape says. The shape has no properties, or the object is to get them at once."""
    placement = shape.placement
    if placement is THREE:
        return PlainObject(shape)
    if placement is FIVE:
        return PlainObjectOfFive(shape)
    return PlainObjectOfSeven(shape) if placement is SEVEN else PlainObjectOfNine(shape)


def as_object(value: Value) -> JSObject | None:
    """The object that a value is, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSObject):
            return thing
    return None


def is_callable(value: Value) -> bool:
    """Whether it can be called."""
    thing = as_object(value)
    return thing is not None and thing.can_call()


def is_constructor(value: Value) -> bool:
    """Whether it can stand behind `new`."""
    thing = as_object(value)
    return thing is not None and thing.can_construct()


def prototype_of(thing: JSObject) -> JSObject | None:
    """The object that is asked for what this one has not; of an object that is no proxy."""
    return family_of(promote(thing.shape)).prototype


# Values of properties


def value_of(found: Property, receiver: Value) -> Value:
    """The value of a property that was found; a getter is called. Raises Thrown."""
    return call_getter(found.slot, receiver) if found.is_accessor() else found.slot


@dont_look_inside
def call_getter(slot: Value, receiver: Value) -> Value:
    """What the getter in an accessor's slot says. Raises Thrown."""
    from tracewright_javascript.calls import call

    getter = pair_in(slot).getter
    return Value.UNDEFINED if getter.same(Value.UNDEFINED) else call(getter, receiver, [])


@dont_look_inside
def call_setter(slot: Value, value: Value, receiver: Value) -> bool:
    """Hand a value to the setter in an accessor's slot; False where there is none. Raises Thrown."""
    from tracewright_javascript.calls import call

    setter = pair_in(slot).setter
    if setter.same(Value.UNDEFINED):
        return False
    call(setter, receiver, [value])
    return True


def shape_now(facts: WatchedFacts) -> Shape:
    """The shape of a watched object: a constant of traces while it is steady."""
    if we_are_jitted() and facts.is_steady:
        return facts.shape
    return promote(facts.holder.shape)


def slot_now(facts: WatchedFacts, place: int) -> Value:
    """What is at a place of a watched object; likewise."""
    if we_are_jitted() and facts.is_steady:
        return steady_value(facts, facts.version, place)
    return facts.holder.item(place >> ATTRIBUTE_BITS)


def set_on_receiver(receiver: Value, key: Key, value: Value) -> bool:
    """The end of [[Set]]: the property of the receiver is replaced or made (10.1.9.2, step 2). Raises Thrown."""
    thing = as_object(receiver)
    if thing is None:
        return False
    existing = thing.own_property(key)
    if existing is None:
        return thing.define_property(key, data_descriptor(value))
    if not existing.is_writable():
        return False
    return thing.define_property(key, Descriptor(value))
