"""`_unicode_data`: categories, normal forms and names of characters, for `unicodedata`."""

from __future__ import annotations

from typing import Final

from tracewright.core.text import code_at
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.code_points import digit_value
from tracewright.lib.normal_forms import normalized_c, normalized_d, normalized_kc, normalized_kd
from tracewright.lib.regular_expressions.property_sets import RANGES, property_set
from tracewright_python import builtin_types as types
from tracewright_python.character_names import character_named
from tracewright_python.conversions import required_text
from tracewright_python.exceptions import error_with, type_error, value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.modules.building import native_module
from tracewright_python.modules.character_runs import COMBINING, DIRECTIONS, MIRRORED, WIDTHS
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import type_name

CATEGORY_NAMES: Final[list[str]] = [name[3:] for name in RANGES if name.startswith("gc=") and name != "gc=Cn"]
UNASSIGNED: Final = "Cn"


def character(value: Value, function: str) -> int:
    """The code point of a text of length 1. Raises TypeError."""
    text = as_str(value)
    if text is None:
        raise type_error(f"{function}() argument 1 must be a unicode character, not {type_name(value)}")
    if text.length != 1:
        raise type_error(f"{function}() argument 1 must be a unicode character, not str")
    return code_at(text.text(), 0)


@dont_look_inside
def category(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`category(chr)`"""
    code = character(stack[first], "category")
    known = session.category_sets
    for name in CATEGORY_NAMES:
        found = known.get(name)
        if found is None:
            found = property_set("gc", name)
            known[name] = found
        if found.contains(code):
            return text_value(name)
    return text_value(UNASSIGNED)


@dont_look_inside
def normalize(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`normalize(form, text)`"""
    text = required_text(stack[first + 1], "normalize() argument 2")
    match required_text(stack[first], "normalize() argument 1"):
        case "NFC":
            return text_value(normalized_c(text))
        case "NFD":
            return text_value(normalized_d(text))
        case "NFKC":
            return text_value(normalized_kc(text))
        case "NFKD":
            return text_value(normalized_kd(text))
        case _:
            raise value_error("invalid normalization form")


@dont_look_inside
def lookup(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`lookup(name)`. Raises KeyError."""
    name = required_text(stack[first], "lookup() argument")
    code = character_named(name)
    if code < 0:
        raise error_with(types.KEY_ERROR, text_value(f"undefined character name '{name}'"))
    return text_value(chr(code))


def digit(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """The value of a decimal digit, or -1."""
    return Value.of_int(digit_value(character(stack[first], "digit")))


def width(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`east_asian_width(chr)`"""
    return text_value(WIDTHS.value(character(stack[first], "east_asian_width")))


def direction(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`bidirectional(chr)`"""
    return text_value(DIRECTIONS.value(character(stack[first], "bidirectional")))


def combining_class(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`combining(chr)`"""
    return Value.of_int(int(COMBINING.value(character(stack[first], "combining"))))


def is_mirrored(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`mirrored(chr)`"""
    return Value.of_int(int(MIRRORED.value(character(stack[first], "mirrored"))))


FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("category", category, 1, 1),
    PyBuiltin("normalize", normalize, 2, 2),
    PyBuiltin("lookup", lookup, 1, 1),
    PyBuiltin("digit_value", digit, 1, 1),
    PyBuiltin("east_asian_width", width, 1, 1),
    PyBuiltin("bidirectional", direction, 1, 1),
    PyBuiltin("combining", combining_class, 1, 1),
    PyBuiltin("mirrored", is_mirrored, 1, 1),
]


def make_unicode_data(session: Session) -> Value:
    """The module."""
    native_module(session, "_unicode_data", FUNCTIONS)
    return session.modules.get_named("_unicode_data")
