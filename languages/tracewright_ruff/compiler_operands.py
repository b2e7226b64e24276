"""How expressions are read: where their values go, and what may happen to them before they are used."""

from __future__ import annotations

from tracewright.guest.assembler import Label
from tracewright.guest.instructions import SMALL_INT
from tracewright_ruff.bytecode import NO_GENERATOR
from tracewright_ruff.compiler_facts import parts_of
from tracewright_ruff.compiler_names import NameCompiler, PlaceKind, Unit
from tracewright_ruff.session import W_Native
from tracewright_ruff.syntax import (
    Binary,
    Call,
    DictionaryLiteral,
    Expression,
    FieldAccess,
    FunctionExpression,
    IndexAccess,
    IntegerLiteral,
    Logical,
    LogicalOperator,
    MethodCall,
    Name,
    OptionalFieldAccess,
    StructLiteral,
    Unary,
    UnaryOperator,
)
from tracewright_ruff.syntax_questions import root_name


def is_small_literal(expression: Expression) -> bool:
    """Whether `small_literal` will do."""
    if isinstance(expression, Unary):
        inner = expression.operand
        if expression.operator == UnaryOperator.NEGATE and isinstance(inner, IntegerLiteral):
            return inner.value <= SMALL_INT
    return isinstance(expression, IntegerLiteral) and expression.value <= SMALL_INT


def small_literal(expression: Expression) -> int:
    """The number that a literal with perhaps a minus sign stands for."""
    if isinstance(expression, Unary):
        return -small_literal(expression.operand)
    return expression.value if isinstance(expression, IntegerLiteral) else 0


def is_temporary(expression: Expression) -> bool:
    """Whether nobody else holds the value of the expression (or it is marked as shared already)."""
    match expression:
        case Name() | FieldAccess() | OptionalFieldAccess() | IndexAccess():
            return False
        case Logical():
            return expression.operator != LogicalOperator.COALESCE
    return True


class OperandCompiler(NameCompiler):
    """Adds the reading of operands. `value` brings an expression into a given slot, `operand` into any."""

    def __init__(self, unit: Unit, parent: OperandCompiler | None, name: str) -> None:
        super().__init__(unit, parent, name)
        self.try_depth = 0
        self.is_async = False
        self.generator_slot = NO_GENERATOR
        self.moves: list[Expression] = []  # `r[0]` and `r` that are the last to read the element or the variable
        self.given: Call | None = None  # `f(x)` whose result's first element is going to replace x
        self.exits: list[Label] = []  # out-of-line returns of the `?` operator
        self.exit_slots: list[int] = []

    def value(self, expression: Expression, target: int, shared: bool) -> None:
        """Bring the value into slot `target`; `shared` marks containers that another place goes on holding."""
        raise NotImplementedError

    # --- where values go ---
    def forget_move(self, value: Expression) -> bool:
        """Whether this very `r[0]` or `r` has been remembered as the last reading of that value; it no longer is."""
        for index in range(len(self.moves)):
            if self.moves[index] is value:
                self.moves.pop(index)
                return True
        return False

    def operand(self, expression: Expression, before_call: bool) -> int:
        """The slot in which the value can be read: a variable's own, or a temporary."""
        if isinstance(expression, Name):
            place = self.resolve(expression.name)
            if place.kind == PlaceKind.SLOT:
                if place.index in self.defined or not self.means_builtin_too(place.name):
                    self.require_value(place)
                    return place.index
        slot = self.temporary()
        self.borrow(expression, slot, before_call)
        return slot

    def borrow(self, expression: Expression, target: int, before_call: bool) -> None:
        """Bring the value into a temporary, from where it is only read; perhaps after guest code has run."""
        self.value(expression, target, before_call and self.may_change(expression))

    def may_change(self, expression: Expression) -> bool:
        """Whether guest code that runs meanwhile could change the container read by `expression` in place."""
        if isinstance(expression, Logical) and expression.operator == LogicalOperator.COALESCE:
            return self.may_change(expression.left) or self.may_change(expression.right)
        root = root_name(expression)
        if root is None:
            return False
        place = self.resolve(root)
        match place.kind:
            case PlaceKind.CELL:
                return self.hazardous(root)
            case PlaceKind.CAPTURED:
                return root in self.facts.mutated
            case PlaceKind.LOOKUP:
                return root in self.facts.mutated or self.hazardous(root)
        return False

    def may_call(self, expression: Expression) -> bool:
        """Whether evaluating the expression can run guest functions."""
        match expression:
            case MethodCall():
                return True
            case Call():
                native = self.native_callee(expression)
                if native is None or native.calls_back:
                    return True
            case Binary() | Unary():
                if self.unit.facts.has_operators:
                    return True
            case FunctionExpression():
                return False
            case DictionaryLiteral():
                for entry in expression.entries:
                    if self.may_call(entry.value) or (entry.key is not None and self.may_call(entry.key)):
                        return True
            case StructLiteral():
                for initializer in expression.fields:
                    if self.may_call(initializer.value):
                        return True
        return self.any_may_call(parts_of(expression), 0)

    def any_may_call(self, expressions: list[Expression], start: int) -> bool:
        """Whether one of the expressions from index `start` on can run guest functions."""
        for index in range(start, len(expressions)):
            if self.may_call(expressions[index]):
                return True
        return False

    def native_callee(self, expression: Call) -> W_Native | None:
        """The builtin that the call certainly calls."""
        callee = expression.callee
        if isinstance(callee, Name):
            value = self.builtin_named(callee.name)
            if value.is_object():
                thing = value.as_object()
                if isinstance(thing, W_Native):
                    return thing
        return None
