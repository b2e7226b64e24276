"""`isinstance` with classes held in a variable.

Why: the classes must be known at translation, and narrow the type where they stand.
Instead: `isinstance(x, (A, B))`.
"""


class Node:
    pass


class Number(Node):
    pass


class Name(Node):
    pass


LEAVES = (Number, Name)


def is_leaf(node: Node) -> bool:
    return isinstance(node, LEAVES)


def main() -> int:
    return int(is_leaf(Name())) + int(is_leaf(Number()))
