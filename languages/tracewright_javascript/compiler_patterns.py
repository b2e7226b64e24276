"""Destructuring: patterns in declarations, assignments, parameters and the heads of loops."""

from __future__ import annotations

from abc import abstractmethod

from tracewright.guest.assembler import Label
from tracewright_javascript.compiler import Exitway, NameCompiler, OpenIterator, Unit, not_compiled
from tracewright_javascript.compiler_expressions import ExpressionCompiler
from tracewright_javascript.keys import NO_INDEX, index_of_text
from tracewright_javascript.opcodes import Op
from tracewright_javascript.syntax import (
    ArrayPattern,
    Default,
    Elision,
    Expression,
    Identifier,
    Index,
    Member,
    ObjectPattern,
    PrivateMember,
    PropertyKind,
    Rest,
    StringLiteral,
)


class PatternCompiler(ExpressionCompiler):
    """Takes values apart. Values come in slots, which stay what they are."""

    def __init__(self, unit: Unit, parent: NameCompiler | None, name: str) -> None:
        super().__init__(unit, parent, name)
        self.adds_variables = False  # a direct `eval` in it may declare some
        self.completion = -1  # of the text of an `eval`: the slot with what it evaluates to so far
        self.exitways: list[Exitway] = []  # what has to be done when the code that is compiled is left

    def assign_pattern(self, target: Expression, source: int, is_declaration: bool) -> None:
        """Assign a value to a target, or give what a target declares its first value. Raises SyntaxFault."""
        top = self.top
        if isinstance(target, Identifier):
            self.at(target)
            if is_declaration:
                self.initialize_name(target, source)
            else:
                self.store_name(target, source)
        elif isinstance(target, (Member, Index, PrivateMember)):
            thing, key = self._reference(target)
            self.at(target)
            self._store_reference(target, thing, key, source)
        elif isinstance(target, Default):
            self._default(target, source, is_declaration)
        elif isinstance(target, ArrayPattern):
            self._array_pattern(target, source, is_declaration)
        elif isinstance(target, ObjectPattern):
            self._object_pattern(target, source, is_declaration)
        else:
            raise not_compiled("this target of an assignment", target)
        self.top = top

    def _default(self, target: Default, source: int, is_declaration: bool) -> None:
        slot = self._defaulted(target, source)
        self.assign_pattern(target.target, slot, is_declaration)

    def _defaulted(self, target: Default, source: int) -> int:
        """A slot with the value, or what stands for undefined."""
        slot = self.slot()
        self.move(slot, source)
        given = Label()
        self.assembler.jump(Op.JUMP_IF_DEFINED, slot, given)
        inner = target.target
        self.named(target.value, slot, inner.name if isinstance(inner, Identifier) else "")
        self.assembler.place(given)
        return slot

    def _array_pattern(self, pattern: ArrayPattern, source: int, is_declaration: bool) -> None:
        iterator = self.slot()
        item = self.slot()
        self.at(pattern)
        self.emit(Op.ITERATE, iterator, source)
        opened = OpenIterator(iterator, False)
        self.exitways.append(opened)
        start = self.assembler.here()
        for element in pattern.elements:
            target = element.target if isinstance(element, Rest) else element
            top = self.top
            thing, key = self._target_reference(target)
            self.at(element)
            if isinstance(element, Rest):
                self.emit(Op.COLLECT, item, iterator)
            else:
                self.emit(Op.STEP, item, iterator)
                self.emit(Op.UNPACK_STEP, item, iterator)
            if not isinstance(target, Elision):
                self._assign_reference(target, item, thing, key, is_declaration)
            self.top = top
        end = self.assembler.here()
        self.exitways.pop()
        self.emit(Op.CLOSE, iterator)
        self.close_on_error(opened, start, end)

    def close_on_error(self, opened: OpenIterator, start: int, end: int) -> None:
        """An error in a stretch of code closes the iterator."""
        if end == start:
            return
        error = self.slot()
        handler, done = Label(), Label()
        self.assembler.jump(Op.JUMP, 0, done)
        self.assembler.protect(start, end, handler, error)
        self.assembler.place(handler)
        self.close_after_error(opened)
        self.emit(Op.THROW, error)
        self.assembler.place(done)

    @abstractmethod
    def close_after_error(self, opened: OpenIterator) -> None:
        """Close an iterator; errors of that are not seen."""

    def _target_reference(self, target: Expression) -> tuple[int, int]:
        """The object and key of what is assigned to are evaluated before the value is there."""
        inner = target.target if isinstance(target, Default) else target
        return self._reference(inner) if isinstance(inner, (Member, Index, PrivateMember)) else (-1, -1)

    def _assign_reference(self, target: Expression, source: int, thing: int, key: int, is_declaration: bool) -> None:
        """Assign to a target whose object and key are there already."""
        if thing < 0:
            self.assign_pattern(target, source, is_declaration)
            return
        inner = target
        slot = source
        if isinstance(target, Default):
            slot = self._defaulted(target, source)
            inner = target.target
        self.at(inner)
        self._store_reference(inner, thing, key, slot)

    def _object_pattern(self, pattern: ObjectPattern, source: int, is_declaration: bool) -> None:
        self.at(pattern)
        self.emit(Op.REQUIRE_OBJECT, source)
        result = self.slot()
        first_key = self.top
        has_rest = len(pattern.properties) > 0 and pattern.properties[-1].kind == PropertyKind.SPREAD
        if has_rest:
            for _ in pattern.properties:
                self.slot()
        count = 0
        for property in pattern.properties:
            top = self.top
            if property.kind == PropertyKind.SPREAD:
                thing, reference_key = self._target_reference(property.value)
                self.emit(Op.OBJECT_REST, result, source, count)
                self._assign_reference(property.value, result, thing, reference_key, is_declaration)
                continue
            key = property.key
            slot = self.slot()
            if isinstance(key, StringLiteral) and not property.is_computed and index_of_text(key.value) == NO_INDEX:
                thing, reference_key = self._target_reference(property.value)
                self.at(property)
                self.read_property(slot, source, key.value)
                if has_rest:
                    self.load_text(first_key + count, key.value)
            else:
                key_slot = first_key + count if has_rest else self.slot()
                self.into(key, key_slot)
                self.emit(Op.TO_KEY, key_slot, key_slot)
                thing, reference_key = self._target_reference(property.value)
                self.at(property)
                self.emit(Op.GET_INDEX, slot, source, key_slot)
            count += 1
            self._assign_reference(property.value, slot, thing, reference_key, is_declaration)
            self.top = top
