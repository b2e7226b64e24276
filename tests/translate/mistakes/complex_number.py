"""A complex number.

Why: there is no such machine type.
Instead: two floats.
"""


def main() -> int:
    z = 3 + 4j
    return int(abs(z))
