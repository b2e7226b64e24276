"""A function of a standard module: `math`.

Why: the standard library is not in the dialect.
Instead: `tracewright.core.mathematics`; for os, sys, time, re, random and json the error names what there is.
"""

import math


def main() -> int:
    return int(math.sqrt(16.0))
