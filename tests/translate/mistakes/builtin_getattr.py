"""`getattr`, `setattr`, `hasattr`, `vars`.

Why: fields are places in a record; their names are gone in the native program.
Instead: `object.name`, or a dict.
"""


class Point:
    def __init__(self) -> None:
        self.x = 1


def main() -> int:
    return getattr(Point(), "x")
