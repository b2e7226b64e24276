"""An argument that is missing."""


def area(width: int, height: int) -> int:
    return width * height


def main() -> int:
    return area(1)
