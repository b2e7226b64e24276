"""A module-level table with something in it that cannot become static data.

Why: what a program mentions is laid out in its executable.
Instead: dialect objects only; take the other objects out after import time.
"""

TABLE: list[object] = [3 + 4j]


def main() -> int:
    return len(TABLE)
