"""A generic class without type arguments, where nothing tells them."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []


def main() -> int:
    box = Box()
    return len(box.items)
