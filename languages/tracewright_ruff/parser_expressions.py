"""Expressions: precedence, calls and members, literals, functions."""

from abc import abstractmethod
from typing import Final

from tracewright_ruff import syntax
from tracewright_ruff.diagnostics import Diagnostic
from tracewright_ruff.lexer import Lexer
from tracewright_ruff.parser_cursor import SyntaxFault, TokenCursor
from tracewright_ruff.syntax import BinaryOperator, Expression, LogicalOperator, UnaryOperator, Variant
from tracewright_ruff.tokens import Piece, Token, TokenKind

MAXIMUM_LITERAL_ITEMS = 4096


class Precedence:
    """Binary operators from loose to tight."""

    PIPE: Final = 1
    COALESCE: Final = 2
    OR: Final = 3
    AND: Final = 4
    EQUALITY: Final = 5
    COMPARISON: Final = 6
    ADDITIVE: Final = 7
    MULTIPLICATIVE: Final = 8


PRECEDENCES: dict[str, int] = {
    "|>": Precedence.PIPE,
    "??": Precedence.COALESCE,
    "||": Precedence.OR,
    "&&": Precedence.AND,
    "==": Precedence.EQUALITY,
    "!=": Precedence.EQUALITY,
    "<": Precedence.COMPARISON,
    "<=": Precedence.COMPARISON,
    ">": Precedence.COMPARISON,
    ">=": Precedence.COMPARISON,
    "+": Precedence.ADDITIVE,
    "-": Precedence.ADDITIVE,
    "*": Precedence.MULTIPLICATIVE,
    "/": Precedence.MULTIPLICATIVE,
    "%": Precedence.MULTIPLICATIVE,
}
BINARY_OPERATORS: dict[str, int] = {symbol: number for number, symbol in enumerate(syntax.BINARY_SYMBOLS)}
LOGICAL_OPERATORS: dict[str, int] = {
    "&&": LogicalOperator.AND,
    "||": LogicalOperator.OR,
    "??": LogicalOperator.COALESCE,
}
COMPOUND_OPERATORS: dict[str, int] = {
    symbol + "=": BINARY_OPERATORS[symbol]
    for symbol in syntax.BINARY_SYMBOLS[BinaryOperator.ADD : BinaryOperator.MODULO + 1]
}
VARIANTS: dict[str, int] = {"Ok": Variant.OK, "Err": Variant.ERR, "Some": Variant.SOME}


class ExpressionParser(TokenCursor):
    """Parses expressions; the parser of statements, which function bodies need, is a subclass."""

    def __init__(self, tokens: list[Token], diagnostics: list[Diagnostic]) -> None:
        super().__init__(tokens, diagnostics)
        self.in_head = False  # between `if`, `while`, `for`, `match` and the brace of its block
        self.saw_yield = False  # since the innermost function began

    @abstractmethod
    def parse_block(self, kind: str) -> list[syntax.Statement]:
        """`{ statements }`; `kind` names the block in messages."""

    # Precedence

    def parse_expression(self) -> Expression:
        """A whole expression. Tags and `throw` may only begin one, never stand inside a larger one."""
        self.enter_expression("expression")
        token = self.current()
        if token.kind == TokenKind.IDENTIFIER and self.ahead(1).is_symbol("::"):
            result = self._tag()
        elif token.is_name("throw") and self.ahead(1).is_symbol("("):
            self.advance()
            self.advance()
            arguments = self._arguments("to close throw arguments")
            result = syntax.Throw(token.line, token.column, arguments)
        else:
            result = self.parse_binary(Precedence.PIPE)
        self.leave_expression()
        return result

    def parse_head(self) -> Expression:
        """The condition or subject before a block: here `name {}` is a name and a block, not a struct literal."""
        outer = self.in_head
        self.in_head = True
        result = self.parse_expression()
        self.in_head = outer
        return result

    def parse_head_postfix(self) -> Expression:
        """As `parse_head`, without operators: what a `for` statement iterates over."""
        outer = self.in_head
        self.in_head = True
        result = self.parse_postfix()
        self.in_head = outer
        return result

    def parse_binary(self, lowest: int) -> Expression:
        """Operands joined by operators that bind at least as tightly as `lowest`."""
        left = self._unary()
        while True:
            token = self.current()
            if token.kind != TokenKind.OPERATOR:
                return left
            precedence = PRECEDENCES.get(token.text, 0)
            if precedence < lowest or precedence == 0:
                return left
            self.advance()
            right = self.parse_binary(precedence + 1)
            left = _joined(token.text, left, right)

    def _unary(self) -> Expression:
        token = self.current()
        if not token.is_symbol("-") and not token.is_symbol("!"):
            return self.parse_postfix()
        self.enter_expression("unary expression")
        self.advance()
        operand = self._unary()
        self.leave_expression()
        operator = UnaryOperator.NEGATE if token.text == "-" else UnaryOperator.NOT
        return syntax.Unary(token.line, token.column, operator, operand)

    # Calls and members

    def parse_postfix(self) -> Expression:
        """A primary with calls, members, indexes and `?` after it; nothing may follow a struct literal."""
        if self._at_struct_literal():
            return self._struct_literal()
        result = self._primary()
        while True:
            token = self.current()
            if token.kind != TokenKind.OPERATOR and token.kind != TokenKind.PUNCTUATION:
                return result
            match token.text:
                case "(":
                    self.advance()
                    arguments = self._arguments("to close function call arguments")
                    result = syntax.Call(result.line, result.column, result, arguments)
                case ".":
                    result = self._member(result)
                case "?.":
                    self.advance()
                    name = self.expect_name("Expected field name after '?.'")
                    result = syntax.OptionalFieldAccess(token.line, token.column, result, name.text)
                case "?":
                    self.advance()
                    result = syntax.TryOperator(token.line, token.column, result)
                case "[":
                    self.advance()
                    index = self._nested()
                    self.expect_symbol("]", "to close index expression")
                    result = syntax.IndexAccess(result.line, result.column, result, index)
                case _:
                    return result

    def _member(self, receiver: Expression) -> Expression:
        self.advance()
        name = self.expect_name("Expected field or method name after '.'")
        if not self.take_symbol("("):
            return syntax.FieldAccess(name.line, name.column, receiver, name.text)
        arguments = self._arguments("to close method call arguments")
        return syntax.MethodCall(name.line, name.column, receiver, name.text, arguments)

    def _nested(self) -> Expression:
        """An expression inside brackets of any kind, where the restriction on heads does not hold."""
        outer = self.in_head
        self.in_head = False
        result = self.parse_expression()
        self.in_head = outer
        return result

    def _arguments(self, context: str) -> list[Expression]:
        """Arguments up to and with the closing parenthesis; a trailing comma is fine."""
        arguments: list[Expression] = []
        while not self.at_symbol(")"):
            arguments.append(self._nested())
            if not self.take_symbol(","):
                break
        self.expect_symbol(")", context)
        return arguments

    def _tag(self) -> Expression:
        enumeration = self.advance()
        self.advance()
        variant = self.expect_name("Expected variant name after '::'")
        arguments: list[Expression] = []
        has_arguments = self.take_symbol("(")
        if has_arguments:
            arguments = self._arguments("to close tag arguments")
        place = enumeration
        return syntax.Tag(place.line, place.column, enumeration.text, variant.text, arguments, has_arguments)

    # Literals and other primaries

    def _primary(self) -> Expression:
        token = self.current()
        line = token.line
        column = token.column
        match token.kind:
            case TokenKind.IDENTIFIER:
                self.advance()
                return self._name_or_variant(token)
            case TokenKind.INTEGER:
                self.advance()
                return syntax.IntegerLiteral(line, column, token.integer)
            case TokenKind.FLOAT:
                self.advance()
                return syntax.FloatLiteral(line, column, token.number)
            case TokenKind.STRING:
                self.advance()
                return syntax.StringLiteral(line, column, token.text)
            case TokenKind.INTERPOLATION:
                self.advance()
                return syntax.Interpolation(line, column, [self._piece(piece) for piece in token.pieces])
            case TokenKind.BOOLEAN:
                self.advance()
                return syntax.BooleanLiteral(line, column, token.text == "true")
            case TokenKind.KEYWORD:
                return self._keyword_primary(token)
            case TokenKind.PUNCTUATION:
                return self._bracketed(token)
            case _:
                raise SyntaxFault(self.complain("Expected expression"))

    def _name_or_variant(self, token: Token) -> Expression:
        """The value of a name already passed; `Ok`, `Err` and `Some` demand an argument, `None` takes none."""
        if token.text == "None":
            return syntax.VariantConstructor(token.line, token.column, Variant.NONE, None)
        if token.text not in VARIANTS:
            return syntax.Name(token.line, token.column, token.text)
        if not self.take_symbol("("):
            raise SyntaxFault(self.complain(f"Expected '(' after '{token.text}'"))
        value = self._nested()
        self.expect_symbol(")", f"to close {token.text}(...)")
        return syntax.VariantConstructor(token.line, token.column, VARIANTS[token.text], value)

    def _keyword_primary(self, token: Token) -> Expression:
        line = token.line
        column = token.column
        match token.text:
            case "null":
                self.advance()
                return syntax.NullLiteral(line, column)
            case "self":
                self.advance()
                return syntax.Name(line, column, "self")
            case "func" | "async":
                return self._function_expression()
            case "await":
                self.advance()
                return syntax.Await(line, column, self.parse_expression())
            case "yield":
                self.advance()
                self.saw_yield = True
                if self.at_symbol(";") or self.at_symbol("}"):
                    return syntax.Yield(line, column, None)
                return syntax.Yield(line, column, self.parse_expression())
            case _:
                raise SyntaxFault(self.complain("Expected expression"))

    def _bracketed(self, token: Token) -> Expression:
        """What begins with a bracket: a parenthesised expression, an array or a dictionary."""
        outer = self.in_head
        self.in_head = False
        result: Expression
        match token.text:
            case "(":
                self.advance()
                result = self.parse_expression()
                self.expect_symbol(")", "to close parenthesized expression")
            case "[":
                result = self._array_literal()
            case "{":
                result = self._dictionary_literal()
            case _:
                raise SyntaxFault(self.complain("Expected expression"))
        self.in_head = outer
        return result

    def _array_literal(self) -> Expression:
        opening = self.advance()
        self.enter_expression("array literal")
        elements: list[Expression] = []
        while not self.at_symbol("]"):
            token = self.current()
            if len(elements) == MAXIMUM_LITERAL_ITEMS:
                raise SyntaxFault(
                    self.complain(f"Array literal exceeds maximum element count of {MAXIMUM_LITERAL_ITEMS}")
                )
            if self.take_symbol("..."):
                elements.append(syntax.Spread(token.line, token.column, self.parse_binary(Precedence.EQUALITY)))
            else:
                elements.append(self.parse_binary(Precedence.EQUALITY))
            if not self.take_symbol(","):
                break
        self.expect_symbol("]", "to close array literal")
        self.leave_expression()
        return syntax.ArrayLiteral(opening.line, opening.column, elements)

    def _dictionary_literal(self) -> Expression:
        opening = self.advance()
        self.enter_expression("dictionary literal")
        entries: list[syntax.DictionaryEntry] = []
        while not self.at_symbol("}"):
            if len(entries) == MAXIMUM_LITERAL_ITEMS:
                raise SyntaxFault(
                    self.complain(f"Dictionary literal exceeds maximum item count of {MAXIMUM_LITERAL_ITEMS}")
                )
            if self.take_symbol("..."):
                entries.append(syntax.DictionaryEntry(None, self.parse_binary(Precedence.EQUALITY)))
            else:
                key = self.parse_binary(Precedence.EQUALITY)
                if not self.take_symbol(":"):
                    raise SyntaxFault(self.complain("Expected ':' in dictionary literal"))
                entries.append(syntax.DictionaryEntry(key, self.parse_binary(Precedence.EQUALITY)))
            if not self.take_symbol(","):
                break
        self.expect_symbol("}", "to close dictionary literal")
        self.leave_expression()
        return syntax.DictionaryLiteral(opening.line, opening.column, entries)

    def _at_struct_literal(self) -> bool:
        """`Name {}` or `Name { field:`. In the head of a statement the first form is a name before an empty block."""
        if not self.at_kind(TokenKind.IDENTIFIER) or not self.ahead(1).is_symbol("{"):
            return False
        if self.ahead(2).is_symbol("}"):
            return not self.in_head
        return self.ahead(2).kind == TokenKind.IDENTIFIER and self.ahead(3).is_symbol(":")

    def _struct_literal(self) -> Expression:
        name = self.advance()
        self.advance()
        outer = self.in_head
        self.in_head = False
        self.enter_expression("struct literal")
        fields: list[syntax.FieldInitializer] = []
        while not self.at_symbol("}"):
            field = self.expect_name("Expected field name in struct literal")
            self.expect_symbol(":", "after field name in struct literal")
            fields.append(syntax.FieldInitializer(field.text, self.parse_binary(Precedence.EQUALITY)))
            if not self.take_symbol(","):
                break
        self.expect_symbol("}", "to close struct literal")
        self.leave_expression()
        self.in_head = outer
        return syntax.StructLiteral(name.line, name.column, name.text, fields)

    def _piece(self, piece: Piece) -> Expression:
        """A piece of an interpolated string. Its source is lexed and parsed alone, but nests in what surrounds it."""
        if not piece.is_expression:
            return syntax.StringLiteral(piece.line, piece.column, piece.text)
        lexer = Lexer(piece.text, piece.line, piece.column)
        lexer.run()
        if len(lexer.diagnostics) > 0:
            self.diagnostics.extend(lexer.diagnostics)
            raise SyntaxFault("the lexer has complained")
        outer_tokens = self.tokens
        outer_position = self.position
        complaints = len(self.diagnostics)
        self.tokens = lexer.tokens
        self.position = 0
        result: Expression | None = None
        try:
            result = self._nested()
            if not self.at_end():
                result = None
        except SyntaxFault:
            pass  # its message would speak of the end of the piece as the end of the file
        self.tokens = outer_tokens
        self.position = outer_position
        if result is None:
            del self.diagnostics[complaints : len(self.diagnostics)]
            message = "Invalid interpolated string expression"
            self.diagnostics.append(Diagnostic("RUFPARSE001", "parser", message, piece.line, piece.column))
            raise SyntaxFault(message)
        return result

    # Functions

    def _function_expression(self) -> Expression:
        first = self.current()
        is_async = self.take_keyword("async")
        if not self.take_keyword("func"):
            raise SyntaxFault(self.complain("Expected 'func' after 'async'"))
        is_generator = self.take_symbol("*")
        self.expect_symbol("(", "after 'func' in function expression")
        function = self.parse_function_rest(first, None, is_async, is_generator, False)
        return syntax.FunctionExpression(first.line, first.column, function)

    def parse_function_rest(
        self, first: Token, name: str | None, is_async: bool, is_generator: bool, allows_self: bool
    ) -> syntax.Function:
        """Parameters after the opening parenthesis, result type and body."""
        parameters: list[syntax.Parameter] = []
        while not self.at_symbol(")"):
            token = self.current()
            if token.kind != TokenKind.IDENTIFIER and not (allows_self and token.is_keyword("self")):
                break
            self.advance()
            self.parse_type_annotation()
            parameters.append(syntax.Parameter(token.text, token.line, token.column))
            if not self.take_symbol(","):
                break
        self.expect_symbol(")", "to close function parameter list")
        if self.take_symbol("->"):
            self._expect_simple_type()
        outer_saw_yield = self.saw_yield
        outer_in_head = self.in_head
        self.saw_yield = False
        self.in_head = False
        body = self.parse_block("function body")
        is_generator = is_generator or self.saw_yield
        self.saw_yield = outer_saw_yield
        self.in_head = outer_in_head
        return syntax.Function(name, parameters, body, is_async, is_generator, first.line, first.column)

    def parse_type_annotation(self) -> None:
        """Pass `: type` if it stands here. Types mean nothing at run time, so the tree does not hold them."""
        if self.take_symbol(":"):
            self._type()

    def at_type(self) -> bool:
        """Whether a type that Ruff knows begins here."""
        token = self.current()
        if token.kind == TokenKind.KEYWORD:
            return token.text == "int" or token.text == "float" or token.text == "string" or token.text == "bool"
        return token.is_name("Result") or token.is_name("Option")

    def _expect_simple_type(self) -> None:
        if not self.at_type() or not self.at_kind(TokenKind.KEYWORD):
            raise SyntaxFault(self.complain(f"Expected type name but found {self.current().describe()}"))
        self.advance()

    def _type(self) -> None:
        if not self.at_type():
            raise SyntaxFault(self.complain(f"Expected type name but found {self.current().describe()}"))
        self.enter_expression("type")
        token = self.advance()
        if token.kind == TokenKind.IDENTIFIER:
            self.expect_symbol("<", f"after '{token.text}' in type annotation")
            self._type()
            if token.text == "Result":
                self.expect_symbol(",", "between the types of 'Result'")
                self._type()
            self.expect_symbol(">", "to close type annotation")
        self.leave_expression()


def _joined(symbol: str, left: Expression, right: Expression) -> Expression:
    """The tree of one binary operator. A pipe is a call with its left side put before the written arguments."""
    if symbol in BINARY_OPERATORS:
        return syntax.Binary(left.line, left.column, BINARY_OPERATORS[symbol], left, right)
    if symbol in LOGICAL_OPERATORS:
        return syntax.Logical(left.line, left.column, LOGICAL_OPERATORS[symbol], left, right)
    first: list[Expression] = [left]
    if isinstance(right, syntax.Call):
        return syntax.Call(left.line, left.column, right.callee, first + right.arguments)
    if isinstance(right, syntax.MethodCall):
        return syntax.MethodCall(left.line, left.column, right.receiver, right.name, first + right.arguments)
    return syntax.Call(left.line, left.column, right, first)
