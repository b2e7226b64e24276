"""`==` with None where the class has an `__eq__` of its own."""


class Node:
    def __eq__(self, other: object) -> bool:
        return True


def find(found: bool) -> Node | None:
    return Node() if found else None


def main() -> int:
    return int(find(True) == None)  # noqa: E711
