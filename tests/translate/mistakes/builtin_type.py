"""`type(x)`.

Why: classes are no values at run time.
Instead: `isinstance`, or a field or method that tells kinds apart.
"""


class Point:
    pass


def main() -> int:
    point = Point()
    return int(type(point) is Point)
