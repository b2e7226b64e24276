"""Expressions to bytecode."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_javascript.bytecode import CALLEE, FIRST, THIS
from tracewright_javascript.compiler import NameCompiler, PlaceKind, Unit, not_compiled
from tracewright_javascript.compiler_literals import LiteralCompiler
from tracewright_javascript.opcodes import Op
from tracewright_javascript.scopes import Variable, VariableKind
from tracewright_javascript.syntax import (
    ArrayLiteral,
    Assignment,
    Binary,
    BooleanLiteral,
    Call,
    Class,
    ClassExpression,
    Conditional,
    Expression,
    Function,
    FunctionExpression,
    Identifier,
    Index,
    Member,
    NameReference,
    New,
    NewTarget,
    NullLiteral,
    NumberLiteral,
    ObjectLiteral,
    OptionalChain,
    Sequence,
    Spread,
    StringLiteral,
    Super,
    TemplateLiteral,
    This,
    Unary,
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
UNARY_OPERATIONS: Final[dict[int, int]] = {
    Kind.PLUS: Op.TO_NUMBER,
    Kind.MINUS: Op.NEGATE,
    Kind.NOT: Op.NOT,
    Kind.BITWISE_NOT: Op.BITWISE_NOT,
    Kind.TYPEOF: Op.TYPEOF,
}
SHORT_CIRCUITS: Final[dict[int, int]] = {
    Kind.AND: Op.JUMP_IF_FALSE,
    Kind.OR: Op.JUMP_IF_TRUE,
    Kind.COALESCE: Op.JUMP_IF_NOT_NULLISH,
}


class ExpressionCompiler(LiteralCompiler):
    """Compiles expressions; functions inside them are compiled by a subclass."""

    def __init__(self, unit: Unit, parent: NameCompiler | None, name: str) -> None:
        super().__init__(unit, parent, name)
        self.chain_exits: list[Label] = []  # where an optional chain around goes when it finds nothing

    @abstractmethod
    def compile_function(self, target: int, function: Function, name: str) -> None:
        """`target := ` a closure."""

    @abstractmethod
    def compile_class(self, target: int, definition: Class, name: str, key_slot: int = -1) -> None:
        """`target := ` a class's constructor, whose name may come from a key in a slot."""

    @abstractmethod
    def super_member(self, expression: Expression, target: int) -> None:
        """`super.name` and `super[key]`"""

    @abstractmethod
    def super_reference(self, expression: Super) -> int:
        """The first of two slots with the function and `this`."""

    @abstractmethod
    def super_call(self, expression: Call, target: int) -> None:
        """`super(...)`"""

    @abstractmethod
    def assign_pattern(self, target: Expression, source: int, is_declaration: bool) -> None:
        """Take the value in a slot apart."""

    # Operands

    def operand(self, expression: Expression) -> int:
        """A slot with the value: a variable's own, or a free one."""
        if (
            isinstance(expression, NameReference)
            and not expression.needs_check
            and not self.this_may_be_missing(expression)
        ):
            place = self.place_of(expression)
            if place.kind == PlaceKind.SLOT:
                return place.number
        slot = self.slot()
        self.into(expression, slot)
        return slot

    def kept_operand(self, expression: Expression, later: Expression) -> int:
        """The same, but `later`, which is evaluated before the operand is used, may assign to the variable."""
        slot = self.operand(expression)
        if isinstance(expression, NameReference) and not _is_harmless(later):
            copy = self.slot()
            self.move(copy, slot)
            return copy
        return slot

    def effect(self, expression: Expression) -> None:
        """Evaluate for what it does."""
        top = self.top
        if isinstance(expression, Assignment):
            self.assign(expression, -1)
        elif isinstance(expression, Update):
            self._update(expression, self.slot(), False)
        else:
            self.into(expression, self.slot())
        self.top = top

    # Dispatch

    def into(self, expression: Expression, target: int) -> None:
        """Evaluate into a slot, which may be written early: the expression must not read it. Raises SyntaxFault."""
        top = self.top
        self._into(expression, target)
        self.top = top

    def _into(self, expression: Expression, target: int) -> None:
        if isinstance(expression, (Identifier, This, NewTarget, Super)):
            self.at(expression)
            self.load_name(target, expression)
        elif isinstance(expression, NumberLiteral):
            self.load_number(target, expression.value)
        elif isinstance(expression, StringLiteral):
            self.load_text(target, expression.value)
        elif isinstance(expression, BooleanLiteral):
            self.load_constant(target, Value.of_bool(expression.value))
        elif isinstance(expression, NullLiteral):
            self.load_constant(target, Value.NULL)
        elif isinstance(expression, Binary):
            self._binary(expression, target)
        elif isinstance(expression, (Member, Index)):
            self._member(expression, target)
        elif isinstance(expression, Call):
            self._call(expression, target)
        elif isinstance(expression, Assignment):
            self.assign(expression, target)
        elif isinstance(expression, Update):
            self._update(expression, target, True)
        elif isinstance(expression, Unary):
            self._unary(expression, target)
        elif isinstance(expression, Conditional):
            self._conditional(expression, target)
        elif isinstance(expression, FunctionExpression):
            self.compile_function(target, expression.function, "")
        else:
            self._into_rarer(expression, target)

    def _into_rarer(self, expression: Expression, target: int) -> None:
        if isinstance(expression, ObjectLiteral):
            self.object_literal(expression, target)
        elif isinstance(expression, ArrayLiteral):
            self.array_literal(expression, target)
        elif isinstance(expression, New):
            self._new(expression, target)
        elif isinstance(expression, Sequence):
            for part in expression.expressions[:-1]:
                self.effect(part)
            self.into(expression.expressions[-1], target)
        elif isinstance(expression, TemplateLiteral):
            self.template(expression, target)
        elif isinstance(expression, ClassExpression):
            self.compile_class(target, expression.definition, "")
        elif isinstance(expression, OptionalChain):
            self._chain(expression, target)
        else:
            raise not_compiled(f"`{self.unit.source[expression.start : expression.start + 20]}`", expression)

    def named(self, expression: Expression, target: int, name: str) -> None:
        """As `into`, for a value that is assigned to a name: a function without one gets it."""
        if isinstance(expression, FunctionExpression) and not expression.parenthesized:
            self.compile_function(target, expression.function, name)
        elif isinstance(expression, ClassExpression) and not expression.parenthesized:
            self.compile_class(target, expression.definition, name)
        else:
            self.into(expression, target)

    def keyed(self, expression: Expression, target: int, key_slot: int, accessor: int) -> None:
        """As `named`, with the key in a slot."""
        if isinstance(expression, ClassExpression) and is_anonymous(expression):
            self.compile_class(target, expression.definition, "", key_slot)
            return
        self.into(expression, target)
        if is_anonymous(expression):
            self.emit(Op.SET_NAME, target, key_slot, accessor)

    # Operators

    def _binary(self, expression: Binary, target: int) -> None:
        """Operators; a row of them that leans to the left is compiled in a loop, however long."""
        if expression.operator in SHORT_CIRCUITS:
            self._short_circuit(expression, target)
            return
        row: list[Binary] = [expression]
        first = expression.left
        while isinstance(first, Binary) and first.operator not in SHORT_CIRCUITS:
            row.append(first)
            first = first.left
        last = row.pop()
        left = self.kept_operand(first, last.right)
        between = self.slot()  # for the results of all operators but the last
        while True:
            top = self.top
            right = self.operand(last.right)
            self.at(last)
            result = target if len(row) == 0 else between
            self.emit(BINARY_OPERATIONS[last.operator], result, left, right)
            self.top = top
            if len(row) == 0:
                return
            left = between
            last = row.pop()

    def _short_circuit(self, expression: Binary, target: int) -> None:
        """`a && b`; a row of one operator leaves by one label."""
        operator = expression.operator
        parts: list[Expression] = [expression.right]
        first = expression.left
        while isinstance(first, Binary) and first.operator == operator:
            parts.append(first.right)
            first = first.left
        done = Label()
        result = self.slot()
        self.into(first, result)
        while len(parts) > 0:
            self.assembler.jump(SHORT_CIRCUITS[operator], result, done)
            self.into(parts.pop(), result)
        self.assembler.place(done)
        self.move(target, result)

    def _unary(self, expression: Unary, target: int) -> None:
        operand = expression.operand
        match expression.operator:
            case Kind.VOID:
                self.effect(operand)
                self.load_constant(target, Value.UNDEFINED)
            case Kind.DELETE:
                self._delete(operand, target)
            case _:
                if expression.operator == Kind.TYPEOF and isinstance(operand, Identifier):
                    place = self.place_of(operand)
                    if place.kind == PlaceKind.GLOBAL:
                        self.assembler.emit_wide(Op.TYPEOF_GLOBAL, target, place.number)
                        return
                slot = self.operand(operand)
                self.at(expression)
                self.emit(UNARY_OPERATIONS[expression.operator], target, slot)

    def _delete(self, operand: Expression, target: int) -> None:
        thing = self.slot()
        key = self.slot()
        if isinstance(operand, Member):
            self.into(operand.object, thing)
            self.load_text(key, operand.name)
        elif isinstance(operand, Index):
            self.into(operand.object, thing)
            self.into(operand.property, key)
        else:
            raise not_compiled("`delete` of anything but a property", operand)
        self.at(operand)
        self.emit(Op.DELETE, target, thing, key)

    def _conditional(self, expression: Conditional, target: int) -> None:
        """`a ? b : c`; a row of them is compiled in a loop."""
        done = Label()
        result = self.slot()
        current: Expression = expression
        while isinstance(current, Conditional):
            other = Label()
            self.branch(current.test, other, False)
            self.into(current.consequent, result)
            self.assembler.jump(Op.JUMP, 0, done)
            self.assembler.place(other)
            current = current.alternate
        self.into(current, result)
        self.assembler.place(done)
        self.move(target, result)

    def branch(self, test: Expression, label: Label, when: bool) -> None:
        """Jump if the test is true, or if it is false."""
        top = self.top
        if isinstance(test, Unary) and test.operator == Kind.NOT:
            self.branch(test.operand, label, not when)
        else:
            slot = self.operand(test)
            self.assembler.jump(Op.JUMP_IF_TRUE if when else Op.JUMP_IF_FALSE, slot, label)
        self.top = top

    # Assignment

    def assign(self, expression: Assignment, target: int) -> None:
        """An assignment; its value goes to `target`, unless that is -1."""
        left = expression.target
        operator = expression.operator - ASSIGNING
        if expression.operator == Kind.ASSIGN:
            self._assign_plain(left, expression.value, target, expression)
            return
        if not isinstance(left, (Identifier, Member, Index)):
            raise not_compiled("this kind of assignment", expression)
        thing, key = self._reference(left)
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
            is_plain = place.kind == PlaceKind.SLOT and not left.needs_check
            if is_plain and _is_assignable(variable) and _writes_last(value):
                self.into(value, place.number)
                slot = place.number
            else:
                slot = self.slot()
                self.named(value, slot, left.name)
                self.at(whole)
                self.store_name(left, slot)
        elif isinstance(left, (Member, Index)):
            thing, key = self._reference(left)
            slot = self.operand(value)
            self.at(whole)
            self._store_reference(left, thing, key, slot)
        else:
            slot = self.slot()
            self.into(value, slot)
            self.assign_pattern(left, slot, False)
        if target >= 0:
            self.move(target, slot)

    def _reference(self, left: Expression) -> tuple[int, int]:
        """The object and the key of a member, evaluated; -1 for what there is not. Of `super`, the slots of its reference."""
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
        return -1, -1

    def _load_reference(self, left: Expression, thing: int, key: int, target: int) -> None:
        self.at(left)
        if super_of(left) is not None:
            self.emit(Op.SUPER_GET_INDEX, target, thing, key)
        elif isinstance(left, Member):
            self.emit(Op.GET, target, thing, self.site(left.name))
        elif isinstance(left, Index):
            self.emit(Op.GET_INDEX, target, thing, key)
        elif isinstance(left, NameReference):
            self.load_name(target, left)

    def _store_reference(self, left: Expression, thing: int, key: int, source: int) -> None:
        if super_of(left) is not None:
            self.emit(Op.SUPER_SET, key, thing, source)
        elif isinstance(left, Member):
            self.emit(Op.SET, thing, source, self.site(left.name))
        elif isinstance(left, Index):
            self.emit(Op.SET_INDEX, thing, key, source)
        elif isinstance(left, NameReference):
            self.store_name(left, source)

    def _update(self, expression: Update, target: int, wants_value: bool) -> None:
        left = expression.target
        operation = Op.INCREMENT if expression.operator == Kind.INCREMENT else Op.DECREMENT
        if isinstance(left, Identifier) and not wants_value:
            place = self.place_of(left)
            variable = left.variable
            if place.kind == PlaceKind.SLOT and not left.needs_check and _is_assignable(variable):
                self.at(expression)
                self.emit(operation, place.number, place.number)
                return
        if not isinstance(left, (Identifier, Member, Index)):
            raise not_compiled("this kind of `++` and `--`", expression)
        thing, key = self._reference(left)
        old = self.slot()
        self._load_reference(left, thing, key, old)
        self.at(expression)
        self.emit(Op.TO_NUMBER, old, old)
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
            self.at(expression)
            self.emit(Op.GET, target, thing, self.site(expression.name))
        elif isinstance(expression, Index):
            if isinstance(expression.object, Super):
                self.super_member(expression, target)
                return
            thing = self.kept_operand(expression.object, expression.property)
            self._leave_chain(thing, expression.is_optional)
            key = self.operand(expression.property)
            self.at(expression)
            self.emit(Op.GET_INDEX, target, thing, key)

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

    def _call(self, expression: Call, target: int) -> None:
        if expression.is_direct_eval:
            raise not_compiled("direct `eval`", expression)
        callee = expression.callee
        if isinstance(callee, Super):
            self.super_call(expression, target)
            return
        frame = self._open_frame()
        base = super_of(callee)
        if base is not None:
            receiver = base.receiver
            assert receiver is not None
            self.into(receiver, frame + THIS)
            self.super_member(callee, frame + CALLEE)
        elif isinstance(callee, Member):
            self.into(callee.object, frame + THIS)
            self._leave_chain(frame + THIS, callee.is_optional)
            self.at(callee)
            self.emit(Op.GET, frame + CALLEE, frame + THIS, self.site(callee.name))
        elif isinstance(callee, Index):
            self.into(callee.object, frame + THIS)
            self._leave_chain(frame + THIS, callee.is_optional)
            key = self.operand(callee.property)
            self.at(callee)
            self.emit(Op.GET_INDEX, frame + CALLEE, frame + THIS, key)
        else:
            self.into(callee, frame + CALLEE)
            self.load_constant(frame + THIS, Value.UNDEFINED)
        self._leave_chain(frame + CALLEE, expression.is_optional)
        self._arguments(frame, expression.arguments)
        self.at(expression)
        self.assembler.emit_wide(Op.CALL, frame, len(expression.arguments))
        self.move(target, frame)

    def _new(self, expression: New, target: int) -> None:
        frame = self._open_frame()
        self.into(expression.callee, frame + CALLEE)
        self._arguments(frame, expression.arguments)
        self.at(expression)
        self.assembler.emit_wide(Op.NEW, frame, len(expression.arguments))
        self.move(target, frame)

    def _open_frame(self) -> int:
        """The first slot of a frame for a call, above everything in use."""
        frame = self.top
        self.top = frame + FIRST
        self.frame_size = max(self.frame_size, self.top)
        return frame

    def _arguments(self, frame: int, arguments: list[Expression]) -> None:
        self.top = frame + FIRST
        for argument in arguments:
            if isinstance(argument, Spread):
                raise not_compiled("spread arguments", argument)
            slot = self.slot()
            self.into(argument, slot)


def super_of(expression: Expression) -> Super | None:
    """The `super` whose property an expression is."""
    base: Expression | None = None
    if isinstance(expression, Member):
        base = expression.object
    elif isinstance(expression, Index):
        base = expression.object
    return base if isinstance(base, Super) else None


def is_anonymous(expression: Expression) -> bool:
    """Whether it is the definition of a function or class that gets its name from what it is assigned to."""
    if isinstance(expression, FunctionExpression):
        return expression.function.name == ""
    return isinstance(expression, ClassExpression) and expression.definition.name == ""


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
