"""`next` with a default, of anything but a generator expression.

Why: what ends such an object is the exception that its `__next__` raises.
Instead: `try`, `next(x)`, `except StopIteration`.
"""


class Countdown:
    def __init__(self) -> None:
        self.left = 3

    def __next__(self) -> int:
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.left

    def __iter__(self) -> "Countdown":
        return self


def main() -> int:
    return next(Countdown(), 7)
