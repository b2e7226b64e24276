"""An int among floats in a module-level table.

Why: Python would keep the int, and print it as one.
Instead: write floats, such as `1.0`.
"""

RATES: list[float] = [1, 2.5]


def main() -> int:
    return int(RATES[0])
