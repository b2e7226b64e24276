"""From the code that the library's `re` compiles patterns to (a list of numbers, version 20220615) to a program of our matcher.

    a+(?:b|c)     REPEAT_ONE 6 1 MAXREPEAT LITERAL 97 SUCCESS BRANCH 4 LITERAL 98 ... SUCCESS
                  GREEDY {a} 1 -1, SPLIT ..., UNIT 98 ...

Registers: 0 and 1 are the ends of the match, 2n and 2n + 1 those of group n, behind them the number of the group that ended last.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.lib.regular_expressions.assembler import PatternAssembler
from tracewright.lib.regular_expressions.character_sets import EVERYTHING, CharacterSet, SetBuilder, complement
from tracewright.lib.regular_expressions.flags import Flags
from tracewright.lib.regular_expressions.program import Direction, Op, Program
from tracewright_python.sre_sets import CATEGORIES, NO_LINE_FEED, CaseKind, lower_code, single, without_case

MAGIC: Final = 20220615
MAXIMUM: Final = 4294967295  # of repetitions: no limit
MOST_GROUPS: Final = 1 << 24
UNLIMITED: Final = -1
IGNORE_CASE: Final = 2  # the flags of `re`
UNICODE: Final = 32


class Code:
    """Operations of the list."""

    FAILURE: Final = 0
    SUCCESS: Final = 1
    ANY: Final = 2
    ANY_ALL: Final = 3
    ASSERT: Final = 4
    ASSERT_NOT: Final = 5
    AT: Final = 6
    BRANCH: Final = 7
    CATEGORY: Final = 8
    CHARSET: Final = 9
    BIG_CHARSET: Final = 10
    GROUP_REFERENCE: Final = 11
    GROUP_EXISTS: Final = 12
    IN: Final = 13
    INFO: Final = 14
    JUMP: Final = 15
    LITERAL: Final = 16
    MARK: Final = 17
    MAX_UNTIL: Final = 18
    MIN_UNTIL: Final = 19
    NOT_LITERAL: Final = 20
    NEGATE: Final = 21
    RANGE: Final = 22
    REPEAT: Final = 23
    REPEAT_ONE: Final = 24
    MIN_REPEAT_ONE: Final = 26
    ATOMIC_GROUP: Final = 27
    POSSESSIVE_REPEAT: Final = 28
    POSSESSIVE_REPEAT_ONE: Final = 29
    RANGE_IGNORE: Final = 42


class At:
    """Places."""

    BEGINNING: Final = 0
    BEGINNING_LINE: Final = 1
    BEGINNING_STRING: Final = 2
    BOUNDARY: Final = 3
    NON_BOUNDARY: Final = 4
    END: Final = 5
    END_LINE: Final = 6
    END_STRING: Final = 7


# Families of operations that differ in how letters are compared: the plain one, and the first of each row of four
# (group reference, class, literal, anything but a literal).
FIRST_OF_CASES: Final = 30
CASES: Final[list[int]] = [CaseKind.ASCII, CaseKind.ASCII, CaseKind.UNICODE]  # without case: ASCII, the locale, Unicode
PLAIN: Final[list[int]] = [Code.GROUP_REFERENCE, Code.IN, Code.LITERAL, Code.NOT_LITERAL]


@final
class WrongCode(Exception):
    """The list is none that the library makes."""


@final
class SreTranslator(PatternAssembler):
    """Translates one list."""

    def __init__(self, codes: Array[int], groups: int, must_reach_end: bool) -> None:
        super().__init__(2 * (groups + 1) + 1)
        self.codes = codes
        self.groups = groups
        self.last_group: int = 2 * (groups + 1)
        self.must_reach_end = must_reach_end

    def translate(self, flags: int) -> Program:
        """The program. Raises WrongCode, PatternError."""
        self.put_one(Op.SAVE, 0)
        self.sequence(0, len(self.codes))
        self.put_one(Op.SAVE, 1)
        if self.must_reach_end:
            self.put(Op.AT_END)
        self.put(Op.MATCH)
        program = Program(
            Flags(ignores_case=flags & IGNORE_CASE != 0, is_unicode=flags & UNICODE != 0), [""] * (self.groups + 1)
        )
        program.reads_points = False  # a character of a text is one unit here, whatever its code
        self.finish(program)
        return program

    def code(self, place: int) -> int:
        """A number of the list. Raises WrongCode."""
        if not 0 <= place < len(self.codes):
            raise WrongCode("the code is too short")
        return self.codes[place]

    def sequence(self, start: int, stop: int) -> None:
        """Instructions up to a place, or to SUCCESS."""
        place = start
        while place < stop:
            if self.code(place) == Code.SUCCESS:
                return
            after = self.instruction(place)
            if after <= place:
                raise WrongCode("the code goes backwards")
            place = after

    def instruction(self, place: int) -> int:
        """One instruction; gives the place behind it."""
        code = self.code(place)
        case = CaseKind.EXACT
        if FIRST_OF_CASES <= code < Code.RANGE_IGNORE:
            case = CASES[(code - FIRST_OF_CASES) // 4]
            code = PLAIN[(code - FIRST_OF_CASES) % 4]
        match code:
            case Code.LITERAL if case == CaseKind.EXACT:
                return self.literals(place)
            case Code.LITERAL | Code.NOT_LITERAL | Code.IN | Code.ANY | Code.ANY_ALL | Code.CATEGORY:
                characters, after = self.one_character(place)
                self.put_one(Op.SET, self.set_number(characters))
                return after
            case Code.FAILURE:
                self.put(Op.FAIL)
                return place + 1
            case Code.INFO:
                return place + 1 + self.code(place + 1)
            case Code.AT:
                self.position(self.code(place + 1))
                return place + 2
            case Code.MARK:
                return self.mark(place)
            case Code.BRANCH:
                return self.branch(place)
            case Code.ASSERT | Code.ASSERT_NOT:
                return self.assertion(place, code == Code.ASSERT_NOT)
            case Code.GROUP_REFERENCE:
                return self.reference(place, case)
            case Code.GROUP_EXISTS:
                return self.conditional(place)
            case Code.REPEAT_ONE | Code.MIN_REPEAT_ONE | Code.POSSESSIVE_REPEAT_ONE:
                return self.repeat_one(place, code)
            case Code.REPEAT:
                return self.repeat(place)
            case Code.ATOMIC_GROUP:
                self.atomic(place + 2, place + 1 + self.code(place + 1))
                return place + 1 + self.code(place + 1)
            case Code.POSSESSIVE_REPEAT:
                return self.possessive(place)
            case _:
                raise WrongCode(f"there is no operation {code} here")

    # --- characters ---

    def literals(self, place: int) -> int:
        """A row of literals as one text."""
        text = ""
        start = place
        while place < len(self.codes) and self.codes[place] == Code.LITERAL:
            text += chr(self.code(place + 1))
            place += 2
        if place == start + 2:
            self.put_one(Op.UNIT, self.code(start + 1))
        else:
            self.put_one(Op.LITERAL, self.text_number(text))
        return place

    def one_character(self, place: int) -> tuple[CharacterSet, int]:
        """The set of an instruction that takes one character, and the place behind it."""
        code = self.code(place)
        case = CaseKind.EXACT
        if FIRST_OF_CASES <= code < Code.RANGE_IGNORE:
            case = CASES[(code - FIRST_OF_CASES) // 4]
            code = PLAIN[(code - FIRST_OF_CASES) % 4]
        match code:
            case Code.LITERAL:
                return single(self.code(place + 1), case), place + 2
            case Code.NOT_LITERAL:
                return complement(single(self.code(place + 1), case)), place + 2
            case Code.ANY:
                return NO_LINE_FEED, place + 1
            case Code.ANY_ALL:
                return EVERYTHING, place + 1
            case Code.CATEGORY:
                return self.category(self.code(place + 1)), place + 2
            case Code.IN:
                after = place + 1 + self.code(place + 1)
                return without_case(self.character_class(place + 2), case), after
            case _:
                raise WrongCode(f"operation {code} takes no single character")

    def category(self, number: int) -> CharacterSet:
        if not 0 <= number < len(CATEGORIES):
            raise WrongCode("there is no such category")
        return CATEGORIES[number]

    def character_class(self, place: int) -> CharacterSet:
        """The set of a class, whose parts end with FAILURE."""
        builder = SetBuilder()
        is_negated = False
        while True:
            match self.code(place):
                case Code.FAILURE:
                    found = builder.build()
                    return complement(found) if is_negated else found
                case Code.NEGATE:
                    is_negated = True
                    place += 1
                case Code.LITERAL:
                    builder.add(self.code(place + 1), self.code(place + 1))
                    place += 2
                case Code.RANGE:
                    builder.add(self.code(place + 1), self.code(place + 2))
                    place += 3
                case Code.RANGE_IGNORE:
                    self.add_range_without_case(builder, self.code(place + 1), self.code(place + 2))
                    place += 3
                case Code.CATEGORY:
                    builder.add_set(self.category(self.code(place + 1)))
                    place += 2
                case Code.CHARSET:
                    self.add_bits(builder, place + 1, 0)
                    place += 9
                case Code.BIG_CHARSET:
                    blocks = self.code(place + 1)
                    for high in range(256):
                        block = self.code(place + 2 + (high >> 2)) >> (8 * (high & 3)) & 255
                        self.add_bits(builder, place + 66 + 8 * block, high << 8)
                    place += 66 + 8 * blocks
                case _:
                    raise WrongCode("there is no such part of a class")

    def add_range_without_case(self, builder: SetBuilder, first: int, last: int) -> None:
        """A range that a letter is also in if its capital is."""
        builder.add(first, last)
        for code in range(first, min(last, 0x20000) + 1):
            lowered = lower_code(code, CaseKind.UNICODE)
            if lowered != code:
                builder.add(lowered, lowered)

    def add_bits(self, builder: SetBuilder, place: int, base: int) -> None:
        """256 bits in eight numbers."""
        for index in range(8):
            bits = self.code(place + index)
            for bit in range(32):
                if bits >> bit & 1 == 1:
                    builder.add(base + 32 * index + bit, base + 32 * index + bit)

    # --- places ---

    def position(self, number: int) -> None:
        match number:
            case At.BEGINNING | At.BEGINNING_STRING:
                self.put(Op.AT_START)
            case At.BEGINNING_LINE:
                self.put(Op.AT_FEED_START)
            case At.END:
                self.put(Op.AT_END_OR_LAST_BREAK)
            case At.END_LINE:
                self.put(Op.AT_FEED_END)
            case At.END_STRING:
                self.put(Op.AT_END)
            case _:
                kind = (number - At.BOUNDARY) & 1 if number <= At.NON_BOUNDARY else number & 1
                words = CATEGORIES[4 if number <= At.NON_BOUNDARY else 8 if number < 10 else 14]
                if kind == 1:
                    self.not_empty()
                self.put_one(Op.NOT_AT_WORD_EDGE if kind == 1 else Op.AT_WORD_EDGE, self.set_number(words))

    def not_empty(self) -> None:
        """The text is not empty: something comes next, or something came before."""
        anything = self.set_number(EVERYTHING)
        self.put_two(Op.PEEK, anything, len(self.words) + 5)
        end = self.put_branch(Op.JUMP)
        register = self.new_registers(2)
        self.put_one(Op.LOOK, register)
        self.put_one(Op.STEP_BACK, 1)
        self.put_one(Op.LOOK_END, register)
        self.fill([end])

    # --- groups ---

    def mark(self, place: int) -> int:
        number = self.code(place + 1)
        if number >= 2 * self.groups:
            raise WrongCode("there is no such group")
        self.put_one(Op.SAVE, number + 2)
        if number & 1 == 1:
            self.put_two(Op.SET_REGISTER, self.last_group, number // 2 + 1)
        return place + 2

    def group(self, number: int) -> int:
        """The number of a group, from 1. Raises WrongCode."""
        if number >= self.groups:
            raise WrongCode("there is no such group")
        return number + 1

    def reference(self, place: int, case: int) -> int:
        group = self.group(self.code(place + 1))
        self.put_two(Op.IF_GROUP, group, len(self.words) + 5)
        known = self.put_branch(Op.JUMP)
        self.put(Op.FAIL)
        self.fill([known])
        self.put_two(Op.REFERENCE, group, 0 if case == CaseKind.EXACT else Direction.FOLDS)
        return place + 2

    def conditional(self, place: int) -> int:
        """GROUP_EXISTS number skip, then the one sequence, JUMP skip, and the other."""
        group = self.group(self.code(place + 1))
        middle = place + 1 + self.code(place + 2)
        self.put_two(Op.IF_GROUP, group, 0)
        otherwise = len(self.words) - 1
        if middle > place + 3 and middle - 2 >= place + 3 and self.code(middle - 2) == Code.JUMP:
            end = middle - 1 + self.code(middle - 1)
            self.sequence(place + 3, middle - 2)
            done = self.put_branch(Op.JUMP)
            self.fill([otherwise])
            self.sequence(middle, end)
            self.fill([done])
            return end
        self.sequence(place + 3, middle)
        self.fill([otherwise])
        return middle

    def branch(self, place: int) -> int:
        """BRANCH, then of each alternative its length and its sequence, which ends with a JUMP behind all; then 0."""
        place += 1
        ends: list[int] = []
        end = place
        while True:
            skip = self.code(place)
            if skip == 0:
                break
            following = place + skip
            is_last = self.code(following) == 0
            other = -1 if is_last else self.put_branch(Op.SPLIT)
            if self.code(following - 2) != Code.JUMP:
                raise WrongCode("an alternative does not end")
            self.sequence(place + 1, following - 2)
            end = following - 1 + self.code(following - 1)
            if not is_last:
                ends.append(self.put_branch(Op.JUMP))
                self.fill([other])
            place = following
        self.fill(ends)
        return max(end, place + 1)

    def assertion(self, place: int, is_negative: bool) -> int:
        """ASSERT skip back, the sequence, SUCCESS."""
        after = place + 1 + self.code(place + 1)
        back = self.code(place + 2)
        register = self.new_registers(2)
        otherwise = -1
        if is_negative:
            self.put_two(Op.LOOK_NOT, register, 0)
            otherwise = len(self.words) - 1
        else:
            self.put_one(Op.LOOK, register)
        if back > 0:
            self.put_one(Op.STEP_BACK, back)
        self.sequence(place + 3, after)
        self.put_one(Op.LOOK_NOT_END if is_negative else Op.LOOK_END, register)
        if is_negative:
            self.fill([otherwise])
        return after

    def atomic(self, start: int, stop: int) -> None:
        """A sequence that is not gone back into."""
        register = self.new_registers(2)
        self.put_one(Op.LOOK, register)
        self.sequence(start, stop)
        self.put_one(Op.ATOMIC_END, register)

    # --- loops ---

    def repeat_one(self, place: int, code: int) -> int:
        """REPEAT_ONE skip minimum maximum, an instruction of one character, SUCCESS."""
        characters, _ = self.one_character(place + 4)
        operation = Op.GREEDY
        if code != Code.REPEAT_ONE:
            operation = Op.LAZY if code == Code.MIN_REPEAT_ONE else Op.POSSESSIVE
        self.put_loop(
            operation, self.set_number(characters), self.code(place + 2), self.maximum(self.code(place + 3)), 0
        )
        return place + 1 + self.code(place + 1)

    def maximum(self, number: int) -> int:
        return UNLIMITED if number >= MAXIMUM else number

    def loop(self, start: int, stop: int, minimum: int, maximum: int, is_greedy: bool, is_atomic: bool) -> None:
        """Turns of a sequence."""
        turns = self.new_registers(2)
        self.put_two(Op.SET_REGISTER, turns, 0)
        top = len(self.words)
        self.put_two(Op.COUNTED, turns, minimum)
        self.words.append(maximum)
        self.words.append(int(is_greedy))
        self.words.append(0)
        leave = len(self.words) - 1
        self.put_one(Op.SAVE, turns + 1)
        if is_atomic:
            self.atomic(start, stop)
        else:
            self.sequence(start, stop)
        self.put_two(Op.COUNT_OR_LEAVE, turns, turns + 1)
        self.words.append(0)
        empty = len(self.words) - 1
        self.put_one(Op.JUMP, top)
        self.fill([leave, empty])

    def repeat(self, place: int) -> int:
        """REPEAT skip minimum maximum, the sequence, MAX_UNTIL or MIN_UNTIL."""
        until = place + 1 + self.code(place + 1)
        minimum, maximum = self.code(place + 2), self.maximum(self.code(place + 3))
        if self.code(until) not in (Code.MAX_UNTIL, Code.MIN_UNTIL):
            raise WrongCode("a repetition does not end")
        self.loop(place + 4, until, minimum, maximum, self.code(until) == Code.MAX_UNTIL, False)
        return until + 1

    def possessive(self, place: int) -> int:
        """POSSESSIVE_REPEAT skip minimum maximum, the sequence, SUCCESS."""
        end = place + 1 + self.code(place + 1)
        if self.code(end) != Code.SUCCESS:
            raise WrongCode("a possessive repetition does not end")
        register = self.new_registers(2)
        self.put_one(Op.LOOK, register)
        self.loop(place + 4, end, self.code(place + 2), self.maximum(self.code(place + 3)), True, True)
        self.put_one(Op.ATOMIC_END, register)
        return end + 1
