"""The syntax tree: one class per kind of statement, and what modules and whole programs consist of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from tracewright_javascript.scopes import BlockFunction, Scope
from tracewright_javascript.syntax import Class, Expression, Function, Identifier, NameReference, Node, Statement


@final
@dataclass(eq=False)
class ExpressionStatement(Statement):
    """`directive` is the text between the quotes where this stands in a prologue; else None."""

    expression: Expression
    directive: str | None


@final
@dataclass(eq=False)
class Declarator(Node):
    target: Expression
    value: Expression | None


@final
@dataclass(eq=False)
class VariableDeclaration(Statement):
    """`keyword` is Kind.VAR, Kind.LET or Kind.CONST."""

    keyword: int
    declarators: list[Declarator]


@final
@dataclass(eq=False)
class FunctionDeclaration(Statement):
    target: Identifier
    function: Function
    block_function: BlockFunction | None


@final
@dataclass(eq=False)
class ClassDeclaration(Statement):
    target: Identifier
    definition: Class


@final
@dataclass(eq=False)
class Block(Statement):
    statements: list[Statement]
    scope: Scope


@final
@dataclass(eq=False)
class Empty(Statement):
    pass


@final
@dataclass(eq=False)
class Branch(Node):
    """`if (test) body`, one of a row."""

    test: Expression
    body: Statement


@final
@dataclass(eq=False)
class If(Statement):
    """`if ... else if ... else`: one node however long the row, so that no row is too deep."""

    branches: list[Branch]
    otherwise: Statement | None


@final
@dataclass(eq=False)
class For(Statement):
    """`initializer` is a VariableDeclaration or an ExpressionStatement."""

    initializer: Statement | None
    test: Expression | None
    update: Expression | None
    body: Statement
    scope: Scope


class IterationKind:
    """What a `for` over something asks for."""

    KEYS: Final = 0  # `in`
    VALUES: Final = 1  # `of`
    ASYNC_VALUES: Final = 2  # `for await`


@final
@dataclass(eq=False)
class ForEach(Statement):
    """`for (target in subject)` and `of`. `keyword` is 0 where the target is no declaration; only `var x = value in` has a value.

    The names of `let` and `const` are in `scope`, which the subject sees, too, before they are initialized.
    """

    kind: int
    keyword: int
    target: Expression
    value: Expression | None
    subject: Expression
    body: Statement
    scope: Scope


@final
@dataclass(eq=False)
class While(Statement):
    test: Expression
    body: Statement


@final
@dataclass(eq=False)
class DoWhile(Statement):
    body: Statement
    test: Expression


@final
@dataclass(eq=False)
class Break(Statement):
    label: str | None


@final
@dataclass(eq=False)
class Continue(Statement):
    label: str | None


@final
@dataclass(eq=False)
class Return(Statement):
    value: Expression | None


@final
@dataclass(eq=False)
class Throw(Statement):
    value: Expression


@final
@dataclass(eq=False)
class Try(Statement):
    body: Block
    catch_target: Expression | None
    catch_scope: Scope | None
    catch_body: Block | None
    finally_body: Block | None


@final
@dataclass(eq=False)
class Case(Node):
    """`test` is None for `default`."""

    test: Expression | None
    statements: list[Statement]


@final
@dataclass(eq=False)
class Switch(Statement):
    subject: Expression
    cases: list[Case]
    scope: Scope


@final
@dataclass(eq=False)
class With(Statement):
    object: Expression
    body: Statement
    scope: Scope


@final
@dataclass(eq=False)
class Labelled(Statement):
    label: str
    body: Statement


@final
@dataclass(eq=False)
class Debugger(Statement):
    pass


# Modules


@final
@dataclass(eq=False)
class Attribute(Node):
    """`key: "value"` of `with { ... }`."""

    key: str
    value: str


@final
@dataclass(eq=False)
class ImportName(Node):
    """`import { imported as local }`; `imported` is `default`, or `*` for the namespace."""

    imported: str
    local: Identifier


@final
@dataclass(eq=False)
class Import(Statement):
    names: list[ImportName]
    source: str
    attributes: list[Attribute]


@final
@dataclass(eq=False)
class ExportName(Node):
    """`export { local as exported }`; with a source, `local` is the other module's name, or `*`, and `reference` None."""

    local: str
    exported: str  # empty for `export * from`
    reference: Identifier | None


@final
@dataclass(eq=False)
class ExportNames(Statement):
    names: list[ExportName]
    source: str | None
    attributes: list[Attribute]


@final
@dataclass(eq=False)
class ExportDeclaration(Statement):
    """`export` before a declaration, whose names are `names`."""

    declaration: Statement
    names: list[str]


@final
@dataclass(eq=False)
class ExportDefault(Statement):
    """`declaration` is a FunctionDeclaration or ClassDeclaration (named `*default*` where it has no name) or an ExpressionStatement."""

    declaration: Statement


@final
@dataclass(eq=False)
class Program(Node):
    """A script, a module, or the text of an `eval`."""

    statements: list[Statement]
    is_module: bool
    is_strict: bool
    has_top_level_await: bool
    scope: Scope
    unresolved: list[NameReference]  # names that no scope of the text declares
