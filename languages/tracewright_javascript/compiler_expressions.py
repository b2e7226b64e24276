"""Expressions to bytecode."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_javascript.bigints import text_to_bigint
from tracewright_javascript.bytecode import NO_SLOT
from tracewright_javascript.compiler import PlaceKind, not_compiled
from tracewright_javascript.compiler_calls import CallCompiler
from tracewright_javascript.compiler_dynamic import NO_BASE
from tracewright_javascript.compiler_members import BINARY_OPERATIONS, SHORT_CIRCUITS, super_of
from tracewright_javascript.opcodes import Op
from tracewright_javascript.syntax import (
    ArrayLiteral,
    Assignment,
    Await,
    BigIntLiteral,
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
    ImportCall,
    ImportMeta,
    Index,
    Member,
    NameReference,
    New,
    NewTarget,
    NullLiteral,
    NumberLiteral,
    ObjectLiteral,
    OptionalChain,
    PrivateIn,
    PrivateMember,
    RegularExpressionLiteral,
    Sequence,
    StringLiteral,
    Super,
    TaggedTemplate,
    TemplateLiteral,
    This,
    Unary,
    Update,
    Yield,
)
from tracewright_javascript.tokens import Kind

COMPARISONS: Final[dict[int, int]] = {
    Kind.LESS: Op.JUMP_LESS,
    Kind.LESS_EQUAL: Op.JUMP_LESS_EQUAL,
    Kind.GREATER: Op.JUMP_GREATER,
    Kind.GREATER_EQUAL: Op.JUMP_GREATER_EQUAL,
    Kind.EQUAL: Op.JUMP_EQUAL,
    Kind.NOT_EQUAL: Op.JUMP_EQUAL,
    Kind.SAME: Op.JUMP_SAME,
    Kind.NOT_SAME: Op.JUMP_SAME,
}
UNARY_OPERATIONS: Final[dict[int, int]] = {
    Kind.PLUS: Op.TO_NUMBER,
    Kind.MINUS: Op.NEGATE,
    Kind.NOT: Op.NOT,
    Kind.BITWISE_NOT: Op.BITWISE_NOT,
    Kind.TYPEOF: Op.TYPEOF,
}


class ExpressionCompiler(CallCompiler):
    """Compiles expressions; functions inside them are compiled by a subclass."""

    @abstractmethod
    def compile_function(self, target: int, function: Function, name: str) -> None:
        """`target := ` a closure."""

    @abstractmethod
    def compile_class(self, target: int, definition: Class, name: str, key_slot: int = -1) -> None:
        """`target := ` a class's constructor, whose name may come from a key in a slot."""

    @abstractmethod
    def compile_yield(self, expression: Yield, target: int) -> None:
        """`yield` and `yield*`"""

    @abstractmethod
    def await_slot(self, slot: int) -> None:
        """Wait for what is in a slot; what comes of it is there then."""

    # Operands

    def operand(self, expression: Expression) -> int:
        """A slot with the value: a variable's own, or a free one."""
        own = self.variable_slot(expression)
        return own if own != NO_SLOT else self.fresh_operand(expression)

    def variable_slot(self, expression: Expression) -> int:
        """The slot of a variable that can be read there as it is: neither a cell nor a test stands before the value. NO_SLOT for all other expressions."""
        if (
            isinstance(expression, NameReference)
            and not self.may_be_early(expression)
            and not self.this_may_be_missing(expression)
            and not self.is_top_this(expression)
            and len(self.objects_between(expression)) == 0
        ):
            place = self.place_of(expression)
            if place.kind == PlaceKind.SLOT:
                return place.number
        return NO_SLOT

    def fresh_operand(self, expression: Expression) -> int:
        """The next free slot, with the value."""
        if self.leaves_its_frame(expression):
            self.top = self.frame_with(expression)
            return self.slot()
        slot = self.slot()
        self.into(expression, slot)
        return slot

    def effect(self, expression: Expression) -> None:
        """Evaluate for what it does."""
        top = self.top
        if isinstance(expression, Assignment):
            self.assign(expression, -1)
        elif isinstance(expression, Update):
            self._update(expression, self.slot(), False)
        elif self.leaves_its_frame(expression):
            self.frame_with(expression)
        else:
            self.into(expression, self.slot())
        self.top = top

    # Dispatch

    def into(self, expression: Expression, target: int) -> None:
        """Evaluate into a slot, which may be written early: the expression must not read it. Raises SyntaxFault."""
        top = self.top
        self._into(expression, target)
        self.top = top
        if isinstance(expression, (Binary, Member, Index, Call, Unary, Conditional, New)):
            self.assembler.live(max(top, target + 1))  # what its operands were is dead

    def _into(self, expression: Expression, target: int) -> None:
        if isinstance(expression, (Identifier, This, NewTarget, Super)):
            self.at(expression)
            self.load_name(target, expression)
        elif isinstance(expression, NumberLiteral):
            self.load_number(target, expression.value)
        elif isinstance(expression, BigIntLiteral):
            self.load_constant(target, _bigint_of(expression))
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
            self.call(expression, target)
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
            self.move(target, self.construct(expression))
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
        elif isinstance(expression, PrivateMember):
            self._private_member(expression, target)
        elif isinstance(expression, PrivateIn):
            thing = self.operand(expression.right)
            name = self.private_operand(expression.name)
            self.at(expression)
            self.emit(Op.HAS_PRIVATE, target, name, thing)
        elif isinstance(expression, TaggedTemplate):
            self.tagged_template(expression, target)
        elif isinstance(expression, Yield):
            self.compile_yield(expression, target)
        elif isinstance(expression, Await):
            slot = self.slot()
            self.into(expression.operand, slot)
            self.at(expression)
            self.await_slot(slot)
            self.move(target, slot)
        elif isinstance(expression, ImportCall):
            specifier, options = self.slot(), self.slot()
            self.into(expression.specifier, specifier)
            given = expression.options
            if given is None:
                self.load_constant(options, Value.UNDEFINED)
            else:
                self.into(given, options)
            self.at(expression)
            self.emit(Op.IMPORT_CALL, target, specifier, options)
        elif isinstance(expression, ImportMeta):
            self.emit(Op.IMPORT_META, target)
        elif isinstance(expression, RegularExpressionLiteral):
            self.regular_expression(expression, target)
        else:
            raise not_compiled(f"`{self.unit.source[expression.start : expression.start + 20]}`", expression)

    def named(self, expression: Expression, target: int, name: str) -> None:
        """As `into`, for a value that is assigned to a name: a function without one gets it."""
        if isinstance(expression, FunctionExpression):
            self.compile_function(target, expression.function, name)
        elif isinstance(expression, ClassExpression):
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
        if self.concatenation(row, first, target):
            return
        last = row.pop()
        left = self.kept_operand(first, last.right)
        between = self.slot()  # for the results of all operators but the last
        while True:
            result = target if len(row) == 0 else between
            self.operate(BINARY_OPERATIONS[last.operator], result, left, last.right, last)
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
                    base = self.resolve_name(operand)
                    if base == NO_BASE and place.kind == PlaceKind.GLOBAL:
                        self.assembler.emit_wide(Op.TYPEOF_GLOBAL, target, place.number)
                        return
                    if base != NO_BASE:
                        value = self.slot()
                        self.load_resolved(value, operand, base, True)
                        self.emit(Op.TYPEOF, target, value)
                        return
                slot = self.operand(operand)
                self.at(expression)
                self.emit(UNARY_OPERATIONS[expression.operator], target, slot)

    def _delete(self, operand: Expression, target: int) -> None:
        if isinstance(operand, OptionalChain):
            self._delete_in_chain(operand, target)
            return
        if isinstance(operand, Identifier):
            self.delete_name(operand, target)
            return
        if super_of(operand) is not None:
            self.into(operand, self.slot())
            self.assembler.emit_wide(Op.FAIL_REFERENCE, 0, self.text_constant("Unsupported reference to 'super'"))
            return
        thing = self.slot()
        key = self.slot()
        if isinstance(operand, Member):
            self.into(operand.object, thing)
            self._leave_chain(thing, operand.is_optional)
            self.load_text(key, operand.name)
        elif isinstance(operand, Index):
            self.into(operand.object, thing)
            self._leave_chain(thing, operand.is_optional)
            self.into(operand.property, key)
        else:
            self.effect(operand)
            self.load_constant(target, Value.TRUE)
            return
        self.at(operand)
        self.emit(Op.DELETE, target, thing, key)

    def _delete_in_chain(self, operand: OptionalChain, target: int) -> None:
        nothing, done = Label(), Label()
        self.chain_exits.append(nothing)
        self._delete(operand.expression, target)
        self.chain_exits.pop()
        self.assembler.jump(Op.JUMP, 0, done)
        self.assembler.place(nothing)
        self.load_constant(target, Value.TRUE)
        self.assembler.place(done)

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
        elif isinstance(test, Binary) and test.operator in COMPARISONS:
            negates = test.operator == Kind.NOT_EQUAL or test.operator == Kind.NOT_SAME
            self.compare(COMPARISONS[test.operator], test, label, when != negates)
        elif isinstance(test, Binary) and (test.operator == Kind.AND or test.operator == Kind.OR):
            self._branch_by_parts(test, label, when)
        else:
            present = self.presence_operand(test)
            if present < 0:
                slot = self.operand(test)
                self.assembler.jump(Op.JUMP_IF_TRUE if when else Op.JUMP_IF_FALSE, slot, label)
            elif when:
                missing = Label()
                self.assembler.jump(Op.JUMP_IF_EMPTY, present, missing)
                self.assembler.jump(Op.JUMP, 0, label)
                self.assembler.place(missing)
            else:
                self.assembler.jump(Op.JUMP_IF_EMPTY, present, label)
        self.top = top

    def compare(self, operation: int, test: Binary, label: Label, when: bool) -> None:
        """Jump if two operands compare as the instruction asks, or if they do not."""
        left = self.kept_operand(test.left, test.right)
        number = self.constant_operand(test.right)
        right = self.operand(test.right) if number < 0 else number
        self.at(test)
        self.assembler.branch(self.with_constant(operation, number), left, right, int(when), label)

    def _branch_by_parts(self, test: Binary, label: Label, when: bool) -> None:
        """The same of `a && b` and `a || b`: each part jumps for itself, and no value is made."""
        operator = test.operator
        parts: list[Expression] = [test.right]
        first = test.left
        while isinstance(first, Binary) and first.operator == operator:
            parts.append(first.right)
            first = first.left
        parts.append(first)
        decides = operator == Kind.OR  # what one part must be for the others not to matter
        behind = Label()
        for index in range(len(parts) - 1, 0, -1):
            self.branch(parts[index], label if decides == when else behind, decides)
        self.branch(parts[0], label, when)
        self.assembler.place(behind)


def is_anonymous(expression: Expression) -> bool:
    """Whether it is the definition of a function or class that gets its name from what it is assigned to."""
    if isinstance(expression, FunctionExpression):
        return expression.function.name == ""
    return isinstance(expression, ClassExpression) and expression.definition.name == ""


def _bigint_of(literal: BigIntLiteral) -> Value:
    """The number that a literal writes."""
    number = text_to_bigint(literal.digits)
    assert number is not None
    return Value.of_object(number)
