"""`map`."""


def double(number: int) -> int:
    return number * 2


def main() -> int:
    return sum(list(map(double, [1, 2])))
