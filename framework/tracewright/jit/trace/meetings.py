"""Where ways through a loop meet again. A loop whose bridges multiply gets loops that begin in its middle, one at each such place.

    header   if a { x } else { y }   M1   if b { z } else { w }   M2   back to the header

    without     a bridge for each way from its branch to the header: 2 branches have 4 ways, n have 2 to the n
    with        the loops header...header, M1...M1 and M2...M2, each with one bridge a branch, which ends at the next M, at that loop's LABEL

Found by what bridges pass: the first position after the branch that the loop has passed too.

Where both ways of a branch only compute, none of this is needed: when a second copy of the branch is hot and several bridges hang on the
loop (the knob `both_ways`), it is compiled anew and then goes both ways at once (`record/both_ways.py`).
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.operation_tables import INVERSE, SWAPPED

MOST_MEETINGS: Final = 40
_MOST_REFUSALS: Final = 3  # of one branch,
_MOST_REFUSALS_OF_ALL: Final = 8  # and of all branches of a loop or function: after that none is tried


@final
class Branch:
    """A guest bytecode from which two short ways lead to one place. `since`: traces with a higher number were recorded with this known."""

    def __init__(self, code: int, pc: int, asked: int, meeting: int, since: int, meetings: Meetings) -> None:
        self.code = code  # word of the GuestCode
        self.pc = pc
        self.asked = asked  # `question` of the condition
        self.meeting = meeting
        self.since = since
        self.meetings = meetings
        self.refusals = 0
        self.refused = False

    def refuse(self) -> None:
        """Its ways do more than compute, as far as is known; or its condition was not asked."""
        self.refusals += 1
        self.refused = True
        self.meetings.refusals += 1


@final
class Meetings:
    """Of one guest loop; its traces share this. Positions are those of its own frame."""

    def __init__(self) -> None:
        self.code = 0  # word of the GuestCode; 0 of a function, and where nobody can come to the loop's LABEL
        self.header = -1
        self.positions: list[int] = []
        self.branches: list[Branch] = []
        self.refusals = 0  # of branches

    def add(self, pc: int) -> None:
        """Ways meet there."""
        if pc != self.header and pc not in self.positions and len(self.positions) < MOST_MEETINGS:
            self.positions.append(pc)

    def has(self, code: int, pc: int) -> bool:
        """Whether ways meet there."""
        return code == self.code and pc in self.positions

    def add_branch(self, code: int, pc: int, asked: int, meeting: int, since: int) -> None:
        """A branch whose ways are short. One that was refused may have had this one inside: it is tried again."""
        if self.branch_at(code, pc) is not None or len(self.branches) >= MOST_MEETINGS:
            return
        if self.refusals >= _MOST_REFUSALS_OF_ALL:
            return
        for branch in self.branches:
            branch.refused = branch.refusals >= _MOST_REFUSALS
        self.branches.append(Branch(code, pc, asked, meeting, since, self))

    def branch_at(self, code: int, pc: int) -> Branch | None:
        """The branch that begins there."""
        for branch in self.branches:
            if branch.pc == pc and branch.code == code:
                return branch
        return None


def question(operation: int) -> int:
    """What a condition asks, whichever answer it takes for yes, and in whichever order it has its operands; -1 of constants and inputs."""
    if operation < 0:
        return -1
    least = operation
    for relative in (INVERSE[operation], SWAPPED[operation]):
        if relative >= 0:
            least = min(least, relative, INVERSE[relative] if INVERSE[relative] >= 0 else relative)
    return least
