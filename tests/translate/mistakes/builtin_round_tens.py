"""`round` to tens, hundreds and so on.

Why: which of two neighbours is nearer would take digits of any number.
Instead: `(number + 50) // 100 * 100`.
"""


def main() -> int:
    return int(round(1234.0, -2))
