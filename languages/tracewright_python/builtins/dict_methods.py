"""Methods of `dict`."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.builtins.constructors import update_dict_from
from tracewright_python.conversions import values_of
from tracewright_python.dictionaries import PyDict, as_dict
from tracewright_python.exceptions import error_with
from tracewright_python.functions import PyBuiltin, PyClassMethod
from tracewright_python.iterators import DictPart, PyDictView
from tracewright_python.lists import pair
from tracewright_python.session import Session
from tracewright_python.texts import text_value
from tracewright_python.values import NONE, type_of


def the_dict(value: Value) -> PyDict:
    """A value that is a dict."""
    found = as_dict(value)
    assert found is not None
    return found


def get(session: Session, stack: VMStack, first: int, count: int) -> Value:
    found = the_dict(stack[first]).get(session, stack[first + 1])
    if found.same(Value.UNDEFINED):
        default = stack[first + 2]
        return NONE if default.same(Value.UNDEFINED) else default
    return found


def keys(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(PyDictView(the_dict(stack[first]), DictPart.KEYS))


def values(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(PyDictView(the_dict(stack[first]), DictPart.VALUES))


def items(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(PyDictView(the_dict(stack[first]), DictPart.ITEMS))


def pop(session: Session, stack: VMStack, first: int, count: int) -> Value:
    found = the_dict(stack[first]).remove(session, stack[first + 1])
    if found.same(Value.UNDEFINED):
        if stack[first + 2].same(Value.UNDEFINED):
            raise error_with(types.KEY_ERROR, stack[first + 1])
        return stack[first + 2]
    return found


@dont_look_inside
def popitem(session: Session, stack: VMStack, first: int, count: int) -> Value:
    target = the_dict(stack[first])
    if target.length() == 0:
        raise error_with(types.KEY_ERROR, text_value("popitem(): dictionary is empty"))
    place = target.used - 1
    while target.keys[place].same(Value.UNDEFINED):
        place -= 1
    key = target.keys[place]
    return pair(key, target.remove_at(place))


def setdefault(session: Session, stack: VMStack, first: int, count: int) -> Value:
    target = the_dict(stack[first])
    found = target.get(session, stack[first + 1])
    if found.same(Value.UNDEFINED):
        found = NONE if stack[first + 2].same(Value.UNDEFINED) else stack[first + 2]
        target.set(session, stack[first + 1], found)
    return found


def update(session: Session, stack: VMStack, first: int, count: int) -> Value:
    update_dict_from(session, the_dict(stack[first]), stack[first + 1], as_dict(stack[first + 2]))
    return NONE


def clear(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_dict(stack[first]).clear()
    return NONE


@dont_look_inside
def copy(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(the_dict(stack[first]).duplicate())


@dont_look_inside
def fromkeys(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`dict.fromkeys(iterable, value=None)`"""
    value = NONE if stack[first + 2].same(Value.UNDEFINED) else stack[first + 2]
    result = session.call(session, stack[first], [])
    target = as_dict(result)
    if target is not None and type_of(result).is_builtin:
        for key in values_of(session, stack[first + 1]):
            target.set(session, key, value)
        return result
    keys = values_of(session, stack[first + 1])
    setter = session.get_attribute(
        session, result, "__setitem__"
    )  # of a class of the program, which may be no dict at all
    for key in keys:
        session.call(session, setter, [key, value])
    return result


METHODS: list[PyBuiltin] = [
    PyBuiltin("get", get, 2, 3, types.DICT),
    PyBuiltin("keys", keys, 1, 1, types.DICT),
    PyBuiltin("values", values, 1, 1, types.DICT),
    PyBuiltin("items", items, 1, 1, types.DICT),
    PyBuiltin("pop", pop, 2, 3, types.DICT),
    PyBuiltin("popitem", popitem, 1, 1, types.DICT),
    PyBuiltin("setdefault", setdefault, 2, 3, types.DICT),
    PyBuiltin("update", update, 1, 2, types.DICT, takes_any=True),
    PyBuiltin("clear", clear, 1, 1, types.DICT),
    PyBuiltin("copy", copy, 1, 1, types.DICT),
]
CLASS_METHODS: list[PyClassMethod] = [
    PyClassMethod(Value.of_object(PyBuiltin("fromkeys", fromkeys, 2, 3))),
]
"""By the names of their functions."""
