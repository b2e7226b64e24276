"""`in` inside a chain of comparisons."""


def main() -> int:
    items = [1, 2]
    return 1 if 1 in items == True else 0
