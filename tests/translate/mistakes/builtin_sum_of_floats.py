"""The `sum` of floats without a start.

Why: the sum of none would be the int 0.
Instead: `sum(xs, 0.0)`.
"""


def total(weights: list[float]) -> float:
    return sum(weights)


def main() -> int:
    return int(total([]))
