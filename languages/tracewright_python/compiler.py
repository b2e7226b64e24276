"""Source text to code, in one call."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright_python.builtin_types import SYNTAX_WARNING
from tracewright_python.bytecode import Code
from tracewright_python.compiler_functions import FunctionCompiler, documentation_of, has_annotations
from tracewright_python.compiler_names import Unit
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.errors import Raised
from tracewright_python.given_warnings import warn_of_source
from tracewright_python.namespaces import Namespace
from tracewright_python.opcodes import Op
from tracewright_python.parser import parse_expression_text, parse_interactive, parse_module
from tracewright_python.scopes import Scope, ScopeKind
from tracewright_python.session import Session
from tracewright_python.symbols import analyze, analyze_expression, analyze_interactive
from tracewright_python.syntax import Statement
from tracewright_python.syntax_statements import ExpressionText, Interactive, Module, Root
from tracewright_python.values import type_of


class TextKind:
    """What a text is, and where its names live."""

    MODULE: Final = 0
    EXPRESSION: Final = 1  # for `eval`
    SINGLE: Final = 2  # as typed at a prompt: values of expressions are shown
    LOCAL: Final = 4  # added: its names are in a mapping that it is called with, as those of a class body
    AGAIN: Final = 8  # added: it was compiled before, so its warnings have been given


def compile_source(session: Session, source: str, namespace: Namespace, file: str, kind: int) -> Code:
    """The code of a text. Raises SyntaxFault."""
    return compile_tree(session, parse_text(source, kind & 3), namespace, file, kind)


def parse_text(source: str, kind: int) -> Root:
    """The tree of a text of a kind without LOCAL. Raises SyntaxFault."""
    match kind:
        case TextKind.EXPRESSION:
            return parse_expression_text(source)
        case TextKind.SINGLE:
            return parse_interactive(source)
        case _:
            return parse_module(source)


def compile_tree(session: Session, tree: Root, namespace: Namespace, file: str, kind: int) -> Code:
    """The code of a tree; of its kind (TextKind) only what is added matters. Raises SyntaxFault, and what a warning was made to raise."""
    is_local = kind & TextKind.LOCAL != 0
    if isinstance(tree, ExpressionText):
        analyze_expression(tree)
        give_warnings(session, tree.scope, file, kind)
        compiler = text_compiler(session, tree.scope, namespace, file, is_local)
        slot = compiler.operand(tree.body)
        compiler.emit(Op.RETURN, slot)
        return finished(compiler, is_local)
    if isinstance(tree, Interactive):
        analyze_interactive(tree, False)
        give_warnings(session, tree.scope, file, kind)
        compiler = text_compiler(session, tree.scope, namespace, file, is_local)
        return compiled_body(compiler, tree.body, is_local, True)
    assert isinstance(tree, Module)
    analyze(tree)
    give_warnings(session, tree.scope, file, kind)
    compiler = text_compiler(session, tree.scope, namespace, file, is_local)
    return compiled_body(compiler, tree.body, is_local, False)


def give_warnings(session: Session, scope: Scope | None, file: str, kind: int) -> None:
    """Give the warnings of a text. One that a filter makes an exception is a mistake of the text. Raises SyntaxFault."""
    if scope is None or kind & TextKind.AGAIN != 0:
        return
    for warning in scope.warnings:
        try:
            warn_of_source(session, SYNTAX_WARNING, warning.message, file, warning.span.line)
        except Raised as raised:
            if type_of(raised.value) is SYNTAX_WARNING:
                raise SyntaxFault(warning.message, warning.span)
            raise


def text_compiler(
    session: Session, scope: Scope | None, namespace: Namespace, file: str, is_local: bool
) -> FunctionCompiler:
    """What compiles the outermost part of a text."""
    assert scope is not None
    if is_local:
        scope.kind = ScopeKind.CLASS
    compiler = FunctionCompiler(Unit(session, namespace, file), None, scope, "<module>", "<module>")
    compiler.declare_variables()
    if is_local:
        compiler.take(1)  # the mapping
    return compiler


def compiled_body(compiler: FunctionCompiler, body: list[Statement], is_local: bool, shows_values: bool) -> Code:
    """The code of statements."""
    slot = compiler.slot()
    if not is_local and not shows_values:
        documentation = documentation_of(body)
        if documentation is None:
            compiler.load_none(slot)
        else:
            compiler.load_text(slot, documentation)
        compiler.store_name("__doc__", slot)
    if has_annotations(body):
        compiler.emit(Op.DICT, slot, slot, 0)
        compiler.store_name("__annotations__", slot)
    compiler.shows_values = shows_values
    compiler.compile_statements(body)
    compiler.load_none(slot)
    compiler.emit(Op.RETURN, slot)
    return finished(compiler, is_local)


def finished(compiler: FunctionCompiler, is_local: bool) -> Code:
    """The code object."""
    code = compiler.finish(0, 1 if is_local else 0, 0, 1, Value.NULL)
    code.variables_are_a_namespace = is_local
    return code
