"""Assigning to a class attribute.

Why: what belongs to a class is a constant of the program.
Instead: keep the state in an object that is passed along.
"""


class Counter:
    total: int = 0


def main() -> int:
    Counter.total = 3
    return Counter.total
