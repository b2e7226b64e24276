"""A module-level name assigned in a function."""

COUNT = 0


def count() -> int:
    COUNT += 1
    return COUNT


def main() -> int:
    return count()
