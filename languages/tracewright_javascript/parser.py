"""The front half in one call: source text to syntax tree, with scopes, or a SyntaxFault."""

from __future__ import annotations

from typing import Final, final

from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.lexer import Lexer
from tracewright_javascript.parser_cursor import PrivateNames
from tracewright_javascript.parser_modules import ModuleParser
from tracewright_javascript.scope_builder import ScopeBuilder
from tracewright_javascript.scopes import ScopeKind
from tracewright_javascript.syntax import EvalContext
from tracewright_javascript.syntax_statements import Program
from tracewright_javascript.tokens import Kind


class Goal:
    """What a text is meant to be."""

    SCRIPT: Final = 0
    MODULE: Final = 1
    EVAL: Final = 2
    COMMON: Final = 3  # a CommonJS module: the body of a function, and its names are nobody else's
    UNKNOWN: Final = 4  # CommonJS or a module, as the text itself shows


@final
class Parser(ModuleParser):
    """Reads one whole text."""

    def __init__(self, source: str, goal: int) -> None:
        is_module = goal == Goal.MODULE
        kinds = [ScopeKind.SCRIPT, ScopeKind.MODULE, ScopeKind.EVAL, ScopeKind.SCRIPT]
        super().__init__(Lexer(source, is_module), ScopeBuilder(kinds[goal], is_module), is_module)
        self.context.allows_return = goal == Goal.COMMON
        self.context.allows_new_target = goal == Goal.COMMON
        self.awaits_at_top: bool = is_module

    def parse_program(self) -> Program:
        """The tree of the text. Raises SyntaxFault."""
        self.lexer.next_token()
        self.context.is_async = self.awaits_at_top
        scope = self.scopes.current
        statements = self.parse_directives(True)
        while self.token.kind != Kind.END:
            statements.append(self.parse_statement_list_item())
        scope.is_strict = self.is_strict
        if self.is_module:
            self.check_exports()
        unresolved = self.scopes.finish()
        has_await = self.awaits_at_top and self.last_await >= 0
        return Program(0, len(self.source), statements, self.is_module, self.is_strict, has_await, scope, unresolved)

    def allow(self, context: EvalContext) -> None:
        """Let the text do what the code around an `eval` may."""
        self.is_strict = context.is_strict
        self.context.allows_super_property = context.allows_super_property
        self.context.allows_super_call = context.allows_super_call
        self.context.allows_new_target = context.allows_new_target
        self.context.forbids_arguments = context.forbids_arguments
        names = PrivateNames(None)
        for name in context.private_names:
            names.declared[name] = 0
        self.private_names = names


def parse(source: str, goal: int) -> Program:
    """The tree of a text of UTF-16 units; `goal` is of Goal. Raises SyntaxFault."""
    parser = Parser(source, goal)
    try:
        return parser.parse_program()
    except RecursionError:
        token = parser.token
        raise SyntaxFault(messages.TOO_DEEP, token.start, token.end)


def parse_eval(source: str, context: EvalContext | None) -> Program:
    """The tree of the text of an `eval`; without a context, of an indirect one. Raises SyntaxFault."""
    parser = Parser(source, Goal.EVAL)
    if context is not None:
        parser.allow(context)
    try:
        return parser.parse_program()
    except RecursionError:
        token = parser.token
        raise SyntaxFault(messages.TOO_DEEP, token.start, token.end)


def parse_input(source: str, awaits: bool) -> Program:
    """The tree of what somebody has typed at a prompt: a script, perhaps with `await` outside of functions. Raises SyntaxFault."""
    parser = Parser(source, Goal.SCRIPT)
    parser.awaits_at_top = awaits
    try:
        return parser.parse_program()
    except RecursionError:
        token = parser.token
        raise SyntaxFault(messages.TOO_DEEP, token.start, token.end)


def goal_of_file(path: str) -> int:
    """What a file's name says it is; Goal.UNKNOWN where its contents must."""
    if path.endswith(".mjs"):
        return Goal.MODULE
    return Goal.COMMON if path.endswith(".cjs") else Goal.UNKNOWN


def parse_file(source: str, goal: int, otherwise: int = Goal.COMMON) -> Program:
    """As `parse`; a text of unknown goal is what `otherwise` says, unless what is wrong with that would be right in a module. Raises SyntaxFault."""
    if goal != Goal.UNKNOWN:
        return parse(source, goal)
    try:
        return parse(source, otherwise)
    except SyntaxFault as fault:
        if not may_be_module(fault):
            raise
        script_fault = fault
    try:
        return parse(source, Goal.MODULE)
    except SyntaxFault as fault:
        raise fault if fault.start > script_fault.start else script_fault


def may_be_module(fault: SyntaxFault) -> bool:
    """Whether a script is wrong because of something that only modules have."""
    match fault.message:
        case messages.IMPORT_OUTSIDE | messages.IMPORT_META | messages.AWAIT_OUTSIDE | "Unexpected token 'export'":
            return True
        case _:
            return False
