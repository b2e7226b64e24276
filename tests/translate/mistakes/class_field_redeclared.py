"""A field that a subclass declares with another type.

Why: methods of the base class use the field as they know it.
Instead: another name, or a narrower use with isinstance.
"""


class Node:
    def __init__(self) -> None:
        self.value: int = 0


class Text(Node):
    value: str

    def __init__(self, value: str) -> None:
        super().__init__()
        self.value = value


def main() -> int:
    return len(Text("a").value)
