"""A module-level name whose type its value does not show.

Why: an empty list does not say what it will hold.
Instead: annotate it: `NAMES: list[str] = []`.
"""

NAMES = []


def main() -> int:
    return len(NAMES)
