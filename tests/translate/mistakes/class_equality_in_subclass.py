"""Objects compared as their base, which has no `__eq__`, where a subclass has one."""


class Node:
    def __init__(self, size: int) -> None:
        self.size = size


class Leaf(Node):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leaf) and other.size == self.size

    def __hash__(self) -> int:
        return self.size


def main() -> int:
    nodes: list[Node] = [Leaf(1), Leaf(2)]
    return nodes.index(Leaf(2))
