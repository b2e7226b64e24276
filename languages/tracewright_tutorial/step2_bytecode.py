"""Step 2: variables, `if` and `while`; compiled to register code, which a loop interprets. No JIT yet.

let i = 0
while i < 10 { i = i + 1 print i }
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.system import run_as_program, write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.assembler import Assembler, Label
from tracewright.guest.command import run_command
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.frames import LINK_SLOTS
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, wide
from tracewright.guest.numeric_values import (
    is_number,
    number_add,
    number_divide,
    number_less,
    number_less_equal,
    number_modulo,
    number_multiply,
    number_subtract,
    number_text,
    values_same,
)
from tracewright.guest.tokens import FLOAT, INTEGER, NAME, TokenRules, TokenStream, tokenize
from tracewright.hints import dont_look_inside
from tracewright.lib.array_tools import array_from

# The words of all steps, so that they share one lexer.
RULES: Final = TokenRules(
    "catch else for fun if in into let print return throw try while yield", "== <= < = + - * / % ( ) { } , .", "#"
)


class Op:
    """Operations. An instruction is one word: operation | a << 8 | b << 24 | c << 40 (`tracewright.guest.instructions`).

    a, b, c are registers; b and c together, `wide`, are a number.
    """

    MOVE: Final = 0  # a := b
    LOAD: Final = 1  # a := constants[number]
    ADD: Final = 2  # a := b + c
    SUBTRACT: Final = 3
    MULTIPLY: Final = 4
    DIVIDE: Final = 5
    MODULO: Final = 6
    LESS: Final = 7
    LESS_EQUAL: Final = 8
    EQUAL: Final = 9
    PRINT: Final = 10  # a
    JUMP: Final = 11  # to number
    JUMP_BACK: Final = 12
    JUMP_IF_FALSE: Final = 13  # on a
    RETURN: Final = 14  # a
    NEXT: Final = 15  # the first operation of the step after this one


@final
class Operator:
    """A binary operator: how tightly it binds, and its operation."""

    def __init__(self, level: int, operation: int) -> None:
        self.level = level
        self.operation = operation


OPERATORS: Final[dict[str, Operator]] = {
    "==": Operator(1, Op.EQUAL),
    "<": Operator(1, Op.LESS),
    "<=": Operator(1, Op.LESS_EQUAL),
    "+": Operator(2, Op.ADD),
    "-": Operator(2, Op.SUBTRACT),
    "*": Operator(3, Op.MULTIPLY),
    "/": Operator(3, Op.DIVIDE),
    "%": Operator(3, Op.MODULO),
}
FIRST_REGISTER: Final = LINK_SLOTS + 1  # the slots before it are for calls, from step 4 on
NOT_FOUND: Final = -1


# --- the compiler ----------------------------------------------------------------------------------------------------
class Scope:
    """What is being compiled: so far the program, later also functions. `names` are those of the registers."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.names: list[str] = [""] * FIRST_REGISTER
        self.highest = FIRST_REGISTER
        self.assembler = Assembler(name)  # writes words, and knows labels, constants and lines

    def free(self) -> int:
        """The first register without a variable."""
        return len(self.names)

    def register(self, name: str) -> int:
        """That of a variable, or NOT_FOUND."""
        for k in range(len(self.names) - 1, 0, -1):
            if self.names[k] == name:
                return k
        return NOT_FOUND

    def emit(self, line: int, operation: int, a: int, b: int = 0, c: int = 0) -> None:
        """Add an instruction."""
        self.assembler.line = line
        self.assembler.emit(operation, a, b, c)
        self.highest = max(self.highest, a + 1)

    def jump(self, line: int, operation: int, a: int, label: Label | None = None) -> Label:
        """Add a jump to a label, which is made if it is not given."""
        self.assembler.line = line
        return self.assembler.jump(operation, a, label)


class Compiler:
    """An expression is compiled into the register `target`, and may use those above it. Later steps add methods."""

    def __init__(self, tokens: TokenStream) -> None:
        self.tokens = tokens
        self.scope = Scope("program")

    def program(self) -> Scope:
        """The whole text."""
        while not self.tokens.at_end():
            self.statement()
        self.load(Value.NULL, self.scope.free())
        self.scope.emit(self.tokens.line(), Op.RETURN, self.scope.free())
        return self.scope

    def block(self) -> None:
        """`{ ... }`; its variables end with it."""
        self.tokens.expect("{")
        count = len(self.scope.names)
        while not self.tokens.accept("}"):
            with self.tokens.nesting:
                self.statement()
        del self.scope.names[count:]

    def statement(self) -> None:
        """One statement."""
        tokens, scope = self.tokens, self.scope
        line = tokens.line()
        if tokens.accept("let"):
            name = tokens.name()
            tokens.expect("=")
            self.into(scope.free())
            self.declare(name)
        elif tokens.accept("print"):
            scope.emit(line, Op.PRINT, self.expression(scope.free()))
        elif tokens.accept("while"):
            start = scope.assembler.loop_label(Op.JUMP)
            way_out = scope.jump(line, Op.JUMP_IF_FALSE, self.expression(scope.free()))
            self.block()
            scope.jump(line, Op.JUMP_BACK, 0, start)
            scope.assembler.place(way_out)
        elif tokens.accept("if"):
            past = scope.jump(line, Op.JUMP_IF_FALSE, self.expression(scope.free()))
            self.block()
            if tokens.accept("else"):
                way_out = scope.jump(line, Op.JUMP, 0)
                scope.assembler.place(past)
                self.block()
                past = way_out
            scope.assembler.place(past)
        elif tokens.peek().kind == NAME and tokens.tokens[tokens.position + 1].text == "=":
            name = tokens.name()
            tokens.expect("=")
            self.assign(name, line)
        else:
            self.expression(scope.free())

    def declare(self, name: str) -> None:
        """The value in the first free register gets a name."""
        self.scope.names.append(name)

    def assign(self, name: str, line: int) -> None:
        """Give a variable the value of the next expression."""
        register = self.scope.register(name)
        if register == NOT_FOUND:
            raise SourceError(f"'{name}' is not a variable", line)
        self.scope.emit(line, Op.MOVE, register, self.expression(self.scope.free()))

    def expression(self, target: int, level: int = 0) -> int:
        """Compile an expression; gives the register it is in: a variable's, or `target`."""
        with self.tokens.nesting:
            left = self.operand(target)
            while True:
                token = self.tokens.peek()
                operator = OPERATORS.get(token.text)
                if operator is None or operator.level <= level or not self.tokens.accept(token.text):
                    return left
                right = self.expression(target + 1, operator.level)
                self.scope.emit(token.line, operator.operation, target, left, right)
                left = target

    def into(self, target: int) -> None:
        """Compile an expression into exactly this register."""
        line = self.tokens.line()
        register = self.expression(target)
        if register != target:
            self.scope.emit(line, Op.MOVE, target, register)

    def operand(self, target: int) -> int:
        """A number, a variable, or an expression in parentheses."""
        token = self.tokens.next()
        if token.kind == INTEGER:
            return self.load(Value.of_int(token.integer), target)
        if token.kind == FLOAT:
            return self.load(Value.of_float(token.real), target)
        if token.kind == NAME:
            return self.variable(token.text, target, token.line)
        if token.text != "(":
            raise SourceError(f"an expression cannot begin with '{token.text}'", token.line)
        register = self.expression(target)
        self.tokens.expect(")")
        return register

    def load(self, value: Value, target: int) -> int:
        """A constant."""
        self.scope.emit(self.tokens.line(), Op.LOAD, target, self.scope.assembler.constant(value))
        return target

    def variable(self, name: str, target: int, line: int) -> int:
        """The register that a variable's value is in."""
        register = self.scope.register(name)
        if register == NOT_FOUND:
            raise SourceError(f"'{name}' is not a variable", line)
        return register


# --- the interpreter -------------------------------------------------------------------------------------------------
@final
class Code:
    """What the interpreter runs."""

    def __init__(self, scope: Scope) -> None:
        self.words: Array[int] = array_from(scope.assembler.resolved(), 0)
        self.constants: Array[Value] = array_from(scope.assembler.constants, Value.NULL)


def run(code: Code, stack: VMStack, base: int) -> None:
    """The loop."""
    pc = 0
    while True:
        word = unchecked_get(code.words, pc)
        pc += 1
        match opcode(word):
            case Op.JUMP | Op.JUMP_BACK:
                pc = wide(word)
            case Op.JUMP_IF_FALSE:
                if not truth(stack[base + field_a(word)]):
                    pc = wide(word)
            case Op.RETURN:
                return
            case _:
                compute(word, code.constants, stack, base)


def compute(word: int, constants: Array[Value], stack: VMStack, base: int) -> None:
    """The operations that neither jump nor call: the same in all steps."""
    a = base + field_a(word)
    b = base + field_b(word)
    c = base + field_c(word)
    match opcode(word):
        case Op.MOVE:
            stack[a] = stack[b]
        case Op.LOAD:
            stack[a] = unchecked_get(constants, wide(word))
        case Op.ADD:
            stack[a] = checked(number_add(stack[b], stack[c]))
        case Op.SUBTRACT:
            stack[a] = checked(number_subtract(stack[b], stack[c]))
        case Op.MULTIPLY:
            stack[a] = checked(number_multiply(stack[b], stack[c]))
        case Op.DIVIDE:
            stack[a] = checked(quotient(stack[b], stack[c]))
        case Op.MODULO:
            stack[a] = checked(remainder(stack[b], stack[c]))
        case Op.LESS:
            stack[a] = checked(number_less(stack[b], stack[c]))
        case Op.LESS_EQUAL:
            stack[a] = checked(number_less_equal(stack[b], stack[c]))
        case Op.EQUAL:
            stack[a] = Value.of_bool(values_same(stack[b], stack[c]))
        case Op.PRINT:
            print_line(stack[a])
        case _:
            raise AssertionError("unknown operation")


def truth(value: Value) -> bool:
    """Everything is true but nil and false."""
    return not (value.same(Value.NULL) or value.same(Value.FALSE))


def checked(result: Value) -> Value:
    """The result of arithmetic or of a comparison."""
    if result.same(Value.UNDEFINED):
        raise SourceError("this needs numbers", 0)
    return result


def quotient(left: Value, right: Value) -> Value:
    """What the library raises is not the guest's error yet; `tracewright check` finds where that was forgotten."""
    try:
        return number_divide(left, right)
    except ZeroDivisionError:
        raise SourceError("division by zero", 0)


def remainder(left: Value, right: Value) -> Value:
    """The same for the rest of a division."""
    try:
        return number_modulo(left, right)
    except ZeroDivisionError:
        raise SourceError("division by zero", 0)


@dont_look_inside
def print_line(value: Value) -> None:
    """Standard output."""
    text = "nil" if value.same(Value.NULL) else "true" if value.same(Value.TRUE) else "false"
    if is_number(value):
        text = number_text(value)
    elif value.is_object():
        text = "<object>"
    write_output((text + "\n").encode())


def run_text(text: str) -> None:
    """Compile and run a program."""
    scope = Compiler(TokenStream(tokenize(text, RULES))).program()
    stack = VMStack(1000)
    stack.reserve(scope.highest)
    run(Code(scope), stack, 0)


def main() -> int:
    """The command."""
    return run_command("step2", run_text)


if __name__ == "__main__":
    run_as_program(main)
