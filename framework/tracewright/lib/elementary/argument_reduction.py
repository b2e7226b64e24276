"""Angles beyond pi/4: how many quarter turns they hold, and what remains, as a sum of two doubles.

    x = quarters * pi/2 + (rest + tail)         |rest + tail| <= pi/4

Up to 2**19 quarters, pi/2 is taken in pieces of 33 bits whose products with the count are exact (Cody and Waite, 1980); another piece is
used when subtraction leaves few bits. Beyond, the fraction of x * 2/pi is computed with those bits of 2/pi alone that matter (M. Payne
and R. Hanek, Radian Reduction for Trigonometric Functions, 1983): the bits before them give whole turns, those after them less than
the tail can hold. That product is in integers here. The fraction times pi/2 is then summed in doubles, in pieces of 24 bits as fdlibm
has them: where the pieces begin decides how the head is rounded, and so, once in a thousand angles, a sine's last bit.
"""

from collections.abc import Callable
from typing import Final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.integers import (
    bits_of_float,
    float_of_bits,
    truncated,
    ult,
    umul_high,
    urshift,
    wrap,
    wrap_add,
    wrap_lshift,
    wrap_mul,
)
from tracewright.lib.elementary.double_parts import BIAS, FRACTION_BITS, power_of_two, threshold

# What finishes the work: a function of quarters (only their low two bits matter), rest and tail.
Finish = Callable[[int, float, float], float]

QUARTER_PI: Final = threshold(0x3FE921FC)  # just above pi/4: smaller angles are not reduced
THREE_QUARTERS_PI: Final = threshold(0x4002D97C)
LARGEST_MEDIUM: Final = threshold(0x413921FC)  # about 2**19 * pi/2
NEAR_HALF_PI: Final = 0x3FF921FB  # upper word of pi/2

QUARTERS_PER_RADIAN: Final = 6.36619772367581382433e-01  # 2/pi
FIRST_PIECE: Final = float_of_bits(0x3FF921FB54400000)  # the first 33 bits of pi/2
FIRST_REST: Final = float_of_bits(0x3DD0B4611A626331)  # pi/2 less the first piece
SECOND_PIECE: Final = float_of_bits(0x3DD0B4611A600000)
SECOND_REST: Final = float_of_bits(0x3BA3198A2E037073)
THIRD_PIECE: Final = float_of_bits(0x3BA3198A2E000000)
THIRD_REST: Final = float_of_bits(0x397B839A252049C1)

FEW_QUARTERS: Final = 32
# Upper words of the multiples of pi/2: only an angle with such a word can lose many bits.
_MULTIPLES: Final[Array[int]] = array_of(
    [bits_of_float(float(quarters) * 1.5707963267948966) >> 32 for quarters in range(FEW_QUARTERS)]
)


def reduced(x: float, finish: Finish) -> float:
    """`finish(quarters, rest, tail)` of a finite angle beyond pi/4."""
    size = abs(x)
    if size < THREE_QUARTERS_PI:
        return _less_one_quarter(x, size, finish)
    if size < LARGEST_MEDIUM:
        return _less_quarters(x, size, finish)
    return _less_turns(x, size, finish)


def _less_one_quarter(x: float, size: float, finish: Finish) -> float:
    rest = size - FIRST_PIECE
    piece = FIRST_REST
    if bits_of_float(size) >> 32 == NEAR_HALF_PI:
        rest -= SECOND_PIECE
        piece = SECOND_REST
    head = rest - piece
    tail = (rest - head) - piece
    return finish(1, head, tail) if x > 0.0 else finish(-1, -head, -tail)


def _exponent_field(x: float) -> int:
    return (bits_of_float(x) >> FRACTION_BITS) & 0x7FF


def _less_quarters(x: float, size: float, finish: Finish) -> float:
    quarters = truncated(size * QUARTERS_PER_RADIAN + 0.5)
    count = float(quarters)
    rest = size - count * FIRST_PIECE
    piece = count * FIRST_REST
    head = rest - piece  # good to 85 bits
    if quarters >= FEW_QUARTERS or bits_of_float(size) >> 32 == unchecked_get(_MULTIPLES, quarters):
        exponent = _exponent_field(size)
        if exponent - _exponent_field(head) > 16:
            before = rest
            piece = count * SECOND_PIECE
            rest = before - piece
            piece = count * SECOND_REST - ((before - rest) - piece)
            head = rest - piece  # good to 118 bits
            if exponent - _exponent_field(head) > 49:
                before = rest
                piece = count * THIRD_PIECE
                rest = before - piece
                piece = count * THIRD_REST - ((before - rest) - piece)
                head = rest - piece  # good to 151 bits, which is enough for every double
    tail = (rest - head) - piece
    return finish(quarters, head, tail) if x > 0.0 else finish(-quarters, -head, -tail)


def _pi(bits: int) -> int:
    """floor(pi * 2**bits) but for its last bits, by Machin's formula: pi/4 = 4 arctan(1/5) - arctan(1/239)."""

    def arctangent_of_inverse(number: int) -> int:
        power = (1 << bits) // number
        total, divisor = power, 1
        while power:
            power //= -number * number
            divisor += 2
            total += power // divisor
        return total

    return 4 * (4 * arctangent_of_inverse(5) - arctangent_of_inverse(239))


# Bits of 2/pi behind the binary point, 64 in a word, after one word of zeros: the largest double needs 1,225 of them.
_TABLE_WORDS: Final = 21
_PRECISION: Final = 64 * _TABLE_WORDS + 128
_TWO_OVER_PI = (2 << (_PRECISION + 64 * (_TABLE_WORDS - 1))) // _pi(_PRECISION)
TWO_OVER_PI: Final[Array[int]] = array_of(
    [wrap(_TWO_OVER_PI >> (64 * (_TABLE_WORDS - 1 - index))) for index in range(_TABLE_WORDS)]
)
PIECE_BITS: Final = 24


def _half_pi_piece(index: int) -> float:
    """24 bits of pi/2, of which the first piece has 23 behind the point (import time)."""
    scale = 23 + PIECE_BITS * index
    return float((_pi(_PRECISION) >> (_PRECISION + 1 - scale)) % (1 << PIECE_BITS)) * 2.0**-scale


HALF_PI_0: Final = _half_pi_piece(0)
HALF_PI_1: Final = _half_pi_piece(1)
HALF_PI_2: Final = _half_pi_piece(2)
HALF_PI_3: Final = _half_pi_piece(3)
HALF_PI_4: Final = _half_pi_piece(4)
ONE_PIECE: Final = 2.0**-PIECE_BITS
MOST_ZERO_BITS: Final = 64  # more than the fraction of any double begins with


def _bits_from(position: int) -> int:
    """64 bits of the table."""
    index, shift = position >> 6, position & 63
    word = wrap_lshift(unchecked_get(TWO_OVER_PI, index), shift)
    return word if shift == 0 else word | urshift(unchecked_get(TWO_OVER_PI, index + 1), 64 - shift)


def _less_turns(x: float, size: float, finish: Finish) -> float:
    """x = significand * 2**exponent; the bits of 2/pi above 2**(2 - exponent) make multiples of four quarters with it. With the next 192
    bits the product, modulo 2**192, has the quarters in its two highest bits and the fraction of one below."""
    bits = bits_of_float(size)
    significand = (bits & ((1 << FRACTION_BITS) - 1)) | 1 << FRACTION_BITS
    exponent = (bits >> FRACTION_BITS) - BIAS
    position = exponent - FRACTION_BITS - 2 + 64
    low_bits = _bits_from(position + 128)
    middle_bits = _bits_from(position + 64)
    low = wrap_mul(significand, low_bits)
    carried = umul_high(significand, low_bits)
    middle = wrap_add(wrap_mul(significand, middle_bits), carried)
    high = wrap_add(wrap_mul(significand, _bits_from(position)), umul_high(significand, middle_bits))
    if ult(middle, carried):
        high = wrap_add(high, 1)
    quarters = urshift(high, 62)
    fraction_high = wrap_lshift(high, 2) | urshift(middle, 62)
    fraction_low = wrap_lshift(middle, 2) | urshift(low, 62)
    negative = fraction_high < 0  # half and more: the next quarter is nearer
    if negative:
        quarters += 1
        fraction_high, fraction_low = ~fraction_high, ~fraction_low
    first_bits = (PIECE_BITS - 1 - exponent) % PIECE_BITS  # a piece ends where one of x's own bits would
    sign = -1.0 if negative != (x < 0.0) else 1.0
    return _times_half_pi(
        -quarters if x < 0.0 else quarters,
        fraction_high,
        fraction_low,
        first_bits if first_bits > 0 else PIECE_BITS,
        sign,
        finish,
    )


def _times_half_pi(quarters: int, high: int, low: int, first_bits: int, sign: float, finish: Finish) -> float:
    """Finishes with a fraction of 128 bits times pi/2: the first piece that is not 0 and the four after it, with five of pi/2."""
    taken = first_bits
    first = urshift(high, 64 - taken)
    high = wrap_lshift(high, taken) | urshift(low, 64 - taken)
    low = wrap_lshift(low, taken)
    while first == 0 and taken < MOST_ZERO_BITS:
        taken += PIECE_BITS
        first = urshift(high, 64 - PIECE_BITS)
        high = wrap_lshift(high, PIECE_BITS) | urshift(low, 64 - PIECE_BITS)
        low = wrap_lshift(low, PIECE_BITS)
    unit = power_of_two(-taken)
    piece0 = float(first) * unit
    unit *= ONE_PIECE
    piece1 = float(urshift(high, 40)) * unit
    unit *= ONE_PIECE
    piece2 = float(urshift(high, 16) & 0xFFFFFF) * unit
    unit *= ONE_PIECE
    piece3 = float((high & 0xFFFF) << 8 | urshift(low, 56)) * unit
    unit *= ONE_PIECE
    piece4 = float(urshift(low, 32) & 0xFFFFFF) * unit
    sum0 = HALF_PI_0 * piece0
    sum1 = HALF_PI_0 * piece1 + HALF_PI_1 * piece0
    sum2 = HALF_PI_0 * piece2 + HALF_PI_1 * piece1 + HALF_PI_2 * piece0
    sum3 = HALF_PI_0 * piece3 + HALF_PI_1 * piece2 + HALF_PI_2 * piece1 + HALF_PI_3 * piece0
    sum4 = HALF_PI_0 * piece4 + HALF_PI_1 * piece3 + HALF_PI_2 * piece2 + HALF_PI_3 * piece1 + HALF_PI_4 * piece0
    head = (((sum4 + sum3) + sum2) + sum1) + sum0
    tail = ((((sum0 - head) + sum1) + sum2) + sum3) + sum4
    return finish(quarters, sign * head, sign * tail)
