"""`_cpython_calls`: what `prelude/_cpython.guest` stands on."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python.cpython.performing import perform, start
from tracewright_python.dictionaries import as_dict
from tracewright_python.exceptions import type_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.lists import as_tuple
from tracewright_python.modules.building import native_module
from tracewright_python.objects import as_type
from tracewright_python.session import Session
from tracewright_python.texts import as_str
from tracewright_python.values import NONE


def start_cpython(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`start(class of foreign objects, function that answers)`"""
    kind = as_type(stack[first])
    if kind is None:
        raise type_error("start() needs a class")
    start(session, kind, stack[first + 1])
    return NONE


def perform_there(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`perform(name, arguments, keywords)`"""
    name = as_str(stack[first])
    arguments = as_tuple(stack[first + 1])
    keywords = as_dict(stack[first + 2])
    if name is None or arguments is None or keywords is None:
        raise type_error("perform() needs a str, a tuple and a dict")
    return perform(session, name.text(), [arguments.items[k] for k in range(len(arguments.items))], keywords)


FUNCTIONS: list[PyBuiltin] = [
    PyBuiltin("start", start_cpython, 2, 2),
    PyBuiltin("perform", perform_there, 3, 3),
]


def make_cpython_calls(session: Session) -> Value:
    """The module."""
    native_module(session, "_cpython_calls", FUNCTIONS)
    return session.modules.get_named("_cpython_calls")
