"""An int where a float is declared.

Why: Python would keep the int, and print it as one.
Instead: `float(x)`, or of a literal `3.0`.
"""


def half(number: float) -> float:
    return number / 2


def main() -> int:
    return int(half(3))
