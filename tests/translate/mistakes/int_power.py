"""`**` of ints, unless the exponent is a literal.

Why: what `x ** -1` gives is a float, so the type of `x ** n` depends on a value.
Instead: `1 << n`, or `int_power` of `tracewright.lib.numbers`.
"""


def power(exponent: int) -> int:
    return int(2**exponent)


def main() -> int:
    return power(10)
