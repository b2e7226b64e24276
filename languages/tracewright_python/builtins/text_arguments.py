"""What methods of `str` do with their arguments: texts, ends of a range, widths."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_python.conversions import word_index, word_saturated
from tracewright_python.exceptions import type_error
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import as_str
from tracewright_python.values import NONE, type_name, type_of


def the_text(value: Value) -> str:
    """The text of a value that is a str."""
    found = as_str(value)
    assert found is not None
    return found.text()


def is_given(value: Value) -> bool:
    """Whether an argument is there and is not None."""
    return not value.same(Value.UNDEFINED) and not value.same(NONE)


def searched_text(value: Value) -> str:
    """What is looked for. Raises TypeError."""
    found = as_str(value)
    if found is None:
        raise type_error(f"must be str, not {type_name(value)}")
    return found.text()


def text_argument(value: Value, method: str, which: str) -> str:
    """An argument that must be a str; `which` is `argument 1` or the like. Raises TypeError."""
    found = as_str(value)
    if found is None:
        raise type_error(f"{method}() {which} must be str, not {type_name(value)}")
    return found.text()


def end_argument(session: Session, value: Value, length: int, default: int) -> int:
    """One end of the range that is searched, in 0..length where it is below that. Raises TypeError."""
    if not is_given(value):
        return default
    if special(type_of(value), Special.INDEX).same(Value.UNDEFINED) and not value.is_int() and not value.is_bool():
        raise type_error("slice indices must be integers or None or have an __index__ method")
    index = word_saturated(session, value)
    return max(index + length, 0) if index < 0 else index


def int_argument(session: Session, value: Value, default: int) -> int:
    """A number, or the default if it was not given. Raises TypeError."""
    return default if value.same(Value.UNDEFINED) else word_index(session, value)


def fill_argument(value: Value) -> str:
    """The character that texts are padded with. Raises TypeError."""
    if value.same(Value.UNDEFINED):
        return " "
    found = as_str(value)
    if found is None:
        raise type_error(f"The fill character must be a unicode character, not {type_name(value)}")
    if found.length != 1:
        raise type_error("The fill character must be exactly one character long")
    return found.text()
