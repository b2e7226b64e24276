"""`**`.

Why: for ints the result has no one type in Python, and it soon leaves the machine word.
Instead: `1 << n`, a loop, or `tracewright.core.mathematics.power` for floats.
"""


def main() -> int:
    return 2**10
