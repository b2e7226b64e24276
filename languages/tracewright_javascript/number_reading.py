"""Texts as numbers, as ToNumber reads them."""

from __future__ import annotations

from typing import Final

from tracewright.core.text import code_at
from tracewright.hints import dont_look_inside, elidable
from tracewright.lib.float_parse import parse_float
from tracewright_javascript.lexer_literals import digit_value, value_of_digits
from tracewright_javascript.values import number_text

NAN = float("nan")
INFINITY = float("inf")
MOST_DIGITS: Final = 15  # each number of so many digits is an int of the language
BLANKS = "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


@dont_look_inside
def whole_number(text: str) -> int:
    """What a text of few digits and nothing else says; -1 for any other text."""
    length = len(text)
    if not 1 <= length <= MOST_DIGITS:
        return -1
    number = 0
    for index in range(length):
        digit = code_at(text, index) - 48
        if not 0 <= digit <= 9:
            return -1
        number = number * 10 + digit
    return number


@dont_look_inside
def number_of_text(text: str) -> float:
    """A string as a number: decimal, or with a prefix; blanks around it do not count."""
    whole = whole_number(text)
    if whole >= 0:
        return float(whole)
    trimmed = text.strip(BLANKS)
    if trimmed == "":
        return 0.0
    if len(trimmed) > 2 and trimmed[0] == "0":
        radix = _radix(trimmed[1])
        if radix > 0:
            for unit in trimmed[2:]:
                if digit_value(ord(unit)) >= radix:
                    return NAN
            return value_of_digits(trimmed[2:], radix)
    for unit in trimmed:
        if not ("0" <= unit <= "9" or unit in "+-.eE"):
            return _infinity(trimmed)
    try:
        return parse_float(trimmed)
    except ValueError:
        return NAN


def _radix(letter: str) -> int:
    match letter:
        case "x" | "X":
            return 16
        case "o" | "O":
            return 8
        case "b" | "B":
            return 2
        case _:
            return 0


def _infinity(text: str) -> float:
    match text:
        case "Infinity" | "+Infinity":
            return INFINITY
        case "-Infinity":
            return -INFINITY
        case _:
            return NAN


@elidable
def spells_number(name: str) -> bool:
    """Whether a name that is no index is how a number is written: "-0", "1.5", "NaN" (CanonicalNumericIndexString)."""
    if name == "" or not ("0" <= name[0] <= "9" or name[0] == "-" or name[0] == "I" or name[0] == "N"):
        return False
    return name == "-0" or number_text(number_of_text(name)) == name
