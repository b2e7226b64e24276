"""A list of a subclass where a list of the base class is needed."""


class Shape:
    def area(self) -> int:
        return 0


class Square(Shape):
    def area(self) -> int:
        return 4


def total(shapes: list[Shape]) -> int:
    return sum([shape.area() for shape in shapes])


def main() -> int:
    squares = [Square(), Square()]
    return total(squares)
