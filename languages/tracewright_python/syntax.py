"""The syntax tree: one class per kind of expression; statements and patterns are in `syntax_statements.py` and `syntax_patterns.py`.

Classes and fields have the names that CPython's `ast` gives them, so that either can be read with the documentation of the other
(`tree_text.py` prints ours as `ast.dump` does). What differs: the kinds of constants are classes, operators are numbers of the
tables below, and places are spans whose columns count characters from 1. Names are as written: `scopes.Scope.mangled` makes
private ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, final

from tracewright.guest.diagnostics import Span
from tracewright_python.scopes import Scope


@dataclass(eq=False)
class Node:
    """A piece of program."""

    span: Span


@dataclass(eq=False)
class Expression(Node):
    """What has a value, or is assigned to."""


@dataclass(eq=False)
class Statement(Node):
    """What is executed."""


class Context:
    """What is done with a Name, Attribute, Subscript, Starred, List or Tuple."""

    LOAD: Final = 0
    STORE: Final = 1
    DELETE: Final = 2


# Names and what follows an operand


@final
@dataclass(eq=False)
class Name(Expression):
    id: str
    ctx: int


@final
@dataclass(eq=False)
class Attribute(Expression):
    """`value.attr`"""

    value: Expression
    attr: str
    ctx: int


@final
@dataclass(eq=False)
class Subscript(Expression):
    """`value[slice]`"""

    value: Expression
    slice: Expression
    ctx: int


@final
@dataclass(eq=False)
class Slice(Expression):
    """`lower:upper:step`, only in the brackets of a Subscript, alone or in a Tuple."""

    lower: Expression | None
    upper: Expression | None
    step: Expression | None


@final
@dataclass(eq=False)
class Starred(Expression):
    """`*value` in a display, in the targets of an assignment, or among arguments."""

    value: Expression
    ctx: int


@final
@dataclass(eq=False)
class Keyword(Node):
    """`arg=value` of a call or of a class; `arg` is None for `**value`."""

    arg: str | None
    value: Expression


@final
@dataclass(eq=False)
class Call(Expression):
    """`args` and `keywords` are each in the order of the source; Starred arguments may come behind keywords."""

    func: Expression
    args: list[Expression]
    keywords: list[Keyword]


# Constants


@dataclass(eq=False)
class Constant(Expression):
    """A value that is in the source."""


class Singleton:
    """The values of SingletonConstant."""

    NONE: Final = 0
    FALSE: Final = 1
    TRUE: Final = 2
    ELLIPSIS: Final = 3


SINGLETON_NAMES: Final[list[str]] = ["None", "False", "True", "Ellipsis"]
"""By the numbers of Singleton."""


@final
@dataclass(eq=False)
class SingletonConstant(Constant):
    """`None`, `False`, `True` or `...`; `value` is of Singleton."""

    value: int


@final
@dataclass(eq=False)
class IntegerConstant(Constant):
    """`digits` are without underscores; those of base 16, 8 or 2 begin with `0x`, `0o` or `0b`. `value` is their value if `fits`, else 0."""

    digits: str
    value: int
    fits: bool  # into the machine word


@final
@dataclass(eq=False)
class FloatConstant(Constant):
    value: float


@final
@dataclass(eq=False)
class ImaginaryConstant(Constant):
    """`value` is the imaginary part."""

    value: float


@final
@dataclass(eq=False)
class StringConstant(Constant):
    """One or several string literals behind each other, with escapes replaced."""

    value: str
    has_u: bool  # the first is written as `u"..."`


@final
@dataclass(eq=False)
class BytesConstant(Constant):
    value: bytes


@final
@dataclass(eq=False)
class FormattedValue(Expression):
    """`{value!conversion:format_spec}` in a JoinedStr; `conversion` is the code of `s`, `r` or `a`, or NO_CONVERSION."""

    value: Expression
    conversion: int
    format_spec: JoinedStr | None


NO_CONVERSION: Final = -1


@final
@dataclass(eq=False)
class JoinedStr(Expression):
    """An f-string, with the string literals behind and before it: StringConstants and FormattedValues."""

    values: list[Expression]


# Operators


class BooleanOperator:
    AND: Final = 0
    OR: Final = 1


class BinaryOperator:
    ADD: Final = 0
    SUBTRACT: Final = 1
    MULTIPLY: Final = 2
    MATRIX_MULTIPLY: Final = 3
    DIVIDE: Final = 4
    MODULO: Final = 5
    POWER: Final = 6
    LEFT_SHIFT: Final = 7
    RIGHT_SHIFT: Final = 8
    BITWISE_OR: Final = 9
    BITWISE_XOR: Final = 10
    BITWISE_AND: Final = 11
    FLOOR_DIVIDE: Final = 12


class UnaryOperator:
    INVERT: Final = 0
    NOT: Final = 1
    POSITIVE: Final = 2
    NEGATIVE: Final = 3


class Comparison:
    EQUAL: Final = 0
    NOT_EQUAL: Final = 1
    LESS: Final = 2
    LESS_EQUAL: Final = 3
    GREATER: Final = 4
    GREATER_EQUAL: Final = 5
    IS: Final = 6
    IS_NOT: Final = 7
    IN: Final = 8
    NOT_IN: Final = 9


@final
@dataclass(eq=False)
class BoolOp(Expression):
    """`a and b and c`: all operands of a row of one operator, of BooleanOperator."""

    op: int
    values: list[Expression]


@final
@dataclass(eq=False)
class NamedExpr(Expression):
    """`target := value`"""

    target: Name
    value: Expression


@final
@dataclass(eq=False)
class BinOp(Expression):
    """`op` is of BinaryOperator."""

    left: Expression
    op: int
    right: Expression


@final
@dataclass(eq=False)
class UnaryOp(Expression):
    """`op` is of UnaryOperator."""

    op: int
    operand: Expression


@final
@dataclass(eq=False)
class Compare(Expression):
    """`left ops[0] comparators[0] ops[1] comparators[1] ...`; `ops` are of Comparison."""

    left: Expression
    ops: list[int]
    comparators: list[Expression]


@final
@dataclass(eq=False)
class IfExp(Expression):
    """`body if test else orelse`"""

    test: Expression
    body: Expression
    orelse: Expression


# Functions


@final
@dataclass(eq=False)
class Arg(Node):
    """One parameter."""

    arg: str
    annotation: Expression | None


@final
@dataclass(eq=False)
class Arguments:
    """The parameters of a function. `defaults` are those of the last of `posonlyargs + args`; `kw_defaults` has one entry per `kwonlyargs`."""

    posonlyargs: list[Arg]
    args: list[Arg]
    vararg: Arg | None
    kwonlyargs: list[Arg]
    kw_defaults: list[Expression | None]
    kwarg: Arg | None
    defaults: list[Expression]


@final
@dataclass(eq=False)
class Lambda(Expression):
    args: Arguments
    body: Expression
    scope: Scope | None = field(default=None, kw_only=True)  # filled in by `symbols.py`, as all fields of this name


@final
@dataclass(eq=False)
class Await(Expression):
    value: Expression


@final
@dataclass(eq=False)
class Yield(Expression):
    value: Expression | None


@final
@dataclass(eq=False)
class YieldFrom(Expression):
    value: Expression


# Displays and comprehensions


@final
@dataclass(eq=False)
class Tuple(Expression):
    elts: list[Expression]
    ctx: int


@final
@dataclass(eq=False)
class List(Expression):
    elts: list[Expression]
    ctx: int


@final
@dataclass(eq=False)
class Set(Expression):
    elts: list[Expression]


@final
@dataclass(eq=False)
class Dict(Expression):
    """`keys` and `values` go together; the key is None where `**value` stands."""

    keys: list[Expression | None]
    values: list[Expression]


@final
@dataclass(eq=False)
class Comprehension:
    """`for target in iter if ifs[0] if ifs[1] ...`, one of a row. The first one's `iter` belongs to the scope outside."""

    target: Expression
    iter: Expression
    ifs: list[Expression]
    is_async: bool


@final
@dataclass(eq=False)
class ListComp(Expression):
    elt: Expression
    generators: list[Comprehension]
    scope: Scope | None = field(default=None, kw_only=True)


@final
@dataclass(eq=False)
class SetComp(Expression):
    elt: Expression
    generators: list[Comprehension]
    scope: Scope | None = field(default=None, kw_only=True)


@final
@dataclass(eq=False)
class DictComp(Expression):
    key: Expression
    value: Expression
    generators: list[Comprehension]
    scope: Scope | None = field(default=None, kw_only=True)


@final
@dataclass(eq=False)
class GeneratorExp(Expression):
    elt: Expression
    generators: list[Comprehension]
    scope: Scope | None = field(default=None, kw_only=True)
