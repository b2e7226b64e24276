"""`round`, `map`, `filter`, `iter`, `next`, `id`, `pow` and other built-in functions.

Why: only those of the dialect's list are translated.
Instead: comprehensions and loops; `tracewright.core.mathematics` for floats.
"""


def main() -> int:
    return round(2.5)
