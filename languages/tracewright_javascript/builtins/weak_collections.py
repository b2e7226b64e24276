"""`WeakMap`, `WeakSet`, `WeakRef` and `FinalizationRegistry`."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.core.weak import Finalizer, WeakReference, attach_finalizer
from tracewright.guest.objects import GuestObject
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.lib.event_loop import Job
from tracewright.lib.weak_map import WeakMap
from tracewright_javascript.builtins.arguments import argument_at, prototype_to_make, require_new, this_of
from tracewright_javascript.builtins.collections import fill_from_entries, fill_from_values
from tracewright_javascript.builtins.rows import NativeRow, install_constructor, install_methods, install_tag
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import as_symbol, to_display
from tracewright_javascript.errors import type_error
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.realm import Agent, Realm, as_realm
from tracewright_javascript.values import EMPTY, identical


def weak_target(value: Value) -> GuestObject | None:
    """What can be held weakly (CanBeHeldWeakly): objects, and symbols that are not registered; else None."""
    thing = as_object(value)
    if thing is not None:
        return thing
    symbol = as_symbol(value)
    return symbol if symbol is not None and not symbol.is_registered else None


@final
class ValueBox(GuestObject):
    """The value of an entry."""

    def __init__(self, value: Value) -> None:
        self.value = value


@final
class JSWeakMap(JSObject):
    """What `new WeakMap` makes."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape, NO_ROW)
        self.entries: WeakMap[GuestObject, ValueBox] = WeakMap()


@final
class JSWeakSet(JSObject):
    """What `new WeakSet` makes."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape, NO_ROW)
        self.entries: WeakMap[GuestObject, ValueBox] = WeakMap()


@final
class JSWeakRef(JSObject):
    """What `new WeakRef` makes."""

    def __init__(self, shape: Shape, target: GuestObject) -> None:
        super().__init__(shape, NO_ROW)
        self.target: WeakReference[GuestObject] = WeakReference(target)
        self.kept_in = -1  # the last turn in which it gave its target, which then lives until that ends


def _keep(realm: AnyRealm, reference: JSWeakRef, target: GuestObject) -> None:
    """AddToKeptObjects (9.10.3)"""
    agent = as_realm(realm).agent
    if reference.kept_in != agent.turn:
        reference.kept_in = agent.turn
        agent.kept.append(target)


# Maps and sets


def _weak_map(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    require_new(stack, frame, "WeakMap")
    result = JSWeakMap(prototype_to_make(stack, frame, lambda where: where.weak_map_prototype).bare_shape_of_children())
    fill_from_entries(as_realm(realm), result, argument_at(stack, frame, count, 0), "set")
    return Value.of_object(result)


def _weak_set(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    require_new(stack, frame, "WeakSet")
    result = JSWeakSet(prototype_to_make(stack, frame, lambda where: where.weak_set_prototype).bare_shape_of_children())
    fill_from_values(as_realm(realm), result, argument_at(stack, frame, count, 0))
    return Value.of_object(result)


def _map_of(stack: VMStack, frame: int, method: str) -> WeakMap[GuestObject, ValueBox]:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSWeakMap):
        return thing.entries
    shown = to_display(this_of(stack, frame))
    raise type_error(f"Method WeakMap.prototype.{method} called on incompatible receiver {shown}")


def _set_of(stack: VMStack, frame: int, method: str) -> WeakMap[GuestObject, ValueBox]:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSWeakSet):
        return thing.entries
    shown = to_display(this_of(stack, frame))
    raise type_error(f"Method WeakSet.prototype.{method} called on incompatible receiver {shown}")


def _found(entries: WeakMap[GuestObject, ValueBox], key: Value) -> Value:
    """The value under a key, or EMPTY."""
    target = weak_target(key)
    if target is None:
        return EMPTY
    entry = entries.find(target)
    return EMPTY if entry is None else entry.value.value


def _removed(entries: WeakMap[GuestObject, ValueBox], key: Value) -> Value:
    target = weak_target(key)
    return Value.of_bool(target is not None and entries.remove(target))


def _map_get(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    found = _found(_map_of(stack, frame, "get"), argument_at(stack, frame, count, 0))
    return Value.UNDEFINED if found.same(EMPTY) else found


def _map_has(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(not _found(_map_of(stack, frame, "has"), argument_at(stack, frame, count, 0)).same(EMPTY))


def _map_delete(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _removed(_map_of(stack, frame, "delete"), argument_at(stack, frame, count, 0))


def _map_set(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    entries = _map_of(stack, frame, "set")
    target = weak_target(argument_at(stack, frame, count, 0))
    if target is None:
        raise type_error(f"Invalid value used as weak map key: {to_display(argument_at(stack, frame, count, 0))}")
    entries.set(target, ValueBox(argument_at(stack, frame, count, 1)))
    return this_of(stack, frame)


def _set_add(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    entries = _set_of(stack, frame, "add")
    target = weak_target(argument_at(stack, frame, count, 0))
    if target is None:
        raise type_error(f"Invalid value used in weak set: {to_display(argument_at(stack, frame, count, 0))}")
    entries.set(target, ValueBox(Value.TRUE))
    return this_of(stack, frame)


def _set_has(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(not _found(_set_of(stack, frame, "has"), argument_at(stack, frame, count, 0)).same(EMPTY))


def _set_delete(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _removed(_set_of(stack, frame, "delete"), argument_at(stack, frame, count, 0))


# References


def _weak_ref(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    require_new(stack, frame, "WeakRef")
    target = weak_target(argument_at(stack, frame, count, 0))
    if target is None:
        raise type_error("WeakRef: target must be an object")
    prototype = prototype_to_make(stack, frame, lambda where: where.weak_ref_prototype)
    reference = JSWeakRef(prototype.bare_shape_of_children(), target)
    _keep(realm, reference, target)
    return Value.of_object(reference)


def _deref(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    if not isinstance(thing, JSWeakRef):
        shown = to_display(this_of(stack, frame))
        raise type_error(f"Method WeakRef.prototype.deref called on incompatible receiver {shown}")
    target = thing.target.get()
    if target is None:
        return Value.UNDEFINED
    _keep(realm, thing, target)
    return Value.of_object(target)


# Registries


@final
class Registration(Finalizer):
    """One object that is watched. It must not lead to its target."""

    def __init__(self, registry: JSRegistry, held: Value) -> None:
        super().__init__()
        self.registry = registry
        self.held = held
        self.is_wanted = True

    def run(self, target: object) -> None:
        if self.is_wanted:
            self.registry.agent.loop.add(CleanupJob(self))


@final
class CleanupJob(Job):
    """A call of a registry's clean-up function, after what the program has still to do in this turn. What it throws, nobody catches."""

    def __init__(self, registration: Registration) -> None:
        self.registration = registration

    def run(self) -> None:
        if self.registration.is_wanted:
            self.registration.is_wanted = False
            call(self.registration.registry.cleanup, Value.UNDEFINED, [self.registration.held])


@final
class JSRegistry(JSObject):
    """What `new FinalizationRegistry` makes."""

    def __init__(self, shape: Shape, cleanup: Value, agent: Agent) -> None:
        super().__init__(shape, NO_ROW)
        self.cleanup = cleanup
        self.agent = agent
        self.tokens: WeakMap[GuestObject, TokenList] = WeakMap()


@final
class TokenList(GuestObject):
    """What was registered with one token."""

    def __init__(self) -> None:
        self.registrations: list[Registration] = []


def _registry(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    require_new(stack, frame, "FinalizationRegistry")
    cleanup = argument_at(stack, frame, count, 0)
    if not is_callable(cleanup):
        raise type_error("FinalizationRegistry: cleanup must be callable")
    prototype = prototype_to_make(stack, frame, lambda where: where.finalization_registry_prototype)
    return Value.of_object(JSRegistry(prototype.bare_shape_of_children(), cleanup, as_realm(realm).agent))


def _registry_of(stack: VMStack, frame: int, method: str) -> JSRegistry:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSRegistry):
        return thing
    shown = to_display(this_of(stack, frame))
    raise type_error(f"Method FinalizationRegistry.prototype.{method} called on incompatible receiver {shown}")


def _register(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    registry = _registry_of(stack, frame, "register")
    target = weak_target(argument_at(stack, frame, count, 0))
    if target is None:
        raise type_error("FinalizationRegistry.prototype.register: invalid target")
    held = argument_at(stack, frame, count, 1)
    if identical(argument_at(stack, frame, count, 0), held):
        raise type_error("FinalizationRegistry.prototype.register: target and holdings must not be same")
    token = argument_at(stack, frame, count, 2)
    watched = weak_target(token)
    if watched is None and not token.same(Value.UNDEFINED):
        raise type_error(f"Invalid unregister token ('{to_display(token)}')")
    registration = Registration(registry, held)
    if watched is not None:
        entry = registry.tokens.find(watched)
        if entry is None:
            own = TokenList()
            registry.tokens.set(watched, own)
        else:
            own = entry.value
        own.registrations.append(registration)
    attach_finalizer(target, registration)
    return Value.UNDEFINED


def _unregister(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    registry = _registry_of(stack, frame, "unregister")
    token = weak_target(argument_at(stack, frame, count, 0))
    if token is None:
        raise type_error(f"Invalid unregisterToken ('{to_display(argument_at(stack, frame, count, 0))}')")
    entry = registry.tokens.find(token)
    if entry is None:
        return Value.FALSE
    for registration in entry.value.registrations:
        registration.is_wanted = False
    registry.tokens.remove(token)
    return Value.TRUE


MAP_METHODS: Final[list[NativeRow]] = [
    ("delete", 1, _map_delete),
    ("get", 1, _map_get),
    ("has", 1, _map_has),
    ("set", 2, _map_set),
]
SET_METHODS: Final[list[NativeRow]] = [("add", 1, _set_add), ("delete", 1, _set_delete), ("has", 1, _set_has)]
REGISTRY_METHODS: Final[list[NativeRow]] = [("register", 2, _register), ("unregister", 1, _unregister)]


def install_weak_collections(realm: Realm) -> None:
    """Give a realm these four constructors."""
    install_constructor(realm, "WeakMap", 0, _weak_map, realm.weak_map_prototype)
    install_methods(realm, realm.weak_map_prototype, MAP_METHODS)
    install_tag(realm.weak_map_prototype, "WeakMap")
    install_constructor(realm, "WeakSet", 0, _weak_set, realm.weak_set_prototype)
    install_methods(realm, realm.weak_set_prototype, SET_METHODS)
    install_tag(realm.weak_set_prototype, "WeakSet")
    install_constructor(realm, "WeakRef", 1, _weak_ref, realm.weak_ref_prototype)
    install_methods(realm, realm.weak_ref_prototype, [("deref", 0, _deref)])
    install_tag(realm.weak_ref_prototype, "WeakRef")
    prototype = realm.finalization_registry_prototype
    install_constructor(realm, "FinalizationRegistry", 1, _registry, prototype)
    install_methods(realm, prototype, REGISTRY_METHODS)
    install_tag(prototype, "FinalizationRegistry")
