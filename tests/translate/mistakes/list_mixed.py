"""A list of ints and strs."""


def main() -> int:
    items = [1, 2, "three"]
    return len(items)
