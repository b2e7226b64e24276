"""`map` and `filter`.

Why: they give objects that are asked for one item at a time.
Instead: a comprehension.
"""


def double(number: int) -> int:
    return number * 2


def main() -> int:
    return sum(list(map(double, [1, 2])))
