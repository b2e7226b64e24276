"""Exception groups: `ExceptionGroup`, how they are split, and what `except*` does with them.

try: raise ExceptionGroup("both", [ValueError(1), TypeError(2)])
except* ValueError as e: ...             e is ExceptionGroup("both", [ValueError(1)]); the rest is asked by the next handler, and goes on
"""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside
from tracewright.lib.array_tools import array_from
from tracewright_python import builtin_types as types
from tracewright_python.calls import call
from tracewright_python.conversions import truth
from tracewright_python.errors import Raised
from tracewright_python.exceptions import PyException, as_exception, type_error
from tracewright_python.handlers import matches
from tracewright_python.lists import PyList, PyTuple, as_list, as_tuple, list_of, tuple_of
from tracewright_python.objects import as_type
from tracewright_python.session import Session
from tracewright_python.texts import text_value
from tracewright_python.values import NONE, type_name


@final
class PyExceptionGroup(PyException):
    """An exception that stands for several. `arguments` are a message and a sequence, as given."""

    def __init__(self, shape: Shape, message: Value, exceptions: Array[Value], given: Array[Value]) -> None:
        super().__init__(shape, given)
        self.message = message
        self.exceptions: PyTuple = PyTuple(exceptions)


def as_group(value: Value) -> PyExceptionGroup | None:
    """The exception group, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyExceptionGroup):
            return thing
    return None


def new_group(message: str, exceptions: list[Value]) -> Value:
    """A group without a class of its own: an ExceptionGroup where it can be one."""
    kind = types.EXCEPTION_GROUP
    for value in exceptions:
        if not _is_plain(value):
            kind = types.BASE_EXCEPTION_GROUP
    given: Array[Value] = Array(2, text_value(message))
    given[1] = tuple_of(exceptions)
    return Value.of_object(PyExceptionGroup(kind.roots.current, given[0], array_from(exceptions, NONE), given))


def _is_plain(value: Value) -> bool:
    exception = as_exception(value)
    return exception is not None and exception.type_of().derives_from(types.EXCEPTION)


# --- splitting ---


class Condition:
    """Which exceptions are wanted."""

    def accepts(self, session: Session, value: Value) -> bool:
        """Whether this one is."""
        raise NotImplementedError("accepts")


@final
class ByClass(Condition):
    """Those of a class, or of one of those in a tuple."""

    def __init__(self, wanted: Value) -> None:
        self.wanted = wanted

    def accepts(self, session: Session, value: Value) -> bool:
        return matches(value, self.wanted)


@final
class ByFunction(Condition):
    """Those for which a function of the program says so."""

    def __init__(self, function: Value) -> None:
        self.function = function

    def accepts(self, session: Session, value: Value) -> bool:
        return truth(session, call(session, self.function, [value]))


@final
class ByIdentity(Condition):
    """Those that are among these."""

    def __init__(self, wanted: list[Value]) -> None:
        self.wanted = wanted

    def accepts(self, session: Session, value: Value) -> bool:
        for known in self.wanted:
            if known.same(value):
                return True
        return False


def condition_of(value: Value) -> Condition:
    """What `split` and `subgroup` are given. Raises TypeError."""
    if _is_class_of_exceptions(value):
        return ByClass(value)
    several = as_tuple(value)
    if several is not None:
        for one in several.items:
            if not _is_class_of_exceptions(one):
                raise _bad_condition()
        return ByClass(value)
    if type_name(value) not in ("function", "builtin_function_or_method", "method"):
        raise _bad_condition()
    return ByFunction(value)


def _is_class_of_exceptions(value: Value) -> bool:
    kind = as_type(value)
    return kind is not None and kind.derives_from(types.BASE_EXCEPTION)


def _bad_condition() -> Raised:
    return type_error("expected a function, exception type or tuple of exception types")


@final
class Parts:
    """What a condition accepts of an exception, and what it does not; None where there is nothing."""

    def __init__(self, accepted: Value, rest: Value) -> None:
        self.accepted = accepted
        self.rest = rest


@dont_look_inside
def split(session: Session, value: Value, condition: Condition) -> Parts:
    """Two groups of the same form, of the exceptions in a group, or of a single exception."""
    if condition.accepts(session, value):
        return Parts(value, NONE)
    group = as_group(value)
    if group is None:
        return Parts(NONE, value)
    accepted: list[Value] = []
    rest: list[Value] = []
    for inner in group.exceptions.items:
        parts = split(session, inner, condition)
        if not parts.accepted.same(NONE):
            accepted.append(parts.accepted)
        if not parts.rest.same(NONE):
            rest.append(parts.rest)
    return Parts(_derived(session, group, accepted), _derived(session, group, rest))


def _derived(session: Session, group: PyExceptionGroup, exceptions: list[Value]) -> Value:
    """A group as another one with some of its exceptions, or None if there are none."""
    if len(exceptions) == 0:
        return NONE
    maker = session.get_attribute(session, Value.of_object(group), "derive")
    made = call(session, maker, [list_of(exceptions)])
    result = as_group(made)
    if result is None:
        raise type_error("derive must return an instance of BaseExceptionGroup")
    result.traceback = group.traceback
    result.context = group.context
    result.cause = group.cause
    result.suppresses_context = group.suppresses_context
    notes = as_list(group.get_named("__notes__"))
    if notes is not None:
        result.set_named("__notes__", list_of(notes.values()))
    return made


# --- except* ---


@dont_look_inside
def match_group(session: Session, stack: VMStack, slot: int, value: Value, wanted: Value) -> None:
    """What a handler of `except* wanted` gets, as a group, or UNDEFINED, into a slot; behind it what is left, or None. Raises TypeError."""
    _check_caught(wanted)
    stack[slot] = Value.UNDEFINED
    stack[slot + 1] = value
    if value.same(NONE):
        return
    parts = split(session, value, ByClass(wanted))
    if not parts.accepted.same(NONE):
        is_group = as_group(parts.accepted) is not None
        stack[slot] = parts.accepted if is_group else new_group("", [parts.accepted])
    stack[slot + 1] = parts.rest


def _check_caught(wanted: Value) -> None:
    several = as_tuple(wanted)
    kinds = [wanted] if several is None else [one for one in several.items]
    for one in kinds:
        kind = as_type(one)
        if kind is None or not kind.derives_from(types.BASE_EXCEPTION):
            raise type_error("catching classes that do not inherit from BaseException is not allowed")
        if kind.derives_from(types.BASE_EXCEPTION_GROUP):
            raise type_error("catching ExceptionGroup with except* is not allowed. Use except instead.")


@dont_look_inside
def group_result(session: Session, original: Value, outcomes: PyList) -> Value:
    """What is raised behind the handlers of `except*`: `outcomes` are what they raised and then what none of them took (or None).

    Parts of the original exception that go on are one group of its form; new exceptions come before it. UNDEFINED: there is nothing left.
    """
    raised: list[Value] = []
    kept: list[Value] = []
    for value in outcomes.values():
        if value.same(NONE):
            continue
        if as_group(original) is None or not _is_part(value, original):
            raised.append(value)
        else:
            _add_leaves(value, kept)
    if len(kept) > 0:
        parts = split(session, original, ByIdentity(kept))
        if len(raised) == 0:
            return parts.accepted
        raised.append(parts.accepted)
    if len(raised) == 0:
        return Value.UNDEFINED
    return raised[0] if len(raised) == 1 else new_group("", raised)


def _is_part(value: Value, original: Value) -> bool:
    """Whether an exception is a part of a group: it shares what a part is given."""
    part, whole = as_group(value), as_exception(original)
    return (
        part is not None
        and whole is not None
        and part.traceback is whole.traceback
        and part.context.same(whole.context)
        and part.cause.same(whole.cause)
    )


def _add_leaves(value: Value, leaves: list[Value]) -> None:
    group = as_group(value)
    if group is None:
        leaves.append(value)
        return
    for inner in group.exceptions.items:
        _add_leaves(inner, leaves)
