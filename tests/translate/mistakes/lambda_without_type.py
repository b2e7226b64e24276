"""A lambda where nothing says what it takes.

Why: the types of its parameters come from where it is used.
Instead: `double: Callable[[int], int] = lambda number: number * 2`, or a function.
"""


def main() -> int:
    double = lambda number: number * 2
    return double(4)
