"""Division by multiplication gives the quotient, for all divisors near interesting ones and all dividends near multiples."""

import random

import pytest

from tracewright.core.integers import MAX_INT, MIN_INT, trunc_div, urshift, wrap, wrap_add, wrap_sub
from tracewright.jit.codegen.division import NaturalReciprocal, Reciprocal

CHOSEN = random.Random(7)
DIVISORS = sorted(
    {wrap(sign * ((1 << bit) + delta)) for bit in range(1, 64) for delta in (-1, 0, 1, 2) for sign in (1, -1)}
    | {wrap(CHOSEN.getrandbits(CHOSEN.randrange(2, 65))) for _ in range(300)}
    | {1000003, 10, 7, -7} - {0}
)


def quotient(n: int, divisor: int) -> int:
    facts = Reciprocal(divisor)
    high = (n * facts.multiplier) >> 64
    if divisor > 0 > facts.multiplier:
        high = wrap_add(high, n)
    if divisor < 0 < facts.multiplier:
        high = wrap_sub(high, n)
    high >>= facts.shift
    return wrap_add(high, urshift(high, 63))


@pytest.mark.parametrize("part", range(4))
def test_quotients(part: int) -> None:
    for divisor in DIVISORS[part::4]:
        if divisor in (-1, 0, 1):
            continue
        dividends = {0, 1, -1, MAX_INT, MIN_INT, divisor, wrap(-divisor)}
        for _ in range(20):
            multiple = divisor * CHOSEN.randrange(-(1 << 63) // abs(divisor) - 1, (1 << 63) // abs(divisor) + 1)
            dividends |= {multiple + delta for delta in (-1, 0, 1)}
            dividends.add(CHOSEN.getrandbits(64) - (1 << 63))
        for n in dividends:
            if MIN_INT <= n <= MAX_INT:
                assert quotient(n, divisor) == trunc_div(n, divisor), (n, divisor)


@pytest.mark.parametrize("part", range(4))
def test_quotients_of_naturals(part: int) -> None:
    for divisor in DIVISORS[part::4]:
        if divisor <= 1 or divisor & (divisor - 1) == 0:
            continue
        facts = NaturalReciprocal(divisor)
        dividends = {0, 1, MAX_INT, MAX_INT - 1, divisor, divisor - 1}
        for _ in range(30):
            multiple = divisor * CHOSEN.randrange(MAX_INT // divisor + 1)
            dividends |= {multiple + delta for delta in (-1, 0, 1)}
            dividends.add(CHOSEN.getrandbits(63))
        for n in dividends:
            if 0 <= n <= MAX_INT:
                assert n * (facts.multiplier % (1 << 64)) >> 64 >> facts.shift == n // divisor, (n, divisor)
