"""Numbers as text in the ways that methods of `Number` ask for: digits behind the point, significant digits, other radixes.

The digits are exact: the number is a significand times a power of two, and the standard picks the nearest integer of its scaled value, the
larger one at a tie.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from tracewright.core.integers import bits_of_float, float_of_bits
from tracewright.core.mathematics import floor, fmod
from tracewright.lib.big_integers import BigInteger, add, from_int, multiply
from tracewright.lib.big_integers_bits import shift_left
from tracewright.lib.big_integers_powers import power
from tracewright.lib.big_integers_quotients import divide_floor
from tracewright.lib.big_integers_text import to_text
from tracewright.lib.float_text import shortest_decimal
from tracewright_javascript.values import number_text

ONE: Final = from_int(1)
TEN: Final = from_int(10)
DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
HIDDEN_BIT: Final = 1 << 52


class Digits(NamedTuple):
    """`0.d1d2d3... * 10**point`: so many significant digits as were asked for."""

    digits: str
    point: int


def _scaled(size: float, tens: int) -> BigInteger:
    """The integer nearest to `size * 10**tens`, the larger one at a tie; `size >= 0`."""
    bits = bits_of_float(size)
    field = bits >> 52
    significand = bits & (HIDDEN_BIT - 1)
    exponent = -1074
    if field > 0:
        significand |= HIDDEN_BIT
        exponent = field - 1075
    number = from_int(significand)
    divisor = ONE
    if tens >= 0:
        number = multiply(number, power(TEN, tens))
    else:
        divisor = power(TEN, -tens)
    if exponent >= 0:
        number = shift_left(number, exponent)
    else:
        divisor = shift_left(divisor, -exponent)
    # floor(n / d + 1/2)
    return divide_floor(add(shift_left(number, 1), divisor), shift_left(divisor, 1)).quotient


def fixed_text(number: float, places: int) -> str:
    """`toFixed` of a finite number below 1e21."""
    digits = to_text(_scaled(abs(number), places), 10)
    if places > 0:
        digits = "0" * (places + 1 - len(digits)) + digits
        digits = f"{digits[: len(digits) - places]}.{digits[len(digits) - places :]}"
    return f"-{digits}" if number < 0.0 else digits


def significant_digits(size: float, count: int) -> Digits:
    """So many significant digits of a finite number >= 0."""
    if size == 0.0:
        return Digits("0" * count, 1)
    decimal = shortest_decimal(bits_of_float(size))
    point = decimal.exponent + len(str(decimal.digits))
    # The shortest text may be the power of ten above, as of 1e-21, which is a little less: then it has a digit too few.
    is_power = decimal.digits == 1
    if is_power:
        point -= 1
    digits = to_text(_scaled(size, count - point), 10)
    if is_power and len(digits) > count:
        point += 1
        digits = to_text(_scaled(size, count - point), 10)
    if len(digits) < count:
        point -= 1
        digits = to_text(_scaled(size, count - point), 10)
    if len(digits) > count:  # rounded up to the next power
        digits = digits[:count]
        point += 1
    return Digits(digits, point)


def exponential_text(number: float, places: int) -> str:
    """`toExponential` of a finite number; as many digits as are needed where `places` is negative."""
    size = abs(number)
    if places >= 0:
        found = significant_digits(size, places + 1)
    elif size == 0.0:
        found = Digits("0", 1)
    else:
        decimal = shortest_decimal(bits_of_float(size))
        digits = str(decimal.digits)
        found = Digits(digits, decimal.exponent + len(digits))
    return _with_exponent("-" if number < 0.0 else "", found)


def _with_exponent(sign: str, found: Digits) -> str:
    exponent = found.point - 1
    mantissa = found.digits if len(found.digits) == 1 else f"{found.digits[0]}.{found.digits[1:]}"
    return f"{sign}{mantissa}e{'+' if exponent >= 0 else '-'}{abs(exponent)}"


def precision_text(number: float, precision: int) -> str:
    """`toPrecision` of a finite number."""
    found = significant_digits(abs(number), precision)
    sign = "-" if number < 0.0 else ""
    exponent = found.point - 1
    if exponent < -6 or exponent >= precision:
        return _with_exponent(sign, found)
    if exponent == precision - 1:
        return sign + found.digits
    if exponent >= 0:
        return f"{sign}{found.digits[: exponent + 1]}.{found.digits[exponent + 1 :]}"
    return f"{sign}0.{'0' * -(exponent + 1)}{found.digits}"


def radix_text(number: float, radix: int) -> str:
    """A finite number in a radix from 2 to 36: as few digits behind the point as tell it from its neighbours, as other engines do."""
    if radix == 10:
        return number_text(number)
    size = abs(number)
    whole = floor(size)
    fraction = size - whole
    # Half the distance to the next number: what is less than that need not be written.
    delta = max(0.5 * (float_of_bits(bits_of_float(size) + 1) - size), 5e-324)
    places: list[int] = []
    while fraction >= delta:
        fraction *= float(radix)
        delta *= float(radix)
        digit = int(fraction)
        places.append(digit)
        fraction -= float(digit)
        if (fraction > 0.5 or (fraction == 0.5 and digit & 1 == 1)) and fraction + delta > 1.0:
            whole += _carried(places, radix)
            break
    text = _whole_text(whole, radix)
    if len(places) > 0:
        text += "." + "".join([DIGITS[digit] for digit in places])
    return f"-{text}" if number < 0.0 else text


def _carried(places: list[int], radix: int) -> float:
    """Round the last digit up; gives what is carried over the point."""
    while len(places) > 0:
        digit = places.pop() + 1
        if digit < radix:
            places.append(digit)
            return 0.0
    return 1.0


def _whole_text(whole: float, radix: int) -> str:
    """A whole number; behind the 53 bits that it has, zeros."""
    digits: list[str] = []
    while whole >= 9007199254740992.0:
        whole = whole / float(radix)
        digits.append("0")
    whole = floor(whole)
    while True:
        rest = fmod(whole, float(radix))
        digits.append(DIGITS[int(rest)])
        whole = (whole - rest) / float(radix)
        if whole <= 0.0:
            break
    digits.reverse()
    return "".join(digits)


def grouped_digits(digits: str) -> str:
    """Decimal digits with a comma before each three from the end."""
    first = len(digits) % 3
    groups = [digits[place : place + 3] for place in range(first, len(digits), 3)]
    if first > 0:
        groups.insert(0, digits[:first])
    return ",".join(groups)
