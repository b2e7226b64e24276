"""Logarithms: natural, of 1 + x, to base 2 and to base 10.

x = 2**k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2). With s = f / (2 + f), log(1 + f) = log(1 + s) - log(1 - s)
= 2 s + s R(s**2), R a polynomial of degree 7 (error 2**-58.45), arranged so that what rounding loses stays below the last place.
"""

from typing import Final

from tracewright.core.integers import bits_of_float, float_of_bits, wrap_lshift
from tracewright.hints import elidable, inlined
from tracewright.lib.elementary.double_parts import BIAS, FRACTION_BITS, INFINITY, NAN, ratio, threshold, upper_half

LN2_HEAD: Final = float_of_bits(0x3FE62E42FEE00000)
LN2_TAIL: Final = float_of_bits(0x3DEA39EF35793C76)
SMALLEST_NORMAL: Final = threshold(0x00100000)
SUBNORMAL_SCALE: Final = 18014398509481984.0  # 2**54
SUBNORMAL_EXPONENT: Final = 54
# Added to an encoding, carries into the exponent where the fraction is at least sqrt(2) - 1.
ABOVE_ROOT_TWO: Final = 0x95F64 << 32
ABOVE_ROOT_TWO_BY_SUM: Final = (0x100000 - 0x6A09E) << 32

L1: Final = 6.666666666666735130e-01
L2: Final = 3.999999999940941908e-01
L3: Final = 2.857142874366239149e-01
L4: Final = 2.222219843214978396e-01
L5: Final = 1.818357216161805012e-01
L6: Final = 1.531383769920937332e-01
L7: Final = 1.479819860511658591e-01

CLOSE_TO_ONE: Final = 9.5367431640625e-07  # 2**-20: log(1 + f) is its first three terms
# Upper words of fractions about sqrt(2) - 1, where f is largest in size.
LARGE_FIRST: Final = 0x6147A
LARGE_LAST: Final = 0x6B851

LOWEST_SUM: Final = -threshold(0x3FD2BEC5)  # sqrt(1/2) - 1 and sqrt(2) - 1: between them 1 + x needs no scale
HIGHEST_SUM: Final = threshold(0x3FDA827A)
TINY_SUM: Final = threshold(0x3E200000)  # 2**-29: log(1 + x) = x - x**2 / 2
TINIEST_SUM: Final = threshold(0x3C900000)  # 2**-54: log(1 + x) = x
ALL_INTEGERS: Final = 9007199254740992.0  # 2**53: 1 + x is x
CLOSE_BELOW: Final = -1.430511474609375e-06  # -3 * 2**-21

INVERSE_LN2_HEAD: Final = float_of_bits(0x3FF7154765200000)
INVERSE_LN2_TAIL: Final = float_of_bits(0x3DE705FC2EEFA200)
INVERSE_LN10: Final = 4.34294481903251816668e-01
LOG10_OF_2_HEAD: Final = float_of_bits(0x3FD34413509F6000)
LOG10_OF_2_TAIL: Final = float_of_bits(0x3D59FEF311F12B36)


@inlined
def _polynomial(square: float) -> float:
    """R in two halves, which can be computed side by side."""
    fourth = square * square
    odd = square * (L1 + fourth * (L3 + fourth * (L5 + fourth * L7)))
    return odd + fourth * (L2 + fourth * (L4 + fourth * L6))


@inlined
def _is_plain(x: float) -> bool:
    """Whether `x` is a positive finite double that is not subnormal."""
    return SMALLEST_NORMAL <= x < INFINITY


def _exceptional(x: float) -> float:
    """The logarithm of 0, of infinity, of what is negative and of NaN."""
    return -INFINITY if x == 0.0 else x if x > 0.0 else NAN


@elidable
def log(x: float) -> float:
    """Natural logarithm; -infinity of 0, NaN below."""
    if _is_plain(x):
        return _log_of_scaled(x, 0)
    return _log_of_scaled(x * SUBNORMAL_SCALE, -SUBNORMAL_EXPONENT) if 0.0 < x < INFINITY else _exceptional(x)


def _log_of_scaled(x: float, exponent: int) -> float:
    """log(x * 2**exponent), of a normal `x`"""
    bits = bits_of_float(x)
    scale = ((bits + ABOVE_ROOT_TWO) >> FRACTION_BITS) - BIAS
    f = float_of_bits(bits - wrap_lshift(scale, FRACTION_BITS)) - 1.0
    k = float(scale + exponent)
    if -CLOSE_TO_ONE <= f < CLOSE_TO_ONE:
        if f == 0.0:
            return k * LN2_HEAD + k * LN2_TAIL
        terms = f * f * (0.5 - 0.33333333333333333 * f)
        return f - terms if k == 0.0 else k * LN2_HEAD - ((terms - k * LN2_TAIL) - f)
    s = ratio(f, 2.0 + f)
    terms = _polynomial(s * s)
    if LARGE_FIRST <= (bits >> 32) & 0xFFFFF <= LARGE_LAST:
        half_square = 0.5 * f * f
        if k == 0.0:
            return f - (half_square - s * (half_square + terms))
        return k * LN2_HEAD - ((half_square - (s * (half_square + terms) + k * LN2_TAIL)) - f)
    return f - s * (f - terms) if k == 0.0 else k * LN2_HEAD - ((s * (f - terms) - k * LN2_TAIL) - f)


@elidable
def log1p(x: float) -> float:
    """log(1 + x), exact for small `x` too; -infinity of -1, NaN below."""
    if x <= -1.0:
        return -INFINITY if x == -1.0 else NAN
    if not x < INFINITY:
        return x
    size = abs(x)
    if size < TINY_SUM:
        return x if size < TINIEST_SUM else x - x * x * 0.5
    if LOWEST_SUM < x < HIGHEST_SUM:
        half_square = 0.5 * x * x
        s = ratio(x, 2.0 + x)
        return x - (half_square - s * (half_square + _polynomial_in_order(s * s)))
    return _log_of_sum(x)


def _polynomial_in_order(square: float) -> float:
    return square * (L1 + square * (L2 + square * (L3 + square * (L4 + square * (L5 + square * (L6 + square * L7))))))


def _log_of_sum(x: float) -> float:
    """log(u) + c/u where u is 1 + x rounded and c what that lost."""
    total = 1.0 + x if x < ALL_INTEGERS else x
    lost = 0.0
    if x < ALL_INTEGERS:
        lost = ratio(1.0 - (total - x) if total >= 2.0 else x - (total - 1.0), total)
    bits = bits_of_float(total)
    scale = ((bits + ABOVE_ROOT_TWO_BY_SUM) >> FRACTION_BITS) - BIAS
    f = float_of_bits(bits - wrap_lshift(scale, FRACTION_BITS)) - 1.0
    k = float(scale)
    half_square = 0.5 * f * f
    if CLOSE_BELOW <= f < CLOSE_TO_ONE:
        if f == 0.0:
            return k * LN2_HEAD + (lost + k * LN2_TAIL)
        terms = half_square * (1.0 - 0.66666666666666666 * f)
        return k * LN2_HEAD - ((terms - (k * LN2_TAIL + lost)) - f)
    s = ratio(f, 2.0 + f)
    terms = _polynomial_in_order(s * s)
    return k * LN2_HEAD - ((half_square - (s * (half_square + terms) + (k * LN2_TAIL + lost))) - f)


@elidable
def log2(x: float) -> float:
    """Logarithm to base 2, exact for powers of two; -infinity of 0, NaN below."""
    if _is_plain(x):
        return _log2_of_scaled(x, 0)
    return _log2_of_scaled(x * SUBNORMAL_SCALE, -SUBNORMAL_EXPONENT) if 0.0 < x < INFINITY else _exceptional(x)


def _log2_of_scaled(x: float, exponent: int) -> float:
    """The sum of k and log(1 + f) / ln 2 in doubles of twice the length, as T. J. Dekker (1971) adds and multiplies them."""
    bits = bits_of_float(x)
    scale = ((bits + ABOVE_ROOT_TWO) >> FRACTION_BITS) - BIAS
    f = float_of_bits(bits - wrap_lshift(scale, FRACTION_BITS)) - 1.0
    k = float(scale + exponent)
    half_square = 0.5 * f * f
    s = ratio(f, 2.0 + f)
    terms = s * (half_square + _polynomial(s * s))
    head = upper_half(f - half_square)
    tail = (f - head) - half_square + terms
    product = head * INVERSE_LN2_HEAD
    product_tail = (tail + head) * INVERSE_LN2_TAIL + tail * INVERSE_LN2_HEAD
    total = k + product
    return (product_tail + ((k - total) + product)) + total


@elidable
def log10(x: float) -> float:
    """Logarithm to base 10, exact for 1 to 10**22; -infinity of 0, NaN below."""
    if x == 1.0:
        return 0.0
    if _is_plain(x):
        return _log10_of_scaled(x, 0)
    return _log10_of_scaled(x * SUBNORMAL_SCALE, -SUBNORMAL_EXPONENT) if 0.0 < x < INFINITY else _exceptional(x)


def _log10_of_scaled(x: float, exponent: int) -> float:
    bits = bits_of_float(x)
    field = (bits >> FRACTION_BITS) - BIAS
    # Towards 0, so that no exponent and logarithm have different signs.
    moved = field + int(field + exponent < 0)
    k = float(moved + exponent)
    small = k * LOG10_OF_2_TAIL + INVERSE_LN10 * log(float_of_bits(bits - wrap_lshift(moved, FRACTION_BITS)))
    return small + k * LOG10_OF_2_HEAD
