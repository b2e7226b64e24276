"""Decimal text to the nearest float, ties to even: what Python's `float(text)` accepts and gives.

The first 18 significant digits are multiplied by a 128-bit power of ten, which bounds the number from both sides, far
closer than floats lie. Only where a midpoint of two floats may lie between the bounds, or where more digits could change
the answer, exact arithmetic compares the number with that midpoint: the result is right by construction, ties included.
"""

from typing import Final, final

from tracewright.core.integers import (
    count_leading_zeros,
    float_of_bits,
    ult,
    umul_high,
    urshift,
    wrap_add,
    wrap_lshift,
    wrap_mul,
    wrap_sub,
)
from tracewright.core.text import code_at
from tracewright.lib.code_points import digit_value, is_number_space
from tracewright.lib.float_tables import FIRST_POWER, HIGH, LOW
from tracewright.lib.naturals import Natural, compare_naturals
from tracewright.lib.string_repr import quoting

KEPT_DIGITS: Final = 18  # more might not fit a signed word
EXACT_DIGITS: Final = 800  # a midpoint has at most 767 significant digits, so a longer text never ties
EXACT_LIMBS: Final = (
    170  # EXACT_DIGITS and the largest scaling: 10**800 * 2**1075 < 2**3800, 2**54 * 10**1142 < 2**3850
)
LARGEST_POWER: Final = 308  # 1e309 is above the largest float
EXPONENT_LIMIT: Final = 1 << 40  # beyond any text's length, so a long row of zeros cannot make up for it
INFINITY_BITS: Final = 0x7FF << 52
HIDDEN_BIT: Final = 1 << 52


@final
class DecimalText:
    """A scanned number: `significand * 10**exponent`, a little more where `cut`: nonzero digits were dropped."""

    def __init__(self, start: int) -> None:
        self.significand = 0
        self.exponent = 0
        self.kept = 0
        self.digits = 0  # in the text, leading zeros included
        self.cut = False
        self.start = start
        self.stop = start  # behind the last digit of the mantissa

    def add_digit(self, digit: int, in_fraction: bool) -> None:
        """One more digit of the mantissa."""
        self.digits += 1
        if self.kept < KEPT_DIGITS:
            self.significand = self.significand * 10 + digit
            if self.significand != 0:
                self.kept += 1
            if in_fraction:
                self.exponent -= 1
        else:
            if digit != 0:
                self.cut = True
            if not in_fraction:
                self.exponent += 1


def parse_float(text: str) -> float:
    """The nearest float; infinite beyond the largest. Raises ValueError where the text is not a number."""
    start = 0
    stop = len(text)
    while start < stop and is_number_space(code_at(text, start)):
        start += 1
    while start < stop and is_number_space(code_at(text, stop - 1)):
        stop -= 1
    negative = False
    if start < stop and (code_at(text, start) == 45 or code_at(text, start) == 43):
        negative = code_at(text, start) == 45
        start += 1
    bits = _parse_magnitude(text, start, stop)
    if bits < 0:
        raise ValueError(quoting("could not convert string to float: ", text))
    value = float_of_bits(bits)
    return -value if negative else value


def _parse_magnitude(text: str, start: int, stop: int) -> int:
    """The bits of the number without its sign, or -1."""
    if _is_word(text, start, stop, "inf") or _is_word(text, start, stop, "infinity"):
        return INFINITY_BITS
    if _is_word(text, start, stop, "nan"):
        return INFINITY_BITS | HIDDEN_BIT >> 1
    decimal = DecimalText(start)
    index = _scan_digits(text, start, stop, decimal, False)
    if index >= 0 and index < stop and code_at(text, index) == 46:
        index = _scan_digits(text, index + 1, stop, decimal, True)
    if index < 0 or decimal.digits == 0:
        return -1
    decimal.stop = index
    if index < stop:
        if code_at(text, index) | 32 != 101:  # e, E
            return -1
        if not _scan_exponent(text, index + 1, stop, decimal):
            return -1
    return _decimal_bits(text, decimal)


def _is_word(text: str, start: int, stop: int, word: str) -> bool:
    """Whether the range of `text` is the lower-case ASCII `word`, in any case."""
    if stop - start != len(word):
        return False
    for index in range(len(word)):
        code = code_at(text, start + index)
        if code > 127 or code | 32 != code_at(word, index):
            return False
    return True


def _scan_digits(text: str, index: int, stop: int, decimal: DecimalText, in_fraction: bool) -> int:
    """Take digits, single underscores allowed between them; gives the index behind, or -1 for a stray underscore."""
    after_digit = False
    while index < stop:
        code = code_at(text, index)
        digit = digit_value(code)
        if digit >= 0:
            decimal.add_digit(digit, in_fraction)
            after_digit = True
        elif code == 95 and after_digit:
            after_digit = False
        else:
            break
        index += 1
    if index > 0 and code_at(text, index - 1) == 95:
        return -1
    return index


def _scan_exponent(text: str, index: int, stop: int, decimal: DecimalText) -> bool:
    """Take the exponent's sign and digits, to the end; whether it is well formed."""
    negative = False
    if index < stop and (code_at(text, index) == 45 or code_at(text, index) == 43):
        negative = code_at(text, index) == 45
        index += 1
    value = 0
    after_digit = False
    while index < stop:
        code = code_at(text, index)
        digit = digit_value(code)
        if digit >= 0:
            if value < EXPONENT_LIMIT:
                value = value * 10 + digit
            after_digit = True
        elif code == 95 and after_digit:
            after_digit = False
        else:
            return False
        index += 1
    decimal.exponent += -value if negative else value
    return after_digit


def _decimal_bits(text: str, decimal: DecimalText) -> int:
    bits = nearest_bits(decimal.significand, decimal.exponent)
    if not decimal.cut:
        return bits
    if bits == nearest_bits(decimal.significand + 1, decimal.exponent):
        return bits
    number = Natural(EXACT_LIMBS)
    power = decimal.exponent + _read_exactly(text, decimal, number)
    return _nearer(number, power, bits)


def nearest_bits(significand: int, power: int) -> int:
    """The bits of the float nearest to `significand * 10**power`; 0 <= significand <= 10**18."""
    if significand == 0 or power < FIRST_POWER:
        return 0
    if power > LARGEST_POWER:
        return INFINITY_BITS
    bits = _scaled_bits(significand, power)
    if bits >= 0:
        return bits
    number = Natural(EXACT_LIMBS)
    number.set_word(significand)
    return _nearer(number, power, ~bits)


def _scaled_bits(significand: int, power: int) -> int:
    """The bits of the nearest float if 128 bits decide; else the complement of the lower candidate's bits.

    The power of ten in the tables is cut off, and so is its product with the significand: the number is at least the
    product and less than the product + 2, in units of its last bit. Only if a midpoint may lie in there, ties are among
    those, it takes exact arithmetic to decide.
    """
    zeros = count_leading_zeros(significand)
    normal = wrap_lshift(significand, zeros)
    high_factor = HIGH[power - FIRST_POWER]
    high = umul_high(normal, high_factor)
    middle = wrap_mul(normal, high_factor)
    low = wrap_add(middle, umul_high(normal, LOW[power - FIRST_POWER]))
    if ult(low, middle):
        high = wrap_add(high, 1)
    top = urshift(high, 63)
    field = ((217706 * power) >> 16) + 63 + top - zeros + 1023  # 217706 / 2**16 is log2(10)
    if field >= 0x7FF:
        return INFINITY_BITS
    shift = top + 9
    if field <= 0:  # subnormal: fewer bits
        shift += 1 - field
        if shift > 64:
            return 0
    halves = urshift(high, shift) if shift < 64 else 0  # 54 bits, one more than a float has
    rest_mask = wrap_sub(wrap_lshift(1, shift), 1) if shift < 64 else -1
    rest = high & rest_mask
    lower = halves >> 1 if field <= 0 else (field << 52) + (halves >> 1) - HIDDEN_BIT
    if halves & 1 == 0:
        return ~lower if rest == rest_mask and low == -1 else lower
    # A carry out of the fraction makes the next exponent's first float, or infinity, as it should be.
    return ~lower if rest == 0 and low == 0 else lower + 1


def _nearer(number: Natural, power: int, bits: int) -> int:
    """`bits` or its upper neighbour, whichever is nearer to `number * 10**power`; the even one at a tie."""
    field = bits >> 52
    mantissa = bits & (HIDDEN_BIT - 1)
    exponent = -1074
    if field > 0:
        mantissa |= HIDDEN_BIT
        exponent = field - 1075
    middle = Natural(EXACT_LIMBS)
    middle.set_word(2 * mantissa + 1)
    if power >= 0:
        number.multiply_power_of_ten(power)
    else:
        middle.multiply_power_of_ten(-power)
    if exponent >= 1:
        middle.shift_left(exponent - 1)
    else:
        number.shift_left(1 - exponent)
    order = compare_naturals(number, middle)
    if order > 0 or (order == 0 and bits & 1 == 1):
        return bits + 1
    return bits


def _read_exactly(text: str, decimal: DecimalText, number: Natural) -> int:
    """Read the mantissa's digits into `number`; gives the power of ten to add to the one that fits 18 digits."""
    taken = 0
    power = 0
    cut = False
    for index in range(decimal.start, decimal.stop):
        digit = digit_value(code_at(text, index))
        if digit < 0 or (taken == 0 and digit == 0):
            continue
        if taken >= EXACT_DIGITS:
            cut = cut or digit != 0
            continue
        number.multiply_add(10, digit)
        taken += 1
        if taken > KEPT_DIGITS:
            power -= 1
    if cut:  # anything nonzero tells it from a midpoint
        number.multiply_add(10, 1)
        power -= 1
    return power
