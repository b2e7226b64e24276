"""An `Enum` with a second base, as in `class Color(str, Enum)`.

Why: a member would be a text and an object at once.
Instead: `Enum` with `.value`.
"""

from enum import Enum


class Color(str, Enum):
    RED = "red"


def shown(color: Color) -> str:
    return color.value


def main() -> int:
    return len(shown(Color.RED))
