"""Words of a program on their way: instructions, addresses to be filled in, tables."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.lib.regular_expressions.character_sets import CharacterSet
from tracewright.lib.regular_expressions.cursor import TOO_LARGE, PatternError
from tracewright.lib.regular_expressions.program import LENGTHS, UNKNOWN_UNIT, Op, Program

MOST_WORDS: Final = 1 << 22
UNKNOWN: Final = 0  # an address to be filled in


class PatternAssembler:
    """Collects what a `Program` is made of."""

    def __init__(self, registers: int) -> None:
        self.words: list[int] = []
        self.sets: list[CharacterSet] = []
        self.texts: list[str] = []
        self.registers = registers

    def put(self, operation: int) -> None:
        """An operation without operands, or the first word of one with them."""
        if len(self.words) > MOST_WORDS:
            raise PatternError(TOO_LARGE, 0)
        self.words.append(operation)

    def put_one(self, operation: int, operand: int) -> None:
        """An operation with one operand."""
        self.put(operation)
        self.words.append(operand)

    def put_two(self, operation: int, first: int, second: int) -> None:
        """An operation with two operands."""
        self.put_one(operation, first)
        self.words.append(second)

    def put_branch(self, operation: int) -> int:
        """A jump or split whose address is not known yet; gives where it belongs."""
        self.put_one(operation, UNKNOWN)
        return len(self.words) - 1

    def fill(self, places: list[int]) -> None:
        """The addresses at these places are the current one."""
        for place in places:
            self.words[place] = len(self.words)

    def put_loop(self, operation: int, characters: int, minimum: int, maximum: int, direction: int) -> None:
        """A loop over single characters."""
        self.put_two(operation, characters, minimum)
        self.words.append(maximum)
        self.words.append(direction)
        self.words.append(UNKNOWN_UNIT)

    def new_registers(self, count: int) -> int:
        """The first of so many new registers."""
        self.registers += count
        return self.registers - count

    def set_number(self, characters: CharacterSet) -> int:
        """Where the program has this set."""
        self.sets.append(characters)
        return len(self.sets) - 1

    def text_number(self, text: str) -> int:
        """Where the program has this text."""
        self.texts.append(text)
        return len(self.texts) - 1

    def finish(self, program: Program) -> None:
        """Put what was collected into the program."""
        program.words = Array(len(self.words), Op.MATCH)
        for index in range(len(self.words)):
            program.words[index] = self.words[index]
        if len(self.sets) > 0:
            program.sets = Array(len(self.sets), self.sets[0])
            for index in range(len(self.sets)):
                program.sets[index] = self.sets[index]
        program.texts = Array(len(self.texts), "")
        for index in range(len(self.texts)):
            program.texts[index] = self.texts[index]
        program.registers = self.registers
        _look_behind_loops(program)


def _look_behind_loops(program: Program) -> None:
    """Tell loops over single characters which unit must come next, where that is the following instruction's."""
    words = program.words
    pc = 0
    while pc < len(words):
        following = pc + LENGTHS[words[pc]]
        if words[pc] in (Op.GREEDY, Op.LAZY) and words[pc + 4] == 0:
            behind = following
            while words[behind] == Op.SAVE or words[behind] == Op.SET_REGISTER:
                behind += LENGTHS[words[behind]]
            if words[behind] == Op.UNIT:
                words[following - 1] = words[behind + 1]
            elif words[behind] == Op.LITERAL:
                words[following - 1] = ord(program.texts[words[behind + 1]][0])
        pc = following
