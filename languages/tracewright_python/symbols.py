"""What each name of a tree means: makes its scopes, notes every use and binding of a name, and lets `resolution.py` decide.

Names are noted in the order in which CPython's compiler looks at the tree, so that of several mistakes the same one is told.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.guest.diagnostics import Span
from tracewright_python import messages
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.future import future_features
from tracewright_python.parser_cursor import TOO_COMPLEX
from tracewright_python.resolution import resolve
from tracewright_python.rules import RuleChecker, check_late_imports
from tracewright_python.scopes import Scope, ScopeKind
from tracewright_python.symbol_table import SymbolTable
from tracewright_python.syntax import (
    Arg,
    Arguments,
    Attribute,
    Await,
    BinOp,
    BoolOp,
    Call,
    Compare,
    Comprehension,
    Constant,
    Context,
    Dict,
    DictComp,
    Expression,
    FormattedValue,
    GeneratorExp,
    IfExp,
    JoinedStr,
    Keyword,
    Lambda,
    List,
    ListComp,
    Name,
    NamedExpr,
    Set,
    SetComp,
    Slice,
    Starred,
    Statement,
    Subscript,
    Tuple,
    UnaryOp,
    Yield,
    YieldFrom,
)
from tracewright_python.syntax_patterns import (
    MatchAs,
    MatchClass,
    MatchMapping,
    MatchOr,
    MatchSequence,
    MatchStar,
    MatchValue,
    Pattern,
)
from tracewright_python.syntax_statements import (
    AnnAssign,
    Assert,
    Assign,
    AsyncFunctionDef,
    AugAssign,
    ClassDef,
    Delete,
    Expr,
    ExpressionText,
    ForLoop,
    FunctionDefinition,
    Global,
    If,
    Import,
    ImportFrom,
    Interactive,
    Match,
    Module,
    Nonlocal,
    Raise,
    Return,
    TryStatement,
    While,
    WithStatement,
)

ITERATOR: Final = ".0"
"""The parameter of a comprehension: the iterator of its first `for`."""
_COMPREHENSION_NAMES: Final = ["<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"]


@final
class SymbolBuilder:
    """Walks over a tree; `table` holds what was found."""

    def __init__(self, table: SymbolTable) -> None:
        self.table = table
        self.delays_annotations = False  # `from __future__ import annotations`

    # Statements

    def statements(self, statements: list[Statement]) -> None:
        """A block."""
        for statement in statements:
            self.statement(statement)

    def statement(self, statement: Statement) -> None:
        """One statement with all that is in it."""
        match statement:
            case Expr(value=value):
                self.expression(value)
            case Assign(targets=targets, value=value):
                self.expressions(targets)
                self.expression(value)
            case If():
                self._if(statement)
            case FunctionDefinition():
                self._function(statement)
            case Return(value=result):
                if result is not None:
                    self.expression(result)
                    self.table.current.returns_value = True
            case ClassDef():
                self._class(statement)
            case AugAssign(target=target, value=value):
                self.expression(target)
                self.expression(value)
            case AnnAssign():
                self._annotated(statement)
            case ForLoop(target=target, iter=source, body=body, orelse=orelse):
                self.expression(target)
                self.expression(source)
                self.statements(body)
                self.statements(orelse)
            case While(test=test, body=body, orelse=orelse):
                self.expression(test)
                self.statements(body)
                self.statements(orelse)
            case _:
                self._other_statement(statement)

    def _other_statement(self, statement: Statement) -> None:
        match statement:
            case Delete(targets=targets):
                self.expressions(targets)
            case WithStatement(items=items, body=body):
                for item in items:
                    self.expression(item.context_expr)
                    self.optional(item.optional_vars)
                self.statements(body)
            case TryStatement():
                self._try(statement)
            case Raise(exc=exception, cause=cause):
                self.optional(exception)
                self.optional(cause)
            case Assert(test=test, msg=message):
                self.expression(test)
                self.optional(message)
            case Import(names=aliases):
                for alias in aliases:
                    self.table.note_import(alias.asname if alias.asname is not None else alias.name.split(".")[0])
            case ImportFrom():
                self._import_from(statement)
            case Global(names=names):
                for name in names:
                    self._declare(name, statement.span, True)
            case Nonlocal(names=names):
                for name in names:
                    self._declare(name, statement.span, False)
            case Match(subject=subject, cases=cases):
                self.expression(subject)
                for case in cases:
                    self.pattern(case.pattern)
                    self.optional(case.guard)
                    self.statements(case.body)
            case _:
                pass  # pass, break, continue

    def _if(self, statement: If) -> None:
        """A row of `elif` in a loop, however long it is."""
        current = statement
        while True:
            self.expression(current.test)
            self.statements(current.body)
            if len(current.orelse) != 1:
                break
            only = current.orelse[0]
            if not isinstance(only, If):
                break
            current = only
        self.statements(current.orelse)

    def _try(self, statement: TryStatement) -> None:
        self.statements(statement.body)
        self.statements(statement.orelse)
        for handler in statement.handlers:
            self.optional(handler.type)
            if handler.name is not None:
                self.table.bind(handler.name, handler.span)
            self.statements(handler.body)
        self.statements(statement.finalbody)

    def _import_from(self, statement: ImportFrom) -> None:
        for alias in statement.names:
            if alias.name != "*":
                self.table.note_import(alias.asname if alias.asname is not None else alias.name)
            elif self.table.current.kind != ScopeKind.MODULE:
                raise SyntaxFault(messages.STAR_IMPORT, alias.span)
            else:
                self.table.current.has_star_import = True

    def _declare(self, name: str, span: Span, is_global: bool) -> None:
        """`global name` or `nonlocal name`."""
        kind = "global" if is_global else "nonlocal"
        known = self.table.find(name)
        if known is not None:
            if known.is_parameter:
                raise SyntaxFault(f"name '{name}' is parameter and {kind}", span)
            if known.is_used:
                raise SyntaxFault(f"name '{name}' is used prior to {kind} declaration", span)
            if known.is_annotated:
                raise SyntaxFault(f"annotated name '{name}' can't be {kind}", span)
            if known.is_local_binding():
                raise SyntaxFault(f"name '{name}' is assigned to before {kind} declaration", span)
        if is_global:
            self.table.declare_global(name, span)
        else:
            self.table.declare_nonlocal(name, span)

    def _annotated(self, statement: AnnAssign) -> None:
        target = statement.target
        if isinstance(target, Name):
            known = self.table.find(target.id)
            is_declared = known is not None and (known.is_global or known.is_nonlocal)
            if is_declared and statement.simple and self.table.current.kind != ScopeKind.MODULE:
                assert known is not None
                kind = "global" if known.is_global else "nonlocal"
                raise SyntaxFault(f"annotated name '{target.id}' can't be {kind}", statement.span)
            if statement.simple:
                self.table.bind(target.id, target.span).is_annotated = True
            elif statement.value is not None:
                self.table.bind(target.id, target.span)
        else:
            self.expression(target)
        self.annotation(statement.annotation)
        self.optional(statement.value)

    # Definitions

    def _function(self, definition: FunctionDefinition) -> None:
        table = self.table
        table.bind(definition.name, definition.span)
        self._defaults(definition.args)
        self._annotations(definition.args)
        if definition.returns is not None:
            self.annotation(definition.returns)
        self.expressions(definition.decorator_list)
        scope = table.enter(ScopeKind.FUNCTION, definition.name, definition.span.line)
        definition.scope = scope
        scope.is_coroutine = isinstance(definition, AsyncFunctionDef)
        self._parameters(definition.args)
        self.statements(definition.body)
        table.leave()

    def _class(self, definition: ClassDef) -> None:
        table = self.table
        table.bind(definition.name, definition.span)
        self.expressions(definition.bases)
        self.keywords(definition.keywords)
        self.expressions(definition.decorator_list)
        scope = table.enter(ScopeKind.CLASS, definition.name, definition.span.line)
        scope.private_class = definition.name
        definition.scope = scope
        self.statements(definition.body)
        table.leave()

    def _lambda(self, function: Lambda) -> None:
        self._defaults(function.args)
        function.scope = self.table.enter(ScopeKind.LAMBDA, "<lambda>", function.span.line)
        self._parameters(function.args)
        self.expression(function.body)
        self.table.leave()

    def _defaults(self, arguments: Arguments) -> None:
        self.expressions(arguments.defaults)
        for default in arguments.kw_defaults:
            self.optional(default)

    def _annotations(self, arguments: Arguments) -> None:
        self._annotations_of(arguments.posonlyargs)
        self._annotations_of(arguments.args)
        if arguments.vararg is not None:
            self._annotations_of([arguments.vararg])
        if arguments.kwarg is not None:
            self._annotations_of([arguments.kwarg])
        self._annotations_of(arguments.kwonlyargs)

    def _annotations_of(self, parameters: list[Arg]) -> None:
        for parameter in parameters:
            if parameter.annotation is not None:
                self.annotation(parameter.annotation)

    def _parameters(self, arguments: Arguments) -> None:
        scope = self.table.current
        for parameter in arguments.posonlyargs:
            self.table.bind_parameter(parameter.arg, parameter.span)
        for parameter in arguments.args:
            self.table.bind_parameter(parameter.arg, parameter.span)
        for parameter in arguments.kwonlyargs:
            self.table.bind_parameter(parameter.arg, parameter.span)
        if arguments.vararg is not None:
            self.table.bind_parameter(arguments.vararg.arg, arguments.vararg.span)
            scope.has_variadic_positional = True
        if arguments.kwarg is not None:
            self.table.bind_parameter(arguments.kwarg.arg, arguments.kwarg.span)
            scope.has_variadic_keywords = True

    def annotation(self, annotation: Expression) -> None:
        """What stands behind the colon of a name; it binds nothing if it is kept as text."""
        if not self.delays_annotations:
            self.expression(annotation)
            return
        self.table.enter_annotation()
        self.expression(annotation)
        self.table.leave_annotation()

    # Expressions

    def expressions(self, expressions: list[Expression]) -> None:
        """A row of expressions."""
        for expression in expressions:
            self.expression(expression)

    def optional(self, expression: Expression | None) -> None:
        """An expression that may be missing."""
        if expression is not None:
            self.expression(expression)

    def keywords(self, keywords: list[Keyword]) -> None:
        """The keyword arguments of a call or a class."""
        for keyword in keywords:
            self.expression(keyword.value)

    def expression(self, expression: Expression) -> None:
        """One expression with all that is in it."""
        match expression:
            case Name(id=name, ctx=ctx):
                self._name(name, ctx, expression.span)
            case Constant():
                pass
            case Attribute(value=value) | Starred(value=value) | FormattedValue(value=value, format_spec=None):
                self.expression(value)
            case Call(func=func, args=args, keywords=keywords):
                self.expression(func)
                self.expressions(args)
                self.keywords(keywords)
            case Subscript(value=value, slice=index):
                self.expression(value)
                self.expression(index)
            case BinOp():
                self._binary(expression)
            case Compare(left=left, comparators=comparators):
                self.expression(left)
                self.expressions(comparators)
            case Tuple(elts=elements) | List(elts=elements) | Set(elts=elements):
                self.expressions(elements)
            case BoolOp(values=values) | JoinedStr(values=values):
                self.expressions(values)
            case UnaryOp(operand=operand):
                self.expression(operand)
            case _:
                self._other_expression(expression)

    def _other_expression(self, expression: Expression) -> None:
        match expression:
            case Dict(keys=keys, values=values):
                for key in keys:
                    self.optional(key)
                self.expressions(values)
            case IfExp(test=test, body=body, orelse=orelse):
                self.expression(test)
                self.expression(body)
                self.expression(orelse)
            case Slice(lower=lower, upper=upper, step=step):
                self.optional(lower)
                self.optional(upper)
                self.optional(step)
            case FormattedValue(value=value, format_spec=specification):
                self.expression(value)
                if specification is not None:
                    self.expression(specification)
            case Lambda():
                self._lambda(expression)
            case NamedExpr():
                self._named(expression)
            case Await(value=value):
                self.table.check_annotation("await expression", expression.span)
                self.expression(value)
                self.table.current.is_coroutine = True
            case Yield(value=produced):
                self._yield(produced, expression.span)
            case YieldFrom(value=source):
                self._yield(source, expression.span)
            case ListComp(elt=element, generators=generators):
                expression.scope = self._comprehension(
                    ScopeKind.LIST_COMPREHENSION, generators, element, None, expression
                )
            case SetComp(elt=element, generators=generators):
                expression.scope = self._comprehension(
                    ScopeKind.SET_COMPREHENSION, generators, element, None, expression
                )
            case GeneratorExp(elt=element, generators=generators):
                expression.scope = self._comprehension(
                    ScopeKind.GENERATOR_EXPRESSION, generators, element, None, expression
                )
            case DictComp(key=key, value=value, generators=generators):
                expression.scope = self._comprehension(ScopeKind.DICT_COMPREHENSION, generators, key, value, expression)
            case _:
                raise AssertionError("a kind of expression without names")

    def _name(self, name: str, ctx: int, span: Span) -> None:
        if ctx != Context.LOAD:
            self.table.bind(name, span)
            return
        self.table.use(name)
        if name == "super" and self.table.current.is_function():
            self.table.use("__class__")

    def _binary(self, operation: BinOp) -> None:
        """A row of operators in a loop, however long it is."""
        rights = [operation.right]
        left = operation.left
        while isinstance(left, BinOp):
            rights.append(left.right)
            left = left.left
        self.expression(left)
        for index in range(len(rights) - 1, -1, -1):
            self.expression(rights[index])

    def _named(self, expression: NamedExpr) -> None:
        table = self.table
        table.check_annotation("named expression", expression.span)
        if table.iterated > 0:
            raise SyntaxFault(messages.WALRUS_IN_ITERATED, expression.span)
        if table.current.is_comprehension():
            table.bind_outside_comprehension(expression.target.id, expression.target.span)
        self.expression(expression.value)
        self.expression(expression.target)

    def _yield(self, value: Expression | None, span: Span) -> None:
        scope = self.table.current
        self.table.check_annotation("yield expression", span)
        self.optional(value)
        scope.is_generator = True
        if scope.is_comprehension():
            kinds = ["list comprehension", "set comprehension", "dict comprehension", "generator expression"]
            raise SyntaxFault(f"'yield' inside {kinds[scope.kind - ScopeKind.LIST_COMPREHENSION]}", span)

    def _comprehension(
        self,
        kind: int,
        generators: list[Comprehension],
        element: Expression,
        value: Expression | None,
        expression: Expression,
    ) -> Scope:
        table = self.table
        first = generators[0]
        table.iterated += 1
        self.expression(first.iter)
        table.iterated -= 1
        name = _COMPREHENSION_NAMES[kind - ScopeKind.LIST_COMPREHENSION]
        scope = table.enter(kind, name, expression.span.line)
        scope.is_coroutine = first.is_async
        table.bind_parameter(ITERATOR, expression.span)
        self._loop_target(first.target)
        self.expressions(first.ifs)
        for generator in generators[1:]:
            self._loop_target(generator.target)
            table.iterated += 1
            self.expression(generator.iter)
            table.iterated -= 1
            self.expressions(generator.ifs)
            scope.is_coroutine = scope.is_coroutine or generator.is_async
        self.optional(value)
        self.expression(element)
        is_generator = kind == ScopeKind.GENERATOR_EXPRESSION
        scope.is_generator = is_generator
        table.leave()
        if scope.is_coroutine and not is_generator:
            table.current.is_coroutine = True
        return scope

    def _loop_target(self, target: Expression) -> None:
        self.table.binds_iteration = True
        self.expression(target)
        self.table.binds_iteration = False

    # Patterns

    def pattern(self, pattern: Pattern) -> None:
        """One pattern with all that is in it."""
        match pattern:
            case MatchValue(value=value):
                self.expression(value)
            case MatchSequence(patterns=patterns) | MatchOr(patterns=patterns):
                self.patterns(patterns)
            case MatchMapping(keys=keys, patterns=patterns, rest=rest):
                self.expressions(keys)
                self.patterns(patterns)
                self._capture(rest, pattern.span)
            case MatchClass(cls=cls, patterns=patterns, kwd_patterns=keyword_patterns):
                self.expression(cls)
                self.patterns(patterns)
                self.patterns(keyword_patterns)
            case MatchStar(name=name):
                self._capture(name, pattern.span)
            case MatchAs(pattern=inner, name=name):
                if inner is not None:
                    self.pattern(inner)
                self._capture(name, pattern.span)
            case _:
                pass  # MatchSingleton

    def patterns(self, patterns: list[Pattern]) -> None:
        """A row of patterns."""
        for pattern in patterns:
            self.pattern(pattern)

    def _capture(self, name: str | None, span: Span) -> None:
        if name is not None:
            self.table.bind(name, span)


def analyze(module: Module) -> None:
    """Put scopes on the tree of a file, and refuse what breaks a rule that the grammar has not. Raises SyntaxFault."""
    check_late_imports(module.body)
    module.scope = _analyzed(module.body, False)


def analyze_interactive(text: Interactive, delays_annotations: bool) -> None:
    """The same of what was typed; a prompt keeps what was imported from `__future__`."""
    text.scope = _analyzed(text.body, delays_annotations)


def analyze_expression(text: ExpressionText) -> None:
    """The same of what `eval` is given."""
    text.scope = _analyzed([Expr(text.body.span, text.body)], False)


def _analyzed(body: list[Statement], delays_annotations: bool) -> Scope:
    builder = SymbolBuilder(SymbolTable())
    builder.delays_annotations = delays_annotations or future_features(body).annotations
    try:
        builder.statements(body)
        resolve(builder.table)
        checker = RuleChecker(builder.delays_annotations)
        checker.statements(body)
    except RecursionError:
        raise SyntaxFault(TOO_COMPLEX, body[0].span)
    builder.table.module.warnings = checker.warnings
    return builder.table.module
