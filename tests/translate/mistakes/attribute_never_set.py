"""An attribute that is declared but that no method ever sets.

Why: Python would raise AttributeError; natively it would read as 0 or None.
Instead: give it a value in the class body or in `__init__`.
"""


class Buffer:
    text: str
    size: int

    def __init__(self, text: str) -> None:
        self.text = text


def main() -> int:
    return Buffer("abc").size
