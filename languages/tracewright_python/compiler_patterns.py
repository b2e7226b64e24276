"""Tree to bytecode: `match`. Names are bound when the whole pattern has matched, before the guard."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_python.compiler_names import not_compiled
from tracewright_python.compiler_statements import StatementCompiler
from tracewright_python.lists import tuple_of
from tracewright_python.opcodes import Op
from tracewright_python.syntax import Singleton
from tracewright_python.syntax_patterns import (
    MatchAs,
    MatchClass,
    MatchMapping,
    MatchOr,
    MatchSequence,
    MatchSingleton,
    MatchStar,
    MatchValue,
    Pattern,
)
from tracewright_python.syntax_statements import Match


class PatternCompiler(StatementCompiler):
    """A pattern jumps to `failed` with everything as it was, or goes on; what it takes lies in slots, by name."""

    def compile_match(self, node: Match) -> None:
        subject = self.slot()
        self.compile_into(node.subject, subject)
        end = Label()
        before = self.bound.copy()
        for case in node.cases:
            top = self.top
            failed = Label()
            taken: dict[str, int] = {}
            self.at(case.pattern)
            self.compile_pattern(case.pattern, subject, failed, taken)
            for name, slot in taken.items():
                self.store_name(name, slot)
            if case.guard is not None:
                self.compile_condition(case.guard, failed, False)
            self.compile_statements(case.body)
            self.bound = before.copy()
            self.jump(Op.JUMP, 0, end)
            self.place(failed)
            self.top = top
        self.place(end)
        self.bound = before

    def compile_pattern(self, node: Pattern, subject: int, failed: Label, taken: dict[str, int]) -> None:
        """Hold a pattern against the value in a slot."""
        match node:
            case MatchValue(value=value):
                top = self.top
                wanted = self.operand(value)
                result = self.slot()
                self.at(node)
                self.emit(Op.EQUAL, result, subject, wanted)
                self.jump(Op.JUMP_IF_FALSE, result, failed)
                self.top = top
            case MatchSingleton(value=number):
                top = self.top
                wanted, result = self.slot(), self.slot()
                constant = Value.NULL if number == Singleton.NONE else Value.of_bool(number == Singleton.TRUE)
                self.load_constant(wanted, constant)
                self.emit(Op.IS, result, subject, wanted)
                self.jump(Op.JUMP_IF_FALSE, result, failed)
                self.top = top
            case MatchAs(pattern=pattern, name=name):
                if pattern is not None:
                    self.compile_pattern(pattern, subject, failed, taken)
                if name is not None:
                    self.take_name(name, subject, taken)
            case MatchOr(patterns=patterns):
                self.compile_alternatives(patterns, subject, failed, taken)
            case MatchSequence():
                self.compile_sequence(node, subject, failed, taken)
            case MatchMapping():
                self.compile_mapping(node, subject, failed, taken)
            case MatchClass():
                self.compile_class_pattern(node, subject, failed, taken)
            case _:
                raise not_compiled("this pattern", node)

    def take_name(self, name: str, source: int, taken: dict[str, int]) -> None:
        """Keep a value for a name."""
        slot = taken.get(name, -1)
        if slot < 0:
            slot = self.slot()
            taken[name] = slot
        self.move(slot, source)

    def compile_alternatives(self, patterns: list[Pattern], subject: int, failed: Label, taken: dict[str, int]) -> None:
        """`a | b`: all take the same names."""
        matched = Label()
        for k in range(len(patterns)):
            if k == len(patterns) - 1:
                self.compile_pattern(patterns[k], subject, failed, taken)
            else:
                other = Label()
                self.compile_pattern(patterns[k], subject, other, taken)
                self.jump(Op.JUMP, 0, matched)
                self.place(other)
        self.place(matched)

    def test(self, operation: int, subject: int, failed: Label) -> None:
        """Go on if an operation says True."""
        top = self.top
        result = self.slot()
        self.emit(operation, result, subject)
        self.jump(Op.JUMP_IF_FALSE, result, failed)
        self.top = top

    def compile_sequence(self, node: MatchSequence, subject: int, failed: Label, taken: dict[str, int]) -> None:
        """`[a, *b, c]`"""
        patterns = node.patterns
        count = len(patterns)
        starred = -1
        for k in range(count):
            if isinstance(patterns[k], MatchStar):
                starred = k
        self.test(Op.MATCH_SEQUENCE, subject, failed)
        top = self.top
        length, wanted = self.slot(), self.slot()
        self.emit(Op.MATCH_LENGTH, length, subject)
        self.load_constant(wanted, Value.of_int(count if starred < 0 else count - 1))
        self.emit(Op.EQUAL if starred < 0 else Op.GREATER_EQUAL, length, length, wanted)
        self.jump(Op.JUMP_IF_FALSE, length, failed)
        self.top = top
        star = patterns[starred] if starred >= 0 else None
        if isinstance(star, MatchStar) and star.name is None:
            self.compile_ends(patterns, starred, subject, failed, taken)
            return
        first = self.take(max(count, 1))
        if starred < 0:
            self.emit(Op.UNPACK, first, subject, count)
        else:
            self.emit(Op.UNPACK_STARRED, first, subject, starred)
            self.assembler.add_word(count - starred - 1)
        for k in range(count):
            pattern = patterns[k]
            if isinstance(pattern, MatchStar):
                if pattern.name is not None:
                    self.take_name(pattern.name, first + k, taken)
            else:
                self.compile_pattern(pattern, first + k, failed, taken)

    def compile_ends(
        self, patterns: list[Pattern], starred: int, subject: int, failed: Label, taken: dict[str, int]
    ) -> None:
        """`[a, *_, c]`: only the ends are looked at, however long the middle is."""
        count = len(patterns)
        for k in range(count):
            if k != starred:
                item, place = self.slot(), self.slot()
                self.load_constant(place, Value.of_int(k if k < starred else k - count))
                if k > starred:
                    length = self.slot()
                    self.emit(Op.MATCH_LENGTH, length, subject)
                    self.emit(Op.ADD, place, length, place)
                self.emit(Op.GET_ITEM, item, subject, place)
                self.compile_pattern(patterns[k], item, failed, taken)

    def compile_mapping(self, node: MatchMapping, subject: int, failed: Label, taken: dict[str, int]) -> None:
        """`{key: pattern, **rest}`"""
        self.test(Op.MATCH_MAPPING, subject, failed)
        keys = self.slot()
        count = len(node.keys)
        first = self.compile_row(node.keys)
        self.emit(Op.TUPLE, keys, first, count)
        values = self.slot()
        none, missing = self.slot(), self.slot()
        self.at(node)
        self.emit(Op.MATCH_KEYS, values, subject, keys)
        self.load_none(none)
        self.emit(Op.IS, missing, values, none)
        self.jump(Op.JUMP_IF_TRUE, missing, failed)
        row = self.take(max(count, 1))
        self.emit(Op.UNPACK, row, values, count)
        for k in range(count):
            self.compile_pattern(node.patterns[k], row + k, failed, taken)
        if node.rest is not None:
            rest = self.slot()
            self.emit(Op.MATCH_REST, rest, subject, keys)
            self.take_name(node.rest, rest, taken)

    def compile_class_pattern(self, node: MatchClass, subject: int, failed: Label, taken: dict[str, int]) -> None:
        """`C(a, b=c)`"""
        block = self.take(4)
        self.move(block, subject)
        self.compile_into(node.cls, block + 1)
        self.load_constant(block + 2, Value.of_int(len(node.patterns)))
        names: list[Value] = [Value.of_object(self.unit.session.intern(name)) for name in node.kwd_attrs]
        self.assembler.emit_wide(Op.CONSTANT, block + 3, self.assembler.new_constant(tuple_of(names)))
        values, none, missing = self.slot(), self.slot(), self.slot()
        self.at(node)
        self.emit(Op.MATCH_CLASS, values, block)
        self.load_none(none)
        self.emit(Op.IS, missing, values, none)
        self.jump(Op.JUMP_IF_TRUE, missing, failed)
        patterns = [*node.patterns, *node.kwd_patterns]
        row = self.take(max(len(patterns), 1))
        self.emit(Op.UNPACK, row, values, len(patterns))
        for k in range(len(patterns)):
            self.compile_pattern(patterns[k], row + k, failed, taken)
