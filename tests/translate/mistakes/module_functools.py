"""A decorator that is none of the hints, such as `functools.cache`.

Why: what it returns is no function of the module.
Instead: call a function that keeps its results in a dict.
"""

from functools import cache


@cache
def fibonacci(number: int) -> int:
    return number if number < 2 else fibonacci(number - 1) + fibonacci(number - 2)


def main() -> int:
    return fibonacci(10)
