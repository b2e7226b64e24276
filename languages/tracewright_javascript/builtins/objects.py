"""`Object` and what all objects inherit."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, promote
from tracewright_javascript.access import create_data_property, key_value, set_by_key
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.builtins.arguments import argument_at, callee_of, new_target_of, this_of
from tracewright_javascript.builtins.descriptions import from_property, to_description
from tracewright_javascript.builtins.rows import (
    NativeRow,
    install_accessor,
    install_constructor,
    install_methods,
    install_self_hosted,
)
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.construction import prototype_from
from tracewright_javascript.conversions import to_display, to_key
from tracewright_javascript.copying import has_no_elements
from tracewright_javascript.definitions import define
from tracewright_javascript.errors import GuestFault, Thrown, type_error
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.iteration import close_after_error, iterator_of, next_value
from tracewright_javascript.keys import NO_INDEX, PRIVATE_MARK, TO_STRING_TAG, Key, key_of_index
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.properties import (
    ACCESSOR,
    NOT_CONFIGURABLE,
    NOT_WRITABLE,
    Descriptor,
    accessor_descriptor,
    pair_in,
)
from tracewright_javascript.prototypes import set_prototype
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import EMPTY, as_string, identical, is_nullish, string_value
from tracewright_javascript.wrappers import to_object

# What `Object.keys` and its kin list.
KEYS: Final = 0
VALUES: Final = 1
ENTRIES: Final = 2


def _object(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    target = new_target_of(stack, frame)
    if target is not None and target is not callee_of(stack, frame):
        return Value.of_object(as_realm(realm).new_child(prototype_from(target, lambda where: where.object_prototype)))
    value = argument_at(stack, frame, count, 0)
    if is_nullish(value):
        return Value.of_object(as_realm(realm).new_object())
    return Value.of_object(to_object(as_realm(realm), value))


def _argument_object(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> JSObject:
    return to_object(as_realm(realm), argument_at(stack, frame, count, 0))


def prototype_value(thing: JSObject) -> Value:
    """The prototype of an object: null where there is none. Raises Thrown."""
    parent = thing.get_prototype()
    return Value.NULL if parent is None else Value.of_object(parent)


def _get_prototype_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return prototype_value(_argument_object(realm, stack, frame, count))


def _set_prototype_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = argument_at(stack, frame, count, 0)
    if is_nullish(value):
        raise type_error("Object.setPrototypeOf called on null or undefined")
    prototype = argument_at(stack, frame, count, 1)
    parent = as_object(prototype)
    if parent is None and not prototype.same(Value.NULL):
        raise type_error(f"Object prototype may only be an Object or null: {to_display(prototype)}")
    thing = as_object(value)
    if thing is not None:
        change_prototype(thing, parent)
    return value


def change_prototype(thing: JSObject, parent: JSObject | None) -> None:
    """[[SetPrototypeOf]], whose failure is an error. Raises GuestFault and Thrown."""
    if not thing.change_prototype(parent):
        if not thing.extensible():
            raise type_error(f"{to_display(Value.of_object(thing))} is not extensible")
        facts = thing.watched_facts()
        if facts is not None and facts.keeps_prototype:
            raise type_error("Immutable prototype object 'Object.prototype' cannot have their prototype set")
        raise type_error("Cyclic __proto__ value")


def _create(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    prototype = argument_at(stack, frame, count, 0)
    parent = as_object(prototype)
    if parent is None and not prototype.same(Value.NULL):
        raise type_error(f"Object prototype may only be an Object or null: {to_display(prototype)}")
    thing = as_realm(realm).new_object()
    set_prototype(thing, parent)
    properties = argument_at(stack, frame, count, 1)
    if not properties.same(Value.UNDEFINED):
        _define_all(as_realm(realm), thing, properties)
    return Value.of_object(thing)


def _define_all(realm: Realm, thing: JSObject, value: Value) -> None:
    """ObjectDefineProperties: all descriptions are read before the first takes effect."""
    properties = to_object(realm, value)
    keys: list[Key] = []
    descriptions: list[Descriptor] = []
    for key in properties.own_keys():
        found = properties.own_property(key)
        if found is not None and found.is_enumerable():
            keys.append(key)
            descriptions.append(to_description(properties.get_property(key, Value.of_object(properties))))
    for index in range(len(keys)):
        define(thing, keys[index], descriptions[index])


def _define_property(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(argument_at(stack, frame, count, 0))
    if thing is None:
        raise type_error("Object.defineProperty called on non-object")
    key = to_key(argument_at(stack, frame, count, 1))
    define(thing, key, to_description(argument_at(stack, frame, count, 2)))
    return Value.of_object(thing)


def _define_properties(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(argument_at(stack, frame, count, 0))
    if thing is None:
        raise type_error("Object.defineProperties called on non-object")
    _define_all(as_realm(realm), thing, argument_at(stack, frame, count, 1))
    return Value.of_object(thing)


def _get_own_property_descriptor(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _argument_object(realm, stack, frame, count)
    return from_property(as_realm(realm), thing.own_property(to_key(argument_at(stack, frame, count, 1))))


def _get_own_property_descriptors(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _argument_object(realm, stack, frame, count)
    result = as_realm(realm).new_object()
    for key in thing.own_keys():
        found = from_property(as_realm(realm), thing.own_property(key))
        if not found.same(Value.UNDEFINED):
            create_data_property(result, key, found)
    return Value.of_object(result)


def _own_keys(realm: AnyRealm, stack: VMStack, frame: int, count: int, symbols: bool) -> Value:
    thing = _argument_object(realm, stack, frame, count)
    found = [key_value(as_realm(realm), key) for key in thing.own_keys() if key.is_symbol() == symbols]
    return Value.of_object(as_realm(realm).array_of(found))


def _listed(realm: Realm, thing: JSObject, what: int) -> Value:
    """EnumerableOwnProperties. Raises Thrown."""
    result: list[Value] = []
    for key in thing.own_keys():
        if key.is_symbol():
            continue
        found = thing.own_property(key)
        if found is None or not found.is_enumerable():
            continue
        if what == KEYS:
            result.append(string_value(key.text()))
            continue
        value = thing.get_property(key, Value.of_object(thing)) if found.is_accessor() else found.slot
        if thing.proxy_target() is not None:
            value = thing.get_property(key, Value.of_object(thing))
        if what == ENTRIES:
            value = Value.of_object(realm.array_of([string_value(key.text()), value]))
        result.append(value)
    return Value.of_object(realm.array_of(result))


def _keys(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _listed(as_realm(realm), _argument_object(realm, stack, frame, count), KEYS)


def _values(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _listed(as_realm(realm), _argument_object(realm, stack, frame, count), VALUES)


def _entries(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _listed(as_realm(realm), _argument_object(realm, stack, frame, count), ENTRIES)


def _assign(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    target = _argument_object(realm, stack, frame, count)
    for index in range(1, count):
        value = argument_at(stack, frame, count, index)
        if is_nullish(value):
            continue
        source = to_object(as_realm(realm), value)
        for key in source.own_keys():
            found = source.own_property(key)
            if found is not None and found.is_enumerable():
                set_by_key(target, key, source.get_property(key, Value.of_object(source)), True)
    return Value.of_object(target)


# Integrity


def set_integrity(thing: JSObject, is_frozen: bool) -> bool:
    """SetIntegrityLevel. Raises GuestFault and Thrown."""
    shape = promote(thing.shape)
    if shape.placement.inside > 0 and not shape.is_table and not shape.is_watched and has_no_elements(thing):
        if family_of(shape).kind == Kind.ORDINARY:
            plain = NOT_WRITABLE if is_frozen else 0
            thing.shape = shape.restricted(NOT_CONFIGURABLE, plain, ACCESSOR, PRIVATE_MARK)
            return True
    return _restrict_slowly(thing, is_frozen)


@dont_look_inside
def _restrict_slowly(thing: JSObject, is_frozen: bool) -> bool:
    if not thing.prevent_extensions():
        return False
    for key in thing.own_keys():
        attributes = NOT_CONFIGURABLE
        if is_frozen:
            found = thing.own_property(key)
            if found is None:
                continue
            if not found.is_accessor():
                attributes |= NOT_WRITABLE
        define(thing, key, Descriptor(EMPTY, attributes, attributes))
    return True


def has_integrity(thing: JSObject, is_frozen: bool) -> bool:
    """TestIntegrityLevel. Raises Thrown."""
    if thing.extensible():
        return False
    for key in thing.own_keys():
        found = thing.own_property(key)
        if found is not None and (found.is_configurable() or (is_frozen and found.is_writable())):
            return False
    return True


def _restricted(stack: VMStack, frame: int, count: int, is_frozen: bool, verb: str) -> Value:
    value = argument_at(stack, frame, count, 0)
    thing = as_object(value)
    if thing is not None and not set_integrity(thing, is_frozen):
        raise type_error(f"Cannot {verb}")
    return value


def _freeze(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _restricted(stack, frame, count, True, "freeze")


def _seal(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _restricted(stack, frame, count, False, "seal")


def _prevent_extensions(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = argument_at(stack, frame, count, 0)
    thing = as_object(value)
    if thing is not None and not thing.prevent_extensions():
        raise type_error("Cannot prevent extensions")
    return value


def _is_frozen(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(argument_at(stack, frame, count, 0))
    return Value.of_bool(thing is None or has_integrity(thing, True))


def _is_sealed(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(argument_at(stack, frame, count, 0))
    return Value.of_bool(thing is None or has_integrity(thing, False))


def _is_extensible(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(argument_at(stack, frame, count, 0))
    return Value.of_bool(thing is not None and thing.extensible())


def _is(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(identical(argument_at(stack, frame, count, 0), argument_at(stack, frame, count, 1)))


# From iterables


def _from_entries(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    iterable = argument_at(stack, frame, count, 0)
    if is_nullish(iterable):
        raise type_error(f"{to_display(iterable)} is not iterable")
    result = as_realm(realm).new_object()
    iteration = iterator_of(as_realm(realm), iterable)
    entry = next_value(iteration)
    while not entry.same(EMPTY):
        try:
            thing = as_object(entry)
            if thing is None:
                raise type_error(f"Iterator value {to_display(entry)} is not an entry object")
            key = thing.get_property(key_of_index(0), entry)
            value = thing.get_property(key_of_index(1), entry)
            create_data_property(result, to_key(key), value)
        except (GuestFault, Thrown):
            close_after_error(iteration)
            raise
        entry = next_value(iteration)
    return Value.of_object(result)


def _has_own(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _argument_object(realm, stack, frame, count)
    return Value.of_bool(thing.own_property(to_key(argument_at(stack, frame, count, 1))) is not None)


# The prototype


def object_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`Object.prototype.toString`"""
    value = this_of(stack, frame)
    if is_nullish(value):
        return string_value("[object Undefined]" if value.same(Value.UNDEFINED) else "[object Null]")
    thing = to_object(as_realm(realm), value)
    behind = thing
    target = behind.proxy_target()
    while target is not None:
        behind = target
        target = behind.proxy_target()
    kind = "Array" if isinstance(behind, JSArray) else thing.class_text()
    if behind is not thing and kind == "Object" and thing.can_call():
        kind = "Function"
    tag = as_string(get_named(thing, TO_STRING_TAG.name))
    return string_value(f"[object {kind if tag is None else tag.text()}]")


def _to_locale_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = this_of(stack, frame)
    method = to_object(as_realm(realm), value).get_property(Key("toString", NO_INDEX), value)
    if not is_callable(method):
        raise type_error(f"{to_display(method)} is not a function")
    return call(method, value, [])


def _value_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_object(to_object(as_realm(realm), this_of(stack, frame)))


def _has_own_property(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    key = to_key(argument_at(stack, frame, count, 0))
    return Value.of_bool(to_object(as_realm(realm), this_of(stack, frame)).own_property(key) is not None)


def _is_prototype_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(argument_at(stack, frame, count, 0))
    if thing is None:
        return Value.FALSE
    wanted = to_object(as_realm(realm), this_of(stack, frame))
    parent = thing.get_prototype()
    while parent is not None:
        if parent is wanted:
            return Value.TRUE
        parent = parent.get_prototype()
    return Value.FALSE


def _property_is_enumerable(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    key = to_key(argument_at(stack, frame, count, 0))
    found = to_object(as_realm(realm), this_of(stack, frame)).own_property(key)
    return Value.of_bool(found is not None and found.is_enumerable())


def _get_proto(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return prototype_value(to_object(as_realm(realm), this_of(stack, frame)))


def _set_proto(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = this_of(stack, frame)
    if is_nullish(value):
        raise type_error("Object.prototype.__proto__ called on null or undefined")
    prototype = argument_at(stack, frame, count, 0)
    parent = as_object(prototype)
    thing = as_object(value)
    if thing is not None and (parent is not None or prototype.same(Value.NULL)):
        change_prototype(thing, parent)
    return Value.UNDEFINED


def _define_accessor(realm: AnyRealm, stack: VMStack, frame: int, count: int, name: str, is_getter: bool) -> Value:
    thing = to_object(as_realm(realm), this_of(stack, frame))
    function = argument_at(stack, frame, count, 1)
    if not is_callable(function):
        raise type_error(f"Object.prototype.{name}: Expecting function")
    getter, setter = (function, EMPTY) if is_getter else (EMPTY, function)
    define(thing, to_key(argument_at(stack, frame, count, 0)), accessor_descriptor(getter, setter))
    return Value.UNDEFINED


def _look_up_accessor(realm: AnyRealm, stack: VMStack, frame: int, count: int, is_getter: bool) -> Value:
    holder: JSObject | None = to_object(as_realm(realm), this_of(stack, frame))
    key = to_key(argument_at(stack, frame, count, 0))
    while holder is not None:
        found = holder.own_property(key)
        if found is not None:
            if not found.is_accessor():
                return Value.UNDEFINED
            pair = pair_in(found.slot)
            return pair.getter if is_getter else pair.setter
        holder = holder.get_prototype()
    return Value.UNDEFINED


STATIC_METHODS: Final[list[NativeRow]] = [
    ("assign", 2, _assign),
    ("create", 2, _create),
    ("defineProperties", 2, _define_properties),
    ("defineProperty", 3, _define_property),
    ("entries", 1, _entries),
    ("freeze", 1, _freeze),
    ("fromEntries", 1, _from_entries),
    ("getOwnPropertyDescriptor", 2, _get_own_property_descriptor),
    ("getOwnPropertyDescriptors", 1, _get_own_property_descriptors),
    ("getOwnPropertyNames", 1, lambda realm, stack, frame, count: _own_keys(realm, stack, frame, count, False)),
    ("getOwnPropertySymbols", 1, lambda realm, stack, frame, count: _own_keys(realm, stack, frame, count, True)),
    ("getPrototypeOf", 1, _get_prototype_of),
    ("hasOwn", 2, _has_own),
    ("is", 2, _is),
    ("isExtensible", 1, _is_extensible),
    ("isFrozen", 1, _is_frozen),
    ("isSealed", 1, _is_sealed),
    ("keys", 1, _keys),
    ("preventExtensions", 1, _prevent_extensions),
    ("seal", 1, _seal),
    ("setPrototypeOf", 2, _set_prototype_of),
    ("values", 1, _values),
]
METHODS: Final[list[NativeRow]] = [
    ("__defineGetter__", 2, lambda r, s, f, n: _define_accessor(r, s, f, n, "__defineGetter__", True)),
    ("__defineSetter__", 2, lambda r, s, f, n: _define_accessor(r, s, f, n, "__defineSetter__", False)),
    ("hasOwnProperty", 1, _has_own_property),
    ("__lookupGetter__", 1, lambda r, s, f, n: _look_up_accessor(r, s, f, n, True)),
    ("__lookupSetter__", 1, lambda r, s, f, n: _look_up_accessor(r, s, f, n, False)),
    ("isPrototypeOf", 1, _is_prototype_of),
    ("propertyIsEnumerable", 1, _property_is_enumerable),
    ("toString", 0, object_text),
    ("valueOf", 0, _value_of),
    ("toLocaleString", 0, _to_locale_string),
]


def install_objects(realm: Realm) -> None:
    """Give a realm its `Object`."""
    constructor = install_constructor(realm, "Object", 1, _object, realm.object_prototype)
    install_methods(realm, constructor, STATIC_METHODS)
    install_self_hosted(realm, constructor, [("groupBy", 2, "collections.objectGroupBy")])
    install_methods(realm, realm.object_prototype, METHODS)
    install_accessor(realm, realm.object_prototype, "__proto__", _get_proto, _set_proto)
