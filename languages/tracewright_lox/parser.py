"""Lox's parser: text to tree. It gives every local variable, and every call's frame, its place in the frame of its function."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.lib.array_tools import array_from
from tracewright.lib.guest_globals import Globals
from tracewright.lib.tokens import FLOAT, INTEGER, NAME, TEXT, SourceError, TokenStream
from tracewright_lox.interpreter import (
    EMPTY,
    FIRST_LOCAL,
    Binary,
    Block,
    Call,
    Code,
    Do,
    Expression,
    GetGlobal,
    If,
    Literal,
    Local,
    Logical,
    Operator,
    Print,
    Return,
    SetGlobal,
    SetLocal,
    Statement,
    Unary,
    While,
)
from tracewright_lox.lexer import token_stream
from tracewright_lox.objects import Function, Text

NOT_LOCAL: Final = -1
# Binary operators by how tightly they bind, loosest first.
LEVELS: Final[list[dict[str, int]]] = [
    {"==": Operator.EQUAL, "!=": Operator.NOT_EQUAL},
    {"<": Operator.LESS, "<=": Operator.LESS_EQUAL, ">": Operator.GREATER, ">=": Operator.GREATER_EQUAL},
    {"+": Operator.ADD, "-": Operator.SUBTRACT},
    {"*": Operator.MULTIPLY, "/": Operator.DIVIDE, "%": Operator.MODULO},
]


@final
class Scope:
    """A function being parsed: the names of its slots, "" for temporaries, and how many blocks are open."""

    def __init__(self, name: str) -> None:
        self.code = Code(name)
        self.names: list[str] = [""] * FIRST_LOCAL
        self.loops: list[While | None] = [None]
        self.depth = 0

    def add(self, name: str) -> int:
        """A new slot."""
        self.names.append(name)
        self.code.frame_size = max(self.code.frame_size, len(self.names))
        return len(self.names) - 1

    def slot(self, name: str) -> int:
        """The slot of a local variable, or NOT_LOCAL."""
        for k in range(len(self.names) - 1, 0, -1):
            if self.names[k] == name:
                return k
        return NOT_LOCAL

    def forget(self, count: int) -> None:
        """Only the first `count` slots are still in use."""
        del self.names[count:]


@final
class Parser:
    def __init__(self, tokens: TokenStream) -> None:
        self.tokens = tokens
        self.globals = Globals()
        self.scope = Scope("program")

    def program(self) -> Code:
        statements: list[Statement] = []
        while not self.tokens.at_end():
            statements.append(self.declaration())
        return self.finish(Block(array_from(statements, EMPTY)))

    def finish(self, body: Block) -> Code:
        code = self.scope.code
        code.body = body
        code.loops = array_from(self.scope.loops, None)
        code.set_length(len(code.loops))
        return code

    # --- statements --------------------------------------------------------------------------------------------------
    def declaration(self) -> Statement:
        line = self.tokens.line()
        if self.tokens.accept("fun"):
            name = self.tokens.name()
            return self.define(name, self.function(name, line), line)
        if self.tokens.accept("var"):
            name = self.tokens.name()
            value: Expression = Literal(Value.NULL, line)
            if self.tokens.accept("="):
                value = self.expression()
            self.tokens.expect(";")
            return self.define(name, value, line)
        return self.statement()

    def define(self, name: str, value: Expression, line: int) -> Statement:
        if self.scope.depth == 0 and self.scope.code.name == "program":
            return Do(SetGlobal(self.globals.cell(name), value, True, line))
        return Do(SetLocal(self.scope.add(name), value, line))

    def function(self, name: str, line: int) -> Expression:
        """`(a, b) { ... }`: a function sees its own variables and the globals."""
        outer = self.scope
        scope = self.scope = Scope(name)
        tokens = self.tokens
        tokens.expect("(")
        while not tokens.at(")"):
            scope.add(tokens.name())
            scope.code.parameter_count += 1
            if not tokens.accept(","):
                break
        tokens.expect(")")
        scope.depth = 1
        code = self.finish(self.block())
        self.scope = outer
        return Literal(Value.of_object(Function(name, code)), line)

    def block(self) -> Block:
        """`{ ... }`; what it declares ends with it."""
        self.tokens.expect("{")
        self.scope.depth += 1
        count = len(self.scope.names)
        statements: list[Statement] = []
        while not self.tokens.at("}") and not self.tokens.at_end():
            statements.append(self.declaration())
        self.tokens.expect("}")
        self.scope.forget(count)
        self.scope.depth -= 1
        return Block(array_from(statements, EMPTY))

    def statement(self) -> Statement:
        tokens = self.tokens
        line = tokens.line()
        if tokens.at("{"):
            return self.block()
        if tokens.accept("print"):
            return Print(self.closed(self.expression()))
        if tokens.accept("return"):
            return Return(Literal(Value.NULL, line) if tokens.accept(";") else self.closed(self.expression()))
        if tokens.accept("if"):
            condition = self.condition()
            then = self.statement()
            return If(condition, then, self.statement() if tokens.accept("else") else EMPTY)
        if tokens.accept("while"):
            condition = self.condition()
            return self.loop(condition, self.statement())
        if tokens.accept("for"):
            return self.counted_loop()
        return Do(self.closed(self.expression()))

    def closed(self, expression: Expression) -> Expression:
        self.tokens.expect(";")
        return expression

    def condition(self) -> Expression:
        self.tokens.expect("(")
        condition = self.expression()
        self.tokens.expect(")")
        return condition

    def loop(self, condition: Expression, body: Statement) -> Statement:
        loop = While(condition, body, self.scope.code, len(self.scope.loops))
        self.scope.loops.append(loop)
        return loop

    def counted_loop(self) -> Statement:
        """`for (start; condition; step) body` as a `while` in a block."""
        tokens = self.tokens
        count = len(self.scope.names)
        self.scope.depth += 1
        tokens.expect("(")
        start: Statement = EMPTY
        if not tokens.accept(";"):
            start = self.declaration()
        condition: Expression = Literal(Value.TRUE, tokens.line())
        if not tokens.at(";"):
            condition = self.expression()
        tokens.expect(";")
        step: Statement = EMPTY
        if not tokens.at(")"):
            step = Do(self.expression())
        tokens.expect(")")
        body = Block(array_from([self.statement(), step], EMPTY))
        self.scope.forget(count)
        self.scope.depth -= 1
        return Block(array_from([start, self.loop(condition, body)], EMPTY))

    # --- expressions -------------------------------------------------------------------------------------------------
    def expression(self) -> Expression:
        line = self.tokens.line()
        target = self.either()
        if not self.tokens.accept("="):
            return target
        value = self.expression()
        if isinstance(target, Local):
            return SetLocal(target.slot, value, line)
        if isinstance(target, GetGlobal):
            return SetGlobal(target.cell, value, False, line)
        raise SourceError("only a variable can be assigned to", line)

    def either(self) -> Expression:
        left = self.both()
        while self.tokens.at("or"):
            line = self.tokens.next().line
            left = Logical(left, self.both(), False, line)
        return left

    def both(self) -> Expression:
        left = self.binary(0)
        while self.tokens.at("and"):
            line = self.tokens.next().line
            left = Logical(left, self.binary(0), True, line)
        return left

    def binary(self, level: int) -> Expression:
        if level == len(LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while True:
            token = self.tokens.peek()
            operator = LEVELS[level].get(token.text, -1)
            if operator < 0 or not self.tokens.accept(token.text):
                return left
            left = Binary(operator, left, self.binary(level + 1), token.line)

    def unary(self) -> Expression:
        line = self.tokens.line()
        if self.tokens.accept("!"):
            return Unary(self.unary(), True, line)
        if self.tokens.accept("-"):
            return Unary(self.unary(), False, line)
        expression = self.primary()
        while self.tokens.at("("):
            expression = self.call(expression)
        return expression

    def call(self, callee: Expression) -> Expression:
        """The arguments lie in the callee's frame, which begins behind the slots in use here."""
        line = self.tokens.next().line
        count = len(self.scope.names)
        for _ in range(FIRST_LOCAL):
            self.scope.add("")
        arguments: list[Expression] = []
        while not self.tokens.at(")"):
            arguments.append(self.expression())
            self.scope.add("")
            if not self.tokens.accept(","):
                break
        self.tokens.expect(")")
        self.scope.forget(count)
        return Call(callee, array_from(arguments, callee), count, self.scope.code, line)

    def primary(self) -> Expression:
        token = self.tokens.next()
        line = token.line
        if token.kind == INTEGER:
            return Literal(Value.of_int(token.integer), line)
        if token.kind == FLOAT:
            return Literal(Value.of_float(token.real), line)
        if token.kind == TEXT:
            return Literal(Value.of_object(Text(token.text)), line)
        if token.kind == NAME:
            slot = self.scope.slot(token.text)
            return Local(slot, line) if slot != NOT_LOCAL else GetGlobal(self.globals.cell(token.text), line)
        match token.text:
            case "true" | "false":
                return Literal(Value.of_bool(token.text == "true"), line)
            case "nil":
                return Literal(Value.NULL, line)
            case "fun":
                return self.function("function", line)
            case "(":
                inner = self.expression()
                self.tokens.expect(")")
                return inner
            case _:
                raise SourceError(f"an expression cannot begin with '{token.text}'", line)


def parse_program(text: str) -> Code:
    """The program's tree. Raises SourceError."""
    return Parser(token_stream(text)).program()
