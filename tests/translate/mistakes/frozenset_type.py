"""`frozenset`, except for a constant of the module that is only asked with `in`.

Why: its hash would have to be that of its items in any order.
Instead: a set; as a key a tuple of the sorted items.
"""


def main() -> int:
    items = frozenset([1, 2])
    return len(items)
