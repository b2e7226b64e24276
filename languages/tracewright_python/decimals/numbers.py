"""`PyDecimal`: a decimal number, and how its coefficient is counted in digits."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import array_of
from tracewright.core.integers import count_leading_zeros
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib.big_integers import BigInteger, compare, from_int
from tracewright.lib.big_integers_powers import power
from tracewright_python import builtin_types as types
from tracewright_python.objects import PyObject, PyType, as_py_object

POWERS: Final = array_of([10**k for k in range(19)])
"""Those powers of ten that are machine words."""
WORD_DIGITS: Final = 18
TEN: Final = from_int(10)
DIGITS_FOR_A_BIT: Final = 0.30102999566398119  # log10(2)


class Kind:
    """What kind of number it is; in the order of `compare_total`."""

    FINITE: Final = 0
    INFINITE: Final = 1
    SIGNALLING: Final = 2
    QUIET: Final = 3


@final
@immutable_fields("kind", "is_negative", "word", "big", "exponent")
class PyDecimal(PyObject):
    """A sign, a coefficient and an exponent; or an infinity; or a NaN, whose coefficient is what it tells.

    The coefficient is `word`, or `big` where it does not fit a machine word.
    """

    def __init__(self, kind: int, is_negative: bool, word: int, big: BigInteger | None, exponent: int) -> None:
        self.kind = kind
        self.is_negative = is_negative
        self.word = word
        self.big = big
        self.exponent = exponent

    def type_of(self) -> PyType:
        return types.DECIMAL_NUMBER

    def is_zero(self) -> bool:
        """Whether it is 0 or -0."""
        return self.kind == Kind.FINITE and self.word == 0 and self.big is None

    def is_nan(self) -> bool:
        """Whether it is a NaN of either kind."""
        return self.kind >= Kind.SIGNALLING

    def is_small(self) -> bool:
        """Whether it is finite and its coefficient a machine word."""
        return self.kind == Kind.FINITE and self.big is None

    def coefficient(self) -> BigInteger:
        """The coefficient, whatever its size."""
        big = self.big
        return from_int(self.word) if big is None else big

    def digits(self) -> int:
        """How many digits the coefficient has: 1 for 0."""
        big = self.big
        return digits_of_word(self.word) if big is None else digits_of(big)

    def adjusted(self) -> int:
        """The exponent of its first digit."""
        return self.exponent + self.digits() - 1


def as_decimal(value: Value) -> PyDecimal:
    """A value that is a decimal number."""
    thing = as_py_object(value)
    assert isinstance(thing, PyDecimal)
    return thing


def small(is_negative: bool, word: int, exponent: int) -> PyDecimal:
    """A finite number with a coefficient of one word."""
    return PyDecimal(Kind.FINITE, is_negative, word, None, exponent)


def finite(is_negative: bool, coefficient: BigInteger, exponent: int) -> PyDecimal:
    """A finite number."""
    if coefficient.fits_int():
        return PyDecimal(Kind.FINITE, is_negative, coefficient.low_word(), None, exponent)
    return PyDecimal(Kind.FINITE, is_negative, 0, coefficient, exponent)


def infinite(is_negative: bool) -> PyDecimal:
    """An infinity."""
    return PyDecimal(Kind.INFINITE, is_negative, 0, None, 0)


def quiet_nan() -> PyDecimal:
    """What an invalid operation gives."""
    return PyDecimal(Kind.QUIET, False, 0, None, 0)


def with_sign(number: PyDecimal, is_negative: bool) -> PyDecimal:
    """The same with this sign."""
    return PyDecimal(number.kind, is_negative, number.word, number.big, number.exponent)


def digits_of_word(word: int) -> int:
    """How many decimal digits a word from 0 up has."""
    if word < 10:
        return 1
    guess = (64 - count_leading_zeros(word)) * 1233 >> 12  # of so many bits: the digits or one less
    return guess if guess <= WORD_DIGITS and word < POWERS[guess] else guess + 1


@dont_look_inside
def digits_of(coefficient: BigInteger) -> int:
    """How many decimal digits a number from 0 up has."""
    if coefficient.fits_int():
        return digits_of_word(coefficient.low_word())
    guess = int((coefficient.bit_length() - 1) * DIGITS_FOR_A_BIT)
    return guess if compare(coefficient, ten_to(guess)) < 0 else guess + 1 + at_least(coefficient, guess + 1)


def at_least(coefficient: BigInteger, digits: int) -> int:
    """1 where a number has more digits than that, else 0."""
    return 1 if compare(coefficient, ten_to(digits)) >= 0 else 0


def surely_fits(coefficient: BigInteger, digits: int) -> bool:
    """Whether it is known without counting that a number has no more digits than that."""
    return coefficient.bit_length() * DIGITS_FOR_A_BIT + 1.0 < float(digits)


SMALL_POWERS: Final = array_of([power(TEN, k) for k in range(64)])


def ten_to(exponent: int) -> BigInteger:
    """A power of ten, exponent >= 0. Raises MemoryError where it would be too large."""
    if exponent < len(SMALL_POWERS):
        return SMALL_POWERS[exponent]
    if exponent > MOST_DIGITS:
        raise MemoryError
    return power(TEN, exponent)


MOST_DIGITS: Final = 1 << 31  # more do not fit the memory of a machine in a reasonable time
