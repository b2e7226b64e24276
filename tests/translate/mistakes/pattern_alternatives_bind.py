"""Names inside of alternatives, as in `case [1, x] | [x, 1]`.

Why: each name would be assigned on several ways, from places of different types.
Instead: a case for each.
"""


def main() -> int:
    numbers = [1, 2]
    match numbers:
        case [1, x] | [x, 1]:
            return x
        case _:
            return 0
