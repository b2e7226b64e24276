"""An attribute of something that may be None.

Why: the type says that it may be None, and nothing says what happens then.
Instead: `if node is not None`, or `assert node is not None`.
"""


class Node:
    def __init__(self, value: int, next: "Node | None" = None) -> None:
        self.value = value
        self.next = next


def second(node: Node) -> int:
    return node.next.value


def main() -> int:
    return second(Node(1, Node(2)))
