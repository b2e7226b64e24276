"""A method that lists do not have."""


def main() -> int:
    items = [1, 2]
    items.add(3)
    return len(items)
