"""The syntax tree: one class per kind of expression and pattern; statements are in `syntax_statements.py`.

`start` and `end` are offsets in the source's units; the text of a node is `source[start:end]`. Parentheses leave no node, only the mark
`parenthesized`. Patterns are nodes of their own: where the parser finds `=` behind an array or object literal, it has read
the literal once and makes a pattern of it (`parser_patterns.py`). Operators are token kinds (`tokens.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, final

from tracewright.lib.regular_expressions.syntax import Pattern as RegularExpressionPattern
from tracewright_javascript.scopes import Scope, Variable


@dataclass(eq=False)
class Node:
    """A piece of program."""

    start: int
    end: int


@dataclass(eq=False)
class Expression(Node):
    """What has a value, or stands where a value could: patterns and spread elements are among them."""

    parenthesized: bool = field(default=False, kw_only=True)


@dataclass(eq=False)
class Statement(Node):
    """What is executed."""


# Names


@dataclass(eq=False)
class NameReference(Expression):
    """A use of a name. `variable` is None where no scope of the text declares it."""

    name: str
    variable: Variable | None = field(default=None, kw_only=True)
    is_write: bool = field(default=False, kw_only=True)  # assigned to, also where it is read, too
    needs_check: bool = field(default=False, kw_only=True)  # may run before the variable is initialized
    crosses_function: bool = field(default=False, kw_only=True)  # the variable belongs to an outer function
    crosses_hoisted: bool = field(default=False, kw_only=True)  # one of the functions between is a declaration
    is_dynamic: bool = field(default=False, kw_only=True)  # `with` or a sloppy `eval` may have a nearer one at run time
    is_declared: bool = field(default=False, kw_only=True)  # no use: the cover grammar found a binding here


@final
@dataclass(eq=False)
class Identifier(NameReference):
    pass


@final
@dataclass(eq=False)
class This(NameReference):
    pass


@final
@dataclass(eq=False)
class NewTarget(NameReference):
    pass


@final
@dataclass(eq=False)
class Super(NameReference):
    """Stands only as the object of `Member` or `Index` and as the callee of `Call`."""

    receiver: NameReference | None = field(default=None, kw_only=True)  # the `this` that goes with it
    new_target: NameReference | None = field(default=None, kw_only=True)  # of a call: what it makes an instance of


# Literals


@final
@dataclass(eq=False)
class NumberLiteral(Expression):
    value: float


@final
@dataclass(eq=False)
class BigIntLiteral(Expression):
    """`digits` may begin with `0x`, `0o` or `0b`."""

    digits: str


@final
@dataclass(eq=False)
class StringLiteral(Expression):
    value: str


@final
@dataclass(eq=False)
class BooleanLiteral(Expression):
    value: bool


@final
@dataclass(eq=False)
class NullLiteral(Expression):
    pass


@final
@dataclass(eq=False)
class RegularExpressionLiteral(Expression):
    pattern: str
    flags: str
    tree: RegularExpressionPattern


@final
@dataclass(eq=False)
class TemplatePiece(Node):
    """A stretch of text of a template; `cooked` is None where an escape means nothing, which only a tag may see."""

    raw: str
    cooked: str | None


@final
@dataclass(eq=False)
class TemplateLiteral(Expression):
    """One more piece than there are expressions."""

    pieces: list[TemplatePiece]
    expressions: list[Expression]


@final
@dataclass(eq=False)
class TaggedTemplate(Expression):
    tag: Expression
    template: TemplateLiteral


@final
@dataclass(eq=False)
class Elision(Expression):
    """A hole in an array literal or pattern."""


@final
@dataclass(eq=False)
class ArrayLiteral(Expression):
    elements: list[Expression]
    comma_after_rest: int  # where a comma stands behind a last spread element, which no pattern may have; -1


@final
@dataclass(eq=False)
class Spread(Expression):
    """`...operand` in an array, an object, or arguments."""

    operand: Expression


class PropertyKind:
    """What a property of an object literal is."""

    VALUE: Final = 0
    SHORTHAND: Final = 1
    METHOD: Final = 2
    GETTER: Final = 3
    SETTER: Final = 4
    SPREAD: Final = 5


@final
@dataclass(eq=False)
class Property(Node):
    """Of an object literal or pattern. A key that is not computed is a StringLiteral, NumberLiteral or BigIntLiteral."""

    kind: int
    key: Expression
    is_computed: bool
    value: Expression


@final
@dataclass(eq=False)
class ObjectLiteral(Expression):
    properties: list[Property]
    comma_after_rest: int  # as in an array


# Operators


@final
@dataclass(eq=False)
class Unary(Expression):
    """`+ - ! ~ typeof void delete`."""

    operator: int
    operand: Expression


@final
@dataclass(eq=False)
class Update(Expression):
    """`++` and `--`."""

    operator: int
    is_prefix: bool
    target: Expression


@final
@dataclass(eq=False)
class Binary(Expression):
    """All binary operators, also `&& || ??`, `in` and `instanceof`."""

    operator: int
    left: Expression
    right: Expression


@final
@dataclass(eq=False)
class PrivateIn(Expression):
    """`#name in object`."""

    name: PrivateName
    right: Expression


@final
@dataclass(eq=False)
class Assignment(Expression):
    """`operator` is the token's kind; the target of `=` may be a pattern."""

    operator: int
    target: Expression
    value: Expression


@final
@dataclass(eq=False)
class Conditional(Expression):
    test: Expression
    consequent: Expression
    alternate: Expression


@final
@dataclass(eq=False)
class Sequence(Expression):
    """`a, b, c`."""

    expressions: list[Expression]


# Members and calls


@final
@dataclass(eq=False)
class Member(Expression):
    """`object.name`; `is_optional` where it is written `?.`."""

    object: Expression
    name: str
    is_optional: bool


@final
@dataclass(eq=False)
class Index(Expression):
    """`object[property]`."""

    object: Expression
    property: Expression
    is_optional: bool


@final
@dataclass(eq=False)
class PrivateName(Node):
    """`#name`, the mark included."""

    name: str


@final
@dataclass(eq=False)
class PrivateMember(Expression):
    """`object.#name`."""

    object: Expression
    name: PrivateName
    is_optional: bool


@final
@dataclass(eq=False)
class OptionalChain(Expression):
    """The whole of a chain with `?.` in it: where one finds null or undefined, all of it is undefined."""

    expression: Expression


@final
class EvalContext:
    """What the code around a direct `eval` allows inside of it."""

    def __init__(self) -> None:
        self.is_strict = False
        self.allows_super_property = False
        self.allows_super_call = False
        self.allows_new_target = False
        self.forbids_arguments = False
        self.private_names: list[str] = []
        self.scope: Scope | None = None  # where the call stands
        self.in_parameters = False  # of a function: no `var` of the text may have the name of one


@final
@dataclass(eq=False)
class Call(Expression):
    callee: Expression
    arguments: list[Expression]
    is_optional: bool
    eval_context: EvalContext | None  # of a direct `eval`


@final
@dataclass(eq=False)
class New(Expression):
    callee: Expression
    arguments: list[Expression]


@final
@dataclass(eq=False)
class ImportCall(Expression):
    """`import(specifier, options)`."""

    specifier: Expression
    options: Expression | None


@final
@dataclass(eq=False)
class ImportMeta(Expression):
    pass


# Functions and classes


class FunctionKind:
    """What a function can do besides being called."""

    ORDINARY: Final = 0
    ARROW: Final = 1
    METHOD: Final = 2
    GETTER: Final = 3
    SETTER: Final = 4
    CONSTRUCTOR: Final = 5
    DERIVED_CONSTRUCTOR: Final = 6
    FIELD: Final = 7  # the initializer of a field, as a method without a name; its body is one Return
    STATIC_BLOCK: Final = 8


FUNCTION_KINDS: Final = [
    "ordinary",
    "arrow",
    "method",
    "getter",
    "setter",
    "constructor",
    "derived constructor",
    "field",
    "static block",
]


@final
@dataclass(eq=False)
class Function(Node):
    """Parameters, body and scopes; of an arrow with an expression the body is one Return.

    Parameters are Identifiers, patterns, Defaults, and at the end perhaps a Rest. `length` is the property of that name.
    """

    kind: int
    name: str
    parameters: list[Expression]
    body: list[Statement]
    is_async: bool
    is_generator: bool
    is_strict: bool
    is_simple: bool  # all parameters are plain names
    has_expression_body: bool
    length: int
    scope: Scope
    body_scope: Scope  # the same as `scope`, unless parameters have expressions
    name_scope: Scope | None  # of a function expression's own name


@final
@dataclass(eq=False)
class FunctionExpression(Expression):
    """Functions, arrows and the values of methods."""

    function: Function


class MemberKind:
    """What stands in a class body."""

    METHOD: Final = 0
    GETTER: Final = 1
    SETTER: Final = 2
    FIELD: Final = 3
    STATIC_BLOCK: Final = 4


MEMBER_KINDS: Final = ["method", "getter", "setter", "field", "static block"]


@final
@dataclass(eq=False)
class ClassMember(Node):
    """`private_name` is None, or else `key` means nothing. `function` is None for a field without an initializer."""

    kind: int
    is_static: bool
    key: Expression
    is_computed: bool
    private_name: PrivateName | None
    function: Function | None


@final
@dataclass(eq=False)
class Class(Node):
    """`scope` holds the class's own name. A member's function that is the constructor is not among `members`."""

    name: str
    parent: Expression | None
    constructor: Function | None
    members: list[ClassMember]
    scope: Scope


@final
@dataclass(eq=False)
class ClassExpression(Expression):
    definition: Class


@final
@dataclass(eq=False)
class Yield(Expression):
    operand: Expression | None
    is_delegate: bool


@final
@dataclass(eq=False)
class Await(Expression):
    operand: Expression


# Patterns


@final
@dataclass(eq=False)
class ArrayPattern(Expression):
    """Elements are Elisions, targets, Defaults, and at the end perhaps a Rest."""

    elements: list[Expression]


@final
@dataclass(eq=False)
class ObjectPattern(Expression):
    """Values of properties are targets or Defaults; a last SPREAD property has the Rest's target."""

    properties: list[Property]


@final
@dataclass(eq=False)
class Default(Expression):
    """`target = value` inside a pattern."""

    target: Expression
    value: Expression


@final
@dataclass(eq=False)
class Rest(Expression):
    """`...target` at the end of a pattern or of parameters."""

    target: Expression
