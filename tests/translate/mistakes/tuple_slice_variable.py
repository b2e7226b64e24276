"""A slice of a tuple whose ends are not constants.

Why: the length of a tuple is part of its type.
Instead: a list.
"""


def rest(numbers: tuple[int, int, int], start: int) -> int:
    return len(numbers[start:])


def main() -> int:
    return rest((1, 2, 3), 1)
