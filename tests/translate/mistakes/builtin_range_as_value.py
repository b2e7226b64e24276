"""`range`, `enumerate`, `zip`, `reversed`, `map`, `filter` as values.

Why: they only exist as loops.
Instead: `list(range(...))`.
"""


def main() -> int:
    numbers = range(3)
    return len(numbers)
