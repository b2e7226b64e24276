"""Where ways through a loop meet again. A loop whose bridges multiply gets loops that begin in its middle, one at each such place.

    header   if a { x } else { y }   M1   if b { z } else { w }   M2   back to the header

    without     a bridge for each way from its branch to the header: 2 branches have 4 ways, n have 2 to the n
    with        the loops header...header, M1...M1 and M2...M2, each with one bridge a branch, which ends at the next M, at that loop's LABEL

Found by what bridges pass: the first position after the branch that the loop has passed too.
"""

from typing import Final, final

MOST_MEETINGS: Final = 40


@final
class Meetings:
    """Of one guest loop; its traces share this. Positions are those of its own frame."""

    def __init__(self, code: int, header: int) -> None:
        self.code = code  # word of the GuestCode
        self.header = header
        self.positions: list[int] = []

    def add(self, pc: int) -> None:
        """Ways meet there."""
        if pc != self.header and pc not in self.positions and len(self.positions) < MOST_MEETINGS:
            self.positions.append(pc)

    def has(self, code: int, pc: int) -> bool:
        """Whether ways meet there."""
        return code == self.code and pc in self.positions
