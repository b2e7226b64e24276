"""An `@elidable` function that changes something.

Why: traces leave out or repeat calls of such a function, so the change would happen once, twice or never.
Instead: leave out the hint, or use `dont_look_inside`.
"""

from tracewright.hints import elidable


class Counter:
    def __init__(self) -> None:
        self.hits = 0


COUNTER = Counter()


@elidable
def square(number: int) -> int:
    COUNTER.hits += 1
    return number * number


def main() -> int:
    return square(3)
