"""Decimal numbers as texts, and texts as numbers."""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import MAX_INT
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import ZERO, BigInteger, from_int
from tracewright.lib.big_integers_text import from_digits, to_text
from tracewright_python.decimals.numbers import WORD_DIGITS, Kind, PyDecimal, finite, infinite, small

FAR: Final = MAX_INT >> 2  # an exponent that no settings allow
SPECIALS: Final = ("inf", "infinity")


@dont_look_inside
def text_of(number: PyDecimal, engineering: bool, capitals: bool) -> str:
    """As `str` shows it; `engineering`: with exponents that three divides."""
    sign = "-" if number.is_negative else ""
    if number.kind == Kind.INFINITE:
        return sign + "Infinity"
    if number.is_nan():
        told = "" if number.word == 0 and number.big is None else coefficient_text(number)
        return sign + ("sNaN" if number.kind == Kind.SIGNALLING else "NaN") + told
    digits = coefficient_text(number)
    if number.exponent == 0:
        return sign + digits
    left = number.exponent + len(digits)  # digits to the left of the point
    if number.exponent <= 0 and left > -6:
        point = left
    elif not engineering:
        point = 1
    elif number.is_zero():
        point = (left + 1) % 3 - 1
    else:
        point = (left - 1) % 3 + 1
    if point <= 0:
        shown = "0." + "0" * -point + digits
    elif point >= len(digits):
        shown = digits + "0" * (point - len(digits))
    else:
        shown = digits[:point] + "." + digits[point:]
    if left == point:
        return sign + shown
    mark = "E" if capitals else "e"
    return f"{sign}{shown}{mark}{'+' if left > point else ''}{left - point}"


def coefficient_text(number: PyDecimal) -> str:
    """The digits of the coefficient."""
    big = number.big
    return str(number.word) if big is None else to_text(big, 10)


def digits_as_integer(digits: str) -> BigInteger:
    """The number that a row of digits is; 0 for none."""
    if len(digits) <= WORD_DIGITS:
        return ZERO if digits == "" else from_int(int(digits))
    return from_digits(digits, 0, len(digits), 10, False)


def skip_digits(text: str, place: int) -> int:
    """The place behind the ASCII digits from here."""
    while place < len(text) and "0" <= text[place] <= "9":
        place += 1
    return place


@dont_look_inside
def number_of(text: str) -> PyDecimal | None:
    """The number that an ASCII text says, exactly; None where it says none."""
    place = 0
    is_negative = False
    if text != "" and (text[0] == "-" or text[0] == "+"):
        is_negative = text[0] == "-"
        place = 1
    start = place
    place = skip_digits(text, start)
    digits = text[start:place]
    exponent = 0
    if place < len(text) and text[place] == ".":
        end = skip_digits(text, place + 1)
        digits += text[place + 1 : end]
        exponent = -(end - place - 1)
        place = end
    if digits == "":
        return special_number(is_negative, text[start:].lower())
    if place < len(text):
        if text[place] != "e" and text[place] != "E":
            return None
        power = exponent_of(text, place + 1)
        if power == MAX_INT:
            return None
        exponent += power
    if len(digits) <= WORD_DIGITS:
        return small(is_negative, int(digits), exponent)
    return finite(is_negative, digits_as_integer(digits), exponent)


def exponent_of(text: str, place: int) -> int:
    """The exponent that ends a text; MAX_INT where that is none. One that is too large for all uses is FAR."""
    is_negative = False
    if place < len(text) and (text[place] == "-" or text[place] == "+"):
        is_negative = text[place] == "-"
        place += 1
    if place == len(text) or skip_digits(text, place) != len(text):
        return MAX_INT
    while place < len(text) - 1 and text[place] == "0":
        place += 1
    length = len(text) - place
    is_far = length > WORD_DIGITS + 1 or (length == WORD_DIGITS + 1 and text[place] > "2")
    power = FAR if is_far else min(int(text[place:]), FAR)
    return -power if is_negative else power


def special_number(is_negative: bool, word: str) -> PyDecimal | None:
    """An infinity or NaN by its name in small letters."""
    if word in SPECIALS:
        return infinite(is_negative)
    kind = Kind.SIGNALLING if word.startswith("s") else Kind.QUIET
    start = 4 if kind == Kind.SIGNALLING else 3
    if word[start - 3 : start] != "nan" or skip_digits(word, start) != len(word):
        return None
    told = finite(is_negative, digits_as_integer(word[start:]), 0)
    return PyDecimal(kind, is_negative, told.word, told.big, 0)
