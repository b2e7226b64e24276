"""Objects: properties by shape, with the prototype in the shape's type; and the internal methods, which exotic objects replace.

    p = {x: 1}; q = {x: 2}      p and q have one shape: (prototype Object.prototype; x at 0)

One guard on the shape proves the places of an object's own named properties, which object is asked next, and whether somebody has to be
asked at all (`Family.kind`). What a site does not find in the shape is looked for by `get_beyond` and `set_beyond`; what is rarer goes through
the internal methods of the standard's table 4, which are virtual:

    own_property  define_property  has_property  get_property  set_property  delete_property  own_keys
    get_prototype  change_prototype  extensible  prevent_extensions
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.guest.property_map import PropertyMap
from tracewright.guest.shapes import ATTRIBUTE_BITS, ATTRIBUTE_MASK, NOT_FOUND, GuestType, Shape, root_shape
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside, elidable, immutable_fields, promote, unroll_safe, we_are_jitted
from tracewright_javascript.elements import Elements
from tracewright_javascript.epochs import Epoch
from tracewright_javascript.keys import NO_INDEX, Key, is_lazy_name, is_private_name, is_symbol_name
from tracewright_javascript.number_reading import spells_number
from tracewright_javascript.properties import (
    ACCESSOR,
    Descriptor,
    Property,
    completed,
    data_descriptor,
    is_allowed,
    merged,
    pair_in,
)
from tracewright_javascript.values import EMPTY

INLINE_SLOTS: Final = 4  # of a new object
MOST_REPLACEMENTS: Final = 16  # of values in a watched object, while traces rely on them


class Kind:
    """Where an object's own named properties are, besides its shape or table."""

    ORDINARY: Final = 0  # nowhere
    LAZY: Final = 1  # a function that has not got its `length`, `name` and `prototype` yet: `complete` adds them
    ARRAY: Final = 2  # `length` is a field
    TYPED: Final = 3  # nowhere; but names that spell numbers are no properties
    EXOTIC: Final = 4  # the internal methods have to be asked, always


@final
@immutable_fields("prototype", "kind", "facts")
class Family(GuestType):
    """The type of shapes whose objects have this prototype."""

    def __init__(self, prototype: JSObject | None, kind: int) -> None:
        super().__init__("object")
        self.prototype = prototype
        self.kind = kind
        self.facts: WatchedFacts | None = None if prototype is None else prototype.watch()


@final
@immutable_fields("lazy", "array", "typed", "exotic")
class SpecialShapes:
    """The shapes of objects without properties that have one prototype and are not ordinary."""

    def __init__(self, prototype: JSObject) -> None:
        self.lazy: Shape = root_shape(Family(prototype, Kind.LAZY))
        self.array: Shape = root_shape(Family(prototype, Kind.ARRAY))
        self.typed: Shape = root_shape(Family(prototype, Kind.TYPED))
        self.exotic: Shape = root_shape(Family(prototype, Kind.EXOTIC))


@final
@immutable_fields("holder", "shape?", "version?", "is_steady?", "instances?", "epoch")
class WatchedFacts:
    """What is known of an object whose changes are noticed: a prototype, a namespace, a constructor. Traces take its shape and the values in
    it as they are now; a change discards the machine code that has done so. An object whose values change often is not steady."""

    def __init__(self, holder: JSObject) -> None:
        above = family_of(holder.shape).facts
        self.epoch: Epoch = Epoch() if above is None else above.epoch
        self.holder = holder
        self.shape = holder.shape
        self.version = 0  # of its values
        self.is_steady = True
        self.replacements = 0
        self.child_shape: Shape | None = None  # of new objects whose prototype it is
        self.special_shapes: SpecialShapes | None = None
        self.instances: Shape | None = (
            None  # of a constructor: of what `new` makes, while its `prototype` is what it was
        )

    def note_change(self, is_replaced: bool) -> None:
        """Something in it has changed; `is_replaced` says that a value was there before."""
        if self.shape is not self.holder.shape:
            self.shape = self.holder.shape
        if self.instances is not None:
            self.instances = None
        self.version += 1
        if self.is_steady or not is_replaced:
            self.epoch.number += 1
        if self.is_steady and is_replaced:
            self.replacements += 1
            self.is_steady = self.replacements < MOST_REPLACEMENTS


@elidable
def steady_value(facts: WatchedFacts, version: int, place: int) -> Value:
    """What is at a place of a watched object, as of now."""
    return facts.holder.values[place >> ATTRIBUTE_BITS]


class JSObject(PropertyMap):
    """An object. `elements` has the properties whose keys are indexes; `watched` are the facts of an object that is watched."""

    def __init__(self, shape: Shape, values: Array[Value]) -> None:
        super().__init__(shape, values)
        self.watched: WatchedFacts | None = None
        self.elements: Elements | None = None

    @dont_look_inside
    def watch(self) -> WatchedFacts:
        """Notice changes of it from now on."""
        facts = self.watched
        if facts is None:
            self.shape = self.shape.watched()
            facts = WatchedFacts(self)
            self.watched = facts
        return facts

    @dont_look_inside
    def note_change(self, is_replaced: bool) -> None:
        """It is watched, and something in it has changed; `is_replaced` says that a value was there before."""
        facts = self.watched
        if facts is not None:
            facts.note_change(is_replaced)

    def watched_slot(self, name: str) -> Value:
        """What is in the slot of an own property of a watched object; EMPTY where it has none. A constant of traces while it is steady."""
        facts = promote(self.watched)
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
        is_watched = self.watched is not None
        super().move_to(root.watched_root() if is_watched else root)
        if is_watched:
            self.note_change(False)

    def shape_of_children(self) -> Shape:
        """The shape of an ordinary object without properties that has this one as its prototype."""
        facts = self.watched
        found = None if facts is None else facts.child_shape
        return found if found is not None else self._make_child_shape()

    @dont_look_inside
    def _make_child_shape(self) -> Shape:
        found = root_shape(Family(self, Kind.ORDINARY))
        self.watch().child_shape = found
        return found

    def special_shape_of_children(self, kind: int) -> Shape:
        """The same for objects of another kind."""
        facts = self.watched
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
        if not self.extensible():
            return False
        above = prototype
        while above is not None:
            if above is self:
                return False
            if above.has_own_prototype_method():
                break
            above = above.get_prototype()
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
    @dont_look_inside
    def stored_property(self, key: Key) -> Property | None:
        """An own property, from where ordinary objects have theirs."""
        if key.index != NO_INDEX:
            elements = self.elements
            return None if elements is None else elements.find(key.index)
        self.complete()
        return self.named_property(key.name)

    @final
    @dont_look_inside
    def named_property(self, name: str) -> Property | None:
        """The property of a name that is in the shape or table."""
        table = self.table
        if table is not None:
            slot = table.values.get(name, EMPTY)
            return None if slot.same(EMPTY) else Property(slot, table.attributes.get(name, 0))
        place = self.shape.place_of(name)
        if place == NOT_FOUND:
            return None
        return Property(self.values[place >> ATTRIBUTE_BITS], place & ATTRIBUTE_MASK)

    def store_property(self, key: Key, property: Property) -> None:
        """Add or replace an own property; whether that is allowed has been asked."""
        if key.index != NO_INDEX:
            elements = self.elements
            if elements is None:
                elements = Elements()
                self.elements = elements
            elements.put(key.index, property)
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
        elements = self.elements
        assert elements is not None
        elements.remove(key.index)

    def add_index_keys(self, keys: list[Key]) -> None:
        """The own keys that are indexes, ascending."""
        elements = self.elements
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


@final
class JSError(JSObject):
    """What `new Error` makes."""

    def __init__(self, shape: Shape, values: Array[Value]) -> None:
        super().__init__(shape, values)
        self.trace: GuestObject | None = None  # a `stack_traces.StackTrace`: the calls when it was made

    def class_text(self) -> str:
        return "Error"


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


def family_of(shape: Shape) -> Family:
    """The prototype and kind of objects of a shape."""
    return unsafe_cast(Family, shape.guest_type)


def prototype_of(thing: JSObject) -> JSObject | None:
    """The object that is asked for what this one has not; of an object that is no proxy."""
    return family_of(promote(thing.shape)).prototype


@dont_look_inside
def set_prototype(thing: JSObject, prototype: JSObject | None) -> None:
    """Give an object another prototype, allowed or not; its properties stay where they are."""
    kind = family_of(thing.shape).kind
    if prototype is not None:
        ordinary = kind == Kind.ORDINARY
        thing.move_to(prototype.shape_of_children() if ordinary else prototype.special_shape_of_children(kind))
    else:
        thing.move_to(root_shape(Family(None, kind)) if kind != Kind.ORDINARY else orphan_shape(thing))


def orphan_shape(thing: JSObject) -> Shape:
    """The shape of ordinary objects without prototype and properties: what is behind every chain of prototypes has it, as a rule."""
    last = thing
    parent = prototype_of(last)
    while parent is not None:
        last = parent
        parent = prototype_of(last)
    family = family_of(last.shape)
    return last.shape.plain_root() if family.kind == Kind.ORDINARY else root_shape(Family(None, Kind.ORDINARY))


# Reading


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


def get_at_site(thing: JSObject, site: PropertySite, receiver: Value) -> Value:
    """`thing.name`, undefined where nobody has it. Raises Thrown."""
    place = site.place_in(thing.shape)
    if place == NOT_FOUND:
        return get_beyond(thing, site.name, receiver)
    slot = unchecked_get(thing.values, place >> ATTRIBUTE_BITS)
    return slot if place & ACCESSOR == 0 else call_getter(slot, receiver)


def get_named(thing: JSObject, name: str) -> Value:
    """The same by a name that is no index. Raises Thrown."""
    place = promote(thing.shape).place_of(name)
    if place == NOT_FOUND:
        return get_beyond(thing, name, Value.of_object(thing))
    slot = unchecked_get(thing.values, place >> ATTRIBUTE_BITS)
    return slot if place & ACCESSOR == 0 else call_getter(slot, Value.of_object(thing))


def get_beyond(thing: JSObject, name: str, receiver: Value) -> Value:
    """A property that is not in the shape of an object: from elsewhere in it, or inherited. Raises Thrown."""
    found = find_beyond(thing, name, receiver)
    return found if not found.same(EMPTY) else call_getter(inherited_accessor(thing, name), receiver)


def shape_now(facts: WatchedFacts) -> Shape:
    """The shape of a watched object: a constant of traces while it is steady."""
    if we_are_jitted() and facts.is_steady:
        return facts.shape
    return promote(facts.holder.shape)


def slot_now(facts: WatchedFacts, place: int) -> Value:
    """What is at a place of a watched object; likewise."""
    if we_are_jitted() and facts.is_steady:
        return steady_value(facts, facts.version, place)
    return unchecked_get(facts.holder.values, place >> ATTRIBUTE_BITS)


@unroll_safe
def find_beyond(thing: JSObject, name: str, receiver: Value) -> Value:
    """The same; EMPTY where an accessor in the shape of a prototype answers: `inherited_accessor` finds it. Raises Thrown."""
    holder: JSObject = thing
    shape = promote(thing.shape)
    while True:
        family = family_of(shape)
        if shape.is_table or family.kind != Kind.ORDINARY:
            if family.kind == Kind.EXOTIC:
                return holder.get_property(Key(name, NO_INDEX), receiver)
            if family.kind == Kind.TYPED and spells_number(name):
                return Value.UNDEFINED
            is_lazy = family.kind == Kind.LAZY and is_lazy_name(name)
            if shape.is_table or is_lazy or family.kind == Kind.ARRAY and name == "length":
                found = holder.own_property(Key(name, NO_INDEX))
                if found is not None:
                    return value_of(found, receiver)
        facts = family.facts
        if facts is None:
            return Value.UNDEFINED
        holder = facts.holder
        shape = shape_now(facts)
        place = shape.place_of(name)
        if place != NOT_FOUND:
            return slot_now(facts, place) if place & ACCESSOR == 0 else EMPTY


@unroll_safe
def inherited_accessor(thing: JSObject, name: str) -> Value:
    """The slot of the accessor that `find_beyond` has met."""
    facts = family_of(promote(thing.shape)).facts
    while facts is not None:
        shape = shape_now(facts)
        place = shape.place_of(name)
        if place != NOT_FOUND:
            return slot_now(facts, place)
        facts = family_of(shape).facts
    raise AssertionError("no accessor")


# Writing


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
