"""Proxies: objects whose internal methods ask a handler (10.5)."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright_javascript.access import key_value
from tracewright_javascript.builtins.descriptions import from_description, to_description
from tracewright_javascript.calls import call, construct
from tracewright_javascript.conversions import (
    as_symbol,
    get_method,
    key_in_words,
    to_display,
    to_key,
    to_length,
    truth,
)
from tracewright_javascript.errors import GuestFault, type_error
from tracewright_javascript.keys import NO_INDEX, Key, key_of_index
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.properties import (
    FIXED,
    NOT_CONFIGURABLE,
    NOT_ENUMERABLE,
    NOT_WRITABLE,
    Descriptor,
    Property,
    completed,
    is_allowed,
    pair_in,
)
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import as_string, identical


@final
class JSProxy(JSObject):
    """A proxy; revoked, it has neither target nor handler."""

    def __init__(self, shape: Shape, realm: Realm, target: JSObject, handler: JSObject) -> None:
        super().__init__(shape, NO_ROW)
        self.realm = realm
        self.target: JSObject | None = target
        self.handler: JSObject | None = handler
        self.is_callable: bool = target.can_call()
        self.is_constructor: bool = target.can_construct()

    def revoke(self) -> None:
        """From now on everything is an error."""
        self.target = None
        self.handler = None

    def _target(self, operation: str) -> JSObject:
        target = self.target
        if target is None:
            raise type_error(f"Cannot perform '{operation}' on a proxy that has been revoked")
        return target

    def _trap(self, name: str) -> Value:
        """The handler's method, undefined where it has none. Raises GuestFault and Thrown."""
        handler = self.handler
        if handler is None:
            raise type_error(f"Cannot perform '{name}' on a proxy that has been revoked")
        return get_method(handler, name)

    def _ask(self, trap: Value, arguments: list[Value]) -> Value:
        handler = self.handler
        return call(trap, Value.UNDEFINED if handler is None else Value.of_object(handler), arguments)

    def _key(self, key: Key) -> Value:
        return key_value(self.realm, key)

    # What it is

    def is_proxy(self) -> bool:
        return True

    def proxy_target(self) -> JSObject | None:
        return self.target

    def has_own_prototype_method(self) -> bool:
        return True

    def class_text(self) -> str:
        return "Function" if self.is_callable else "Object"

    def can_call(self) -> bool:
        return self.is_callable

    def can_construct(self) -> bool:
        return self.is_constructor

    # Internal methods

    def get_prototype(self) -> JSObject | None:
        trap = self._trap("getPrototypeOf")
        target = self._target("getPrototypeOf")
        if trap.same(Value.UNDEFINED):
            return target.get_prototype()
        answer = self._ask(trap, [Value.of_object(target)])
        prototype = as_object(answer)
        if prototype is None and not answer.same(Value.NULL):
            raise type_error("'getPrototypeOf' on proxy: trap returned neither object nor null")
        if not target.extensible() and target.get_prototype() is not prototype:
            raise type_error(
                "'getPrototypeOf' on proxy: proxy target is non-extensible but the trap did not return its actual prototype"
            )
        return prototype

    def change_prototype(self, prototype: JSObject | None) -> bool:
        trap = self._trap("setPrototypeOf")
        target = self._target("setPrototypeOf")
        if trap.same(Value.UNDEFINED):
            return target.change_prototype(prototype)
        given = Value.NULL if prototype is None else Value.of_object(prototype)
        if not truth(self._ask(trap, [Value.of_object(target), given])):
            return False
        if not target.extensible() and target.get_prototype() is not prototype:
            raise type_error(
                "'setPrototypeOf' on proxy: trap returned truish for setting a new prototype on the non-extensible proxy target"
            )
        return True

    def extensible(self) -> bool:
        trap = self._trap("isExtensible")
        target = self._target("isExtensible")
        if trap.same(Value.UNDEFINED):
            return target.extensible()
        answer = truth(self._ask(trap, [Value.of_object(target)]))
        if answer != target.extensible():
            raise type_error("'isExtensible' on proxy: trap result does not reflect extensibility of proxy target")
        return answer

    def prevent_extensions(self) -> bool:
        trap = self._trap("preventExtensions")
        target = self._target("preventExtensions")
        if trap.same(Value.UNDEFINED):
            return target.prevent_extensions()
        answer = truth(self._ask(trap, [Value.of_object(target)]))
        if answer and target.extensible():
            raise type_error("'preventExtensions' on proxy: the proxy target is extensible")
        return answer

    def own_property(self, key: Key) -> Property | None:
        trap = self._trap("getOwnPropertyDescriptor")
        target = self._target("getOwnPropertyDescriptor")
        if trap.same(Value.UNDEFINED):
            return target.own_property(key)
        answer = self._ask(trap, [Value.of_object(target), self._key(key)])
        if as_object(answer) is None and not answer.same(Value.UNDEFINED):
            raise self._lie("getOwnPropertyDescriptor", "trap returned neither object nor undefined for property", key)
        own = target.own_property(key)
        if answer.same(Value.UNDEFINED):
            if own is None:
                return None
            if not own.is_configurable() or not target.extensible():
                raise self._lie("getOwnPropertyDescriptor", "trap returned undefined for property", key)
            return None
        is_extensible = target.extensible()
        result = completed(to_description(answer))
        wanted = _full_description(result)
        if own is None and not is_extensible or own is not None and not is_allowed(own, wanted):
            raise self._lie(
                "getOwnPropertyDescriptor",
                "trap returned descriptor for property that is incompatible with the existing property in the proxy target:",
                key,
            )
        if not result.is_configurable():
            if own is None or own.is_configurable():
                raise self._lie("getOwnPropertyDescriptor", "trap reported non-configurability for property", key)
            if not result.is_accessor() and not result.is_writable() and own.is_writable():
                raise self._lie(
                    "getOwnPropertyDescriptor", "trap reported non-configurable and writable for property", key
                )
        return result

    def define_property(self, key: Key, description: Descriptor) -> bool:
        trap = self._trap("defineProperty")
        target = self._target("defineProperty")
        if trap.same(Value.UNDEFINED):
            return target.define_property(key, description)
        given = from_description(self.realm, description)
        if not truth(self._ask(trap, [Value.of_object(target), self._key(key), given])):
            return False
        own = target.own_property(key)
        is_fixed = description.given & NOT_CONFIGURABLE != 0 and description.attributes & NOT_CONFIGURABLE != 0
        if own is None:
            if not target.extensible() or is_fixed:
                raise self._lie("defineProperty", "trap returned truish for adding property", key)
            return True
        if not is_allowed(own, description) or is_fixed and own.is_configurable():
            raise self._lie("defineProperty", "trap returned truish for adding property that is incompatible:", key)
        if not own.is_accessor() and not own.is_configurable() and own.is_writable():
            if description.given & NOT_WRITABLE != 0 and description.attributes & NOT_WRITABLE != 0:
                raise self._lie("defineProperty", "trap returned truish for defining non-configurable property", key)
        return True

    def has_property(self, key: Key) -> bool:
        trap = self._trap("has")
        target = self._target("has")
        if trap.same(Value.UNDEFINED):
            return target.has_property(key)
        answer = truth(self._ask(trap, [Value.of_object(target), self._key(key)]))
        if not answer:
            own = target.own_property(key)
            if own is not None and (not own.is_configurable() or not target.extensible()):
                raise self._lie("has", "trap returned falsish for property", key)
        return answer

    def get_property(self, key: Key, receiver: Value) -> Value:
        trap = self._trap("get")
        target = self._target("get")
        if trap.same(Value.UNDEFINED):
            return target.get_property(key, receiver)
        answer = self._ask(trap, [Value.of_object(target), self._key(key), receiver])
        own = target.own_property(key)
        if own is not None and not own.is_configurable():
            if own.is_accessor():
                if pair_in(own.slot).getter.same(Value.UNDEFINED) and not answer.same(Value.UNDEFINED):
                    raise self._lie("get", "property is a non-configurable accessor without a getter:", key)
            elif not own.is_writable() and not identical(answer, own.slot):
                raise self._lie(
                    "get", "property is read-only and non-configurable, but the trap did not return its value:", key
                )
        return answer

    def set_property(self, key: Key, value: Value, receiver: Value) -> bool:
        trap = self._trap("set")
        target = self._target("set")
        if trap.same(Value.UNDEFINED):
            return target.set_property(key, value, receiver)
        if not truth(self._ask(trap, [Value.of_object(target), self._key(key), value, receiver])):
            return False
        own = target.own_property(key)
        if own is not None and not own.is_configurable():
            if own.is_accessor():
                if pair_in(own.slot).setter.same(Value.UNDEFINED):
                    raise self._lie("set", "trap returned truish for an accessor without a setter:", key)
            elif not own.is_writable() and not identical(value, own.slot):
                raise self._lie("set", "trap returned truish for a read-only property with another value:", key)
        return True

    def delete_property(self, key: Key) -> bool:
        trap = self._trap("deleteProperty")
        target = self._target("deleteProperty")
        if trap.same(Value.UNDEFINED):
            return target.delete_property(key)
        if not truth(self._ask(trap, [Value.of_object(target), self._key(key)])):
            return False
        own = target.own_property(key)
        if own is not None and (not own.is_configurable() or not target.extensible()):
            raise self._lie("deleteProperty", "trap returned truish for property", key)
        return True

    def own_keys(self) -> list[Key]:
        trap = self._trap("ownKeys")
        target = self._target("ownKeys")
        if trap.same(Value.UNDEFINED):
            return target.own_keys()
        keys = _keys_from(self._ask(trap, [Value.of_object(target)]))
        is_extensible = target.extensible()
        there = target.own_keys()
        must: list[Key] = []
        others: list[Key] = []
        for key in there:
            own = target.own_property(key)
            if own is not None and not own.is_configurable():
                must.append(key)
            else:
                others.append(key)
        if is_extensible and len(must) == 0:
            return keys
        left = list(keys)
        for key in must if is_extensible else must + others:
            if not _take(left, key):
                raise self._lie("ownKeys", "trap result did not include", key)
        if not is_extensible and len(left) > 0:
            raise type_error("'ownKeys' on proxy: trap returned extra keys but proxy target is non-extensible")
        return keys

    def call_it(self, this: Value, arguments: list[Value]) -> Value:
        trap = self._trap("apply")
        target = Value.of_object(self._target("apply"))
        if trap.same(Value.UNDEFINED):
            return call(target, this, arguments)
        return self._ask(trap, [target, this, Value.of_object(self.realm.array_of(arguments))])

    def construct_it(self, arguments: list[Value], new_target: JSObject) -> Value:
        trap = self._trap("construct")
        target = self._target("construct")
        if trap.same(Value.UNDEFINED):
            return construct(target, arguments, new_target)
        given = Value.of_object(self.realm.array_of(arguments))
        answer = self._ask(trap, [Value.of_object(target), given, Value.of_object(new_target)])
        if as_object(answer) is None:
            raise type_error(f"proxy [[Construct]] must return an object, not {to_display(answer)}")
        return answer

    def _lie(self, trap: str, what: str, key: Key) -> GuestFault:
        """The handler's answer contradicts the target."""
        return type_error(f"'{trap}' on proxy: {what} '{key_in_words(key)}'")


def _full_description(found: Property) -> Descriptor:
    """A property as a description that says everything."""
    attributes = found.attributes & (NOT_ENUMERABLE | NOT_CONFIGURABLE)
    if found.is_accessor():
        result = Descriptor(attributes=attributes, given=NOT_ENUMERABLE | NOT_CONFIGURABLE)
        pair = pair_in(found.slot)
        result.getter = pair.getter
        result.setter = pair.setter
        return result
    return Descriptor(found.slot, found.attributes & FIXED, FIXED)


def _keys_from(value: Value) -> list[Key]:
    """CreateListFromArrayLike of strings and symbols, each once. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        raise type_error("CreateListFromArrayLike called on non-object")
    keys: list[Key] = []
    seen: dict[str, bool] = {}
    for index in range(to_length(get_named(thing, "length"))):
        item = thing.get_property(key_of_index(index), value)
        if as_string(item) is None and as_symbol(item) is None:
            raise type_error(f"{to_display(item)} is not a valid property name")
        key = to_key(item)
        name = key.name if key.index == NO_INDEX else str(key.index)
        if name in seen:
            raise type_error("'ownKeys' on proxy: trap returned duplicate entries")
        seen[name] = True
        keys.append(key)
    return keys


def _take(keys: list[Key], wanted: Key) -> bool:
    """Take a key out of a list; False where it is not there."""
    for index in range(len(keys)):
        if keys[index].same(wanted):
            del keys[index]
            return True
    return False
