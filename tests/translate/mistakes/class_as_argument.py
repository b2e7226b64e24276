"""A class passed as an argument."""

from typing import TypeVar


class Shape:
    pass


class Circle(Shape):
    pass


S = TypeVar("S", bound=Shape)


def expect(shape: Shape, kind: type[S]) -> S:
    if isinstance(shape, kind):
        return shape
    raise TypeError("another shape")


def main() -> int:
    expect(Circle(), Circle)
    return 0
