"""Methods of `str` that look for a part of a text: finding, counting, replacing, splitting."""

from __future__ import annotations

from tracewright.core.arrays import array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.builtins.text_arguments import (
    end_argument,
    int_argument,
    is_given,
    searched_text,
    text_argument,
    the_text,
)
from tracewright_python.builtins.text_methods import same_or_new
from tracewright_python.exceptions import type_error, value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.lists import as_tuple, list_of, tuple_of
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import type_name


def _found(session: Session, stack: VMStack, first: int, from_right: bool) -> int:
    """The place of `text.find(part, start, stop)` and its like, or -1."""
    text = the_text(stack[first])
    part = searched_text(stack[first + 1])
    start = end_argument(session, stack[first + 2], len(text), 0)
    stop = min(end_argument(session, stack[first + 3], len(text), len(text)), len(text))
    if start > stop:
        return -1
    return text.rfind(part, start, stop) if from_right else text.find(part, start, stop)


@dont_look_inside
def find(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(_found(session, stack, first, False))


@dont_look_inside
def rfind(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(_found(session, stack, first, True))


@dont_look_inside
def index(session: Session, stack: VMStack, first: int, count: int) -> Value:
    place = _found(session, stack, first, False)
    if place < 0:
        raise value_error("substring not found")
    return Value.of_int(place)


@dont_look_inside
def rindex(session: Session, stack: VMStack, first: int, count: int) -> Value:
    place = _found(session, stack, first, True)
    if place < 0:
        raise value_error("substring not found")
    return Value.of_int(place)


@dont_look_inside
def count_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = the_text(stack[first])
    part = searched_text(stack[first + 1])
    start = end_argument(session, stack[first + 2], len(text), 0)
    stop = min(end_argument(session, stack[first + 3], len(text), len(text)), len(text))
    return Value.of_int(text.count(part, start, stop) if start <= stop else 0)


def _stands_at(text: str, part: str, start: int, stop: int, at_end: bool) -> bool:
    """Whether a part stands at one end of a range."""
    if start > stop:
        return False
    return text.endswith(part, start, stop) if at_end else text.startswith(part, start, stop)


def _affixed(session: Session, stack: VMStack, first: int, method: str, at_end: bool) -> Value:
    """`startswith` and `endswith`."""
    text = the_text(stack[first])
    start = end_argument(session, stack[first + 2], len(text), 0)
    stop = min(end_argument(session, stack[first + 3], len(text), len(text)), len(text))
    several = as_tuple(stack[first + 1])
    if several is None:
        part = as_str(stack[first + 1])
        if part is None:
            name = type_name(stack[first + 1])
            raise type_error(f"{method} first arg must be str or a tuple of str, not {name}")
        return Value.of_bool(_stands_at(text, part.text(), start, stop, at_end))
    for item in several.items:
        part = as_str(item)
        if part is None:
            raise type_error(f"tuple for {method} must only contain str, not {type_name(item)}")
        if _stands_at(text, part.text(), start, stop, at_end):
            return Value.TRUE
    return Value.FALSE


@dont_look_inside
def startswith(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return _affixed(session, stack, first, "startswith", False)


@dont_look_inside
def endswith(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return _affixed(session, stack, first, "endswith", True)


@dont_look_inside
def replace(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`text.replace(old, new, count=-1)`"""
    text = the_text(stack[first])
    old = text_argument(stack[first + 1], "replace", "argument 1")
    new = text_argument(stack[first + 2], "replace", "argument 2")
    most = int_argument(session, stack[first + 3], -1)
    return same_or_new(stack[first], text.replace(old, new) if most < 0 else text.replace(old, new, most))


# --- parts ---


def _separator(value: Value) -> str | None:
    """What stands between the parts; None for blanks. Raises TypeError, ValueError."""
    if not is_given(value):
        return None
    found = as_str(value)
    if found is None:
        raise type_error(f"must be str or None, not {type_name(value)}")
    if found.length == 0:
        raise value_error("empty separator")
    return found.text()


@dont_look_inside
def split(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`text.split(sep=None, maxsplit=-1)`"""
    text = the_text(stack[first])
    separator = _separator(stack[first + 1])
    most = int_argument(session, stack[first + 2], -1)
    parts = text.split(None, most) if separator is None else text.split(separator, most)
    return list_of([text_value(part) for part in parts])


@dont_look_inside
def rsplit(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`text.rsplit(sep=None, maxsplit=-1)`"""
    text = the_text(stack[first])
    separator = _separator(stack[first + 1])
    most = int_argument(session, stack[first + 2], -1)
    parts = text.rsplit(None, most) if separator is None else text.rsplit(separator, most)
    return list_of([text_value(part) for part in parts])


def _checked_separator(value: Value) -> str:
    text = searched_text(value)
    if text == "":
        raise value_error("empty separator")
    return text


@dont_look_inside
def partition(session: Session, stack: VMStack, first: int, count: int) -> Value:
    before, separator, after = the_text(stack[first]).partition(_checked_separator(stack[first + 1]))
    return tuple_of([text_value(before), text_value(separator), text_value(after)])


@dont_look_inside
def rpartition(session: Session, stack: VMStack, first: int, count: int) -> Value:
    before, separator, after = the_text(stack[first]).rpartition(_checked_separator(stack[first + 1]))
    return tuple_of([text_value(before), text_value(separator), text_value(after)])


METHODS: list[PyBuiltin] = [
    PyBuiltin("find", find, 2, 4, types.STR),
    PyBuiltin("rfind", rfind, 2, 4, types.STR),
    PyBuiltin("index", index, 2, 4, types.STR),
    PyBuiltin("rindex", rindex, 2, 4, types.STR),
    PyBuiltin("count", count_of, 2, 4, types.STR),
    PyBuiltin("startswith", startswith, 2, 4, types.STR),
    PyBuiltin("endswith", endswith, 2, 4, types.STR),
    PyBuiltin("replace", replace, 3, 4, types.STR),
    PyBuiltin("split", split, 1, 3, types.STR, array_of(["sep", "maxsplit"])),
    PyBuiltin("rsplit", rsplit, 1, 3, types.STR, array_of(["sep", "maxsplit"])),
    PyBuiltin("partition", partition, 2, 2, types.STR),
    PyBuiltin("rpartition", rpartition, 2, 2, types.STR),
]
