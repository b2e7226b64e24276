"""The parser's place in the tokens, what is around it, its limits, and the rules about names."""

from __future__ import annotations

from typing import Final, final

from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.lexer import Lexer, LexerState, legacy_message
from tracewright_javascript.scope_builder import ScopeBuilder
from tracewright_javascript.scopes import ScopeKind
from tracewright_javascript.syntax import Identifier
from tracewright_javascript.tokens import FIRST_STRICT_RESERVED, LAST_CONTEXTUAL, SPELLINGS, Kind, LegacyForm, Token

MAXIMUM_NESTING: Final = 1600
"""Brackets, operators that group from the right, and statements inside each other; more is a SyntaxError."""

NOWHERE: Final = -1


@final
class Label:
    """A label around the current statement."""

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.start = start  # of the statement that it marks, which follows all its labels
        self.is_iteration = False


@final
class FunctionContext:
    """What the innermost function, or the program, allows inside of it."""

    def __init__(self) -> None:
        self.is_async = False  # `await` is an operator
        self.is_generator = False  # `yield` is an operator
        self.allows_return = False
        self.allows_super_property = False
        self.allows_super_call = False
        self.allows_new_target = False
        self.forbids_arguments = False  # in initializers of fields and in static blocks
        self.forbids_await = False  # in static blocks, where it is a name nowhere
        self.in_parameters = False
        self.breakable = 0  # loops and switches around
        self.loops = 0
        self.labels: list[Label] = []


@final
class PrivateNames:
    """The private names of one class body: those declared, and those used before the body's end is known."""

    def __init__(self, outer: PrivateNames | None) -> None:
        self.outer = outer
        self.declared: dict[str, int] = {}
        self.used: list[tuple[str, int]] = []


class TokenCursor:
    """Looks at one token after the other. The token object is the lexer's: it changes with `advance`."""

    def __init__(self, lexer: Lexer, scopes: ScopeBuilder, is_module: bool) -> None:
        self.lexer = lexer
        self.token: Token = lexer.token
        self.source: str = lexer.text
        self.scopes = scopes
        self.is_module = is_module
        self.is_strict: bool = is_module
        self.context: FunctionContext = FunctionContext()
        self.private_names: PrivateNames | None = None
        self.last_end = 0  # where the token before the current one ends
        self.nesting = 0
        # Places that a cover grammar asks about later; NOWHERE or the last one there was:
        self.pattern_only = NOWHERE  # of `{a = 1}` and the like: an error unless a pattern is made of it,
        self.pattern_only_message = ""  # and this one
        self.last_yield = NOWHERE
        self.last_await = NOWHERE
        self.last_await_name = NOWHERE  # `await` used as a name
        self.arrow_start = NOWHERE  # where an operand may begin an arrow function

    # Tokens

    def advance(self) -> None:
        """Go to the next token."""
        self.last_end = self.token.end
        self.lexer.next_token()

    def at(self, kind: int) -> bool:
        """Whether a token of this kind comes next; a word with an escape in it is only a name."""
        return self.token.kind == kind and not self.token.escaped

    def take(self, kind: int) -> bool:
        """Pass a token of this kind if it comes next, and say whether it did."""
        if self.token.kind == kind and not self.token.escaped:
            self.advance()
            return True
        return False

    def expect(self, kind: int) -> None:
        """Pass a token of this kind; raises SyntaxFault if something else stands here."""
        if not self.take(kind):
            raise self.unexpected()

    def unexpected(self) -> SyntaxFault:
        """The current token cannot stand here."""
        token = self.token
        if token.escaped and Kind.NAME < token.kind <= LAST_CONTEXTUAL:
            return self.fault_at_token(messages.ESCAPED_KEYWORD)
        if self.is_strict and FIRST_STRICT_RESERVED <= token.kind <= LAST_CONTEXTUAL:
            return self.fault_at_token(messages.STRICT_RESERVED_WORD)
        if token.kind == Kind.TEMPLATE and not token.has_cooked and self.lexer.uncooked_fault is not None:
            return self.lexer.uncooked_fault
        return messages.unexpected(token)

    def fault_at_token(self, message: str) -> SyntaxFault:
        """A mistake that the current token is."""
        return SyntaxFault(message, self.token.start, self.token.end)

    def peek(self) -> LexerState:
        """What comes behind the current token; its `token` may be asked."""
        here = self.lexer.save()
        self.lexer.next_token()
        after = self.lexer.save()
        self.lexer.restore(here)
        return after

    def expect_semicolon(self) -> None:
        """The end of a statement: a semicolon, or a place where one is inserted."""
        if self.token.kind == Kind.SEMICOLON:
            self.advance()
        elif not (self.token.kind == Kind.CLOSE_BRACE or self.token.kind == Kind.END or self.token.newline_before):
            raise self._misplaced()

    def _misplaced(self) -> SyntaxFault:
        """Something stands where a statement should end. If the statement was just `await`, that is what is wrong."""
        if self.last_await_name >= 0 and self.last_await_name + len("await") == self.last_end:
            return SyntaxFault(messages.AWAIT_OUTSIDE, self.last_await_name, self.last_end)
        return self.unexpected()

    # Limits

    def enter(self) -> None:
        """One more level of nesting; `leave` undoes it, unless a fault ends everything."""
        self.nesting += 1
        if self.nesting > MAXIMUM_NESTING:
            raise self.fault_at_token(messages.TOO_DEEP)

    def leave(self) -> None:
        """Undo `enter`."""
        self.nesting -= 1

    # Rules about names

    def check_legacy(self) -> None:
        """Refuse an octal number or escape in strict code; the current token is a number or a string."""
        token = self.token
        if token.legacy != LegacyForm.NONE and self.is_strict:
            raise SyntaxFault(legacy_message(token), token.legacy_start, token.end)

    def await_is_operator(self) -> bool:
        """Whether `await` here begins an await expression."""
        return self.context.is_async

    def check_reference(self, kind: int, text: str, start: int, end: int) -> None:
        """Refuse a word, `kind` and `text`, as the use of a name."""
        if kind <= Kind.TARGET and kind >= Kind.NAME:
            if kind == Kind.ARGUMENTS and self.context.forbids_arguments:
                raise SyntaxFault(messages.CLASS_ARGUMENTS, start, end)
        elif kind == Kind.AWAIT:
            if self.is_module or self.context.is_async or self.context.forbids_await:
                raise SyntaxFault(messages.RESERVED_WORD, start, end)
            self.last_await_name = start
        elif kind > LAST_CONTEXTUAL or kind < Kind.NAME:
            message = messages.ESCAPED_KEYWORD if kind == Kind.ESCAPED_RESERVED else f"Unexpected token '{text}'"
            raise SyntaxFault(message, start, end)
        elif self.is_strict:
            raise SyntaxFault(messages.STRICT_RESERVED_WORD, start, end)
        elif kind == Kind.YIELD and self.context.is_generator:
            raise SyntaxFault(f"Unexpected identifier '{text}'", start, end)

    def _check_token(self) -> None:
        """Refuse the current token as the use of a name."""
        token = self.token
        if not token.is_name():
            raise self.unexpected()
        self.check_reference(token.kind, token.text, token.start, token.end)

    def check_binding_name(self, name: str, start: int, end: int) -> None:
        """Refuse `eval` and `arguments` as something declared or assigned in strict code."""
        if self.is_strict and (name == "eval" or name == "arguments"):
            raise SyntaxFault(messages.STRICT_EVAL_ARGUMENTS, start, end)

    def check_strict_name(self, name: str, start: int, end: int) -> None:
        """Refuse a name that was read before the code was known to be strict."""
        if name == "eval" or name == "arguments":
            raise SyntaxFault(messages.STRICT_EVAL_ARGUMENTS, start, end)
        if name in STRICT_RESERVED:
            raise SyntaxFault(messages.STRICT_RESERVED_WORD, start, end)

    def read_reference(self) -> Identifier:
        """The use of a name, which is noted."""
        self._check_token()
        token = self.token
        result = Identifier(token.start, token.end, token.text)
        self.advance()
        self.scopes.use(result)
        return result

    def read_binding_name(self) -> Identifier:
        """A name that is declared here; the caller declares it."""
        self._check_token()
        token = self.token
        self.check_binding_name(token.text, token.start, token.end)
        result = Identifier(token.start, token.end, token.text)
        self.advance()
        return result

    def opens_scope(self, kind: int) -> None:
        """Open a scope of this ScopeKind in the current code."""
        self.scopes.open(kind, self.is_strict)

    def at_top_of_function(self) -> bool:
        """Whether functions declared here are like `var`: at the top of a function or a script."""
        kind = self.scopes.current.kind
        return (
            kind == ScopeKind.FUNCTION or kind == ScopeKind.BODY or kind == ScopeKind.SCRIPT or kind == ScopeKind.EVAL
        )


STRICT_RESERVED: Final[dict[str, bool]] = {
    SPELLINGS[kind]: True for kind in range(FIRST_STRICT_RESERVED, LAST_CONTEXTUAL + 1)
}
