"""An attribute first set outside of `__init__`.

Why: the fields of a class are a fixed record, declared in one place.
Instead: declare it in the class body (`size: int = 0`) or set it in `__init__`.
"""


class Buffer:
    def __init__(self) -> None:
        self.text = ""

    def measure(self) -> None:
        self.size = len(self.text)


def main() -> int:
    buffer = Buffer()
    buffer.measure()
    return buffer.size
