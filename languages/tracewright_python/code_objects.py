"""Code and frames as objects of the program: `function.__code__`, `compile(...)`, `sys._getframe()`, `traceback.tb_frame`.

A frame is a picture of the moment at which it was asked for: the places where the frames around it go on are noted then. Its variables
are those of the running frame as long as that runs.
"""

from __future__ import annotations

from typing import final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.frames import CALLER_CODE, LINK_SLOTS, base_delta, return_pc
from tracewright.guest.suspended import SuspendedFrame
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_python import builtin_types as types
from tracewright_python.bytecode import CALLEE, FIRST, Code
from tracewright_python.dictionaries import PyDict
from tracewright_python.dictionary_views import NamespaceDict
from tracewright_python.functions import Cell, PyFunction
from tracewright_python.objects import PyObject, PyType
from tracewright_python.session import Session
from tracewright_python.syntax_statements import Root
from tracewright_python.texts import PyStr

NO_BASE = -1


@final
@immutable_fields("code", "source", "file", "mode", "tree", "name", "first_line")
class PyCode(PyObject):
    """The code of a function; or what `compile` gives, a text or a tree that is compiled for the namespace in which it will run."""

    def __init__(
        self,
        code: Code | None,
        source: str,
        file: str,
        mode: str,
        tree: Root | None = None,
        name: str = "<module>",
        first_line: int = 1,
    ) -> None:
        self.code = code
        self.source = source
        self.file = file
        self.mode = mode
        self.tree = tree
        self.name = name  # that `replace` has given it, of a text
        self.first_line = first_line
        self.was_compiled = False  # a text whose warnings have been given

    def type_of(self) -> PyType:
        return types.CODE


@dont_look_inside
def code_object(code: Code) -> Value:
    """The one object for a code."""
    if not code.shown.is_object():
        code.shown = Value.of_object(PyCode(code, "", code.file, "exec"))
    return code.shown


@final
@immutable_fields("code", "pc", "base", "back")
class PyFrame(PyObject):
    """A frame: where it was in its code, and the frame that had called it. `base` is its place on the stack, or NO_BASE."""

    def __init__(
        self,
        code: Code,
        pc: int,
        base: int,
        function: PyFunction | None,
        back: PyFrame | None,
        suspended: SuspendedFrame | None = None,
    ) -> None:
        self.code = code
        self.pc = pc
        self.base = base
        self.function = function
        self.back = back
        self.suspended = suspended  # of a generator that waits: where its variables are
        self.variables: Value = Value.UNDEFINED  # once somebody has asked for them

    def type_of(self) -> PyType:
        return types.FRAME


@dont_look_inside
def frame_at(session: Session, base: int, pc: int) -> PyFrame:
    """The frame that runs at a place of the stack, with those that have called it."""
    stack = session.stack
    function = unsafe_cast(PyFunction, stack[base + CALLEE].as_object())
    caller = stack[base + CALLER_CODE]
    back: PyFrame | None = None
    if caller.is_object() and isinstance(caller.as_object(), Code):
        back = frame_at(session, base - base_delta(stack, base), return_pc(stack, base))
    return PyFrame(function.code, max(pc - 1, 0), base, function, back)


def depth_of(session: Session) -> int:
    """How many frames of the program there are, up to the last built-in function that has called one."""
    stack, base, count = session.stack, session.caller_base, 1
    while True:
        caller = stack[base + CALLER_CODE]
        if not caller.is_object() or not isinstance(caller.as_object(), Code):
            return count
        base -= base_delta(stack, base)
        count += 1


@dont_look_inside
def frame_variables(session: Session, frame: PyFrame) -> Value:
    """Its variables: of a module its namespace, else a dict of what is bound now."""
    if frame.code.name == "<module>":
        return Value.of_object(NamespaceDict(frame.code.namespace))
    if not frame.variables.same(Value.UNDEFINED):
        return frame.variables
    suspended = frame.suspended
    if suspended is not None:
        return Value.of_object(suspended_variables(frame.code, suspended))
    stack, base, function = session.stack, frame.base, frame.function
    if base == NO_BASE or function is None or base + FIRST + len(frame.code.variables) > stack.top:
        return Value.of_object(PyDict())
    if not stack[base + CALLEE].same(Value.of_object(function)):
        return Value.of_object(PyDict())
    if frame.code.variables_are_a_namespace:
        return stack[base + FIRST]
    result = variables_at(session, base, function)
    frame.variables = Value.of_object(result)
    return frame.variables


def suspended_variables(code: Code, suspended: SuspendedFrame) -> PyDict:
    """The variables of a generator that waits; none once it has ended."""
    result = PyDict()
    function = suspended.slots[CALLEE - LINK_SLOTS]
    if not function.is_object():
        return result
    for k in range(len(code.variables)):
        put_variable(result, code.variables[k], suspended.slots[FIRST - LINK_SLOTS + k])
    captured = unsafe_cast(PyFunction, function.as_object()).captured
    for k in range(len(captured)):
        put_variable(result, code.free_names[k], captured[k])
    return result


def variables_at(session: Session, base: int, function: PyFunction) -> PyDict:
    """The variables of the function that runs at a place of the stack, as a new dict."""
    result = PyDict()
    names = function.code.variables
    for k in range(len(names)):
        put_variable(result, names[k], session.stack[base + FIRST + k])
    for k in range(len(function.captured)):
        put_variable(result, function.code.free_names[k], function.captured[k])
    return result


def put_variable(target: PyDict, name: str, value: Value) -> None:
    """One variable, which may live in a cell, if it is bound."""
    if value.is_object():
        cell = value.as_object()
        if isinstance(cell, Cell):
            value = cell.value
    if not value.same(Value.UNDEFINED) and not name.startswith("."):
        target.set_text(PyStr(name), value)
