"""What `new`, `class` and `super` do besides calling."""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside, promote, unroll_safe
from tracewright_javascript.access import function_property
from tracewright_javascript.bytecode import COUNT, FIRST, THIS, Code
from tracewright_javascript.conversions import to_text
from tracewright_javascript.errors import GuestFault, not_there, type_error
from tracewright_javascript.objects import (
    INLINE_SLOTS,
    JSFunction,
    JSObject,
    NativeFunction,
    as_object,
    get_named,
    prototype_of,
    set_prototype,
)
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY


def prototype_for(realm: Realm, function: JSFunction) -> JSObject:
    """The prototype of what a constructor makes."""
    prototype = as_object(get_named(function, "prototype"))
    if prototype is None:
        prototype = as_object(function_property(realm, function, "prototype"))
    return prototype if prototype is not None else realm.object_prototype


def instance_for(realm: Realm, target: Value, code: Code) -> Value:
    """`this` for a constructor: an object whose prototype `new.target` says; of a derived class none yet. Raises GuestFault."""
    if not code.is_constructor:
        raise type_error(f"{code.name} is not a constructor")
    if code.is_derived:
        return EMPTY
    prototype = prototype_for(realm, unsafe_cast(JSFunction, target.as_object()))
    return Value.of_object(JSObject(prototype.shape_of_children(), Array(INLINE_SLOTS, Value.UNDEFINED)))


def adopt(realm: Realm, made: Value, target: Value) -> None:
    """What a built-in constructor has made for a class of the program gets that one's prototype."""
    thing = as_object(made)
    function = as_object(target)
    if thing is not None and isinstance(function, JSFunction):
        set_prototype(thing, prototype_for(realm, function))


@dont_look_inside
def new_class(realm: Realm, made: Value, parent: Value) -> Value:
    """Give a class's constructor its prototype and its parent, EMPTY if it has none. Raises GuestFault."""
    function = unsafe_cast(JSFunction, made.as_object())
    base = realm.object_prototype
    if not parent.same(EMPTY):
        thing = as_object(parent)
        if parent.same(Value.NULL):
            raise not_there("`extends null`")
        if isinstance(thing, JSFunction) and thing.code.is_constructor:
            base = prototype_for(realm, thing)
        elif isinstance(thing, NativeFunction) and thing.builds:
            inherited = as_object(get_named(thing, "prototype"))
            if inherited is None:
                raise not_there(f"a class that extends {thing.name}")
            base = inherited
        else:
            raise type_error(f"Class extends value {to_text(parent)} is not a constructor or null")
        set_prototype(function, thing)
    prototype = JSObject(base.shape_of_children(), Array(INLINE_SLOTS, Value.UNDEFINED))
    prototype.set_named("constructor", made)
    function.set_named("prototype", Value.of_object(prototype))
    return made


def parent_constructor(function: Value) -> Value:
    """What `super(...)` calls in the constructor of a class. Raises GuestFault."""
    parent = prototype_of(unsafe_cast(JSFunction, function.as_object()))
    if parent is None:
        raise type_error("Super constructor null of anonymous class")
    return Value.of_object(parent)


def super_property(function: JSFunction, site: PropertySite) -> Value:
    """`super.name` in a method, or in what stands inside of one."""
    home = function.home
    parent = prototype_of(home) if home is not None else None
    return get_named(parent, site.name) if parent is not None else Value.UNDEFINED


def bind_this(stack: VMStack, base: int, value: Value) -> None:
    """`this` of a derived class is there now. Raises GuestFault."""
    if not stack[base + THIS].same(EMPTY):
        raise GuestFault("ReferenceError", "Super constructor may only be called once")
    stack[base + THIS] = value


def check_this(value: Value) -> None:
    """`this` must be there. Raises GuestFault."""
    if value.same(EMPTY):
        raise GuestFault(
            "ReferenceError",
            "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
        )


@unroll_safe
def hand_on_arguments(stack: VMStack, base: int, frame: int) -> int:
    """Copy all arguments of a frame into another, which may begin among them; gives their number."""
    count = promote(stack[base + COUNT].as_int())
    if not stack.reserve(frame + FIRST + count):
        raise RecursionError
    for k in range(count - 1, -1, -1):
        stack[frame + FIRST + k] = stack[base + FIRST + k]
    return count
