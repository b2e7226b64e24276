"""A method that overrides another with another result type."""


class Shape:
    def area(self) -> int:
        return 0


class Circle(Shape):
    def area(self) -> float:
        return 3.14


def measure(shape: Shape) -> int:
    return shape.area()


def main() -> int:
    return measure(Shape()) + measure(Circle())
