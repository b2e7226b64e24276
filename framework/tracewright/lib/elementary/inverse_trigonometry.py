"""Arcsine, arccosine, arctangent.

asin: x + x R(x**2) up to 1/2, with a rational R of degree 5 over 4 (error 2**-58.75); beyond, asin(x) = pi/2 - 2 asin(sqrt((1 - x) / 2)).
atan: one of the known angles atan(1/2), atan(1), atan(3/2), pi/2 is taken off, then a polynomial of degree 23 in what remains.
"""

from typing import Final

from tracewright.core.integers import bits_of_float
from tracewright.core.mathematics import sqrt
from tracewright.hints import elidable, inlined
from tracewright.lib.elementary.double_parts import (
    BIAS,
    FRACTION_BITS,
    INFINITY,
    NAN,
    is_negative,
    ratio,
    threshold,
    upper_half,
)

PI: Final = 3.14159265358979311600e00
PI_TAIL: Final = 1.2246467991473531772e-16
HALF_PI: Final = 1.57079632679489655800e00
HALF_PI_TAIL: Final = 6.12323399573676603587e-17
QUARTER_PI: Final = 7.85398163397448278999e-01

P0: Final = 1.66666666666666657415e-01
P1: Final = -3.25565818622400915405e-01
P2: Final = 2.01212532134862925881e-01
P3: Final = -4.00555345006794114027e-02
P4: Final = 7.91534994289814532176e-04
P5: Final = 3.47933107596021167570e-05
Q1: Final = -2.40339491173441421878e00
Q2: Final = 2.02094576023350569471e00
Q3: Final = -6.88283971605453293030e-01
Q4: Final = 7.70381505559019352791e-02
TINY_SINE: Final = threshold(0x3E400000)  # 2**-27: asin x = x
TINY_COSINE: Final = threshold(0x3C600001)  # 2**-57: acos x = pi/2
ABOUT_ONE: Final = threshold(0x3FEF3333)  # 0.975

A0: Final = 3.33333333333329318027e-01
A1: Final = -1.99999999998764832476e-01
A2: Final = 1.42857142725034663711e-01
A3: Final = -1.11111104054623557880e-01
A4: Final = 9.09088713343650656196e-02
A5: Final = -7.69187620504482999495e-02
A6: Final = 6.66107313738753120669e-02
A7: Final = -5.83357013379057348645e-02
A8: Final = 4.97687799461593236017e-02
A9: Final = -3.65315727442169155270e-02
A10: Final = 1.62858201153657823623e-02
ARCTANGENT_HALF: Final = 4.63647609000806093515e-01
ARCTANGENT_HALF_TAIL: Final = 2.26987774529616870924e-17
ARCTANGENT_ONE_TAIL: Final = 3.06161699786838301793e-17
ARCTANGENT_THREE_HALVES: Final = 9.82793723247329054082e-01
ARCTANGENT_THREE_HALVES_TAIL: Final = 1.39033110312309984516e-17
HUGE_TANGENT: Final = threshold(0x44100000)  # 2**66: atan x = pi/2
LARGEST_RATIO: Final = 60  # exponents apart: the quotient is 0 or infinite as far as its arctangent can tell


@inlined
def _rational(square: float) -> float:
    """(asin(x) - x) / x by x**2."""
    numerator = square * (P0 + square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5)))))
    return ratio(numerator, 1.0 + square * (Q1 + square * (Q2 + square * (Q3 + square * Q4))))


@elidable
def asin(x: float) -> float:
    """The angle, -pi/2 to pi/2, whose sine is `x`; NaN beyond 1."""
    size = abs(x)
    if size < 0.5:
        return x if size < TINY_SINE else x + x * _rational(x * x)
    if size == 1.0:
        return x * HALF_PI + x * HALF_PI_TAIL
    if not size < 1.0:
        return NAN
    half = (1.0 - size) * 0.5
    terms = _rational(half)
    root = sqrt(half)
    if size >= ABOUT_ONE:
        angle = HALF_PI - (2.0 * (root + root * terms) - HALF_PI_TAIL)
    else:
        head = upper_half(root)
        rest = ratio(half - head * head, root + head)  # root = head + rest
        correction = 2.0 * root * terms - (HALF_PI_TAIL - 2.0 * rest)
        angle = QUARTER_PI - (correction - (QUARTER_PI - 2.0 * head))
    return angle if x > 0.0 else -angle


@elidable
def acos(x: float) -> float:
    """The angle, 0 to pi, whose cosine is `x`; NaN beyond 1."""
    size = abs(x)
    if size < 0.5:
        if size < TINY_COSINE:
            return HALF_PI + HALF_PI_TAIL
        return HALF_PI - (x - (HALF_PI_TAIL - x * _rational(x * x)))
    if size == 1.0:
        return 0.0 if x > 0.0 else PI + 2.0 * HALF_PI_TAIL
    if not size < 1.0:
        return NAN
    half = (1.0 - size) * 0.5
    root = sqrt(half)
    terms = _rational(half)
    if x < 0.0:
        return PI - 2.0 * (root + (terms * root - HALF_PI_TAIL))
    head = upper_half(root)
    rest = ratio(half - head * head, root + head)
    return 2.0 * (head + (terms * root + rest))


@inlined
def _arctangent_terms(x: float) -> float:
    """x - atan(x)"""
    square = x * x
    fourth = square * square
    even = square * (A0 + fourth * (A2 + fourth * (A4 + fourth * (A6 + fourth * (A8 + fourth * A10)))))
    odd = fourth * (A1 + fourth * (A3 + fourth * (A5 + fourth * (A7 + fourth * A9))))
    return x * (even + odd)


def _beyond(angle: float, tail: float, rest: float) -> float:
    return angle - ((_arctangent_terms(rest) - tail) - rest)


def _arctangent_of_size(x: float) -> float:
    """Of 7/16 and more, or NaN."""
    if x < 0.6875:
        return _beyond(ARCTANGENT_HALF, ARCTANGENT_HALF_TAIL, ratio(2.0 * x - 1.0, 2.0 + x))
    if x < 1.1875:
        return _beyond(QUARTER_PI, ARCTANGENT_ONE_TAIL, ratio(x - 1.0, x + 1.0))
    if x < 2.4375:
        return _beyond(ARCTANGENT_THREE_HALVES, ARCTANGENT_THREE_HALVES_TAIL, ratio(x - 1.5, 1.0 + 1.5 * x))
    if x < HUGE_TANGENT:
        return _beyond(HALF_PI, HALF_PI_TAIL, ratio(-1.0, x))
    return HALF_PI + HALF_PI_TAIL if x == x else NAN


@elidable
def atan(x: float) -> float:
    """The angle, -pi/2 to pi/2, whose tangent is `x`."""
    size = abs(x)
    if size < 0.4375:
        return x if size < TINY_SINE else x - _arctangent_terms(x)
    angle = _arctangent_of_size(size)
    return -angle if x < 0.0 else angle


def _exponent(size: float) -> int:
    return (bits_of_float(size) >> FRACTION_BITS) - BIAS


@elidable
def atan2(y: float, x: float) -> float:
    """The angle, -pi to pi, of the point (x, y): the signs of zeros count, as in C."""
    if x != x or y != y:
        return NAN
    if x == 1.0:
        return atan(y)
    angle = _angle_above(abs(y), x)
    return -angle if is_negative(y) else angle


def _angle_above(y: float, x: float) -> float:
    """Of a point whose `y` is not negative."""
    left = is_negative(x)
    if y == 0.0:
        return PI if left else 0.0
    if x == 0.0:
        return HALF_PI
    size = abs(x)
    if size == INFINITY:
        if y == INFINITY:
            return 3.0 * QUARTER_PI if left else QUARTER_PI
        return PI if left else 0.0
    if y == INFINITY:
        return HALF_PI
    # Of the upper words, as they are: a borrow from the fractions counts.
    apart = ((bits_of_float(y) >> 32) - (bits_of_float(size) >> 32)) >> 20
    if apart > LARGEST_RATIO:
        return HALF_PI + 0.5 * PI_TAIL
    angle = 0.0 if left and apart < -LARGEST_RATIO else atan(ratio(y, size))
    return PI - (angle - PI_TAIL) if left else angle
