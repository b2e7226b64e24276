"""`*` in a list display."""


def main() -> int:
    base = [1, 2]
    more = [*base, 3]
    return len(more)
