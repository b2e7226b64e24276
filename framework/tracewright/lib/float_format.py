"""Format specifications of floats: `f"{x:.2f}"`, `e`, `g`, `%` and none, exactly rounded as Python does."""

from typing import final

from tracewright.core.integers import bits_of_float
from tracewright.core.text import code_at
from tracewright.lib.float_fixed import MOST_PLACES, float_fixed
from tracewright.lib.float_text import float_repr
from tracewright.lib.numbers import str_of_int
from tracewright.lib.string_case import str_upper
from tracewright.lib.string_core import slice_of, str_concat, str_repeat
from tracewright.lib.string_format import (
    BEHIND_SIGN,
    PLUS,
    SPACE,
    TO_THE_RIGHT,
    FormatSpec,
    pad,
    parse_format_spec,
)

ZERO = 48
POINT = 46


@final
class Significant:
    """`digits[0].digits[1:]` times ten to the power of `exponent`."""

    def __init__(self, digits: str, exponent: int) -> None:
        self.digits = digits
        self.exponent = exponent


def str_format_float(x: float, spec_text: str) -> str:
    """`format(x, spec_text)`."""
    spec = parse_format_spec(spec_text)
    kind = spec.kind
    is_upper = kind == 69 or kind == 70 or kind == 71  # E, F, G
    if is_upper:
        kind += 32
    if kind != 0 and kind != 37 and not 101 <= kind <= 103:
        raise ValueError("Unknown format code for a float")
    if kind == 37:
        x *= 100.0
    negative = bits_of_float(x) < 0 and x == x
    text = _magnitude(-x if negative else x, kind, spec)
    if kind == 37:
        text = str_concat(text, "%")
    if is_upper:
        text = str_upper(text)
    sign = "-" if negative else "+" if spec.sign == PLUS else " " if spec.sign == SPACE else ""
    return pad(str_concat(sign, text), len(sign), spec, BEHIND_SIGN if spec.zeros else TO_THE_RIGHT)


def _magnitude(x: float, kind: int, spec: FormatSpec) -> str:
    """The text of x >= 0 (or not a number)."""
    if x != x:
        return "nan"
    if x - x != 0.0:
        return "inf"
    precision = spec.precision
    if kind == 0 and precision < 0:
        return float_repr(x)
    if precision < 0:
        precision = 6
    if kind == 101:
        return _scientific(significant(x, precision + 1), spec.alternate)
    if kind == 102 or kind == 37:
        text = _fixed(x, precision)
        return str_concat(text, ".") if spec.alternate and precision == 0 else text
    return _general(x, precision if precision > 0 else 1, kind == 0, spec.alternate)


def _fixed(x: float, places: int) -> str:
    if places <= MOST_PLACES:
        return float_fixed(x, places)
    return str_concat(float_fixed(x, MOST_PLACES), str_repeat("0", places - MOST_PLACES))


def _general(x: float, precision: int, keeps_point: bool, alternate: bool) -> str:
    """The type g: as many digits as asked for, positional where the number is neither very small nor very large."""
    number = significant(x, precision)
    limit = precision - 1 if keeps_point else precision
    if not alternate:
        number.digits = _without_zeros(number.digits)
    if number.exponent < -4 or number.exponent >= limit:
        return _scientific(number, alternate)
    digits, exponent = number.digits, number.exponent
    if exponent < 0:
        return str_concat(str_concat("0.", str_repeat("0", -exponent - 1)), digits)
    if len(digits) <= exponent + 1:
        whole = str_concat(digits, str_repeat("0", exponent + 1 - len(digits)))
        return str_concat(whole, ".0" if keeps_point else "." if alternate else "")
    head = str_concat(slice_of(digits, 0, exponent + 1), ".")
    return str_concat(head, slice_of(digits, exponent + 1, len(digits)))


def _scientific(number: Significant, alternate: bool) -> str:
    digits = number.digits
    text = slice_of(digits, 0, 1)
    if len(digits) > 1 or alternate:
        text = str_concat(str_concat(text, "."), slice_of(digits, 1, len(digits)))
    exponent = number.exponent
    text = str_concat(text, "e-" if exponent < 0 else "e+")
    size = -exponent if exponent < 0 else exponent
    if size < 10:
        text = str_concat(text, "0")
    return str_concat(text, str_of_int(size))


def _without_zeros(digits: str) -> str:
    stop = len(digits)
    while stop > 1 and code_at(digits, stop - 1) == ZERO:
        stop -= 1
    return slice_of(digits, 0, stop)


def significant(x: float, count: int) -> Significant:
    """The first `count` decimal digits of a finite x >= 0, rounded half to even."""
    if x == 0.0:
        return Significant(str_repeat("0", count), 0)
    digits, point = _exact(x)
    first = 0
    while code_at(digits, first) == ZERO:
        first += 1
    exponent = point - first - 1
    stop = first + count
    if stop >= len(digits):
        shown = slice_of(digits, first, len(digits))
        return Significant(str_concat(shown, str_repeat("0", stop - len(digits))), exponent)
    if not _rounds_up(digits, stop):
        return Significant(slice_of(digits, first, stop), exponent)
    while stop > first and code_at(digits, stop - 1) == ZERO + 9:
        stop -= 1
    if stop == first:
        return Significant(str_concat("1", str_repeat("0", count - 1)), exponent + 1)
    kept = slice_of(digits, first, stop - 1)
    raised = str_concat(kept, str_of_int(code_at(digits, stop - 1) - ZERO + 1))
    return Significant(str_concat(raised, str_repeat("0", count - len(raised))), exponent)


def _exact(x: float) -> tuple[str, int]:
    """All decimal digits of x, and how many stand before the point."""
    field = (bits_of_float(x) >> 52) & 0x7FF
    places = 1075 - field if field > 0 else 1074
    text = float_fixed(x, places if places > 0 else 0)
    point = 0
    while point < len(text) and code_at(text, point) != POINT:
        point += 1
    if point == len(text):
        return text, point
    return str_concat(slice_of(text, 0, point), slice_of(text, point + 1, len(text))), point


def _rounds_up(digits: str, stop: int) -> bool:
    """Whether what follows the digits before `stop` is more than half, or exactly half behind an odd digit."""
    following = code_at(digits, stop) - ZERO
    if following != 5:
        return following > 5
    for index in range(stop + 1, len(digits)):
        if code_at(digits, index) != ZERO:
            return True
    return stop > 0 and (code_at(digits, stop - 1) - ZERO) % 2 == 1
