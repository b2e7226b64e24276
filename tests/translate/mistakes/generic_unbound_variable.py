"""A type variable in a function whose class or parameters do not have it."""

from typing import TypeVar

T = TypeVar("T")


def empty() -> list[T]:
    return []


def main() -> int:
    items = empty()
    return len(items)
