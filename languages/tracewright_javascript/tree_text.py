"""Tokens and trees as text, for `tracewright show` and golden tests. Hosted only: it walks over any dataclass.

ExpressionStatement
  expression: Binary +
    left: Identifier a -> var
    right: NumberLiteral 1
"""

from __future__ import annotations

from dataclasses import fields

from tracewright.lib.regular_expressions.syntax import Pattern
from tracewright.lib.utf16 import text_of_units, units_of_text
from tracewright_javascript import syntax
from tracewright_javascript.diagnostics import SyntaxFault, located
from tracewright_javascript.lexer import Lexer
from tracewright_javascript.parser import goal_of_file, parse_file
from tracewright_javascript.scopes import SCOPE_KINDS, VARIABLE_KINDS, BlockFunction, Scope, Variable
from tracewright_javascript.syntax_statements import Program
from tracewright_javascript.tokens import SPELLINGS, Kind

_OPERATOR_FIELDS = ("operator", "keyword")
_QUIET_FIELDS = ("start", "end", "variable", "receiver")


def show_tokens(text: str, file: str) -> str:
    """One token a line, with its place. A slash is read as the parser would, by what stands before it, and braces as in templates."""
    units = units_of_text(text)
    lines: list[str] = []
    lexer = Lexer(units, False)
    try:
        _read_tokens(lexer, units, lines)
    except SyntaxFault as fault:
        lines.append(text_of_units(located(fault, units, file)).rstrip("\n"))
    return "\n".join([*lines, ""])


def _read_tokens(lexer: Lexer, units: str, lines: list[str]) -> None:
    operand_before = False
    braces: list[bool] = []  # whether a closing brace goes on with a template
    while True:
        lexer.next_token()
        token = lexer.token
        if token.kind in (Kind.DIVIDE, Kind.DIVIDE_ASSIGN) and not operand_before:
            lexer.reread_as_regular_expression()
        elif token.kind == Kind.OPEN_BRACE:
            braces.append(False)
        elif token.kind == Kind.CLOSE_BRACE and braces and braces.pop():
            lexer.reread_as_template()
        if token.kind == Kind.TEMPLATE and not token.ends_template:
            braces.append(True)
        mark = "\\n " if token.newline_before else "   "
        lines.append(f"{token.start:5}-{token.end:<5}{mark}{token_text(token.kind)} {units[token.start : token.end]}")
        if token.kind == Kind.END:
            return
        closing = (Kind.CLOSE_PARENTHESIS, Kind.CLOSE_BRACKET, Kind.CLOSE_BRACE, Kind.THIS, Kind.SUPER, Kind.NULL)
        literal = Kind.PRIVATE_NAME <= token.kind <= Kind.REGULAR_EXPRESSION
        operand_before = token.is_name() or literal or token.kind in (*closing, Kind.TRUE, Kind.FALSE)


def token_text(kind: int) -> str:
    """A kind of tokens in words."""
    return next(name for name, value in vars(Kind).items() if value == kind).lower()


def show_tree(text: str, file: str) -> str:
    """The tree, or what is wrong with the text."""
    units = units_of_text(text)
    try:
        program = parse_file(units, goal_of_file(file))
    except SyntaxFault as fault:
        return text_of_units(located(fault, units, file))
    return tree_text(program)


def tree_text(program: Program) -> str:
    """A program's tree; each line ends with a newline."""
    lines: list[str] = []
    _show("", program, 0, lines)
    return "\n".join([*lines, ""])


def _show(label: str, value: object, depth: int, lines: list[str]) -> None:
    margin = "  " * depth
    head = f"{margin}{label}: " if label else margin
    if isinstance(value, Scope):
        if value.variables:
            names = ", ".join(variable_text(variable) for variable in value.variables.values())
            lines.append(f"{head}{SCOPE_KINDS[value.kind]} scope [{names}]{' eval' if value.calls_eval else ''}")
        return
    if isinstance(value, list):
        if value and isinstance(value[0], str):
            lines.append(f"{margin}{label}: {', '.join(value)}")
            return
        if value:
            lines.append(f"{margin}{label}:")
        for item in value:
            _show("", item, depth + 1, lines)
        return
    assert isinstance(value, (syntax.Node, Pattern)), value
    words = [type(value).__name__, *_inline(value)]
    lines.append(head + " ".join(words))
    if isinstance(value, Pattern):
        return
    for field in fields(value):
        child = getattr(value, field.name)
        if isinstance(child, Scope) and field.name == "body_scope" and child is getattr(value, "scope", None):
            continue
        if isinstance(child, (syntax.Node, list, Scope)) and field.name not in ("unresolved", "receiver"):
            _show(field.name, child, depth + 1, lines)


def _inline(node: syntax.Node | Pattern) -> list[str]:
    """What is said on the node's own line."""
    words: list[str] = []
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name in _QUIET_FIELDS or value is None or value is False:
            continue
        if value is True:
            words.append(field.name)
        elif isinstance(value, BlockFunction):
            words.append("also_var" if value.is_also_var else "block_only")
        elif field.name in _OPERATOR_FIELDS:
            words.append(SPELLINGS[value] if value else "assigned")
        elif field.name == "kind":
            words.append(_kind_text(node, value))
        elif isinstance(value, str):
            words.append(repr(value) if field.name != "name" else value or "-")
        elif isinstance(value, (int, float)) and field.name != "comma_after_rest":
            words.append(f"{field.name}={value}" if field.name != "value" else repr(value))
    if isinstance(node, syntax.NameReference) and not node.is_declared:
        words.append(f"-> {VARIABLE_KINDS[node.variable.kind] if node.variable is not None else 'global'}")
    return words


def _kind_text(node: syntax.Node | Pattern, kind: int) -> str:
    match node:
        case syntax.Function():
            return syntax.FUNCTION_KINDS[kind]
        case syntax.ClassMember():
            return syntax.MEMBER_KINDS[kind]
        case syntax.Property():
            return ("value", "shorthand", "method", "getter", "setter", "spread")[kind]
        case _:
            return ("keys", "values", "async values")[kind]


def variable_text(variable: Variable) -> str:
    """A name with what the compiler will ask."""
    marks = "".join(
        mark
        for mark, is_set in (
            (" captured", variable.captured),
            (" assigned", variable.assigned),
            (" checked", variable.used_before),
        )
        if is_set
    )
    return f"{VARIABLE_KINDS[variable.kind]} {variable.name}{marks}"
