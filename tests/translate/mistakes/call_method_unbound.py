"""A method called through its class.

Why: methods are found by the class of the object.
Instead: `stack.push(3)`, or `super().push(3)`.
"""


class Stack:
    def __init__(self) -> None:
        self.items: list[int] = []

    def push(self, item: int) -> None:
        self.items.append(item)


def main() -> int:
    stack = Stack()
    Stack.push(stack, 3)
    return len(stack.items)
