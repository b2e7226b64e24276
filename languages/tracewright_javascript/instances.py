"""`value instanceof constructor`.

Of a function of the program nearly always this is asked: is its `prototype` among the prototypes of the value? That no method of the program decides
instead is known without searching: between the function and `Function.prototype`, whose own method nobody can replace, no shape has the symbol.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.guest.shapes import NOT_FOUND
from tracewright.hints import dont_look_inside, unroll_safe
from tracewright_javascript.access import own_slot
from tracewright_javascript.conversions import get_method, to_display, truth
from tracewright_javascript.errors import type_error
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.functions import BoundFunction, JSFunction
from tracewright_javascript.keys import HAS_INSTANCE
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.properties import ACCESSOR
from tracewright_javascript.realm import Realm

ABSENT: Final = 0  # answers of `find_in_chain`
PRESENT: Final = 1
HAS_TO_BE_ASKED: Final = 2  # a proxy is among the prototypes


def is_instance(realm: Realm, value: Value, function: Value) -> bool:
    """`value instanceof function`. Raises GuestFault and Thrown."""
    constructor = as_object(function)
    if isinstance(constructor, JSFunction) and _has_common_rule(realm, constructor):
        place = realm.prototype_site.place_in(constructor.shape)
        if place != NOT_FOUND and place & ACCESSOR == 0:
            prototype = as_object(own_slot(constructor, place))
            thing = as_object(value)
            if thing is None:
                return False
            if prototype is not None:
                answer = find_in_chain(thing, prototype)
                if answer != HAS_TO_BE_ASKED:
                    return answer == PRESENT
    return _is_instance_by_method(value, function)


@unroll_safe
def _has_common_rule(realm: Realm, constructor: JSObject) -> bool:
    """Whether `Function.prototype[Symbol.hasInstance]` decides, as far as shapes tell."""
    site = realm.has_instance_site
    holder: JSObject | None = constructor
    while holder is not None:
        if holder is realm.function_prototype:
            return True
        shape = holder.shape
        if site.place_in(shape) != NOT_FOUND or shape.is_table or family_of(shape).kind == Kind.EXOTIC:
            return False
        holder = family_of(shape).prototype
    return False


@dont_look_inside
def find_in_chain(thing: JSObject, prototype: JSObject) -> int:
    """Whether an object is among the prototypes of another."""
    holder = thing
    while True:
        family = family_of(holder.shape)
        if family.kind == Kind.EXOTIC and holder.has_own_prototype_method():
            return HAS_TO_BE_ASKED
        above = family.prototype
        if above is None:
            return ABSENT
        if above is prototype:
            return PRESENT
        holder = above


@dont_look_inside
def _is_instance_by_method(value: Value, function: Value) -> bool:
    from tracewright_javascript.calls import call

    constructor = as_object(function)
    if constructor is None:
        raise type_error("Right-hand side of 'instanceof' is not an object")
    method = get_method(constructor, HAS_INSTANCE.name)
    if not method.same(Value.UNDEFINED):
        return truth(call(method, function, [value]))
    if not constructor.can_call():
        raise type_error("Right-hand side of 'instanceof' is not callable")
    return is_instance_of(value, constructor)


@dont_look_inside
def is_instance_of(value: Value, constructor: JSObject) -> bool:
    """OrdinaryHasInstance, of something that can be called. Raises GuestFault and Thrown."""
    if isinstance(constructor, BoundFunction):
        return _is_instance_by_method(value, Value.of_object(constructor.target))
    thing = as_object(value)
    if thing is None:
        return False
    named = get_named(constructor, "prototype")
    prototype = as_object(named)
    if prototype is None:
        raise type_error(f"Function has non-object prototype '{to_display(named)}' in instanceof check")
    holder = thing.get_prototype()
    while holder is not None:
        if holder is prototype:
            return True
        holder = holder.get_prototype()
    return False
