"""Lox's parser: text to tree. It gives every local variable, and every call's frame, its place in the frame of its function."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.lib.array_tools import array_from
from tracewright.lib.guest_globals import Globals
from tracewright.lib.guest_objects import literal
from tracewright.lib.tokens import NAME, SourceError, TokenRules, TokenStream, tokenize
from tracewright_lox.interpreter import (
    EMPTY,
    Binary,
    Block,
    Call,
    Code,
    Do,
    Expression,
    Function,
    GetGlobal,
    If,
    Literal,
    Local,
    Logical,
    Print,
    Return,
    SetGlobal,
    SetLocal,
    Statement,
    Unary,
    While,
)
from tracewright_lox.operators import BINARY, UNARY

RULES: Final = TokenRules(
    "and else false for fun if nil or print return true var while", "!= <= >= == < > = + - * / % ! ( ) { } , ;", "//"
)
# Binary operators by how tightly they bind, loosest first; level 1 is `or`.
LEVELS: Final = ("or", "and", "== !=", "< <= > >=", "+ -", "* / %")
LEVEL_OF: Final[dict[str, int]] = {symbol: k + 1 for k, level in enumerate(LEVELS) for symbol in level.split()}
NOT_LOCAL: Final = -1


@final
class Scope:
    """A function being parsed: the names of its slots, "" for temporaries, and how many there were where each block began."""

    def __init__(self, name: str) -> None:
        self.code = Code(name)
        self.names: list[str] = []
        self.blocks: list[int] = []
        self.loops: list[While | None] = [None]

    def add(self, name: str) -> int:
        """A new slot."""
        self.names.append(name)
        self.code.frame_size = max(self.code.frame_size, len(self.names))
        return len(self.names) - 1

    def slot(self, name: str) -> int:
        """The slot of a local variable, or NOT_LOCAL."""
        for k in range(len(self.names) - 1, -1, -1):
            if self.names[k] == name:
                return k
        return NOT_LOCAL

    def open_block(self) -> None:
        """What is added from here on ends with the block."""
        self.blocks.append(len(self.names))

    def close_block(self) -> None:
        del self.names[self.blocks.pop() :]

    def finish(self, body: list[Statement]) -> Code:
        """The whole function is known."""
        code = self.code
        code.body = Block(array_from(body, EMPTY))
        code.loops = array_from(self.loops, None)
        code.set_length(len(code.loops))
        return code


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
        return self.scope.finish(statements)

    # --- statements --------------------------------------------------------------------------------------------------
    def declaration(self) -> Statement:
        tokens, line = self.tokens, self.tokens.line()
        if tokens.accept("fun"):
            name = tokens.name()
            return self.define(name, self.function(name), line)
        if tokens.accept("var"):
            name = tokens.name()
            value = self.expression() if tokens.accept("=") else Literal(Value.NULL)
            tokens.expect(";")
            return self.define(name, value, line)
        return self.statement()

    def define(self, name: str, value: Expression, line: int) -> Statement:
        """What is declared outside functions and blocks is global."""
        if len(self.scope.blocks) == 0:
            return Do(SetGlobal(self.globals.cell(name), value, True, line))
        return Do(SetLocal(self.scope.add(name), value))

    def function(self, name: str) -> Expression:
        """`(a, b) { ... }`: a function sees its own variables and the globals."""
        outer = self.scope
        scope = self.scope = Scope(name)
        scope.open_block()
        self.tokens.expect("(")
        while not self.tokens.accept(")"):
            scope.add(self.tokens.name())
            scope.code.parameter_count += 1
            self.tokens.separate(")")
        code = scope.finish(self.block())
        self.scope = outer
        return Literal(Value.of_object(Function(code)))

    def block(self) -> list[Statement]:
        """`{ ... }`"""
        statements: list[Statement] = []
        self.tokens.expect("{")
        self.scope.open_block()
        while not self.tokens.accept("}"):
            statements.append(self.declaration())
        self.scope.close_block()
        return statements

    def statement(self) -> Statement:
        tokens, line = self.tokens, self.tokens.line()
        if tokens.at("{"):
            return Block(array_from(self.block(), EMPTY))
        if tokens.accept("print"):
            return Print(self.expression_before(";"))
        if tokens.accept("return"):
            return Return(Literal(Value.NULL) if tokens.accept(";") else self.expression_before(";"))
        if tokens.accept("if"):
            condition = self.condition()
            then = self.statement()
            return If(condition, then, self.statement() if tokens.accept("else") else EMPTY)
        if tokens.accept("while"):
            return self.loop(self.condition(), EMPTY, line)
        if tokens.accept("for"):
            return self.counted_loop(line)
        return Do(self.expression_before(";"))

    def expression_before(self, symbol: str) -> Expression:
        expression = self.expression()
        self.tokens.expect(symbol)
        return expression

    def condition(self) -> Expression:
        self.tokens.expect("(")
        return self.expression_before(")")

    def loop(self, condition: Expression, step: Statement, line: int) -> Statement:
        """A loop whose body comes next; `step` ends each turn."""
        body = Block(array_from([self.statement(), step], EMPTY))
        loop = While(condition, body, self.scope.code, len(self.scope.loops), line)
        self.scope.loops.append(loop)
        return loop

    def counted_loop(self, line: int) -> Statement:
        """`for (start; condition; step) body` as a `while` in a block."""
        tokens = self.tokens
        tokens.expect("(")
        self.scope.open_block()
        start = EMPTY if tokens.accept(";") else self.declaration()
        condition = Literal(Value.TRUE) if tokens.accept(";") else self.expression_before(";")
        step = EMPTY if tokens.accept(")") else Do(self.expression_before(")"))
        loop = self.loop(condition, step, line)
        self.scope.close_block()
        return Block(array_from([start, loop], EMPTY))

    # --- expressions -------------------------------------------------------------------------------------------------
    def expression(self) -> Expression:
        line = self.tokens.line()
        target = self.operation(1)
        if not self.tokens.accept("="):
            return target
        value = self.expression()
        if isinstance(target, Local):
            return SetLocal(target.slot, value)
        if isinstance(target, GetGlobal):
            return SetGlobal(target.cell, value, False, line)
        raise SourceError("only a variable can be assigned to", line)

    def operation(self, level: int) -> Expression:
        """Operands with operators of this level and tighter ones between them."""
        left = self.unary()
        while True:
            token = self.tokens.peek()
            found = LEVEL_OF.get(token.text, 0)
            if found < level or not self.tokens.accept(token.text):
                return left
            right = self.operation(found + 1)
            if token.text in BINARY:
                left = Binary(BINARY[token.text], left, right, token.line)
            else:
                left = Logical(left, right, token.text == "and")

    def unary(self) -> Expression:
        token = self.tokens.peek()
        if token.text in UNARY and self.tokens.accept(token.text):
            return Unary(UNARY[token.text], self.unary(), token.line)
        expression = self.primary()
        while self.tokens.at("("):
            expression = self.call(expression)
        return expression

    def call(self, callee: Expression) -> Expression:
        """The arguments lie in the callee's frame, which begins behind the slots in use here."""
        line = self.tokens.next().line
        scope = self.scope
        first = len(scope.names)
        scope.open_block()
        arguments: list[Expression] = []
        while not self.tokens.accept(")"):
            arguments.append(self.expression())
            scope.add("")
            self.tokens.separate(")")
        scope.close_block()
        return Call(callee, array_from(arguments, callee), first, scope.code, line)

    def primary(self) -> Expression:
        token = self.tokens.next()
        value = literal(token)
        if not value.same(Value.UNDEFINED):
            return Literal(value)
        if token.kind == NAME:
            slot = self.scope.slot(token.text)
            return Local(slot) if slot != NOT_LOCAL else GetGlobal(self.globals.cell(token.text), token.line)
        match token.text:
            case "fun":
                return self.function("function")
            case "(":
                return self.expression_before(")")
            case _:
                raise SourceError(f"an expression cannot begin with '{token.text}'", token.line)


def parse_program(text: str) -> Code:
    """The program's tree. Raises SourceError."""
    return Parser(TokenStream(tokenize(text, RULES))).program()
