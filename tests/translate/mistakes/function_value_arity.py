"""A function with too few parameters as a function value."""

from collections.abc import Callable


def constant() -> int:
    return 3


def apply(action: Callable[[int], int]) -> int:
    return action(1)


def main() -> int:
    return apply(constant)
