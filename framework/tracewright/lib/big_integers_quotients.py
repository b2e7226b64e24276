"""Division of `BigInteger`s: rounded down as Python does, or towards zero as C and JavaScript do."""

from typing import NamedTuple

from tracewright.lib.big_integers import ZERO, BigInteger, add, from_int, from_magnitude, subtract
from tracewright.lib.big_integers_division import divide_magnitudes


class Quotient(NamedTuple):
    """A quotient and what is left over."""

    quotient: BigInteger
    remainder: BigInteger


def divide_truncating(a: BigInteger, b: BigInteger) -> Quotient:
    """The quotient rounded towards zero; the remainder has the sign of `a`. Raises ZeroDivisionError."""
    if b.sign == 0:
        raise ZeroDivisionError("integer division or modulo by zero")
    if a.sign == 0:
        return Quotient(ZERO, ZERO)
    division = divide_magnitudes(a.limbs, b.limbs)
    return Quotient(from_magnitude(a.sign * b.sign, division.quotient), from_magnitude(a.sign, division.remainder))


def divide_floor(a: BigInteger, b: BigInteger) -> Quotient:
    """The quotient rounded down; the remainder has the sign of `b`. Raises ZeroDivisionError."""
    result = divide_truncating(a, b)
    if result.remainder.sign == 0 or result.remainder.sign == b.sign:
        return result
    return Quotient(subtract(result.quotient, from_int(1)), add(result.remainder, b))
