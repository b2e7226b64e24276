"""Reading and writing properties of any value, as instructions do."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.shapes import ATTRIBUTE_BITS, NOT_FOUND, WATCHED
from tracewright.hints import dont_look_inside, inlined, promote, we_are_jitted
from tracewright_javascript.arguments_object import JSArguments
from tracewright_javascript.arrays import JSArray, inherits_no_elements
from tracewright_javascript.assignment import (
    Outcome,
    accessor_among_many,
    accessor_slot,
    set_at_once,
    set_at_site,
    set_beyond,
)
from tracewright_javascript.bytecode import CALLEE, FIRST, NEW_TARGET, THIS, Code
from tracewright_javascript.conversions import key_in_words, to_display, to_key
from tracewright_javascript.errors import GuestFault, type_error
from tracewright_javascript.families import Kind, facts_of_watched, family_of, is_one_of_many
from tracewright_javascript.functions import JSFunction, NativeFunction, Special
from tracewright_javascript.keys import MAX_INDEX, NO_INDEX, Key, index_of_text
from tracewright_javascript.lookups import find_beyond, get_beyond, inherited_accessor, note_finding
from tracewright_javascript.objects import JSObject, as_object, call_getter, call_setter, slot_now
from tracewright_javascript.properties import ACCESSOR, NOT_WRITABLE, Property, data_descriptor, pair_in
from tracewright_javascript.read_sites import ReadSite
from tracewright_javascript.realm import Realm, realm_of
from tracewright_javascript.typed_arrays import JSTypedArray, set_number_at
from tracewright_javascript.values import EMPTY, JSString, as_string, is_nullish, part_value, string_value
from tracewright_javascript.wrappers import primitive_prototype, to_object
from tracewright_javascript.write_sites import WriteSite

# Reading


@inlined
def get_or_getter(code: Code, value: Value, site: ReadSite, stack: VMStack, base: int) -> Value:
    """`value.name`; where a getter of the program answers for it, EMPTY: its call is prepared above the code's frame, which begins at `base`. Raises
    GuestFault and Thrown."""
    if not we_are_jitted() and value.is_object():
        thing = value.as_object()
        holder: JSObject | None = None
        if isinstance(thing, JSObject):
            holder = thing
        elif isinstance(thing, JSString) and not site.is_length:
            holder = realm_of(code).string_prototype
        if holder is not None:
            found = site.at_once(holder)
            if not found.same(EMPTY):
                return found
    return _get_or_getter(realm_of(code), value, site, stack, base + code.frame_size)


@inlined
def length_or_getter(code: Code, value: Value, site: ReadSite, stack: VMStack, base: int) -> Value:
    """The same of `value.length`."""
    if not we_are_jitted() and value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSArray):
            return Value.of_int(thing.length())
        if isinstance(thing, JSString):
            return Value.of_int(thing.length)
    return get_or_getter(code, value, site, stack, base)


def _get_or_getter(realm: Realm, value: Value, read_site: ReadSite, stack: VMStack, frame: int) -> Value:
    site = read_site.own
    thing = as_object(value)
    if thing is None:
        return primitive_property(realm, value, read_site)
    place = site.place_in(thing.shape)
    accessor = EMPTY
    if place == NOT_FOUND:
        if not we_are_jitted() or read_site.meets_many():
            known = read_site.inherited(thing.shape)
            if known is None:
                read_site.learn(thing)
            elif not known.slot.same(EMPTY):
                return known.slot
            else:
                accessor = known.accessor
        if accessor.same(EMPTY):
            if read_site.is_length and isinstance(thing, JSArray):
                return Value.of_int(thing.length())
            among_many = site.megamorphic and is_one_of_many(thing.shape)
            slot = _find_among_many(thing, site.name, value) if among_many else find_beyond(thing, site.name, value)
            if not slot.same(EMPTY):
                return slot
            accessor = accessor_among_many(thing, site.name) if among_many else inherited_accessor(thing, site.name)
        slot = accessor
    else:
        slot = own_slot(thing, place)
        if place & ACCESSOR == 0:
            if not we_are_jitted():
                read_site.remember(thing.shape, place)
            return slot
    getter = as_object(pair_in(slot).getter)
    if not isinstance(getter, JSFunction) or getter.code.is_class:
        if isinstance(getter, NativeFunction) and getter.special == Special.VIEW_LENGTH:
            if isinstance(thing, JSTypedArray):
                return Value.of_int(thing.count())
        return call_getter(slot, value)
    if not stack.reserve(frame + FIRST):
        raise RecursionError
    stack[frame + CALLEE] = Value.of_object(getter)
    stack[frame + THIS] = value
    stack[frame + NEW_TARGET] = Value.UNDEFINED
    return EMPTY


@dont_look_inside
def _find_among_many(thing: JSObject, name: str, receiver: Value) -> Value:
    """`find_beyond` for an object of any shape. Raises Thrown."""
    return find_beyond(thing, name, receiver)


def own_slot(thing: JSObject, place: int) -> Value:
    """What is at a place of an object; of one that is watched a constant of traces, as long as it is steady."""
    if we_are_jitted() and place & WATCHED != 0:
        facts = facts_of_watched(promote(thing))
        return slot_now(facts, place)
    return thing.item(place >> ATTRIBUTE_BITS)


def primitive_property(realm: Realm, value: Value, site: ReadSite) -> Value:
    """A named property of a string, a number, a boolean or a symbol. Raises GuestFault and Thrown."""
    text = as_string(value)
    if text is not None and site.is_length:
        return Value.of_int(text.length)
    name = site.own.name
    prototype = primitive_prototype(realm, value)
    if prototype is None:
        raise no_property_to_read(value, name)
    if we_are_jitted():  # there are few such prototypes: no trace asks the site's table
        place = promote(prototype.shape).place_of(name)
    else:
        place = site.own.place_in(prototype.shape)
        if place & ACCESSOR == 0:  # all bits of NOT_FOUND are set
            site.remember(prototype.shape, place)
    if place == NOT_FOUND:
        return get_beyond(prototype, name, value)
    slot = own_slot(prototype, place)
    return slot if place & ACCESSOR == 0 else call_getter(slot, value)


@dont_look_inside
def no_property_to_read(value: Value, name: str) -> GuestFault:
    """undefined and null have no properties."""
    word = "undefined" if value.same(Value.UNDEFINED) else "null"
    return type_error(f"Cannot read properties of {word} (reading '{key_in_words(Key(name, NO_INDEX))}')")


@inlined
def get_index(code: Code, value: Value, key: Value) -> Value:
    """`value[key]`. Raises GuestFault and Thrown."""
    if not we_are_jitted() and value.is_object() and key.is_int():
        thing = value.as_object()
        if isinstance(thing, JSArray) and 0 <= key.as_int() < thing.count:
            found = thing.at(key.as_int())
            if not found.same(EMPTY):
                return found
        if isinstance(thing, JSString) and 0 <= key.as_int() < thing.length:
            return part_value(thing.text(), key.as_int(), key.as_int() + 1)
    return _get_index(realm_of(code), value, key)


def _get_index(realm: Realm, value: Value, key: Value) -> Value:
    if key.is_float():
        key = index_of_float(key)
    if value.is_object() and key.is_int():
        thing = value.as_object()
        if isinstance(thing, JSArray) and thing.is_dense():
            index = key.as_int()
            if 0 <= index < thing.count:
                found = thing.at(index)
                if not found.same(EMPTY):
                    return found
            if 0 <= index <= MAX_INDEX and fills_freely(realm, thing):
                return Value.UNDEFINED
        elif isinstance(thing, JSTypedArray):
            return thing.element(key.as_int())
        elif isinstance(thing, JSArguments):
            item = thing.element(key.as_int())
            if not item.same(EMPTY):
                return item
        elif isinstance(thing, JSString):
            index = key.as_int()
            if 0 <= index < thing.length:
                return part_value(thing.text(), index, index + 1)
        elif isinstance(thing, JSObject):
            found = element_of(thing, key.as_int())
            if not found.same(EMPTY):
                return found
    return _get_index_slowly(realm, value, key)


def fills_freely(realm: Realm, array: JSArray) -> bool:
    """Whether no prototype of an array has elements: then a hole is undefined, and a new element needs nobody's leave."""
    is_usual = not we_are_jitted() and array.shape is realm.array_shape and realm.array_prototype.count == 0
    if is_usual and realm.plain_elements.holds():
        return True
    is_free = inherits_no_elements(array)
    if is_free and is_usual and realm.array_prototype.get_prototype() is realm.object_prototype:
        note_finding(realm.plain_elements, realm.array_prototype, realm.object_prototype)
    return is_free


def append_element(realm: Realm, array: JSArray, value: Value) -> bool:
    """`array[array.length] = value`; False where that is not as simple as it looks."""
    if not array.is_dense() or not fills_freely(realm, array):
        return False
    array.push(value)
    return True


def index_of_float(key: Value) -> Value:
    """A double as the index that it is, if it is one."""
    number = key.as_float()
    if not 0.0 <= number <= MAX_INDEX:
        return key
    index = int(number)
    return Value.of_int(index) if float(index) == number else key


def element_of(thing: JSObject, index: int) -> Value:
    """`thing[index]` of an object that is no dense array; EMPTY where that is not as simple as it looks."""
    elements = thing.index_elements()
    if elements is not None:
        found = elements.item(index)
        if not found.same(EMPTY):
            return found
        if elements.table is not None:
            return EMPTY
    is_plain = 0 <= index <= MAX_INDEX and family_of(promote(thing.shape)).kind <= Kind.ARRAY
    return Value.UNDEFINED if is_plain and inherits_no_elements(thing) else EMPTY


@dont_look_inside
def _get_index_slowly(realm: Realm, value: Value, key: Value) -> Value:
    if is_nullish(value):
        raise no_property_to_read(value, to_key(key).text() if as_object(key) is None else "[object]")
    thing = as_object(value)
    text = as_string(key)
    if thing is not None and text is not None:
        name = text.text()
        place = thing.shape.place_of(name)
        if place & ACCESSOR == 0:  # all bits of NOT_FOUND are set
            return thing.item(place >> ATTRIBUTE_BITS)
        if index_of_text(name) == NO_INDEX:
            return get_by_name(thing, name, value)
    return get_by_key(realm, value, to_key(key))


def get_by_name(thing: JSObject, name: str, receiver: Value) -> Value:
    """`thing[name]`, of a name that is no index and comes as a value. Raises Thrown."""
    table = thing.table()
    if table is not None and family_of(thing.shape).kind == Kind.ORDINARY:
        slot = table.values.get(name, EMPTY)
        if not slot.same(EMPTY) and table.attributes.get(name, 0) & ACCESSOR == 0:
            return slot
    place = thing.shape.place_of(name)
    if place == NOT_FOUND:
        return get_beyond(thing, name, receiver)
    slot = thing.item(place >> ATTRIBUTE_BITS)
    return slot if place & ACCESSOR == 0 else call_getter(slot, receiver)


@dont_look_inside
def get_by_key(realm: Realm, value: Value, key: Key) -> Value:
    """GetV: a property of any value. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        text = as_string(value)
        if text is not None:
            if 0 <= key.index < text.length:
                return string_value(text.text()[key.index])
            if key.name == "length":
                return Value.of_int(text.length)
        thing = primitive_prototype(realm, value)
        if thing is None:
            raise no_property_to_read(value, key.text())
    return thing.get_property(key, value)


# Writing


@inlined
def set_or_setter(code: Code, value: Value, site: WriteSite, new: Value, stack: VMStack, base: int) -> Code | None:
    """`value.name = new`; where a setter of the program is to be called for it, its code: the call is prepared above the frame at `base`.
    Raises GuestFault and Thrown."""
    if not we_are_jitted() and value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSObject) and set_at_once(thing, site, new):
            return None
    return _set_or_setter(realm_of(code), value, site, new, code.is_strict, stack, base + code.frame_size)


def _set_or_setter(
    realm: Realm, value: Value, site: WriteSite, new: Value, is_strict: bool, stack: VMStack, frame: int
) -> Code | None:
    thing = as_object(value)
    if thing is None:
        set_on_primitive(realm, value, Key(site.own.name, NO_INDEX), new, is_strict)
        return None
    outcome = set_at_site(thing, site, new)
    if outcome == Outcome.SETTER:
        slot = accessor_slot(thing, site.own.name)
        setter = as_object(pair_in(slot).setter)
        if isinstance(setter, JSFunction) and not setter.code.is_class:
            if not stack.reserve(frame + FIRST + 1):
                raise RecursionError
            stack[frame + CALLEE] = Value.of_object(setter)
            stack[frame + THIS] = value
            stack[frame + NEW_TARGET] = Value.UNDEFINED
            stack[frame + FIRST] = new
            return setter.code
        outcome = Outcome.DONE if call_setter(slot, new, value) else Outcome.REFUSED
    if outcome == Outcome.REFUSED and is_strict:
        raise not_assignable(thing, Key(site.own.name, NO_INDEX))
    return None


@dont_look_inside
def set_on_primitive(realm: Realm, value: Value, key: Key, new: Value, is_strict: bool) -> None:
    """Writes to properties of strings and numbers are lost in sloppy code; those to undefined and null are errors. Raises Thrown."""
    prototype = primitive_prototype(realm, value)
    words = key_in_words(key)
    if prototype is None:
        word = "undefined" if value.same(Value.UNDEFINED) else "null"
        raise type_error(f"Cannot set properties of {word} (setting '{words}')")
    if not prototype.set_property(key, new, value) and is_strict:
        raise type_error(f"Cannot create property '{words}' on {to_display(value)}")


@dont_look_inside
def not_assignable(thing: JSObject, key: Key) -> GuestFault:
    """Why strict code's assignment fails."""
    words, shown = key_in_words(key), to_display(Value.of_object(thing))
    holder: JSObject | None = thing
    found: Property | None = None
    while holder is not None and found is None:
        found = holder.own_property(key)
        holder = holder.get_prototype()
    if found is None:
        return type_error(f"Cannot add property {words}, object is not extensible")
    if found.is_accessor():
        return type_error(f"Cannot set property {words} of {shown} which has only a getter")
    if not found.is_writable():
        return type_error(f"Cannot assign to read only property '{words}' of object '{shown}'")
    return type_error(f"Cannot add property {words}, object is not extensible")


def set_by_name(thing: JSObject, name: str, value: Value) -> bool:
    """`thing[name] = value`, of a name that is no index and comes as a value; False where that is not allowed. Raises Thrown."""
    table = thing.table()
    if table is not None and family_of(thing.shape).kind == Kind.ORDINARY and not thing.shape.is_watched:
        if name in table.values and table.attributes.get(name, 0) == 0:
            table.values[name] = value
            return True
    place = thing.shape.place_of(name)
    if place != NOT_FOUND and place & (ACCESSOR | NOT_WRITABLE | WATCHED) == 0:
        thing.put(place >> ATTRIBUTE_BITS, value)
        return True
    outcome = set_beyond(thing, name, value)
    if outcome == Outcome.SETTER:
        return call_setter(accessor_slot(thing, name), value, Value.of_object(thing))
    return outcome == Outcome.DONE


@inlined
def set_index(code: Code, value: Value, key: Value, new: Value) -> None:
    """`value[key] = new`. Raises GuestFault and Thrown."""
    if not we_are_jitted() and value.is_object() and key.is_int():
        thing = value.as_object()
        if isinstance(thing, JSArray) and 0 <= key.as_int() < thing.count:
            if thing.put_at_once(key.as_int(), new):
                return
    _set_index(realm_of(code), value, key, new, code.is_strict)


def _set_index(realm: Realm, value: Value, key: Value, new: Value, is_strict: bool) -> None:
    if key.is_float():
        key = index_of_float(key)
    if value.is_object() and key.is_int():
        thing = value.as_object()
        if isinstance(thing, JSArray):
            index = key.as_int()
            if 0 <= index < thing.count:
                if thing.has_at(index):
                    thing.put_at(index, new)
                    return
                if fills_freely(realm, thing):
                    thing.fill_hole(index, new)
                    return
            elif index == thing.count and append_element(realm, thing, new):
                return
            elif not thing.is_dense() and set_element(thing, index, new):
                return
        elif isinstance(thing, JSTypedArray):
            if set_number_at(thing, key.as_int(), new):
                return
        elif isinstance(thing, JSObject) and set_element(thing, key.as_int(), new):
            return
    _set_index_slowly(realm, value, key, new, is_strict)


def set_element(thing: JSObject, index: int, value: Value) -> bool:
    """`thing[index] = value` of an object that is no dense array; False where that is not as simple as it looks."""
    elements = thing.index_elements()
    shape = promote(thing.shape)
    if elements is None or family_of(shape).kind > Kind.ARRAY:
        return False
    if elements.replace(index, value):
        return True
    if not 0 <= index <= MAX_INDEX or shape.is_closed or elements.table is not None:
        return False
    if isinstance(thing, JSArray) and index >= elements.length or not inherits_no_elements(thing):
        return False
    elements.add(index, value)
    return True


@dont_look_inside
def _set_index_slowly(realm: Realm, value: Value, key: Value, new: Value, is_strict: bool) -> None:
    thing = as_object(value)
    if thing is None:
        if is_nullish(value) and as_object(key) is not None:
            raise type_error("Cannot set properties of undefined or null")
        set_on_primitive(realm, value, to_key(key), new, is_strict)
        return
    text = as_string(key)
    if text is not None and index_of_text(text.text()) == NO_INDEX:
        name = text.text()
        if not set_by_name(thing, name, new) and is_strict:
            raise not_assignable(thing, Key(name, NO_INDEX))
        return
    set_by_key(thing, to_key(key), new, is_strict)


@dont_look_inside
def set_by_key(thing: JSObject, key: Key, new: Value, is_strict: bool) -> None:
    """Set: an assignment, whose failure is an error in strict code and in built-ins. Raises GuestFault and Thrown."""
    if not thing.set_property(key, new, Value.of_object(thing)) and is_strict:
        raise not_assignable(thing, key)


# The rest


@dont_look_inside
def delete_property(realm: Realm, value: Value, key: Value, is_strict: bool) -> Value:
    """`delete value[key]`. Raises GuestFault and Thrown."""
    if is_nullish(value):
        raise type_error("Cannot convert undefined or null to object")
    wanted = to_key(key)
    thing = to_object(realm, value)
    deleted = thing.delete_property(wanted)
    if not deleted and is_strict:
        shown = to_display(Value.of_object(thing))
        raise type_error(f"Cannot delete property '{key_in_words(wanted)}' of {shown}")
    return Value.of_bool(deleted)


@dont_look_inside
def has_key(value: Value, key: Value) -> bool:
    """`key in value`. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        raise type_error(f"Cannot use 'in' operator to search for {to_display(key)} in {to_display(value)}")
    return thing.has_property(to_key(key))


@dont_look_inside
def key_value(realm: Realm, key: Key) -> Value:
    """A key as a value of the language: a string or a symbol."""
    if key.is_symbol():
        return Value.of_object(realm.agent.symbols[key.name])
    return string_value(key.text())


@dont_look_inside
def require_object(value: Value) -> None:
    """What is taken apart must be neither undefined nor null. Raises GuestFault."""
    if is_nullish(value):
        word = "undefined" if value.same(Value.UNDEFINED) else "null"
        raise type_error(f"Cannot destructure '{word}' as it is {word}.")


def create_data_property(thing: JSObject, key: Key, value: Value) -> None:
    """CreateDataPropertyOrThrow. Raises GuestFault and Thrown."""
    if not thing.define_property(key, data_descriptor(value)):
        raise type_error(f"Cannot define property {key_in_words(key)}, object is not extensible")
