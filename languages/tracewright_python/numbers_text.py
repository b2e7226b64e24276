"""Numeric literals to constants of the tree."""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import MAX_INT
from tracewright.core.text import code_at
from tracewright.guest.diagnostics import Span
from tracewright.lib.float_parse import parse_float
from tracewright_python.lexer_numbers import digit_value
from tracewright_python.syntax import Constant, FloatConstant, ImaginaryConstant, IntegerConstant

_RADIXES: Final[dict[str, int]] = {"x": 16, "o": 8, "b": 2}


def number_constant(spelling: str, span: Span) -> Constant:
    """The constant that a number token stands for."""
    text = spelling.replace("_", "").lower() if "_" in spelling else spelling.lower()
    radix = _RADIXES.get(text[1:2], 10)
    if radix != 10:
        return _integer(text, 2, radix, span)
    last = text[len(text) - 1]
    if last == "j":
        return ImaginaryConstant(span, parse_float(text[: len(text) - 1]))
    if "." in text or "e" in text:
        return FloatConstant(span, parse_float(text))
    return _integer(text, 0, 10, span)


def _integer(text: str, start: int, radix: int, span: Span) -> Constant:
    value = 0
    for index in range(start, len(text)):
        digit = digit_value(code_at(text, index))
        if value > (MAX_INT - digit) // radix:
            return IntegerConstant(span, text, 0, False)
        value = value * radix + digit
    return IntegerConstant(span, text, value, True)
