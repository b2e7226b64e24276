"""Members of exceptions and tracebacks."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.conversions import required_text, values_of
from tracewright_python.display import repr_text, str_text
from tracewright_python.exception_fields import SYNTAX_FIELDS, UNICODE_FIELDS, unicode_error_text
from tracewright_python.exceptions import PyException, PyTraceback, as_exception, type_error
from tracewright_python.functions import PyBuiltin, PyGetSet
from tracewright_python.generators import stop_value
from tracewright_python.lists import PyTuple, as_list, list_of, tuple_of
from tracewright_python.objects import PyType, as_py_object
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_name


def the_exception(value: Value) -> PyException:
    """A value that is an exception."""
    found = as_exception(value)
    assert found is not None
    return found


def exception_str(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`BaseException.__str__`"""
    return text_value(shown_arguments(session, the_exception(stack[first])))


def shown_arguments(session: Session, exception: PyException) -> str:
    """What `str` shows of an exception's arguments."""
    items = exception.arguments.items
    if len(items) == 0:
        return ""
    if len(items) == 1:
        return str_text(session, items[0])
    return repr_text(session, Value.of_object(exception.arguments))


def key_error_str(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`KeyError.__str__`: the repr of the key."""
    exception = the_exception(stack[first])
    if len(exception.arguments.items) == 1:
        return text_value(repr_text(session, exception.arguments.items[0]))
    return text_value(shown_arguments(session, exception))


def os_error_str(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`OSError.__str__`"""
    exception = the_exception(stack[first])
    file, number, text = exception.get_named("filename"), exception.get_named("errno"), exception.get_named("strerror")
    if number.same(Value.UNDEFINED) or text.same(Value.UNDEFINED):
        return text_value(shown_arguments(session, exception))
    shown = f"[Errno {str_text(session, number)}] {str_text(session, text)}"
    if not file.same(Value.UNDEFINED) and not file.same(NONE):
        shown += f": {repr_text(session, file)}"
        other = exception.get_named("filename2")
        if not other.same(Value.UNDEFINED) and not other.same(NONE):
            shown += f" -> {repr_text(session, other)}"
    return text_value(shown)


def unicode_error_str(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`UnicodeDecodeError.__str__` and its like"""
    exception = the_exception(stack[first])
    text = unicode_error_text(exception)
    return text_value(text if text != "" else shown_arguments(session, exception))


def import_error_str(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`ImportError.__str__`"""
    exception = the_exception(stack[first])
    message = as_str(exception.get_named("msg"))
    return text_value(shown_arguments(session, exception) if message is None else message.text())


def syntax_error_str(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`SyntaxError.__str__`: the message with file and line."""
    exception = the_exception(stack[first])
    message = exception.get_named("msg")
    text = str_text(session, NONE if message.same(Value.UNDEFINED) else message)
    file, line = as_str(exception.get_named("filename")), exception.get_named("lineno")
    name = "" if file is None else file.text().rpartition("/")[2]
    if file is not None and line.is_int():
        return text_value(f"{text} ({name}, line {line.as_int()})")
    if file is not None:
        return text_value(f"{text} ({name})")
    return text_value(f"{text} (line {line.as_int()})" if line.is_int() else text)


def exception_repr(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`ValueError('x')`"""
    exception = the_exception(stack[first])
    items = exception.arguments.items
    name = exception.type_of().name
    if len(items) == 1:
        return text_value(f"{name}({repr_text(session, items[0])})")
    return text_value(f"{name}{repr_text(session, Value.of_object(exception.arguments))}")


def with_traceback(session: Session, stack: VMStack, first: int, count: int) -> Value:
    set_traceback(session, stack[first], stack[first + 1])
    return stack[first]


def add_note(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`exception.add_note(text)`"""
    exception = the_exception(stack[first])
    note = stack[first + 1]
    text = required_text(note, "note")
    notes = exception.get_named("__notes__")
    row = as_list(notes)
    if row is None:
        exception.set_named("__notes__", list_of([text_value(text)]))
    else:
        row.append(note)
    return NONE


def get_arguments(session: Session, value: Value) -> Value:
    return Value.of_object(the_exception(value).arguments)


def set_arguments(session: Session, value: Value, given: Value) -> None:
    known = tuple_of(values_of(session, given)).as_object()
    assert isinstance(known, PyTuple)
    the_exception(value).arguments = known


def get_traceback(session: Session, value: Value) -> Value:
    traceback = the_exception(value).traceback
    return NONE if traceback is None else Value.of_object(traceback)


def set_traceback(session: Session, value: Value, given: Value) -> None:
    thing = as_py_object(given)
    if given.same(NONE):
        the_exception(value).traceback = None
    elif isinstance(thing, PyTraceback):
        the_exception(value).traceback = thing
    else:
        raise type_error("__traceback__ must be a traceback or None")


def get_cause(session: Session, value: Value) -> Value:
    return the_exception(value).cause


def set_cause(session: Session, value: Value, given: Value) -> None:
    if not given.same(NONE) and as_exception(given) is None:
        raise type_error("exception cause must be None or derive from BaseException")
    the_exception(value).cause = given
    the_exception(value).suppresses_context = True


def get_context(session: Session, value: Value) -> Value:
    return the_exception(value).context


def set_context(session: Session, value: Value, given: Value) -> None:
    if not given.same(NONE) and as_exception(given) is None:
        raise type_error("exception context must be None or derive from BaseException")
    the_exception(value).context = given


def get_suppression(session: Session, value: Value) -> Value:
    return Value.of_bool(the_exception(value).suppresses_context)


def set_suppression(session: Session, value: Value, given: Value) -> None:
    if not given.is_bool():
        raise type_error(f"attribute value type must be bool, not {type_name(given)}")
    the_exception(value).suppresses_context = given.as_bool()


def get_stop_value(session: Session, value: Value) -> Value:
    """`StopIteration.value`"""
    return stop_value(the_exception(value))


def get_exit_code(session: Session, value: Value) -> Value:
    """`SystemExit.code`"""
    exception = the_exception(value)
    items = exception.arguments.items
    return NONE if len(items) == 0 else items[0] if len(items) == 1 else Value.of_object(exception.arguments)


def get_line(session: Session, value: Value) -> Value:
    """`traceback.tb_lineno`"""
    thing = as_py_object(value)
    assert isinstance(thing, PyTraceback)
    return Value.of_int(thing.code.line_at(thing.pc))


BASE = types.BASE_EXCEPTION
NO_VALUES_YET: list[tuple[PyType, list[str]]] = [
    (types.OS_ERROR, ["errno", "strerror", "filename", "filename2"]),
    (types.IMPORT_ERROR, ["msg", "name", "path"]),
    (types.NAME_ERROR, ["name"]),
    (types.ATTRIBUTE_ERROR, ["name", "obj"]),
    (types.SYNTAX_ERROR, ["msg", *SYNTAX_FIELDS, "print_file_and_line"]),
    *[
        (kind, UNICODE_FIELDS)
        for kind in (types.UNICODE_ENCODE_ERROR, types.UNICODE_DECODE_ERROR, types.UNICODE_TRANSLATE_ERROR)
    ],
]
"""Attributes that are None until something sets them: members of the class."""
METHODS: list[PyBuiltin] = [
    PyBuiltin("__str__", exception_str, 1, 1, BASE),
    PyBuiltin("__repr__", exception_repr, 1, 1, BASE),
    PyBuiltin("with_traceback", with_traceback, 2, 2, BASE),
    PyBuiltin("add_note", add_note, 2, 2, BASE),
    PyBuiltin("__str__", key_error_str, 1, 1, types.KEY_ERROR),
    PyBuiltin("__str__", os_error_str, 1, 1, types.OS_ERROR),
    PyBuiltin("__str__", import_error_str, 1, 1, types.IMPORT_ERROR),
    PyBuiltin("__str__", syntax_error_str, 1, 1, types.SYNTAX_ERROR),
    *[
        PyBuiltin("__str__", unicode_error_str, 1, 1, kind)
        for kind in (types.UNICODE_ENCODE_ERROR, types.UNICODE_DECODE_ERROR, types.UNICODE_TRANSLATE_ERROR)
    ],
]
ATTRIBUTES: list[PyGetSet] = [
    PyGetSet("args", BASE, get_arguments, set_arguments),
    PyGetSet("__traceback__", BASE, get_traceback, set_traceback),
    PyGetSet("__cause__", BASE, get_cause, set_cause),
    PyGetSet("__context__", BASE, get_context, set_context),
    PyGetSet("__suppress_context__", BASE, get_suppression, set_suppression),
    PyGetSet("value", types.STOP_ITERATION, get_stop_value, None),
    PyGetSet("code", types.SYSTEM_EXIT, get_exit_code, None),
    PyGetSet("tb_lineno", types.TRACEBACK, get_line, None),
]
