"""The cube root, by W. Kahan's method: a third of the encoding is a root to 5 bits, a polynomial makes it 23, Newton's step 53."""

from typing import Final

from tracewright.core.integers import bits_of_float, float_of_bits, wrap_lshift
from tracewright.hints import elidable
from tracewright.lib.elementary.double_parts import INFINITY, ratio, threshold

# What a third of the upper word lacks: 2/3 of the exponent's bias, less what makes the error the same on both sides.
THIRD_BIAS: Final = 715094163
THIRD_BIAS_SUBNORMAL: Final = 696219795  # 18 exponents less: a third of the scale's
SUBNORMAL_SCALE: Final = 18014398509481984.0  # 2**54
SMALLEST_NORMAL: Final = threshold(0x00100000)

# 1 / cbrt(r) for |r - 1| < 1/10, error 2**-23.5.
P0: Final = 1.87595182427177009643
P1: Final = -1.88497979543377169875
P2: Final = 1.621429720105354466140
P3: Final = -0.758397934778766047437
P4: Final = 0.145996192886612446982

HALF_OF_23_BITS: Final = 1 << 31
KEPT_23_BITS: Final = -(1 << 30)


@elidable
def cbrt(x: float) -> float:
    """Cube root."""
    size = abs(x)
    if x == 0.0 or not size < INFINITY:
        return x
    if size < SMALLEST_NORMAL:
        third = (bits_of_float(size * SUBNORMAL_SCALE) >> 32) // 3 + THIRD_BIAS_SUBNORMAL
    else:
        third = (bits_of_float(size) >> 32) // 3 + THIRD_BIAS
    root = float_of_bits(wrap_lshift(third, 32))
    r = (root * root) * ratio(root, size)
    root = root * ((P0 + r * (P1 + r * P2)) + ((r * r) * r) * (P3 + r * P4))
    # Away from 0 to 23 bits, so that the square below is exact.
    root = float_of_bits((bits_of_float(root) + HALF_OF_23_BITS) & KEPT_23_BITS)
    quotient = ratio(size, root * root)
    root = root + root * ratio(quotient - root, (root + root) + quotient)
    return -root if x < 0.0 else root
