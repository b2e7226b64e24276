"""A local that is read where it may not have been assigned.

Why: natively there is nothing that marks it as unassigned.
Instead: assign it on every way, or before the branch.
"""


def sign(number: int) -> int:
    if number > 0:
        result = 1
    elif number < 0:
        result = -1
    return result


def main() -> int:
    return sign(5)
