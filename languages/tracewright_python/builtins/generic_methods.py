"""`list[int]`, `int | str`, and `types.SimpleNamespace`."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.conversions import is_int_object
from tracewright_python.dictionaries import as_dict
from tracewright_python.display import repr_text
from tracewright_python.exceptions import type_error
from tracewright_python.functions import PyBuiltin, PyClassMethod
from tracewright_python.importing import import_by_name
from tracewright_python.objects import TYPE, PyInstance, PyObject, PyType, as_py_object, as_type, new_instance
from tracewright_python.session import Session
from tracewright_python.syntax import Comparison
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED, type_of

GENERIC_TYPES: Final[list[PyType]] = [
    types.LIST,
    types.TUPLE,
    types.DICT,
    types.SET,
    types.FROZENSET,
    types.ENUMERATE,
    types.PATTERN,
    types.MATCH,
    types.MAPPING_PROXY,
    types.GENERATOR,
    types.COROUTINE,
    types.ASYNC_GENERATOR,
    TYPE,
]
"""Those that may have arguments in annotations."""


def from_library(session: Session, name: str, arguments: list[Value]) -> Value:
    """Call a function of the module `_generics`."""
    module = import_by_name(session, "_generics")
    return session.call(session, session.get_attribute(session, module, name), arguments)


def class_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`list[int]`. Of the classes that derive from `type`, only `type` itself has arguments."""
    return from_library(session, "alias", [stack[first], stack[first + 1]])


def either(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`type | other`"""
    return from_library(session, "union", [stack[first], stack[first + 1]])


def either_reflected(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`other | type`"""
    if is_int_object(stack[first + 1]):
        return NOT_IMPLEMENTED
    return from_library(session, "union", [stack[first + 1], stack[first]])


# --- SimpleNamespace ---


def the_namespace(value: Value) -> PyInstance:
    """A value that is a SimpleNamespace."""
    thing: PyObject | None = as_py_object(value)
    assert isinstance(thing, PyInstance)
    return thing


def new_namespace(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """A call of the type fills it, of a derived class its `__init__`."""
    kind = as_type(stack[first])
    assert kind is not None
    result = Value.of_object(new_instance(kind))
    if kind.is_builtin:
        stack[first] = result
        init_namespace(session, stack, first, count)
    return result


def init_namespace(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`SimpleNamespace(**attributes)`"""
    if count > 1:
        raise type_error("no positional arguments expected")
    keywords = as_dict(stack[first + count])
    target = the_namespace(stack[first])
    if keywords is not None:
        for key in keywords.all_keys():
            text = as_str(key)
            if text is None:
                raise type_error("keywords must be strings")
            target.set_named(text.text(), keywords.get(session, key))
    return NONE


def show_namespace(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing = the_namespace(stack[first])
    kind = thing.type_of()
    name = "namespace" if kind is types.SIMPLE_NAMESPACE else kind.name
    for other in session.showing:
        if other is thing:
            return text_value(f"{name}(...)")
    session.showing.append(thing)
    try:
        parts = [f"{one}={repr_text(session, thing.get_named(one))}" for one in thing.all_names()]
    finally:
        session.showing.pop()
    return text_value(f"{name}({', '.join(parts)})")


def equal_namespaces(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if not type_of(stack[first + 1]).derives_from(types.SIMPLE_NAMESPACE):
        return NOT_IMPLEMENTED
    left = session.get_attribute(session, stack[first], "__dict__")
    right = session.get_attribute(session, stack[first + 1], "__dict__")
    return session.compare(session, Comparison.EQUAL, left, right)


METHODS: Final[list[PyBuiltin]] = [
    PyBuiltin("__or__", either, 2, 2, TYPE),
    PyBuiltin("__ror__", either_reflected, 2, 2, TYPE),
    PyBuiltin("__init__", init_namespace, 1, -1, types.SIMPLE_NAMESPACE, takes_any=True),
    PyBuiltin("__repr__", show_namespace, 1, 1, types.SIMPLE_NAMESPACE),
    PyBuiltin("__eq__", equal_namespaces, 2, 2, types.SIMPLE_NAMESPACE),
]
CONSTRUCTOR: Final = PyBuiltin("__new__", new_namespace, 1, -1, takes_any=True)
CLASS_ITEM: Final = PyClassMethod(Value.of_object(PyBuiltin("__class_getitem__", class_item, 2, 2)))
