"""A str and an int added."""


def main() -> int:
    count = 3
    return len("items: " + count)
