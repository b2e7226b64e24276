"""A loop variable used after a loop that may not run at all."""


def last(items: list[int]) -> int:
    for item in items:
        pass
    return item


def main() -> int:
    return last([1, 2, 3])
