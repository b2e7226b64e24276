"""A default that an overriding method changes.

Why: the caller passes the default of the method that it sees.
Instead: the same default, or the argument written out.
"""


class Node:
    def deep(self, levels: int = 1) -> int:
        return levels


class Leaf(Node):
    def deep(self, levels: int = 2) -> int:
        return levels + 1


def depth(node: Node) -> int:
    return node.deep()


def main() -> int:
    return depth(Leaf()) + depth(Node())
