"""An argument given twice."""


def area(width: int, height: int) -> int:
    return width * height


def main() -> int:
    return area(1, width=2)
