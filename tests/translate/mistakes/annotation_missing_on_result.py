"""A function without a declared result.

Why: callers are translated without looking into the function.
Instead: `-> T`, or `-> None` where nothing is returned.
"""


def double(number: int):
    return number * 2


def main() -> int:
    return double(4)
