"""Statements and declarations."""

from __future__ import annotations

from abc import abstractmethod

from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.parser_classes import ClassParser
from tracewright_javascript.parser_cursor import NOWHERE, Label
from tracewright_javascript.parser_functions import FunctionHead
from tracewright_javascript.scopes import BlockFunction, ScopeKind, Variable, VariableKind
from tracewright_javascript.syntax import Expression, FunctionKind, Identifier, Statement
from tracewright_javascript.syntax_statements import (
    Block,
    Branch,
    Break,
    Case,
    ClassDeclaration,
    Continue,
    Debugger,
    Declarator,
    DoWhile,
    Empty,
    ExpressionStatement,
    FunctionDeclaration,
    If,
    Labelled,
    Return,
    Switch,
    Throw,
    Try,
    VariableDeclaration,
    While,
    With,
)
from tracewright_javascript.tokens import Kind, Token


class StatementParser(ClassParser):
    """Reads statements; those of modules and the heads of `for` are read by subclasses."""

    @abstractmethod
    def parse_for(self) -> Statement:
        """A `for` statement of any kind."""

    @abstractmethod
    def parse_import_or_expression(self) -> Statement:
        """`import` at the beginning of a statement."""

    @abstractmethod
    def parse_export(self) -> Statement:
        """`export` at the beginning of a statement."""

    # Which statement

    def parse_statement_list_item(self) -> Statement:
        token = self.token
        start = token.start
        match token.kind:
            case Kind.FUNCTION:
                return self.parse_function_declaration(start, False)
            case Kind.CLASS:
                return self.parse_class_declaration()
            case Kind.CONST:
                return self._parse_lexical_declaration(Kind.CONST)
            case Kind.LET:
                if not token.escaped and begins_binding(self.peek().token):
                    return self._parse_lexical_declaration(Kind.LET)
            case Kind.ASYNC:
                if self.at_async_function():
                    return self.parse_async_declaration()
            case Kind.IMPORT:
                return self.parse_import_or_expression()
            case Kind.EXPORT:
                return self.parse_export()
        return self.parse_statement()

    def at_async_function(self) -> bool:
        """Whether `async function` stands here, on one line."""
        if not self.at(Kind.ASYNC):
            return False
        after = self.peek().token
        return after.kind == Kind.FUNCTION and not after.newline_before and not after.escaped

    def parse_statement(self) -> Statement:
        """A statement that is no declaration."""
        self.enter()
        result = self._parse_statement()
        self.leave()
        return result

    def _parse_statement(self) -> Statement:
        token = self.token
        start = token.start
        match token.kind:
            case Kind.OPEN_BRACE:
                return self.parse_block(ScopeKind.BLOCK)
            case Kind.VAR:
                return self._parse_var()
            case Kind.SEMICOLON:
                self.advance()
                return Empty(start, self.last_end)
            case Kind.IF:
                return self._parse_if()
            case Kind.FOR:
                return self.parse_for()
            case Kind.WHILE:
                return self._parse_while()
            case Kind.DO:
                return self._parse_do()
            case Kind.CONTINUE:
                return self._parse_continue()
            case Kind.BREAK:
                return self._parse_break()
            case Kind.RETURN:
                return self._parse_return()
            case Kind.WITH:
                return self._parse_with()
            case Kind.SWITCH:
                return self._parse_switch()
            case Kind.THROW:
                return self._parse_throw()
            case Kind.TRY:
                return self._parse_try()
            case Kind.DEBUGGER:
                self.advance()
                self.expect_semicolon()
                return Debugger(start, self.last_end)
            case Kind.FUNCTION | Kind.CLASS | Kind.CONST | Kind.IMPORT | Kind.EXPORT:
                return self._parse_misplaced()
            case _:
                return self._parse_expression_statement()

    def parse_body_statement(self) -> Statement:
        """The statement that `if`, a loop or `with` governs: no function, not even behind labels."""
        start = self.token.start
        result = self.parse_statement()
        inner = result
        while isinstance(inner, Labelled):
            inner = inner.body
        if isinstance(inner, FunctionDeclaration):
            raise SyntaxFault(messages.SLOPPY_FUNCTION_POSITION, start, inner.start + len("function"))
        return result

    def _parse_misplaced(self) -> Statement:
        """A declaration where only a statement may stand; `import(...)` and `import.meta` are none."""
        token = self.token
        match token.kind:
            case Kind.FUNCTION:
                if self.is_strict:
                    raise self.fault_at_token(messages.STRICT_FUNCTION_POSITION)
                raise self.fault_at_token(messages.SLOPPY_FUNCTION_POSITION)
            case Kind.CONST:
                raise self.fault_at_token(messages.LEXICAL_POSITION)
            case Kind.IMPORT:
                after = self.peek().token.kind
                if after == Kind.OPEN_PARENTHESIS or after == Kind.DOT:
                    return self._parse_expression_statement()
                if not self.is_module:
                    raise self.fault_at_token(messages.IMPORT_OUTSIDE)
        raise self.unexpected()

    def _parse_expression_statement(self) -> Statement:
        token = self.token
        start = token.start
        if token.kind == Kind.LET and not token.escaped:
            self._check_let()
        if token.kind == Kind.ASYNC and self.at_async_function():
            raise self.fault_at_token(messages.ASYNC_FUNCTION_POSITION)
        starts_with_name = token.is_name()
        expression = self.parse_expression(True)
        if starts_with_name and token.kind == Kind.COLON and isinstance(expression, Identifier):
            if not expression.parenthesized:
                return self._parse_labelled(expression)
        self.expect_semicolon()
        return ExpressionStatement(start, self.last_end, expression, None)

    def _check_let(self) -> None:
        """`let [` never begins an expression statement; `let name` where a statement is expected is a misplaced declaration."""
        after = self.peek().token
        if after.kind == Kind.OPEN_BRACKET:
            raise self.fault_at_token(messages.LEXICAL_POSITION)
        if not after.newline_before and (after.is_name() or after.kind == Kind.OPEN_BRACE):
            raise self.fault_at_token(messages.LEXICAL_POSITION)

    # Blocks and lists

    def parse_block(self, kind: int) -> Block:
        """Braces with a scope of this ScopeKind."""
        start = self.token.start
        if self.token.kind != Kind.OPEN_BRACE:
            raise self.unexpected()
        scope = self.scopes.open(kind, self.is_strict)
        block = self.parse_braces()
        self.scopes.close()
        return Block(start, self.last_end, block, scope)

    def parse_braces(self) -> list[Statement]:
        """Braces and the statements in them, in the current scope."""
        self.expect(Kind.OPEN_BRACE)
        statements: list[Statement] = []
        while self.token.kind != Kind.CLOSE_BRACE:
            statements.append(self.parse_statement_list_item())
        self.advance()
        return statements

    # Declarations

    def _parse_var(self) -> Statement:
        start = self.token.start
        self.advance()
        declarators = self.parse_declarators(Kind.VAR, VariableKind.VAR)
        self.expect_semicolon()
        return VariableDeclaration(start, self.last_end, Kind.VAR, declarators)

    def _parse_lexical_declaration(self, keyword: int) -> Statement:
        start = self.token.start
        self.advance()
        kind = VariableKind.LET if keyword == Kind.LET else VariableKind.CONST
        declarators = self.parse_declarators(keyword, kind)
        self.expect_semicolon()
        return VariableDeclaration(start, self.last_end, keyword, declarators)

    def parse_declarators(self, keyword: int, kind: int) -> list[Declarator]:
        """`name = value, ...` of a declaration that is a statement."""
        declarators: list[Declarator] = []
        while True:
            declarators.append(self._parse_declarator(keyword, kind))
            if not self.take(Kind.COMMA):
                return declarators

    def _parse_declarator(self, keyword: int, kind: int) -> Declarator:
        start = self.token.start
        outer = self.declared
        self.declared = []
        target = self.parse_binding_target(kind)
        declared = self.declared
        value = self.parse_initializer(target, True)
        if value is None:
            if not isinstance(target, Identifier):
                raise SyntaxFault(messages.PATTERN_INITIALIZER, target.start, target.end)
            if keyword == Kind.CONST:
                raise SyntaxFault(messages.CONST_INITIALIZER, target.start, target.end)
        self.declare_now(declared)
        self.declared = outer
        return Declarator(start, self.last_end, target, value)

    def parse_initializer(self, target: Expression, allows_in: bool) -> Expression | None:
        """`= value` behind a declared target, if it is there."""
        if self.token.kind != Kind.ASSIGN:
            return None
        self.advance()
        if isinstance(target, Identifier):
            target.is_write = True
        return self.parse_assignment(allows_in)

    def parse_async_declaration(self) -> Statement:
        """`async function`, which stands here."""
        start = self.token.start
        self.advance()
        return self.parse_function_declaration(start, True)

    def parse_function_declaration(self, start: int, is_async: bool, may_be_nameless: bool = False) -> Statement:
        """From `function` on. A name may only be missing behind `export default`."""
        self.advance()
        head = FunctionHead(FunctionKind.ORDINARY, start)
        head.is_async = is_async
        head.is_generator = self.take(Kind.MULTIPLY)
        head.is_hoisted = True
        if may_be_nameless and self.token.kind == Kind.OPEN_PARENTHESIS:
            target = Identifier(self.token.start, self.token.start, "*default*")
            head.name = "default"
        else:
            target = self.read_binding_name()
            head.name = target.name
            head.name_start = target.start
        block_function = self._declare_function(target, is_async or head.is_generator)
        self.scopes.use(target)
        function = self.parse_function(head)
        return FunctionDeclaration(start, self.last_end, target, function, block_function)

    def _declare_function(self, target: Identifier, is_special: bool) -> BlockFunction | None:
        if self.at_top_of_function():
            self.scopes.declare_var(target.name, VariableKind.FUNCTION, target.start)
            return None
        if self.is_strict or is_special:
            self.scopes.declare_lexical(target.name, VariableKind.LEXICAL_FUNCTION, target.start)
            return None
        self.scopes.declare_lexical(target.name, VariableKind.BLOCK_FUNCTION, target.start)
        return self.scopes.declare_block_function(target.name, target.start)

    def parse_class_declaration(self, may_be_nameless: bool = False) -> Statement:
        """From `class` on. A name may only be missing behind `export default`."""
        start = self.token.start
        self.advance()
        if may_be_nameless and not self.token.is_name():
            target = Identifier(self.token.start, self.token.start, "*default*")
            name, name_start = "", NOWHERE
        else:
            was_strict = self.is_strict
            self.is_strict = True
            target = self.read_binding_name()
            self.is_strict = was_strict
            name, name_start = target.name, target.start
        variable = self._declare_class(target)
        definition = self.parse_class(start, name, name_start)
        variable.initialized_at = self.last_end
        return ClassDeclaration(start, self.last_end, target, definition)

    def _declare_class(self, target: Identifier) -> Variable:
        variable = self.scopes.declare_lexical(target.name, VariableKind.CLASS, target.start)
        self.scopes.use(target)
        return variable

    # Branches

    def _parse_if(self) -> Statement:
        start = self.token.start
        branches: list[Branch] = []
        otherwise: Statement | None = None
        while True:
            branch_start = self.token.start
            self.advance()
            self.expect(Kind.OPEN_PARENTHESIS)
            test = self.parse_expression(True)
            self.expect(Kind.CLOSE_PARENTHESIS)
            body = self._parse_branch_body()
            branches.append(Branch(branch_start, self.last_end, test, body))
            if not self.take(Kind.ELSE):
                break
            if self.token.kind != Kind.IF:
                otherwise = self._parse_branch_body()
                break
        return If(start, self.last_end, branches, otherwise)

    def _parse_branch_body(self) -> Statement:
        """A statement, or in sloppy code a function, as if in braces (Annex B.3.3)."""
        if self.token.kind != Kind.FUNCTION or self.is_strict:
            return self.parse_body_statement()
        start = self.token.start
        if self.peek().token.kind == Kind.MULTIPLY:
            raise self.fault_at_token(messages.GENERATOR_POSITION)
        scope = self.scopes.open(ScopeKind.BLOCK, self.is_strict)
        declaration = self.parse_function_declaration(start, False)
        self.scopes.close()
        return Block(start, self.last_end, [declaration], scope)

    def _parse_switch(self) -> Statement:
        start = self.token.start
        self.advance()
        self.expect(Kind.OPEN_PARENTHESIS)
        subject = self.parse_expression(True)
        self.expect(Kind.CLOSE_PARENTHESIS)
        self.expect(Kind.OPEN_BRACE)
        scope = self.scopes.open(ScopeKind.SWITCH, self.is_strict)
        self.context.breakable += 1
        cases: list[Case] = []
        has_default = False
        while self.token.kind != Kind.CLOSE_BRACE:
            case_start = self.token.start
            test: Expression | None = None
            if self.take(Kind.CASE):
                test = self.parse_expression(True)
            elif self.token.kind == Kind.DEFAULT:
                if has_default:
                    raise self.fault_at_token(messages.SECOND_DEFAULT)
                has_default = True
                self.advance()
            else:
                raise self.unexpected()
            self.expect(Kind.COLON)
            statements: list[Statement] = []
            while not _ends_case(self.token.kind):
                statements.append(self.parse_statement_list_item())
            cases.append(Case(case_start, self.last_end, test, statements))
        self.context.breakable -= 1
        self.scopes.close()
        self.advance()
        return Switch(start, self.last_end, subject, cases, scope)

    # Loops, except `for`

    def parse_loop_body(self) -> Statement:
        """The statement that a loop repeats."""
        context = self.context
        context.breakable += 1
        context.loops += 1
        result = self.parse_body_statement()
        context.breakable -= 1
        context.loops -= 1
        return result

    def _parse_while(self) -> Statement:
        start = self.token.start
        self.advance()
        self.expect(Kind.OPEN_PARENTHESIS)
        test = self.parse_expression(True)
        self.expect(Kind.CLOSE_PARENTHESIS)
        body = self.parse_loop_body()
        return While(start, self.last_end, test, body)

    def _parse_do(self) -> Statement:
        start = self.token.start
        self.advance()
        body = self.parse_loop_body()
        self.expect(Kind.WHILE)
        self.expect(Kind.OPEN_PARENTHESIS)
        test = self.parse_expression(True)
        self.expect(Kind.CLOSE_PARENTHESIS)
        self.take(Kind.SEMICOLON)  # which is inserted here even on one line
        return DoWhile(start, self.last_end, body, test)

    # Jumps

    def _parse_label_use(self) -> str | None:
        """The label behind `break` or `continue`, on the same line."""
        token = self.token
        if token.newline_before or not token.is_name():
            return None
        name = self.read_label()
        for label in self.context.labels:
            if label.name == name:
                return name
        start = self.last_end - len(name)
        raise SyntaxFault(messages.about(messages.UNDEFINED_LABEL, name), start, self.last_end)

    def read_label(self) -> str:
        """A name that is neither used nor declared."""
        self._check_token()
        text = self.token.text
        self.advance()
        return text

    def _parse_break(self) -> Statement:
        start = self.token.start
        self.advance()
        label = self._parse_label_use()
        if label is None and self.context.breakable == 0:
            raise SyntaxFault(messages.ILLEGAL_BREAK, start, self.last_end)
        self.expect_semicolon()
        return Break(start, self.last_end, label)

    def _parse_continue(self) -> Statement:
        start = self.token.start
        self.advance()
        name = self._parse_label_use()
        if self.context.loops == 0 and name is None:
            raise SyntaxFault(messages.ILLEGAL_CONTINUE, start, self.last_end)
        for label in self.context.labels:
            if label.name == name and not label.is_iteration:
                raise SyntaxFault(messages.about(messages.NO_ITERATION_LABEL, label.name), start, self.last_end)
        self.expect_semicolon()
        return Continue(start, self.last_end, name)

    def _parse_labelled(self, name: Identifier) -> Statement:
        """A label, whose name was read as an expression; the colon comes next."""
        name.is_declared = True
        labels = self.context.labels
        for label in labels:
            if label.name == name.name:
                raise SyntaxFault(messages.about(messages.DUPLICATE_LABEL, name.name), name.start, name.end)
        self.advance()
        label = Label(name.name, self.token.start)
        labels.append(label)
        label.is_iteration = self._labels_iteration()
        if self.token.kind == Kind.FUNCTION:
            body = self._parse_labelled_function()
        else:
            body = self.parse_statement()
        labels.pop()
        return Labelled(name.start, self.last_end, name.name, body)

    def _labels_iteration(self) -> bool:
        """Whether the statement here, behind its further labels, is a loop."""
        here = self.lexer.save()
        while self.token.is_name():
            self.lexer.next_token()
            if self.token.kind != Kind.COLON:
                break
            self.lexer.next_token()
        kind = self.token.kind
        self.lexer.restore(here)
        return kind == Kind.FOR or kind == Kind.WHILE or kind == Kind.DO

    def _parse_labelled_function(self) -> Statement:
        start = self.token.start
        if self.is_strict:
            raise self.fault_at_token(messages.STRICT_FUNCTION_POSITION)
        if self.peek().token.kind == Kind.MULTIPLY:
            raise self.fault_at_token(messages.GENERATOR_POSITION)
        return self.parse_function_declaration(start, False)

    def _parse_return(self) -> Statement:
        start = self.token.start
        if not self.context.allows_return:
            raise self.fault_at_token(messages.ILLEGAL_RETURN)
        self.advance()
        value: Expression | None = None
        if not self._ends_statement():
            value = self.parse_expression(True)
        self.expect_semicolon()
        return Return(start, self.last_end, value)

    def _ends_statement(self) -> bool:
        token = self.token
        return (
            token.newline_before
            or token.kind == Kind.SEMICOLON
            or token.kind == Kind.CLOSE_BRACE
            or token.kind == Kind.END
        )

    def _parse_throw(self) -> Statement:
        start = self.token.start
        self.advance()
        if self.token.newline_before:
            raise SyntaxFault(messages.NEWLINE_AFTER_THROW, start, self.last_end)
        value = self.parse_expression(True)
        self.expect_semicolon()
        return Throw(start, self.last_end, value)

    # try and with

    def _parse_try(self) -> Statement:
        start = self.token.start
        self.advance()
        result = Try(start, start, self.parse_block(ScopeKind.BLOCK), None, None, None, None)
        if self.take(Kind.CATCH):
            scope = self.scopes.open(ScopeKind.CATCH, self.is_strict)
            result.catch_scope = scope
            if self.take(Kind.OPEN_PARENTHESIS):
                is_simple = self.token.is_name()
                kind = VariableKind.CATCH if is_simple else VariableKind.CATCH_PATTERN
                target = self.parse_binding_target(kind)
                result.catch_target = target
                self.expect(Kind.CLOSE_PARENTHESIS)
            result.catch_body = self._parse_catch_body()
            self.scopes.close()
        if self.take(Kind.FINALLY):
            result.finally_body = self.parse_block(ScopeKind.BLOCK)
        if result.catch_body is None and result.finally_body is None:
            raise self.fault_at_token(messages.MISSING_CATCH)
        result.end = self.last_end
        return result

    def _parse_catch_body(self) -> Block:
        start = self.token.start
        scope = self.scopes.open(ScopeKind.BLOCK, self.is_strict)
        scope.joins_parent = True
        statements = self.parse_braces()
        self.scopes.close()
        return Block(start, self.last_end, statements, scope)

    def _parse_with(self) -> Statement:
        start = self.token.start
        if self.is_strict:
            raise self.fault_at_token(messages.STRICT_WITH)
        self.advance()
        self.expect(Kind.OPEN_PARENTHESIS)
        subject = self.parse_expression(True)
        self.expect(Kind.CLOSE_PARENTHESIS)
        scope = self.scopes.open(ScopeKind.WITH, False)
        body = self.parse_body_statement()
        self.scopes.close()
        return With(start, self.last_end, subject, body, scope)


def begins_binding(token: Token) -> bool:
    """Whether `let` before this token declares."""
    return token.is_name() or token.kind == Kind.OPEN_BRACKET or token.kind == Kind.OPEN_BRACE


def _ends_case(kind: int) -> bool:
    return kind == Kind.CASE or kind == Kind.DEFAULT or kind == Kind.CLOSE_BRACE
