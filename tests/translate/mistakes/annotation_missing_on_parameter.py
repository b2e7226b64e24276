"""A parameter without a type.

Why: signatures are declared, so that an error stays in the function that has it.
Instead: `def double(number: int) -> int`.
"""


def double(number) -> int:
    return number * 2


def main() -> int:
    return double(4)
