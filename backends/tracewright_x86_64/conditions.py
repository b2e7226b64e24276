"""Conditions under which guards leave: those of the machine by its number, and two more."""

from typing import Final

# Comparisons of doubles for equality look at two flags.
FLOAT_EQUAL: Final = 16
FLOAT_NOT_EQUAL: Final = 17


def inverse(condition: int) -> int:
    """The condition that holds exactly when this one does not."""
    return condition ^ 1
