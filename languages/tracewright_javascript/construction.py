"""What `new`, `class` and `super` do besides calling."""

from __future__ import annotations

from collections.abc import Callable

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.shapes import ATTRIBUTE_BITS, NOT_FOUND, RootShapes
from tracewright.hints import dont_look_inside, inlined, promote, unroll_safe
from tracewright_javascript.bytecode import CALLEE, COUNT, FIRST, NEW_TARGET, THIS, Code
from tracewright_javascript.conversions import key_in_words, to_display, to_key
from tracewright_javascript.errors import GuestFault, type_error
from tracewright_javascript.expected_properties import expected_properties
from tracewright_javascript.families import is_one_of_many
from tracewright_javascript.functions import BoundFunction, JSFunction, NativeFunction
from tracewright_javascript.keys import NO_INDEX, SPECIES, Key
from tracewright_javascript.lookups import get_beyond, get_named
from tracewright_javascript.objects import JSObject, as_object, call_getter, plain_object
from tracewright_javascript.properties import ACCESSOR, HIDDEN
from tracewright_javascript.prototypes import set_prototype
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, is_nullish


def prototype_from(new_target: JSObject, default: Callable[[Realm], JSObject]) -> JSObject:
    """The prototype of what a constructor makes (GetPrototypeFromConstructor): where `new.target` has none, its realm's. Raises Thrown."""
    prototype = as_object(get_named(new_target, "prototype"))
    return prototype if prototype is not None else default(realm_of_function(new_target))


def species_constructor(thing: JSObject, default: JSObject) -> JSObject:
    """SpeciesConstructor. Raises GuestFault and Thrown."""
    constructor = get_named(thing, "constructor")
    if constructor.same(Value.UNDEFINED):
        return default
    own = as_object(constructor)
    if own is None:
        raise type_error("The .constructor property is not an object")
    species = get_named(own, SPECIES.name)
    if is_nullish(species):
        return default
    found = as_object(species)
    if found is None or not found.can_construct():
        raise type_error("object.constructor[Symbol.species] is not a constructor")
    return found


@dont_look_inside
def realm_of_function(function: JSObject) -> Realm:
    """The realm that a function belongs to. Raises GuestFault (a revoked proxy)."""
    if isinstance(function, JSFunction):
        return function.realm()
    if isinstance(function, NativeFunction):
        return function.realm
    if isinstance(function, BoundFunction):
        return realm_of_function(function.target)
    behind = function.proxy_target()
    if behind is None:
        raise type_error("Cannot perform 'get' on a proxy that has been revoked")
    return realm_of_function(behind)


@inlined
def instance_for(target: Value, code: Code) -> Value:
    """`this` for a constructor: an object whose prototype `new.target` says; of a derived class none yet. Raises GuestFault."""
    if code.is_derived:
        return EMPTY
    constructor = unsafe_cast(JSObject, target.as_object())
    facts = constructor.watched_facts()
    shapes = None if facts is None else facts.instances
    return Value.of_object(plain_object((_shapes_of_instances(constructor) if shapes is None else shapes).current))


def _shapes_of_instances(constructor: JSObject) -> RootShapes:
    prototype = prototype_from(constructor, lambda realm: realm.object_prototype)
    shapes = prototype.shapes_of_children()
    if isinstance(constructor, JSFunction):  # whose `prototype` is a value
        shapes.expect(expected_properties(constructor))
        constructor.watch().instances = shapes
    return shapes


@dont_look_inside
def new_class(realm: Realm, made: Value, parent: Value) -> Value:
    """Give a class's constructor its prototype and its parent, EMPTY if it has none. Raises GuestFault."""
    function = unsafe_cast(JSFunction, made.as_object())
    base: JSObject | None = realm.object_prototype
    if parent.same(Value.NULL):
        base = None
    elif not parent.same(EMPTY):
        thing = as_object(parent)
        if thing is None or not thing.can_construct():
            raise type_error(f"Class extends value {to_display(parent)} is not a constructor or null")
        inherited = get_named(thing, "prototype")
        base = as_object(inherited)
        if base is None and not inherited.same(Value.NULL):
            raise type_error(f"Class extends value does not have valid prototype property {to_display(inherited)}")
        set_prototype(function, thing)
    prototype = realm.new_object()
    if base is not realm.object_prototype:
        set_prototype(prototype, base)
    function.set_class_prototype(prototype)
    prototype.add("constructor", made, HIDDEN)
    return made


def parent_constructor(function: Value) -> Value:
    """What `super(...)` calls in the constructor of a class. Raises GuestFault."""
    own = unsafe_cast(JSFunction, function.as_object())
    parent = _prototype_among_many(own) if is_one_of_many(own.shape) else own.get_prototype()
    if parent is None or not parent.can_construct():
        shown = "null" if parent is None else to_display(Value.of_object(parent))
        raise type_error(f"Super constructor {shown} of anonymous class is not a constructor")
    return Value.of_object(parent)


@dont_look_inside
def _prototype_among_many(thing: JSObject) -> JSObject | None:
    """Where a trace goes for all classes that one text has made."""
    return thing.get_prototype()


def _behind_home(function: Value) -> JSObject:
    home = unsafe_cast(JSFunction, function.as_object()).home()
    many = home is not None and is_one_of_many(home.shape)
    parent = None if home is None else _prototype_among_many(home) if many else home.get_prototype()
    if parent is None:
        raise type_error("Cannot read properties of null")
    return parent


def super_property(function: Value, name: str, this: Value) -> Value:
    """`super.name` in a method, or in what stands inside of one. Raises GuestFault and Thrown."""
    parent = _behind_home(function)
    if is_one_of_many(parent.shape):
        return _super_among_many(parent, name, this)
    shape = parent.shape
    place = shape.place_of(name)
    if place == NOT_FOUND:
        return get_beyond(parent, name, this)
    slot = parent.item(place >> ATTRIBUTE_BITS)
    return slot if place & ACCESSOR == 0 else call_getter(slot, this)


@dont_look_inside
def _super_among_many(parent: JSObject, name: str, this: Value) -> Value:
    return parent.get_property(Key(name, NO_INDEX), this)


@dont_look_inside
def super_index(function: Value, key: Value, this: Value) -> Value:
    """`super[key]`. Raises GuestFault and Thrown."""
    return _behind_home(function).get_property(to_key(key), this)


@dont_look_inside
def set_super(function: Value, key_word: Value, value: Value, this: Value, is_strict: bool) -> None:
    """`super[key] = value`. Raises GuestFault and Thrown."""
    key = to_key(key_word)
    if not _behind_home(function).set_property(key, value, this) and is_strict:
        raise type_error(f"Cannot assign to read only property '{key_in_words(key)}' of object")


def bind_this(stack: VMStack, base: int, value: Value) -> None:
    """`this` of a derived class is there now. Raises GuestFault."""
    check_no_this(stack[base + THIS])
    stack[base + THIS] = value


def check_no_this(value: Value) -> None:
    """`super(...)` may be called once. Raises GuestFault."""
    if not value.same(EMPTY):
        raise GuestFault("ReferenceError", "Super constructor may only be called once")


def check_this(value: Value) -> None:
    """`this` must be there. Raises GuestFault."""
    if value.same(EMPTY):
        raise GuestFault(
            "ReferenceError",
            "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
        )


@unroll_safe
def hand_on_arguments(stack: VMStack, base: int, frame: int) -> int:
    """Make the frame of a call of the parent's constructor with all arguments of a frame, among which it may begin; gives their number.
    Raises GuestFault."""
    parent = parent_constructor(stack[base + CALLEE])
    count = promote(stack[base + COUNT].as_int())
    if not stack.reserve(frame + FIRST + count):
        raise RecursionError
    for k in range(count - 1, -1, -1):
        stack[frame + FIRST + k] = stack[base + FIRST + k]
    stack[frame + CALLEE] = parent
    stack[frame + NEW_TARGET] = stack[base + NEW_TARGET]
    return count
