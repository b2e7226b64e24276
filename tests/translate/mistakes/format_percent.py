"""`%` formatting.

Why: the text decides at run time what the arguments must be.
Instead: an f-string.
"""


def main() -> int:
    return len("%d items" % 3)
