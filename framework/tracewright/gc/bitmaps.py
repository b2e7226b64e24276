"""Rows of bits in raw memory: one bit per cell of a block, 64 to a word, lowest first."""

from tracewright.core.integers import count_ones, count_trailing_zeros, urshift, wrap_lshift
from tracewright.core.memory import load64, store64


def bit_at(bits: int, index: int) -> bool:
    """Whether bit `index` of the row at address `bits` is set."""
    return urshift(load64(bits + (index >> 6) * 8), index & 63) & 1 != 0


def next_clear(bits: int, index: int, count: int) -> int:
    """The first clear bit from `index` on, or `count`."""
    while index < count:
        inverted = urshift(~load64(bits + (index >> 6) * 8), index & 63)
        if inverted != 0:
            found = index + count_trailing_zeros(inverted)
            return found if found < count else count
        index = (index | 63) + 1
    return count


def next_set(bits: int, index: int, count: int) -> int:
    """The first set bit from `index` on, or `count`."""
    while index < count:
        word = urshift(load64(bits + (index >> 6) * 8), index & 63)
        if word != 0:
            found = index + count_trailing_zeros(word)
            return found if found < count else count
        index = (index | 63) + 1
    return count


def set_range(bits: int, start: int, stop: int) -> None:
    """Set the bits from `start` up to, not including, `stop`."""
    while start < stop:
        address = bits + (start >> 6) * 8
        mask = wrap_lshift(-1, start & 63)
        after = (start | 63) + 1
        if after > stop:
            mask = mask & ~wrap_lshift(-1, stop & 63)
        store64(address, load64(address) | mask)
        start = after


def count_clear_runs(bits: int, count: int) -> int:
    """How many stretches of clear bits the first `count` bits have; those behind them, up to a whole word, count too."""
    runs = 0
    before = 1  # what stands before the word: a clear bit behind a set one begins a stretch
    for place in range((count + 63) >> 6):
        word = load64(bits + place * 8)
        runs += count_ones(~word & (wrap_lshift(word, 1) | before))
        before = urshift(word, 63)
    return runs


def count_set(bits: int, count: int) -> int:
    """How many of the first `count` bits are set; those behind them, up to a whole word, must be clear."""
    total = 0
    for place in range((count + 63) >> 6):
        total += count_ones(load64(bits + place * 8))
    return total
