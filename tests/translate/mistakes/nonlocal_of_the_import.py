"""A function made by the import that rebinds a variable of the function around it.

Why: what such a function takes along is a constant of the program.
Instead: a field of an object, which may change.
"""

from collections.abc import Callable


def counter() -> Callable[[], int]:
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return count

    return step


STEP = counter()


def main() -> int:
    return STEP()
