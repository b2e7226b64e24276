"""A mapping pattern, as in `case {"kind": kind}`.

Why: the values of a dict have one type, so such patterns say little more than `in` does.
Instead: `if key in table`.
"""


def main() -> int:
    match {"a": 1}:
        case {"a": number}:
            return number
        case _:
            return 0
