"""Going on after an error, so that one run reports several mistakes of one function, and no mistake twice.

A statement with an error counts as not there. The names it would have given a value are *doubtful*: what uses them is skipped
silently, as it could only repeat the first error. The graph of such a function is of no use and is never finished.
"""

from __future__ import annotations

import ast

from tracewright.core.errors import DialectError
from tracewright.translate.flow.graph import Block, Edge
from tracewright.translate.infer.assigned import assigned_in
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.facts import Facts
from tracewright.translate.infer.sources import Doubtful

_LEAVES = (ast.Return, ast.Raise, ast.Break, ast.Continue)


_WRONG_TYPES = ("type-mismatch", "none", "redeclared")  # what is assigned is not what was meant


def _bound(statement: ast.stmt) -> set[str]:
    """Names that a statement binds other than by assignment."""
    match statement:
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            return {(alias.asname or alias.name).partition(".")[0] for alias in aliases}
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case _:
            return set()


class Checkpoint:
    """The state of a function before a statement."""

    __slots__ = ("block", "depth", "facts", "renamed")

    def __init__(self, context: FunctionContext) -> None:
        assert context.builder.block is not None
        self.block: Block = context.builder.block
        self.facts: Facts = context.emission.facts
        self.renamed = context.locals.renamed
        self.depth = len(context.emission.scopes)

    def go_on(self, context: FunctionContext, statement: ast.stmt, error: DialectError | Doubtful) -> None:
        """Report the error of the statement and continue behind it."""
        if isinstance(error, DialectError):
            context.translator.report(error)
        builder = context.builder
        builder.failed = True
        names = assigned_in([statement])[0] | _bound(statement)
        wrong = isinstance(error, DialectError) and error.code in _WRONG_TYPES
        context.locals.doubtful.update(
            name for name in names if wrong or context.locals.name(name) not in context.locals.declared
        )
        context.emission.scopes = context.emission.scopes[: self.depth]
        context.locals.renamed, context.emission.facts = self.renamed, self.facts
        if isinstance(statement, _LEAVES):
            builder.block = None
            return
        following = builder.new_block(sealed=True)
        builder.incoming[following] = [(self.block, Edge(following))]
        builder.start(following)
