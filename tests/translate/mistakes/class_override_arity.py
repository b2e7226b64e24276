"""A method that overrides another with more parameters."""


class Shape:
    def scale(self, factor: int) -> int:
        return factor


class Box(Shape):
    def scale(self, factor: int, depth: int) -> int:
        return factor * depth


def grow(shape: Shape) -> int:
    return shape.scale(2)


def main() -> int:
    return grow(Shape()) + grow(Box())
