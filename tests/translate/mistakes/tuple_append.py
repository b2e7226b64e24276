"""A list method on a tuple."""


def main() -> int:
    point = (1, 2)
    point.append(3)
    return len(point)
