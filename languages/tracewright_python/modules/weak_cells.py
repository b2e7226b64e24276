"""`_weak_cells`: what `_weakref` is made of, over the collector's weak references. And `gc`."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.core.weak import Finalizer, WeakReference, attach_finalizer, collect_garbage, run_due_finalizers
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.errors import Raised
from tracewright_python.exceptions import type_error
from tracewright_python.finalization import report_ignored
from tracewright_python.functions import PyBuiltin, PyFunction
from tracewright_python.lists import list_of, tuple_of
from tracewright_python.modules.building import native_module
from tracewright_python.objects import OBJECT, PyObject, PyType, as_py_object, lookup
from tracewright_python.session import Session
from tracewright_python.values import NONE, type_name, type_of

NEVER: Final[list[PyType]] = [
    types.INT,
    types.FLOAT,
    types.COMPLEX,
    types.BOOL,
    types.STR,
    types.BYTES,
    types.BYTEARRAY,
    types.TUPLE,
    types.LIST,
    types.DICT,
    types.NONE_TYPE,
    types.RANGE,
]
"""Built-in types whose own objects no weak reference can lead to."""


@final
class PyWeakCell(PyObject):
    """Leads to an object without keeping it alive."""

    def __init__(self, target: PyObject) -> None:
        self.reference: WeakReference[PyObject] = WeakReference(target)

    def type_of(self) -> PyType:
        return types.WEAK_CELL


@final
class CallBack(Finalizer):
    """Tells a reference of the program that its object is gone."""

    def __init__(self, session: Session, note: Value) -> None:
        super().__init__()
        self.session = session
        self.note = note

    def run(self, target: object) -> None:
        session = self.session
        function = session.get_attribute(session, self.note, "__callback__")
        try:
            session.call(session, function, [self.note])
        except Raised as raised:
            report_ignored(session, raised, function)


def possible_target(value: Value) -> PyObject | None:
    """What a weak reference may lead to; None for what it may not."""
    thing = as_py_object(value)
    kind = type_of(value)
    if thing is None or kind in NEVER:
        return None
    if not kind.is_builtin and lookup(kind, "__weakref__").same(Value.UNDEFINED) and not derives_from_possible(kind):
        return None
    return thing


def derives_from_possible(kind: PyType) -> bool:
    """Whether a class derives from a built-in type whose own objects weak references may lead to."""
    for base in kind.mro:
        if base.is_builtin and base is not OBJECT:
            return base not in NEVER
    return False


def the_target(value: Value) -> PyObject:
    """The same. Raises TypeError."""
    thing = possible_target(value)
    if thing is None:
        raise type_error(f"cannot create weak reference to '{type_name(value)}' object")
    return thing


def is_possible(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(possible_target(stack[first]) is not None)


def make_cell(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(PyWeakCell(the_target(stack[first])))


def get_target(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """The object of a cell, or None."""
    cell = as_py_object(stack[first])
    assert isinstance(cell, PyWeakCell)
    target = cell.reference.get()
    return NONE if target is None else Value.of_object(target)


@dont_look_inside
def references(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """The list of the references to an object, which lives as long as the object."""
    target = the_target(stack[first])
    entry = session.weak_references.find(target)
    if entry is not None:
        return entry.value
    made = list_of([])
    session.weak_references.set(target, made)
    return made


@dont_look_inside
def watch(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """Let the callback of a reference be called when an object is gone."""
    attach_finalizer(the_target(stack[first]), CallBack(session, stack[first + 1]))
    return NONE


@dont_look_inside
def collect(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`gc.collect(generation=2)`: collect, and call who waits for the end of objects."""
    for slot in range(first + count, stack.top):
        stack[slot] = Value.UNDEFINED  # of calls that are over: what they have left there is not in use any more
    collect_garbage()
    found = run_due_finalizers()
    collect_garbage()
    return Value.of_int(found + run_due_finalizers())


def is_tracked(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`gc.is_tracked(object)`: whether it may be part of a cycle."""
    value = stack[first]
    if not value.is_object() or isinstance(as_py_object(value), PyFunction):
        return Value.of_bool(value.is_object())
    kind = type_of(value)
    return Value.of_bool(kind not in NEVER or kind is types.LIST or kind is types.DICT)


def nothing(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return NONE


def enabled(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.TRUE


def no_objects(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """What the collector cannot tell: an empty list."""
    return list_of([])


def counts(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return tuple_of([Value.of_int(0), Value.of_int(0), Value.of_int(0)])


def no_flags(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(0)


CELL_FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("make", make_cell, 1, 1),
    PyBuiltin("get", get_target, 1, 1),
    PyBuiltin("references", references, 1, 1),
    PyBuiltin("watch", watch, 2, 2),
    PyBuiltin("is_possible", is_possible, 1, 1),
]
COLLECTOR_FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("collect", collect, 0, 1),
    PyBuiltin("enable", nothing, 0, 0),
    PyBuiltin("disable", nothing, 0, 0),
    PyBuiltin("freeze", nothing, 0, 0),
    PyBuiltin("unfreeze", nothing, 0, 0),
    PyBuiltin("isenabled", enabled, 0, 0),
    PyBuiltin("is_tracked", is_tracked, 1, 1),
    PyBuiltin("get_objects", no_objects, 0, 1),
    PyBuiltin("get_count", counts, 0, 0),
    PyBuiltin("get_threshold", counts, 0, 0),
    PyBuiltin("set_threshold", nothing, 1, 3),
    PyBuiltin("get_debug", no_flags, 0, 0),
    PyBuiltin("set_debug", nothing, 1, 1),
]


def make_weak_cells(session: Session) -> Value:
    """The module."""
    native_module(session, "_weak_cells", CELL_FUNCTIONS)
    return session.modules.get_named("_weak_cells")


def make_gc(session: Session) -> Value:
    """The module `gc`."""
    namespace = native_module(session, "gc", COLLECTOR_FUNCTIONS)
    namespace.set_named("garbage", list_of([]))
    namespace.set_named("callbacks", list_of([]))
    for name, number in (
        ("DEBUG_STATS", 1),
        ("DEBUG_COLLECTABLE", 2),
        ("DEBUG_UNCOLLECTABLE", 4),
        ("DEBUG_SAVEALL", 32),
    ):
        namespace.set_named(name, Value.of_int(number))
    return session.modules.get_named("gc")
