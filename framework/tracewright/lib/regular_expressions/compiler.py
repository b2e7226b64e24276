"""Tree to program.

Where it can be seen that what comes next cannot be what a loop or an alternative begins with, nothing is left on the stack to try later:

    \\d+-       the loop gives nothing back: no digit is a hyphen
    (?:ab|c)d  PEEK decides between the options: neither is tried in vain
"""

from __future__ import annotations

from typing import Final, final

from tracewright.lib.regular_expressions.assembler import PatternAssembler
from tracewright.lib.regular_expressions.character_sets import (
    SURROGATES,
    UNIT_LIMIT,
    CharacterSet,
    intersection,
    set_of_range,
    union,
)
from tracewright.lib.regular_expressions.class_sets import ClassReader
from tracewright.lib.regular_expressions.cursor import TOO_LARGE, PatternError
from tracewright.lib.regular_expressions.first_characters import FirstCharacters, are_disjoint, first_units
from tracewright.lib.regular_expressions.program import Direction, Op, Program
from tracewright.lib.regular_expressions.syntax import (
    UNBOUNDED,
    Alternatives,
    Anchor,
    AnchorKind,
    Atomic,
    BackReference,
    Character,
    CharacterClass,
    CharacterRange,
    Group,
    LookAround,
    Modified,
    Node,
    Pattern,
    Repeat,
    Sequence,
    SetOperation,
)
from tracewright.lib.utf16 import units_of_code_point

COPIED_WORDS: Final = 12  # a body no longer than this may stand twice, once for the first turn
ALL_UNITS: Final = set_of_range(0, UNIT_LIMIT - 1)
NO_REGISTER: Final = -1


def compile_pattern(pattern: Pattern) -> Program:
    """The program of a pattern. Raises PatternError where it would be too large."""
    try:
        return _PatternCompiler(pattern).compile()
    except RecursionError:
        raise PatternError(TOO_LARGE, 0)


@final
class _PatternCompiler(PatternAssembler):
    def __init__(self, pattern: Pattern) -> None:
        super().__init__(2 * len(pattern.group_names))
        self.pattern = pattern
        self.flags = pattern.flags
        self.reader = ClassReader(pattern.flags)
        self.first = FirstCharacters(self.reader)
        self.reads_points: bool = pattern.flags.reads_code_points()

    def compile(self) -> Program:
        body = self.pattern.body
        self.put_one(Op.SAVE, 0)
        self._node(body, False, None, True)
        self.put_one(Op.SAVE, 1)
        self.put(Op.MATCH)
        program = Program(self.flags, self.pattern.group_names)
        self.finish(program)
        return program

    def _plain_text(self, node: Node) -> str:
        """The units of a character that has no variants and cannot be half of a pair; empty for anything else."""
        if not isinstance(node, Character):
            return ""
        characters = self.reader.closed(set_of_range(node.code, node.code))
        if characters.size() > 1 or (self.reads_points and not are_disjoint(characters, SURROGATES)):
            return ""
        return units_of_code_point(node.code)

    # Nodes

    def _node(self, node: Node, back: bool, follow: CharacterSet | None, is_last: bool) -> None:
        """A node. `follow` is what the text behind it must begin with, if known; `is_last` says that nothing behind it can fail."""
        single = self.reader.single(node)
        if single is not None:
            self._character(single, back)
        elif isinstance(node, Sequence):
            self._sequence(node.items, back, follow, is_last)
        elif isinstance(node, Alternatives):
            self._alternatives(node.options, back, follow, is_last)
        elif isinstance(node, Repeat):
            self._repeat(node, back, follow, is_last)
        elif isinstance(node, Group):
            self.put_one(Op.SAVE, 2 * node.index + (1 if back else 0))
            self._node(node.item, back, follow, is_last)
            self.put_one(Op.SAVE, 2 * node.index + (0 if back else 1))
        elif isinstance(node, Atomic):
            self._atomic(node.item, back)
        elif isinstance(node, Modified):
            self._modified(node, back, follow, is_last)
        elif isinstance(node, LookAround):
            self._look_around(node)
        elif isinstance(node, Anchor):
            self._anchor(node.kind)
        elif isinstance(node, BackReference):
            folds = Direction.FOLDS if self.flags.ignores_case else 0
            self.put_two(Op.REFERENCE, node.index, self._direction(back) | folds)
        else:
            assert isinstance(node, CharacterClass)
            self._alternatives(self._choice_of_texts(node), back, follow, is_last)

    def _direction(self, back: bool) -> int:
        return (Direction.POINTS if self.reads_points else 0) | (Direction.BACK if back else 0)

    def _character(self, characters: CharacterSet, back: bool) -> None:
        """One character of a set."""
        if not self.reads_points:
            characters = intersection(characters, ALL_UNITS)
        elif not characters.fits_units():
            if characters.size() == 1 and characters.first() >= UNIT_LIMIT:
                # Both halves must be there, so nothing can be half of another pair.
                self.put_one(
                    Op.LITERAL_BACK if back else Op.LITERAL, self.text_number(units_of_code_point(characters.first()))
                )
            else:
                self.put_one(Op.POINT_SET_BACK if back else Op.POINT_SET, self.set_number(characters))
            return
        size = characters.size()
        if size == 0:
            self.put(Op.FAIL)
        elif size == 1:
            self.put_one(Op.UNIT_BACK if back else Op.UNIT, characters.first())
        elif size == 2:
            last = characters.places[len(characters.places) - 1] - 1
            self.put_two(Op.EITHER_BACK if back else Op.EITHER, characters.first(), last)
        else:
            self.put_one(Op.SET_BACK if back else Op.SET, self.set_number(characters))

    def _sequence(self, items: list[Node], back: bool, follow: CharacterSet | None, is_last: bool) -> None:
        count = len(items)
        # What each item is followed by; only forwards.
        follows: list[CharacterSet | None] = [None for _ in items]
        for index in range(count - 1, -1, -1):
            follows[index] = None if back else follow
            follow = None if back else self.first.of(items[index], follow)
        index = 0
        while index < count:
            run = 0 if back else self._plain_run(items, index)
            if run > 1:
                text = "".join([self._plain_text(item) for item in items[index : index + run]])
                self.put_one(Op.LITERAL, self.text_number(text))
                index += run
                continue
            place = count - 1 - index if back else index
            self._node(items[place], back, follows[place], is_last and index == count - 1)
            index += 1

    def _plain_run(self, items: list[Node], start: int) -> int:
        """How many items from here on are plain characters."""
        stop = start
        while stop < len(items) and self._plain_text(items[stop]) != "":
            stop += 1
        return stop - start

    def _choice_of_texts(self, node: CharacterClass) -> list[Node]:
        """A class with texts as alternatives: long ones first, single characters before nothing at all."""
        contents = self.reader.contents(node)
        options: list[Node] = []
        longest = max([len(text) for text in contents.texts], default=0)
        for length in range(max(longest, 1), -1, -1):
            if length == 1:
                options.append(_class_of(contents.characters, node.start))
            for text in contents.texts:
                if len(text) == length:
                    characters: list[Node] = [Character(node.start, code) for code in text]
                    options.append(Sequence(node.start, characters))
        return options

    # Alternatives and loops

    def _alternatives(self, options: list[Node], back: bool, follow: CharacterSet | None, is_last: bool) -> None:
        firsts: list[CharacterSet | None] = [None if back else self.first.of(option, follow) for option in options]
        later: list[CharacterSet | None] = list(firsts)  # what the options from each one on can begin with
        for index in range(len(options) - 2, -1, -1):
            later[index] = _either(firsts[index], later[index + 1])
        ends: list[int] = []
        for index in range(len(options) - 1):
            exits = self._choice(firsts[index], later[index + 1], True)
            self._node(options[index], back, follow, is_last)
            ends.append(self.put_branch(Op.JUMP))
            self.fill(exits)
        self._node(options[len(options) - 1], back, follow, is_last)
        self.fill(ends)

    def _choice(self, first: CharacterSet | None, otherwise: CharacterSet | None, is_greedy: bool) -> list[int]:
        """Go on here, or at the address that belongs to the places given back. The sets say what either way can begin with."""
        exits: list[int] = []
        if first is not None and is_greedy:
            self.put_two(Op.PEEK, self.set_number(first), 0)
            exits.append(len(self.words) - 1)
            if otherwise is not None and are_disjoint(first, otherwise):
                return exits
        exits.append(self.put_branch(Op.SPLIT if is_greedy else Op.SPLIT_LAZY))
        return exits

    def _repeat(self, node: Repeat, back: bool, follow: CharacterSet | None, is_last: bool) -> None:
        if node.maximum == 0:
            return
        if node.is_possessive:
            greedy = Repeat(node.start, node.item, node.minimum, node.maximum, True, node.first_group, node.after_group)
            self._atomic(greedy, back)
            return
        single = self.reader.single(node.item)
        if single is not None:
            self._repeat_character(node, single, back, follow, is_last)
            return
        first = None if back or self.first.may_be_empty(node.item) else self.first.of(node.item, None)
        if node.minimum == 0 and node.maximum == 1:
            exits = self._choice(first, follow, node.is_greedy)
            self._turn(node, back, follow, is_last)
            self.fill(exits)
        elif node.minimum == 0 and node.maximum == UNBOUNDED:
            self._endless(node, back, follow, first)
        elif node.minimum == 1 and node.maximum == UNBOUNDED and not self.first.may_be_empty(node.item):
            self._at_least_once(node, back, follow, first)
        elif node.minimum == 1 and node.maximum == UNBOUNDED:
            start = len(self.words)
            registers = self.registers
            self._clear(node)
            self._node(node.item, back, None, False)
            if len(self.words) - start > COPIED_WORDS:
                del self.words[start:]
                self.registers = registers
                self._counted(node, back)
            else:
                self._endless(node, back, follow, first)
        else:
            self._counted(node, back)

    def _repeat_character(
        self, node: Repeat, characters: CharacterSet, back: bool, follow: CharacterSet | None, is_last: bool
    ) -> None:
        direction = self._direction(back)
        if not self.reads_points or characters.fits_units():
            direction &= ~Direction.POINTS
        operation: int = Op.LAZY
        if node.is_greedy:
            is_decided = is_last or (follow is not None and are_disjoint(first_units(characters), follow))
            operation = Op.POSSESSIVE if is_decided else Op.GREEDY
        self.put_loop(operation, self.set_number(characters), node.minimum, node.maximum, direction)

    def _endless(self, node: Repeat, back: bool, follow: CharacterSet | None, first: CharacterSet | None) -> None:
        """`item*`."""
        head = len(self.words)
        exits = self._choice(first, follow, node.is_greedy)
        self._turn(node, back, _either(first, follow), False)
        self.put_one(Op.JUMP, head)
        self.fill(exits)

    def _at_least_once(self, node: Repeat, back: bool, follow: CharacterSet | None, first: CharacterSet | None) -> None:
        """`item+` of an item that is never empty."""
        head = len(self.words)
        self._clear(node)
        self._node(node.item, back, _either(first, follow), False)
        exits = self._choice(first, follow, node.is_greedy)
        self.put_one(Op.JUMP, head)
        self.fill(exits)

    def _turn(self, node: Repeat, back: bool, follow: CharacterSet | None, is_last: bool) -> None:
        """One turn beyond the minimum: one that passes nothing does not count."""
        self._clear(node)
        if not self.first.may_be_empty(node.item):
            self._node(node.item, back, follow, is_last)
            return
        mark = self.new_registers(1)
        self.put_one(Op.SAVE, mark)
        self._node(node.item, back, None, False)
        self.put_one(Op.CHECK_PROGRESS, mark)

    def _counted(self, node: Repeat, back: bool) -> None:
        """A loop that counts its turns."""
        counter = self.new_registers(1)
        mark = self.new_registers(1) if self.first.may_be_empty(node.item) else NO_REGISTER
        self.put_two(Op.SET_REGISTER, counter, 0)
        head = len(self.words)
        self.put_two(Op.COUNTED, counter, node.minimum)
        self.words.append(node.maximum)
        self.words.append(1 if node.is_greedy else 0)
        self.words.append(0)
        exits = [len(self.words) - 1]
        if mark != NO_REGISTER:
            self.put_one(Op.SAVE, mark)
        self._clear(node)
        self._node(node.item, back, None, False)
        self.put_two(Op.COUNT, counter, mark)
        self.words.append(node.minimum)
        self.put_one(Op.JUMP, head)
        self.fill(exits)

    def _clear(self, node: Repeat) -> None:
        """A turn begins with its groups empty."""
        if node.after_group > node.first_group:
            self.put_two(Op.CLEAR, 2 * node.first_group, 2 * node.after_group)

    # Assertions and flags

    def _modified(self, node: Modified, back: bool, follow: CharacterSet | None, is_last: bool) -> None:
        flags, reader, first = self.flags, self.reader, self.first
        self.flags = node.flags
        self.reader = reader.under(node.flags)
        self.first = FirstCharacters(self.reader)
        self._node(node.item, back, follow, is_last)
        self.flags, self.reader, self.first = flags, reader, first

    def _atomic(self, item: Node, back: bool) -> None:
        register = self.new_registers(2)
        self.put_one(Op.LOOK, register)
        self._node(item, back, None, True)
        self.put_one(Op.ATOMIC_END, register)

    def _look_around(self, node: LookAround) -> None:
        register = self.new_registers(2)
        if not node.is_negated:
            self.put_one(Op.LOOK, register)
            self._node(node.item, node.is_behind, None, True)
            self.put_one(Op.LOOK_END, register)
            return
        self.put_two(Op.LOOK_NOT, register, 0)
        exits = [len(self.words) - 1]
        self._node(node.item, node.is_behind, None, True)
        self.put_one(Op.LOOK_NOT_END, register)
        self.fill(exits)

    def _anchor(self, kind: int) -> None:
        match kind:
            case AnchorKind.START:
                self.put(Op.AT_LINE_START if self.flags.is_multiline else Op.AT_START)
            case AnchorKind.END:
                self.put(Op.AT_LINE_END if self.flags.is_multiline else Op.AT_END)
            case AnchorKind.TEXT_START:
                self.put(Op.AT_START)
            case AnchorKind.TEXT_END:
                self.put(Op.AT_END)
            case AnchorKind.TEXT_END_OR_LAST_BREAK:
                self.put(Op.AT_END_OR_LAST_BREAK)
            case AnchorKind.WORD_BOUNDARY:
                self.put_one(Op.AT_WORD_EDGE, self.set_number(self.reader.word_characters))
            case _:
                self.put_one(Op.NOT_AT_WORD_EDGE, self.set_number(self.reader.word_characters))


def _class_of(characters: CharacterSet, start: int) -> CharacterClass:
    """A class with just these characters."""
    ranges: list[Node] = []
    for index in range(0, len(characters.places), 2):
        ranges.append(CharacterRange(start, characters.places[index], characters.places[index + 1] - 1))
    return CharacterClass(start, False, SetOperation.UNION, ranges)


def _either(a: CharacterSet | None, b: CharacterSet | None) -> CharacterSet | None:
    return None if a is None or b is None else union(a, b)
