"""Array and object literals."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.guest.placements import INSIDE
from tracewright_javascript.compiler_dynamic import DynamicNameCompiler
from tracewright_javascript.keys import NO_INDEX, index_of_text
from tracewright_javascript.opcodes import Op
from tracewright_javascript.syntax import (
    ArrayLiteral,
    Elision,
    Expression,
    NumberLiteral,
    ObjectLiteral,
    Property,
    PropertyKind,
    Spread,
    StringLiteral,
    Unary,
)
from tracewright_javascript.tokens import Kind

MOST_IN_SLOTS: Final = 1000  # of an array literal's elements: the others are appended one by one
DEFINITIONS: Final[dict[int, int]] = {
    PropertyKind.VALUE: Op.DEFINE_COMPUTED,
    PropertyKind.SHORTHAND: Op.DEFINE_COMPUTED,
    PropertyKind.METHOD: Op.DEFINE_COMPUTED,
    PropertyKind.GETTER: Op.DEFINE_GETTER,
    PropertyKind.SETTER: Op.DEFINE_SETTER,
}


def _is_number(element: Expression) -> bool:
    if isinstance(element, Unary) and element.operator == Kind.MINUS:
        return isinstance(element.operand, NumberLiteral)
    return isinstance(element, NumberLiteral)


def accessor_number(kind: int) -> int:
    """What SET_NAME says of a function: nothing, that it is a getter, or a setter."""
    return 1 if kind == PropertyKind.GETTER else 2 if kind == PropertyKind.SETTER else 0


class LiteralCompiler(DynamicNameCompiler):
    """Compiles literals; what stands in them is compiled by a subclass."""

    @abstractmethod
    def into(self, expression: Expression, target: int) -> None:
        """Evaluate into a slot, which may be written early: the expression must not read it. Raises SyntaxFault."""

    @abstractmethod
    def variable_slot(self, expression: Expression) -> int:
        """The slot of a variable that can be read there as it is: neither a cell nor a test stands before the value. NO_SLOT for all other expressions."""

    @abstractmethod
    def operand(self, expression: Expression) -> int:
        """A slot with the value: a variable's own, or a free one."""

    @abstractmethod
    def named(self, expression: Expression, target: int, name: str) -> None:
        """As `into`, for a value that is assigned to a name: a function without one gets it."""

    @abstractmethod
    def keyed(self, expression: Expression, target: int, key_slot: int, accessor: int) -> None:
        """As `named`, with the key in a slot."""

    def array_literal(self, expression: ArrayLiteral, target: int) -> None:
        first = self.top
        for index, element in enumerate(expression.elements):
            if isinstance(element, (Elision, Spread)) or index == MOST_IN_SLOTS:
                self._spread_array(expression, target, first, index)
                return
            slot = self.slot()
            self.into(element, slot)
        self.at(expression)
        self._new_array(expression, target, first, len(expression.elements))

    def _new_array(self, expression: ArrayLiteral, target: int, first: int, count: int) -> None:
        """An array of its first elements, which are in slots. (One without elements gets its kind with the first.)"""
        are_numbers = count > 0 and all(_is_number(element) for element in expression.elements[:count])
        self.emit(Op.NEW_NUMBERS if are_numbers else Op.NEW_ARRAY, target, first, count)

    def _spread_array(self, expression: ArrayLiteral, target: int, first: int, count: int) -> None:
        """An array whose first elements are in slots, and whose others come one by one."""
        result = self.slot()
        self._new_array(expression, result, first, count)
        for element in expression.elements[count:]:
            if isinstance(element, Elision):
                self.emit(Op.APPEND_HOLE, result)
                continue
            top = self.top
            operand = self.operand(element.operand if isinstance(element, Spread) else element)
            self.at(element)
            self.emit(Op.APPEND_ALL if isinstance(element, Spread) else Op.APPEND, result, operand)
            self.top = top
        self.move(target, result)

    def array_of_arguments(self, arguments: list[Expression]) -> int:
        """A slot with an array of the arguments of a call that has spread ones."""
        result = self.slot()
        only = arguments[0]
        if len(arguments) == 1 and isinstance(only, Spread):
            operand = self.operand(only.operand)
            self.at(only)
            self.emit(Op.SPREAD, result, operand)
            return result
        self.emit(Op.NEW_ARRAY, result, result, 0)
        for argument in arguments:
            top = self.top
            operand = self.operand(argument.operand if isinstance(argument, Spread) else argument)
            self.at(argument)
            self.emit(Op.APPEND_ALL if isinstance(argument, Spread) else Op.APPEND, result, operand)
            self.top = top
        return result

    def object_literal(self, expression: ObjectLiteral, target: int) -> None:
        result = self.slot()
        self.emit(Op.NEW_OBJECT, result, _count(expression))
        for property in expression.properties:
            top = self.top
            self.at(property)
            self._property(property, result)
            self.top = top
        self.move(target, result)

    def _property(self, property: Property, result: int) -> None:
        if property.kind == PropertyKind.SPREAD:
            operand = self.operand(property.value)
            self.at(property)
            self.emit(Op.COPY_PROPERTIES, result, operand)
            return
        key = property.key
        is_accessor = property.kind == PropertyKind.GETTER or property.kind == PropertyKind.SETTER
        name = key.value if isinstance(key, StringLiteral) and not property.is_computed else None
        if name == "__proto__" and property.kind == PropertyKind.VALUE:
            operand = self.operand(property.value)
            self.emit(Op.SET_PROTOTYPE, result, operand)
            return
        value = self.slot()
        if name is not None and not is_accessor and index_of_text(name) == NO_INDEX:
            self.named(property.value, value, name)
            if property.kind == PropertyKind.METHOD:
                self.emit(Op.SET_HOME, value, result)
            self.at(property)
            self.define_property(result, name, value)
            return
        key_slot = self.key_operand(key, property.is_computed)
        self.keyed(property.value, value, key_slot, accessor_number(property.kind))
        if property.kind != PropertyKind.VALUE and property.kind != PropertyKind.SHORTHAND:
            self.emit(Op.SET_HOME, value, result)
        self.at(property)
        self.emit(DEFINITIONS[property.kind], result, key_slot, value)

    def key_operand(self, key: Expression, is_computed: bool) -> int:
        """A slot with the key of a property."""
        slot = self.slot()
        self.into(key, slot)
        if is_computed or not isinstance(key, StringLiteral):
            self.at(key)
            self.emit(Op.TO_KEY, slot, slot)
        return slot


def _count(expression: ObjectLiteral) -> int:
    """How many properties the object will have, INSIDE at most; 0 where that is not known."""
    count = 0
    for property in expression.properties:
        if property.kind == PropertyKind.SPREAD:
            return 0
        count += 1
    return min(count, INSIDE)
