"""Catching something that is no exception class."""


class Failure:
    pass


def main() -> int:
    try:
        return 1
    except Failure:
        return 2
