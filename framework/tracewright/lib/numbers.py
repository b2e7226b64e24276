"""Integer arithmetic that is more than one machine operation, and ints from floats and text."""

from tracewright.core.integers import (
    MAX_INT,
    MIN_INT,
    bits_of_float,
    count_trailing_zeros,
    float_of_bits,
    ovf_mul,
    ovf_neg,
    ovf_sub,
    trunc_div,
    trunc_mod,
    truncated,
    ult,
    wrap_lshift,
    wrap_mul,
    wrap_neg,
    wrap_sub,
)
from tracewright.core.mathematics import floor, fmod
from tracewright.core.text import StrBuffer, code_at, width_of
from tracewright.hints import elidable, isconstant
from tracewright.lib.builder import StringBuilder
from tracewright.lib.code_points import digit_value, is_number_space
from tracewright.lib.digits import digit_count, put_digits
from tracewright.lib.string_core import character_of
from tracewright.lib.string_repr import quoting


def floor_div(a: int, b: int) -> int:
    """`a // b`: rounded down. MIN_INT // -1 wraps to MIN_INT."""
    if b == 0:
        raise ZeroDivisionError("integer division or modulo by zero")
    if isconstant(b) and is_power_of_two(b):
        return a >> count_trailing_zeros(b)
    quotient = trunc_div(a, b)
    # Rounded toward zero, so one too high where the signs differ and something is left over.
    if (a ^ b) < 0 and wrap_mul(quotient, b) != a:
        return quotient - 1
    return quotient


def floor_mod(a: int, b: int) -> int:
    """`a % b`: has the sign of `b`."""
    if b == 0:
        raise ZeroDivisionError("integer modulo by zero")
    if isconstant(b) and is_power_of_two(b):
        return a & (b - 1)
    remainder = trunc_mod(a, b)
    # The signs first: their answer is mostly the same, so a trace has one guard that holds; what is left over changes.
    if (remainder ^ b) < 0 and remainder != 0:
        return remainder + b
    return remainder


def is_power_of_two(a: int) -> bool:
    """Whether exactly one bit is set, and not that of the sign."""
    return a > 0 and a & (a - 1) == 0


def int_abs(a: int) -> int:
    """`abs(a)`; that of MIN_INT wraps to itself."""
    return wrap_neg(a) if a < 0 else a


def int_min(a: int, b: int) -> int:
    """`min(a, b)`."""
    return b if b < a else a


def int_max(a: int, b: int) -> int:
    """`max(a, b)`."""
    return b if b > a else a


def int_power(base: int, exponent: int) -> int:
    """`base ** exponent` for `exponent` >= 0; raises OverflowError where it does not fit."""
    if exponent < 0:
        raise ValueError("negative exponent")
    result = 1
    while True:
        if exponent & 1 == 1:
            result = ovf_mul(result, base)
        exponent >>= 1
        if exponent == 0:
            return result
        base = ovf_mul(base, base)


def wrap_power(base: int, exponent: int) -> int:
    """`base ** exponent` modulo 2**64, signed, for `exponent` >= 0."""
    if exponent < 0:
        raise ValueError("negative exponent")
    result = 1
    while exponent > 0:
        if exponent & 1 == 1:
            result = wrap_mul(result, base)
        exponent >>= 1
        base = wrap_mul(base, base)
    return result


def check_range(end: int, step: int) -> None:
    """That counting by `step` to `end` neither stands still nor leaves the word: the last step may go beyond `end`."""
    if step == 0:
        raise ValueError("range() arg 3 must not be zero")
    if end > wrap_sub(MAX_INT, step) if step > 0 else end < wrap_sub(MIN_INT, step):
        raise OverflowError("the end of this range is too near to that of the machine word")


def shift_left(a: int, distance: int) -> int:
    """`a << distance`, of which the bits beyond the word are lost."""
    if distance < 0:
        raise ValueError("negative shift count")
    return wrap_lshift(a, distance) if distance < 64 else 0


def shift_right(a: int, distance: int) -> int:
    """`a >> distance`."""
    if distance < 0:
        raise ValueError("negative shift count")
    return a >> (distance if distance < 64 else 63)


def float_fits_int(x: float) -> bool:
    """Whether `x`, truncated, fits a word (NaN does not)."""
    return -9223372036854775808.0 <= x < 9223372036854775808.0


def int_of_float(x: float) -> int:
    """`int(x)`: truncated. Raises ValueError for NaN, OverflowError for infinities and what does not fit a word."""
    whole = truncated(x)
    if whole == MIN_INT and not float_fits_int(x):
        if x != x:
            raise ValueError("cannot convert float NaN to integer")
        if x - x != 0.0:
            raise OverflowError("cannot convert float infinity to integer")
        raise OverflowError("cannot convert float to 64-bit integer")
    return whole


@elidable
def str_of_int(number: int) -> str:
    """`str(number)`."""
    if ult(number, 10):
        return character_of(48 + number)
    if number >= 0:
        count = digit_count(number)
        buffer = StrBuffer(1, count)
        put_digits(buffer, 0, count, number)
        return buffer.finish()
    if number == MIN_INT:
        return "-9223372036854775808"
    count = digit_count(-number)
    buffer = StrBuffer(1, count + 1)
    buffer.put(0, 45)
    put_digits(buffer, 1, count, -number)
    return buffer.finish()


@elidable
def text_and_decimal(text: str, number: int) -> str:
    """`text + str(number)`, without the text of the number in between."""
    if number < 0 or width_of(text) != 1:
        return text + str(number)
    count = digit_count(number)
    buffer = StrBuffer(1, len(text) + count)
    buffer.put_text_and_decimal(text, count, number)
    return buffer.finish()


def str_of_int_in_base(number: int, base: int) -> str:
    """The number in base 2..36 with small letters, `-` before a negative one."""
    buffer = StrBuffer(1, 65)
    place = 65
    rest = number if number < 0 else -number  # negative numbers reach one further
    while True:
        digit = -trunc_mod(rest, base)
        place -= 1
        buffer.put(place, digit + 48 if digit < 10 else digit + 87)
        rest = trunc_div(rest, base)
        if rest == 0:
            break
    if number < 0:
        place -= 1
        buffer.put(place, 45)
    result = StrBuffer(1, 65 - place)
    result.put_range(0, buffer.finish(), place, 65 - place)
    return result.finish()


def letter_value(code: int) -> int:
    """The value of a digit or letter as a digit, -1 for anything else."""
    if code <= 127:
        if code <= 57:
            return code - 48 if code >= 48 else -1
        code |= 32
        return code - 87 if 97 <= code <= 122 else -1
    return digit_value(code)


def int_of_str(text: str) -> int:
    """`int(text)`. Raises OverflowError for what does not fit a word."""
    return int_of_str_in_base(text, 10)


def int_of_str_in_base(text: str, base: int) -> int:
    """`int(text, base)`; base 0 is told by the prefix. Raises OverflowError where it does not fit."""
    if base != 0 and not 2 <= base <= 36:
        raise ValueError("int() base must be >= 2 and <= 36, or 0")
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
    named = base
    prefix = prefix_base(text, start, stop)
    if prefix > 0 and (base == prefix or base == 0):
        base = prefix
        start += 2
        if start < stop and code_at(text, start) == 95:
            start += 1
    elif base == 0:
        base = 10 if start == stop or code_at(text, start) != 48 or _only_zeros(text, start, stop) else 1
    if not _is_number(text, start, stop, base):
        raise ValueError(invalid_int(text, named))
    value = 0
    for index in range(start, stop):
        code = code_at(text, index)
        if code != 95:
            # Negative numbers reach one further, so that MIN_INT can be read.
            value = ovf_sub(ovf_mul(value, base), letter_value(code))
    return value if negative else ovf_neg(value)


def prefix_base(text: str, start: int, stop: int) -> int:
    """The base that a prefix such as 0x names; 0 where there is none."""
    if stop - start < 2 or code_at(text, start) != 48:
        return 0
    letter = code_at(text, start + 1) | 32
    return 16 if letter == 120 else 8 if letter == 111 else 2 if letter == 98 else 0


def _only_zeros(text: str, start: int, stop: int) -> bool:
    """Whether the range is a zero, written with any number of digits."""
    for index in range(start, stop):
        if code_at(text, index) != 48 and code_at(text, index) != 95:
            return False
    return True


def invalid_int(text: str, base: int) -> str:
    """The message for a text that is no int."""
    builder = StringBuilder()
    builder.append("invalid literal for int() with base ")
    builder.append(str_of_int(base))
    builder.append(": ")
    return quoting(builder.build(), text)


def _is_number(text: str, start: int, stop: int, base: int) -> bool:
    """Whether the range is digits of the base, single underscores allowed between them."""
    after_digit = False
    for index in range(start, stop):
        code = code_at(text, index)
        if code == 95 and after_digit:
            after_digit = False
        else:
            digit = letter_value(code)
            if digit < 0 or digit >= base:
                return False
            after_digit = True
    return after_digit


def float_floor_mod(a: float, b: float) -> float:
    """`a % b`: the remainder has the sign of `b`."""
    if b == 0.0:
        raise ZeroDivisionError("float modulo")
    remainder = fmod(a, b)
    if remainder == 0.0:
        return float_of_bits(bits_of_float(b) & MIN_INT)  # a zero with the sign of b
    return remainder + b if (remainder < 0.0) != (b < 0.0) else remainder


def float_floor_div(a: float, b: float) -> float:
    """`a // b`: the quotient of what is left when the remainder is taken away, rounded to a whole number."""
    if b == 0.0:
        raise ZeroDivisionError("float floor division by zero")
    remainder = fmod(a, b)
    quotient = (a - remainder) / b
    if remainder != 0.0 and (remainder < 0.0) != (b < 0.0):
        quotient -= 1.0
    if quotient == 0.0:
        is_negative = (bits_of_float(a) < 0) != (bits_of_float(b) < 0)
        return -0.0 if is_negative else 0.0
    whole = floor(quotient)
    return whole + 1.0 if quotient - whole > 0.5 else whole
