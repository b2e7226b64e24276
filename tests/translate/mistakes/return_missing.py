"""A function that can end without the result it declares.

Why: Python would give None, which is not the declared type.
Instead: a `return` or `raise` on every way.
"""


def sign(number: int) -> int:
    if number > 0:
        return 1
    if number < 0:
        return -1


def main() -> int:
    return sign(5)
