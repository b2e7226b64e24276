"""Operands: literals, names, parentheses (which may be the parameters of an arrow function), arrays, objects, templates."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.lib.regular_expressions.flags import flags_of
from tracewright.lib.regular_expressions.parser import PatternError, parse_pattern
from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.parser_cursor import NOWHERE
from tracewright_javascript.parser_functions import FunctionHead, FunctionParser
from tracewright_javascript.scopes import ScopeKind, VariableKind
from tracewright_javascript.syntax import (
    ArrayLiteral,
    BigIntLiteral,
    BooleanLiteral,
    Call,
    Class,
    ClassExpression,
    Default,
    Elision,
    Expression,
    FunctionExpression,
    FunctionKind,
    Identifier,
    NullLiteral,
    NumberLiteral,
    ObjectLiteral,
    Property,
    PropertyKind,
    RegularExpressionLiteral,
    Sequence,
    Spread,
    StringLiteral,
    TemplateLiteral,
    TemplatePiece,
    This,
)
from tracewright_javascript.tokens import Kind

LONGEST_SHOWN: Final = 80  # units of a wrong regular expression in a message


class PrimaryParser(FunctionParser):
    """Reads what operators and calls apply to."""

    @abstractmethod
    def parse_maybe_pattern(self, allows_in: bool) -> Expression:
        """An assignment expression that may still turn out to be a pattern: see `pattern_only`."""

    @abstractmethod
    def parse_class(self, start: int, name: str, name_start: int) -> Class:
        """A class from behind its name on."""

    def parse_primary(self) -> Expression:
        """An operand without members and calls. Raises SyntaxFault."""
        token = self.token
        start = token.start
        match token.kind:
            case Kind.NUMBER:
                self.check_legacy()
                number = token.number
                self.advance()
                return NumberLiteral(start, self.last_end, number)
            case Kind.STRING:
                self.check_legacy()
                text = token.text
                self.advance()
                return StringLiteral(start, self.last_end, text)
            case Kind.THIS:
                self.advance()
                this = This(start, self.last_end, "this")
                self.scopes.use(this)
                return this
            case Kind.OPEN_PARENTHESIS:
                return self._parse_parenthesis()
            case Kind.OPEN_BRACKET:
                return self._parse_array()
            case Kind.OPEN_BRACE:
                return self._parse_object()
            case Kind.FUNCTION:
                return self.parse_function_expression(start, False)
            case Kind.TEMPLATE:
                return self.parse_template(False)
            case Kind.TRUE | Kind.FALSE:
                self.advance()
                return BooleanLiteral(start, self.last_end, self.source[start] == "t")
            case Kind.NULL:
                self.advance()
                return NullLiteral(start, self.last_end)
            case Kind.CLASS:
                return self._parse_class_expression()
            case Kind.DIVIDE | Kind.DIVIDE_ASSIGN:
                return self._parse_regular_expression()
            case Kind.BIG_INTEGER:
                digits = token.text
                self.advance()
                return BigIntLiteral(start, self.last_end, digits)
            case Kind.ASYNC:
                if not token.escaped:
                    return self._parse_async()
                return self._parse_name()
            case _:
                return self._parse_name()

    def _parse_name(self) -> Expression:
        """A name, or an arrow function with it as its only parameter."""
        start = self.token.start
        can_be_arrow = self.arrow_start == start
        name = self.read_reference()
        if self.token.kind == Kind.ARROW and can_be_arrow and not self.token.newline_before:
            mark = self.scopes.mark()
            mark.references -= 1
            return self.parse_arrow(start, mark, [name], False)
        return name

    # What begins with `async`

    def _parse_async(self) -> Expression:
        """A name, an async function, or an async arrow function."""
        start = self.token.start
        can_be_arrow = self.arrow_start == start
        after = self.peek().token
        if not after.newline_before:
            if after.kind == Kind.FUNCTION:
                self.advance()
                return self.parse_function_expression(start, True)
            if after.is_name() and can_be_arrow and (after.kind != Kind.OF or self._arrow_behind_of()):
                self.advance()
                mark = self.scopes.mark()
                name = self.read_reference()
                if name.name == "await":
                    raise SyntaxFault(messages.RESERVED_WORD, name.start, name.end)
                if self.token.kind != Kind.ARROW or self.token.newline_before:
                    raise self.unexpected()
                return self.parse_arrow(start, mark, [name], True)
            if after.kind == Kind.OPEN_PARENTHESIS and can_be_arrow:
                return self._parse_async_call(start)
        return self._parse_name()

    def _arrow_behind_of(self) -> bool:
        """Whether `async of` is followed by an arrow: `for await (async of list)` is a loop, too."""
        here = self.lexer.save()
        self.lexer.next_token()
        self.lexer.next_token()
        kind = self.token.kind
        self.lexer.restore(here)
        return kind == Kind.ARROW

    def _parse_async_call(self, start: int) -> Expression:
        """`async(...)`: a call of something named async, unless `=>` follows."""
        mark = self.scopes.mark()
        callee = self.read_reference()
        outer_only = self.pattern_only
        self.pattern_only = NOWHERE
        arguments = self._parse_cover_arguments()
        if self.token.kind == Kind.ARROW and not self.token.newline_before:
            callee.is_declared = True
            self.pattern_only = outer_only
            for index, argument in enumerate(arguments):
                if isinstance(argument, Spread) and (index + 1 < len(arguments) or self._comma_behind(argument)):
                    raise SyntaxFault(messages.REST_PARAMETER_LAST, argument.start, argument.end)
            return self.parse_arrow(start, mark, arguments, True)
        self.refuse_pattern_only()
        self.pattern_only = outer_only
        return Call(start, self.last_end, callee, arguments, False, None)

    def _comma_behind(self, argument: Expression) -> bool:
        """Whether a comma stood behind the last argument; nothing but blanks and the parenthesis do otherwise."""
        return self.comma_after_arguments > argument.start

    comma_after_arguments: int = NOWHERE

    def _parse_cover_arguments(self) -> list[Expression]:
        self.advance()
        arguments: list[Expression] = []
        comma = NOWHERE
        while self.token.kind != Kind.CLOSE_PARENTHESIS:
            comma = NOWHERE
            arguments.append(self._parse_cover_element())
            if self.token.kind != Kind.CLOSE_PARENTHESIS:
                comma = self.token.start
                if not self.take(Kind.COMMA):
                    raise self.unexpected_in_arguments()
        self.advance()
        self.comma_after_arguments = comma
        return arguments

    def unexpected_in_arguments(self) -> SyntaxFault:
        """Neither a comma nor a parenthesis stands behind an argument."""
        if self.token.kind == Kind.END:
            return SyntaxFault(messages.MISSING_ARGUMENT_END, self.token.start, self.token.end, True)
        return self.fault_at_token(messages.MISSING_ARGUMENT_END)

    def _parse_cover_element(self) -> Expression:
        """An element of a list that may become a pattern."""
        start = self.token.start
        if self.token.kind == Kind.ELLIPSIS:
            self.advance()
            operand = self.parse_maybe_pattern(True)
            return Spread(start, self.last_end, operand)
        return self.parse_maybe_pattern(True)

    def refuse_pattern_only(self) -> None:
        """What was just read is no pattern: raise the fault that was kept for this case."""
        if self.pattern_only != NOWHERE:
            raise SyntaxFault(self.pattern_only_message, self.pattern_only, self.pattern_only + 1)

    # Parentheses

    def _parse_parenthesis(self) -> Expression:
        start = self.token.start
        can_be_arrow = self.arrow_start == start
        mark = self.scopes.mark()
        outer_only = self.pattern_only
        self.pattern_only = NOWHERE
        self.advance()
        items: list[Expression] = []
        needs_arrow = NOWHERE  # where something stands that only parameters may have
        while self.token.kind != Kind.CLOSE_PARENTHESIS:
            if self.token.kind == Kind.ELLIPSIS:
                needs_arrow = self.token.start
                items.append(self._parse_cover_element())
                if self.token.kind == Kind.COMMA:
                    raise self.fault_at_token(messages.REST_PARAMETER_LAST)
                break
            items.append(self.parse_maybe_pattern(True))
            if self.token.kind != Kind.COMMA:
                break
            self.advance()
            if self.token.kind == Kind.CLOSE_PARENTHESIS:
                needs_arrow = self.token.start
        self.expect(Kind.CLOSE_PARENTHESIS)
        end = self.last_end
        if self.token.kind == Kind.ARROW and not self.token.newline_before and can_be_arrow:
            self.pattern_only = outer_only
            return self.parse_arrow(start, mark, items, False)
        if self.token.kind == Kind.ARROW:
            if can_be_arrow:
                raise self.unexpected()
            raise SyntaxFault(messages.ARROW_PARAMETERS, start, end)
        self.refuse_pattern_only()
        self.pattern_only = outer_only
        if len(items) == 0:
            raise SyntaxFault("Unexpected token ')'", end - 1, end, self.token.kind == Kind.END)
        if needs_arrow != NOWHERE:
            raise SyntaxFault(f"Unexpected token '{self._token_text(needs_arrow)}'", needs_arrow, needs_arrow + 1)
        result = items[0]
        if len(items) > 1:
            result = Sequence(items[0].start, items[-1].end, items)
        result.parenthesized = True
        return result

    def _token_text(self, start: int) -> str:
        return "..." if self.source[start] == "." else self.source[start]

    # Arrays and objects

    def _parse_array(self) -> Expression:
        start = self.token.start
        self.advance()
        elements: list[Expression] = []
        comma_after_rest = NOWHERE
        while self.token.kind != Kind.CLOSE_BRACKET:
            if self.token.kind == Kind.COMMA:
                elements.append(Elision(self.token.start, self.token.start))
                self.advance()
                continue
            element = self._parse_cover_element()
            elements.append(element)
            if self.token.kind != Kind.CLOSE_BRACKET:
                if isinstance(element, Spread):
                    comma_after_rest = self.token.start
                self.expect(Kind.COMMA)
        self.advance()
        return ArrayLiteral(start, self.last_end, elements, comma_after_rest)

    def _parse_object(self) -> Expression:
        start = self.token.start
        self.advance()
        properties: list[Property] = []
        comma_after_rest = NOWHERE
        has_proto = False
        while self.token.kind != Kind.CLOSE_BRACE:
            property = self._parse_property()
            properties.append(property)
            if property.kind == PropertyKind.VALUE and not property.is_computed:
                key = property.key
                if isinstance(key, StringLiteral) and key.value == "__proto__":
                    if has_proto and self.pattern_only == NOWHERE:
                        self.pattern_only = key.start
                        self.pattern_only_message = messages.DUPLICATE_PROTO
                    has_proto = True
            if self.token.kind != Kind.CLOSE_BRACE:
                if property.kind == PropertyKind.SPREAD:
                    comma_after_rest = self.token.start
                self.expect(Kind.COMMA)
        self.advance()
        return ObjectLiteral(start, self.last_end, properties, comma_after_rest)

    def _parse_property(self) -> Property:
        start = self.token.start
        if self.token.kind == Kind.ELLIPSIS:
            spread = self._parse_cover_element()
            operand = spread.operand if isinstance(spread, Spread) else spread
            key = StringLiteral(start, start, "")
            return Property(start, self.last_end, PropertyKind.SPREAD, key, False, operand)
        head = FunctionHead(FunctionKind.METHOD, start)
        self.parse_modifiers(head)
        token = self.token
        word, word_start, word_end, word_kind = token.text, token.start, token.end, token.kind
        is_name = token.is_word()
        key_expression = self.parse_property_key()
        is_computed = self.key_is_computed
        plain = head.kind == FunctionKind.METHOD and not head.is_async and not head.is_generator
        if self.token.kind == Kind.OPEN_PARENTHESIS or not plain:
            return self._parse_method(head, key_expression, is_computed)
        if self.token.kind == Kind.COLON:
            self.advance()
            value = self.parse_maybe_pattern(True)
            return Property(start, self.last_end, PropertyKind.VALUE, key_expression, is_computed, value)
        if not is_name:
            raise self.unexpected()
        self.check_reference(word_kind, word, word_start, word_end)
        name = Identifier(word_start, word_end, word)
        self.scopes.use(name)
        return self._parse_shorthand(start, key_expression, name)

    def _parse_shorthand(self, start: int, key: Expression, name: Identifier) -> Property:
        """`{name}`, or `{name = value}`, which only a pattern may have."""
        if self.token.kind != Kind.ASSIGN:
            return Property(start, self.last_end, PropertyKind.SHORTHAND, key, False, name)
        equals = self.token.start
        self.advance()
        value = self.parse_assignment(True)
        if self.pattern_only == NOWHERE:
            self.pattern_only = equals
            self.pattern_only_message = messages.SHORTHAND_INITIALIZER
        default = Default(start, self.last_end, name, value)
        return Property(start, self.last_end, PropertyKind.SHORTHAND, key, False, default)

    def parse_modifiers(self, head: FunctionHead) -> None:
        """`async`, `get`, `set` and `*` before a key, where they are not the key themselves."""
        kind = self.token.kind
        if (kind == Kind.ASYNC or kind == Kind.GET or kind == Kind.SET) and not self.token.escaped:
            after = self.peek().token
            is_key = _ends_key(after.kind)
            if kind == Kind.ASYNC:
                is_key = is_key or after.newline_before
            elif after.kind == Kind.MULTIPLY:
                is_key = True
            if is_key:
                return
            if kind == Kind.ASYNC:
                head.is_async = True
            else:
                head.kind = FunctionKind.GETTER if kind == Kind.GET else FunctionKind.SETTER
            self.advance()
        if self.token.kind == Kind.MULTIPLY and head.kind == FunctionKind.METHOD:
            head.is_generator = True
            self.advance()

    def _parse_method(self, head: FunctionHead, key: Expression, is_computed: bool) -> Property:
        head.name = key_name(key) if not is_computed else ""
        function = self.parse_function(head)
        kind: int = PropertyKind.METHOD
        if head.kind == FunctionKind.GETTER:
            kind = PropertyKind.GETTER
        elif head.kind == FunctionKind.SETTER:
            kind = PropertyKind.SETTER
        value = FunctionExpression(function.start, function.end, function)
        return Property(head.start, self.last_end, kind, key, is_computed, value)

    def parse_property_key(self) -> Expression:
        token = self.token
        start = token.start
        self.key_is_computed = False
        if token.is_word():
            text = token.text
            self.advance()
            return StringLiteral(start, self.last_end, text)
        match token.kind:
            case Kind.STRING | Kind.NUMBER | Kind.BIG_INTEGER:
                return self.parse_primary()
            case Kind.OPEN_BRACKET:
                self.advance()
                key = self.parse_assignment(True)
                self.expect(Kind.CLOSE_BRACKET)
                self.key_is_computed = True
                return key
            case _:
                raise self.unexpected()

    # Functions and classes

    def parse_function_expression(self, start: int, is_async: bool) -> Expression:
        """From `function` on; `start` is that of `async` where it stands before."""
        self.advance()
        head = FunctionHead(FunctionKind.ORDINARY, start)
        head.is_async = is_async
        head.is_generator = self.take(Kind.MULTIPLY)
        if self.token.kind != Kind.OPEN_PARENTHESIS:
            self._parse_own_name(head)
        function = self.parse_function(head)
        if head.name_scope is not None:
            self.scopes.close()
        return FunctionExpression(start, self.last_end, function)

    def _parse_own_name(self, head: FunctionHead) -> None:
        """The name of a function expression, which is declared in a scope of its own."""
        outer = self.context
        was_async, was_generator, forbade_await = outer.is_async, outer.is_generator, outer.forbids_await
        outer.is_async, outer.is_generator, outer.forbids_await = head.is_async, head.is_generator, False
        name = self.read_binding_name()
        outer.is_async, outer.is_generator, outer.forbids_await = was_async, was_generator, forbade_await
        head.name = name.name
        head.name_start = name.start
        scope = self.scopes.open(ScopeKind.FUNCTION_NAME, self.is_strict)
        self.scopes.declare_lexical(name.name, VariableKind.FUNCTION_NAME, name.start)
        head.name_scope = scope

    def _parse_class_expression(self) -> Expression:
        start = self.token.start
        self.advance()
        name = ""
        name_start = NOWHERE
        if self.token.is_name():
            was_strict = self.is_strict
            self.is_strict = True
            identifier = self.read_binding_name()
            self.is_strict = was_strict
            name = identifier.name
            name_start = identifier.start
        definition = self.parse_class(start, name, name_start)
        return ClassExpression(start, self.last_end, definition)

    # Templates and regular expressions

    def parse_template(self, is_tagged: bool) -> TemplateLiteral:
        """A template; the current token is its first stretch of text."""
        start = self.token.start
        pieces: list[TemplatePiece] = []
        expressions: list[Expression] = []
        while True:
            token = self.token
            if not token.has_cooked and not is_tagged:
                raise self._uncooked()
            cooked: str | None = token.text if token.has_cooked else None
            pieces.append(TemplatePiece(token.start, token.end, token.raw, cooked))
            if token.ends_template:
                self.advance()
                return TemplateLiteral(start, self.last_end, pieces, expressions)
            self.advance()
            expressions.append(self.parse_expression(True))
            if self.token.kind != Kind.CLOSE_BRACE:
                if self.token.kind == Kind.END:
                    raise SyntaxFault(messages.UNTERMINATED_TEMPLATE, self.token.start, self.token.end, True)
                raise self.unexpected()
            self.lexer.reread_as_template()

    def _uncooked(self) -> SyntaxFault:
        fault = self.lexer.uncooked_fault
        return fault if fault is not None else self.unexpected()

    def _parse_regular_expression(self) -> Expression:
        self.lexer.reread_as_regular_expression()
        token = self.token
        start, pattern, flags = token.start, token.text, token.raw
        parsed = flags_of(flags)
        if parsed is None:
            raise self.fault_at_token(messages.REGULAR_EXPRESSION_FLAGS)
        try:
            tree = parse_pattern(pattern, parsed)
        except PatternError as error:
            shown = pattern if len(pattern) <= LONGEST_SHOWN else pattern[:LONGEST_SHOWN] + "..."
            message = f"Invalid regular expression: /{shown}/{flags}: {error.message}"
            place = start + 1 + min(error.position, len(pattern))
            raise SyntaxFault(message, place, place + 1)
        self.advance()
        return RegularExpressionLiteral(start, self.last_end, pattern, flags, tree)


def _ends_key(kind: int) -> bool:
    """Whether a word before this is a key, not a modifier."""
    match kind:
        case (
            Kind.COMMA | Kind.COLON | Kind.OPEN_PARENTHESIS | Kind.CLOSE_BRACE | Kind.ASSIGN | Kind.SEMICOLON | Kind.END
        ):
            return True
        case _:
            return False


def key_name(key: Expression) -> str:
    """The text of a key that is a string; empty for numbers."""
    return key.value if isinstance(key, StringLiteral) else ""
