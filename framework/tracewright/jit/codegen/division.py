"""Division by a constant as a multiplication: n / d is the high word of n * multiplier, shifted, plus one for negative quotients.

The method is Granlund and Montgomery's ("Division by invariant integers using multiplication", 1994); Warren's "Hacker's Delight" has the
search for the smallest exponent in words of the machine's size, which this follows.

    q = high(n * multiplier)        signed
    q += n  where d > 0 > multiplier,   q -= n  where d < 0 < multiplier
    q >>= shift;  q += (q as unsigned) >> 63
"""

from typing import Final, final

from tracewright.core.integers import MIN_INT, udiv, ule, ult, umod, urshift, wrap_add, wrap_mul, wrap_neg, wrap_sub

_TWO_63: Final = MIN_INT  # as an unsigned word


@final
class Reciprocal:
    """`multiplier` and `shift` for a divisor other than -1, 0 and 1."""

    def __init__(self, divisor: int) -> None:
        size = divisor if divisor > 0 else wrap_neg(divisor)  # unsigned
        bound = wrap_add(_TWO_63, urshift(divisor, 63))
        limit = wrap_sub(wrap_sub(bound, 1), umod(bound, size))  # largest n whose remainder is size - 1
        exponent = 63
        q1 = udiv(_TWO_63, limit)
        r1 = wrap_sub(_TWO_63, wrap_mul(q1, limit))
        q2 = udiv(_TWO_63, size)
        r2 = wrap_sub(_TWO_63, wrap_mul(q2, size))
        searching = True
        while searching:
            exponent += 1
            q1 = wrap_add(q1, q1)
            r1 = wrap_add(r1, r1)
            if ule(limit, r1):
                q1 = wrap_add(q1, 1)
                r1 = wrap_sub(r1, limit)
            q2 = wrap_add(q2, q2)
            r2 = wrap_add(r2, r2)
            if ule(size, r2):
                q2 = wrap_add(q2, 1)
                r2 = wrap_sub(r2, size)
            missing = wrap_sub(size, r2)
            searching = ult(q1, missing) or (q1 == missing and r1 == 0)
        multiplier = wrap_add(q2, 1)
        self.multiplier: int = multiplier if divisor > 0 else wrap_neg(multiplier)
        self.shift: int = exponent - 64


@final
class NaturalReciprocal:
    """The same for dividends below 2**63 that are not negative, and a divisor above 1 that is no power of two: n // d is the high word of the unsigned
    product n * multiplier, shifted.

    With 2**(k-1) < d < 2**k, the multiplier is 2**(63+k) / d, rounded up: below 2**64, and off by less than 2**k / d, which n < 2**63 does not make
    visible.
    """

    def __init__(self, divisor: int) -> None:
        bits = 1
        while divisor >> bits != 0:
            bits += 1
        quotient, rest = 0, 1
        for _ in range(63 + bits):
            quotient = wrap_add(quotient, quotient)
            rest = wrap_add(rest, rest)
            if ule(divisor, rest):
                quotient = wrap_add(quotient, 1)
                rest = wrap_sub(rest, divisor)
        self.multiplier: int = wrap_add(quotient, 1)  # unsigned
        self.shift: int = bits - 1
