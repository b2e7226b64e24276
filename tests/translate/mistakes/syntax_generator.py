"""A generator (`yield`).

Why: a frame that outlives its call has no native form.
Instead: return a list, or write a class with `__iter__` and `__next__`.
"""

from collections.abc import Iterator


def countdown(start: int) -> Iterator[int]:
    while start > 0:
        yield start
        start -= 1


def main() -> int:
    total = 0
    for number in countdown(3):
        total += number
    return total
