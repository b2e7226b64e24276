"""Runs a program on a text, trying one way after the other.

The stack has entries of three words: what to do, a place in the text, and a number that it needs. An entry either says how to go on elsewhere, or
what was in a register, which is put back on the way to the next entry. So a state is restored exactly, and the depth of the native stack never
depends on the pattern or the text.

    @t, place, CHOICE        go on at t
    @i, place, smallest      GREEDY at i: give back one character more, if `place` is not yet the smallest
    @i, place, rest          LAZY at i: take one character more, at most `rest`
    ~r, old, 0               register r was `old`
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.integers import MAX_INT
from tracewright.core.system import poll_interrupt
from tracewright.core.text import code_at
from tracewright.hints import dont_look_inside
from tracewright.lib.regular_expressions.case_variants import CaseRule
from tracewright.lib.regular_expressions.character_sets import LINE_ENDS, CharacterSet
from tracewright.lib.regular_expressions.class_sets import rule_of_case
from tracewright.lib.regular_expressions.failed_states import FailedStates, noted_for
from tracewright.lib.regular_expressions.openings import Openings
from tracewright.lib.regular_expressions.program import LENGTHS, UNKNOWN_UNIT, Direction, Op, Program
from tracewright.lib.utf16 import code_point_of_pair, is_high_surrogate, is_low_surrogate, units_in_code_point

CHOICE: Final = -1
LINE_FEED: Final = 10
ENTRY_WORDS: Final = 3
FIRST_ENTRIES: Final = 64
MOST_ENTRIES: Final = 1 << 23  # of 24 bytes: beyond that the text is too much for the pattern
STEPS_BETWEEN_POLLS: Final = 1 << 16
NO_LIMIT: Final = MAX_INT
LOOP_WORDS: Final = LENGTHS[Op.GREEDY]
UNITS_OF_STEP: Final = 64  # that a step back may pass, where the unit to come is known


class MatchLimitExceeded(Exception):
    """The pattern would need more memory, or more steps, than there are for this text."""


@final
class Matcher:
    """What matching with one program needs; used again and again, by one match at a time."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.openings: Openings | None = None  # once something has been searched for
        self.rule: CaseRule = rule_of_case(program.flags)
        self.text = ""
        self.registers: Array[int] = Array(program.registers, -1)
        self.stack: Array[int] = Array(FIRST_ENTRIES * ENTRY_WORDS, 0)
        self.height = 0
        self.steps_left = NO_LIMIT
        self.failed: FailedStates | None = None  # of this search, once it has stepped back often
        self.refused = -1  # a match that is empty must not lie at this place

    # Searching

    @dont_look_inside
    def search(self, text: str, start: int, most_steps: int = NO_LIMIT) -> bool:
        """Find the first match that begins at `start` or later; the groups are in `registers` then.

        Raises MatchLimitExceeded, after `most_steps` steps back for instance, and KeyboardInterrupt.
        """
        self._begin(text, most_steps)
        if self.openings is None:
            self.openings = Openings(self.program)
        openings = self.openings
        while True:
            start = openings.first_place(text, start)
            if start < 0:
                return False
            if self._run(start):
                return True
            if openings.repeated is not None:
                start = self._take_many(start, openings.repeated, NO_LIMIT, 0)
            start = self._after_character(start)

    @dont_look_inside
    def match_at(self, text: str, start: int, most_steps: int = NO_LIMIT) -> bool:
        """As `search`, but a match must begin at `start`."""
        self._begin(text, most_steps)
        return self._run(start)

    def _begin(self, text: str, most_steps: int) -> None:
        self.text = text
        self.steps_left = most_steps
        self.failed = None
        for register in range(len(self.registers)):
            self.registers[register] = -1

    def groups(self) -> Array[int]:
        """Where the groups of the match begin and end, group 0 first; -1 for those that caught nothing."""
        count = 2 * len(self.program.group_names)
        result: Array[int] = Array(count, -1)
        copy_items(self.registers, 0, result, 0, count)
        for index in range(0, count, 2):
            if result[index] < 0 or result[index + 1] < 0:
                result[index] = -1
                result[index + 1] = -1
        return result

    def _after_character(self, place: int) -> int:
        """Behind the character at a place, or one behind the end."""
        points = self.program.reads_points
        if points and place + 1 < len(self.text) and is_high_surrogate(code_at(self.text, place)):
            if is_low_surrogate(code_at(self.text, place + 1)):
                return place + 2
        return place + 1

    # The stack

    def _push(self, action: int, place: int, number: int) -> None:
        height = self.height
        if height + ENTRY_WORDS > len(self.stack):
            self._grow()
        unchecked_set(self.stack, height, action)
        unchecked_set(self.stack, height + 1, place)
        unchecked_set(self.stack, height + 2, number)
        self.height = height + ENTRY_WORDS

    def _grow(self) -> None:
        if len(self.stack) >= MOST_ENTRIES * ENTRY_WORDS:
            self._forget()
            raise MatchLimitExceeded("too much to remember while matching")
        larger: Array[int] = Array(2 * len(self.stack), 0)
        copy_items(self.stack, 0, larger, 0, self.height)
        self.stack = larger

    def _forget(self) -> None:
        """Give up: the state is again what it was before the first match, and a large stack is let go."""
        self.height = 0
        self.failed = None
        self.registers = Array(len(self.registers), -1)
        self.stack = Array(FIRST_ENTRIES * ENTRY_WORDS, 0)

    def _set(self, register: int, value: int) -> None:
        """Change a register so that stepping back undoes it."""
        old = self.registers[register]
        if old != value:
            self._push(~register, old, 0)
            self.registers[register] = value

    def _cut(self, bottom: int) -> None:
        """Drop what is left to try above a height, but not the old values of registers."""
        kept = bottom
        for index in range(bottom, self.height, ENTRY_WORDS):
            if self.stack[index] < 0:
                copy_items(self.stack, index, self.stack, kept, ENTRY_WORDS)
                kept += ENTRY_WORDS
        self.height = kept

    def _undo_to(self, bottom: int) -> None:
        """Step back to a height without trying anything."""
        while self.height > bottom:
            self.height -= ENTRY_WORDS
            action = self.stack[self.height]
            if action < 0:
                self.registers[~action] = self.stack[self.height + 1]

    def _count_step(self) -> None:
        self.steps_left -= 1
        if self.steps_left & (STEPS_BETWEEN_POLLS - 1) == 0:
            try:
                poll_interrupt()
            except KeyboardInterrupt:
                self._forget()
                raise
            if self.steps_left <= 0:
                self._forget()
                raise MatchLimitExceeded("too many steps while matching")
            if self.failed is None:
                self.failed = noted_for(self.program, len(self.text))

    # Characters

    def _read(self, place: int, direction: int) -> int:
        """The character at a place in a direction, -1 where there is none."""
        text = self.text
        if direction & Direction.BACK == 0:
            if place >= len(text):
                return -1
            code = code_at(text, place)
            if direction & Direction.POINTS != 0 and is_high_surrogate(code) and place + 1 < len(text):
                low = code_at(text, place + 1)
                if is_low_surrogate(low):
                    return code_point_of_pair(code, low)
            return code
        if place <= 0:
            return -1
        code = code_at(text, place - 1)
        if direction & Direction.POINTS != 0 and is_low_surrogate(code) and place > 1:
            high = code_at(text, place - 2)
            if is_high_surrogate(high):
                return code_point_of_pair(high, code)
        return code

    def _take_many(self, place: int, characters: CharacterSet, most: int, direction: int) -> int:
        """Behind the longest row of characters of a set, `most` at most."""
        text = self.text
        if direction == 0:
            stop = len(text) if most > len(text) - place else place + most
            while place < stop and characters.contains(code_at(text, place)):
                place += 1
            return place
        while most > 0:
            code = self._read(place, direction)
            if code < 0 or not characters.contains(code):
                break
            place = _moved(place, code, direction)
            most -= 1
        return place

    def _take_up_to(self, place: int, unit: int, characters: CharacterSet, most: int) -> int:
        """How many characters of a set stand before a unit; of one step, and `most`, at most."""
        text = self.text
        stop = place + min(most, UNITS_OF_STEP, len(text) - place)
        start = place
        while place < stop and code_at(text, place) != unit and characters.contains(code_at(text, place)):
            place += 1
        return place - start

    def _take_exactly(self, place: int, characters: CharacterSet, count: int, direction: int) -> int:
        """Behind `count` characters of a set, or -1."""
        while count > 0:
            code = self._read(place, direction)
            if code < 0 or not characters.contains(code):
                return -1
            place = _moved(place, code, direction)
            count -= 1
        return place

    def _reference(self, group: int, place: int, direction: int) -> int:
        """Behind the text of a group, if it stands here; else -1. A group that caught nothing stands everywhere."""
        start = self.registers[2 * group]
        stop = self.registers[2 * group + 1]
        if start < 0 or stop < 0:
            return place
        text = self.text
        length = stop - start
        here = place - length if direction & Direction.BACK != 0 else place
        if here < 0 or here + length > len(text):
            return -1
        rule = self.rule if direction & Direction.FOLDS != 0 else None
        index = 0
        while index < length:
            left = code_at(text, start + index)
            right = code_at(text, here + index)
            if rule is not None and direction & Direction.POINTS != 0 and index + 1 < length:
                left = self._read(start + index, Direction.POINTS)
                right = self._read(here + index, Direction.POINTS)
            if left != right and (rule is None or rule.key(left) != rule.key(right)):
                return -1
            index += units_in_code_point(left) if direction & Direction.POINTS != 0 else 1
        return here if direction & Direction.BACK != 0 else here + length

    def _at_word_edge(self, place: int, word: CharacterSet) -> bool:
        text = self.text
        before = place > 0 and word.contains(code_at(text, place - 1))
        behind = place < len(text) and word.contains(code_at(text, place))
        return before != behind

    def _seldom(self, pc: int, place: int) -> int:
        """The instructions that are not in the loop: the place afterwards, or -1 where it fails."""
        words = self.program.words
        text = self.text
        stop = len(text)
        match words[pc]:
            case Op.UNIT_BACK:
                holds = place > 0 and code_at(text, place - 1) == words[pc + 1]
                return place - 1 if holds else -1
            case Op.EITHER_BACK:
                code = code_at(text, place - 1) if place > 0 else -1
                return place - 1 if code >= 0 and (code == words[pc + 1] or code == words[pc + 2]) else -1
            case Op.LITERAL_BACK:
                part = self.program.texts[words[pc + 1]]
                here = place - len(part)
                return here if here >= 0 and _stands_at(text, here, part) else -1
            case Op.SET_BACK:
                return self._take_exactly(place, self.program.sets[words[pc + 1]], 1, Direction.BACK)
            case Op.POINT_SET_BACK:
                both = Direction.BACK | Direction.POINTS
                return self._take_exactly(place, self.program.sets[words[pc + 1]], 1, both)
            case Op.AT_START:
                return place if place == 0 else -1
            case Op.AT_END:
                return place if place == stop else -1
            case Op.AT_LINE_START:
                return place if place == 0 or LINE_ENDS.contains(code_at(text, place - 1)) else -1
            case Op.AT_LINE_END:
                return place if place == stop or LINE_ENDS.contains(code_at(text, place)) else -1
            case Op.AT_END_OR_LAST_BREAK:
                is_last = place == stop or (place == stop - 1 and code_at(text, place) == LINE_FEED)
                return place if is_last else -1
            case Op.STEP_BACK:
                return place - words[pc + 1] if place >= words[pc + 1] else -1
            case Op.AT_FEED_START:
                return place if place == 0 or code_at(text, place - 1) == LINE_FEED else -1
            case Op.AT_FEED_END:
                return place if place == stop or code_at(text, place) == LINE_FEED else -1
            case Op.AT_WORD_EDGE:
                return place if self._at_word_edge(place, self.program.sets[words[pc + 1]]) else -1
            case Op.NOT_AT_WORD_EDGE:
                return -1 if self._at_word_edge(place, self.program.sets[words[pc + 1]]) else place
            case _:  # FAIL
                return -1

    # The loop

    def _run(self, place: int) -> bool:
        """Match at one place. False leaves the registers as they were. What the compiler has put into the program is not checked again."""
        program = self.program
        words = program.words
        sets = program.sets
        text = self.text
        stop = len(text)
        bottom = 0
        self.height = 0
        pc = 0
        while True:
            # A successful instruction continues the loop; one that fails comes to its end, and the last entry says how to go on.
            match unchecked_get(words, pc):
                case Op.UNIT:
                    if place < stop and code_at(text, place) == unchecked_get(words, pc + 1):
                        place += 1
                        pc += 2
                        continue
                case Op.EITHER:
                    if place < stop:
                        code = code_at(text, place)
                        if code == unchecked_get(words, pc + 1) or code == unchecked_get(words, pc + 2):
                            place += 1
                            pc += 3
                            continue
                case Op.LITERAL:
                    part = program.texts[unchecked_get(words, pc + 1)]
                    if len(part) <= stop - place and _stands_at(text, place, part):
                        place += len(part)
                        pc += 2
                        continue
                case Op.SET:
                    if place < stop and unchecked_get(sets, unchecked_get(words, pc + 1)).contains(
                        code_at(text, place)
                    ):
                        place += 1
                        pc += 2
                        continue
                case Op.POINT_SET:
                    code = self._read(place, Direction.POINTS)
                    if code >= 0 and unchecked_get(sets, unchecked_get(words, pc + 1)).contains(code):
                        place = _moved(place, code, Direction.POINTS)
                        pc += 2
                        continue
                case Op.PEEK:
                    if place < stop and unchecked_get(sets, unchecked_get(words, pc + 1)).contains(
                        code_at(text, place)
                    ):
                        pc += 3
                    else:
                        pc = unchecked_get(words, pc + 2)
                    continue
                case Op.JUMP:
                    pc = unchecked_get(words, pc + 1)
                    continue
                case Op.SPLIT:
                    self._push(unchecked_get(words, pc + 1), place, CHOICE)
                    pc += 2
                    continue
                case Op.SPLIT_LAZY:
                    self._push(pc + 2, place, CHOICE)
                    pc = unchecked_get(words, pc + 1)
                    continue
                case Op.SAVE:
                    self._set(unchecked_get(words, pc + 1), place)
                    pc += 2
                    continue
                case Op.POSSESSIVE | Op.GREEDY | Op.LAZY:
                    smallest = self._take_exactly(
                        place,
                        unchecked_get(sets, unchecked_get(words, pc + 1)),
                        unchecked_get(words, pc + 2),
                        unchecked_get(words, pc + 4),
                    )
                    if smallest >= 0:
                        rest = (
                            MAX_INT
                            if unchecked_get(words, pc + 3) < 0
                            else unchecked_get(words, pc + 3) - unchecked_get(words, pc + 2)
                        )
                        place = smallest
                        if unchecked_get(words, pc) == Op.LAZY:
                            if rest > 0:
                                self._push(pc, place, rest)
                        else:
                            place = self._take_many(
                                smallest,
                                unchecked_get(sets, unchecked_get(words, pc + 1)),
                                rest,
                                unchecked_get(words, pc + 4),
                            )
                            if place != smallest and unchecked_get(words, pc) == Op.GREEDY:
                                self._push(pc, place, smallest)
                        pc += LOOP_WORDS
                        continue
                case Op.CLEAR:
                    for register in range(unchecked_get(words, pc + 1), unchecked_get(words, pc + 2)):
                        self._set(register, -1)
                    pc += 3
                    continue
                case Op.SET_REGISTER:
                    self._set(unchecked_get(words, pc + 1), unchecked_get(words, pc + 2))
                    pc += 3
                    continue
                case Op.CHECK_PROGRESS:
                    if self.registers[unchecked_get(words, pc + 1)] != place:
                        pc += 2
                        continue
                case Op.COUNTED:
                    turns = self.registers[unchecked_get(words, pc + 1)]
                    if turns < unchecked_get(words, pc + 2):
                        pc += 6
                    elif unchecked_get(words, pc + 3) >= 0 and turns >= unchecked_get(words, pc + 3):
                        pc = unchecked_get(words, pc + 5)
                    elif unchecked_get(words, pc + 4) != 0:
                        self._push(unchecked_get(words, pc + 5), place, CHOICE)
                        pc += 6
                    else:
                        self._push(pc + 6, place, CHOICE)
                        pc = unchecked_get(words, pc + 5)
                    continue
                case Op.COUNT:
                    turns = self.registers[unchecked_get(words, pc + 1)] + 1
                    mark = unchecked_get(words, pc + 2)
                    if mark < 0 or self.registers[mark] != place:
                        self._set(unchecked_get(words, pc + 1), turns)
                        pc += 4
                        continue
                    if turns <= unchecked_get(words, pc + 3):  # the other turns that must be are like this one
                        self._set(unchecked_get(words, pc + 1), unchecked_get(words, pc + 3))
                        pc += 4
                        continue
                case Op.LOOK:
                    self.registers[unchecked_get(words, pc + 1)] = place
                    self.registers[unchecked_get(words, pc + 1) + 1] = self.height
                    pc += 2
                    continue
                case Op.LOOK_END:
                    self._cut(self.registers[unchecked_get(words, pc + 1) + 1])
                    place = self.registers[unchecked_get(words, pc + 1)]
                    pc += 2
                    continue
                case Op.ATOMIC_END:
                    self._cut(self.registers[unchecked_get(words, pc + 1) + 1])
                    pc += 2
                    continue
                case Op.LOOK_NOT:
                    self.registers[unchecked_get(words, pc + 1) + 1] = self.height
                    self._push(unchecked_get(words, pc + 2), place, CHOICE)
                    pc += 3
                    continue
                case Op.LOOK_NOT_END:
                    self._undo_to(self.registers[unchecked_get(words, pc + 1) + 1])
                case Op.REFERENCE:
                    after = self._reference(unchecked_get(words, pc + 1), place, unchecked_get(words, pc + 2))
                    if after >= 0:
                        place = after
                        pc += 3
                        continue
                case Op.MATCH:
                    if place != self.refused or self.registers[0] != place:
                        self.height = bottom
                        return True
                case Op.IF_GROUP:
                    group = unchecked_get(words, pc + 1)
                    caught = self.registers[2 * group] >= 0 and self.registers[2 * group + 1] >= 0
                    pc = pc + 3 if caught else unchecked_get(words, pc + 2)
                    continue
                case Op.COUNT_OR_LEAVE:
                    if self.registers[unchecked_get(words, pc + 2)] == place:
                        pc = unchecked_get(words, pc + 3)
                    else:
                        self._set(unchecked_get(words, pc + 1), self.registers[unchecked_get(words, pc + 1)] + 1)
                        pc += 4
                    continue
                case _:
                    after = self._seldom(pc, place)
                    if after >= 0:
                        place = after
                        pc += LENGTHS[unchecked_get(words, pc)]
                        continue
            # Step back.
            while True:
                if self.height == bottom:
                    return False
                self.height -= ENTRY_WORDS
                action = self.stack[self.height]
                place = self.stack[self.height + 1]
                if action < 0:
                    self.registers[~action] = place
                    continue
                self._count_step()
                number = self.stack[self.height + 2]
                if number == CHOICE:
                    pc = action
                elif unchecked_get(words, action) == Op.GREEDY:
                    direction = unchecked_get(words, action + 4) ^ Direction.BACK
                    place = _moved(place, self._read(place, direction), direction)
                    unit = unchecked_get(words, action + 5)
                    if unit != UNKNOWN_UNIT:
                        place = _last_before(text, unit, max(number, place - UNITS_OF_STEP), place)
                    if place != number:
                        self._push(action, place, number)
                    pc = action + LOOP_WORDS
                else:
                    code = self._read(place, unchecked_get(words, action + 4))
                    if code < 0 or not unchecked_get(sets, unchecked_get(words, action + 1)).contains(code):
                        continue
                    place = _moved(place, code, unchecked_get(words, action + 4))
                    number -= 1
                    unit = unchecked_get(words, action + 5)
                    if unit != UNKNOWN_UNIT:
                        taken = self._take_up_to(
                            place, unit, unchecked_get(sets, unchecked_get(words, action + 1)), number
                        )
                        place += taken
                        number -= taken
                    if number > 0:
                        self._push(action, place, number)
                    pc = action + LOOP_WORDS
                failed = self.failed
                if failed is None or failed.is_new(pc, place, self.registers):
                    break


def _moved(place: int, code: int, direction: int) -> int:
    """Past the character `code`."""
    units = units_in_code_point(code) if direction & Direction.POINTS != 0 else 1
    return place - units if direction & Direction.BACK != 0 else place + units


def _last_before(text: str, unit: int, smallest: int, place: int) -> int:
    """The last place up to `place`, inside the text, where a unit stands; `smallest` where there is none above that."""
    while place > smallest and code_at(text, place) != unit:
        place -= 1
    return place


def _stands_at(text: str, place: int, part: str) -> bool:
    """Whether `part`, which fits, stands at a place."""
    for index in range(len(part)):
        if code_at(text, place + index) != code_at(part, index):
            return False
    return True
