"""A local that is read before its first assignment."""


def main() -> int:
    total = total + 1
    return total
