"""Lox runs its syntax tree: every node has a method that does what it says. No bytecode, no dispatch loop.

What the JIT traces is a loop or a function body. So the portal, `run`, does one turn of a `while` statement again and again, or
runs a body once; the methods call each other, and the tracer follows them all, because the tree never changes and every node
is therefore a constant of the trace. What is left of a loop is what its expressions compute.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.system import write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode, JitDriver, dont_look_inside, immutable_fields, promote, unroll_safe
from tracewright.lib.guest_globals import Global
from tracewright.lib.numeric_values import (
    NOT_NUMBERS,
    number_add,
    number_divide,
    number_less,
    number_less_equal,
    number_modulo,
    number_multiply,
    number_negate,
    number_subtract,
)
from tracewright.lib.tokens import SourceError
from tracewright_lox.objects import Function, equal, join, shown, truth

STACK_SLOTS: Final = 1 << 20
RESULT: Final = 0  # slot of a frame for what `return` gives; parameters and other locals follow
FIRST_LOCAL: Final = 1

# Whether a statement is followed by the next.
GO_ON: Final = 0
RETURNED: Final = 1


class Operator:
    """Binary operators."""

    ADD: Final = 0
    SUBTRACT: Final = 1
    MULTIPLY: Final = 2
    DIVIDE: Final = 3
    MODULO: Final = 4
    LESS: Final = 5
    LESS_EQUAL: Final = 6
    EQUAL: Final = 7
    NOT_EQUAL: Final = 8
    GREATER: Final = 9
    GREATER_EQUAL: Final = 10


# --- the tree --------------------------------------------------------------------------------------------------------
@immutable_fields("line")
class Expression:
    """A node with a value."""

    def __init__(self, line: int) -> None:
        self.line = line

    @abstractmethod
    def evaluate(self, stack: VMStack, base: int) -> Value:
        """The value in the frame at `base`."""
        raise NotImplementedError


class Statement:
    """A node that does something."""

    @abstractmethod
    def execute(self, stack: VMStack, base: int) -> int:
        """Do it; GO_ON or RETURNED."""
        raise NotImplementedError


NO_STATEMENTS: Final[Array[Statement]] = array_of([])


@final
@immutable_fields("name", "parameter_count", "frame_size", "body", "loops[*]")
class Code(GuestCode):
    """A function, or the program. Position 0 is its body, k its loop number k. The parser fills it in."""

    def __init__(self, name: str) -> None:
        super().__init__(0)
        self.name = name
        self.parameter_count = 0
        self.frame_size: int = FIRST_LOCAL
        self.body: Block = EMPTY
        self.loops: Array[While | None] = Array(0, None)
        self.lines: Array[int] = Array(0, 0)


def describe(code: GuestCode, pc: int) -> str:
    """The place of a loop or body, for the JIT's listings."""
    if not isinstance(code, Code):
        return "?"
    loop = code.loops[pc]
    return f"{code.name}:{loop.condition.line} while" if loop is not None else code.name


driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


# --- the portal ------------------------------------------------------------------------------------------------------
def run(code: Code, pc: int, stack: VMStack, base: int) -> Value:
    """Run the body (`pc` 0) in a new frame and give its result; or loop number `pc` in the frame that is there, and give
    whether the function goes on behind it."""
    bottom = base
    while True:
        driver.can_enter_jit(code, pc, stack, base, bottom)
        driver.jit_merge_point(code, pc, stack, base, bottom)
        if pc == 0:
            return run_body(code, stack, base)
        loop = unchecked_get(code.loops, pc)
        if loop is None or not truth(loop.condition.evaluate(stack, base)):
            return Value.TRUE
        if loop.body.execute(stack, base) == RETURNED:
            return Value.FALSE


def run_body(code: Code, stack: VMStack, base: int) -> Value:
    """The body of a function whose arguments are in the frame at `base`."""
    stack[base + RESULT] = Value.NULL
    code.body.execute(stack, base)
    return stack[base + RESULT]


# --- statements ------------------------------------------------------------------------------------------------------
@final
@immutable_fields("statements[*]")
class Block(Statement):
    def __init__(self, statements: Array[Statement]) -> None:
        self.statements = statements

    @unroll_safe
    def execute(self, stack: VMStack, base: int) -> int:
        for k in range(len(self.statements)):
            if unchecked_get(self.statements, k).execute(stack, base) == RETURNED:
                return RETURNED
        return GO_ON


EMPTY: Final = Block(NO_STATEMENTS)


@final
@immutable_fields("condition", "body", "code", "number")
class While(Statement):
    """`for` becomes one, too."""

    def __init__(self, condition: Expression, body: Statement, code: Code, number: int) -> None:
        self.condition = condition
        self.body = body
        self.code = code  # of the function that it is in,
        self.number = number  # and its position there

    def execute(self, stack: VMStack, base: int) -> int:
        return GO_ON if run(self.code, self.number, stack, base).as_bool() else RETURNED


@final
@immutable_fields("condition", "then", "otherwise")
class If(Statement):
    def __init__(self, condition: Expression, then: Statement, otherwise: Statement) -> None:
        self.condition = condition
        self.then = then
        self.otherwise = otherwise

    def execute(self, stack: VMStack, base: int) -> int:
        if truth(self.condition.evaluate(stack, base)):
            return self.then.execute(stack, base)
        return self.otherwise.execute(stack, base)


@final
@immutable_fields("value")
class Return(Statement):
    def __init__(self, value: Expression) -> None:
        self.value = value

    def execute(self, stack: VMStack, base: int) -> int:
        stack[base + RESULT] = self.value.evaluate(stack, base)
        return RETURNED


@final
@immutable_fields("value")
class Print(Statement):
    def __init__(self, value: Expression) -> None:
        self.value = value

    def execute(self, stack: VMStack, base: int) -> int:
        print_line(self.value.evaluate(stack, base))
        return GO_ON


@dont_look_inside
def print_line(value: Value) -> None:
    """Standard output."""
    write_output((shown(value) + "\n").encode())


@final
@immutable_fields("value")
class Do(Statement):
    """An expression as a statement."""

    def __init__(self, value: Expression) -> None:
        self.value = value

    def execute(self, stack: VMStack, base: int) -> int:
        self.value.evaluate(stack, base)
        return GO_ON


# --- expressions -----------------------------------------------------------------------------------------------------
@final
@immutable_fields("value")
class Literal(Expression):
    def __init__(self, value: Value, line: int) -> None:
        super().__init__(line)
        self.value = value

    def evaluate(self, stack: VMStack, base: int) -> Value:
        return self.value


@final
@immutable_fields("slot")
class Local(Expression):
    def __init__(self, slot: int, line: int) -> None:
        super().__init__(line)
        self.slot = slot

    def evaluate(self, stack: VMStack, base: int) -> Value:
        return stack[base + self.slot]


@final
@immutable_fields("slot", "value")
class SetLocal(Expression):
    def __init__(self, slot: int, value: Expression, line: int) -> None:
        super().__init__(line)
        self.slot = slot
        self.value = value

    def evaluate(self, stack: VMStack, base: int) -> Value:
        value = self.value.evaluate(stack, base)
        stack[base + self.slot] = value
        return value


@final
@immutable_fields("cell")
class GetGlobal(Expression):
    def __init__(self, cell: Global, line: int) -> None:
        super().__init__(line)
        self.cell = cell

    def evaluate(self, stack: VMStack, base: int) -> Value:
        value = self.cell.read()
        if value.same(Value.UNDEFINED):
            raise SourceError(f"'{self.cell.name}' is not defined", self.line)
        return value


@final
@immutable_fields("cell", "value", "defines")
class SetGlobal(Expression):
    """`var name = value` (`defines`) or `name = value`."""

    def __init__(self, cell: Global, value: Expression, defines: bool, line: int) -> None:
        super().__init__(line)
        self.cell = cell
        self.value = value
        self.defines = defines

    def evaluate(self, stack: VMStack, base: int) -> Value:
        value = self.value.evaluate(stack, base)
        if not self.defines and self.cell.value.same(Value.UNDEFINED):
            raise SourceError(f"'{self.cell.name}' is not defined", self.line)
        self.cell.write(value)
        return value


@final
@immutable_fields("left", "right", "is_and")
class Logical(Expression):
    """`left and right`, `left or right`"""

    def __init__(self, left: Expression, right: Expression, is_and: bool, line: int) -> None:
        super().__init__(line)
        self.left = left
        self.right = right
        self.is_and = is_and

    def evaluate(self, stack: VMStack, base: int) -> Value:
        left = self.left.evaluate(stack, base)
        return self.right.evaluate(stack, base) if truth(left) == self.is_and else left


@final
@immutable_fields("operand", "is_not")
class Unary(Expression):
    """`!operand`, `-operand`"""

    def __init__(self, operand: Expression, is_not: bool, line: int) -> None:
        super().__init__(line)
        self.operand = operand
        self.is_not = is_not

    def evaluate(self, stack: VMStack, base: int) -> Value:
        operand = self.operand.evaluate(stack, base)
        if self.is_not:
            return Value.of_bool(not truth(operand))
        result = number_negate(operand)
        if result.same(Value.UNDEFINED):
            raise SourceError("this is not a number", self.line)
        return result


@final
@immutable_fields("operator", "left", "right")
class Binary(Expression):
    def __init__(self, operator: int, left: Expression, right: Expression, line: int) -> None:
        super().__init__(line)
        self.operator = operator
        self.left = left
        self.right = right

    def evaluate(self, stack: VMStack, base: int) -> Value:
        left = self.left.evaluate(stack, base)
        right = self.right.evaluate(stack, base)
        match self.operator:
            case Operator.ADD:
                result = number_add(left, right)
                if result.same(Value.UNDEFINED):
                    result = join(left, right)
            case Operator.SUBTRACT:
                result = number_subtract(left, right)
            case Operator.MULTIPLY:
                result = number_multiply(left, right)
            case Operator.DIVIDE | Operator.MODULO:
                result = self.divide(left, right)
            case Operator.LESS:
                result = comparison(number_less(left, right))
            case Operator.LESS_EQUAL:
                result = comparison(number_less_equal(left, right))
            case Operator.GREATER:
                result = comparison(number_less(right, left))
            case Operator.GREATER_EQUAL:
                result = comparison(number_less_equal(right, left))
            case Operator.EQUAL:
                result = Value.of_bool(equal(left, right))
            case _:
                result = Value.of_bool(not equal(left, right))
        if result.same(Value.UNDEFINED):
            raise SourceError("these operands do not go together", self.line)
        return result

    def divide(self, left: Value, right: Value) -> Value:
        try:
            return number_divide(left, right) if self.operator == Operator.DIVIDE else number_modulo(left, right)
        except ZeroDivisionError:
            raise SourceError("division by zero", self.line)


def comparison(answer: int) -> Value:
    """A comparison's answer as a Value."""
    return Value.UNDEFINED if answer == NOT_NUMBERS else Value.of_bool(answer == 1)


@final
@immutable_fields("callee", "arguments[*]", "first", "code")
class Call(Expression):
    """A call. The callee's frame begins at slot `first` of the caller's, behind everything that is alive there."""

    def __init__(self, callee: Expression, arguments: Array[Expression], first: int, code: Code, line: int) -> None:
        super().__init__(line)
        self.callee = callee
        self.arguments = arguments
        self.first = first
        self.code = code  # of the caller

    @unroll_safe
    def evaluate(self, stack: VMStack, base: int) -> Value:
        callee = self.callee.evaluate(stack, base)
        newbase = base + self.first
        for k in range(len(self.arguments)):
            stack[newbase + FIRST_LOCAL + k] = unchecked_get(self.arguments, k).evaluate(stack, base)
        code = promote(self.function(callee).code)
        assert isinstance(code, Code)
        if code.parameter_count != len(self.arguments):
            raise SourceError(f"{code.name} takes {code.parameter_count} arguments", self.line)
        if not stack.reserve(newbase + code.frame_size):
            raise SourceError("too many calls inside each other", 0)
        if driver.call_separately(code):
            result = run(code, 0, stack, newbase)
        else:
            result = run_body(code, stack, newbase)
        stack.reserve(base + self.code.frame_size)
        return result

    def function(self, callee: Value) -> Function:
        if callee.is_object():
            thing = callee.as_object()
            if isinstance(thing, Function):
                return thing
        raise SourceError("only functions can be called", self.line)


def run_program(code: Code) -> None:
    """Run a whole program. Raises SourceError."""
    stack = VMStack(STACK_SLOTS)
    stack.reserve(code.frame_size)
    try:
        run(code, 0, stack, 0)
    except RecursionError:
        raise SourceError("too many calls inside each other", 0)
