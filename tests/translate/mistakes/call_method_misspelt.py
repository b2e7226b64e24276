"""A method that the class does not have."""


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def increment(self) -> None:
        self.count += 1


def main() -> int:
    counter = Counter()
    counter.increement()
    return counter.count
