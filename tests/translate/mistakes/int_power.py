"""`**`, unless the exponent is a literal that is not negative.

Why: what `x ** -1` gives is a float, so the type of `x ** n` depends on a value.
Instead: `1 << n`, `int_power` of `tracewright.lib.numbers`, or `power` of `tracewright.core.mathematics` for floats.
"""


def power(exponent: int) -> int:
    return int(2**exponent)


def main() -> int:
    return power(10)
