"""`super().method()` in a class without a base."""


class Shape:
    def area(self) -> int:
        return super().area()


def main() -> int:
    return Shape().area()
