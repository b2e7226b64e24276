"""Lox's parser: text to tree. It gives every local variable, and every call's frame, its place in the frame of its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest.global_cells import Globals
from tracewright.guest.numeric_values import (
    number_divide,
    number_less,
    number_less_equal,
    number_modulo,
    number_multiply,
    number_negate,
    number_subtract,
)
from tracewright.guest.objects import add, literal, truth, values_equal
from tracewright.guest.tokens import NAME, TokenRules, TokenStream, tokenize
from tracewright.lib.array_tools import array_from
from tracewright_lox import interpreter as tree

RULES: Final = TokenRules(
    "and else false for fun if nil or print return true var while", "!= <= >= == < > = + - * / % ! ( ) { } , ;", "//"
)
# Binary operators by how tightly they bind, loosest first; level 1 is `or`.
LEVELS: Final = ("or", "and", "== !=", "< <= > >=", "+ -", "* / %")
LEVEL_OF: Final[dict[str, int]] = {symbol: k + 1 for k, level in enumerate(LEVELS) for symbol in level.split()}

# What operators compute; UNDEFINED where the operands do not go together.
UNARY: Final[dict[str, Callable[[Value], Value]]] = {
    "-": number_negate,
    "!": lambda operand: Value.of_bool(not truth(operand)),
}
BINARY: Final[dict[str, Callable[[Value, Value], Value]]] = {
    "+": add,
    "-": number_subtract,
    "*": number_multiply,
    "/": number_divide,
    "%": number_modulo,
    "==": lambda left, right: Value.of_bool(values_equal(left, right)),
    "!=": lambda left, right: Value.of_bool(not values_equal(left, right)),
    "<": number_less,
    "<=": number_less_equal,
    ">": lambda left, right: number_less(right, left),
    ">=": lambda left, right: number_less_equal(right, left),
}
NOT_LOCAL: Final = -1


@final
class Scope:
    """A function being parsed: the names of its slots, "" for temporaries, and how many there were where each block began."""

    def __init__(self, name: str) -> None:
        self.code = tree.Code(name)
        self.names: list[str] = []
        self.blocks: list[int] = []
        self.loops: list[tree.While | None] = [None]

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

    def finish(self, body: list[tree.Statement]) -> tree.Code:
        """The whole function is known."""
        code = self.code
        code.body = tree.Block(array_from(body, tree.EMPTY))
        code.loops = array_from(self.loops, None)
        code.set_length(len(code.loops))
        return code


@final
class Parser:
    def __init__(self, tokens: TokenStream) -> None:
        self.tokens = tokens
        self.globals = Globals()
        self.scope = Scope("program")

    def program(self) -> tree.Code:
        statements: list[tree.Statement] = []
        while not self.tokens.at_end():
            statements.append(self.declaration())
        return self.scope.finish(statements)

    # --- statements --------------------------------------------------------------------------------------------------
    def declaration(self) -> tree.Statement:
        tokens, line = self.tokens, self.tokens.line()
        if tokens.accept("fun"):
            name = tokens.name()
            return self.define(name, self.function(name), line)
        if tokens.accept("var"):
            name = tokens.name()
            value = self.expression() if tokens.accept("=") else tree.Literal(Value.NULL)
            tokens.expect(";")
            return self.define(name, value, line)
        return self.statement()

    def define(self, name: str, value: tree.Expression, line: int) -> tree.Statement:
        """What is declared outside functions and blocks is global."""
        if len(self.scope.blocks) == 0:
            return tree.Do(tree.SetGlobal(self.globals.cell(name), value, True, line))
        return tree.Do(tree.SetLocal(self.scope.add(name), value))

    def function(self, name: str) -> tree.Expression:
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
        return tree.Literal(Value.of_object(tree.Function(code)))

    def block(self) -> list[tree.Statement]:
        """`{ ... }`"""
        statements: list[tree.Statement] = []
        self.tokens.expect("{")
        self.scope.open_block()
        while not self.tokens.accept("}"):
            statements.append(self.declaration())
        self.scope.close_block()
        return statements

    def statement(self) -> tree.Statement:
        with self.tokens.nesting:
            tokens, line = self.tokens, self.tokens.line()
            if tokens.at("{"):
                return tree.Block(array_from(self.block(), tree.EMPTY))
            if tokens.accept("print"):
                return tree.Print(self.expression_before(";"))
            if tokens.accept("return"):
                return tree.Return(tree.Literal(Value.NULL) if tokens.accept(";") else self.expression_before(";"))
            if tokens.accept("if"):
                condition = self.condition()
                then = self.statement()
                return tree.If(condition, then, self.statement() if tokens.accept("else") else tree.EMPTY)
            if tokens.accept("while"):
                return self.loop(self.condition(), tree.EMPTY, line)
            if tokens.accept("for"):
                return self.counted_loop(line)
            return tree.Do(self.expression_before(";"))

    def expression_before(self, symbol: str) -> tree.Expression:
        expression = self.expression()
        self.tokens.expect(symbol)
        return expression

    def condition(self) -> tree.Expression:
        self.tokens.expect("(")
        return self.expression_before(")")

    def loop(self, condition: tree.Expression, step: tree.Statement, line: int) -> tree.Statement:
        """A loop whose body comes next; `step` ends each turn."""
        body = tree.Block(array_from([self.statement(), step], tree.EMPTY))
        loop = tree.While(condition, body, self.scope.code, len(self.scope.loops), line)
        self.scope.loops.append(loop)
        return loop

    def counted_loop(self, line: int) -> tree.Statement:
        """`for (start; condition; step) body` as a `while` in a block."""
        tokens = self.tokens
        tokens.expect("(")
        self.scope.open_block()
        start = tree.EMPTY if tokens.accept(";") else self.declaration()
        condition = tree.Literal(Value.TRUE) if tokens.accept(";") else self.expression_before(";")
        step = tree.EMPTY if tokens.accept(")") else tree.Do(self.expression_before(")"))
        loop = self.loop(condition, step, line)
        self.scope.close_block()
        return tree.Block(array_from([start, loop], tree.EMPTY))

    # --- expressions -------------------------------------------------------------------------------------------------
    def expression(self) -> tree.Expression:
        with self.tokens.nesting:
            token = self.tokens.peek()
            target = self.operation(1)
            if not self.tokens.accept("="):
                return target
            value = self.expression()
            if isinstance(target, tree.Local):
                return tree.SetLocal(target.slot, value)
            if isinstance(target, tree.GetGlobal):
                return tree.SetGlobal(target.cell, value, False, token.line)
            raise token.error("only a variable can be assigned to")

    def operation(self, level: int) -> tree.Expression:
        """Operands with operators of this level and tighter ones between them."""
        left = self.unary()
        while True:
            token = self.tokens.peek()
            found = LEVEL_OF.get(token.text, 0)
            if found < level or not self.tokens.accept(token.text):
                return left
            right = self.operation(found + 1)
            if token.text in BINARY:
                left = tree.Binary(BINARY[token.text], left, right, token.line)
            else:
                left = tree.Logical(left, right, token.text == "and")

    def unary(self) -> tree.Expression:
        with self.tokens.nesting:
            token = self.tokens.peek()
            if token.text in UNARY and self.tokens.accept(token.text):
                return tree.Unary(UNARY[token.text], self.unary(), token.line)
            expression = self.primary()
            while self.tokens.at("("):
                expression = self.call(expression)
            return expression

    def call(self, callee: tree.Expression) -> tree.Expression:
        """The arguments lie in the callee's frame, which begins behind the slots in use here."""
        line = self.tokens.next().line
        scope = self.scope
        first = len(scope.names)
        scope.open_block()
        arguments: list[tree.Expression] = []
        while not self.tokens.accept(")"):
            arguments.append(self.expression())
            scope.add("")
            self.tokens.separate(")")
        scope.close_block()
        return tree.Call(callee, array_from(arguments, callee), first, scope.code, line)

    def primary(self) -> tree.Expression:
        token = self.tokens.next()
        value = literal(token)
        if not value.same(Value.UNDEFINED):
            return tree.Literal(value)
        if token.kind == NAME:
            slot = self.scope.slot(token.text)
            return tree.Local(slot) if slot != NOT_LOCAL else tree.GetGlobal(self.globals.cell(token.text), token.line)
        match token.text:
            case "fun":
                return self.function("function")
            case "(":
                return self.expression_before(")")
            case _:
                raise token.error(f"an expression cannot begin with '{token.text}'")


def parse_program(text: str) -> tree.Code:
    """The program's tree. Raises SourceError."""
    return Parser(TokenStream(tokenize(text, RULES))).program()
