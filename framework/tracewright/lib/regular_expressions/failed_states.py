"""Places in the program and the text from which a match has failed already: nobody need try them again.

    ^(a+)+$ on "aaaaaaaaaaaaaaaaaaaaaaaab"      2**24 ways to divide the row, but only 8 instructions times 25 places

As long as what an instruction does depends on its place in the text alone, a search needs time in proportion to the text times the program, however it
is written. Groups that are only caught do not matter for that. What makes it depend on more: a reference to a group, a loop that counts its turns,
a look around, an atomic group. A loop whose turns may be empty looks at where the turn began: states in a turn that has read nothing are not noted.

Noting costs, so the matcher begins with it only when a search has stepped back often.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.lib.regular_expressions.program import LENGTHS, Op, Program

MOST_BITS: Final = 1 << 28  # 32 MiB: a larger search goes on without
WORD_BITS: Final = 32

DEPENDENT: Final = (
    Op.REFERENCE,
    Op.COUNTED,
    Op.COUNT,
    Op.COUNT_OR_LEAVE,
    Op.LOOK,
    Op.LOOK_END,
    Op.LOOK_NOT,
    Op.LOOK_NOT_END,
    Op.ATOMIC_END,
    Op.STEP_BACK,
    Op.IF_GROUP,
)


@final
class FailedStates:
    """Those of one search."""

    def __init__(self, program: Program, length: int) -> None:
        self.places = length + 1
        self.bits: Array[int] = Array(len(program.words) * self.places // WORD_BITS + 1, 0)
        self.turn_registers: list[int] = turn_registers(program)

    def is_new(self, pc: int, place: int, registers: Array[int]) -> bool:
        """Whether a state is not known to fail. From now on it is: matching goes on there, and comes back only if it fails."""
        for register in self.turn_registers:
            if registers[register] == place:
                return True
        number = pc * self.places + place
        word = number // WORD_BITS
        bit = 1 << (number & (WORD_BITS - 1))
        known = self.bits[word]
        if known & bit != 0:
            return False
        self.bits[word] = known | bit
        return True


def noted_for(program: Program, length: int) -> FailedStates | None:
    """An empty set of states for a search in a text of this length; None where states depend on more, or there are too many."""
    if len(program.words) * (length + 1) > MOST_BITS or not _is_independent(program):
        return None
    return FailedStates(program, length)


def _is_independent(program: Program) -> bool:
    pc = 0
    while pc < len(program.words):
        operation = program.words[pc]
        if operation in DEPENDENT:
            return False
        pc += LENGTHS[operation]
    return True


def turn_registers(program: Program) -> list[int]:
    """Those that hold where a turn began."""
    found: list[int] = []
    pc = 0
    while pc < len(program.words):
        if program.words[pc] == Op.CHECK_PROGRESS:
            found.append(program.words[pc + 1])
        pc += LENGTHS[program.words[pc]]
    return found
