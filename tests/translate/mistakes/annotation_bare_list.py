"""`list`, `dict` or a generic class without type arguments.

Why: containers are compiled for one item type each.
Instead: `list[int]`, `dict[str, int]`, `Box[Token]`.
"""


def total(numbers: list) -> int:
    return sum(numbers)


def main() -> int:
    return total([1, 2])
