"""A decorator that wraps the function in another."""

from collections.abc import Callable


def twice(function: Callable[[int], int]) -> Callable[[int], int]:
    def wrapper(number: int) -> int:
        return function(function(number))

    return wrapper


@twice
def add_one(number: int) -> int:
    return number + 1


def main() -> int:
    return add_one(3)
