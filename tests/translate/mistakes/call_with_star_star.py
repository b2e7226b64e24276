"""`**` in a call."""


def area(width: int, height: int) -> int:
    return width * height


def main() -> int:
    sides = {"width": 3, "height": 4}
    return area(**sides)
