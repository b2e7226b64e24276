"""Calling something that is no function."""


def main() -> int:
    size = 3
    return size(4)
