"""`global`: rebinding a module-level name.

Why: module-level names are constants of the program.
Instead: a field of an object; a module-level object may be changed.
"""

COUNT = 0


def count() -> None:
    global COUNT
    COUNT += 1


def main() -> int:
    count()
    return COUNT
