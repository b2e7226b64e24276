"""A list of ints and floats."""


def main() -> int:
    prices = [1, 2.5]
    return len(prices)
