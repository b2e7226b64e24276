"""Powers of ten as 128-bit fractions: what conversion between binary and decimal floats multiplies with.

`10**k` is HIGH[k - FIRST_POWER] * 2**64 + LOW[k - FIRST_POWER] times a power of two, rounded down; the highest bit of
HIGH is always one. Powers 0..55 are exact.
"""

from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright.core.integers import wrap

FIRST_POWER: Final = -342  # 10**18 times less than this is below half of the smallest float
LAST_POWER: Final = 324  # the smallest float, 4.9e-324, is scaled up by this much
FIRST_EXACT, LAST_EXACT = 0, 55  # 5**55 < 2**128 < 5**56


def _significand(power: int) -> int:
    if power >= 0:
        number: int = 10**power
        excess = number.bit_length() - 128
        return number >> excess if excess >= 0 else number << -excess
    divisor = 10**-power
    significand: int = (1 << (127 + divisor.bit_length())) // divisor
    return significand


_SIGNIFICANDS = [_significand(power) for power in range(FIRST_POWER, LAST_POWER + 1)]
# The printer wants these rounded up, by adding one to LOW: that must not carry.
assert all(number.bit_length() == 128 and (number + 1) % (1 << 64) != 0 for number in _SIGNIFICANDS)
HIGH: Final[Array[int]] = array_of([wrap(number >> 64) for number in _SIGNIFICANDS])
LOW: Final[Array[int]] = array_of([wrap(number) for number in _SIGNIFICANDS])
