"""The compiler: one recursive descent from tokens to register code.

An expression is compiled into the register `target`, and may use those above it; `free` is the first that holds no variable.
"""

from __future__ import annotations

from typing import Final, final

from newlang.lexer import token_stream
from newlang.objects import Function
from newlang.opcodes import Op
from tracewright.core.value import Value
from tracewright.guest.frames import LINK_SLOTS
from tracewright.guest.global_cells import Globals
from tracewright.guest.objects import literal
from tracewright.guest.register_code import CodeWriter, RegisterCode
from tracewright.guest.tokens import NAME, Token, TokenStream

FIRST_REGISTER: Final = LINK_SLOTS  # a frame: the link to its caller, then registers
NOT_LOCAL: Final = -1


@final
class Operator:
    """A binary operator: how tightly it binds, its operation, whether that takes its operands exchanged, or is negated."""

    def __init__(self, level: int, operation: int, swapped: bool = False, negated: bool = False) -> None:
        self.level = level
        self.operation = operation
        self.swapped = swapped
        self.negated = negated


OR_LEVEL: Final = 1
AND_LEVEL: Final = 2
UNARY_LEVEL: Final = 6
OPERATORS: Final[dict[str, Operator]] = {
    "==": Operator(3, Op.EQUAL),
    "!=": Operator(3, Op.EQUAL, False, True),
    "<": Operator(3, Op.LESS),
    "<=": Operator(3, Op.LESS_EQUAL),
    ">": Operator(3, Op.LESS, True),
    ">=": Operator(3, Op.LESS_EQUAL, True),
    "+": Operator(4, Op.ADD),
    "-": Operator(4, Op.SUBTRACT),
    "*": Operator(5, Op.MULTIPLY),
    "/": Operator(5, Op.DIVIDE),
    "%": Operator(5, Op.MODULO),
}


@final
class Scope(CodeWriter):
    """A function, or the program, being compiled. `names` are those of its registers, "" for none."""

    def __init__(self, name: str) -> None:
        super().__init__(name, FIRST_REGISTER)
        self.names: list[str] = [""] * FIRST_REGISTER

    def free(self) -> int:
        """The first register without a variable."""
        return len(self.names)

    def register(self, name: str) -> int:
        """That of a variable, or NOT_LOCAL."""
        for k in range(len(self.names) - 1, 0, -1):
            if self.names[k] == name:
                return k
        return NOT_LOCAL


@final
class Compiler:
    """What is declared outside functions and blocks is global."""

    def __init__(self, tokens: TokenStream, globals: Globals) -> None:
        self.tokens = tokens
        self.globals = globals
        self.scope = Scope("program")
        self.depth = 0  # blocks around here

    def program(self) -> RegisterCode:
        """The whole text."""
        while not self.tokens.at_end():
            self.statement()
        return self.end()

    def end(self) -> RegisterCode:
        """The code of the scope, which returns nil where it ends."""
        token = self.tokens.peek()
        target = self.scope.free()
        self.load_constant(target, Value.NULL, token)
        self.scope.emit(token, Op.RETURN, target)
        return self.scope.finish()

    # --- statements --------------------------------------------------------------------------------------------------
    def block(self) -> None:
        """`{ ... }`; its variables end with it."""
        self.tokens.expect("{")
        self.depth += 1
        count = len(self.scope.names)
        while not self.tokens.accept("}"):
            if self.tokens.at_end():
                raise self.tokens.error("'}' is missing")
            with self.tokens.nesting:
                self.statement()
        del self.scope.names[count:]
        self.depth -= 1

    def statement(self) -> None:
        """One statement."""
        tokens, scope = self.tokens, self.scope
        token = tokens.peek()
        if tokens.accept("let"):
            name = tokens.name()
            tokens.expect("=")
            self.declare(name, token)
        elif tokens.accept("fun"):
            self.function(tokens.name(), token)
        elif tokens.accept("if"):
            self.choice(token)
        elif tokens.accept("while"):
            start = scope.loop_label(token, Op.JUMP)
            way_out = scope.jump(token, Op.JUMP_IF_FALSE, self.expression(scope.free()))
            self.block()
            scope.jump(token, Op.JUMP_BACK, 0, start)
            scope.place(way_out)
        elif tokens.accept("return"):
            scope.emit(token, Op.RETURN, self.expression(scope.free()))
        elif tokens.accept("print"):
            scope.emit(token, Op.PRINT, self.expression(scope.free()))
        elif tokens.peek().kind == NAME and tokens.tokens[tokens.position + 1].text == "=":
            self.assign(tokens.name(), token)
        else:
            self.expression(scope.free())

    def declare(self, name: str, token: Token) -> None:
        """Give the next expression a name."""
        scope = self.scope
        target = scope.free()
        if self.depth > 0:
            self.into(target)
            scope.names.append(name)
        else:
            scope.emit_wide(token, Op.STORE_GLOBAL, self.expression(target), self.global_number(name))

    def assign(self, name: str, token: Token) -> None:
        """`name = expression`"""
        self.tokens.expect("=")
        scope = self.scope
        register = scope.register(name)
        value = self.expression(scope.free())
        if register != NOT_LOCAL:
            scope.emit(token, Op.MOVE, register, value)
        else:
            scope.emit_wide(token, Op.STORE_GLOBAL, value, self.global_number(name))

    def choice(self, token: Token) -> None:
        """`condition { ... } else ...`"""
        tokens, scope = self.tokens, self.scope
        past = scope.jump(token, Op.JUMP_IF_FALSE, self.expression(scope.free()))
        self.block()
        if not tokens.accept("else"):
            scope.place(past)
            return
        way_out = scope.jump(token, Op.JUMP)
        scope.place(past)
        if tokens.accept("if"):
            self.choice(token)
        else:
            self.block()
        scope.place(way_out)

    def function(self, name: str, token: Token) -> None:
        """`(a, b) { ... }`: a function sees its own variables and the globals."""
        outer, tokens = self.scope, self.tokens
        scope = self.scope = Scope(name)
        tokens.expect("(")
        while not tokens.at(")"):
            scope.names.append(tokens.name())
            scope.parameters += 1
            if not tokens.accept(","):
                break
        tokens.expect(")")
        self.block()
        code = self.end()
        self.scope = outer
        target = outer.free()
        self.load_constant(target, Value.of_object(Function(code)), token)
        outer.emit_wide(token, Op.STORE_GLOBAL, target, self.global_number(name))

    # --- expressions -------------------------------------------------------------------------------------------------
    def into(self, target: int) -> None:
        """Compile an expression into exactly this register."""
        token = self.tokens.peek()
        register = self.expression(target)
        if register != target:
            self.scope.emit(token, Op.MOVE, target, register)

    def load_constant(self, target: int, value: Value, token: Token) -> int:
        """Put a constant into a register; gives the register."""
        self.scope.emit_wide(token, Op.LOAD_CONSTANT, target, self.scope.constant(value))
        return target

    def global_number(self, name: str) -> int:
        """The number of the constant that is a global."""
        return self.scope.constant(Value.of_object(self.globals.cell(name)))

    def expression(self, target: int, level: int = 0) -> int:
        """Compile an expression; gives the register it is in: a variable's, or `target`."""
        with self.tokens.nesting:
            left = self.unary(target)
            while True:
                token = self.tokens.peek()
                operator = OPERATORS.get(token.text)
                if self.tokens.at("and") and level < AND_LEVEL:
                    left = self.logical(left, target, Op.JUMP_IF_FALSE, AND_LEVEL)
                elif self.tokens.at("or") and level < OR_LEVEL:
                    left = self.logical(left, target, Op.JUMP_IF_TRUE, OR_LEVEL)
                elif operator is not None and operator.level > level and self.tokens.accept(token.text):
                    right = self.expression(target + 1, operator.level)
                    first, second = (right, left) if operator.swapped else (left, right)
                    self.scope.emit(token, operator.operation, target, first, second)
                    if operator.negated:
                        self.scope.emit(token, Op.NOT, target, target)
                    left = target
                else:
                    return left

    def logical(self, left: int, target: int, jump: int, level: int) -> int:
        """The right side, unless the left one has decided."""
        token = self.tokens.next()
        if left != target:
            self.scope.emit(token, Op.MOVE, target, left)
        way_out = self.scope.jump(token, jump, target)
        right = self.expression(target, level)
        if right != target:
            self.scope.emit(token, Op.MOVE, target, right)
        self.scope.place(way_out)
        return target

    def unary(self, target: int) -> int:
        """`-x`, `not x`, or an operand with the calls behind it."""
        with self.tokens.nesting:
            token = self.tokens.peek()
            if self.tokens.accept("-"):
                self.scope.emit(token, Op.NEGATE, target, self.expression(target, UNARY_LEVEL))
                return target
            if self.tokens.accept("not"):
                self.scope.emit(token, Op.NOT, target, self.expression(target, UNARY_LEVEL))
                return target
            register = self.primary(target)
            while self.tokens.at("("):
                register = self.call(register, target)
            return register

    def call(self, callee: int, target: int) -> int:
        """The callee's frame begins at `target`; until it is entered, its first slot holds the function."""
        tokens, scope = self.tokens, self.scope
        token = tokens.next()
        if callee != target:
            scope.emit(token, Op.MOVE, target, callee)
        argument = target + FIRST_REGISTER
        while not tokens.at(")"):
            self.into(argument)
            argument += 1
            if not tokens.accept(","):
                break
        tokens.expect(")")
        scope.emit(token, Op.CALL, target, argument - target - FIRST_REGISTER)
        return target

    def primary(self, target: int) -> int:
        """A number, a string, a name, a constant, or an expression in parentheses."""
        token = self.tokens.next()
        value = literal(token)
        if not value.same(Value.UNDEFINED):
            return self.load_constant(target, value, token)
        if token.kind == NAME:
            register = self.scope.register(token.text)
            if register != NOT_LOCAL:
                return register
            self.scope.emit_wide(token, Op.LOAD_GLOBAL, target, self.global_number(token.text))
            return target
        if token.text == "(":
            register = self.expression(target)
            self.tokens.expect(")")
            return register
        raise token.error(f"an expression cannot begin with '{token.text}'")


def compile_program(text: str, globals: Globals) -> RegisterCode:
    """The code of a program among these globals. Raises SourceError."""
    return Compiler(token_stream(text), globals).program()
