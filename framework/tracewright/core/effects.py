"""What an operation does to the world: a set of bits, joined with `|`; NONE at the bottom, ANYTHING at the top.

                 ANYTHING
       /      /      |      |       \\
    READS  WRITES  RAISES  COLLECTS  SLOTS
       \\      \\      |      |       /
                   NONE   (pure: may be folded, repeated, moved, dropped)
"""

from typing import Final

NONE: Final = 0
READS: Final = 1  # depends on heap memory that something may write
WRITES: Final = 2  # changes heap memory
RAISES: Final = 4  # may leave an exception pending
COLLECTS: Final = 8  # may allocate, hence run the collector
SLOTS: Final = 16  # reads or writes VM-stack slots
CONTROL: Final = 32  # guards, labels, jumps: keeps its place
ANYTHING: Final = 31


def is_pure(effects: int) -> bool:
    """Whether equal operands always give an equal result and nothing else happens."""
    return effects == NONE
