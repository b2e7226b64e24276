"""Operators, members and calls."""

from __future__ import annotations

from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.parser_cursor import NOWHERE
from tracewright_javascript.parser_patterns import DeclaredAs
from tracewright_javascript.parser_primary import PrimaryParser
from tracewright_javascript.syntax import (
    ArrayLiteral,
    Assignment,
    Await,
    Binary,
    Call,
    Conditional,
    EvalContext,
    Expression,
    FunctionExpression,
    FunctionKind,
    Identifier,
    ImportCall,
    ImportMeta,
    Index,
    Member,
    New,
    NewTarget,
    ObjectLiteral,
    OptionalChain,
    PrivateIn,
    PrivateMember,
    PrivateName,
    Sequence,
    Spread,
    Super,
    TaggedTemplate,
    This,
    Unary,
    Update,
    Yield,
)
from tracewright_javascript.tokens import (
    COALESCE_PRECEDENCE,
    POWER_PRECEDENCE,
    PRECEDENCES,
    RELATION_PRECEDENCE,
    Kind,
)


class ExpressionParser(PrimaryParser):
    """Reads expressions; the statements of function bodies are read by a subclass."""

    # Commas and assignment

    def parse_expression(self, allows_in: bool) -> Expression:
        first = self.parse_assignment(allows_in)
        if self.token.kind != Kind.COMMA:
            return first
        return self.parse_sequence(first, allows_in)

    def parse_sequence(self, first: Expression, allows_in: bool) -> Expression:
        """The rest of an expression with commas, of which the first part is read."""
        expressions: list[Expression] = [first]
        while self.take(Kind.COMMA):
            expressions.append(self.parse_assignment(allows_in))
        return Sequence(first.start, self.last_end, expressions)

    def parse_assignment(self, allows_in: bool) -> Expression:
        outer_only = self.pattern_only
        self.pattern_only = NOWHERE
        result = self.parse_maybe_pattern(allows_in)
        self.refuse_pattern_only()
        self.pattern_only = outer_only
        return result

    def parse_maybe_pattern(self, allows_in: bool) -> Expression:
        self.enter()
        outer_only = self.pattern_only
        self.pattern_only = NOWHERE
        result = self._parse_operand_of_conditional(allows_in)
        if self.token.kind == Kind.QUESTION and not _is_complete(result):
            result = self._parse_conditional(result, allows_in)
        if self.pattern_only != NOWHERE and (
            not isinstance(result, (ArrayLiteral, ObjectLiteral)) or result.parenthesized
        ):
            self.refuse_pattern_only()
        if outer_only != NOWHERE:
            self.pattern_only = outer_only
        self.leave()
        return result

    def _parse_operand_of_conditional(self, allows_in: bool) -> Expression:
        """An assignment expression without `? :` at its top."""
        start = self.token.start
        if self.token.kind == Kind.YIELD and self.context.is_generator:
            return self._parse_yield(allows_in)
        self.arrow_start = start
        self.arrow_allows_in = allows_in
        left = self.parse_binary(COALESCE_PRECEDENCE, allows_in)
        kind = self.token.kind
        if not Kind.ASSIGN <= kind <= Kind.LAST_ASSIGNMENT or _is_complete(left):
            return left
        if kind == Kind.ASSIGN and isinstance(left, (ArrayLiteral, ObjectLiteral)) and not left.parenthesized:
            left = self.pattern_of(left, DeclaredAs.NOTHING)
            self.pattern_only = NOWHERE
        else:
            self.check_target(left, messages.ASSIGNMENT_TARGET)
        self.advance()
        value = self.parse_assignment(allows_in)
        return Assignment(start, self.last_end, kind, left, value)

    def _parse_conditional(self, first: Expression, allows_in: bool) -> Expression:
        """`first ? a : b`; a row of them, `a ? b : c ? d : e`, is read in a loop, however long."""
        tests: list[Expression] = [first]
        consequents: list[Expression] = []
        while True:
            self.refuse_pattern_only()
            self.advance()
            consequents.append(self.parse_assignment(True))
            self.expect(Kind.COLON)
            alternate = self._parse_operand_of_conditional(allows_in)
            if self.token.kind != Kind.QUESTION or _is_complete(alternate):
                break
            tests.append(alternate)
        self.refuse_pattern_only()
        end = self.last_end
        for index in range(len(tests) - 1, -1, -1):
            alternate = Conditional(tests[index].start, end, tests[index], consequents[index], alternate)
        return alternate

    def _parse_yield(self, allows_in: bool) -> Expression:
        token = self.token
        start = token.start
        if token.escaped:
            raise self.fault_at_token(messages.ESCAPED_KEYWORD)
        if self.context.in_parameters:
            raise self.fault_at_token(messages.YIELD_IN_PARAMETER)
        self.last_yield = start
        self.advance()
        operand: Expression | None = None
        is_delegate = False
        if not token.newline_before:
            if token.kind == Kind.MULTIPLY:
                is_delegate = True
                self.advance()
                operand = self.parse_assignment(allows_in)
            elif not _ends_expression(token.kind):
                operand = self.parse_assignment(allows_in)
        return Yield(start, self.last_end, operand, is_delegate)

    # Operators

    def parse_binary(self, lowest: int, allows_in: bool) -> Expression:
        """Operands joined by operators that bind at least as tightly as `lowest`."""
        start = self.token.start
        if self.token.kind == Kind.PRIVATE_NAME:
            left = self._parse_private_in(lowest, allows_in)
        else:
            left = self.parse_unary()
        while True:
            kind = self.token.kind
            precedence = PRECEDENCES[kind]
            if precedence < lowest or precedence == 0 or (kind == Kind.IN and not allows_in):
                return left
            if _is_complete(left):
                return left
            self._check_mixing(kind, left)
            self.advance()
            if kind == Kind.POWER:
                right = self._parse_power(start, left, allows_in)
            elif kind == Kind.COALESCE:
                right = self.parse_binary(PRECEDENCES[Kind.BITWISE_OR], allows_in)
            else:
                right = self.parse_binary(precedence + 1, allows_in)
            left = Binary(start, self.last_end, kind, left, right)

    def _check_mixing(self, kind: int, left: Expression) -> None:
        """`a ?? b || c` needs parentheses."""
        if kind > Kind.AND or kind < Kind.COALESCE or not isinstance(left, Binary) or left.parenthesized:
            return
        is_coalesce = left.operator == Kind.COALESCE
        is_logical = left.operator == Kind.OR or left.operator == Kind.AND
        if (kind == Kind.COALESCE and is_logical) or (kind != Kind.COALESCE and is_coalesce):
            raise self.unexpected()

    def _parse_power(self, start: int, left: Expression, allows_in: bool) -> Expression:
        """The right side of `**`, which groups from the right."""
        if isinstance(left, (Unary, Await)) and not left.parenthesized:
            raise SyntaxFault(messages.UNARY_POWER, start, self.last_end)
        self.enter()
        right = self.parse_binary(POWER_PRECEDENCE, allows_in)
        self.leave()
        return right

    def _parse_private_in(self, lowest: int, allows_in: bool) -> Expression:
        """`#name in object`."""
        start = self.token.start
        name = self.read_private_name()
        if self.token.kind != Kind.IN or not allows_in or lowest > RELATION_PRECEDENCE:
            raise self.unexpected()
        self.advance()
        right = self.parse_binary(RELATION_PRECEDENCE + 1, allows_in)
        return PrivateIn(start, self.last_end, name, right)

    def parse_unary(self) -> Expression:
        """An operand with operators before or behind it."""
        token = self.token
        kind = token.kind
        start = token.start
        match kind:
            case Kind.NOT | Kind.BITWISE_NOT | Kind.PLUS | Kind.MINUS | Kind.TYPEOF | Kind.VOID | Kind.DELETE:
                self.enter()
                self.advance()
                operand = self.parse_unary()
                self.leave()
                if kind == Kind.DELETE:
                    self._check_delete(operand)
                self._refuse_arrow(operand)
                return Unary(start, self.last_end, kind, operand)
            case Kind.INCREMENT | Kind.DECREMENT:
                self.enter()
                self.advance()
                operand = self.parse_unary()
                self.leave()
                self.check_target(operand, messages.PREFIX_TARGET)
                return Update(start, self.last_end, kind, True, operand)
            case Kind.AWAIT:
                if self.context.is_async:
                    return self._parse_await()
        operand = self.parse_left_hand_side()
        kind = token.kind
        if (
            (kind == Kind.INCREMENT or kind == Kind.DECREMENT)
            and not token.newline_before
            and not _is_complete(operand)
        ):
            self.check_target(operand, messages.POSTFIX_TARGET)
            self.advance()
            return Update(start, self.last_end, kind, False, operand)
        return operand

    def _refuse_arrow(self, operand: Expression) -> None:
        """`!x => y`: an arrow function is no operand."""
        if _is_complete(operand):
            raise SyntaxFault(messages.ARROW_PARAMETERS, operand.start, operand.end)

    def _check_delete(self, operand: Expression) -> None:
        if isinstance(operand, Identifier) and self.is_strict:
            raise SyntaxFault(messages.STRICT_DELETE, operand.start, operand.end)
        inner = operand.expression if isinstance(operand, OptionalChain) else operand
        if isinstance(inner, PrivateMember):
            raise SyntaxFault(messages.PRIVATE_DELETE, inner.start, inner.end)

    def _parse_await(self) -> Expression:
        start = self.token.start
        if self.token.escaped:
            raise self.fault_at_token(messages.ESCAPED_KEYWORD)
        if self.context.in_parameters:
            raise self.fault_at_token(messages.AWAIT_IN_PARAMETER)
        self.last_await = start
        self.enter()
        self.advance()
        operand = self.parse_unary()
        self._refuse_arrow(operand)
        self.leave()
        return Await(start, self.last_end, operand)

    # Members and calls

    def parse_left_hand_side(self) -> Expression:
        """An operand with its members and calls."""
        start = self.token.start
        match self.token.kind:
            case Kind.NEW:
                result = self._parse_new()
            case Kind.SUPER:
                result = self._parse_super()
            case Kind.IMPORT:
                result = self._parse_import()
            case _:
                result = self.parse_primary()
                if _is_complete(result):
                    return result
        return self._parse_suffixes(start, result, True)

    def _parse_suffixes(self, start: int, first: Expression, allows_calls: bool) -> Expression:
        """Members, calls and templates behind an operand, all of them; behind `new` no calls."""
        result = first
        token = self.token
        in_chain = False
        while True:
            match token.kind:
                case Kind.DOT:
                    self.advance()
                    result = self._parse_member(start, result, False)
                case Kind.OPEN_BRACKET:
                    result = self._parse_index(start, result, False)
                case Kind.OPEN_PARENTHESIS:
                    if not allows_calls:
                        break
                    result = self._parse_call(start, result, False)
                case Kind.OPTIONAL:
                    if not allows_calls:
                        raise self.fault_at_token(messages.NEW_CHAIN)
                    if isinstance(result, Super):
                        raise self.unexpected()
                    in_chain = True
                    self.advance()
                    result = self._parse_optional(start, result)
                case Kind.TEMPLATE:
                    if in_chain:
                        raise self.fault_at_token(messages.TEMPLATE_CHAIN)
                    template = self.parse_template(True)
                    result = TaggedTemplate(start, self.last_end, result, template)
                case _:
                    break
        return OptionalChain(start, self.last_end, result) if in_chain else result

    def _parse_member(self, start: int, object: Expression, is_optional: bool) -> Expression:
        if self.token.kind == Kind.PRIVATE_NAME:
            if isinstance(object, Super):
                raise self.fault_at_token("Unexpected private field")
            name = self.read_private_name()
            return PrivateMember(start, self.last_end, object, name, is_optional)
        if not self.token.is_word():
            raise self.unexpected()
        text = self.token.text
        self.advance()
        return Member(start, self.last_end, object, text, is_optional)

    def _parse_index(self, start: int, object: Expression, is_optional: bool) -> Expression:
        self.advance()
        property = self.parse_expression(True)
        self.expect(Kind.CLOSE_BRACKET)
        return Index(start, self.last_end, object, property, is_optional)

    def _parse_call(self, start: int, callee: Expression, is_optional: bool) -> Expression:
        is_eval = isinstance(callee, Identifier) and callee.name == "eval" and not is_optional
        arguments = self._parse_arguments()
        context: EvalContext | None = None
        if is_eval:
            context = self._eval_context()
            self.scopes.call_eval(context)
        return Call(start, self.last_end, callee, arguments, is_optional, context)

    def _eval_context(self) -> EvalContext:
        """What is allowed in the text of a direct `eval` that stands here."""
        result = EvalContext()
        result.is_strict = self.is_strict
        result.allows_super_property = self.context.allows_super_property
        result.allows_super_call = self.context.allows_super_call
        result.allows_new_target = self.context.allows_new_target
        result.forbids_arguments = self.context.forbids_arguments
        result.scope = self.scopes.current
        result.in_parameters = self.context.in_parameters
        return result

    def _parse_optional(self, start: int, object: Expression) -> Expression:
        """What stands behind `?.`."""
        match self.token.kind:
            case Kind.OPEN_PARENTHESIS:
                return self._parse_call(start, object, True)
            case Kind.OPEN_BRACKET:
                return self._parse_index(start, object, True)
            case Kind.TEMPLATE:
                raise self.fault_at_token(messages.TEMPLATE_CHAIN)
            case _:
                return self._parse_member(start, object, True)

    def _parse_arguments(self) -> list[Expression]:
        self.advance()
        arguments: list[Expression] = []
        while self.token.kind != Kind.CLOSE_PARENTHESIS:
            start = self.token.start
            if self.token.kind == Kind.ELLIPSIS:
                self.advance()
                operand = self.parse_assignment(True)
                arguments.append(Spread(start, self.last_end, operand))
            else:
                arguments.append(self.parse_assignment(True))
            if self.token.kind != Kind.CLOSE_PARENTHESIS and not self.take(Kind.COMMA):
                raise self.unexpected_in_arguments()
        self.advance()
        return arguments

    def _parse_new(self) -> Expression:
        start = self.token.start
        self.advance()
        if self.token.kind == Kind.DOT:
            self.advance()
            if not self.at(Kind.TARGET):
                raise self.unexpected()
            if not self.context.allows_new_target:
                raise SyntaxFault(messages.NEW_TARGET, start, self.token.end)
            self.advance()
            result = NewTarget(start, self.last_end, "new.target")
            self.scopes.use(result)
            return result
        self.enter()
        callee_start = self.token.start
        if self.token.kind == Kind.NEW:
            callee = self._parse_new()
        elif self.token.kind == Kind.SUPER:
            callee = self._parse_super()
        elif self.token.kind == Kind.IMPORT:
            if self.peek().token.kind == Kind.OPEN_PARENTHESIS:
                raise self.fault_at_token(messages.NEW_IMPORT)
            callee = self._parse_import()
        else:
            callee = self.parse_primary()
            self._refuse_arrow(callee)
        callee = self._parse_suffixes(callee_start, callee, False)
        if isinstance(callee, Super):
            raise self.unexpected()
        arguments: list[Expression] = []
        if self.token.kind == Kind.OPEN_PARENTHESIS:
            arguments = self._parse_arguments()
        self.leave()
        return New(start, self.last_end, callee, arguments)

    def _parse_super(self) -> Expression:
        token = self.token
        result = Super(token.start, token.end, "super")
        self.advance()
        is_call = token.kind == Kind.OPEN_PARENTHESIS
        is_member = token.kind == Kind.DOT or token.kind == Kind.OPEN_BRACKET
        allowed = is_call and self.context.allows_super_call or is_member and self.context.allows_super_property
        if not allowed:
            raise SyntaxFault(messages.SUPER, result.start, result.end)
        self.scopes.use(result)
        receiver = This(result.start, result.start, "this")
        self.scopes.use(receiver)
        result.receiver = receiver
        if is_call:
            new_target = NewTarget(result.start, result.start, "new.target")
            self.scopes.use(new_target)
            result.new_target = new_target
        return result

    def _parse_import(self) -> Expression:
        """`import(...)` or `import.meta`."""
        start = self.token.start
        self.advance()
        if self.token.kind == Kind.DOT:
            self.advance()
            if not self.at(Kind.META):
                raise self.unexpected()
            if not self.is_module:
                raise SyntaxFault(messages.IMPORT_META, start, self.token.end)
            self.advance()
            return ImportMeta(start, self.last_end)
        if self.token.kind != Kind.OPEN_PARENTHESIS:
            if self.is_module:
                raise self.unexpected()
            raise SyntaxFault(messages.IMPORT_OUTSIDE, start, start + len("import"))
        self.advance()
        specifier = self.parse_assignment(True)
        options: Expression | None = None
        if self.take(Kind.COMMA) and self.token.kind != Kind.CLOSE_PARENTHESIS:
            options = self.parse_assignment(True)
            self.take(Kind.COMMA)
        self.expect(Kind.CLOSE_PARENTHESIS)
        return ImportCall(start, self.last_end, specifier, options)

    # Private names

    def read_private_name(self) -> PrivateName:
        """`#name` where it is used; that it is declared is checked at the end of the outermost class."""
        token = self.token
        names = self.private_names
        if names is None:
            raise SyntaxFault(messages.about(messages.UNKNOWN_PRIVATE_NAME, token.text), token.start, token.end)
        names.used.append((token.text, token.start))
        result = PrivateName(token.start, token.end, token.text)
        self.advance()
        return result


def _is_complete(expression: Expression) -> bool:
    """An arrow function or `yield`: nothing but a comma or the end may follow."""
    if isinstance(expression, FunctionExpression):
        return expression.function.kind == FunctionKind.ARROW and not expression.parenthesized
    return isinstance(expression, (Yield, Assignment)) and not expression.parenthesized


def _ends_expression(kind: int) -> bool:
    """Whether no operand of `yield` can begin here."""
    match kind:
        case (
            Kind.CLOSE_PARENTHESIS
            | Kind.CLOSE_BRACKET
            | Kind.CLOSE_BRACE
            | Kind.COLON
            | Kind.COMMA
            | Kind.SEMICOLON
            | Kind.END
            | Kind.IN
        ):
            return True
        case _:
            return False
