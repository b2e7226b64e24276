"""A container by its old name."""

from typing import List


def total(numbers: List[int]) -> int:
    return sum(numbers)


def main() -> int:
    return total([])
