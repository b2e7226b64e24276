"""A field whose type cannot be read off its first assignment.

Why: fields have one machine type, fixed before any method is translated.
Instead: `self.items: list[int] = []`.
"""


class Stack:
    def __init__(self) -> None:
        self.items = []

    def push(self, item: int) -> None:
        self.items.append(item)


def main() -> int:
    stack = Stack()
    stack.push(3)
    return len(stack.items)
