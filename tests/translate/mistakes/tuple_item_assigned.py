"""An item of a tuple assigned."""


def main() -> int:
    point = (1, 2)
    point[0] = 5
    return point[0]
