"""`*` and `**` in a call.

Why: the number of arguments is fixed at translation.
Instead: write the arguments out.
"""


def area(width: int, height: int) -> int:
    return width * height


def main() -> int:
    sides = (3, 4)
    return area(*sides)
