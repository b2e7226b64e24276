"""e**x, and e**x - 1 without what subtraction loses.

x = k ln 2 + r with |r| <= ln 2 / 2, ln 2 in two pieces so that r is exact but for a tail. Then e**r comes from the even function
r (e**r + 1) / (e**r - 1), a polynomial of degree 5 in r**2, and 2**k is put into the exponent.
"""

from typing import Final

from tracewright.core.integers import float_of_bits, truncated
from tracewright.hints import elidable
from tracewright.lib.elementary.double_parts import INFINITY, power_of_two, ratio, threshold

OVERFLOW: Final = 7.09782712893383973096e02  # the largest x whose exponential is finite
UNDERFLOW: Final = -7.45133219101941108420e02  # the smallest whose exponential is not 0
LN2_HEAD: Final = float_of_bits(0x3FE62E42FEE00000)
LN2_TAIL: Final = float_of_bits(0x3DEA39EF35793C76)
INVERSE_LN2: Final = 1.44269504088896338700e00
HALF_LN2: Final = threshold(0x3FD62E43)
THREE_HALVES_LN2: Final = threshold(0x3FF0A2B2)  # 1.5 ln 2: below, k is 1 or -1
TINY: Final = threshold(0x3E300000)  # 2**-28: e**x = 1 + x
E: Final = 2.718281828459045

P1: Final = 1.66666666666666019037e-01
P2: Final = -2.77777777770155933842e-03
P3: Final = 6.61375632143793436117e-05
P4: Final = -1.65339022054652515390e-06
P5: Final = 4.13813679705723846039e-08

Q1: Final = -3.33333333333331316428e-02
Q2: Final = 1.58730158725481460165e-03
Q3: Final = -7.93650757867487942473e-05
Q4: Final = 4.00821782732936239552e-06
Q5: Final = -2.01099218183624371326e-07
TINIEST: Final = threshold(0x3C900000)  # 2**-54: e**x - 1 = x
MINUS_ONE: Final = threshold(0x4043687A)  # 56 ln 2: e**-x - 1 = -1

LARGEST_POWER: Final = 8.988465674311579539e307  # 2**1023
NEARLY_LARGEST_POWER: Final = 8.98846567431158e307  # of few digits: a few last places more
SMALL_POWER: Final = 9.33263618503218878990e-302  # 2**-1000


def _scale(x: float) -> int:
    """The k of |x| beyond ln 2 / 2."""
    if abs(x) < THREE_HALVES_LN2:
        return 1 if x > 0.0 else -1
    return truncated(INVERSE_LN2 * x + (0.5 if x > 0.0 else -0.5))


@elidable
def exp(x: float) -> float:
    """e**x"""
    if x != x:
        return x
    if x > OVERFLOW:
        return INFINITY
    if x < UNDERFLOW:
        return 0.0
    size = abs(x)
    if size < TINY:
        return 1.0 + x
    if size < HALF_LN2:
        terms = _exponential_terms(x)
        return 1.0 - (ratio(x * terms, terms - 2.0) - x)
    if x == 1.0:
        return E  # the method's own answer is one place off
    scale = _scale(x)
    head = x - float(scale) * LN2_HEAD
    tail = float(scale) * LN2_TAIL
    rest = head - tail
    terms = _exponential_terms(rest)
    result = 1.0 - ((tail - ratio(rest * terms, 2.0 - terms)) - head)
    if scale < -1021:
        return result * power_of_two(scale + 1000) * SMALL_POWER
    return result * 2.0 * LARGEST_POWER if scale == 1024 else result * power_of_two(scale)


def _exponential_terms(x: float) -> float:
    square = x * x
    return x - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))))


@elidable
def expm1(x: float) -> float:
    """e**x - 1"""
    if x != x:
        return x
    if x > OVERFLOW:
        return INFINITY
    if x <= -MINUS_ONE:
        return -1.0
    size = abs(x)
    if size < TINIEST:
        return x
    if size < HALF_LN2:
        half = 0.5 * x
        half_square = x * half
        return x - (x * _correction(x, half, half_square) - half_square)
    scale = _scale(x)
    head = x - float(scale) * LN2_HEAD
    tail = float(scale) * LN2_TAIL
    rest = head - tail
    lost = (head - rest) - tail
    half = 0.5 * rest
    half_square = rest * half
    error = (rest * (_correction(rest, half, half_square) - lost) - lost) - half_square
    return _scaled_less_one(rest, error, scale)


def _correction(x: float, half: float, half_square: float) -> float:
    terms = 1.0 + half_square * (Q1 + half_square * (Q2 + half_square * (Q3 + half_square * (Q4 + half_square * Q5))))
    weight = 3.0 - terms * half
    return half_square * ratio(terms - weight, 6.0 - x * weight)


def _scaled_less_one(rest: float, error: float, scale: int) -> float:
    """2**scale * (1 + rest - error) - 1, in the order that keeps most bits at each scale."""
    if scale == -1:
        return 0.5 * (rest - error) - 0.5
    if scale == 1:
        return -2.0 * (error - (rest + 0.5)) if rest < -0.25 else 1.0 + 2.0 * (rest - error)
    if scale <= -2 or scale > 56:
        power = 1.0 - (error - rest)
        power = power * 2.0 * NEARLY_LARGEST_POWER if scale == 1024 else power * power_of_two(scale)
        return power - 1.0
    inverse = power_of_two(-scale)
    if scale < 20:
        return ((1.0 - inverse) - (error - rest)) * power_of_two(scale)
    return ((rest - (error + inverse)) + 1.0) * power_of_two(scale)
