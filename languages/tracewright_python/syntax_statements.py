"""The syntax tree: one class per kind of statement, and what whole texts consist of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import final

from tracewright_python.scopes import Scope
from tracewright_python.syntax import Arguments, Expression, Keyword, Node, Statement
from tracewright_python.syntax_patterns import Pattern

# Definitions


@dataclass(eq=False)
class FunctionDefinition(Statement):
    """`def` or `async def`. The span begins at that word, behind the decorators."""

    name: str
    args: Arguments
    body: list[Statement]
    decorator_list: list[Expression]
    returns: Expression | None
    scope: Scope | None = field(default=None, kw_only=True)  # filled in by `symbols.py`, as all fields of this name


@final
@dataclass(eq=False)
class FunctionDef(FunctionDefinition):
    pass


@final
@dataclass(eq=False)
class AsyncFunctionDef(FunctionDefinition):
    pass


@final
@dataclass(eq=False)
class ClassDef(Statement):
    name: str
    bases: list[Expression]
    keywords: list[Keyword]
    body: list[Statement]
    decorator_list: list[Expression]
    scope: Scope | None = field(default=None, kw_only=True)


# Simple statements


@final
@dataclass(eq=False)
class Return(Statement):
    value: Expression | None


@final
@dataclass(eq=False)
class Delete(Statement):
    targets: list[Expression]


@final
@dataclass(eq=False)
class Assign(Statement):
    """`targets[0] = targets[1] = value`"""

    targets: list[Expression]
    value: Expression


@final
@dataclass(eq=False)
class AugAssign(Statement):
    """`target op= value`; `op` is of BinaryOperator."""

    target: Expression
    op: int
    value: Expression


@final
@dataclass(eq=False)
class AnnAssign(Statement):
    """`target: annotation = value`; `simple`: the target is a name without parentheses, which alone is noted in `__annotations__`."""

    target: Expression
    annotation: Expression
    value: Expression | None
    simple: bool


@final
@dataclass(eq=False)
class Raise(Statement):
    """`raise exc from cause`"""

    exc: Expression | None
    cause: Expression | None


@final
@dataclass(eq=False)
class Assert(Statement):
    test: Expression
    msg: Expression | None


@final
@dataclass(eq=False)
class Alias(Node):
    """`name as asname` of an import; `name` has dots in it, or is `*`."""

    name: str
    asname: str | None


@final
@dataclass(eq=False)
class Import(Statement):
    names: list[Alias]


@final
@dataclass(eq=False)
class ImportFrom(Statement):
    """`from module import names`, with `level` dots before the module's name, which is None if there are only those."""

    module: str | None
    names: list[Alias]
    level: int


@final
@dataclass(eq=False)
class Global(Statement):
    names: list[str]


@final
@dataclass(eq=False)
class Nonlocal(Statement):
    names: list[str]


@final
@dataclass(eq=False)
class Expr(Statement):
    """An expression that is evaluated for what it does."""

    value: Expression


@final
@dataclass(eq=False)
class Pass(Statement):
    pass


@final
@dataclass(eq=False)
class Break(Statement):
    pass


@final
@dataclass(eq=False)
class Continue(Statement):
    pass


# Compound statements


@dataclass(eq=False)
class ForLoop(Statement):
    """`for target in iter: body else: orelse`, `async` or not."""

    target: Expression
    iter: Expression
    body: list[Statement]
    orelse: list[Statement]


@final
@dataclass(eq=False)
class For(ForLoop):
    pass


@final
@dataclass(eq=False)
class AsyncFor(ForLoop):
    pass


@final
@dataclass(eq=False)
class While(Statement):
    test: Expression
    body: list[Statement]
    orelse: list[Statement]


@final
@dataclass(eq=False)
class If(Statement):
    """An `elif` is an If alone in `orelse`: walk down a long row of them in a loop."""

    test: Expression
    body: list[Statement]
    orelse: list[Statement]


@final
@dataclass(eq=False)
class WithItem:
    """`context_expr as optional_vars`"""

    context_expr: Expression
    optional_vars: Expression | None


@dataclass(eq=False)
class WithStatement(Statement):
    """`with items: body`, `async` or not."""

    items: list[WithItem]
    body: list[Statement]


@final
@dataclass(eq=False)
class With(WithStatement):
    pass


@final
@dataclass(eq=False)
class AsyncWith(WithStatement):
    pass


@final
@dataclass(eq=False)
class ExceptHandler(Node):
    """`except type as name: body`"""

    type: Expression | None
    name: str | None
    body: list[Statement]


@dataclass(eq=False)
class TryStatement(Statement):
    """`try`, with `except` or `except*`."""

    body: list[Statement]
    handlers: list[ExceptHandler]
    orelse: list[Statement]
    finalbody: list[Statement]


@final
@dataclass(eq=False)
class Try(TryStatement):
    pass


@final
@dataclass(eq=False)
class TryStar(TryStatement):
    """Its handlers are of `except*` and have types."""


@final
@dataclass(eq=False)
class MatchCase:
    """`case pattern if guard: body`"""

    pattern: Pattern
    guard: Expression | None
    body: list[Statement]


@final
@dataclass(eq=False)
class Match(Statement):
    subject: Expression
    cases: list[MatchCase]


# Whole texts


@dataclass(eq=False)
class Root:
    """A whole text."""


@final
@dataclass(eq=False)
class Module(Root):
    """A file, or what `exec` is given."""

    body: list[Statement]
    scope: Scope | None = field(default=None, kw_only=True)


@final
@dataclass(eq=False)
class Interactive(Root):
    """What is typed at the prompt: values of Expr statements are printed."""

    body: list[Statement]
    scope: Scope | None = field(default=None, kw_only=True)


@final
@dataclass(eq=False)
class ExpressionText(Root):
    """What `eval` is given; `ast` calls it Expression."""

    body: Expression
    scope: Scope | None = field(default=None, kw_only=True)
