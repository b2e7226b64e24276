"""`*` of anything but a tuple in a call, and `**`.

Why: the number of arguments is fixed at translation.
Instead: write the arguments out; the items of a tuple may be spread.
"""


def area(width: int, height: int) -> int:
    return width * height


def main() -> int:
    sides = [3, 4]
    return area(*sides)
