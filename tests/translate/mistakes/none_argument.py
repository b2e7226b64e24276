"""A value that may be None as an argument that may not."""


class Node:
    def __init__(self, value: int, next: "Node | None" = None) -> None:
        self.value = value
        self.next = next


def show(node: Node) -> str:
    return f"<{node.value}>"


def main() -> int:
    node = Node(1)
    return len(show(node.next))
