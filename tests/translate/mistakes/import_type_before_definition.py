"""A type mentioned before its definition, without the import that allows it."""


class Node:
    def __init__(self, next: Leaf | None) -> None:
        self.next = next


class Leaf:
    pass


def main() -> int:
    return 0 if Node(None).next is None else 1
