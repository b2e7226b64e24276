"""A constructor called with too few arguments."""


class Point:
    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y


def main() -> int:
    return Point(1).x
