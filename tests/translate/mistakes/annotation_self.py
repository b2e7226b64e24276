"""`Self` as a type."""

from typing import Self


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def step(self) -> Self:
        self.count += 1
        return self


def main() -> int:
    return Counter().step().count
