"""A value returned from a function that declares None."""


def double(number: int) -> None:
    return number * 2


def main() -> int:
    double(4)
    return 0
