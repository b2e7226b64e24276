"""Hyperbolic functions and their inverses, by exponentials and logarithms."""

from typing import Final

from tracewright.core.mathematics import sqrt
from tracewright.hints import elidable
from tracewright.lib.elementary.double_parts import INFINITY, NAN, is_negative, ratio, threshold
from tracewright.lib.elementary.exponentials import HALF_LN2, exp, expm1
from tracewright.lib.elementary.logarithms import log, log1p

TINY: Final = threshold(0x3E300000)  # 2**-28: the odd functions are x
TINIEST_COSINE: Final = threshold(0x3C800000)  # 2**-55
LARGE: Final = 22.0  # e**-x is below the last place of e**x
LARGEST_EXPONENT: Final = threshold(0x40862E42)  # 709.78: beyond, e**x overflows and e**(x/2) is used
OVERFLOW: Final = 710.4758600739439
HUGE: Final = threshold(0x41B00000)  # 2**28: x**2 + 1 and x**2 - 1 are x**2
HUGE_SINE: Final = threshold(0x41B00001)
ABOVE_TWO: Final = threshold(0x40000001)
BEYOND: Final = 1e307  # times what is larger than OVERFLOW: infinity, or NaN
LN2: Final = 6.93147180559945286227e-01


@elidable
def sinh(x: float) -> float:
    """Hyperbolic sine."""
    half = -0.5 if x < 0.0 else 0.5
    size = abs(x)
    if size < LARGE:
        if size < TINY:
            return x
        less_one = expm1(size)
        if size < 1.0:
            return half * (2.0 * less_one - ratio(less_one * less_one, less_one + 1.0))
        return half * (less_one + ratio(less_one, less_one + 1.0))
    if size < LARGEST_EXPONENT:
        return half * exp(size)
    if size <= OVERFLOW:
        root = exp(0.5 * size)
        return (half * root) * root
    return x * BEYOND


@elidable
def cosh(x: float) -> float:
    """Hyperbolic cosine."""
    size = abs(x)
    if size < HALF_LN2:
        less_one = expm1(size)
        power = 1.0 + less_one
        return power if size < TINIEST_COSINE else 1.0 + ratio(less_one * less_one, power + power)
    if size < LARGE:
        power = exp(size)
        return 0.5 * power + ratio(0.5, power)
    if size < LARGEST_EXPONENT:
        return 0.5 * exp(size)
    if size <= OVERFLOW:
        root = exp(0.5 * size)
        return (0.5 * root) * root
    return size * BEYOND


@elidable
def tanh(x: float) -> float:
    """Hyperbolic tangent."""
    size = abs(x)
    if size < TINY or x != x:
        return x
    if size < 1.0:
        less_one = expm1(-2.0 * size)
        result = ratio(-less_one, less_one + 2.0)
    elif size < LARGE:
        result = 1.0 - ratio(2.0, expm1(2.0 * size) + 2.0)
    else:
        result = 1.0
    return -result if x < 0.0 else result


@elidable
def asinh(x: float) -> float:
    """Inverse of `sinh`."""
    size = abs(x)
    if size < TINY or not size < INFINITY:
        return x
    if size >= HUGE_SINE:
        result = log(size) + LN2
    elif size >= ABOVE_TWO:
        result = log(2.0 * size + ratio(1.0, sqrt(x * x + 1.0) + size))
    else:
        square = x * x
        result = log1p(size + ratio(square, 1.0 + sqrt(1.0 + square)))
    return -result if x < 0.0 else result


@elidable
def acosh(x: float) -> float:
    """Inverse of `cosh`, from 0; NaN below 1."""
    if not x >= 1.0:
        return NAN
    if x >= HUGE:
        return log(x) + LN2
    if x >= ABOVE_TWO:
        return log(2.0 * x - ratio(1.0, x + sqrt(x * x - 1.0)))
    above = x - 1.0
    return log1p(above + sqrt(2.0 * above + above * above))


@elidable
def atanh(x: float) -> float:
    """Inverse of `tanh`; infinite at 1 and -1, NaN beyond."""
    size = abs(x)
    if size < TINY:
        return x
    if size == 1.0:
        result = INFINITY
    elif not size < 1.0:
        return NAN
    elif size < 0.5:
        double = size + size
        result = 0.5 * log1p(double + ratio(double * size, 1.0 - size))
    else:
        result = 0.5 * log1p(ratio(size + size, 1.0 - size))
    return -result if is_negative(x) else result
