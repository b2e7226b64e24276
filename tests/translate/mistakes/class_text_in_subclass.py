"""`str` of an object whose subclass has `__str__`, while its own class has `__repr__` only."""


class Shape:
    def __repr__(self) -> str:
        return "Shape"


class Square(Shape):
    def __str__(self) -> str:
        return "a square"


def shown(shape: Shape) -> str:
    return str(shape)


def main() -> int:
    return len(shown(Square()))
