"""A relative import in a file that is in no package."""

from .objects import Shell


def main() -> int:
    return Shell().size
