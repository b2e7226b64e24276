"""Scopes whose names are properties of an object: those of `with`, and the variables that a sloppy direct `eval` adds to its function."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.placements import row_for
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside
from tracewright_javascript.access import not_assignable
from tracewright_javascript.conversions import to_key, to_text, truth
from tracewright_javascript.errors import GuestFault
from tracewright_javascript.keys import UNSCOPABLES
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.properties import data_descriptor
from tracewright_javascript.realm import Realm


@final
class AddedVariables(JSObject):
    """The variables that a direct `eval` has declared in a function. No program ever has this object in hand."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape, row_for(1))


@dont_look_inside
def new_variables(realm: Realm) -> Value:
    """None so far."""
    return Value.of_object(AddedVariables(realm.bare_null_shape))


@dont_look_inside
def declare_added(scope: Value, name: Value) -> None:
    """A variable, if it is not there yet."""
    thing = as_object(scope)
    key = to_key(name)
    if thing is not None and thing.own_property(key) is None:
        thing.define_property(key, data_descriptor(Value.UNDEFINED))


@dont_look_inside
def scope_has(scope: Value, name: Value) -> bool:
    """HasBinding. Raises Thrown."""
    thing = as_object(scope)
    if thing is None or not thing.has_property(to_key(name)):
        return False
    if isinstance(thing, AddedVariables):
        return True
    hidden = as_object(get_named(thing, UNSCOPABLES.name))
    return hidden is None or not truth(hidden.get_property(to_key(name), Value.of_object(hidden)))


@dont_look_inside
def scope_get(scope: Value, name: Value, is_strict: bool) -> Value:
    """GetBindingValue. Raises GuestFault and Thrown."""
    thing = as_object(scope)
    key = to_key(name)
    assert thing is not None
    if not thing.has_property(key):
        if is_strict:
            raise GuestFault("ReferenceError", f"{to_text(name)} is not defined")
        return Value.UNDEFINED
    return thing.get_property(key, scope)


@dont_look_inside
def scope_set(scope: Value, name: Value, value: Value, is_strict: bool) -> None:
    """SetMutableBinding. Raises GuestFault and Thrown."""
    thing = as_object(scope)
    key = to_key(name)
    assert thing is not None
    still_exists = thing.has_property(key)  # asked in any case: a proxy may tell
    if is_strict and not still_exists:
        raise GuestFault("ReferenceError", f"{to_text(name)} is not defined")
    if not thing.set_property(key, value, scope) and is_strict:
        raise not_assignable(thing, key)


@dont_look_inside
def scope_this(scope: Value) -> Value:
    """`this` of a call of a name that was found in a scope object."""
    thing = as_object(scope)
    return Value.UNDEFINED if thing is None or isinstance(thing, AddedVariables) else scope
