"""Elements and fields: reading, changing in place, taking apart. The fast paths are in the interpreter."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.guest.shapes import ATTRIBUTE_BITS, NOT_FOUND
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside, inlined, we_are_jitted
from tracewright_ruff.containers import W_Container, share, shared_items
from tracewright_ruff.dictionaries import DENSE, SHAPED, W_Dict
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Array, W_String, W_Struct, as_array, as_string
from tracewright_ruff.opaque import W_Opaque
from tracewright_ruff.quoting import quoted
from tracewright_ruff.session import Session
from tracewright_ruff.strings import character_value

INDEX_ERROR: Final = "Invalid index operation"
ASSIGNMENT_ERROR: Final = "Invalid index assignment"


@dont_look_inside
def field_error(name: str) -> str:
    """The text for a field of something that has none."""
    return f"Cannot access field or method '{name}' on non-struct value"


@dont_look_inside
def bounds_error(index: int) -> str:
    """The text for an index outside an array or string."""
    return f"Index out of bounds: {index}"


@dont_look_inside
def missing_number(key: int) -> str:
    """The text for a missing int key."""
    return f"Missing map key: {key}"


@dont_look_inside
def missing_text(key: str) -> str:
    """The text for a missing text key."""
    return f"Missing map key: {quoted(key)}"


# --- reading ---------------------------------------------------------------------------------------------------------
@inlined
def get_index(receiver: Value, key: Value) -> Value:
    """`receiver[key]`, borrowed."""
    array = as_array(receiver)
    if array is not None and key.is_int() and 0 <= key.as_int() < array.length:
        return unchecked_get(array.items, key.as_int())
    return get_index_other(receiver, key)


def get_index_other(receiver: Value, key: Value) -> Value:
    """`receiver[key]`, borrowed, for everything but an array and an index from 0 up to its length."""
    if not receiver.is_object():
        raise GuestError(INDEX_ERROR)
    thing = receiver.as_object()
    if isinstance(thing, W_Dict):
        return get_entry(thing, key)
    if not key.is_int():
        raise GuestError(INDEX_ERROR)
    index = key.as_int()
    if isinstance(thing, W_Array):
        return unchecked_get(thing.items, position(index, thing.length))
    if isinstance(thing, W_String):
        return character_value(thing.flat(), position(index, thing.length))
    raise GuestError(INDEX_ERROR)


def take_item(receiver: Value, index: int) -> Value:
    """`receiver[index]` for a place of its own: out of an array that is held once, else shared with it."""
    if receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Array) and not thing.shared and index < thing.length:
            value = unchecked_get(thing.items, index)
            unchecked_set(thing.items, index, Value.NULL)
            return value
    return share(get_index_other(receiver, Value.of_int(index)))


def position(index: int, length: int) -> int:
    """The index counted from the front; an error if it lies outside."""
    actual = index + length if index < 0 else index
    if actual < 0 or actual >= length:
        raise GuestError(bounds_error(index))
    return actual


def get_entry(table: W_Dict, key: Value) -> Value:
    """`table[key]`; a missing key is an error."""
    if key.is_int():
        if table.has_dense(key.as_int()):
            return table.dense_value(key.as_int())  # never UNDEFINED, which traces need not ask then
        found = table.get_int(key.as_int())
        if found.same(Value.UNDEFINED):
            raise GuestError(missing_number(key.as_int()))
        return found
    text = as_string(key)
    if text is None:
        raise GuestError(INDEX_ERROR)
    found = table.get_text(text.flat())
    if found.same(Value.UNDEFINED):
        raise GuestError(missing_text(text.flat()))
    return found


def struct_field(struct: W_Struct, site: PropertySite) -> Value:
    """The field of the site's name, or UNDEFINED."""
    index = site.index_in(struct.shape)
    return field_at(struct, site, index) if index >= 0 else Value.UNDEFINED


def field_at(struct: W_Struct, site: PropertySite, index: int) -> Value:
    """The field that the site has found at this index."""
    return struct.item_somewhere(index) if we_are_jitted() and site.megamorphic else struct.item(index)


def field_or_undefined(receiver: Value, site: PropertySite) -> Value:
    """The field of a struct; UNDEFINED if it has none or the receiver is no struct."""
    if receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Struct):
            return struct_field(thing, site)
    return Value.UNDEFINED


def dict_entry(table: W_Dict, site: PropertySite) -> Value:
    """The entry under the site's name, or UNDEFINED."""
    if table.layout != SHAPED:
        return table.get_text(site.name)
    index = site.index_in(table.shape)
    return unchecked_get(table.values, index) if index >= 0 else Value.UNDEFINED


def get_key(receiver: Value, site: PropertySite) -> Value:
    """`receiver["name"]`, borrowed."""
    if receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Dict):
            index = site.index_in(thing.shape) if thing.layout == SHAPED else NOT_FOUND
            if index >= 0:
                return unchecked_get(thing.values, index)
            found = thing.get_text(site.name)
            if found.same(Value.UNDEFINED):
                raise GuestError(missing_text(site.name))
            return found
    raise GuestError(INDEX_ERROR)


@inlined
def get_field(receiver: Value, site: PropertySite) -> Value:
    """`receiver.name`, borrowed: a field, a method, an entry of a dictionary or null."""
    if not we_are_jitted() and receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Struct):
            known = site.recent
            if known.shape is thing.shape and known.place != NOT_FOUND:
                return thing.item(known.place >> ATTRIBUTE_BITS)
    return _get_field(receiver, site)


def _get_field(receiver: Value, site: PropertySite) -> Value:
    if receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Struct):
            index = site.index_in(thing.shape)
            if index >= 0:
                return field_at(thing, site, index)
            found = thing.shape.guest_type.find(site.name)
            if found.same(Value.UNDEFINED):
                raise GuestError("Field not found: " + site.name)
            return found
        if isinstance(thing, W_Dict):
            found = dict_entry(thing, site)
            return Value.NULL if found.same(Value.UNDEFINED) else found
        if isinstance(thing, W_Opaque):
            return opaque_field(thing, site.name)
    raise GuestError(field_error(site.name))


@dont_look_inside
def opaque_field(thing: W_Opaque, name: str) -> Value:
    """A field of something outside of the program."""
    found = thing.field(name)
    if found.same(Value.UNDEFINED):
        raise GuestError(field_error(name))
    return found


# --- changing in place -----------------------------------------------------------------------------------------------
def unshared(value: Value) -> Value:
    """The value itself, or a copy if it is a container that is held twice."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Container) and thing.shared:
            return copied_container(thing)
    return value


@dont_look_inside
def copied_container(container: W_Container) -> Value:
    """An unshared copy."""
    return Value.of_object(container.copied())


def set_index(receiver: Value, key: Value, value: Value) -> None:
    """`receiver[key] := value` where the receiver is unshared and the value owned."""
    if receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Array) and key.is_int():
            unchecked_set(thing.items, position(key.as_int(), thing.length), value)
            return
        if isinstance(thing, W_Dict):
            if key.is_int():
                thing.set_int(key.as_int(), value)
                return
            text = as_string(key)
            if text is not None:
                thing.set_text(text.flat(), value)
                return
    raise GuestError(ASSIGNMENT_ERROR)


@inlined
def set_in_place(receiver: Value, key: Value, value: Value) -> bool:
    """Do `receiver[key] := value` if it is the common case, an element of an array that is held once; whether it was."""
    array = as_array(receiver)
    if array is not None and key.is_int() and 0 <= key.as_int() < array.length and not array.shared:
        unchecked_set(array.items, key.as_int(), value)
        return True
    return False


def with_index(receiver: Value, key: Value, value: Value) -> Value:
    """The receiver after `receiver[key] := value`: itself, or a copy if it was held twice."""
    check_set_index(receiver, key)
    fresh = unshared(receiver)
    set_index(fresh, key, value)
    return fresh


def check_set_index(receiver: Value, key: Value) -> None:
    """Raise what `set_index` would raise, before a shared receiver is copied for it."""
    if receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Array) and key.is_int():
            position(key.as_int(), thing.length)
            return
        if isinstance(thing, W_Dict) and (key.is_int() or as_string(key) is not None):
            return
    raise GuestError(ASSIGNMENT_ERROR)


@inlined
def with_key(receiver: Value, site: PropertySite, value: Value) -> Value:
    """The receiver after `receiver["name"] := value`: itself, or a copy if it was held twice."""
    fresh = unshared(receiver)
    set_key(fresh, site, value)
    return fresh


@inlined
def with_field(receiver: Value, site: PropertySite, value: Value) -> Value:
    """The receiver after `receiver.name := value`: itself, or a copy if it was held twice."""
    return set_field(unshared(receiver), site, value)


def set_key(receiver: Value, site: PropertySite, value: Value) -> None:
    """`receiver["name"] := value`, the receiver unshared."""
    if receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Dict):
            set_dict_entry(thing, site, value)
            return
    raise GuestError(ASSIGNMENT_ERROR)


def set_field(receiver: Value, site: PropertySite, value: Value) -> Value:
    """`receiver.name := value`, the receiver unshared. Gives what it is then, a wider struct where this one had no room."""
    if receiver.is_object():
        thing = receiver.as_object()
        if isinstance(thing, W_Struct):
            return set_struct_field(thing, site, value)
        if isinstance(thing, W_Dict):
            set_dict_entry(thing, site, value)
            return receiver
    raise GuestError("Cannot set field on non-struct")


def set_struct_field(struct: W_Struct, site: PropertySite, value: Value) -> Value:
    """Replace or add a field. Gives the struct, as `set_field`."""
    index = site.index_in(struct.shape)
    if index < 0:
        return Value.of_object(struct.with_field(site.name, value))
    if we_are_jitted() and site.megamorphic:
        struct.put_somewhere(index, value)
    else:
        struct.put(index, value)
    return Value.of_object(struct)


def set_dict_entry(table: W_Dict, site: PropertySite, value: Value) -> None:
    """Insert or replace under the site's name."""
    index = site.index_in(table.shape) if table.layout == SHAPED else NOT_FOUND
    if index >= 0:
        unchecked_set(table.values, index, value)
    else:
        table.set_text(site.name, value)


def update_index(receiver: Value, key: Value) -> Value:
    """`receiver[key]` to be changed in place, the receiver unshared: a shared element is replaced by a copy."""
    element = get_index_other(receiver, key)
    fresh = unshared(element)
    if not fresh.same(element):
        set_index(receiver, key, fresh)
    return fresh


def update_key(receiver: Value, site: PropertySite) -> Value:
    """`receiver["name"]` to be changed in place."""
    element = get_key(receiver, site)
    fresh = unshared(element)
    if not fresh.same(element):
        set_key(receiver, site, fresh)
    return fresh


def update_field(receiver: Value, site: PropertySite) -> Value:
    """`receiver.name` to be changed in place."""
    element = get_field(receiver, site)
    fresh = unshared(element)
    if not fresh.same(element):
        set_field(receiver, site, fresh)  # which it has: what it finds in its type is no container
    return fresh


# --- taking apart and putting together -------------------------------------------------------------------------------
@dont_look_inside
def item_or_null(value: Value, index: int) -> Value:
    """For patterns: an element that goes to a variable, or null."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Array) and index < thing.length:
            return share(thing.items[index])
    return Value.NULL


def take_item_or_null(value: Value, index: int) -> Value:
    """The same, of an array that nobody reads afterwards."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Array) and index < thing.length:
            return take_item(value, index)
    return Value.NULL


@dont_look_inside
def rest_of_array(value: Value, start: int) -> Value:
    """For patterns: the elements from `start` on."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Array) and start < thing.length:
            count = thing.length - start
            items: Array[Value] = Array(count, Value.UNDEFINED)
            for index in range(count):
                items[index] = share(thing.items[start + index])
            return Value.of_object(W_Array(items, count))
    return Value.of_object(W_Array(shared_items(EMPTY, 0), 0))


@dont_look_inside
def entry_or_null(value: Value, name: str) -> Value:
    """For patterns: an entry of a dictionary or field of a struct, or null."""
    found = Value.UNDEFINED
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Dict):
            found = thing.get_text(name)
        elif isinstance(thing, W_Struct):
            found = thing.get(name)
    return Value.NULL if found.same(Value.UNDEFINED) else share(found)


@dont_look_inside
def rest_of_dict(session: Session, value: Value, names: Value) -> Value:
    """For patterns: the entries whose keys are not in the array `names`."""
    result = W_Dict(session.dict_shape)
    if value.is_object() and names.is_object():
        thing = value.as_object()
        bound = names.as_object()
        if isinstance(thing, W_Dict) and isinstance(bound, W_Array):
            insert_all(result, thing)
            for index in range(bound.length):
                name = as_string(bound.items[index])
                if name is not None:
                    result.remove_text(name.flat())
    return Value.of_object(result)


@dont_look_inside
def insert_all(target: W_Dict, source: W_Dict) -> None:
    """Insert the entries of `source`, which goes on holding them."""
    if source.layout == DENSE:
        for index in range(source.count):
            target.set_int(index, share(source.values[index]))
        return
    for key in source.keys():
        target.set_text(key, share(source.get_text(key)))


@dont_look_inside
def spread_array(target: Value, source: Value) -> None:
    """Append the elements of `source` to the new array `target`."""
    result = target.as_object()
    if source.is_object():
        thing = source.as_object()
        if isinstance(thing, W_Array) and isinstance(result, W_Array):
            for index in range(thing.length):
                result.append(share(thing.items[index]))
            return
    raise GuestError("Can only spread arrays")


@dont_look_inside
def spread_dict(target: Value, source: Value) -> None:
    """Insert the entries of `source` into the new dictionary `target`."""
    result = target.as_object()
    if source.is_object():
        thing = source.as_object()
        if isinstance(thing, W_Dict) and isinstance(result, W_Dict):
            insert_all(result, thing)
            return
    raise GuestError("Can only spread dicts")


@dont_look_inside
def insert_entry(target: Value, key: Value, value: Value) -> None:
    """An entry of a dictionary literal; keys must be strings."""
    table = target.as_object()
    text = as_string(key)
    if text is None:
        raise GuestError("Dict keys must be strings")
    if isinstance(table, W_Dict):
        table.set_text(text.flat(), value)


EMPTY: Final[Array[Value]] = Array(0, Value.UNDEFINED)
