"""Members of exception groups."""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.array_tools import array_from
from tracewright_python import builtin_types as types
from tracewright_python.conversions import values_of
from tracewright_python.display import str_text
from tracewright_python.exception_groups import PyExceptionGroup, as_group, condition_of, split
from tracewright_python.exceptions import as_exception, type_error, value_error
from tracewright_python.functions import PyBuiltin, PyClassMethod, PyGetSet
from tracewright_python.lists import as_list, as_tuple, tuple_of
from tracewright_python.objects import PyType, as_type
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_name

GROUP = types.BASE_EXCEPTION_GROUP


def the_group(value: Value) -> PyExceptionGroup:
    """A value that is an exception group."""
    found = as_group(value)
    assert found is not None
    return found


def new_group_object(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`BaseExceptionGroup.__new__(cls, message, exceptions)`: an ExceptionGroup where all of them are Exceptions."""
    if count != 3:
        raise type_error(f"BaseExceptionGroup.__new__() takes exactly 2 arguments ({count - 1} given)")
    kind = as_type(stack[first])
    assert kind is not None
    message = stack[first + 1]
    if as_str(message) is None:
        raise type_error(f"BaseExceptionGroup.__new__() argument 1 must be str, not {type_name(message)}")
    given = stack[first + 2]
    if as_list(given) is None and as_tuple(given) is None:
        raise type_error("second argument (exceptions) must be a sequence")
    exceptions = values_of(session, given)
    if len(exceptions) == 0:
        raise value_error("second argument (exceptions) must be a non-empty sequence")
    all_plain = True
    for k in range(len(exceptions)):
        exception = as_exception(exceptions[k])
        if exception is None:
            raise value_error(f"Item {k} of second argument (exceptions) is not an exception")
        all_plain = all_plain and exception.type_of().derives_from(types.EXCEPTION)
    arguments: Array[Value] = Array(2, message)
    arguments[1] = given
    kind = checked_class(kind, all_plain)
    return Value.of_object(PyExceptionGroup(kind.roots.current, message, array_from(exceptions, NONE), arguments))


def checked_class(kind: PyType, all_plain: bool) -> PyType:
    """The class of a new group. Raises TypeError where it cannot hold what is no Exception."""
    if kind is GROUP:
        return types.EXCEPTION_GROUP if all_plain else GROUP
    if not all_plain and kind is types.EXCEPTION_GROUP:
        raise type_error("Cannot nest BaseExceptions in an ExceptionGroup")
    if not all_plain and kind.derives_from(types.EXCEPTION):
        raise type_error(f"Cannot nest BaseExceptions in '{kind.name}'")
    return kind


def group_str(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`BaseExceptionGroup.__str__`"""
    group = the_group(stack[first])
    number = len(group.exceptions.items)
    return text_value(f"{str_text(session, group.message)} ({number} sub-exception{'s' if number > 1 else ''})")


def derive(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`group.derive(exceptions)`"""
    stack[first + 2] = stack[first + 1]
    stack[first + 1] = the_group(stack[first]).message
    stack[first] = Value.of_object(GROUP)
    return new_group_object(session, stack, first, 3)


def split_group(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`group.split(condition)`"""
    parts = split(session, stack[first], condition_of(stack[first + 1]))
    return tuple_of([parts.accepted, parts.rest])


def subgroup(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`group.subgroup(condition)`"""
    return split(session, stack[first], condition_of(stack[first + 1])).accepted


def itself(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`BaseExceptionGroup[...]`, in annotations."""
    return stack[first]


def get_message(session: Session, value: Value) -> Value:
    return the_group(value).message


def get_exceptions(session: Session, value: Value) -> Value:
    return Value.of_object(the_group(value).exceptions)


CONSTRUCTOR: PyBuiltin = PyBuiltin("__new__", new_group_object, 1, -1)
METHODS: list[PyBuiltin] = [
    PyBuiltin("__str__", group_str, 1, 1, GROUP),
    PyBuiltin("derive", derive, 2, 3, GROUP),
    PyBuiltin("split", split_group, 2, 2, GROUP),
    PyBuiltin("subgroup", subgroup, 2, 2, GROUP),
]
ATTRIBUTES: list[PyGetSet] = [
    PyGetSet("message", GROUP, get_message, None),
    PyGetSet("exceptions", GROUP, get_exceptions, None),
]
OTHER_MEMBERS: list[tuple[PyType, str, Value]] = [
    (
        GROUP,
        "__class_getitem__",
        Value.of_object(PyClassMethod(Value.of_object(PyBuiltin("__class_getitem__", itself, 2, 2)))),
    )
]
