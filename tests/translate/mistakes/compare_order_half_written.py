"""`<=` where only `__lt__` is written: Python has no order for these either."""


class Version:
    def __init__(self, number: int) -> None:
        self.number = number

    def __lt__(self, other: "Version") -> bool:
        return self.number < other.number


def main() -> int:
    return int(Version(1) <= Version(2))  # type: ignore[operator]
