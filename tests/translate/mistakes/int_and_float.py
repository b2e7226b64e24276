"""A float where an int is needed, from `/`."""


def middle(items: list[int]) -> int:
    return items[len(items) / 2]


def main() -> int:
    return middle([1, 2, 3])
