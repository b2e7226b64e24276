"""The shortest decimal text that reads back as the same float, as Python's `repr` gives it, and its layouts.

The digits come from Raffaello Giulietti's Schubfach method: scale the float and the two borders of its rounding
interval by one 128-bit power of ten; then the shortest decimal is among four neighbours of the scaled number. Three
multiplications, no loop, no big integers. Reading text is in `float_parse`.
"""

from typing import Final, final

from tracewright.core.integers import MAX_INT, bits_of_float, udiv, ult, umul_high, wrap_add, wrap_mul
from tracewright.core.text import StrBuffer
from tracewright.lib.digits import DIGIT_ZERO, POWERS_OF_TEN, digit_count, put_digits, put_repeated, put_text
from tracewright.lib.float_parse import parse_float
from tracewright.lib.float_tables import FIRST_EXACT, FIRST_POWER, HIGH, LAST_EXACT, LOW

__all__ = ["Decimal", "float_positional", "float_repr", "parse_float", "shortest_decimal"]

FRACTION_BITS: Final = 52
FRACTION_MASK: Final = (1 << 52) - 1
EXPONENT_BIAS: Final = 1075  # a normal float is significand * 2**(exponent field - 1075)
EXPONENT_FIELD_MAX: Final = 0x7FF
POINT: Final = 46  # ord(".")
MINUS: Final = 45  # ord("-")


@final
class Decimal:
    """The number `digits * 10**exponent`; `digits` does not end in 0."""

    def __init__(self, digits: int, exponent: int) -> None:
        while digits >= 10:
            shorter = udiv(digits, 10)
            if shorter * 10 != digits:
                break
            digits = shorter
            exponent += 1
        self.digits = digits
        self.exponent = exponent


def _scale(high: int, low: int, number: int) -> int:
    """The upper part of (high * 2**64 + low) * number / 2**128, its lowest bit set where anything was cut off."""
    middle = wrap_mul(high, number)
    sum_low = wrap_add(middle, umul_high(low, number))
    result = umul_high(high, number)
    if ult(sum_low, middle):
        result += 1
    return result | 1 if ult(1, sum_low) else result


def shortest_decimal(bits: int) -> Decimal:
    """The decimal with fewest digits that rounds to the positive finite float with these bits; the closest of those."""
    fraction = bits & FRACTION_MASK
    field = bits >> FRACTION_BITS
    if field == 0:
        significand = fraction
        exponent = 1 - EXPONENT_BIAS
    else:
        significand = fraction | 1 << FRACTION_BITS
        exponent = field - EXPONENT_BIAS
        if -FRACTION_BITS <= exponent <= 0 and significand & ((1 << -exponent) - 1) == 0:
            return Decimal(significand >> -exponent, 0)
    # Below a power of two floats lie twice as close, so the rounding interval is narrower on that side.
    uneven = fraction == 0 and field > 1
    # floor(log10(2**exponent)), or of 3/4 of it: 1262611 / 2**22 is log10(2), 524031 / 2**22 is -log10(3/4)
    power = (exponent * 1262611 - (524031 if uneven else 0)) >> 22
    shift = exponent + ((-power * 1741647) >> 19) + 1  # 1741647 / 2**19 is log2(10)
    high = HIGH[-power - FIRST_POWER]
    low = LOW[-power - FIRST_POWER]
    if not FIRST_EXACT <= -power <= LAST_EXACT:
        low = wrap_add(low, 1)
    excluded = significand & 1  # the ends of the interval round to the even neighbour
    lowest = _scale(high, low, (4 * significand - (1 if uneven else 2)) << shift) + excluded
    exact = _scale(high, low, 4 * significand << shift)
    highest = _scale(high, low, (4 * significand + 2) << shift) - excluded
    return _choose(lowest, exact, highest, power)


def _choose(lowest: int, exact: int, highest: int, power: int) -> Decimal:
    """The shortest decimal in `lowest..highest` (in quarters of 10**power), or the closest to `exact`."""
    below = exact >> 2
    if below >= 10:
        tens = udiv(below, 10)
        below_fits = lowest <= 40 * tens
        above_fits = 40 * tens + 40 <= highest
        if below_fits != above_fits:
            return Decimal(tens + 1 if above_fits else tens, power + 1)
    below_fits = lowest <= 4 * below
    above_fits = 4 * below + 4 <= highest
    if below_fits != above_fits:
        return Decimal(below + 1 if above_fits else below, power)
    middle = 4 * below + 2
    if exact > middle or (exact == middle and below & 1 == 1):
        return Decimal(below + 1, power)
    return Decimal(below, power)


def _positional(decimal: Decimal, negative: bool, ending: str) -> str:
    """Without an exponent; `ending` is written behind a whole number."""
    count = digit_count(decimal.digits)
    places = -decimal.exponent  # digits behind the point
    sign = 1 if negative else 0
    if places <= 0:
        buffer = StrBuffer(1, sign + count - places + len(ending))
        put_digits(buffer, sign, count, decimal.digits)
        put_text(buffer, put_repeated(buffer, sign + count, DIGIT_ZERO, -places), ending)
    elif places >= count:
        buffer = StrBuffer(1, sign + 2 + places)
        buffer.put(sign, DIGIT_ZERO)
        buffer.put(sign + 1, POINT)
        start = put_repeated(buffer, sign + 2, DIGIT_ZERO, places - count)
        put_digits(buffer, start, count, decimal.digits)
    else:
        buffer = StrBuffer(1, sign + 1 + count)
        whole = udiv(decimal.digits, POWERS_OF_TEN[places])
        put_digits(buffer, sign, count - places, whole)
        buffer.put(sign + count - places, POINT)
        put_digits(buffer, sign + count - places + 1, places, decimal.digits - whole * POWERS_OF_TEN[places])
    if negative:
        buffer.put(0, MINUS)
    return buffer.finish()


def _scientific(decimal: Decimal, negative: bool) -> str:
    """As `d.ddde+XX`, the exponent with its sign and at least two digits."""
    count = digit_count(decimal.digits)
    exponent = decimal.exponent + count - 1
    size = exponent if exponent >= 0 else -exponent
    size_count = 3 if size >= 100 else 2
    sign = 1 if negative else 0
    mantissa = 1 if count == 1 else count + 1
    buffer = StrBuffer(1, sign + mantissa + 2 + size_count)
    if negative:
        buffer.put(0, MINUS)
    first = udiv(decimal.digits, POWERS_OF_TEN[count - 1])
    put_digits(buffer, sign, 1, first)
    if count > 1:
        buffer.put(sign + 1, POINT)
        put_digits(buffer, sign + 2, count - 1, decimal.digits - first * POWERS_OF_TEN[count - 1])
    put_text(buffer, sign + mantissa, "e-" if exponent < 0 else "e+")
    put_digits(buffer, sign + mantissa + 2, size_count, size)
    return buffer.finish()


def float_repr(x: float) -> str:
    """What Python's `repr` gives: `1.0`, `1e+16`, `0.0001`, `-0.0`, `nan`, `inf`."""
    if x != x:
        return "nan"
    bits = bits_of_float(x)
    size = bits & MAX_INT
    if size == 0:
        return "-0.0" if bits < 0 else "0.0"
    if size >> FRACTION_BITS == EXPONENT_FIELD_MAX:
        return "-inf" if bits < 0 else "inf"
    decimal = shortest_decimal(size)
    point = decimal.exponent + digit_count(decimal.digits)  # the number lies in 10**(point - 1) .. 10**point
    if -4 < point <= 16:
        return _positional(decimal, bits < 0, ".0")
    return _scientific(decimal, bits < 0)


def float_positional(x: float) -> str:
    """The same digits, never with an exponent and without `.0`: `1`, `100000000000000000000`, `-0`, `NaN`, `inf`."""
    if x != x:
        return "NaN"
    bits = bits_of_float(x)
    size = bits & MAX_INT
    if size == 0:
        return "-0" if bits < 0 else "0"
    if size >> FRACTION_BITS == EXPONENT_FIELD_MAX:
        return "-inf" if bits < 0 else "inf"
    return _positional(shortest_decimal(size), bits < 0, "")
