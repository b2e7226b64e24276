"""The end of objects: `__del__`, callbacks of weak references, and exceptions that nobody can catch because nobody has called.

An object with `__del__` gets a finalizer of the collector when it is made. Those whose objects have died run where the next such object
is made, at `gc.collect()`, and at the end of the program: never between two instructions that have nothing to do with it.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.weak import Finalizer, attach_finalizer, collect_garbage, run_due_finalizers
from tracewright.hints import dont_look_inside
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception
from tracewright_python.namespaces import Namespace
from tracewright_python.objects import PyObject, PyType, as_py_object, special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.struct_sequences import StructKind, struct_of
from tracewright_python.values import NONE, type_of

UNRAISABLE: Final = StructKind(
    "sys.UnraisableHookArgs", ["exc_type", "exc_value", "exc_traceback", "err_msg", "object"], 5
)
ROUNDS: Final = 8
"""How often the end of a program looks again for objects that have died because others did."""


@final
class CallDel(Finalizer):
    """Calls `__del__` of an object that has died."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def run(self, target: object) -> None:
        assert isinstance(target, PyObject)
        session = self.session
        value = Value.of_object(target)
        method = special(type_of(value), Special.DEL)
        if method.same(Value.UNDEFINED):
            return
        handled = session.handled
        session.handled = NONE
        try:
            session.call(session, method, [value])
        except Raised as raised:
            report_ignored(session, raised, method)
        finally:
            session.handled = handled


@dont_look_inside
def watch_end(session: Session, value: Value) -> None:
    """A new object has `__del__`; those of others that have died meanwhile are called."""
    thing = as_py_object(value)
    if thing is not None:
        session.has_finalizers = True
        attach_finalizer(thing, CallDel(session))
        run_due_finalizers()


@dont_look_inside
def report_ignored(session: Session, raised: Raised, thing: Value) -> None:
    """Tell `sys.unraisablehook` of an exception, and in what it was raised."""
    exception = as_exception(raised.value)
    assert exception is not None
    traceback = exception.traceback
    parts: Array[Value] = Array(5, NONE)
    parts[0] = Value.of_object(exception.type_of())
    parts[1] = raised.value
    parts[2] = NONE if traceback is None else Value.of_object(traceback)
    parts[4] = thing
    system = session.modules.get_named("sys")
    if system.same(Value.UNDEFINED):
        system = session.native_modules["sys"](session)
    try:
        hook = session.get_attribute(session, system, "unraisablehook")
        session.call(session, hook, [struct_of(UNRAISABLE, list(parts))])
    except Raised:
        pass  # the hook is the last who could tell


def finalize_program(session: Session, namespace: Namespace) -> None:
    """At the end of a program its variables go, and with them what they lead to: first the objects of the program's own classes, while
    what their `__del__` may want (modules, functions, classes, tables) is still there, then everything."""
    if not session.has_finalizers:
        return
    stack = session.stack
    for slot in range(stack.top):
        stack[slot] = Value.UNDEFINED
    for everything in (False, True):
        for name in namespace.all_names():
            if not name.startswith("__") and (everything or is_own_object(namespace.get_named(name))):
                namespace.set_named(name, NONE)
        for _ in range(ROUNDS):
            collect_garbage()
            if run_due_finalizers() == 0:
                break


def is_own_object(value: Value) -> bool:
    """Whether the value is an object, but no class, of a class that a program has defined."""
    thing = as_py_object(value)
    return thing is not None and not isinstance(thing, PyType) and not thing.type_of().is_builtin
