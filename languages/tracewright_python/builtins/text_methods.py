"""Methods of `str` that change a text or tell what it consists of; `text_search.py` has those that look for something."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright.core.text import StrBuffer, code_at, width_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.array_tools import array_from
from tracewright_python import builtin_types as types
from tracewright_python.builtins.text_arguments import (
    fill_argument,
    int_argument,
    is_given,
    text_argument,
    the_text,
)
from tracewright_python.conversions import truth, values_of
from tracewright_python.dictionaries import PyDict, as_dict
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, type_error, value_error
from tracewright_python.formatting import format_fields
from tracewright_python.functions import MANY_ARGUMENTS, PyBuiltin
from tracewright_python.identifiers import is_name
from tracewright_python.lists import as_list, as_tuple, list_of
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_name, type_of

_LAST_NUMERIC: Final = 0x32400


def _numeric_boundaries() -> list[int]:
    """Where characters that stand for numbers begin and end, by turns."""
    places: list[int] = []
    for code in range(_LAST_NUMERIC):
        if chr(code).isnumeric() != (len(places) % 2 == 1):
            places.append(code)
    return places


NUMERIC_BOUNDARIES: Final = array_of(_numeric_boundaries())


def same_or_new(value: Value, text: str) -> Value:
    """A text as a Value; the given one where nothing has changed and it is a plain `str`."""
    if type_of(value).is_builtin and the_text(value) == text:
        return value
    return text_value(text)


# --- case ---


@dont_look_inside
def lower(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(the_text(stack[first]).lower())


@dont_look_inside
def upper(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(the_text(stack[first]).upper())


@dont_look_inside
def capitalize(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(the_text(stack[first]).capitalize())


@dont_look_inside
def title(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(the_text(stack[first]).title())


@dont_look_inside
def swapcase(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(the_text(stack[first]).swapcase())


@dont_look_inside
def casefold(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(the_text(stack[first]).casefold())


# --- what a text consists of ---


def isalnum(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_text(stack[first]).isalnum())


def isalpha(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_text(stack[first]).isalpha())


def isascii(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_text(stack[first]).isascii())


def isdecimal(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_text(stack[first]).isdecimal())


def isdigit(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_text(stack[first]).isdigit())


def islower(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_text(stack[first]).islower())


def isupper(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_text(stack[first]).isupper())


def istitle(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_text(stack[first]).istitle())


def isspace(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_text(stack[first]).isspace())


def isprintable(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_text(stack[first]).isprintable())


@dont_look_inside
def isnumeric(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = the_text(stack[first])
    for index in range(len(text)):
        if not is_numeric(code_at(text, index)):
            return Value.FALSE
    return Value.of_bool(text != "")


def is_numeric(code: int) -> bool:
    """Whether a character stands for a number, as fractions and ideographs of numbers do."""
    low = 0
    high = len(NUMERIC_BOUNDARIES)
    while low < high:
        middle = (low + high) >> 1
        if NUMERIC_BOUNDARIES[middle] <= code:
            low = middle + 1
        else:
            high = middle
    return low % 2 == 1


@dont_look_inside
def isidentifier(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(is_name(the_text(stack[first])))


# --- blanks and widths ---


def _stripped_characters(value: Value, method: str) -> str | None:
    """What is taken off; None for blanks. Raises TypeError."""
    if not is_given(value):
        return None
    found = as_str(value)
    if found is None:
        raise type_error(f"{method} arg must be None or str")
    return found.text()


@dont_look_inside
def strip(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = the_text(stack[first])
    characters = _stripped_characters(stack[first + 1], "strip")
    return same_or_new(stack[first], text.strip() if characters is None else text.strip(characters))


@dont_look_inside
def lstrip(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = the_text(stack[first])
    characters = _stripped_characters(stack[first + 1], "lstrip")
    return same_or_new(stack[first], text.lstrip() if characters is None else text.lstrip(characters))


@dont_look_inside
def rstrip(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = the_text(stack[first])
    characters = _stripped_characters(stack[first + 1], "rstrip")
    return same_or_new(stack[first], text.rstrip() if characters is None else text.rstrip(characters))


@dont_look_inside
def center(session: Session, stack: VMStack, first: int, count: int) -> Value:
    width = int_argument(session, stack[first + 1], 0)
    return text_value(the_text(stack[first]).center(width, fill_argument(stack[first + 2])))


@dont_look_inside
def ljust(session: Session, stack: VMStack, first: int, count: int) -> Value:
    width = int_argument(session, stack[first + 1], 0)
    return text_value(the_text(stack[first]).ljust(width, fill_argument(stack[first + 2])))


@dont_look_inside
def rjust(session: Session, stack: VMStack, first: int, count: int) -> Value:
    width = int_argument(session, stack[first + 1], 0)
    return text_value(the_text(stack[first]).rjust(width, fill_argument(stack[first + 2])))


@dont_look_inside
def zfill(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(the_text(stack[first]).zfill(int_argument(session, stack[first + 1], 0)))


@dont_look_inside
def expandtabs(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(the_text(stack[first]).expandtabs(int_argument(session, stack[first + 1], 8)))


# --- parts ---


@dont_look_inside
def join(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`separator.join(iterable)`"""
    row = as_list(stack[first + 1])
    if row is not None and type_of(stack[first + 1]).is_builtin:
        return _joined(stack[first], row.values_now(), row.count)
    several = as_tuple(stack[first + 1])
    if several is not None and type_of(stack[first + 1]).is_builtin:
        return _joined(stack[first], several.items, len(several.items))
    try:
        values = values_of(session, stack[first + 1])
    except Raised as raised:
        exception = as_exception(raised.value)
        if (
            exception is not None
            and exception.type_of() is types.TYPE_ERROR
            and not _is_iterable(session, stack[first + 1])
        ):
            raise type_error("can only join an iterable")
        raise
    return _joined(stack[first], array_from(values, Value.UNDEFINED), len(values))


def _joined(separator: Value, values: Array[Value], count: int) -> Value:
    """The first values of a row as one text, with a text between. Raises TypeError."""
    between = the_text(separator)
    width = width_of(between)
    length = len(between) * (count - 1)
    for index in range(count):
        part = as_str(values[index])
        if part is None:
            raise type_error(f"sequence item {index}: expected str instance, {type_name(values[index])} found")
        text = part.text()
        length += len(text)
        width = max(width, width_of(text))
    if count == 0:
        return text_value("")
    if count == 1:
        return values[0] if type_of(values[0]).is_builtin else text_value(the_text(values[0]))
    buffer = StrBuffer(width, length)
    place = 0
    for index in range(count):
        if index > 0:
            buffer.put_range(place, between, 0, len(between))
            place += len(between)
        text = the_text(values[index])
        buffer.put_range(place, text, 0, len(text))
        place += len(text)
    return text_value(buffer.finish())


def _is_iterable(session: Session, value: Value) -> bool:
    return not session.find_attribute(session, value, "__iter__").same(Value.UNDEFINED)


@dont_look_inside
def splitlines(session: Session, stack: VMStack, first: int, count: int) -> Value:
    keeps = not stack[first + 1].same(Value.UNDEFINED) and truth(session, stack[first + 1])
    return list_of([text_value(line) for line in the_text(stack[first]).splitlines(keeps)])


@dont_look_inside
def removeprefix(session: Session, stack: VMStack, first: int, count: int) -> Value:
    prefix = text_argument(stack[first + 1], "removeprefix", "argument")
    return same_or_new(stack[first], the_text(stack[first]).removeprefix(prefix))


@dont_look_inside
def removesuffix(session: Session, stack: VMStack, first: int, count: int) -> Value:
    suffix = text_argument(stack[first + 1], "removesuffix", "argument")
    return same_or_new(stack[first], the_text(stack[first]).removesuffix(suffix))


# --- fields and tables ---


@dont_look_inside
def format_method(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`template.format(*positional, **named)`; the names are in a dict behind the arguments."""
    positional = [stack[first + 1 + index] for index in range(count - 1)]
    return text_value(format_fields(session, the_text(stack[first]), positional, as_dict(stack[first + count])))


@dont_look_inside
def format_map(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`template.format_map(mapping)`"""
    mapping = as_dict(stack[first + 1])
    if mapping is None:
        raise type_error("format_map() argument must be a dict here")
    return text_value(format_fields(session, the_text(stack[first]), [], mapping))


@dont_look_inside
def translate(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`text.translate(table)`: what the table has for each character's code; None takes it out."""
    text = the_text(stack[first])
    table = stack[first + 1]
    known = as_dict(table)
    parts: list[str] = []
    for index in range(len(text)):
        code = code_at(text, index)
        found = _translated(session, table, known, code)
        if found.same(Value.UNDEFINED):
            parts.append(text[index])
        elif found.is_int():
            if not 0 <= found.as_int() <= 0x10FFFF:
                raise value_error("character mapping must be in range(0x110000)")
            parts.append(chr(found.as_int()))
        elif not found.same(NONE):
            replacement = as_str(found)
            if replacement is None:
                raise type_error("character mapping must return integer, None or str")
            parts.append(replacement.text())
    return text_value("".join(parts))


def _translated(session: Session, table: Value, known: PyDict | None, code: int) -> Value:
    if known is not None and type_of(table).is_builtin:
        return known.get(session, Value.of_int(code))
    try:
        return session.call(session, session.get_attribute(session, table, "__getitem__"), [Value.of_int(code)])
    except Raised as raised:
        exception = as_exception(raised.value)
        if exception is not None and exception.type_of().derives_from(types.LOOKUP_ERROR):
            return Value.UNDEFINED
        raise


@dont_look_inside
def maketrans(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`str.maketrans(x[, y[, z]])`: a table for `translate`."""
    result = PyDict()
    if stack[first + 1].same(Value.UNDEFINED):
        _table_from_dict(session, result, stack[first])
        return Value.of_object(result)
    keys = text_argument(stack[first], "maketrans", "first argument") if as_str(stack[first]) is not None else None
    if keys is None:
        raise type_error("first maketrans argument must be a string if there is a second argument")
    values = text_argument(stack[first + 1], "maketrans", "argument 2")
    if len(keys) != len(values):
        raise value_error("the first two maketrans arguments must have equal length")
    for index in range(len(keys)):
        result.set(session, Value.of_int(code_at(keys, index)), Value.of_int(code_at(values, index)))
    if not stack[first + 2].same(Value.UNDEFINED):
        for character in text_argument(stack[first + 2], "maketrans", "argument 3"):
            result.set(session, Value.of_int(ord(character)), NONE)
    return Value.of_object(result)


def _table_from_dict(session: Session, result: PyDict, given: Value) -> None:
    source = as_dict(given)
    if source is None:
        raise type_error("if you give only one argument to maketrans it must be a dict")
    source.length()
    place = source.next_place(0)
    while place >= 0:
        key = source.keys[place]
        text = as_str(key)
        if text is not None:
            if text.length != 1:
                raise value_error("string keys in translate table must be of length 1")
            key = Value.of_int(code_at(text.text(), 0))
        elif not key.is_int():
            raise type_error("keys in translate table must be strings or integers")
        result.set(session, key, source.values[place])
        place = source.next_place(place + 1)


METHODS: list[PyBuiltin] = [
    PyBuiltin("lower", lower, 1, 1, types.STR),
    PyBuiltin("upper", upper, 1, 1, types.STR),
    PyBuiltin("capitalize", capitalize, 1, 1, types.STR),
    PyBuiltin("title", title, 1, 1, types.STR),
    PyBuiltin("swapcase", swapcase, 1, 1, types.STR),
    PyBuiltin("casefold", casefold, 1, 1, types.STR),
    PyBuiltin("isalnum", isalnum, 1, 1, types.STR),
    PyBuiltin("isalpha", isalpha, 1, 1, types.STR),
    PyBuiltin("isascii", isascii, 1, 1, types.STR),
    PyBuiltin("isdecimal", isdecimal, 1, 1, types.STR),
    PyBuiltin("isdigit", isdigit, 1, 1, types.STR),
    PyBuiltin("islower", islower, 1, 1, types.STR),
    PyBuiltin("isupper", isupper, 1, 1, types.STR),
    PyBuiltin("istitle", istitle, 1, 1, types.STR),
    PyBuiltin("isspace", isspace, 1, 1, types.STR),
    PyBuiltin("isprintable", isprintable, 1, 1, types.STR),
    PyBuiltin("isnumeric", isnumeric, 1, 1, types.STR),
    PyBuiltin("isidentifier", isidentifier, 1, 1, types.STR),
    PyBuiltin("strip", strip, 1, 2, types.STR),
    PyBuiltin("lstrip", lstrip, 1, 2, types.STR),
    PyBuiltin("rstrip", rstrip, 1, 2, types.STR),
    PyBuiltin("center", center, 2, 3, types.STR),
    PyBuiltin("ljust", ljust, 2, 3, types.STR),
    PyBuiltin("rjust", rjust, 2, 3, types.STR),
    PyBuiltin("zfill", zfill, 2, 2, types.STR),
    PyBuiltin("expandtabs", expandtabs, 1, 2, types.STR, array_of(["tabsize"])),
    PyBuiltin("join", join, 2, 2, types.STR),
    PyBuiltin("splitlines", splitlines, 1, 2, types.STR, array_of(["keepends"])),
    PyBuiltin("removeprefix", removeprefix, 2, 2, types.STR),
    PyBuiltin("removesuffix", removesuffix, 2, 2, types.STR),
    PyBuiltin("format", format_method, 1, MANY_ARGUMENTS, types.STR, takes_any=True),
    PyBuiltin("format_map", format_map, 2, 2, types.STR),
    PyBuiltin("translate", translate, 2, 2, types.STR),
]
MAKE_TABLE: Final = PyBuiltin("maketrans", maketrans, 1, 3)
