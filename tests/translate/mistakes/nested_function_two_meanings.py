"""A nested function with defaults whose name has another meaning elsewhere in the function around it.

Why: a call must know whose defaults it takes.
Instead: two names.
"""


def main() -> int:
    def step(number: int, by: int = 1) -> int:
        return number + by

    first = step(1)

    def step(number: int, by: int = 2) -> int:
        return number * by

    return first + step(3)
