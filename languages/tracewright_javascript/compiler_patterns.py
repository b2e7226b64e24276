"""Destructuring: patterns in declarations, assignments, parameters and the heads of loops."""

from __future__ import annotations

from tracewright.guest.assembler import Label
from tracewright_javascript.compiler import not_compiled
from tracewright_javascript.compiler_expressions import ExpressionCompiler
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
    PropertyKind,
    Rest,
    StringLiteral,
)


class PatternCompiler(ExpressionCompiler):
    """Takes values apart. Values come in slots, which stay what they are."""

    def assign_pattern(self, target: Expression, source: int, is_declaration: bool) -> None:
        """Assign a value to a target, or give what a target declares its first value. Raises SyntaxFault."""
        top = self.top
        if isinstance(target, Identifier):
            self.at(target)
            if is_declaration:
                self.initialize_place(self.place_of(target), source)
            else:
                self.store_name(target, source)
        elif isinstance(target, (Member, Index)):
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
        slot = self.slot()
        self.move(slot, source)
        given = Label()
        self.assembler.jump(Op.JUMP_IF_DEFINED, slot, given)
        inner = target.target
        self.named(target.value, slot, inner.name if isinstance(inner, Identifier) else "")
        self.assembler.place(given)
        self.assign_pattern(inner, slot, is_declaration)

    def _array_pattern(self, pattern: ArrayPattern, source: int, is_declaration: bool) -> None:
        iterator = self.slot()
        item = self.slot()
        self.at(pattern)
        self.emit(Op.ITERATE, iterator, source)
        for element in pattern.elements:
            if isinstance(element, Rest):
                self.emit(Op.COLLECT, item, iterator)
                self.assign_pattern(element.target, item, is_declaration)
            else:
                self.emit(Op.NEXT_OR_UNDEFINED, item, iterator)
                if not isinstance(element, Elision):
                    self.assign_pattern(element, item, is_declaration)

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
                self.emit(Op.OBJECT_REST, result, source, count)
                self.assign_pattern(property.value, result, is_declaration)
                continue
            key = property.key
            slot = self.slot()
            if isinstance(key, StringLiteral) and not property.is_computed:
                self.at(property)
                self.emit(Op.GET, slot, source, self.site(key.value))
                if has_rest:
                    self.load_text(first_key + count, key.value)
            else:
                key_slot = first_key + count if has_rest else self.slot()
                self.into(key, key_slot)
                self.at(property)
                self.emit(Op.GET_INDEX, slot, source, key_slot)
            count += 1
            self.assign_pattern(property.value, slot, is_declaration)
            self.top = top
