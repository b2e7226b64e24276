"""`sys`, as far as it is there."""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.conversions import required_text
from tracewright_python.dictionaries import PyDict
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, new_exception, value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.lists import NO_VALUES, list_of, tuple_of
from tracewright_python.modules.building import native_module
from tracewright_python.modules.streams import PyStream
from tracewright_python.session import Session
from tracewright_python.texts import PyStr, text_value
from tracewright_python.values import NONE


def leave(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.exit(code=None)`"""
    code = stack[first]
    arguments = NO_VALUES if code.same(Value.UNDEFINED) or code.same(NONE) else Array(1, code)
    raise Raised(new_exception(types.SYSTEM_EXIT, arguments))


def recursion_limit(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(session.recursion_limit)


def set_recursion_limit(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """Kept for those who ask for it; the stack is the limit."""
    number = stack[first]
    if not number.is_int() or number.as_int() < 1:
        raise value_error("recursion limit must be greater or equal than 1")
    session.recursion_limit = number.as_int()
    return NONE


def intern(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(session.intern(required_text(stack[first], "intern() argument")))


def exception_information(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.exc_info()`"""
    exception = as_exception(session.handled)
    if exception is None:
        return tuple_of([NONE, NONE, NONE])
    traceback = exception.traceback
    shown = NONE if traceback is None else Value.of_object(traceback)
    return tuple_of([Value.of_object(exception.type_of()), session.handled, shown])


def handled_exception(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.exception()`"""
    return session.handled


FUNCTIONS: list[PyBuiltin] = [
    PyBuiltin("exit", leave, 0, 1),
    PyBuiltin("getrecursionlimit", recursion_limit, 0, 0),
    PyBuiltin("setrecursionlimit", set_recursion_limit, 1, 1),
    PyBuiltin("intern", intern, 1, 1),
    PyBuiltin("exc_info", exception_information, 0, 0),
    PyBuiltin("exception", handled_exception, 0, 0),
]


def make_sys(session: Session) -> Value:
    """The module."""
    namespace = native_module(session, "sys", FUNCTIONS)
    namespace.set_named("argv", list_of([text_value(word) for word in session.arguments]))
    namespace.set_named("path", list_of([text_value(folder) for folder in session.path]))
    namespace.set_named("maxsize", Value.of_int((1 << 63) - 1))
    namespace.set_named("maxunicode", Value.of_int(0x10FFFF))
    namespace.set_named("version", text_value("3.11 (Tracewright)"))
    numbers = [Value.of_int(3), Value.of_int(11), Value.of_int(0), text_value("final"), Value.of_int(0)]
    namespace.set_named("version_info", tuple_of(numbers))
    namespace.set_named("platform", text_value("linux"))
    namespace.set_named("byteorder", text_value("little"))
    namespace.set_named("executable", text_value(""))
    for descriptor, name in ((0, "stdin"), (1, "stdout"), (2, "stderr")):
        namespace.set_named(name, Value.of_object(PyStream(descriptor)))
    modules = PyDict()
    for name, module in session.modules.items():
        modules.set_text(PyStr(name), module)
    namespace.set_named("modules", Value.of_object(modules))
    return session.modules["sys"]
