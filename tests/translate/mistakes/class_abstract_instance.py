"""An abstract class made into an object.

Why: Python refuses it too.
Instead: make an object of a subclass that writes every abstract method.
"""

from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self) -> int: ...


class Square(Shape):
    def __init__(self, side: int) -> None:
        self.side = side


def main() -> int:
    return Square(3).side
