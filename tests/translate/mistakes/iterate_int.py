"""A loop over an int."""


def main() -> int:
    total = 0
    for index in 10:
        total += index
    return total
