"""Several mistakes in one file: one run reports all of them, and nothing that only follows from them."""


class Stack:
    def __init__(self) -> None:
        self.items = []

    def push(self, item: int) -> None:
        self.items.append(item)


def scale(factor: int) -> float:
    scaled = factor * missing
    doubled = scaled * 2
    if doubled > 3:
        text = "a" + 1
        return text
    for digit in 12:
        factor += digit
    return factor**factor


def main() -> int:
    stack = Stack()
    stack.push("one")
    stack.pop()
    return scale(2, 3)
