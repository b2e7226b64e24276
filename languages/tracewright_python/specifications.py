"""Format specifications, read as CPython reads them, so that what is wrong with one is said in its words and order.

[[fill]align][sign][z][#][0][width][,_][.precision][type]
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.integers import MAX_INT
from tracewright.core.value import Value
from tracewright_python.errors import Raised
from tracewright_python.exceptions import value_error
from tracewright_python.values import type_name

ALIGNMENTS: Final = "<>=^"
MOST_DIGITS: Final = len(str(MAX_INT))


@final
class Specification:
    """What a text says, as far as it can be wrong; "" and -1 for what is not there."""

    def __init__(self) -> None:
        self.align = ""
        self.sign = ""
        self.coerces_zero = False  # `z`
        self.place_of_z = 0
        self.alternate = False
        self.zeros = False
        self.separator = ""
        self.precision = -1
        self.kind = ""


def read_specification(text: str, value: Value) -> Specification:
    """Read a text. Raises ValueError."""
    result = Specification()
    place = 0
    filled = False
    if len(text) >= 2 and text[1] in ALIGNMENTS:
        result.align = text[1]
        filled = True
        place = 2
    elif text != "" and text[0] in ALIGNMENTS:
        result.align = text[0]
        place = 1
    if text[place : place + 1] in ("+", "-", " "):
        result.sign = text[place]
        place += 1
    if text[place : place + 1] == "z":
        result.coerces_zero = True
        result.place_of_z = place
        place += 1
    if text[place : place + 1] == "#":
        result.alternate = True
        place += 1
    if not filled and text[place : place + 1] == "0":
        result.zeros = True
        if result.align == "":
            result.align = "="
        place += 1
    place = skip_number(text, place)
    place = read_separator(result, text, place)
    if text[place : place + 1] == ".":
        end = skip_number(text, place + 1)
        if end == place + 1:
            raise value_error("Format specifier missing precision")
        result.precision = int(text[place + 1 : end])
        place = end
    if len(text) - place > 1:
        raise value_error(f"Invalid format specifier '{text}' for object of type '{type_name(value)}'")
    result.kind = text[place:]
    check_separator(result)
    return result


def read_separator(result: Specification, text: str, place: int) -> int:
    """`,` or `_`; gives the place behind it."""
    if text[place : place + 1] == ",":
        result.separator = ","
        place += 1
    if text[place : place + 1] == "_":
        if result.separator != "":
            raise value_error("Cannot specify both ',' and '_'.")
        result.separator = "_"
        place += 1
    if text[place : place + 1] == "," and result.separator == "_":
        raise value_error("Cannot specify both ',' and '_'.")
    return place


def check_separator(result: Specification) -> None:
    """Groups of digits go with numbers to the base of ten, and `_` with other bases."""
    if result.separator == "" or result.kind == "" or result.kind in "defgEG%F":
        return
    if not (result.separator == "_" and result.kind in "boxX"):
        raise value_error(f"Cannot specify '{result.separator}' with {shown_kind(result.kind)}.")


def skip_number(text: str, start: int) -> int:
    """Where the digits at a place end. Raises ValueError for a number that is too large."""
    end = start
    while end < len(text) and "0" <= text[end] <= "9":
        end += 1
    digits = text[start:end].lstrip("0")
    if len(digits) > MOST_DIGITS or (len(digits) == MOST_DIGITS and digits > str(MAX_INT)):
        raise value_error("Too many decimal digits in format string")
    return end


def shown_kind(kind: str) -> str:
    """A type as messages show it."""
    code = ord(kind)
    return f"'{kind}'" if 32 < code < 128 else f"'\\x{code:x}'"


def unknown_kind(kind: str, value: Value) -> Raised:
    """The object cannot be shown so."""
    return value_error(f"Unknown format code {shown_kind(kind)} for object of type '{type_name(value)}'")


def check_text(result: Specification, value: Value) -> None:
    """What texts do not have. Raises ValueError."""
    if result.kind != "" and result.kind != "s":
        raise unknown_kind(result.kind, value)
    if result.sign != "":
        word = "Space" if result.sign == " " else "Sign"
        raise value_error(f"{word} not allowed in string format specifier")
    if result.coerces_zero:
        raise value_error("Negative zero coercion (z) not allowed in string format specifier")
    if result.alternate:
        raise value_error("Alternate form (#) not allowed in string format specifier")
    if result.align == "=" and not result.zeros:
        raise value_error("'=' alignment not allowed in string format specifier")


def check_int(result: Specification) -> None:
    """What ints do not have. Raises ValueError."""
    if result.precision >= 0:
        raise value_error("Precision not allowed in integer format specifier")
    if result.coerces_zero:
        raise value_error("Negative zero coercion (z) not allowed in integer format specifier")
    if result.kind == "c":
        if result.sign != "":
            raise value_error("Sign not allowed with integer format specifier 'c'")
        if result.alternate:
            raise value_error("Alternate form (#) not allowed with integer format specifier 'c'")


def check_complex(result: Specification, value: Value) -> None:
    """What complex numbers do not have. Raises ValueError."""
    if result.kind != "" and result.kind not in "eEfFgGn":
        raise unknown_kind(result.kind, value)
    if result.zeros:
        raise value_error("Zero padding is not allowed in complex format specifier")
    if result.align == "=":
        raise value_error("'=' alignment flag is not allowed in complex format specifier")


def without_z(result: Specification, text: str) -> str:
    """The text of a specification without its `z`."""
    return text[: result.place_of_z] + text[result.place_of_z + 1 :] if result.coerces_zero else text


def shows_zero(text: str) -> bool:
    """Whether a number's text has no digit but 0 before its exponent."""
    for character in text:
        if character in "eE":
            return True
        if character not in "+-.0%, _":
            return False
    return True
