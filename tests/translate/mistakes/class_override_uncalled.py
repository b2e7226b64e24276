"""A method that does not fit the one it overrides, though nobody calls it."""


class Shape:
    def scale(self, factor: float) -> float:
        return factor


class Box(Shape):
    def scale(self, factor: str) -> float:
        return float(len(factor))


def main() -> int:
    return int(Shape().scale(2.0))
