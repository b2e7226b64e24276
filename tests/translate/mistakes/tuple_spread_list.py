"""A list spread into a tuple, as in `(*items, 1)`.

Why: the length of a tuple is part of its type.
Instead: a list display, `[*items, 1]`; a tuple may be spread into a tuple.
"""


def main() -> int:
    items = [1, 2]
    pair = (*items, 3)
    return pair[0]
