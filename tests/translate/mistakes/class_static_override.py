"""A static method called through an object whose class may override it.

Why: static methods are called directly.
Instead: an ordinary method, or the name of the class.
"""


class Node:
    @staticmethod
    def kind() -> str:
        return "node"


class Leaf(Node):
    @staticmethod
    def kind() -> str:
        return "leaf"


def name(node: Node) -> str:
    return node.kind()


def main() -> int:
    return len(name(Leaf()) + name(Node()))
