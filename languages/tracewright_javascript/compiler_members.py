"""Assignment, `++`, members: what has a place, and how it is read and written."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_javascript.compiler import NameCompiler, PlaceKind, Unit, not_compiled
from tracewright_javascript.compiler_dynamic import NO_BASE
from tracewright_javascript.compiler_literals import LiteralCompiler
from tracewright_javascript.opcodes import Op
from tracewright_javascript.scopes import Variable, VariableKind
from tracewright_javascript.syntax import (
    ArrayLiteral,
    Assignment,
    Binary,
    BooleanLiteral,
    Call,
    Expression,
    Identifier,
    Index,
    Member,
    NameReference,
    New,
    NullLiteral,
    NumberLiteral,
    OptionalChain,
    PrivateMember,
    PrivateName,
    StringLiteral,
    Super,
    Update,
)
from tracewright_javascript.tokens import ASSIGNING, Kind

BINARY_OPERATIONS: Final[dict[int, int]] = {
    Kind.PLUS: Op.ADD,
    Kind.MINUS: Op.SUBTRACT,
    Kind.MULTIPLY: Op.MULTIPLY,
    Kind.DIVIDE: Op.DIVIDE,
    Kind.REMAINDER: Op.REMAINDER,
    Kind.POWER: Op.POWER,
    Kind.BITWISE_AND: Op.BITWISE_AND,
    Kind.BITWISE_OR: Op.BITWISE_OR,
    Kind.BITWISE_XOR: Op.BITWISE_XOR,
    Kind.SHIFT_LEFT: Op.SHIFT_LEFT,
    Kind.SHIFT_RIGHT: Op.SHIFT_RIGHT,
    Kind.SHIFT_RIGHT_UNSIGNED: Op.SHIFT_RIGHT_UNSIGNED,
    Kind.LESS: Op.LESS,
    Kind.LESS_EQUAL: Op.LESS_EQUAL,
    Kind.GREATER: Op.GREATER,
    Kind.GREATER_EQUAL: Op.GREATER_EQUAL,
    Kind.EQUAL: Op.EQUAL,
    Kind.NOT_EQUAL: Op.NOT_EQUAL,
    Kind.SAME: Op.SAME,
    Kind.NOT_SAME: Op.NOT_SAME,
    Kind.IN: Op.IN,
    Kind.INSTANCEOF: Op.INSTANCEOF,
}
SHORT_CIRCUITS: Final[dict[int, int]] = {
    Kind.AND: Op.JUMP_IF_FALSE,
    Kind.OR: Op.JUMP_IF_TRUE,
    Kind.COALESCE: Op.JUMP_IF_NOT_NULLISH,
}


class MemberCompiler(LiteralCompiler):
    """Compiles references; what they consist of is compiled by a subclass."""

    def __init__(self, unit: Unit, parent: NameCompiler | None, name: str) -> None:
        super().__init__(unit, parent, name)
        self.chain_exits: list[Label] = []  # where an optional chain around goes when it finds nothing

    @abstractmethod
    def super_member(self, expression: Expression, target: int) -> None:
        """`super.name` and `super[key]`"""

    @abstractmethod
    def super_reference(self, expression: Super) -> int:
        """The first of two slots with the function and `this`."""

    @abstractmethod
    def assign_pattern(self, target: Expression, source: int, is_declaration: bool) -> None:
        """Take the value in a slot apart."""

    def kept_operand(self, expression: Expression, later: Expression) -> int:
        """The same, but `later`, which is evaluated before the operand is used, may assign to the variable."""
        slot = self.operand(expression)
        if isinstance(expression, NameReference) and not _is_harmless(later):
            copy = self.slot()
            self.move(copy, slot)
            return copy
        return slot

    # Assignment

    def assign(self, expression: Assignment, target: int) -> None:
        """An assignment; its value goes to `target`, unless that is -1."""
        left = expression.target
        operator = expression.operator - ASSIGNING
        if expression.operator == Kind.ASSIGN:
            self._assign_plain(left, expression.value, target, expression)
            return
        if not isinstance(left, (Identifier, Member, Index, PrivateMember)):
            raise not_compiled("this kind of assignment", expression)
        thing, key = self._reference_twice(left)
        old = self.slot()
        self._load_reference(left, thing, key, old)
        if operator in SHORT_CIRCUITS:
            done = Label()
            self.assembler.jump(SHORT_CIRCUITS[operator], old, done)
            self.named(expression.value, old, left.name if isinstance(left, Identifier) else "")
            self._store_reference(left, thing, key, old)
            self.assembler.place(done)
        else:
            right = self.operand(expression.value)
            self.at(expression)
            self.emit(BINARY_OPERATIONS[operator], old, old, right)
            self._store_reference(left, thing, key, old)
        if target >= 0:
            self.move(target, old)

    def _assign_plain(self, left: Expression, value: Expression, target: int, whole: Expression) -> None:
        if isinstance(left, Identifier):
            place = self.place_of(left)
            variable = left.variable
            base = self.resolve_name(left)
            is_plain = place.kind == PlaceKind.SLOT and not self.may_be_early(left) and base == NO_BASE
            if is_plain and _is_assignable(variable) and _writes_last(value):
                self.into(value, place.number)
                slot = place.number
            else:
                slot = self.slot()
                self.named(value, slot, "" if left.parenthesized else left.name)
                self.at(whole)
                self.store_resolved(left, base, slot)
        elif isinstance(left, (Member, Index, PrivateMember)):
            thing, key = self._reference(left)
            slot = self.operand(value)
            self.at_operator(left, whole)
            self._store_reference(left, thing, key, slot)
        else:
            slot = self.slot()
            self.into(value, slot)
            self.assign_pattern(left, slot, False)
        if target >= 0:
            self.move(target, slot)

    def _reference(self, left: Expression) -> tuple[int, int]:
        """The object and the key of a member, evaluated; -1 for what there is not. Of `super`, the slots of its reference."""
        if isinstance(left, PrivateMember):
            thing = self.slot()
            self.into(left.object, thing)
            return thing, self.private_operand(left.name)
        base = super_of(left)
        if base is not None:
            thing = self.super_reference(base)
            key = self.slot()
            if isinstance(left, Member):
                self.load_text(key, left.name)
            elif isinstance(left, Index):
                self.into(left.property, key)
            return thing, key
        if isinstance(left, Member):
            thing = self.slot()
            self.into(left.object, thing)
            return thing, -1
        if isinstance(left, Index):
            thing = self.slot()
            self.into(left.object, thing)
            key = self.slot()
            self.into(left.property, key)
            return thing, key
        if isinstance(left, Identifier):
            return self.resolve_name(left), -1
        return -1, -1

    def _reference_twice(self, left: Expression) -> tuple[int, int]:
        """As `_reference`, of what is both read and written: a key is converted once."""
        thing, key = self._reference(left)
        if isinstance(left, Index) and super_of(left) is None:
            self.at(left)
            self.emit(Op.KEY_OF, key, thing, key)
        return thing, key

    def _load_reference(self, left: Expression, thing: int, key: int, target: int) -> None:
        self.at_member(left)
        if isinstance(left, PrivateMember):
            self.emit(Op.GET_PRIVATE, target, thing, key)
        elif super_of(left) is not None:
            self.emit(Op.SUPER_GET_INDEX, target, thing, key)
        elif isinstance(left, Member):
            self.read_property(target, thing, left.name)
        elif isinstance(left, Index):
            self.emit(Op.GET_INDEX, target, thing, key)
        elif isinstance(left, Identifier):
            self.load_resolved(target, left, thing, False)

    def _store_reference(self, left: Expression, thing: int, key: int, source: int) -> None:
        if isinstance(left, PrivateMember):
            self.emit(Op.SET_PRIVATE, thing, key, source)
        elif super_of(left) is not None:
            self.emit(Op.SUPER_SET, key, thing, source)
        elif isinstance(left, Member):
            self.write_property(thing, left.name, source)
        elif isinstance(left, Index):
            self.emit(Op.SET_INDEX, thing, key, source)
        elif isinstance(left, Identifier):
            self.store_resolved(left, thing, source)

    def _update(self, expression: Update, target: int, wants_value: bool) -> None:
        left = expression.target
        operation = Op.INCREMENT if expression.operator == Kind.INCREMENT else Op.DECREMENT
        if isinstance(left, Identifier) and not wants_value:
            place = self.place_of(left)
            variable = left.variable
            is_plain = place.kind == PlaceKind.SLOT and not self.may_be_early(left)
            if is_plain and _is_assignable(variable) and len(self.objects_between(left)) == 0:
                self.at(expression)
                self.emit(operation, place.number, place.number)
                return
        if not isinstance(left, (Identifier, Member, Index, PrivateMember)):
            raise not_compiled("this kind of `++` and `--`", expression)
        thing, key = self._reference_twice(left)
        old = self.slot()
        self._load_reference(left, thing, key, old)
        self.at(expression)
        self.emit(Op.TO_NUMERIC, old, old)
        changed = self.slot()
        self.emit(operation, changed, old)
        self._store_reference(left, thing, key, changed)
        self.move(target, changed if expression.is_prefix else old)

    # Members and calls

    def _member(self, expression: Expression, target: int) -> None:
        """`a.b` and `a[b]`."""
        if isinstance(expression, Member):
            if isinstance(expression.object, Super):
                self.super_member(expression, target)
                return
            thing = self.operand(expression.object)
            self._leave_chain(thing, expression.is_optional)
            self.at_member(expression)
            self.read_property(target, thing, expression.name)
        elif isinstance(expression, Index):
            if isinstance(expression.object, Super):
                self.super_member(expression, target)
                return
            thing = self.kept_operand(expression.object, expression.property)
            self._leave_chain(thing, expression.is_optional)
            key = self.operand(expression.property)
            self.at(expression)
            self.emit(Op.GET_INDEX, target, thing, key)

    def _private_member(self, expression: PrivateMember, target: int) -> None:
        """`a.#b`"""
        thing = self.operand(expression.object)
        self._leave_chain(thing, expression.is_optional)
        name = self.private_operand(expression.name)
        self.at(expression)
        self.emit(Op.GET_PRIVATE, target, thing, name)

    def private_operand(self, name: PrivateName) -> int:
        """A slot with the key that a private name means here."""
        slot = self.slot()
        self.load_place(slot, self.private_place(name.name))
        return slot

    def _leave_chain(self, slot: int, is_optional: bool) -> None:
        if is_optional:
            self.assembler.jump(Op.JUMP_IF_NULLISH, slot, self.chain_exits[-1])

    def _chain(self, expression: OptionalChain, target: int) -> None:
        nothing = Label()
        done = Label()
        result = self.slot()
        self.chain_exits.append(nothing)
        self.into(expression.expression, result)
        self.chain_exits.pop()
        self.assembler.jump(Op.JUMP, 0, done)
        self.assembler.place(nothing)
        self.load_constant(result, Value.UNDEFINED)
        self.assembler.place(done)
        self.move(target, result)


def super_of(expression: Expression) -> Super | None:
    """The `super` whose property an expression is."""
    base: Expression | None = None
    if isinstance(expression, Member):
        base = expression.object
    elif isinstance(expression, Index):
        base = expression.object
    return base if isinstance(base, Super) else None


def _is_harmless(expression: Expression) -> bool:
    """Whether evaluating it assigns to no variable of the frame."""
    if isinstance(expression, Binary):
        return _is_harmless(expression.left) and _is_harmless(expression.right)
    if isinstance(expression, Member):
        return _is_harmless(expression.object)
    return isinstance(expression, (NameReference, NumberLiteral, StringLiteral, BooleanLiteral, NullLiteral))


def _writes_last(expression: Expression) -> bool:
    """Whether its instructions write the target once, after they have read everything."""
    if isinstance(expression, Binary):
        return expression.operator not in SHORT_CIRCUITS
    return isinstance(
        expression, (NumberLiteral, StringLiteral, BooleanLiteral, Member, Index, Call, New, ArrayLiteral)
    )


def _is_assignable(variable: Variable | None) -> bool:
    """Whether a store to the variable's slot is all that an assignment does."""
    if variable is None:
        return False
    return variable.kind != VariableKind.CONST and variable.kind != VariableKind.FUNCTION_NAME
