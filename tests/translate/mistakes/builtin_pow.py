"""`id`, `pow` and other built-in functions.

Why: only those of the dialect's list are translated.
Instead: comprehensions and loops; `int_power` of `tracewright.lib.numbers`, `tracewright.core.mathematics` for floats.
"""


def main() -> int:
    return pow(2, 5)
