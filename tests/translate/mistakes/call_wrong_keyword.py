"""A keyword argument that no parameter has."""


def area(width: int, height: int) -> int:
    return width * height


def main() -> int:
    return area(width=1, hight=2)
