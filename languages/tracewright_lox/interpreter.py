"""Lox runs its syntax tree: every node has a method that does what it says. No bytecode, no dispatch loop.

What the JIT traces is a loop or a function body. So the portal, `run`, does one turn of a `while` statement again and again, or
runs a body once; the methods call each other, and the tracer follows them all, because the tree never changes (its classes are
frozen) and every node is therefore a constant of the trace. What is left of a loop is what its expressions compute.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.global_cells import Global
from tracewright.guest.objects import GuestObject, print_line, truth
from tracewright.hints import GuestCode, JitDriver, immutable_fields, promote, unroll_safe

STACK_SLOTS: Final = 1 << 20
GO_ON: Final = Value.UNDEFINED  # what a statement gives when the next one follows


class Expression:
    """A node with a value."""

    @abstractmethod
    def evaluate(self, stack: VMStack, base: int) -> Value:
        """The value in the frame at `base`."""


class Statement:
    """A node that does something."""

    @abstractmethod
    def execute(self, stack: VMStack, base: int) -> Value:
        """Do it, and give what the function returns here, or GO_ON."""


# --- the portal ------------------------------------------------------------------------------------------------------
@final
@immutable_fields("name", "parameter_count", "frame_size", "body", "loops[*]")
class Code(GuestCode):
    """A function, or the program. Position 0 is its body, k its loop number k. The parser fills it in."""

    def __init__(self, name: str) -> None:
        super().__init__(0)
        self.name = name
        self.parameter_count = 0
        self.frame_size = 0
        self.body: Statement = EMPTY
        self.loops: Array[While | None] = Array(0, None)


def describe(code: GuestCode, pc: int) -> str:
    """The place of a loop or body, for the JIT's listings."""
    if not isinstance(code, Code):
        return "?"
    loop = code.loops[pc]
    return f"{code.name}:{loop.line} while" if loop is not None else code.name


driver = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: Code, pc: int, stack: VMStack, base: int) -> Value:
    """Execute the body (`pc` 0) in a new frame, or loop number `pc` in the frame that is there."""
    bottom = base
    while True:
        driver.can_enter_jit(code, pc, stack, base, bottom)
        driver.jit_merge_point(code, pc, stack, base, bottom)
        loop = unchecked_get(code.loops, pc)
        if loop is None:
            return code.body.execute(stack, base)
        if not truth(loop.condition.evaluate(stack, base)):
            return GO_ON
        result = loop.body.execute(stack, base)
        if not result.same(GO_ON):
            return result


def run_program(code: Code) -> None:
    """Run a whole program. Raises SourceError."""
    stack = VMStack(STACK_SLOTS)
    stack.reserve(code.frame_size)
    try:
        run(code, 0, stack, 0)
    except RecursionError:
        raise SourceError("too many calls inside each other", 0)


# --- statements ------------------------------------------------------------------------------------------------------
@immutable_fields("statements[*]")
@dataclass(frozen=True)
class Block(Statement):
    statements: Array[Statement]

    @unroll_safe
    def execute(self, stack: VMStack, base: int) -> Value:
        for k in range(len(self.statements)):
            result = unchecked_get(self.statements, k).execute(stack, base)
            if not result.same(GO_ON):
                return result
        return GO_ON


EMPTY: Final[Statement] = Block(array_of([]))


@dataclass(frozen=True)
class While(Statement):
    """`for` becomes one, too. `code` is the function that it is in, `number` its position there."""

    condition: Expression
    body: Statement
    code: Code
    number: int
    line: int

    def execute(self, stack: VMStack, base: int) -> Value:
        return run(self.code, self.number, stack, base)


@dataclass(frozen=True)
class If(Statement):
    condition: Expression
    then: Statement
    otherwise: Statement

    def execute(self, stack: VMStack, base: int) -> Value:
        chosen = self.then if truth(self.condition.evaluate(stack, base)) else self.otherwise
        return chosen.execute(stack, base)


@dataclass(frozen=True)
class Return(Statement):
    value: Expression

    def execute(self, stack: VMStack, base: int) -> Value:
        return self.value.evaluate(stack, base)


@dataclass(frozen=True)
class Print(Statement):
    value: Expression

    def execute(self, stack: VMStack, base: int) -> Value:
        print_line(self.value.evaluate(stack, base))
        return GO_ON


@dataclass(frozen=True)
class Do(Statement):
    """An expression as a statement."""

    value: Expression

    def execute(self, stack: VMStack, base: int) -> Value:
        self.value.evaluate(stack, base)
        return GO_ON


# --- expressions -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Literal(Expression):
    value: Value

    def evaluate(self, stack: VMStack, base: int) -> Value:
        return self.value


@dataclass(frozen=True)
class Local(Expression):
    slot: int

    def evaluate(self, stack: VMStack, base: int) -> Value:
        return stack[base + self.slot]


@dataclass(frozen=True)
class SetLocal(Expression):
    slot: int
    value: Expression

    def evaluate(self, stack: VMStack, base: int) -> Value:
        value = self.value.evaluate(stack, base)
        stack[base + self.slot] = value
        return value


@dataclass(frozen=True)
class GetGlobal(Expression):
    cell: Global
    line: int

    def evaluate(self, stack: VMStack, base: int) -> Value:
        value = self.cell.read()
        if value.same(Value.UNDEFINED):
            raise SourceError(f"'{self.cell.name}' is not defined", self.line)
        return value


@dataclass(frozen=True)
class SetGlobal(Expression):
    """`var name = value` (`defines`) or `name = value`."""

    cell: Global
    value: Expression
    defines: bool
    line: int

    def evaluate(self, stack: VMStack, base: int) -> Value:
        value = self.value.evaluate(stack, base)
        if not self.defines and self.cell.value.same(Value.UNDEFINED):
            raise SourceError(f"'{self.cell.name}' is not defined", self.line)
        self.cell.write(value)
        return value


@dataclass(frozen=True)
class Logical(Expression):
    """`left and right`, `left or right`"""

    left: Expression
    right: Expression
    is_and: bool

    def evaluate(self, stack: VMStack, base: int) -> Value:
        left = self.left.evaluate(stack, base)
        return self.right.evaluate(stack, base) if truth(left) == self.is_and else left


@dataclass(frozen=True)
class Unary(Expression):
    compute: Callable[[Value], Value]
    operand: Expression
    line: int

    def evaluate(self, stack: VMStack, base: int) -> Value:
        result = self.compute(self.operand.evaluate(stack, base))
        if result.same(Value.UNDEFINED):
            raise SourceError("this is not a number", self.line)
        return result


@dataclass(frozen=True)
class Binary(Expression):
    compute: Callable[[Value, Value], Value]
    left: Expression
    right: Expression
    line: int

    def evaluate(self, stack: VMStack, base: int) -> Value:
        left = self.left.evaluate(stack, base)
        right = self.right.evaluate(stack, base)
        try:
            result = self.compute(left, right)
        except ZeroDivisionError:
            raise SourceError("division by zero", self.line)
        if result.same(Value.UNDEFINED):
            raise SourceError("these operands do not go together", self.line)
        return result


@dataclass(frozen=True)
class Function(GuestObject):
    """A function as a value."""

    code: Code

    def shown(self) -> str:
        return f"<fun {self.code.name}>"


@immutable_fields("arguments[*]")
@dataclass(frozen=True)
class Call(Expression):
    """The callee's frame begins at slot `first` of the caller's, behind everything that is alive there."""

    callee: Expression
    arguments: Array[Expression]
    first: int
    caller: Code
    line: int

    @unroll_safe
    def evaluate(self, stack: VMStack, base: int) -> Value:
        callee = self.callee.evaluate(stack, base)
        newbase = base + self.first
        for k in range(len(self.arguments)):
            stack[newbase + k] = unchecked_get(self.arguments, k).evaluate(stack, base)
        code = promote(self.code_of(callee))
        if code.parameter_count != len(self.arguments):
            raise SourceError(f"{code.name} takes {code.parameter_count} arguments", self.line)
        if not stack.reserve(newbase + code.frame_size):
            raise SourceError("too many calls inside each other", 0)
        if driver.call_separately(code):
            result = run(code, 0, stack, newbase)
        else:
            result = code.body.execute(stack, newbase)
        stack.reserve(base + self.caller.frame_size)
        return Value.NULL if result.same(GO_ON) else result

    def code_of(self, callee: Value) -> Code:
        if callee.is_object():
            thing = callee.as_object()
            if isinstance(thing, Function):
                return thing.code
        raise SourceError("only functions can be called", self.line)
