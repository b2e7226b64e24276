"""`str.format`.

Why: the text decides at run time what the arguments must be.
Instead: an f-string.
"""


def main() -> int:
    return len("{} items".format(3))
