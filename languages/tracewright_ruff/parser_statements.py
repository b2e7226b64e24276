"""Statements: declarations, control flow, modules and test blocks."""

from typing import final

from tracewright_ruff import syntax
from tracewright_ruff.diagnostics import Diagnostic
from tracewright_ruff.parser_cursor import MAXIMUM_BLOCK_NESTING, SyntaxFault
from tracewright_ruff.parser_expressions import COMPOUND_OPERATORS, ExpressionParser
from tracewright_ruff.syntax import BindingKind, Expression, Pattern, Statement
from tracewright_ruff.tokens import Token, TokenKind

CHAINED_ASSIGNMENT = "Chained assignment is not supported; split the assignment into separate statements"
# Keywords that go on with a statement but begin none, and `impl`, which is merely reserved.
NEVER_FIRST: set[str] = {"else", "case", "default", "in", "except", "impl", "int", "float", "string", "bool"}


@final
class StatementParser(ExpressionParser):
    """Parses whole programs."""

    def __init__(self, tokens: list[Token], diagnostics: list[Diagnostic]) -> None:
        super().__init__(tokens, diagnostics)
        self.imports: list[syntax.ImportModule] = []

    def parse_program(self) -> syntax.Program:
        """Every statement of the file; after a fault, those that can be found again are parsed for their own faults."""
        statements: list[Statement] = []
        while not self.at_end():
            if self.take_symbol(";"):
                continue
            first = self.current()
            try:
                statements.append(self.parse_statement())
            except SyntaxFault:
                self._resynchronise(first)
        return syntax.Program(statements, self.imports)

    def _resynchronise(self, first: Token) -> None:
        """After a fault in the statement that began with `first`: go on at the next line that begins as far left.

        Programs are indented to show their structure, so this seldom mistakes the inside of a statement for a new one.
        """
        self.expression_nesting = 0
        self.block_nesting = 0
        self.in_head = False
        self.saw_yield = False
        previous_line = first.line if self.current() is first else self.ahead(-1).line
        while not self.at_end():
            token = self.current()
            if token.line > previous_line and token.column <= first.column and not token.is_symbol("}"):
                return
            previous_line = token.line
            self.advance()

    def parse_block(self, kind: str) -> list[Statement]:
        """`{ statements }`; `kind` names the block in messages."""
        self.expect_symbol("{", f"to start {kind}")
        self.block_nesting += 1
        if self.block_nesting > MAXIMUM_BLOCK_NESTING:
            limit = f"Maximum block nesting depth of {MAXIMUM_BLOCK_NESTING} exceeded"
            raise SyntaxFault(self.complain(f"{limit} while parsing {kind}"))
        outer_in_head = self.in_head
        self.in_head = False
        statements: list[Statement] = []
        while not self.at_symbol("}") and not self.at_end():
            if not self.take_symbol(";"):
                statements.append(self.parse_statement())
        self.expect_symbol("}", f"to close {kind}")
        self.in_head = outer_in_head
        self.block_nesting -= 1
        return statements

    def parse_statement(self) -> Statement:
        """One statement, told by its first token."""
        token = self.current()
        if token.kind == TokenKind.KEYWORD:
            return self._keyword_statement(token)
        if token.is_symbol("[") or token.is_symbol("{"):
            return self._destructuring_or_expression(token)
        return self._expression_or_assignment(token)

    def _keyword_statement(self, token: Token) -> Statement:
        match token.text:
            case "let" | "mut" | "const":
                return self._declaration(token)
            case "func" | "async":
                return syntax.FunctionDeclaration(token.line, token.column, self._function_declaration())
            case "enum":
                return self._enum(token)
            case "struct":
                return self._struct(token)
            case "if":
                return self._if()
            case "while" | "loop":
                return self._loop(token)
            case "for":
                return self._for(token)
            case "match":
                return self._match(token)
            case "try":
                return self._try(token)
            case "return":
                return self._return(token)
            case "break":
                self.advance()
                return syntax.Break(token.line, token.column)
            case "continue":
                self.advance()
                return syntax.Continue(token.line, token.column)
            case "import" | "from":
                return self._import(token)
            case "export":
                self.advance()
                return syntax.Export(token.line, token.column, self.parse_statement())
            case "spawn":
                self.advance()
                return syntax.Spawn(token.line, token.column, self.parse_block("spawn block"))
            case "test" | "test_group" | "test_setup" | "test_teardown":
                return self._test(token)
            case _:
                if token.text in NEVER_FIRST:
                    raise SyntaxFault(self.complain("Invalid statement"))
                return self._expression_or_assignment(token)

    # Expressions and assignments

    def _expression_or_assignment(self, token: Token) -> Statement:
        """Only a statement that begins with an identifier can assign, so `self.x := 1` is a mistake."""
        expression = self.parse_expression()
        if token.kind != TokenKind.IDENTIFIER:
            return syntax.ExpressionStatement(token.line, token.column, expression)
        operator = self.current()
        if not _is_assignment(operator):
            return syntax.ExpressionStatement(token.line, token.column, expression)
        if not isinstance(expression, (syntax.Name, syntax.FieldAccess, syntax.IndexAccess)):
            raise SyntaxFault(self.complain("Invalid assignment target"))
        self.advance()
        value = self.parse_expression()
        if operator.text in COMPOUND_OPERATORS:
            value = syntax.Binary(token.line, token.column, COMPOUND_OPERATORS[operator.text], expression, value)
        self._refuse_chain()
        return syntax.Assignment(token.line, token.column, expression, value)

    def _refuse_chain(self) -> None:
        if _is_assignment(self.current()):
            raise SyntaxFault(self.complain(CHAINED_ASSIGNMENT))

    def _destructuring_or_expression(self, token: Token) -> Statement:
        """`[a, b] := ...` declares; if the brackets turn out to be no pattern, they are a literal."""
        start = self.position
        complaints = len(self.diagnostics)
        nesting = self.expression_nesting
        pattern: Pattern | None = None
        try:
            pattern = self._pattern()
            if not self.at_symbol(":=") and not self.at_symbol("="):
                pattern = None
        except SyntaxFault:
            pass  # no pattern, so perhaps a literal
        if pattern is None:
            del self.diagnostics[complaints : len(self.diagnostics)]
            self.expression_nesting = nesting
            self.position = start
            return self._expression_or_assignment(token)
        self.advance()
        value = self.parse_expression()
        self._refuse_chain()
        return syntax.Declaration(token.line, token.column, BindingKind.LET, pattern, value, False)

    def _declaration(self, token: Token) -> Statement:
        self.advance()
        pattern: Pattern
        kind = BindingKind.MUT if token.text == "mut" else BindingKind.LET
        construct = "let declaration"
        if token.text == "const":
            kind = BindingKind.CONST
            construct = "const declaration"
            name = self.expect_name("Expected constant name after 'const'")
            pattern = syntax.NamePattern(name.line, name.column, name.text)
        else:
            pattern = self._pattern()
        self.parse_type_annotation()
        if not self.take_symbol(":=") and not self.take_symbol("="):
            found = self.current().describe()
            raise SyntaxFault(
                self.complain(f"Expected assignment operator (':=' or '=') in {construct} but found {found}")
            )
        value = self.parse_expression()
        self._refuse_chain()
        return syntax.Declaration(token.line, token.column, kind, pattern, value, True)

    def _pattern(self) -> Pattern:
        token = self.current()
        if token.is_symbol("["):
            return self._array_pattern(token)
        if token.is_symbol("{"):
            return self._dictionary_pattern(token)
        self.expect_name("Expected a name or a pattern")
        if token.text == "_":
            return syntax.IgnorePattern(token.line, token.column)
        return syntax.NamePattern(token.line, token.column, token.text)

    def _array_pattern(self, opening: Token) -> Pattern:
        self.advance()
        self.enter_expression("array pattern")
        items: list[Pattern] = []
        rest: str | None = None
        while not self.at_symbol("]"):
            if self.take_symbol("..."):
                rest = self.expect_name("Expected name after '...' in pattern").text
                self.take_symbol(",")
                break
            items.append(self._pattern())
            if not self.take_symbol(","):
                break
        self.expect_symbol("]", "to close array pattern")
        self.leave_expression()
        return syntax.ArrayPattern(opening.line, opening.column, items, rest)

    def _dictionary_pattern(self, opening: Token) -> Pattern:
        self.advance()
        keys: list[str] = []
        rest: str | None = None
        while not self.at_symbol("}"):
            if self.take_symbol("..."):
                rest = self.expect_name("Expected name after '...' in pattern").text
                self.take_symbol(",")
                break
            keys.append(self.expect_name("Expected key name in dictionary pattern").text)
            if not self.take_symbol(","):
                break
        self.expect_symbol("}", "to close dictionary pattern")
        return syntax.DictionaryPattern(opening.line, opening.column, keys, rest)

    # Functions and types

    def _function_declaration(self) -> syntax.Function:
        first = self.current()
        is_async = self.take_keyword("async")
        if not self.take_keyword("func"):
            raise SyntaxFault(self.complain("Expected 'func' after 'async'"))
        is_generator = self.take_symbol("*")
        name = self.expect_name("Expected function name after 'func'")
        self.expect_symbol("(", "after function name")
        return self.parse_function_rest(first, name.text, is_async, is_generator, True)

    def _enum(self, token: Token) -> Statement:
        self.advance()
        name = self.expect_name("Expected enum name after 'enum'")
        self.expect_symbol("{", "to start enum body")
        variants: list[str] = []
        while not self.at_symbol("}"):
            variants.append(self.expect_name("Expected variant name in enum").text)
            if not self.take_symbol(","):
                break
        self.expect_symbol("}", "to close enum body")
        return syntax.EnumDeclaration(token.line, token.column, name.text, variants)

    def _struct(self, token: Token) -> Statement:
        """Fields and methods; anything else between them is passed over, as Ruff does."""
        self.advance()
        name = self.expect_name("Expected struct name after 'struct'")
        self.expect_symbol("{", "to start struct body")
        fields: list[str] = []
        methods: list[syntax.Function] = []
        while not self.at_symbol("}") and not self.at_end():
            if self.at_keyword("func") or self.at_keyword("async"):
                methods.append(self._function_declaration())
            elif self.at_kind(TokenKind.IDENTIFIER):
                fields.append(self.advance().text)
                if self.take_symbol(":") and self.at_type():
                    self._type()
                self._skip_field_rest()
            else:
                self.advance()
        self.expect_symbol("}", "to close struct body")
        return syntax.StructDeclaration(token.line, token.column, name.text, fields, methods)

    def _skip_field_rest(self) -> None:
        """Pass unknown types and default values, up to where the next member or the end of the struct must be."""
        line = self.ahead(-1).line
        depth = 0
        while not self.at_end():
            token = self.current()
            if depth == 0:
                if (
                    token.is_symbol("}")
                    or token.is_symbol(",")
                    or token.is_keyword("func")
                    or token.is_keyword("async")
                ):
                    return
                if token.kind == TokenKind.IDENTIFIER and (token.line > line or self.ahead(1).is_symbol(":")):
                    return
            if token.is_symbol("{") or token.is_symbol("[") or token.is_symbol("("):
                depth += 1
            elif token.is_symbol("}") or token.is_symbol("]") or token.is_symbol(")"):
                depth -= 1
            line = token.line
            self.advance()

    # Control flow

    def _if(self) -> Statement:
        """A chain of `else if` is read in a loop, so that a long one does not nest the parser."""
        conditions: list[Expression] = []
        bodies: list[list[Statement]] = []
        places: list[Token] = []
        otherwise: list[Statement] | None = None
        while True:
            places.append(self.advance())
            conditions.append(self.parse_head())
            bodies.append(self.parse_block("if block"))
            if not self.take_keyword("else"):
                break
            if not self.at_keyword("if"):
                otherwise = self.parse_block("else block")
                break
        for index in reversed(range(len(conditions))):
            place = places[index]
            otherwise = [syntax.If(place.line, place.column, conditions[index], bodies[index], otherwise)]
        assert otherwise is not None
        return otherwise[0]

    def _loop(self, token: Token) -> Statement:
        self.advance()
        if token.text == "loop" and not self.take_keyword("while"):
            return syntax.Loop(token.line, token.column, self.parse_block("loop body"))
        condition = self.parse_head()
        body = self.parse_block("while body" if token.text == "while" else "loop body")
        return syntax.While(token.line, token.column, condition, body)

    def _for(self, token: Token) -> Statement:
        self.advance()
        variable = self.expect_name("Expected loop variable name after 'for'")
        if not self.take_keyword("in"):
            raise SyntaxFault(self.complain(f"Expected 'in' in for loop but found {self.current().describe()}"))
        iterable = self.parse_head_postfix()
        body = self.parse_block("for loop body")
        return syntax.For(token.line, token.column, variable.text, iterable, body)

    def _match(self, token: Token) -> Statement:
        self.advance()
        subject = self.parse_head()
        self.expect_symbol("{", "to start match body")
        cases: list[syntax.MatchCase] = []
        default: list[Statement] | None = None
        while not self.at_symbol("}"):
            if self.at_keyword("case"):
                cases.append(self._case())
            elif self.take_keyword("default"):
                self.advance()  # the colon; what stands in its place is never looked at
                default = self.parse_block("match default block")
            else:
                found = self.current().describe()
                raise SyntaxFault(self.complain(f"Expected 'case' or 'default' in match but found {found}"))
        self.expect_symbol("}", "to close match body")
        return syntax.Match(token.line, token.column, subject, cases, default)

    def _case(self) -> syntax.MatchCase:
        token = self.advance()
        name = self.expect_name("Expected pattern name after 'case'").text
        if self.take_symbol("::"):
            name = name + "::" + self.expect_name("Expected variant name after '::'").text
        binding: str | None = None
        if self.take_symbol("("):
            binding = self.expect_name("Expected variable name in match pattern").text
            self.expect_symbol(")", "to close match pattern")
        self.advance()  # the colon; what stands in its place is never looked at
        body = self.parse_block("match case block")
        return syntax.MatchCase(name, binding, body, token.line, token.column)

    def _try(self, token: Token) -> Statement:
        self.advance()
        body = self.parse_block("try block")
        if not self.take_keyword("except"):
            raise SyntaxFault(self.complain(f"Expected 'except' after try block but found {self.current().describe()}"))
        variable = self.expect_name("Expected exception variable after 'except'")
        handler = self.parse_block("except block")
        return syntax.TryExcept(token.line, token.column, body, variable.text, handler)

    def _return(self, token: Token) -> Statement:
        self.advance()
        if self.at_symbol(";") or self.at_symbol("}") or self.at_end():
            return syntax.Return(token.line, token.column, None)
        return syntax.Return(token.line, token.column, self.parse_expression())

    # Modules and tests

    def _import(self, token: Token) -> Statement:
        self.advance()
        if token.text == "import":
            module = self.expect_name("Expected module name after 'import'")
            statement = syntax.ImportModule(token.line, token.column, module.text)
            self.imports.append(statement)
            return statement
        path = self.expect_name("Expected module name after 'from'").text
        while self.take_symbol("."):
            segment = self.expect_name("Expected module path segment after '.' in from-import statement")
            path = path + "." + segment.text
        self.expect_keyword("import", "after module path in from-import statement")
        names: list[str] = [self.expect_name("Expected imported symbol name").text]
        while self.take_symbol(","):
            names.append(self.expect_name("Expected imported symbol name").text)
        return syntax.ImportNames(token.line, token.column, path, names)

    def _test(self, token: Token) -> Statement:
        self.advance()
        line = token.line
        column = token.column
        match token.text:
            case "test_setup":
                return syntax.TestSetup(line, column, self.parse_block("test setup body"))
            case "test_teardown":
                return syntax.TestTeardown(line, column, self.parse_block("test teardown body"))
            case "test":
                name = self._expect_string("Expected test name string after 'test'")
                return syntax.Test(line, column, name, self.parse_block("test body"))
            case _:
                name = self._expect_string("Expected group name string after 'test_group'")
                return syntax.TestGroup(line, column, name, self.parse_block("test group body"))

    def _expect_string(self, message: str) -> str:
        if not self.at_kind(TokenKind.STRING):
            raise SyntaxFault(self.complain(message))
        return self.advance().text


def _is_assignment(token: Token) -> bool:
    return token.kind == TokenKind.OPERATOR and (
        token.text == ":=" or token.text == "=" or token.text in COMPOUND_OPERATORS
    )
