"""An int that does not fit the machine word.

Why: `int` is a signed 64-bit word.
Instead: the numbers of `tracewright.lib.big_integers`, or a float.
"""


def main() -> int:
    return 0xFFFF_FFFF_FFFF_FFFF & 1
