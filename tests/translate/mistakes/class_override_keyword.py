"""A keyword argument whose parameter has another name in an overriding method."""


class Node:
    def deep(self, levels: int) -> int:
        return levels


class Leaf(Node):
    def deep(self, depth: int) -> int:
        return depth + 1


def depth(node: Node) -> int:
    return node.deep(levels=3)


def main() -> int:
    return depth(Leaf()) + depth(Node())
