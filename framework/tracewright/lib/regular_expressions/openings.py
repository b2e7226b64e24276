"""Where a match may begin, read off the first instructions of a program: lets the search skip all other places.

    agg(?:a|t)c|t[at]+    ways {a}{g}{g}{a}, {a}{g}{g}{t}, {t}{at}

Each way through the first instructions is a row of sets, and has a bit. For each of the first DEPTH units of a match, a table says by these bits
which ways allow a unit there. A place is worth trying only where a way is left when the bits of the units from there on are taken together: each
unit is looked at once, for the DEPTH places that it may stand behind at the same time (they lie side by side in a word). Everything here is about units read forwards, and may allow too much, never too little.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.integers import wrap_lshift
from tracewright.core.text import code_at
from tracewright.lib.regular_expressions.character_sets import UNIT_LIMIT, CharacterSet, set_of_places, set_of_range
from tracewright.lib.regular_expressions.program import LENGTHS, Direction, Op, Program
from tracewright.lib.string_search import find_in
from tracewright.lib.utf16 import is_high_surrogate, is_low_surrogate

DEPTH: Final = 4  # units that are looked at
BEYOND: Final = 256  # the column of all units from 256 on
END: Final = 257  # the column of the end of the text
COLUMNS: Final = 258
MOST_WAYS: Final = 8  # bits of a byte; further ways share the last one
FIRST: Final = (1 << MOST_WAYS) - 1  # all ways
LAST: Final = 1 << (DEPTH - 1) * MOST_WAYS  # a word is not less where a way is left after DEPTH units
MOST_STEPS: Final = 200  # instructions looked at: a way that is not done then allows anything
SELECTIVE_PREFIX: Final = 3  # a text of so many units is looked for by itself: that is quicker than the table
NONE: Final = -1  # no register, no instruction
OPEN: Final = -2  # in place of an instruction: anything may follow
DEAD: Final = -3  # in place of an instruction: nothing matches this way


@final
class Openings:
    """What the search knows of the beginning of every match of one program."""

    def __init__(self, program: Program) -> None:
        self.reads_points: bool = program.reads_points
        self.prefix: str = _prefix(program)  # what every match begins with; empty where that is not known
        self.repeated: CharacterSet | None = _repeated(program)
        follower = _Follower(program)
        follower.follow()
        ways = follower.done
        self.is_anchored: bool = all(way.is_anchored for way in ways)  # it can match at the beginning of the text only
        # For each unit which ways allow it, one byte for each depth; empty where any place may be one.
        self.table: Array[int] = _table(ways) if all(len(way.sets) > 0 for way in ways) else Array(0, 0)

    def first_place(self, text: str, start: int) -> int:
        """The first place from `start` on where a match may begin, or -1."""
        place = start
        while True:
            place = self._first_unit(text, place)
            if place <= start or not self.reads_points or not _splits_pair(text, place):
                return place
            place += 1

    def _first_unit(self, text: str, start: int) -> int:
        """As `first_place`, also between the two units of a character."""
        stop = len(text)
        if start > stop or (self.is_anchored and start > 0):
            return -1
        table = self.table
        while self.prefix != "":
            start = find_in(text, self.prefix, start, stop)
            if start < 0 or len(self.prefix) >= SELECTIVE_PREFIX or _is_allowed(table, text, start):
                return start
            start += 1
        if len(table) == 0:
            return start
        # Each byte of `alive` is about one place: the first about the unit just read, the last about that DEPTH units before the next one.
        alive = 0
        place = start
        while place < stop:
            code = code_at(text, place)
            alive = (wrap_lshift(alive, 8) | FIRST) & unchecked_get(table, code if code < BEYOND else BEYOND)
            place += 1
            if alive >= LAST:
                return place - DEPTH
        beyond = table[END]
        for _ in range(DEPTH):
            alive = (wrap_lshift(alive, 8) | FIRST) & beyond
            place += 1
            if alive >= LAST:
                return place - DEPTH
        return -1


def _splits_pair(text: str, place: int) -> bool:
    """Whether the unit at a place is the second one of a character."""
    if not 0 < place < len(text):
        return False
    return is_low_surrogate(code_at(text, place)) and is_high_surrogate(code_at(text, place - 1))


def _is_allowed(table: Array[int], text: str, place: int) -> bool:
    """Whether a way is left for the units from a place on."""
    if len(table) == 0:
        return True
    ways = FIRST
    for depth in range(DEPTH):
        column = min(code_at(text, place), BEYOND) if place < len(text) else END
        ways &= table[column] >> depth * MOST_WAYS
        if ways == 0:
            return False
        place += 1
    return True


def _prefix(program: Program) -> str:
    """The text that every match begins with, as far as single units and texts stand one behind the other."""
    words = program.words
    pc = 0
    parts: list[str] = []
    while True:
        match words[pc]:
            case Op.LITERAL:
                parts.append(program.texts[words[pc + 1]])
            case Op.UNIT:
                parts.append(chr(words[pc + 1]))
            case Op.SAVE | Op.SET_REGISTER | Op.CLEAR | Op.AT_WORD_EDGE | Op.AT_LINE_START | Op.AT_FEED_START:
                pass
            case _:
                return "".join(parts)
        pc += LENGTHS[words[pc]]


def _repeated(program: Program) -> CharacterSet | None:
    """The set of a loop without limit that the program begins with, as in `.*x`.

    Where a match at the beginning of such characters fails, one inside them fails too: what it could reach was reached.
    Not so where a group must stand once more: it would have another text.
    """
    words = program.words
    pc = 0
    while words[pc] == Op.SAVE or words[pc] == Op.SET_REGISTER or words[pc] == Op.CLEAR:
        pc += LENGTHS[words[pc]]
    if words[pc] not in (Op.GREEDY, Op.LAZY, Op.POSSESSIVE) or words[pc + 3] >= 0 or words[pc + 4] != 0:
        return None
    characters = program.sets[words[pc + 1]]
    while pc < len(words):
        if words[pc] == Op.REFERENCE:
            return None
        pc += LENGTHS[words[pc]]
    return characters


@final
class _Way:
    """One way through the instructions, as far as it has been followed."""

    def __init__(self, pc: int, sets: list[CharacterSet], is_anchored: bool) -> None:
        self.pc = pc
        self.sets = sets
        self.is_anchored = is_anchored
        self.zero = NONE  # the register that has just become 0

    def is_done(self) -> bool:
        """Whether nothing more is to be known of it."""
        return self.pc < 0 or len(self.sets) >= DEPTH

    def take(self, characters: CharacterSet, times: int) -> None:
        """Units of a set are next."""
        for _ in range(min(times, DEPTH - len(self.sets))):
            self.sets.append(characters)

    def take_point(self, characters: CharacterSet) -> None:
        """A character is next, which may be two units."""
        self.take(characters, 1)
        if len(characters.places) > 0 and characters.places[len(characters.places) - 1] > UNIT_LIMIT:
            self.pc = OPEN


@final
class _Follower:
    """Follows the ways through the first instructions of a program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.done: list[_Way] = []
        self.waiting: list[_Way] = [_Way(0, [], False)]

    def follow(self) -> None:
        """All ways, as far as they are looked at, are in `done` then."""
        steps = 0
        while len(self.waiting) > 0:
            way = self.waiting.pop()
            while not way.is_done() and steps < MOST_STEPS:
                steps += 1
                self._step(way)
            if way.pc != DEAD:
                self.done.append(way)

    def _fork(self, way: _Way, pc: int) -> _Way:
        """Another way with the same beginning."""
        other = _Way(pc, way.sets.copy(), way.is_anchored)
        self.waiting.append(other)
        return other

    def _step(self, way: _Way) -> None:
        """Follow one instruction."""
        words = self.program.words
        pc = way.pc
        zero = way.zero
        way.pc += LENGTHS[words[pc]]
        way.zero = NONE
        match words[pc]:
            case Op.UNIT:
                way.take(set_of_range(words[pc + 1], words[pc + 1]), 1)
            case Op.EITHER:
                way.take(_set_of_two(words[pc + 1], words[pc + 2]), 1)
            case Op.LITERAL:
                for character in self.program.texts[words[pc + 1]]:
                    way.take(set_of_range(ord(character), ord(character)), 1)
            case Op.SET:
                way.take(self.program.sets[words[pc + 1]], 1)
            case Op.POINT_SET:
                way.take_point(self.program.sets[words[pc + 1]])
            case Op.GREEDY | Op.POSSESSIVE | Op.LAZY:
                self._loop(way, pc)
            case Op.JUMP:
                way.pc = words[pc + 1]
            case Op.SPLIT | Op.SPLIT_LAZY:
                self._fork(way, words[pc + 1])
            case Op.PEEK | Op.IF_GROUP:
                self._fork(way, words[pc + 2])
            case Op.LOOK_NOT:
                way.pc = words[pc + 2]
            case Op.COUNT_OR_LEAVE:
                self._fork(way, words[pc + 3])
            case Op.COUNTED:
                if zero != words[pc + 1] or words[pc + 2] == 0:
                    self._fork(way, words[pc + 5])
            case Op.SET_REGISTER:
                way.zero = words[pc + 1] if words[pc + 2] == 0 else NONE
            case Op.FAIL:
                way.pc = DEAD
            case Op.AT_START:
                way.is_anchored = way.is_anchored or len(way.sets) == 0
            case Op.SAVE | Op.CLEAR | Op.CHECK_PROGRESS | Op.COUNT | Op.LOOK | Op.ATOMIC_END:
                pass
            case Op.AT_END | Op.AT_LINE_START | Op.AT_LINE_END | Op.AT_WORD_EDGE | Op.NOT_AT_WORD_EDGE:
                pass
            case Op.AT_END_OR_LAST_BREAK | Op.AT_FEED_START | Op.AT_FEED_END:
                pass
            case _:  # the end, or what reads elsewhere
                way.pc = OPEN

    def _loop(self, way: _Way, pc: int) -> None:
        """Follow a loop over single characters."""
        words = self.program.words
        characters = self.program.sets[words[pc + 1]]
        minimum, maximum, direction = words[pc + 2], words[pc + 3], words[pc + 4]
        if direction & Direction.BACK != 0:
            way.pc = OPEN
        elif direction & Direction.POINTS != 0 and minimum > 0:
            way.take(characters, 1)
            way.pc = OPEN
        else:
            way.take(characters, minimum)
            if minimum != maximum:
                self._fork(way, OPEN).take(characters, 1)


def _set_of_two(first: int, second: int) -> CharacterSet:
    if second == first + 1:
        return set_of_range(first, second)
    return set_of_places([first, first + 1, second, second + 1])


def _table(ways: list[_Way]) -> Array[int]:
    """The table of some ways, none of them empty."""
    table: Array[int] = Array(COLUMNS, 0)
    for number in range(len(ways)):
        for depth in range(DEPTH):
            bit = 1 << depth * MOST_WAYS + min(number, MOST_WAYS - 1)
            if depth >= len(ways[number].sets):
                for column in range(COLUMNS):
                    table[column] |= bit
                continue
            places = ways[number].sets[depth].places
            for index in range(0, len(places), 2):
                for column in range(places[index], min(places[index + 1], BEYOND)):
                    table[column] |= bit
            if len(places) > 0 and places[len(places) - 1] > BEYOND:
                table[BEYOND] |= bit
    return table
