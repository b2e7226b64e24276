"""Comparing values of unrelated types."""


def main() -> int:
    answer = "42"
    if answer == 42:
        return 1
    return 0
