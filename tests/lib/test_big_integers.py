"""`BigInteger` against CPython's int: every operation, on sizes on both sides of each change of method."""

import math
import operator
import sys
from collections.abc import Callable, Iterator
from typing import ParamSpec

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracewright.core.integers import wrap
from tracewright.lib import big_integers as basic
from tracewright.lib import big_integers_bits as bits
from tracewright.lib import big_integers_floats as floats
from tracewright.lib import big_integers_powers as powers
from tracewright.lib import big_integers_text as text
from tracewright.lib.big_integers import BigInteger, BigIntegerTooLarge
from tracewright.lib.big_integers_division import HALVING_LIMBS
from tracewright.lib.big_integers_products import KARATSUBA_LIMBS
from tracewright.lib.big_integers_quotients import divide_floor, divide_truncating
from tracewright_testing.big_integer_numbers import big, plain

P = ParamSpec("P")
WORDS = st.sampled_from([0, 1, 2, 2**63 - 1, 2**63, 2**63 + 1, 2**64 - 2, 2**64 - 1]) | st.integers(0, 2**64 - 1)


@pytest.fixture(scope="module", autouse=True)
def _numerals_of_any_length() -> Iterator[None]:
    """CPython refuses to read and write long numerals; the numbers here may have 4,325 digits of base 3."""
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    yield
    sys.set_int_max_str_digits(limit)


def magnitude(words: list[int]) -> int:
    return sum(word << 64 * index for index, word in enumerate(words))


SIGNS = st.sampled_from([1, -1])
SHORT = st.builds(lambda sign, words: sign * magnitude(words), SIGNS, st.lists(WORDS, max_size=5))
LONG = st.builds(
    lambda sign, size, low, step: sign * magnitude([(low + index * step * step) % 2**64 for index in range(size)]),
    SIGNS,
    st.integers(0, 4 * KARATSUBA_LIMBS),
    WORDS,
    WORDS,
)
NUMBERS = st.integers(-(2**70), 2**70) | SHORT | LONG
quick = settings(max_examples=150, deadline=None)


def test_words_and_limits() -> None:
    for number in (0, 1, -1, 2**63 - 1, -(2**63), 2**63, -(2**63) - 1, 2**64 - 1, 2**64, -(2**64)):
        fits = -(2**63) <= number < 2**63
        assert big(number).fits_int() is fits
        assert big(number).low_word() == wrap(number)
        if fits:
            assert big(number).to_int() == number
            assert plain(basic.from_int(number)) == number
        else:
            with pytest.raises(OverflowError):
                big(number).to_int()
    assert plain(basic.from_unsigned(-1)) == 2**64 - 1


@quick
@given(NUMBERS, NUMBERS)
@example(2**63, -(2**63))
@example(-(2**64) + 1, -1)
def test_sums_products_and_order(a: int, b: int) -> None:
    left, right = big(a), big(b)
    assert plain(basic.add(left, right)) == a + b
    assert plain(basic.subtract(left, right)) == a - b
    assert plain(basic.multiply(left, right)) == a * b
    assert plain(basic.negate(left)) == -a
    assert plain(basic.absolute(left)) == abs(a)
    assert basic.compare(left, right) == (a > b) - (a < b)
    assert basic.equals(left, right) is (a == b)
    assert basic.equals(left, big(a))
    assert left.bit_length() == a.bit_length()
    assert basic.hash_of_integer(left) == ((a > 0) - (a < 0)) * (abs(a) % (2**61 - 1))
    assert basic.compare_with_int(left, wrap(b)) == (a > wrap(b)) - (a < wrap(b))


@quick
@given(st.integers(1, 5 * KARATSUBA_LIMBS), st.integers(1, 5 * KARATSUBA_LIMBS), WORDS, WORDS)
def test_products_of_every_shape(n: int, m: int, low: int, high: int) -> None:
    a = magnitude([low] * n)
    b = magnitude([high, low] * m)
    assert plain(basic.multiply(big(a), big(b))) == a * b


@quick
@given(NUMBERS, NUMBERS.filter(bool))
def test_division(a: int, b: int) -> None:
    floored = divide_floor(big(a), big(b))
    assert (plain(floored.quotient), plain(floored.remainder)) == divmod(a, b)
    truncated = divide_truncating(big(a), big(b))
    quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    assert (plain(truncated.quotient), plain(truncated.remainder)) == (quotient, a - quotient * b)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4 * HALVING_LIMBS), st.integers(0, 4 * HALVING_LIMBS), WORDS, WORDS, st.integers(-1, 1))
@example(2 * HALVING_LIMBS, 2 * HALVING_LIMBS, 2**64 - 1, 2**64 - 1, -1)
@example(HALVING_LIMBS, HALVING_LIMBS, 1, 0, 0)
def test_division_around_exact_quotients(n: int, m: int, low: int, high: int, off: int) -> None:
    """Where a digit of the quotient is guessed wrongly, it is beside a multiple."""
    b = magnitude([low, high] * n) + 1
    quotient = magnitude([high] * m + [low])
    a = max(b * quotient + off, 0)
    result = divide_floor(big(a), big(b))
    assert (plain(result.quotient), plain(result.remainder)) == divmod(a, b)


def test_division_by_zero() -> None:
    for divide in (divide_floor, divide_truncating):
        with pytest.raises(ZeroDivisionError):
            divide(big(1), big(0))


@quick
@given(NUMBERS, NUMBERS, st.integers(0, 300))
def test_bits(a: int, b: int, count: int) -> None:
    left, right = big(a), big(b)
    logical: list[tuple[Callable[[BigInteger, BigInteger], BigInteger], Callable[[int, int], int]]] = [
        (bits.bit_and, operator.and_),
        (bits.bit_or, operator.or_),
        (bits.bit_xor, operator.xor),
    ]
    for ours, theirs in logical:
        assert plain(ours(left, right)) == theirs(a, b)
    assert plain(bits.bit_not(left)) == ~a
    assert plain(bits.shift_left(left, count)) == a << count
    assert plain(bits.shift_right(left, count)) == a >> count
    assert bits.bit_count(left) == a.bit_count()
    assert bits.trailing_zeros(left) == ((a & -a).bit_length() - 1 if a else 0)
    unsigned = a % (1 << count)
    assert plain(bits.as_unsigned(left, count)) == unsigned
    signed = unsigned - (1 << count) if count > 0 and unsigned >> (count - 1) else unsigned
    assert plain(bits.as_signed(left, count)) == signed


@quick
@given(SHORT, st.integers(1, 45), st.booleans(), st.booleans())
@example(-128, 1, True, True)
@example(-129, 1, True, True)
def test_bytes(a: int, size: int, big_endian: bool, signed: bool) -> None:
    order = "big" if big_endian else "little"
    try:
        expected = a.to_bytes(size, order, signed=signed)  # type: ignore[arg-type]
    except OverflowError:
        with pytest.raises(OverflowError):
            bits.to_bytes(big(a), size, big_endian, signed)
        return
    assert bits.to_bytes(big(a), size, big_endian, signed) == expected
    assert plain(bits.from_bytes(expected, big_endian, signed)) == a


@quick
@given(NUMBERS, st.integers(2, 36))
def test_text(a: int, radix: int) -> None:
    written = text.to_text(big(a), radix)
    assert int(written, radix) == a
    assert written == "0" or not written.lstrip("-").startswith("0")
    assert plain(text.from_text(written, radix)) == a
    assert plain(text.from_text(written.replace("-", "-00").upper(), radix)) == a


@pytest.mark.parametrize("digits", [1200, 5000, 20000])
def test_long_text(digits: int) -> None:
    for pattern in ("9", "10", "0123456789"):
        written = "1" + pattern * (digits // len(pattern))
        number = text.from_text(written, 10)
        assert text.to_text(number, 10) == written
        assert basic.equals(number, powers.power(big(10), 3)) is False
    assert text.to_text(powers.power(big(10), digits), 10) == "1" + "0" * digits


@pytest.mark.parametrize("wrong", ["", "-", "+", "12a", " 1", "1_0", "--1"])
def test_text_that_is_no_number(wrong: str) -> None:
    with pytest.raises(ValueError):
        text.from_text(wrong, 10)


@quick
@given(SHORT, st.integers(0, 40))
def test_powers(a: int, exponent: int) -> None:
    assert plain(powers.power(big(a), exponent)) == a**exponent


@quick
@given(SHORT, SHORT.map(abs), SHORT.filter(bool))
@example(3, 0, -1)
@example(5, 3, -7)
def test_powers_modulo(a: int, exponent: int, modulus: int) -> None:
    assert plain(powers.power_modulo(big(a), big(exponent), big(modulus))) == pow(a, exponent, modulus)
    try:
        expected = pow(a, -1, modulus)
    except ValueError:
        with pytest.raises(ValueError):
            powers.inverse_modulo(big(a), big(modulus))
    else:
        assert plain(powers.inverse_modulo(big(a), big(modulus))) == expected


@quick
@given(NUMBERS, NUMBERS, SHORT)
def test_divisors_and_roots(a: int, b: int, common: int) -> None:
    assert plain(powers.greatest_common_divisor(big(a), big(b))) == math.gcd(a, b)
    assert plain(powers.greatest_common_divisor(big(a * common), big(b * common))) == math.gcd(a, b) * abs(common)
    assert plain(powers.integer_root(big(abs(a)))) == math.isqrt(abs(a))
    for near in (a * a - 1, a * a):
        if near >= 0:
            assert plain(powers.integer_root(big(near))) == math.isqrt(near)


@quick
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_from_floats(x: float) -> None:
    assert plain(floats.from_float(x)) == int(x)
    assert floats.compare_with_float(big(int(x)), x) == (int(x) > x) - (int(x) < x)


def float_or_none(compute: Callable[P, float], *numbers: P.args, **named: P.kwargs) -> float | None:
    try:
        return compute(*numbers, **named)
    except OverflowError:
        return None


@quick
@given(NUMBERS, st.integers(0, 2**53 - 1), st.integers(0, 1000), st.integers(-1, 1), st.booleans())
def test_to_floats(a: int, significand: int, shift: int, off: int, tie: bool) -> None:
    near = (2 * significand + tie << shift) + off
    for number in (a, near, -near, 2**1024 - 2**970, 2**1024 - 2**970 - 1):
        assert float_or_none(floats.to_float, big(number)) == float_or_none(float, number)


@quick
@given(SHORT | LONG, SHORT.filter(bool) | LONG.filter(bool), st.integers(0, 1200))
def test_true_division(a: int, b: int, shift: int) -> None:
    for dividend, divisor in ((a, b), (a << shift, b), (a, b << shift), (1, b << shift)):
        ours = float_or_none(floats.true_divide, big(dividend), big(divisor))
        theirs = float_or_none(operator.truediv, dividend, divisor)
        assert ours == theirs
        if ours is not None and theirs is not None:
            assert math.copysign(1, ours) == math.copysign(1, theirs)


def test_limits() -> None:
    small = big(2**99)
    grown: list[Callable[[int], BigInteger]] = [
        lambda most: basic.add(small, small, most),
        lambda most: basic.subtract(small, basic.negate(small), most),
        lambda most: basic.multiply(big(2**50), big(2**49 + 2**48), most),
        lambda most: bits.shift_left(big(1), 100, most),
        lambda most: powers.power(big(2), 100, most),
        lambda most: text.from_text("1" + "0" * 100, 2, most),
        lambda most: text.from_text(str(2**100), 10, most),
        lambda most: bits.as_unsigned(big(-1), 101, most),
    ]
    for grow in grown:
        assert grow(101).bit_length() in (100, 101)
        with pytest.raises(BigIntegerTooLarge):
            grow(99)
    with pytest.raises(BigIntegerTooLarge):
        bits.shift_left(big(1), 2**63 - 1)
    with pytest.raises(BigIntegerTooLarge):
        powers.power(big(3**50), 2**62)
