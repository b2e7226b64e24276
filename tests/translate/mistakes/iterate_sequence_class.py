"""A loop over an object with `__getitem__`.

Why: Python would call it until it raises IndexError, whatever `__len__` says.
Instead: a loop over `range(len(x))`.
"""


class Countdown:
    def __len__(self) -> int:
        return 3

    def __getitem__(self, index: int) -> int:
        return 3 - index


def main() -> int:
    total = 0
    for number in Countdown():
        total += number
    return total
