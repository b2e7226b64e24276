"""A name with two underscores at its head inside a class.

Why: Python renames it, so that a subclass may have another of the same name.
Instead: one underscore.
"""


class Node:
    def __init__(self) -> None:
        self.__size = 1

    def size(self) -> int:
        return self.__size


def main() -> int:
    return Node().size()
