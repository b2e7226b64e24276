"""From instructions with labels to a code object.

    end = assembler.jump(JUMP_IF_FALSE, condition)          ... 4 JUMP_IF_FALSE s5 -> 7
    assembler.emit(PRINT, register)                         ... 5 PRINT s6
    start = ...; assembler.jump(LOOP, 0, start)             ... 6 LOOP -> 3
    assembler.place(end)                                    ... 7
    assembler.fill(code)

A code object is a subclass of `AssembledCode`, with what the language's instructions need besides words and constants.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.value import Value
from tracewright.guest.diagnostics import SourceError, Span
from tracewright.guest.handler_table import COLUMNS, NO_HANDLERS, HandlerTable
from tracewright.guest.instructions import LIMIT, encode, encode_wide
from tracewright.guest.line_table import NO_LINES, LineTable, LineTableWriter, packed_place
from tracewright.hints import ALL_LIVE, GuestCode, immutable_fields
from tracewright.lib.array_tools import array_from

NOT_PLACED: Final = -1
_TARGET_BITS: Final = (1 << 24) - 1  # of a word whose wide operand is a place: all but that


@immutable_fields("name", "file", "words[*]", "constants[*]", "handlers")
class AssembledCode(GuestCode):
    """One compiled function, or a whole program: filled by an Assembler, then never changed.

    `file` is the path of its text, for messages; "" stands for the program that was given to run.
    """

    def __init__(self, name: str, file: str = "") -> None:
        super().__init__(0)
        self.name = name
        self.file = file
        self.words: Array[int] = Array(0, 0)
        self.constants: Array[Value] = Array(0, Value.NULL)
        self.handlers: HandlerTable = NO_HANDLERS
        self.lines: LineTable = NO_LINES

    def share(self, other: AssembledCode) -> None:
        """Become a copy of another one, whose counters and machine code are its own."""
        self.words = other.words
        self.set_length(len(other.words))
        self.constants = other.constants
        self.handlers = other.handlers
        self.lines = other.lines
        self.live_slots = other.live_slots

    def object(self, number: int) -> object:
        """What a constant points to; the language knows of which class it is."""
        return unchecked_get(self.constants, number).as_object()

    def line_at(self, pc: int) -> int:
        """The line that the instruction at `pc` comes from; 0 where it is not known."""
        return self.lines.line(pc)

    def span_at(self, pc: int) -> Span:
        """The place that the instruction at `pc` comes from."""
        return self.lines.span(pc)


@final
class Label:
    """A place in the code that may be jumped to before it is known."""

    def __init__(self) -> None:
        self.position = NOT_PLACED


class Assembler:
    """The instructions of one function under construction.

    What is emitted comes from the place `line`, `column` to `end_line`, `end_column`; what is not known of it is 0.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.line = 0
        self.column = 0
        self.end_line = 0
        self.end_column = 0
        self.words: list[int] = []
        self.constants: list[Value] = []
        self._int_constants: dict[int, int] = {}  # where they are
        self._other_constants: list[int] = []  # where those are that are no numbers, as far as they are looked for
        self._lines = LineTableWriter()
        self._wide_jumps: list[int] = []  # positions of words whose wide operand is a label's index
        self._next_words: list[int] = []  # positions of second words that hold a label's index
        self._labels: list[Label] = []
        self._live: list[int] = []  # rows: position, how many slots can be read from there on; ascending
        self._handlers: list[int] = []  # rows: first word, end, a label's index, slot

    # --- instructions ---
    def at(self, span: Span) -> None:
        """What is emitted from here on comes from this place."""
        self.line, self.column = span.line, span.column
        self.end_line, self.end_column = span.end_line, span.end_column

    def here(self) -> int:
        """The position of the next word."""
        return len(self.words)

    def emit(self, operation: int, a: int = 0, b: int = 0, c: int = 0) -> int:
        """One instruction with three operands of 16 bits; gives its position."""
        if a > LIMIT or b > LIMIT or c > LIMIT:
            raise self.too_large()
        return self.add_word(encode(operation, a, b, c))

    def emit_wide(self, operation: int, a: int, number: int) -> int:
        """One instruction with an operand of 16 bits and one of 32; gives its position."""
        if a > LIMIT:
            raise self.too_large()
        return self.add_word(encode_wide(operation, a, number))

    def add_word(self, word: int) -> int:
        """A word as it is; gives its position."""
        position = len(self.words)
        self.words.append(word)
        self._lines.add(position, packed_place(self.line, self.column), packed_place(self.end_line, self.end_column))
        return position

    def take_back(self) -> int:
        """Remove the last word, which must be no jump, and give it."""
        self._lines.take_back(len(self.words) - 1)
        if len(self._live) > 0 and self._live[-2] == len(self.words):
            self.forget_live()
        return self.words.pop()

    def live(self, count: int) -> None:
        """From here on only the first `count` slots of the frame can be read before they are written (`GuestCode.live_slots`).

        For the places where statements begin: what is above the variables in scope is then left over from the one before. All that is said of
        one place holds, so the smallest number does: where a statement begins, its first part may have a slot for its result already.
        """
        here = len(self.words)
        if len(self._live) > 0 and self._live[-2] == here:
            count = min(count, self._live[-1])
            self.forget_live()
        self._live.append(here)
        self._live.append(count)

    def forget_live(self) -> None:
        """Take the last word of `live` back."""
        self._live.pop()
        self._live.pop()

    def too_large(self) -> Exception:
        """What is raised where an operand does not fit."""
        return SourceError("this function is too large", self.line, self.column)

    # --- places ---
    def label(self) -> Label:
        """A label that is here."""
        result = Label()
        result.position = len(self.words)
        return result

    def loop_label(self, jump: int) -> Label:
        """A label that is here, for a loop to come back to.

        Position 0 stands for the whole function to the JIT, so no loop may begin there: then a jump to the next instruction,
        with the operation `jump`, comes first.
        """
        if len(self.words) == 0:
            self.place(self.jump(jump))
        return self.label()

    def jump(self, operation: int, a: int = 0, label: Label | None = None) -> Label:
        """A jump whose target is the wide operand; without a label to a new one, which is given."""
        target = Label() if label is None else label
        self._wide_jumps.append(len(self.words))
        self.emit_wide(operation, a, len(self._labels))
        self._labels.append(target)
        return target

    def branch(self, operation: int, a: int, b: int, c: int, label: Label) -> None:
        """An instruction whose target is the next word."""
        self.emit(operation, a, b, c)
        self._next_words.append(len(self.words))
        self.add_word(len(self._labels))
        self._labels.append(label)

    def place(self, label: Label) -> None:
        """The label is here."""
        label.position = len(self.words)

    def protect(self, start: int, end: int, handler: Label, slot: int) -> None:
        """What is raised from position `start` up to `end` goes to `handler`, with the error in `slot`. Inner ranges first."""
        self._handlers.extend([start, end, len(self._labels), slot])
        self._labels.append(handler)

    # --- constants ---
    def constant(self, value: Value) -> int:
        """Index of a constant; equal ints and identical objects are kept once."""
        if value.is_float():
            return self.new_constant(value)
        if value.is_int():
            number = value.as_int()
            index = self._int_constants.get(number, -1)
            if index < 0:
                index = self.new_constant(value)
                self._int_constants[number] = index
            return index
        for index in self._other_constants:  # null, truths and builtins: there are not many
            if self.constants[index].same(value):
                return index
        index = self.new_constant(value)
        self._other_constants.append(index)
        return index

    def new_constant(self, value: Value) -> int:
        """Index of a constant that is not looked for among the others."""
        self.constants.append(value)
        return len(self.constants) - 1

    # --- the end ---
    def fill(self, code: AssembledCode, prologue: list[int]) -> None:
        """Put everything into the code object, the words of `prologue` first. Every label must have been placed."""
        shift = len(prologue)
        code.words = array_from(prologue + self.resolved(shift), 0)
        code.set_length(len(code.words))
        code.constants = array_from(self.constants, Value.NULL)
        code.lines = self.line_table(shift)
        code.handlers = self.handler_table(shift)
        code.live_slots = self.live_table(len(code.words), shift)

    def resolved(self, shift: int = 0) -> list[int]:
        """The words, with the places that labels stand for, behind `shift` other words."""
        words = self.words.copy()
        for position in self._wide_jumps:
            word = words[position]
            words[position] = word & _TARGET_BITS | (self._place_of(word >> 24) + shift) << 24
        for position in self._next_words:
            words[position] = self._place_of(words[position]) + shift
        return words

    def line_table(self, shift: int = 0) -> LineTable:
        """Where the words come from, behind `shift` other words."""
        return self._lines.finish(shift)

    def live_table(self, length: int, shift: int = 0) -> Array[int] | None:
        """How many slots are live at each of `length` words, behind `shift` other words; None where `live` was not used."""
        if len(self._live) == 0:
            return None
        table: Array[int] = Array(length, ALL_LIVE)
        for row in range(0, len(self._live), 2):
            table[self._live[row] + shift] = self._live[row + 1]
        return table

    def handler_table(self, shift: int = 0) -> HandlerTable:
        """Who catches what, behind `shift` other words."""
        if len(self._handlers) == 0:
            return NO_HANDLERS
        rows = self._handlers.copy()
        for row in range(0, len(rows), COLUMNS):
            rows[row] += shift
            rows[row + 1] += shift
            rows[row + 2] = self._place_of(rows[row + 2]) + shift
        return HandlerTable(array_from(rows, 0))

    def _place_of(self, number: int) -> int:
        position = self._labels[number].position
        assert position != NOT_PLACED, "a label was not placed"
        return position
