"""Assigning to an attribute of a module.

Why: module-level names are constants of the program.
Instead: a field of an object.
"""

import tracewright.core.integers as integers


def main() -> int:
    integers.MAX_INT = 5
    return integers.MAX_INT
