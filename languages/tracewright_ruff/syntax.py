"""The syntax tree of a Ruff program: one class per kind of statement, expression and pattern.

The parser builds it, the compiler reads it. Sugar that has one plain meaning is gone already: `a |> f(x)` is a call,
`t += e` an assignment, `loop while c` a while loop, and `self` an ordinary name. Lines and columns count from 1.
"""

from dataclasses import dataclass, field
from typing import Final, final


class BinaryOperator:
    """The operators of `Binary`; `BINARY_SYMBOLS[operator]` is the spelling."""

    ADD: Final = 0
    SUBTRACT: Final = 1
    MULTIPLY: Final = 2
    DIVIDE: Final = 3
    MODULO: Final = 4
    EQUAL: Final = 5
    NOT_EQUAL: Final = 6
    LESS: Final = 7
    LESS_EQUAL: Final = 8
    GREATER: Final = 9
    GREATER_EQUAL: Final = 10


BINARY_SYMBOLS: Final = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">="]


class UnaryOperator:
    """The operators of `Unary`; `UNARY_SYMBOLS[operator]` is the spelling."""

    NEGATE: Final = 0
    NOT: Final = 1


UNARY_SYMBOLS: Final = ["-", "!"]


class LogicalOperator:
    """The operators of `Logical`, whose right operand may go unevaluated."""

    AND: Final = 0
    OR: Final = 1
    COALESCE: Final = 2


class BindingKind:
    """How a name was declared; only `MUT` may be assigned later."""

    LET: Final = 0
    MUT: Final = 1
    CONST: Final = 2


class Variant:
    """The four built-in constructors of `VariantConstructor`."""

    OK: Final = 0
    ERR: Final = 1
    SOME: Final = 2
    NONE: Final = 3


@dataclass
class Expression:
    """A piece of program that has a value; the place is that of its first token."""

    line: int
    column: int


@dataclass
class Statement:
    """A piece of program that is executed; the place is that of its first token."""

    line: int
    column: int


@dataclass
class Pattern:
    """What a declaration binds."""

    line: int
    column: int


@final
@dataclass
class Parameter:
    """A parameter's name, which is `self` for a receiver."""

    name: str
    line: int
    column: int


@final
@dataclass
class Function:
    """What function declarations, methods and function expressions share; `name` is None for an anonymous one."""

    name: str | None
    parameters: list[Parameter]
    body: list[Statement]
    is_async: bool
    is_generator: bool  # written `func*`, or a `yield` stands in the body
    line: int
    column: int


# Expressions


@final
@dataclass
class IntegerLiteral(Expression):
    value: int


@final
@dataclass
class FloatLiteral(Expression):
    value: float


@final
@dataclass
class StringLiteral(Expression):
    value: str


@final
@dataclass
class BooleanLiteral(Expression):
    value: bool


@final
@dataclass
class NullLiteral(Expression):
    pass


@final
@dataclass
class Interpolation(Expression):
    """A string with `${...}` in it: the display forms of the pieces, joined. Plain text is a StringLiteral."""

    pieces: list[Expression]


@final
@dataclass
class Name(Expression):
    """A variable, or `self`."""

    name: str


@final
@dataclass
class Spread(Expression):
    """`...operand`; stands only directly in an ArrayLiteral."""

    operand: Expression


@final
@dataclass
class ArrayLiteral(Expression):
    elements: list[Expression]


@final
@dataclass
class DictionaryEntry:
    """`key: value`, or `...value` where `key` is None."""

    key: Expression | None
    value: Expression


@final
@dataclass
class DictionaryLiteral(Expression):
    entries: list[DictionaryEntry]


@final
@dataclass
class FieldInitializer:
    """`name: value` in a struct literal."""

    name: str
    value: Expression


@final
@dataclass
class StructLiteral(Expression):
    name: str
    fields: list[FieldInitializer]


@final
@dataclass
class FunctionExpression(Expression):
    function: Function


@final
@dataclass
class Unary(Expression):
    operator: int  # a UnaryOperator
    operand: Expression


@final
@dataclass
class Binary(Expression):
    operator: int  # a BinaryOperator
    left: Expression
    right: Expression


@final
@dataclass
class Logical(Expression):
    operator: int  # a LogicalOperator
    left: Expression
    right: Expression


@final
@dataclass
class Call(Expression):
    """`callee(arguments)`; the arguments are evaluated before the callee."""

    callee: Expression
    arguments: list[Expression]


@final
@dataclass
class MethodCall(Expression):
    """`receiver.name(arguments)`."""

    receiver: Expression
    name: str
    arguments: list[Expression]


@final
@dataclass
class FieldAccess(Expression):
    """`receiver.name`."""

    receiver: Expression
    name: str


@final
@dataclass
class OptionalFieldAccess(Expression):
    """`receiver?.name`."""

    receiver: Expression
    name: str


@final
@dataclass
class IndexAccess(Expression):
    """`receiver[index]`."""

    receiver: Expression
    index: Expression


@final
@dataclass
class TryOperator(Expression):
    """`operand?`."""

    operand: Expression


@final
@dataclass
class Tag(Expression):
    """`enumeration::variant` or `enumeration::variant(arguments)`."""

    enumeration: str
    variant: str
    arguments: list[Expression]
    has_arguments: bool  # parentheses were written, perhaps around nothing


@final
@dataclass
class Throw(Expression):
    """`throw(arguments)`; the compiler insists on exactly one."""

    arguments: list[Expression]


@final
@dataclass
class VariantConstructor(Expression):
    """`Ok(value)`, `Err(value)`, `Some(value)` or `None`, which alone has no value."""

    variant: int  # a Variant
    value: Expression | None


@final
@dataclass
class Yield(Expression):
    value: Expression | None


@final
@dataclass
class Await(Expression):
    operand: Expression


# Patterns


@final
@dataclass
class NamePattern(Pattern):
    name: str


@final
@dataclass
class IgnorePattern(Pattern):
    """`_`: the value is dropped."""


@final
@dataclass
class ArrayPattern(Pattern):
    """`[items, ...rest]`; `rest` is None where nothing collects the remaining elements."""

    items: list[Pattern]
    rest: str | None


@final
@dataclass
class DictionaryPattern(Pattern):
    """`{keys, ...rest}`; every key is also the name it is bound to."""

    keys: list[str]
    rest: str | None


# Statements


@final
@dataclass
class ExpressionStatement(Statement):
    expression: Expression


@final
@dataclass
class Declaration(Statement):
    """`let`, `mut` or `const`, or a destructuring without keyword (`keyword` False), which declares like `let`."""

    kind: int  # a BindingKind
    pattern: Pattern
    value: Expression
    keyword: bool


@final
@dataclass
class Assignment(Statement):
    """`target := value`; the target is a Name, FieldAccess or IndexAccess."""

    target: Expression
    value: Expression


@final
@dataclass
class FunctionDeclaration(Statement):
    """`func name(...) {...}`; `function.name` is never None here."""

    function: Function


@final
@dataclass
class EnumDeclaration(Statement):
    name: str
    variants: list[str]


@final
@dataclass
class StructDeclaration(Statement):
    name: str
    fields: list[str]
    methods: list[Function]


@final
@dataclass
class ImportModule(Statement):
    """`import module`. Which names it binds stands in the module's file, where the compiler looks them up."""

    module: str
    exports: list[str] = field(default_factory=list)


@final
@dataclass
class Program:
    """A whole source file, and all its `import module` statements, wherever they stand."""

    statements: list[Statement]
    imports: list[ImportModule] = field(default_factory=list)


@final
@dataclass
class ImportNames(Statement):
    """`from module import names`; the module's name keeps its dots."""

    module: str
    names: list[str]


@final
@dataclass
class Export(Statement):
    statement: Statement


@final
@dataclass
class Return(Statement):
    value: Expression | None


@final
@dataclass
class If(Statement):
    """`otherwise` is None without `else`; `else if` is a list with one If."""

    condition: Expression
    body: list[Statement]
    otherwise: list[Statement] | None


@final
@dataclass
class While(Statement):
    condition: Expression
    body: list[Statement]


@final
@dataclass
class Loop(Statement):
    """`loop {...}`, for ever."""

    body: list[Statement]


@final
@dataclass
class For(Statement):
    """`for variable in iterable {...}`."""

    variable: str
    iterable: Expression
    body: list[Statement]


@final
@dataclass
class Break(Statement):
    pass


@final
@dataclass
class Continue(Statement):
    pass


@final
@dataclass
class TryExcept(Statement):
    body: list[Statement]
    variable: str
    handler: list[Statement]


@final
@dataclass
class MatchCase:
    """`case name(binding): {...}`; `name` is `A` or `A::B`, `binding` None without parentheses."""

    name: str
    binding: str | None
    body: list[Statement]
    line: int
    column: int


@final
@dataclass
class Match(Statement):
    """`default` is None where the match has none."""

    subject: Expression
    cases: list[MatchCase]
    default: list[Statement] | None


@final
@dataclass
class Spawn(Statement):
    body: list[Statement]


@final
@dataclass
class Test(Statement):
    name: str
    body: list[Statement]


@final
@dataclass
class TestGroup(Statement):
    name: str
    body: list[Statement]


@final
@dataclass
class TestSetup(Statement):
    body: list[Statement]


@final
@dataclass
class TestTeardown(Statement):
    body: list[Statement]
