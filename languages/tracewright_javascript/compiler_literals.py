"""Array and object literals, and templates."""

from __future__ import annotations

from abc import abstractmethod

from tracewright_javascript.compiler import NameCompiler, not_compiled
from tracewright_javascript.opcodes import Op
from tracewright_javascript.syntax import (
    ArrayLiteral,
    Elision,
    Expression,
    ObjectLiteral,
    Property,
    PropertyKind,
    Spread,
    StringLiteral,
    TemplateLiteral,
)


class LiteralCompiler(NameCompiler):
    """Compiles literals; what stands in them is compiled by a subclass."""

    @abstractmethod
    def into(self, expression: Expression, target: int) -> None:
        """Evaluate into a slot, which may be written early: the expression must not read it. Raises SyntaxFault."""

    @abstractmethod
    def operand(self, expression: Expression) -> int:
        """A slot with the value: a variable's own, or a free one."""

    @abstractmethod
    def named(self, expression: Expression, target: int, name: str) -> None:
        """As `into`, for a value that is assigned to a name: a function without one gets it."""

    def array_literal(self, expression: ArrayLiteral, target: int) -> None:
        first = self.top
        for index, element in enumerate(expression.elements):
            if isinstance(element, Elision):
                raise not_compiled("holes in arrays", element)
            if isinstance(element, Spread):
                self._spread_array(expression, target, first, index)
                return
            slot = self.slot()
            self.into(element, slot)
        self.at(expression)
        self.emit(Op.NEW_ARRAY, target, first, len(expression.elements))

    def _spread_array(self, expression: ArrayLiteral, target: int, first: int, count: int) -> None:
        """An array whose first elements are in slots, and whose others come one by one."""
        result = self.slot()
        self.emit(Op.NEW_ARRAY, result, first, count)
        for element in expression.elements[count:]:
            if isinstance(element, Elision):
                raise not_compiled("holes in arrays", element)
            top = self.top
            operand = self.operand(element.operand if isinstance(element, Spread) else element)
            self.at(element)
            self.emit(Op.APPEND_ALL if isinstance(element, Spread) else Op.APPEND, result, operand)
            self.top = top
        self.move(target, result)

    def object_literal(self, expression: ObjectLiteral, target: int) -> None:
        result = self.slot()
        self.emit(Op.NEW_OBJECT, result)
        for property in expression.properties:
            top = self.top
            self._property(property, result)
            self.top = top
        self.move(target, result)

    def _property(self, property: Property, result: int) -> None:
        if property.kind > PropertyKind.METHOD:
            raise not_compiled("getters, setters and spread in object literals", property)
        is_method = property.kind == PropertyKind.METHOD
        key = property.key
        if property.is_computed or not isinstance(key, StringLiteral):
            key_slot = self.slot()
            self.into(key, key_slot)
            value = self.operand(property.value)
            if is_method:
                self.emit(Op.SET_HOME, value, result)
            self.at(property)
            self.emit(Op.SET_INDEX, result, key_slot, value)
            return
        if key.value == "__proto__" and property.kind == PropertyKind.VALUE:
            raise not_compiled("`__proto__` in object literals", property)
        slot = self.slot()
        self.named(property.value, slot, key.value)
        if is_method:
            self.emit(Op.SET_HOME, slot, result)
        self.at(property)
        self.emit(Op.DEFINE, result, slot, self.site(key.value))

    def template(self, expression: TemplateLiteral, target: int) -> None:
        result = self.slot()
        first = expression.pieces[0].cooked
        self.load_text(result, first if first is not None else "")
        for index, part in enumerate(expression.expressions):
            top = self.top
            slot = self.slot()
            self.into(part, slot)
            self.at(part)
            self.emit(Op.TO_STRING, slot, slot)
            self.emit(Op.ADD, result, result, slot)
            text = expression.pieces[index + 1].cooked
            if text is not None and text != "":
                self.load_text(slot, text)
                self.emit(Op.ADD, result, result, slot)
            self.top = top
        self.move(target, result)
