"""x**y as 2**(y log2 x), with log2 x in two doubles and the product computed in pieces, so that the last place is nearly always right.

log2 x = k + log2(c) + 2/(3 ln 2) * (3/2) (log(1 + s) - log(1 - s)), with s = (a - c) / (a + c) where a is x's significand and c is 1 or 3/2,
whichever is near. The upper halves of s, of y and of the logarithm have so few bits that their products are exact.
"""

from typing import Final

from tracewright.core.integers import bits_of_float, float_of_bits, truncated, wrap_lshift
from tracewright.core.mathematics import sqrt
from tracewright.hints import elidable
from tracewright.lib.elementary.double_parts import (
    BIAS,
    FRACTION_BITS,
    INFINITY,
    NAN,
    is_negative,
    power_of_two,
    ratio,
    threshold,
    upper_half,
)

ALL_EVEN: Final = 9007199254740992.0  # 2**53: every double from here is even
SUBNORMAL_SCALE: Final = 9007199254740992.0
SUBNORMAL_EXPONENT: Final = 53
SMALLEST_NORMAL: Final = threshold(0x00100000)
ROOT_OF_3_HALVES: Final = 0x3988E  # upper words of the fractions of sqrt(3/2) and of sqrt(3)
ROOT_OF_3: Final = 0xBB67A
UPPER_FRACTION: Final = 0xFFFFF

LARGE_EXPONENT: Final = threshold(0x41E00001)  # 2**31
LARGEST_EXPONENT: Final = threshold(0x43F00001)  # 2**64
BELOW_ONE: Final = threshold(0x3FEFFFFF)  # about 2**-20 around 1
ABOVE_ONE: Final = threshold(0x3FF00001)

LOG2_OF_3_HALVES: Final = float_of_bits(0x3FE2B80340000000)
LOG2_OF_3_HALVES_TAIL: Final = float_of_bits(0x3E4CFDEB43CFD006)
L1: Final = 5.99999999999994648725e-01
L2: Final = 4.28571428578550184252e-01
L3: Final = 3.33333329818377432918e-01
L4: Final = 2.72728123808534006489e-01
L5: Final = 2.30660745775561754067e-01
L6: Final = 2.06975017800338417784e-01
TWO_3RDS_INVERSE_LN2: Final = float_of_bits(0x3FEEC709DC3A03FD)  # 2 / (3 ln 2)
TWO_3RDS_INVERSE_LN2_HEAD: Final = float_of_bits(0x3FEEC709E0000000)
TWO_3RDS_INVERSE_LN2_TAIL: Final = float_of_bits(0xBE3E2FE0145B01F5 - (1 << 64))
INVERSE_LN2: Final = float_of_bits(0x3FF71547652B82FE)
INVERSE_LN2_HEAD: Final = float_of_bits(0x3FF7154760000000)
INVERSE_LN2_TAIL: Final = float_of_bits(0x3E54AE0BF85DDF44)

P1: Final = 1.66666666666666019037e-01
P2: Final = -2.77777777770155933842e-03
P3: Final = 6.61375632143793436117e-05
P4: Final = -1.65339022054652515390e-06
P5: Final = 4.13813679705723846039e-08
LN2: Final = float_of_bits(0x3FE62E42FEFA39EF)
LN2_HEAD: Final = float_of_bits(0x3FE62E4300000000)
LN2_TAIL: Final = float_of_bits(0xBE205C610CA86C39 - (1 << 64))
OVERFLOW_EXPONENT: Final = 1024.0
OVERFLOW_REST: Final = 8.0085662595372944372e-17  # what 1024 lacks to the least logarithm that overflows
UNDERFLOW_EXPONENT: Final = -1075.0
ABOUT_HALF: Final = threshold(0x3FE00001)
SUBNORMAL_RESULT_SCALE: Final = 54
SMALL_POWER: Final = 5.5511151231257827e-17  # 2**-54


@elidable
def power(x: float, y: float) -> float:
    """`x` to the power `y`, as JavaScript defines it: unlike C's, 1 and -1 to an infinite power and 1 to a NaN power are NaN."""
    if y == 0.0:
        return 1.0
    if x != x or y != y:
        return NAN
    size = abs(x)
    if abs(y) == INFINITY:
        if size == 1.0:
            return NAN
        return INFINITY if (size > 1.0) == (y > 0.0) else 0.0
    if y == 1.0:
        return x
    if y == 2.0:
        return x * x
    if y == -1.0 and x != 0.0:
        return ratio(1.0, x)
    negative = is_negative(x)
    if y == 0.5 and not negative:
        return sqrt(x)
    if size == 0.0 or size == INFINITY:
        result = size if y > 0.0 else INFINITY if size == 0.0 else 0.0
    elif negative and not _is_whole(y):
        return NAN
    elif size == 1.0:
        result = 1.0
    else:
        result = _power_of_size(size, y)
    return -result if negative and _is_odd(y) else result


def _is_whole(y: float) -> bool:
    return abs(y) >= ALL_EVEN or float(truncated(y)) == y


def _is_odd(y: float) -> bool:
    return abs(y) < ALL_EVEN and _is_whole(y) and truncated(y) & 1 == 1


def _power_of_size(x: float, y: float) -> float:
    """Of a positive finite `x` that is not 1."""
    if abs(y) < LARGE_EXPONENT:
        return _with_logarithm(x, y)
    if x < BELOW_ONE or x >= ABOVE_ONE or abs(y) >= LARGEST_EXPONENT:
        return INFINITY if (x > 1.0) == (y > 0.0) else 0.0
    # So close to 1 that four terms are the logarithm.
    above = x - 1.0
    terms = (above * above) * (0.5 - above * (0.3333333333333333333333 - above * 0.25))
    product = INVERSE_LN2_HEAD * above
    product_tail = above * INVERSE_LN2_TAIL - terms * INVERSE_LN2
    head = upper_half(product + product_tail)
    return _power_of_two_of_product(y, head, product_tail - (head - product))


def _with_logarithm(x: float, y: float) -> float:
    k = 0
    if x < SMALLEST_NORMAL:
        x *= SUBNORMAL_SCALE
        k = -SUBNORMAL_EXPONENT
    bits = bits_of_float(x)
    fraction = (bits >> 32) & UPPER_FRACTION
    scale = (bits >> FRACTION_BITS) - BIAS
    center, center_log, center_log_tail = 1.0, 0.0, 0.0
    if fraction > ROOT_OF_3_HALVES:
        if fraction < ROOT_OF_3:
            center, center_log, center_log_tail = 1.5, LOG2_OF_3_HALVES, LOG2_OF_3_HALVES_TAIL
        else:
            scale += 1
    significand_bits = bits - wrap_lshift(scale, FRACTION_BITS)
    significand = float_of_bits(significand_bits)
    # s in two pieces, with the sum below it in two as well
    difference = significand - center
    inverse = ratio(1.0, significand + center)
    s = difference * inverse
    s_head = upper_half(s)
    sum_word = ((significand_bits >> 33) | 0x20000000) + 0x00080000 + (0x40000 if center == 1.5 else 0)
    sum_head = float_of_bits(wrap_lshift(sum_word, 32))
    sum_tail = significand - (sum_head - center)
    s_tail = inverse * ((difference - s_head * sum_head) - s_head * sum_tail)
    # (3/2) (log(1 + s) - log(1 - s)) = s (3 + s**2 + ...)
    square = s * s
    terms = square * square * (L1 + square * (L2 + square * (L3 + square * (L4 + square * (L5 + square * L6)))))
    terms += s_tail * (s_head + s)
    square = s_head * s_head
    factor = upper_half(3.0 + square + terms)
    factor_tail = terms - ((factor - 3.0) - square)
    product = s_head * factor
    product_tail = s_tail * factor + factor_tail * s
    natural = upper_half(product + product_tail)
    natural_tail = product_tail - (natural - product)
    binary = TWO_3RDS_INVERSE_LN2_HEAD * natural
    binary_tail = TWO_3RDS_INVERSE_LN2_TAIL * natural + natural_tail * TWO_3RDS_INVERSE_LN2 + center_log_tail
    whole = float(scale + k)
    head = upper_half(((binary + binary_tail) + center_log) + whole)
    tail = binary_tail - (((head - whole) - center_log) - binary)
    return _power_of_two_of_product(y, head, tail)


def _power_of_two_of_product(y: float, log_head: float, log_tail: float) -> float:
    """2**(y * (log_head + log_tail)), where `log_head` has an upper half only"""
    y_head = upper_half(y)
    tail = (y - y_head) * log_head + y * log_tail
    head = y_head * log_head
    exponent = tail + head
    if exponent >= OVERFLOW_EXPONENT:
        if exponent > OVERFLOW_EXPONENT or tail + OVERFLOW_REST > exponent - head:
            return INFINITY
    elif exponent <= UNDERFLOW_EXPONENT:
        if exponent < UNDERFLOW_EXPONENT or tail <= exponent - head:
            return 0.0
    whole = 0
    if abs(exponent) >= ABOUT_HALF:
        whole = truncated(exponent + (0.5 if exponent > 0.0 else -0.5))
        head -= float(whole)
    return _scaled(_power_of_two_of_sum(head, tail), whole)


def _power_of_two_of_sum(head: float, tail: float) -> float:
    """2**(head + tail), |head + tail| <= 1/2, as e**(z + w): the exponential's method with a tail"""
    rounded = upper_half(tail + head)
    natural = rounded * LN2_HEAD
    natural_tail = (tail - (rounded - head)) * LN2 + rounded * LN2_TAIL
    z = natural + natural_tail
    w = natural_tail - (z - natural)
    square = z * z
    terms = z - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))))
    quotient = ratio(
        z * terms, (terms - 2.0) - (w + z * w)
    )  # V8 has the tail in the divisor, fdlibm outside the quotient
    return 1.0 - (quotient - z)


def _scaled(x: float, exponent: int) -> float:
    """x * 2**exponent, of an `x` about 1, rounded once."""
    bits = bits_of_float(x)
    if (bits >> FRACTION_BITS) + exponent <= 0:
        return x * power_of_two(exponent + SUBNORMAL_RESULT_SCALE) * SMALL_POWER
    return float_of_bits(bits + wrap_lshift(exponent, FRACTION_BITS))
