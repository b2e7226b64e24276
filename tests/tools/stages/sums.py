"""What the golden files beside this show: every form of these functions."""

from typing import final


@final
class Sum:
    """Adds up."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, items: list[int], start: int) -> int:
        for index in range(start, len(items)):
            item = items[index]
            self.total = self.total + item
        return self.total


class Shape:
    def area(self) -> int:
        return 0


class Square(Shape):
    def __init__(self, side: int) -> None:
        self.side = side

    def area(self) -> int:
        return self.side * self.side


class Circle(Shape):
    def area(self) -> int:
        return 3


def total_of(shape: Shape | None) -> int:
    if shape is None:
        return 0
    doubled = Sum().add([shape.area(), 1], 0) * 2
    return doubled


def squared(side: int) -> int:
    return total_of(Square(side)) + total_of(Circle())
