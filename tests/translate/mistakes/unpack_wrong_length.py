"""A tuple unpacked into the wrong number of names."""


def bounds() -> tuple[int, int]:
    return 1, 5


def main() -> int:
    low, middle, high = bounds()
    return high - low
