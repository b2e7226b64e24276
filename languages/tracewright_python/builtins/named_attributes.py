"""`getattr`, `hasattr`, `setattr` and `delattr`: attributes whose names are values.

Where a trace knows the name, an attribute of an object or a class costs what it does in `value.name`.
"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, elidable, isconstant, promote
from tracewright_python.access import (
    delete_attribute,
    find_attribute,
    is_attribute_error,
    is_type_name,
    load_attribute,
    store_attribute,
)
from tracewright_python.attribute_sites import Found, entry_for_load
from tracewright_python.errors import Raised
from tracewright_python.exceptions import type_error
from tracewright_python.functions import PyBuiltin, PyFunction, PyMethod
from tracewright_python.objects import TYPE, UNKNOWN, PyInstance, PyType, lookup, member_value, special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import PyStr, as_str
from tracewright_python.values import NONE, type_name, type_of


@dont_look_inside
def attribute_or_nothing(session: Session, value: Value, name: str) -> Value:
    """An attribute, or UNDEFINED also where an AttributeError is raised."""
    try:
        return find_attribute(session, value, name)
    except Raised as raised:
        if is_attribute_error(raised):
            return Value.UNDEFINED
        raise


def name_of(value: Value) -> PyStr:
    """A name given as a value. Raises TypeError."""
    text = as_str(value)
    if text is None:
        raise type_error(f"attribute name must be string, not '{type_name(value)}'")
    return text


@elidable
def constant_text(name: PyStr) -> str:
    """The text of a name that is not made of pieces, which never changes."""
    return name.flat


def quick_attribute(value: Value, name: str) -> Value:
    """An attribute that is found without asking the program: UNDEFINED where there is none, UNKNOWN where more must be asked."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyInstance):
            return attribute_of_instance(value, thing, name)
        if isinstance(thing, PyType):
            return attribute_of_class(promote(thing), name)
    return UNKNOWN


def attribute_of_instance(value: Value, thing: PyInstance, name: str) -> Value:
    """The same of an object of a class of the program."""
    shape = promote(thing.shape)
    if shape.is_table:
        return UNKNOWN
    entry = entry_for_load(shape, shape.guest_type.version, name)
    if entry.found == Found.OWN:
        own = thing.item(entry.index)
        return UNKNOWN if own.same(Value.UNDEFINED) else own
    if entry.found == Found.MEMBER:
        member = member_value(entry.member)
        if not member.is_object():
            return member
        return Value.of_object(PyMethod(member, value)) if isinstance(member.as_object(), PyFunction) else UNKNOWN
    if entry.found == Found.ABSENT and special(type_of(value), Special.GETATTR).same(Value.UNDEFINED):
        return Value.UNDEFINED
    return UNKNOWN


def attribute_of_class(kind: PyType, name: str) -> Value:
    """The same of a class."""
    if not kind.type_of().is_builtin or is_type_name(name):
        return UNKNOWN
    found = lookup(kind, name)
    if found.same(Value.UNDEFINED):
        return Value.UNDEFINED if lookup(TYPE, name).same(Value.UNDEFINED) else UNKNOWN
    if found.is_object():
        return found if isinstance(found.as_object(), (PyFunction, PyBuiltin)) else UNKNOWN
    return found


def attribute_if_there(session: Session, value: Value, named: Value) -> Value:
    """An attribute by its name as a value, or UNDEFINED."""
    name = name_of(named)
    if isconstant(name) and name.rope is None:
        found = quick_attribute(value, constant_text(name))
        if not found.same(UNKNOWN):
            return found
    return attribute_or_nothing(session, value, name.text())


def builtin_getattr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`getattr(value, name, default)`"""
    if not stack[first + 2].same(Value.UNDEFINED):
        found = attribute_if_there(session, stack[first], stack[first + 1])
        return stack[first + 2] if found.same(Value.UNDEFINED) else found
    name = name_of(stack[first + 1])
    if isconstant(name) and name.rope is None:
        found = quick_attribute(stack[first], constant_text(name))
        if not found.same(UNKNOWN) and not found.same(Value.UNDEFINED):
            return found
    return load_attribute(session, stack[first], name.text())


def builtin_hasattr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`hasattr(value, name)`"""
    found = attribute_if_there(session, stack[first], stack[first + 1])
    return Value.of_bool(not found.same(Value.UNDEFINED))


def builtin_setattr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`setattr(value, name, new)`"""
    store_attribute(session, stack[first], name_of(stack[first + 1]).text(), stack[first + 2])
    return NONE


def builtin_delattr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`delattr(value, name)`"""
    delete_attribute(session, stack[first], name_of(stack[first + 1]).text())
    return NONE
