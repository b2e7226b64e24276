"""Where a generator of random programs takes its decisions from: a seeded generator, or Hypothesis."""

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies

T = TypeVar("T")
Source = Callable[[int, int], int]  # an integer between two bounds, both included


def seeded(seed: int) -> Source:
    """Decisions that depend on nothing but `seed`."""
    return random.Random(seed).randint


def drawn(draw: Callable[[strategies.SearchStrategy[int]], int]) -> Source:
    """Decisions that Hypothesis makes, so that it can shrink them; small numbers are the simple choices."""
    return lambda low, high: draw(strategies.integers(low, high))


class Dice:
    """The few ways of deciding that generators need."""

    def __init__(self, between: Source) -> None:
        self.between = between

    def chance(self, percent: int) -> bool:
        """True in so many cases out of a hundred."""
        return self.between(0, 99) >= 100 - percent

    def pick(self, items: Sequence[T]) -> T:
        """One of `items`, all equally likely."""
        return items[self.between(0, len(items) - 1)]

    def weighted(self, rows: Sequence[tuple[int, T]]) -> T:
        """One of the rows' second parts, each as likely as its weight."""
        mark = self.between(0, sum(weight for weight, _ in rows) - 1)
        for weight, item in rows:
            mark -= weight
            if mark < 0:
                return item
        raise AssertionError("weights do not add up")
