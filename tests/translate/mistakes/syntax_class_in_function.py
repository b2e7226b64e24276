"""A class inside a function.

Why: classes are laid out once, before anything runs.
Instead: a class at module level.
"""


def main() -> int:
    class Point:
        def __init__(self, x: int) -> None:
            self.x = x

    return Point(3).x
