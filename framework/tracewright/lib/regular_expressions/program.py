"""What a pattern is compiled to: words for the matcher.

An instruction is its operation and then its operands, a word each. The matcher's state is a place in the text, a row of registers, and a stack of
what to try next. Registers begin with the two ends of each group (-1 where it caught nothing); behind them are those that loops and assertions need.
Characters are units of the text; what says "point" takes a pair of surrogates as one. What says "back" looks to the left, as inside `(?<=...)`.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of
from tracewright.lib.regular_expressions.character_sets import CharacterSet
from tracewright.lib.regular_expressions.flags import Flags


class Op:
    """Operations. Behind each its operands; `@t` is a place in the program, `r` a register, `s` a set, `d` a direction (see `Direction`)."""

    MATCH: Final = 0
    FAIL: Final = 1
    UNIT: Final = 2  # code
    UNIT_BACK: Final = 3  # code
    EITHER: Final = 4  # code, code
    EITHER_BACK: Final = 5  # code, code
    LITERAL: Final = 6  # number of a text
    LITERAL_BACK: Final = 7  # number of a text
    SET: Final = 8  # s
    SET_BACK: Final = 9  # s
    POINT_SET: Final = 10  # s
    POINT_SET_BACK: Final = 11  # s
    JUMP: Final = 12  # @t
    SPLIT: Final = 13  # @t: go on; if that fails, there
    SPLIT_LAZY: Final = 14  # @t: go there; if that fails, on
    SAVE: Final = 15  # r: the place
    CLEAR: Final = 16  # r, r: the registers between become -1
    SET_REGISTER: Final = 17  # r, number
    CHECK_PROGRESS: Final = 18  # r: fail where the place is still the one in it
    COUNTED: Final = 19  # r, minimum, maximum, is_greedy, @t: one turn more, or there
    COUNT: Final = 20  # r, r of the place where the turn began, minimum: a turn is done
    GREEDY: Final = 21  # s, minimum, maximum, d, unit: as many as there are, then fewer; `unit` must be next, unless it is UNKNOWN_UNIT
    POSSESSIVE: Final = 22  # s, minimum, maximum, d, unit: as many as there are
    LAZY: Final = 23  # s, minimum, maximum, d, unit: as few as there may be, then more
    LOOK: Final = 24  # r: keeps the place in it and the height of the stack in the next
    LOOK_END: Final = 25  # r: back there, without what was left to try
    ATOMIC_END: Final = 26  # r: without what was left to try
    LOOK_NOT: Final = 27  # r, @t: as LOOK; there if what follows fails
    LOOK_NOT_END: Final = 28  # r: what was not to be there is there
    AT_START: Final = 29
    AT_END: Final = 30
    AT_LINE_START: Final = 31
    AT_LINE_END: Final = 32
    AT_WORD_EDGE: Final = 33  # s of word characters
    NOT_AT_WORD_EDGE: Final = 34  # s of word characters
    REFERENCE: Final = 35  # number of a group, d
    AT_END_OR_LAST_BREAK: Final = 36  # at the end, or at a line feed that is the last unit: Python's `$`
    PEEK: Final = 37  # s of units, @t: there unless one of them comes next
    STEP_BACK: Final = 38  # number: so many units to the left; what follows reads forward again
    IF_GROUP: Final = 39  # number of a group, @t: there if the group caught nothing
    COUNT_OR_LEAVE: Final = 40  # r, r of the place where the turn began, @t: a turn is done; there if it read nothing
    AT_FEED_START: Final = 41  # at the start, or behind a line feed: Python's `^` of many lines
    AT_FEED_END: Final = 42  # at the end, or before a line feed
    LAST: Final = 42


UNKNOWN_UNIT: Final = -1


class Direction:
    """How characters are read: bits of an operand."""

    POINTS: Final = 1
    BACK: Final = 2
    FOLDS: Final = 4  # of a reference: case does not count


# Operations by the number of their operands; one where it is not listed.
_OPERANDS: Final[dict[int, tuple[int, ...]]] = {
    0: (
        Op.MATCH,
        Op.FAIL,
        Op.AT_START,
        Op.AT_END,
        Op.AT_LINE_START,
        Op.AT_LINE_END,
        Op.AT_END_OR_LAST_BREAK,
        Op.AT_FEED_START,
        Op.AT_FEED_END,
    ),
    2: (Op.EITHER, Op.EITHER_BACK, Op.CLEAR, Op.SET_REGISTER, Op.LOOK_NOT, Op.REFERENCE, Op.PEEK, Op.IF_GROUP),
    3: (Op.COUNT, Op.COUNT_OR_LEAVE),
    5: (Op.COUNTED, Op.GREEDY, Op.POSSESSIVE, Op.LAZY),
}


# Words of each instruction, by its operation.
LENGTHS: Final = array_of(
    [
        1 + next((count for count, operations in _OPERANDS.items() if operation in operations), 1)
        for operation in range(Op.LAST + 1)
    ]
)


@final
class Program:
    """A compiled pattern. `group_names` has a text for each group, group 0 included; empty where it has no name."""

    def __init__(self, flags: Flags, group_names: list[str]) -> None:
        self.flags = flags
        self.group_names = group_names
        self.named = len([name for name in group_names if name != ""])  # groups that have a name
        self.words: Array[int] = Array(0, 0)
        self.sets: Array[CharacterSet] = Array(0, _NO_SET)
        self.texts: Array[str] = Array(0, "")
        self.registers = 0
        self.reads_points: bool = flags.reads_code_points()  # a pair of surrogates in the text is one character

    def group_count(self) -> int:
        """Groups, group 0 not included."""
        return len(self.group_names) - 1


_NO_SET: Final = CharacterSet(Array(0, 0))
