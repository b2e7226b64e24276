"""Assignment, `++`, members: what has a place, and how it is read and written."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright.guest.instructions import LIMIT
from tracewright_javascript.bytecode import NO_SLOT
from tracewright_javascript.compiler import NameCompiler, PlaceKind, Unit, not_compiled
from tracewright_javascript.compiler_texts import TextCompiler
from tracewright_javascript.opcodes import WITH_CONSTANT, Op
from tracewright_javascript.scopes import Variable, VariableKind
from tracewright_javascript.syntax import (
    ArrayLiteral,
    Assignment,
    Binary,
    BooleanLiteral,
    Call,
    Expression,
    FunctionExpression,
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
    Unary,
    Update,
)
from tracewright_javascript.tokens import ASSIGNING, Kind
from tracewright_javascript.values import as_string, number_value

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


class MemberCompiler(TextCompiler):
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

    def kept_operand(self, expression: Expression, later: Expression, last: Expression | None = None) -> int:
        """The same, but `later` and `last`, which are evaluated before the operand is used, may assign to the variable."""
        slot = self.operand(expression)
        if not isinstance(expression, NameReference) or is_harmless(later) and (last is None or is_harmless(last)):
            return slot
        copy = self.slot()
        self.move(copy, slot)
        return copy

    def constant_operand(self, expression: Expression) -> int:
        """The number of the constant that an expression is, where an instruction can name it; else -1."""
        number = -1
        if isinstance(expression, NumberLiteral):
            number = self.assembler.constant(number_value(expression.value))
        elif isinstance(expression, StringLiteral):
            number = self.text_number(expression.value)
        elif isinstance(expression, BooleanLiteral):
            number = self.assembler.constant(Value.of_bool(expression.value))
        elif isinstance(expression, NullLiteral):
            number = self.assembler.constant(Value.NULL)
        elif isinstance(expression, Identifier) and self.is_undefined(expression):
            number = self.assembler.constant(Value.UNDEFINED)
        return number if number <= LIMIT else -1

    def with_constant(self, operation: int, number: int) -> int:
        """What the operation is called whose second operand is that constant; the operation itself where the number is negative."""
        if number < 0:
            return operation
        text = as_string(self.assembler.constants[number])
        return (
            Op.JUMP_SAME_TEXT
            if operation == Op.JUMP_SAME and text is not None and text.is_interned()
            else WITH_CONSTANT[operation]
        )

    def operate(self, operation: int, target: int, left: int, right: Expression, whole: Expression) -> None:
        """`target := left operation right`; `whole` has the place of errors. Nothing is written before `right` is evaluated."""
        top = self.top
        number = self.constant_operand(right) if operation in WITH_CONSTANT else -1
        slot = self.operand(right) if number < 0 else number
        self.at(whole)
        self.emit(operation if number < 0 else WITH_CONSTANT[operation], target, left, slot)
        self.top = top

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
        variable = self._plain_slot(left)
        if variable >= 0 and operator not in SHORT_CIRCUITS and is_harmless(expression.value):
            self.operate(BINARY_OPERATIONS[operator], variable, variable, expression.value, expression)
            if target >= 0:
                self.move(target, variable)
            return
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
            self.operate(BINARY_OPERATIONS[operator], old, old, expression.value, expression)
            self._store_reference(left, thing, key, old)
        if target >= 0:
            self.move(target, old)

    def _plain_slot(self, left: Expression) -> int:
        """The slot of a variable where a store to it is all that an assignment does; -1 of anything else."""
        if not isinstance(left, Identifier) or len(self.objects_between(left)) > 0 or self.may_be_early(left):
            return -1
        place = self.place_of(left)
        return place.number if place.kind == PlaceKind.SLOT and _is_assignable(left.variable) else -1

    def _assign_plain(self, left: Expression, value: Expression, target: int, whole: Expression) -> None:
        if isinstance(left, Identifier):
            slot = self._plain_slot(left)
            if slot >= 0 and (_writes_last(value) or self.variable_slot(value) != NO_SLOT):
                self.into(value, slot)
            else:
                base = self.resolve_name(left)
                slot = self.slot()
                self.named(value, slot, "" if left.parenthesized else left.name)
                self.at(whole)
                self.store_resolved(left, base, slot)
        elif isinstance(left, (Member, Index, PrivateMember)):
            thing, key = self._reference_before(left, value)
            slot = self.operand(value)
            self.at_operator(left, whole)
            self._store_reference(left, thing, key, slot)
        else:
            slot = self.slot()
            self.into(value, slot)
            self.assign_pattern(left, slot, False)
        if target >= 0:
            self.move(target, slot)

    def _reference_before(self, left: Expression, value: Expression) -> tuple[int, int]:
        """As `_reference`, of what is assigned to once `value` is evaluated: variables are left where they are, if that does not change them."""
        if super_of(left) is None:
            if isinstance(left, Member):
                return self.kept_operand(left.object, value), -1
            if isinstance(left, Index):
                thing = self.kept_operand(left.object, left.property, value)
                return thing, self.kept_operand(left.property, value)
        return self._reference(left)

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
        variable = self._plain_slot(left)
        if variable >= 0 and (not wants_value or expression.is_prefix):
            self.at(expression)
            self.emit(operation, variable, variable)
            if wants_value:
                self.move(target, variable)
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
            self.read_index(target, thing, expression)

    def read_index(self, target: int, thing: int, expression: Index) -> None:
        """`target := thing[key]`; the place of errors is that of the bracket, as in other engines."""
        number = self.constant_operand(expression.property)
        key = self.operand(expression.property) if number < 0 else number
        self.at_operator(expression.object, expression)
        self.emit(Op.GET_INDEX if number < 0 else Op.GET_INDEX_CONSTANT, target, thing, key)

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


def is_harmless(expression: Expression) -> bool:
    """Whether evaluating it assigns to no variable that lives in a slot: functions that are called have only cells. What leans to the left may be long."""
    while True:
        if isinstance(expression, Binary):
            if not is_harmless(expression.right):
                return False
            expression = expression.left
        elif isinstance(expression, Index):
            if not is_harmless(expression.property):
                return False
            expression = expression.object
        elif isinstance(expression, Member):
            expression = expression.object
        elif isinstance(expression, Call):
            if expression.eval_context is not None or not all(is_harmless(each) for each in expression.arguments):
                return False
            expression = expression.callee
        elif isinstance(expression, Unary):
            expression = expression.operand
        else:
            break
    if isinstance(expression, Super):
        return False
    return isinstance(
        expression, (NameReference, NumberLiteral, StringLiteral, BooleanLiteral, NullLiteral, FunctionExpression)
    )


def _writes_last(expression: Expression) -> bool:
    """Whether its instructions write the target once, after they have read everything."""
    if isinstance(expression, Binary):
        return expression.operator not in SHORT_CIRCUITS
    return isinstance(
        expression,
        (NumberLiteral, StringLiteral, BooleanLiteral, NullLiteral, Member, Index, Call, New, ArrayLiteral),
    )


def _is_assignable(variable: Variable | None) -> bool:
    """Whether a store to the variable's slot is all that an assignment does."""
    if variable is None:
        return False
    return variable.kind != VariableKind.CONST and variable.kind != VariableKind.FUNCTION_NAME
