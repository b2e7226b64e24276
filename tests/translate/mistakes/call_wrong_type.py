"""An argument of the wrong type."""


def area(width: int, height: int) -> int:
    return width * height


def main() -> int:
    return area(3, "4")
