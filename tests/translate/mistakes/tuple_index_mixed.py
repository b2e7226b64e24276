"""`index` of a tuple whose items are of several types.

Why: what is looked for would have to be compared with each of them.
Instead: a list or a dict of what can be looked for.
"""


def main() -> int:
    row = (1, "a")
    return row.index(1)
