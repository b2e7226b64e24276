"""A method with type variables of its own that a subclass overrides.

Why: there is one such method for each choice of types, so none can be looked up by the class of the object.
Instead: let it call a method without type variables, and override that.
"""

from typing import TypeVar

T = TypeVar("T")


class Box:
    def twice(self, item: T) -> list[T]:
        return [item, item]


class Sealed(Box):
    def twice(self, item: T) -> list[T]:
        return [item]


def main() -> int:
    boxes: list[Box] = [Box(), Sealed()]
    return len(boxes[1].twice("x"))
