"""Rules that no grammar has: what may stand in a function, in a loop, behind a star; and what is surely not meant. CPython's compiler tells these.

The tree has its scopes already. It is walked over in the order in which CPython generates code, so that of several mistakes the same
one is told.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.guest.diagnostics import Span
from tracewright_python import messages
from tracewright_python.diagnostics import SourceWarning, SyntaxFault
from tracewright_python.future import is_future_import, late_future_imports
from tracewright_python.pattern_rules import check_cases
from tracewright_python.scopes import Scope
from tracewright_python.source_warnings import of_assertion, of_call, of_comparison, of_subscript
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
from tracewright_python.syntax_statements import (
    AnnAssign,
    Assert,
    Assign,
    AsyncFor,
    AsyncFunctionDef,
    AsyncWith,
    AugAssign,
    Break,
    ClassDef,
    Continue,
    Delete,
    ExceptHandler,
    Expr,
    ForLoop,
    FunctionDefinition,
    If,
    Import,
    ImportFrom,
    Match,
    Raise,
    Return,
    TryStar,
    TryStatement,
    While,
    WithStatement,
)

MOST_BLOCKS: Final = 20
_DEBUG: Final = "__debug__"


class CodeOwner:
    """What a stretch of code belongs to."""

    MODULE: Final = 0
    CLASS: Final = 1
    FUNCTION: Final = 2
    ASYNC_FUNCTION: Final = 3
    LAMBDA: Final = 4
    COMPREHENSION: Final = 5


class Block:
    """What a statement stands in, inside of its function."""

    LOOP: Final = 0
    EXCEPT_STAR: Final = 1
    OTHER: Final = 2


@final
class Surroundings:
    """What is around a piece of code, up to the function that it belongs to."""

    def __init__(self, owner: int, scope: Scope | None) -> None:
        self.owner = owner
        self.scope = scope
        self.blocks: list[int] = []

    def in_function(self) -> bool:
        """Whether `yield` and `await` have something to suspend."""
        return self.owner >= CodeOwner.FUNCTION


@final
class RuleChecker:
    """Walks over a tree."""

    def __init__(self, delays_annotations: bool) -> None:
        self.delays_annotations = delays_annotations  # they stay texts, and nobody warns of what is not compiled
        self.around: Surroundings = Surroundings(CodeOwner.MODULE, None)
        self.warnings: list[SourceWarning] = []

    def _enter(self, owner: int, scope: Scope | None) -> Surroundings:
        outer = self.around
        self.around = Surroundings(owner, scope)
        return outer

    def _warn(self, message: str, span: Span) -> None:
        """Keep a warning; there is none where the message is empty."""
        if message != "":
            self.warnings.append(SourceWarning(message, span))

    def _push(self, block: int, span: Span) -> None:
        if len(self.around.blocks) >= MOST_BLOCKS:
            raise SyntaxFault(messages.TOO_MANY_BLOCKS, span)
        self.around.blocks.append(block)

    # Statements

    def block(self, block: int, statements: list[Statement], span: Span) -> None:
        """Statements that stand in something of this Block kind."""
        self._push(block, span)
        self.statements(statements)
        self.around.blocks.pop()

    def statements(self, statements: list[Statement]) -> None:
        """A row of statements."""
        for statement in statements:
            self.statement(statement)

    def statement(self, statement: Statement) -> None:
        """One statement with all that is in it."""
        match statement:
            case Expr(value=value):
                self.expression(value)
            case Assign(targets=targets, value=value):
                self.expression(value)
                self.expressions(targets)
            case If():
                self._if(statement)
            case FunctionDefinition():
                self._function(statement)
            case ClassDef():
                self._class(statement)
            case Return(value=result):
                self._return(result, statement.span)
            case AugAssign(target=target, value=value):
                self.expression(target)
                self.expression(value)
            case AnnAssign(target=target, annotation=annotation, value=assigned):
                self.optional(assigned)
                self.expression(target)
                self._annotation(annotation)
            case ForLoop():
                self._for(statement)
            case While(test=test, body=body, orelse=orelse):
                self._push(Block.LOOP, statement.span)
                self.expression(test)
                self.statements(body)
                self.around.blocks.pop()
                self.statements(orelse)
            case _:
                self._other_statement(statement)

    def _other_statement(self, statement: Statement) -> None:
        match statement:
            case Delete(targets=targets):
                self.expressions(targets)
            case WithStatement():
                self._with(statement)
            case TryStatement():
                self._try(statement)
            case Raise(exc=exception, cause=cause):
                self.optional(exception)
                self.optional(cause)
            case Assert(test=test, msg=message):
                self._warn(of_assertion(test), statement.span)
                self.expression(test)
                self.optional(message)
            case Import(names=names):
                for alias in names:
                    _check_stored(alias.asname if alias.asname is not None else alias.name, statement.span)
            case ImportFrom(names=names):
                if is_future_import(statement) and self.around.owner != CodeOwner.MODULE:
                    raise SyntaxFault(messages.LATE_FUTURE, statement.span)
                for alias in names:
                    _check_stored(alias.asname if alias.asname is not None else alias.name, statement.span)
            case Match(subject=subject, cases=cases):
                self.expression(subject)
                check_cases(cases)
                for case in cases:
                    self.optional(case.guard)
                    self.statements(case.body)
            case Break():
                self._check_jump(True, statement.span)
            case Continue():
                self._check_jump(False, statement.span)
            case _:
                pass  # pass, global, nonlocal

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

    def _return(self, value: Expression | None, span: Span) -> None:
        owner = self.around.owner
        if owner == CodeOwner.MODULE or owner == CodeOwner.CLASS:
            raise SyntaxFault("'return' outside function", span)
        scope = self.around.scope
        if value is not None and scope is not None and scope.is_coroutine and scope.is_generator:
            raise SyntaxFault("'return' with value in async generator", span)
        self.optional(value)
        for block in self.around.blocks:
            if block == Block.EXCEPT_STAR:
                raise SyntaxFault(messages.JUMP_FROM_EXCEPT_STAR, span)

    def _check_jump(self, is_break: bool, span: Span) -> None:
        blocks = self.around.blocks
        for index in range(len(blocks) - 1, -1, -1):
            if blocks[index] == Block.EXCEPT_STAR:
                raise SyntaxFault(messages.JUMP_FROM_EXCEPT_STAR, span)
            if blocks[index] == Block.LOOP:
                return
        raise SyntaxFault("'break' outside loop" if is_break else "'continue' not properly in loop", span)

    def _for(self, statement: ForLoop) -> None:
        if isinstance(statement, AsyncFor) and self.around.owner != CodeOwner.ASYNC_FUNCTION:
            raise SyntaxFault("'async for' outside async function", statement.span)
        self._push(Block.LOOP, statement.span)
        self.expression(statement.iter)
        self.expression(statement.target)
        self.statements(statement.body)
        self.around.blocks.pop()
        self.statements(statement.orelse)

    def _with(self, statement: WithStatement) -> None:
        if isinstance(statement, AsyncWith) and self.around.owner != CodeOwner.ASYNC_FUNCTION:
            raise SyntaxFault("'async with' outside async function", statement.span)
        for item in statement.items:
            self.expression(item.context_expr)
            self._push(Block.OTHER, statement.span)
            self.optional(item.optional_vars)
        self.statements(statement.body)
        for _ in statement.items:
            self.around.blocks.pop()

    def _try(self, statement: TryStatement) -> None:
        span = statement.span
        has_final = len(statement.finalbody) > 0
        if has_final:
            self._push(Block.OTHER, span)
        if len(statement.handlers) == 0:
            self.statements(statement.body)
        else:
            self.block(Block.OTHER, statement.body, span)
            self._handlers(statement, isinstance(statement, TryStar))
            self.statements(statement.orelse)
        if has_final:
            self.around.blocks.pop()
            self.statements(statement.finalbody)

    def _handlers(self, statement: TryStatement, is_star: bool) -> None:
        self._push(Block.EXCEPT_STAR if is_star else Block.OTHER, statement.span)
        last = len(statement.handlers) - 1
        for index in range(len(statement.handlers)):
            handler: ExceptHandler = statement.handlers[index]
            if handler.type is None and index < last:
                raise SyntaxFault(messages.BARE_EXCEPT_LAST, handler.span)
            self.optional(handler.type)
            if handler.name is not None:
                _check_stored(handler.name, handler.span)
            self.block(Block.OTHER, handler.body, handler.span)
        self.around.blocks.pop()

    # Definitions

    def _function(self, definition: FunctionDefinition) -> None:
        arguments = definition.args
        _check_parameters(arguments, definition.span)
        self.expressions(definition.decorator_list)
        self._defaults(arguments)
        self._annotations(arguments)
        if definition.returns is not None:
            self._annotation(definition.returns)
        is_async = isinstance(definition, AsyncFunctionDef)
        outer = self._enter(CodeOwner.ASYNC_FUNCTION if is_async else CodeOwner.FUNCTION, definition.scope)
        self.statements(definition.body)
        self.around = outer
        _check_stored(definition.name, definition.span)

    def _class(self, definition: ClassDef) -> None:
        self.expressions(definition.decorator_list)
        outer = self._enter(CodeOwner.CLASS, definition.scope)
        self.statements(definition.body)
        self.around = outer
        self._check_keywords(definition.keywords, definition.span)
        self._arguments(definition.bases, definition.keywords)
        _check_stored(definition.name, definition.span)

    def _defaults(self, arguments: Arguments) -> None:
        self.expressions(arguments.defaults)
        for default in arguments.kw_defaults:
            self.optional(default)

    def _annotations(self, arguments: Arguments) -> None:
        for parameter in all_parameters(arguments):
            annotation = parameter.annotation
            if isinstance(annotation, Starred):
                self._annotation(annotation.value)
            elif annotation is not None:
                self._annotation(annotation)

    def _annotation(self, annotation: Expression) -> None:
        known = len(self.warnings)
        self.expression(annotation)
        if self.delays_annotations:
            while len(self.warnings) > known:
                self.warnings.pop()

    # Expressions

    def expressions(self, expressions: list[Expression]) -> None:
        """A row of expressions."""
        for expression in expressions:
            self.expression(expression)

    def optional(self, expression: Expression | None) -> None:
        """An expression that may be missing."""
        if expression is not None:
            self.expression(expression)

    def _elements(self, elements: list[Expression]) -> None:
        """A row whose members may have stars."""
        for element in elements:
            self.expression(element.value if isinstance(element, Starred) else element)

    def expression(self, expression: Expression) -> None:
        """One expression with all that is in it."""
        match expression:
            case Name(id=name, ctx=ctx):
                _check_changed(name, ctx, expression.span)
            case Attribute(value=value, attr=name, ctx=ctx):
                self.expression(value)
                _check_changed(name, ctx, expression.span)
            case Call(func=func, args=args, keywords=keywords):
                self._check_keywords(keywords, expression.span)
                self._warn(of_call(func), expression.span)
                self.expression(func)
                self._arguments(args, keywords)
            case Subscript(value=value, slice=index):
                self._warn(of_subscript(expression), expression.span)
                self.expression(value)
                self.expression(index)
            case Tuple(elts=elements, ctx=ctx) | List(elts=elements, ctx=ctx):
                if ctx == Context.STORE:
                    _check_stars(elements, expression.span)
                self._elements(elements)
            case Starred(ctx=ctx):
                message = messages.LONE_STARRED_TARGET if ctx == Context.STORE else messages.LONE_STARRED
                raise SyntaxFault(message, expression.span)
            case BinOp():
                self._binary(expression)
            case UnaryOp(operand=operand):
                self.expression(operand)
            case Compare(left=left, comparators=comparators):
                for message in of_comparison(expression):
                    self._warn(message, expression.span)
                self.expression(left)
                self.expressions(comparators)
            case BoolOp(values=values) | JoinedStr(values=values):
                self.expressions(values)
            case _:
                self._other_expression(expression)

    def _other_expression(self, expression: Expression) -> None:
        match expression:
            case Set(elts=elements):
                self._elements(elements)
            case Dict(keys=keys, values=values):
                for index in range(len(keys)):
                    self.optional(keys[index])
                    self.expression(values[index])
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
            case NamedExpr(target=target, value=value):
                self.expression(value)
                self.expression(target)
            case Lambda():
                _check_parameters(expression.args, expression.span)
                self._defaults(expression.args)
                outer = self._enter(CodeOwner.LAMBDA, expression.scope)
                self.expression(expression.body)
                self.around = outer
            case Await(value=value):
                self._check_await(expression.span)
                self.expression(value)
            case Yield(value=produced):
                self._check_yield(expression.span)
                self.optional(produced)
            case YieldFrom(value=value):
                self._check_yield(expression.span)
                if self.around.owner == CodeOwner.ASYNC_FUNCTION:
                    raise SyntaxFault("'yield from' inside async function", expression.span)
                self.expression(value)
            case ListComp(elt=element, generators=generators, scope=scope):
                self._comprehension(generators, element, None, scope, expression.span, False)
            case SetComp(elt=element, generators=generators, scope=scope):
                self._comprehension(generators, element, None, scope, expression.span, False)
            case DictComp(key=key, value=value, generators=generators, scope=scope):
                self._comprehension(generators, key, value, scope, expression.span, False)
            case GeneratorExp(elt=element, generators=generators, scope=scope):
                self._comprehension(generators, element, None, scope, expression.span, True)
            case _:
                pass  # constants

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

    def _check_await(self, span: Span) -> None:
        around = self.around
        if not around.in_function():
            raise SyntaxFault("'await' outside function", span)
        if around.owner != CodeOwner.ASYNC_FUNCTION and around.owner != CodeOwner.COMPREHENSION:
            raise SyntaxFault("'await' outside async function", span)

    def _check_yield(self, span: Span) -> None:
        if not self.around.in_function():
            raise SyntaxFault("'yield' outside function", span)

    def _comprehension(
        self,
        generators: list[Comprehension],
        element: Expression,
        value: Expression | None,
        scope: Scope | None,
        span: Span,
        is_generator: bool,
    ) -> None:
        owner = self.around.owner
        is_async = scope is not None and scope.is_coroutine and not is_generator
        if is_async and owner != CodeOwner.ASYNC_FUNCTION and owner != CodeOwner.COMPREHENSION:
            raise SyntaxFault(messages.ASYNC_COMPREHENSION, span)
        first = generators[0].iter
        outer = self._enter(CodeOwner.COMPREHENSION, scope)
        for generator in generators:
            if generator.iter is not first:
                self.expression(generator.iter)
            self.expression(generator.target)
            self.expressions(generator.ifs)
        self.expression(element)
        self.optional(value)
        self.around = outer
        self.expression(first)

    # Calls

    def _arguments(self, args: list[Expression], keywords: list[Keyword]) -> None:
        self._elements(args)
        for keyword in keywords:
            self.expression(keyword.value)

    def _check_keywords(self, keywords: list[Keyword], span: Span) -> None:
        seen: set[str] = set()
        for keyword in keywords:
            name = keyword.arg
            if name is None:
                continue
            _check_stored(name, span)
            if name in seen:
                raise SyntaxFault(f"keyword argument repeated: {name}", keyword.span)
            seen.add(name)


def _check_stored(name: str, span: Span) -> None:
    _check_changed(name, Context.STORE, span)


def _check_changed(name: str, ctx: int, span: Span) -> None:
    if ctx != Context.LOAD and name == _DEBUG:
        raise SyntaxFault(f"cannot {'assign to' if ctx == Context.STORE else 'delete'} {_DEBUG}", span)


def _check_stars(elements: list[Expression], span: Span) -> None:
    stars = 0
    for element in elements:
        if isinstance(element, Starred):
            stars += 1
    if stars > 1:
        raise SyntaxFault(messages.SEVERAL_STARS, span)


def _check_parameters(arguments: Arguments, span: Span) -> None:
    for parameter in all_parameters(arguments):
        _check_stored(parameter.arg, span)


def all_parameters(arguments: Arguments) -> list[Arg]:
    """Parameters in the order in which annotations are evaluated."""
    result = [*arguments.posonlyargs, *arguments.args]
    if arguments.vararg is not None:
        result.append(arguments.vararg)
    result.extend(arguments.kwonlyargs)
    if arguments.kwarg is not None:
        result.append(arguments.kwarg)
    return result


def check_late_imports(body: list[Statement]) -> None:
    """Refuse `from __future__` behind anything else. CPython does this before it looks at names."""
    fault = late_future_imports(body)
    if fault is not None:
        raise fault
