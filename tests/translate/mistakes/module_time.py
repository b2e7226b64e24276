"""`time`."""

from time import monotonic


def main() -> int:
    return int(monotonic())
