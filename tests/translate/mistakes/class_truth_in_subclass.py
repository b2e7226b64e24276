"""A special method that only a subclass has, where objects are known as the base.

Why: the base has none, so nothing would be called natively.
Instead: write it in the base too.
"""


class Node:
    def __init__(self, size: int) -> None:
        self.size = size


class Leaf(Node):
    def __bool__(self) -> bool:
        return self.size > 0


def is_there(node: Node) -> int:
    return 1 if node else 0


def main() -> int:
    return is_there(Leaf(0))
