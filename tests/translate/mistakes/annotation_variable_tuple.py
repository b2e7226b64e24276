"""A tuple of any length, as in `tuple[int, ...]`.

Why: a tuple is a record whose fields are its items.
Instead: `list[T]` or `Array[T]`.
"""


def total(numbers: tuple[int, ...]) -> int:
    result = 0
    for number in numbers:
        result += number
    return result


def main() -> int:
    return total((1, 2, 3))
