"""Sine, cosine and tangent.

After reduction to |x| <= pi/4, with a tail y that the double x could not hold:

    sin(x + y) = x + (S1 x**3 + x**2 (x**3 (S2 + S3 x**2 + ... + S6 x**8) - y/2) + y)
    cos(x + y) = 1 - (x**2 / 2 - (C1 x**4 + ... + C6 x**14 - x y))
    tan(x + y) = x + (T0 x**3 + ... + T12 x**27), with y likewise; near pi/4 by tan(pi/4 - x) = (1 - tan x) / (1 + tan x)

The errors of the polynomials are below 2**-58.
"""

from typing import Final

from tracewright.core.integers import bits_of_float, float_of_bits
from tracewright.hints import elidable, inlined
from tracewright.lib.elementary.argument_reduction import QUARTER_PI, reduced
from tracewright.lib.elementary.double_parts import INFINITY, NAN, UPPER_HALF, is_negative, ratio, threshold, upper_half

TINY: Final = threshold(0x3E400000)  # 2**-27: sin x = x, cos x = 1
TINY_TANGENT: Final = threshold(0x3E300000)  # 2**-28

S1: Final = -1.66666666666666324348e-01
S2: Final = 8.33333333332248946124e-03
S3: Final = -1.98412698298579493134e-04
S4: Final = 2.75573137070700676789e-06
S5: Final = -2.50507602534068634195e-08
S6: Final = 1.58969099521155010221e-10

C1: Final = 4.16666666666666019037e-02
C2: Final = -1.38888888888741095749e-03
C3: Final = 2.48015872894767294178e-05
C4: Final = -2.75573143513906633035e-07
C5: Final = 2.08757232129817482790e-09
C6: Final = -1.13596475577881948265e-11
ABOUT_THREE_TENTHS: Final = threshold(0x3FD33333)
ABOUT_25_32NDS: Final = threshold(0x3FE90001)  # 0.78125
TWO_EXPONENTS: Final = 2 << 52  # off an encoding: a quarter of the number

T0: Final = 3.33333333333334091986e-01
T1: Final = 1.33333333333201242699e-01
T2: Final = 5.39682539762260521377e-02
T3: Final = 2.18694882948595424599e-02
T4: Final = 8.86323982359930005737e-03
T5: Final = 3.59207910759131235356e-03
T6: Final = 1.45620945432529025516e-03
T7: Final = 5.88041240820264096874e-04
T8: Final = 2.46463134818469906812e-04
T9: Final = 7.81794442939557092300e-05
T10: Final = 7.14072491382608190305e-05
T11: Final = -1.85586374855275456654e-05
T12: Final = 2.59073051863633712884e-05
NEAR_QUARTER_PI: Final = threshold(0x3FE59428)  # 0.6744
QUARTER_PI_HEAD: Final = 7.85398163397448278999e-01
QUARTER_PI_TAIL: Final = 3.06161699786838301793e-17


@inlined
def _higher_sine_terms(square: float) -> float:
    return S2 + square * (S3 + square * (S4 + square * (S5 + square * S6)))


def _small_sine(x: float) -> float:
    """Of an angle without a tail."""
    if abs(x) < TINY:
        return x
    square = x * x
    cube = square * x
    return x + cube * (S1 + square * _higher_sine_terms(square))


def _small_sine_with_tail(x: float, tail: float) -> float:
    if abs(x) < TINY:
        return x
    square = x * x
    cube = square * x
    return x - ((square * (0.5 * tail - cube * _higher_sine_terms(square)) - tail) - cube * S1)


def _small_cosine(x: float, tail: float) -> float:
    size = abs(x)
    if size < TINY:
        return 1.0
    square = x * x
    terms = square * (C1 + square * (C2 + square * (C3 + square * (C4 + square * (C5 + square * C6)))))
    if size < ABOUT_THREE_TENTHS:
        return 1.0 - (0.5 * square - (square * terms - x * tail))
    # About x/4, with few bits, is taken off both 1 and x**2/2: both differences are exact.
    part = 0.28125 if size >= ABOUT_25_32NDS else float_of_bits((bits_of_float(size) - TWO_EXPONENTS) & UPPER_HALF)
    return (1.0 - part) - ((0.5 * square - part) - (square * terms - x * tail))


def _sine_in_quarter(quarters: int, x: float, tail: float) -> float:
    result = _small_sine_with_tail(x, tail) if quarters & 1 == 0 else _small_cosine(x, tail)
    return result if quarters & 2 == 0 else -result


def _cosine_in_quarter(quarters: int, x: float, tail: float) -> float:
    return _sine_in_quarter(quarters + 1, x, tail)


def _negative_inverse(sum_: float, x: float, tail: float) -> float:
    """-1 / (x + tail) where `sum_` is that sum rounded: the quotient's upper half, and what the remainder adds to it."""
    head = upper_half(sum_)
    rest = tail - (head - x)
    quotient = ratio(-1.0, sum_)
    quotient_head = upper_half(quotient)
    remainder = 1.0 + quotient_head * head
    return quotient_head + quotient * (remainder + quotient_head * rest)


def _small_tangent(x: float, tail: float, inverse: bool) -> float:
    """tan(x + tail), or -1 / tan(x + tail)."""
    size = abs(x)
    if size < TINY_TANGENT:
        return _negative_inverse(x + tail, x, tail) if inverse else x
    near_quarter = size >= NEAR_QUARTER_PI
    negative = is_negative(x)
    if near_quarter:
        if negative:
            x, tail = -x, -tail
        x = (QUARTER_PI_HEAD - x) + (QUARTER_PI_TAIL - tail)
        tail = 0.0
    square = x * x
    fourth = square * square
    odd = T1 + fourth * (T3 + fourth * (T5 + fourth * (T7 + fourth * (T9 + fourth * T11))))
    even = square * (T2 + fourth * (T4 + fourth * (T6 + fourth * (T8 + fourth * (T10 + fourth * T12)))))
    cube = square * x
    terms = tail + square * (cube * (odd + even) + tail)
    terms += T0 * cube
    tangent = x + terms
    if near_quarter:
        one = -1.0 if inverse else 1.0
        result = one - 2.0 * (x - (ratio(tangent * tangent, tangent + one) - terms))
        return -result if negative else result
    return _negative_inverse(tangent, x, terms) if inverse else tangent


def _tangent_in_quarter(quarters: int, x: float, tail: float) -> float:
    return _small_tangent(x, tail, quarters & 1 == 1)


@elidable
def sin(x: float) -> float:
    """Sine of an angle in radians."""
    size = abs(x)
    if size < QUARTER_PI:
        return _small_sine(x)
    return reduced(x, _sine_in_quarter) if size < INFINITY else NAN


@elidable
def cos(x: float) -> float:
    """Cosine of an angle in radians."""
    size = abs(x)
    if size < QUARTER_PI:
        return _small_cosine(x, 0.0)
    return reduced(x, _cosine_in_quarter) if size < INFINITY else NAN


@elidable
def tan(x: float) -> float:
    """Tangent of an angle in radians."""
    size = abs(x)
    if size < QUARTER_PI:
        return _small_tangent(x, 0.0, False)
    return reduced(x, _tangent_in_quarter) if size < INFINITY else NAN
