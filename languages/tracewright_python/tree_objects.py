"""Our tree as objects of the program: what `ast.parse` gives, nodes of the classes of the module `_ast`.

    x = 1        Module([Assign([Name("x", STORE)], IntegerConstant(1))])      ->  ast.Module(body=[ast.Assign(targets=[ast.Name(...)], ...)])

One row per class; the names of fields are those of our classes, which are `ast`'s. `object_trees.py` goes the other way.
"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_python.lists import list_of
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
    MatchSingleton,
    MatchStar,
    MatchValue,
    Pattern,
)
from tracewright_python.syntax_statements import (
    Alias,
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
    ExpressionText,
    For,
    FunctionDef,
    Global,
    If,
    Import,
    ImportFrom,
    Interactive,
    Match,
    MatchCase,
    Module,
    Nonlocal,
    Pass,
    Raise,
    Return,
    Root,
    Try,
    TryStar,
    While,
    With,
    WithItem,
)
from tracewright_python.texts import text_value
from tracewright_python.tree_names import (
    BINARY_OPERATORS,
    BOOLEAN_OPERATORS,
    COMPARISONS,
    CONTEXTS,
    UNARY_OPERATORS,
)
from tracewright_python.tree_nodes import SINGLETONS, NodeWriter
from tracewright_python.values import NONE


class TreeWriter(NodeWriter):
    """Makes the objects of one tree."""

    def optional(self, node: Expression | None) -> Value:
        return NONE if node is None else self.expression(node)

    def expressions(self, nodes: list[Expression]) -> Value:
        return list_of([self.expression(node) for node in nodes])

    def optionals(self, nodes: list[Expression | None]) -> Value:
        return list_of([self.optional(node) for node in nodes])

    def statements(self, nodes: list[Statement]) -> Value:
        return list_of([self.statement(node) for node in nodes])

    def optional_pattern(self, node: Pattern | None) -> Value:
        return NONE if node is None else self.pattern(node)

    def patterns(self, nodes: list[Pattern]) -> Value:
        return list_of([self.pattern(node) for node in nodes])

    # --- parts of nodes ---

    def keywords(self, nodes: list[Keyword]) -> Value:
        return list_of(
            [
                self.node("keyword", node.span, [self.optional_text(node.arg), self.expression(node.value)])
                for node in nodes
            ]
        )

    def parameter(self, node: Arg) -> Value:
        return self.node("arg", node.span, [text_value(node.arg), self.optional(node.annotation)])

    def parameters(self, nodes: list[Arg]) -> Value:
        return list_of([self.parameter(node) for node in nodes])

    def optional_parameter(self, node: Arg | None) -> Value:
        return NONE if node is None else self.parameter(node)

    def arguments(self, node: Arguments) -> Value:
        return self.bare(
            "arguments",
            [
                self.parameters(node.posonlyargs),
                self.parameters(node.args),
                self.optional_parameter(node.vararg),
                self.parameters(node.kwonlyargs),
                self.optionals(node.kw_defaults),
                self.optional_parameter(node.kwarg),
                self.expressions(node.defaults),
            ],
        )

    def comprehensions(self, nodes: list[Comprehension]) -> Value:
        return list_of([self.comprehension(node) for node in nodes])

    def comprehension(self, node: Comprehension) -> Value:
        parts = [self.expression(node.target), self.expression(node.iter), self.expressions(node.ifs)]
        return self.bare("comprehension", [*parts, Value.of_int(int(node.is_async))])

    def aliases(self, nodes: list[Alias]) -> Value:
        return list_of(
            [self.node("alias", node.span, [text_value(node.name), self.optional_text(node.asname)]) for node in nodes]
        )

    def with_items(self, nodes: list[WithItem]) -> Value:
        return list_of(
            [
                self.bare("withitem", [self.expression(node.context_expr), self.optional(node.optional_vars)])
                for node in nodes
            ]
        )

    def handlers(self, nodes: list[ExceptHandler]) -> Value:
        return list_of([self.handler(node) for node in nodes])

    def handler(self, node: ExceptHandler) -> Value:
        parts = [self.optional(node.type), self.optional_text(node.name), self.statements(node.body)]
        return self.node("ExceptHandler", node.span, parts)

    def cases(self, nodes: list[MatchCase]) -> Value:
        return list_of([self.case(node) for node in nodes])

    def case(self, node: MatchCase) -> Value:
        parts = [self.pattern(node.pattern), self.optional(node.guard), self.statements(node.body)]
        return self.bare("match_case", parts)

    # --- whole texts ---

    def root(self, tree: Root) -> Value:
        """A whole text."""
        if isinstance(tree, Module):
            result = self.bare("Module", [self.statements(tree.body)])
            self.set(result, "type_ignores", list_of([]))
            return result
        if isinstance(tree, Interactive):
            return self.bare("Interactive", [self.statements(tree.body)])
        assert isinstance(tree, ExpressionText)
        return self.bare("Expression", [self.expression(tree.body)])

    # --- one row per class ---

    def expression(self, node: Expression) -> Value:
        """An expression."""
        if isinstance(node, Constant):
            return self.constant(node)
        match node:
            case Name():
                return self.node("Name", node.span, [text_value(node.id), self.choice(CONTEXTS, node.ctx)])
            case Attribute():
                return self.node(
                    "Attribute",
                    node.span,
                    [self.expression(node.value), text_value(node.attr), self.choice(CONTEXTS, node.ctx)],
                )
            case Subscript():
                return self.node(
                    "Subscript",
                    node.span,
                    [self.expression(node.value), self.expression(node.slice), self.choice(CONTEXTS, node.ctx)],
                )
            case Slice():
                return self.node(
                    "Slice", node.span, [self.optional(node.lower), self.optional(node.upper), self.optional(node.step)]
                )
            case Starred():
                return self.node("Starred", node.span, [self.expression(node.value), self.choice(CONTEXTS, node.ctx)])
            case Call():
                return self.node(
                    "Call",
                    node.span,
                    [self.expression(node.func), self.expressions(node.args), self.keywords(node.keywords)],
                )
            case FormattedValue():
                return self.node(
                    "FormattedValue",
                    node.span,
                    [self.expression(node.value), Value.of_int(node.conversion), self.optional(node.format_spec)],
                )
            case JoinedStr():
                return self.node("JoinedStr", node.span, [self.expressions(node.values)])
            case BoolOp():
                return self.node(
                    "BoolOp", node.span, [self.choice(BOOLEAN_OPERATORS, node.op), self.expressions(node.values)]
                )
            case NamedExpr():
                return self.node("NamedExpr", node.span, [self.expression(node.target), self.expression(node.value)])
            case BinOp():
                return self.node(
                    "BinOp",
                    node.span,
                    [self.expression(node.left), self.choice(BINARY_OPERATORS, node.op), self.expression(node.right)],
                )
            case UnaryOp():
                return self.node(
                    "UnaryOp", node.span, [self.choice(UNARY_OPERATORS, node.op), self.expression(node.operand)]
                )
            case Compare():
                return self.node(
                    "Compare",
                    node.span,
                    [
                        self.expression(node.left),
                        self.choices(COMPARISONS, node.ops),
                        self.expressions(node.comparators),
                    ],
                )
            case IfExp():
                return self.node(
                    "IfExp",
                    node.span,
                    [self.expression(node.test), self.expression(node.body), self.expression(node.orelse)],
                )
            case Lambda():
                return self.node("Lambda", node.span, [self.arguments(node.args), self.expression(node.body)])
            case Await():
                return self.node("Await", node.span, [self.expression(node.value)])
            case Yield():
                return self.node("Yield", node.span, [self.optional(node.value)])
            case YieldFrom():
                return self.node("YieldFrom", node.span, [self.expression(node.value)])
            case Tuple():
                return self.node("Tuple", node.span, [self.expressions(node.elts), self.choice(CONTEXTS, node.ctx)])
            case List():
                return self.node("List", node.span, [self.expressions(node.elts), self.choice(CONTEXTS, node.ctx)])
            case Set():
                return self.node("Set", node.span, [self.expressions(node.elts)])
            case Dict():
                return self.node("Dict", node.span, [self.optionals(node.keys), self.expressions(node.values)])
            case ListComp():
                return self.node(
                    "ListComp", node.span, [self.expression(node.elt), self.comprehensions(node.generators)]
                )
            case SetComp():
                return self.node(
                    "SetComp", node.span, [self.expression(node.elt), self.comprehensions(node.generators)]
                )
            case DictComp():
                return self.node(
                    "DictComp",
                    node.span,
                    [self.expression(node.key), self.expression(node.value), self.comprehensions(node.generators)],
                )
            case GeneratorExp():
                return self.node(
                    "GeneratorExp", node.span, [self.expression(node.elt), self.comprehensions(node.generators)]
                )
            case _:
                raise AssertionError("an expression of no known class")

    def statement(self, node: Statement) -> Value:
        """A statement."""
        match node:
            case FunctionDef():
                return self.node(
                    "FunctionDef",
                    node.span,
                    [
                        text_value(node.name),
                        self.arguments(node.args),
                        self.statements(node.body),
                        self.expressions(node.decorator_list),
                        self.optional(node.returns),
                    ],
                )
            case AsyncFunctionDef():
                return self.node(
                    "AsyncFunctionDef",
                    node.span,
                    [
                        text_value(node.name),
                        self.arguments(node.args),
                        self.statements(node.body),
                        self.expressions(node.decorator_list),
                        self.optional(node.returns),
                    ],
                )
            case ClassDef():
                return self.node(
                    "ClassDef",
                    node.span,
                    [
                        text_value(node.name),
                        self.expressions(node.bases),
                        self.keywords(node.keywords),
                        self.statements(node.body),
                        self.expressions(node.decorator_list),
                    ],
                )
            case Return():
                return self.node("Return", node.span, [self.optional(node.value)])
            case Delete():
                return self.node("Delete", node.span, [self.expressions(node.targets)])
            case Assign():
                return self.node("Assign", node.span, [self.expressions(node.targets), self.expression(node.value)])
            case AugAssign():
                return self.node(
                    "AugAssign",
                    node.span,
                    [self.expression(node.target), self.choice(BINARY_OPERATORS, node.op), self.expression(node.value)],
                )
            case AnnAssign():
                return self.node(
                    "AnnAssign",
                    node.span,
                    [
                        self.expression(node.target),
                        self.expression(node.annotation),
                        self.optional(node.value),
                        Value.of_int(int(node.simple)),
                    ],
                )
            case Raise():
                return self.node("Raise", node.span, [self.optional(node.exc), self.optional(node.cause)])
            case Assert():
                return self.node("Assert", node.span, [self.expression(node.test), self.optional(node.msg)])
            case Import():
                return self.node("Import", node.span, [self.aliases(node.names)])
            case ImportFrom():
                return self.node(
                    "ImportFrom",
                    node.span,
                    [self.optional_text(node.module), self.aliases(node.names), Value.of_int(node.level)],
                )
            case Global():
                return self.node("Global", node.span, [self.texts(node.names)])
            case Nonlocal():
                return self.node("Nonlocal", node.span, [self.texts(node.names)])
            case Expr():
                return self.node("Expr", node.span, [self.expression(node.value)])
            case Pass():
                return self.node("Pass", node.span, [])
            case Break():
                return self.node("Break", node.span, [])
            case Continue():
                return self.node("Continue", node.span, [])
            case For():
                return self.node(
                    "For",
                    node.span,
                    [
                        self.expression(node.target),
                        self.expression(node.iter),
                        self.statements(node.body),
                        self.statements(node.orelse),
                    ],
                )
            case AsyncFor():
                return self.node(
                    "AsyncFor",
                    node.span,
                    [
                        self.expression(node.target),
                        self.expression(node.iter),
                        self.statements(node.body),
                        self.statements(node.orelse),
                    ],
                )
            case While():
                return self.node(
                    "While",
                    node.span,
                    [self.expression(node.test), self.statements(node.body), self.statements(node.orelse)],
                )
            case If():
                return self.node(
                    "If",
                    node.span,
                    [self.expression(node.test), self.statements(node.body), self.statements(node.orelse)],
                )
            case With():
                return self.node("With", node.span, [self.with_items(node.items), self.statements(node.body)])
            case AsyncWith():
                return self.node("AsyncWith", node.span, [self.with_items(node.items), self.statements(node.body)])
            case Try():
                return self.node(
                    "Try",
                    node.span,
                    [
                        self.statements(node.body),
                        self.handlers(node.handlers),
                        self.statements(node.orelse),
                        self.statements(node.finalbody),
                    ],
                )
            case TryStar():
                return self.node(
                    "TryStar",
                    node.span,
                    [
                        self.statements(node.body),
                        self.handlers(node.handlers),
                        self.statements(node.orelse),
                        self.statements(node.finalbody),
                    ],
                )
            case Match():
                return self.node("Match", node.span, [self.expression(node.subject), self.cases(node.cases)])
            case _:
                raise AssertionError("a statement of no known class")

    def pattern(self, node: Pattern) -> Value:
        """A pattern."""
        match node:
            case MatchValue():
                return self.node("MatchValue", node.span, [self.expression(node.value)])
            case MatchSingleton():
                return self.node("MatchSingleton", node.span, [SINGLETONS[node.value]])
            case MatchSequence():
                return self.node("MatchSequence", node.span, [self.patterns(node.patterns)])
            case MatchMapping():
                return self.node(
                    "MatchMapping",
                    node.span,
                    [self.expressions(node.keys), self.patterns(node.patterns), self.optional_text(node.rest)],
                )
            case MatchClass():
                return self.node(
                    "MatchClass",
                    node.span,
                    [
                        self.expression(node.cls),
                        self.patterns(node.patterns),
                        self.texts(node.kwd_attrs),
                        self.patterns(node.kwd_patterns),
                    ],
                )
            case MatchStar():
                return self.node("MatchStar", node.span, [self.optional_text(node.name)])
            case MatchAs():
                return self.node(
                    "MatchAs", node.span, [self.optional_pattern(node.pattern), self.optional_text(node.name)]
                )
            case MatchOr():
                return self.node("MatchOr", node.span, [self.patterns(node.patterns)])
            case _:
                raise AssertionError("a pattern of no known class")
