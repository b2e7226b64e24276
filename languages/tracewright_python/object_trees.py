"""Objects of the program as our tree: what `compile` does with the nodes that `ast` describes. `tree_objects.py` goes the other way.

Nodes may be of classes that derive from those of `ast`. What a program has left out or confused is told in CPython's words.
Columns are taken for characters: without the source nobody can tell how many bytes each had.
"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.diagnostics import Span
from tracewright.lib.big_integers_text import to_text
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import integer, is_big
from tracewright_python.byte_objects import bytes_of
from tracewright_python.complex_numbers import as_complex
from tracewright_python.errors import Raised
from tracewright_python.exceptions import type_error
from tracewright_python.lists import as_tuple
from tracewright_python.object_fields import FieldReader
from tracewright_python.syntax import (
    Arg,
    Arguments,
    Attribute,
    Await,
    BinaryOperator,
    BinOp,
    BoolOp,
    BytesConstant,
    Call,
    Compare,
    Comprehension,
    Context,
    Dict,
    DictComp,
    Expression,
    FloatConstant,
    FormattedValue,
    GeneratorExp,
    IfExp,
    ImaginaryConstant,
    IntegerConstant,
    JoinedStr,
    Keyword,
    Lambda,
    List,
    ListComp,
    Name,
    NamedExpr,
    Set,
    SetComp,
    SingletonConstant,
    Slice,
    Starred,
    Statement,
    StringConstant,
    Subscript,
    Tuple,
    UnaryOp,
    UnaryOperator,
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
from tracewright_python.texts import as_str
from tracewright_python.tree_names import (
    BINARY_OPERATORS,
    BOOLEAN_OPERATORS,
    COMPARISONS,
    CONTEXTS,
    UNARY_OPERATORS,
)
from tracewright_python.tree_nodes import SINGLETONS
from tracewright_python.values import NONE, type_name, type_of


class TreeReader(FieldReader):
    """Reads the objects of one tree. Raises TypeError and ValueError of the program."""

    def expression(self, value: Value, name: str) -> Expression:
        return self.read_expression(self.field(value, name))

    def optional(self, value: Value, name: str) -> Expression | None:
        found = self.session.find_attribute(self.session, value, name)
        return None if found.same(Value.UNDEFINED) or found.same(NONE) else self.read_expression(found)

    def expressions(self, value: Value, name: str) -> list[Expression]:
        return [self.read_expression(item) for item in self.items(value, name)]

    def optionals(self, value: Value, name: str) -> list[Expression | None]:
        result: list[Expression | None] = []
        for item in self.items(value, name):
            result.append(None if item.same(NONE) else self.read_expression(item))
        return result

    def statements(self, value: Value, name: str) -> list[Statement]:
        return [self.read_statement(item) for item in self.items(value, name)]

    def pattern(self, value: Value, name: str) -> Pattern:
        return self.read_pattern(self.field(value, name))

    def optional_pattern(self, value: Value, name: str) -> Pattern | None:
        found = self.session.find_attribute(self.session, value, name)
        return None if found.same(Value.UNDEFINED) or found.same(NONE) else self.read_pattern(found)

    def patterns(self, value: Value, name: str) -> list[Pattern]:
        return [self.read_pattern(item) for item in self.items(value, name)]

    def joined(self, value: Value, name: str) -> JoinedStr | None:
        """The specification of a FormattedValue."""
        found = self.optional(value, name)
        if found is None:
            return None
        return found if isinstance(found, JoinedStr) else JoinedStr(found.span, [found])

    def name_target(self, value: Value, name: str) -> Name:
        """What `:=` assigns to."""
        found = self.expression(value, name)
        if not isinstance(found, Name):
            raise type_error("NamedExpr target must be a Name")
        return found

    # --- parts of nodes ---

    def keywords(self, value: Value, name: str) -> list[Keyword]:
        return [
            Keyword(self.span(item), self.optional_text(item, "arg"), self.expression(item, "value"))
            for item in self.items(value, name)
        ]

    def parameter(self, value: Value) -> Arg:
        return Arg(self.span(value), self.text(value, "arg"), self.optional(value, "annotation"))

    def parameters(self, value: Value, name: str) -> list[Arg]:
        return [self.parameter(item) for item in self.items(value, name)]

    def optional_parameter(self, value: Value, name: str) -> Arg | None:
        found = self.session.find_attribute(self.session, value, name)
        return None if found.same(Value.UNDEFINED) or found.same(NONE) else self.parameter(found)

    def arguments(self, value: Value, name: str) -> Arguments:
        found = self.field(value, name)
        return Arguments(
            self.parameters(found, "posonlyargs"),
            self.parameters(found, "args"),
            self.optional_parameter(found, "vararg"),
            self.parameters(found, "kwonlyargs"),
            self.optionals(found, "kw_defaults"),
            self.optional_parameter(found, "kwarg"),
            self.expressions(found, "defaults"),
        )

    def comprehensions(self, value: Value, name: str) -> list[Comprehension]:
        return [self.comprehension(item) for item in self.items(value, name)]

    def comprehension(self, value: Value) -> Comprehension:
        target, source = self.expression(value, "target"), self.expression(value, "iter")
        return Comprehension(target, source, self.expressions(value, "ifs"), self.flag(value, "is_async"))

    def aliases(self, value: Value, name: str) -> list[Alias]:
        return [
            Alias(self.span(item), self.text(item, "name"), self.optional_text(item, "asname"))
            for item in self.items(value, name)
        ]

    def with_items(self, value: Value, name: str) -> list[WithItem]:
        return [
            WithItem(self.expression(item, "context_expr"), self.optional(item, "optional_vars"))
            for item in self.items(value, name)
        ]

    def handlers(self, value: Value, name: str) -> list[ExceptHandler]:
        return [self.handler(item) for item in self.items(value, name)]

    def handler(self, value: Value) -> ExceptHandler:
        kind, name = self.optional(value, "type"), self.optional_text(value, "name")
        return ExceptHandler(self.span(value), kind, name, self.statements(value, "body"))

    def cases(self, value: Value, name: str) -> list[MatchCase]:
        return [
            MatchCase(self.pattern(item, "pattern"), self.optional(item, "guard"), self.statements(item, "body"))
            for item in self.items(value, name)
        ]

    # --- whole texts ---

    def root(self, value: Value, mode: str) -> Root:
        """A whole text for `exec`, `eval` or `single`."""
        kind = self.kind(value)
        wanted = "Module" if mode == "exec" else "Expression" if mode == "eval" else "Interactive"
        if kind != wanted:
            raise type_error(f"expected {wanted} node, got {type_name(value)}")
        if mode == "exec":
            return Module(self.statements(value, "body"))
        if mode == "eval":
            return ExpressionText(self.expression(value, "body"))
        return Interactive(self.statements(value, "body"))

    # --- constants ---

    def constant(self, span: Span, value: Value, has_u: bool) -> Expression:
        """An expression for a value. Raises TypeError for what no source can say."""
        for number in range(len(SINGLETONS)):
            if value.same(SINGLETONS[number]):
                return SingletonConstant(span, number)
        if value.is_float():
            return FloatConstant(span, value.as_float())
        text, data, several, number_pair = as_str(value), bytes_of(value), as_tuple(value), as_complex(value)
        if not type_of(value).is_builtin:
            raise self.invalid_constant(value)
        if value.is_int():
            return IntegerConstant(span, str(value.as_int()), value.as_int(), True)
        if is_big(value):
            digits = to_text(integer(value), 10)
            if digits.startswith("-"):
                return UnaryOp(span, UnaryOperator.NEGATIVE, IntegerConstant(span, digits[1:], 0, False))
            return IntegerConstant(span, digits, 0, False)
        if text is not None:
            return StringConstant(span, text.text(), has_u)
        if data is not None and type_of(value) is types.BYTES:
            return BytesConstant(span, data)
        if number_pair is not None:
            imaginary = ImaginaryConstant(span, number_pair.imaginary)
            if number_pair.real == 0.0:
                return imaginary
            return BinOp(span, FloatConstant(span, number_pair.real), BinaryOperator.ADD, imaginary)
        if several is not None:
            return Tuple(span, [self.constant(span, item, False) for item in several.items], Context.LOAD)
        raise self.invalid_constant(value)

    def invalid_constant(self, value: Value) -> Raised:
        return type_error(f"got an invalid type in Constant: {type_name(value)}")

    # --- one row per class ---

    def read_expression(self, value: Value) -> Expression:
        """An expression."""
        match self.kind(value):
            case "Constant":
                kind = self.session.find_attribute(self.session, value, "kind")
                return self.constant(self.span(value), self.field(value, "value"), as_str(kind) is not None)
            case "Name":
                return Name(self.span(value), self.text(value, "id"), self.choice(CONTEXTS, value, "ctx"))
            case "Attribute":
                return Attribute(
                    self.span(value),
                    self.expression(value, "value"),
                    self.text(value, "attr"),
                    self.choice(CONTEXTS, value, "ctx"),
                )
            case "Subscript":
                return Subscript(
                    self.span(value),
                    self.expression(value, "value"),
                    self.expression(value, "slice"),
                    self.choice(CONTEXTS, value, "ctx"),
                )
            case "Slice":
                return Slice(
                    self.span(value),
                    self.optional(value, "lower"),
                    self.optional(value, "upper"),
                    self.optional(value, "step"),
                )
            case "Starred":
                return Starred(self.span(value), self.expression(value, "value"), self.choice(CONTEXTS, value, "ctx"))
            case "Call":
                return Call(
                    self.span(value),
                    self.expression(value, "func"),
                    self.expressions(value, "args"),
                    self.keywords(value, "keywords"),
                )
            case "FormattedValue":
                return FormattedValue(
                    self.span(value),
                    self.expression(value, "value"),
                    self.number(value, "conversion"),
                    self.joined(value, "format_spec"),
                )
            case "JoinedStr":
                return JoinedStr(self.span(value), self.expressions(value, "values"))
            case "BoolOp":
                return BoolOp(
                    self.span(value), self.choice(BOOLEAN_OPERATORS, value, "op"), self.expressions(value, "values")
                )
            case "NamedExpr":
                return NamedExpr(self.span(value), self.name_target(value, "target"), self.expression(value, "value"))
            case "BinOp":
                return BinOp(
                    self.span(value),
                    self.expression(value, "left"),
                    self.choice(BINARY_OPERATORS, value, "op"),
                    self.expression(value, "right"),
                )
            case "UnaryOp":
                return UnaryOp(
                    self.span(value), self.choice(UNARY_OPERATORS, value, "op"), self.expression(value, "operand")
                )
            case "Compare":
                return Compare(
                    self.span(value),
                    self.expression(value, "left"),
                    self.choices(COMPARISONS, value, "ops"),
                    self.expressions(value, "comparators"),
                )
            case "IfExp":
                return IfExp(
                    self.span(value),
                    self.expression(value, "test"),
                    self.expression(value, "body"),
                    self.expression(value, "orelse"),
                )
            case "Lambda":
                return Lambda(self.span(value), self.arguments(value, "args"), self.expression(value, "body"))
            case "Await":
                return Await(self.span(value), self.expression(value, "value"))
            case "Yield":
                return Yield(self.span(value), self.optional(value, "value"))
            case "YieldFrom":
                return YieldFrom(self.span(value), self.expression(value, "value"))
            case "Tuple":
                return Tuple(self.span(value), self.expressions(value, "elts"), self.choice(CONTEXTS, value, "ctx"))
            case "List":
                return List(self.span(value), self.expressions(value, "elts"), self.choice(CONTEXTS, value, "ctx"))
            case "Set":
                return Set(self.span(value), self.expressions(value, "elts"))
            case "Dict":
                return Dict(self.span(value), self.optionals(value, "keys"), self.expressions(value, "values"))
            case "ListComp":
                return ListComp(
                    self.span(value), self.expression(value, "elt"), self.comprehensions(value, "generators")
                )
            case "SetComp":
                return SetComp(
                    self.span(value), self.expression(value, "elt"), self.comprehensions(value, "generators")
                )
            case "DictComp":
                return DictComp(
                    self.span(value),
                    self.expression(value, "key"),
                    self.expression(value, "value"),
                    self.comprehensions(value, "generators"),
                )
            case "GeneratorExp":
                return GeneratorExp(
                    self.span(value), self.expression(value, "elt"), self.comprehensions(value, "generators")
                )
            case _:
                raise self.unexpected("expr", value)

    def read_statement(self, value: Value) -> Statement:
        """A statement."""
        match self.kind(value):
            case "FunctionDef":
                return FunctionDef(
                    self.span(value),
                    self.text(value, "name"),
                    self.arguments(value, "args"),
                    self.statements(value, "body"),
                    self.expressions(value, "decorator_list"),
                    self.optional(value, "returns"),
                )
            case "AsyncFunctionDef":
                return AsyncFunctionDef(
                    self.span(value),
                    self.text(value, "name"),
                    self.arguments(value, "args"),
                    self.statements(value, "body"),
                    self.expressions(value, "decorator_list"),
                    self.optional(value, "returns"),
                )
            case "ClassDef":
                return ClassDef(
                    self.span(value),
                    self.text(value, "name"),
                    self.expressions(value, "bases"),
                    self.keywords(value, "keywords"),
                    self.statements(value, "body"),
                    self.expressions(value, "decorator_list"),
                )
            case "Return":
                return Return(self.span(value), self.optional(value, "value"))
            case "Delete":
                return Delete(self.span(value), self.expressions(value, "targets"))
            case "Assign":
                return Assign(self.span(value), self.expressions(value, "targets"), self.expression(value, "value"))
            case "AugAssign":
                return AugAssign(
                    self.span(value),
                    self.expression(value, "target"),
                    self.choice(BINARY_OPERATORS, value, "op"),
                    self.expression(value, "value"),
                )
            case "AnnAssign":
                return AnnAssign(
                    self.span(value),
                    self.expression(value, "target"),
                    self.expression(value, "annotation"),
                    self.optional(value, "value"),
                    self.flag(value, "simple"),
                )
            case "Raise":
                return Raise(self.span(value), self.optional(value, "exc"), self.optional(value, "cause"))
            case "Assert":
                return Assert(self.span(value), self.expression(value, "test"), self.optional(value, "msg"))
            case "Import":
                return Import(self.span(value), self.aliases(value, "names"))
            case "ImportFrom":
                return ImportFrom(
                    self.span(value),
                    self.optional_text(value, "module"),
                    self.aliases(value, "names"),
                    self.number(value, "level"),
                )
            case "Global":
                return Global(self.span(value), self.texts(value, "names"))
            case "Nonlocal":
                return Nonlocal(self.span(value), self.texts(value, "names"))
            case "Expr":
                return Expr(self.span(value), self.expression(value, "value"))
            case "Pass":
                return Pass(self.span(value))
            case "Break":
                return Break(self.span(value))
            case "Continue":
                return Continue(self.span(value))
            case "For":
                return For(
                    self.span(value),
                    self.expression(value, "target"),
                    self.expression(value, "iter"),
                    self.statements(value, "body"),
                    self.statements(value, "orelse"),
                )
            case "AsyncFor":
                return AsyncFor(
                    self.span(value),
                    self.expression(value, "target"),
                    self.expression(value, "iter"),
                    self.statements(value, "body"),
                    self.statements(value, "orelse"),
                )
            case "While":
                return While(
                    self.span(value),
                    self.expression(value, "test"),
                    self.statements(value, "body"),
                    self.statements(value, "orelse"),
                )
            case "If":
                return If(
                    self.span(value),
                    self.expression(value, "test"),
                    self.statements(value, "body"),
                    self.statements(value, "orelse"),
                )
            case "With":
                return With(self.span(value), self.with_items(value, "items"), self.statements(value, "body"))
            case "AsyncWith":
                return AsyncWith(self.span(value), self.with_items(value, "items"), self.statements(value, "body"))
            case "Try":
                return Try(
                    self.span(value),
                    self.statements(value, "body"),
                    self.handlers(value, "handlers"),
                    self.statements(value, "orelse"),
                    self.statements(value, "finalbody"),
                )
            case "TryStar":
                return TryStar(
                    self.span(value),
                    self.statements(value, "body"),
                    self.handlers(value, "handlers"),
                    self.statements(value, "orelse"),
                    self.statements(value, "finalbody"),
                )
            case "Match":
                return Match(self.span(value), self.expression(value, "subject"), self.cases(value, "cases"))
            case _:
                raise self.unexpected("stmt", value)

    def read_pattern(self, value: Value) -> Pattern:
        """A pattern."""
        match self.kind(value):
            case "MatchValue":
                return MatchValue(self.span(value), self.expression(value, "value"))
            case "MatchSingleton":
                return MatchSingleton(self.span(value), self.singleton(value, "value"))
            case "MatchSequence":
                return MatchSequence(self.span(value), self.patterns(value, "patterns"))
            case "MatchMapping":
                return MatchMapping(
                    self.span(value),
                    self.expressions(value, "keys"),
                    self.patterns(value, "patterns"),
                    self.optional_text(value, "rest"),
                )
            case "MatchClass":
                return MatchClass(
                    self.span(value),
                    self.expression(value, "cls"),
                    self.patterns(value, "patterns"),
                    self.texts(value, "kwd_attrs"),
                    self.patterns(value, "kwd_patterns"),
                )
            case "MatchStar":
                return MatchStar(self.span(value), self.optional_text(value, "name"))
            case "MatchAs":
                return MatchAs(
                    self.span(value), self.optional_pattern(value, "pattern"), self.optional_text(value, "name")
                )
            case "MatchOr":
                return MatchOr(self.span(value), self.patterns(value, "patterns"))
            case _:
                raise self.unexpected("pattern", value)
