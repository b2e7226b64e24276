"""What the compiler must know about names before it generates code: one walk over a program or a function body.

Ruff decides at run time what `x := e` means (an existing variable, or a new one here). Most of it can be decided earlier by
looking at what could exist at all: that is what is collected here. Where facts are approximate, they err on the safe side.
"""

from __future__ import annotations

from typing import Final, final

from tracewright_ruff.syntax import (
    ArrayLiteral,
    ArrayPattern,
    Assignment,
    Await,
    Binary,
    Call,
    Declaration,
    DictionaryLiteral,
    Export,
    Expression,
    ExpressionStatement,
    FieldAccess,
    For,
    Function,
    FunctionDeclaration,
    FunctionExpression,
    If,
    IgnorePattern,
    ImportModule,
    ImportNames,
    IndexAccess,
    IntegerLiteral,
    Interpolation,
    Logical,
    Loop,
    Match,
    MethodCall,
    Name,
    NamePattern,
    OptionalFieldAccess,
    Return,
    Spawn,
    Spread,
    Statement,
    StructDeclaration,
    StructLiteral,
    Tag,
    Throw,
    TryExcept,
    TryOperator,
    Unary,
    VariantConstructor,
    While,
    Yield,
)
from tracewright_ruff.syntax_questions import (
    chained_if,
    declared_names,
    imported_names,
    pattern_names,
    root_name,
    set_of,
)


@final
class Facts:
    """The result of one walk. "Own" is the walked body itself, "inner" the functions inside it."""

    def __init__(self) -> None:
        self.assigned: set[str] = set()  # own names assigned where no own declaration is visible
        self.assigned_in_if: set[str] = set()  # the same, inside an `if`; at top level that makes a block variable
        self.mutated: set[str] = set()  # own variables changed in place, or replaced by a call that takes them
        self.declared: dict[str, int] = {}  # names declared at the outermost level of the body: how often
        self.functions: set[str] = set()  # functions declared at the outermost level
        self.mentioned: set[str] = set()  # every name that occurs anywhere
        self.inner_mentioned: set[str] = set()  # names that mean something outside the inner function, or may
        self.inner_mutated: set[str] = set()
        self.bound_anywhere: set[str] = (
            set()
        )  # names that something gives a value, other than `func` at the outermost level
        self.fields: dict[str, set[str]] = {}  # struct name -> names that its fields may have
        self.assigned_fields: set[str] = set()  # `x.name := ...` on anything
        self.exposed: dict[str, int] = {}  # how often a name is read other than as `name[1]`, `name[2]`, ...
        self.with_later_items: set[str] = set()  # names that are read in that way
        self.taken: dict[str, int] = {}  # how often its first element is moved on soon (see moving_statement)
        self.taken_at_once: dict[str, int] = {}  # how often that is to a variable, by the very next statement
        self.imported: set[str] = set()  # names that an import at the outermost level of the body binds
        self.exported: set[str] = set()  # names declared under `export`
        self.modules: set[str] = set()  # names of imported modules, wherever the import stands
        self.has_operators = False  # some struct defines `op_...`, so operators may call functions
        self.has_generators = False  # some function is one, so loops may call functions
        self.called: set[str] = set()  # names by which something from outside is called
        self.calls_unknown = False  # something is called in another way, or waited for

    def field_names(self, struct: str) -> set[str]:
        """The set of possible fields of a struct, to be extended."""
        found = self.fields.get(struct)
        if found is None:
            found = set()
            self.fields[struct] = found
        return found


@final
class FactCollector:
    """Walks the tree once and fills `facts`."""

    def __init__(self) -> None:
        self.facts = Facts()
        self.scopes: list[set[str]] = [set()]  # declarations visible here
        self.first_inner = 0  # index of the first scope of the inner function that we are in
        self.function_depth = 0
        self.if_depth = 0

    # --- statements ---
    def block(self, statements: list[Statement], declared: list[str]) -> None:
        """A nested block whose scope starts with the names of `declared`."""
        self.facts.bound_anywhere.update(declared)
        self.scopes.append(set_of(declared))
        self.statements(statements)
        self.scopes.pop()

    def statements(self, statements: list[Statement]) -> None:
        """Statements of the current scope."""
        for index in range(len(statements)):
            later = moving_statement(statements, index)
            if later >= 0:
                name = bound_names(statements[index])[0]
                self.facts.taken[name] = self.facts.taken.get(name, 0) + 1
                if is_taken_at_once(statements, index, later):
                    self.facts.taken_at_once[name] = self.facts.taken_at_once.get(name, 0) + 1
                root = replaced_root(statements[index], statements[later])
                if root is not None:
                    self.mutate(root)
            self.statement(statements[index])

    def statement(self, statement: Statement) -> None:
        """One statement."""
        match statement:
            case ExpressionStatement():
                self.expression(statement.expression)
            case Declaration():
                self.expression(statement.value)
                for name in pattern_names(statement.pattern):
                    self.declare(name)
            case Assignment():
                self.assignment(statement)
            case FunctionDeclaration():
                self.function_declaration(statement.function)
            case StructDeclaration():
                self.struct(statement)
            case Export():
                self.facts.exported.update(declared_names(statement))
                self.statement(statement.statement)
            case ImportModule():
                self.facts.modules.add(statement.module)
                self.imports(imported_names(statement))
            case ImportNames():
                self.imports(statement.names)
            case Return():
                if statement.value is not None:
                    self.expression(statement.value)
            case _:
                self.compound(statement)

    def compound(self, statement: Statement) -> None:
        """Statements with blocks inside."""
        match statement:
            case If():
                self.chain(statement)
            case While():
                self.expression(statement.condition)
                self.block(statement.body, [])
            case Loop():
                self.block(statement.body, [])
            case For():
                self.expression(statement.iterable)
                self.facts.mentioned.add(statement.variable)
                self.block(statement.body, [statement.variable])
            case TryExcept():
                self.block(statement.body, [])
                self.block(statement.handler, [statement.variable])
            case Match():
                self.expression(statement.subject)
                for case in statement.cases:
                    self.block(case.body, [] if case.binding is None else [case.binding])
                if statement.default is not None:
                    self.block(statement.default, [])
            case Spawn():
                self.inner([], statement.body)

    def chain(self, statement: If) -> None:
        """`if`, any number of `else if`, `else`."""
        self.if_depth += 1
        link: If | None = statement
        while link is not None:
            self.expression(link.condition)
            self.block(link.body, [])
            following = chained_if(link.otherwise)
            if following is None and link.otherwise is not None:
                self.block(link.otherwise, [])
            link = following
        self.if_depth -= 1

    def assignment(self, statement: Assignment) -> None:
        """`target := value`."""
        target = statement.target
        self.expression(statement.value)
        if isinstance(target, Name):
            self.mention(target.name)
            self.facts.bound_anywhere.add(target.name)
            if self.function_depth == 0 and not self.visible(target.name):
                if self.if_depth > 0:
                    self.facts.assigned_in_if.add(target.name)
                else:
                    self.facts.assigned.add(target.name)
            if takes_variable(statement.value, target.name):
                self.mutate(target.name)
            return
        self.expression(target)
        if isinstance(target, FieldAccess):
            self.facts.assigned_fields.add(target.name)
        root = root_name(target)
        if root is not None:
            self.mutate(root)

    def function_declaration(self, function: Function) -> None:
        """`func name`, which the body itself may mention."""
        if function.name is not None:
            if self.function_depth == 0 and len(self.scopes) == 1:
                self.mention(function.name)
                self.facts.functions.add(function.name)
            else:
                self.hide(function.name)
        self.function(function)

    def struct(self, statement: StructDeclaration) -> None:
        """Fields and methods."""
        self.facts.field_names(statement.name).update(set_of(statement.fields))
        for method in statement.methods:
            if method.name is not None and method.name.startswith("op_"):
                self.facts.has_operators = True
            self.function(method)

    def imports(self, names: list[str]) -> None:
        """Names from a module. Its functions may belong to structs, whose operators are then not known here."""
        self.facts.has_operators = True
        for name in names:
            self.declare(name)
            if self.function_depth == 0 and len(self.scopes) == 1:
                self.facts.imported.add(name)

    # --- names ---
    def declare(self, name: str) -> None:
        """A declaration in the current scope."""
        self.hide(name)
        if self.function_depth == 0 and len(self.scopes) == 1:
            self.facts.declared[name] = self.facts.declared.get(name, 0) + 1

    def hide(self, name: str) -> None:
        """From here on, the name means a variable of the current scope."""
        self.facts.mentioned.add(name)
        self.facts.bound_anywhere.add(name)
        self.scopes[-1].add(name)

    def visible(self, name: str) -> bool:
        """Whether a declaration of the name, inside the function that we are in, is in scope."""
        for index in range(self.first_inner, len(self.scopes)):
            if name in self.scopes[index]:
                return True
        return False

    def mention(self, name: str) -> None:
        """The name occurs."""
        self.facts.mentioned.add(name)
        if self.function_depth > 0 and not self.visible(name):
            self.facts.inner_mentioned.add(name)

    def mutate(self, name: str) -> None:
        """The variable is changed in place."""
        if self.function_depth == 0:
            self.facts.mutated.add(name)
        elif not self.visible(name):
            self.facts.inner_mutated.add(name)

    # --- functions and expressions ---
    def function(self, function: Function) -> None:
        """A function inside the body."""
        if function.is_generator:
            self.facts.has_generators = True
        self.inner([parameter.name for parameter in function.parameters], function.body)

    def inner(self, parameters: list[str], body: list[Statement]) -> None:
        """The parts of an inner function, in a scope of their own that hides what is outside."""
        if self.function_depth == 0:
            self.first_inner = len(self.scopes)
        self.function_depth += 1
        self.facts.mentioned.update(parameters)
        self.block(body, parameters)
        self.function_depth -= 1
        if self.function_depth == 0:
            self.first_inner = 0

    def expressions(self, expressions: list[Expression]) -> None:
        """Several expressions."""
        for expression in expressions:
            self.expression(expression)

    def expression(self, expression: Expression) -> None:
        """One expression."""
        match expression:
            case Name():
                self.mention(expression.name)
                self.facts.exposed[expression.name] = self.facts.exposed.get(expression.name, 0) + 1
            case Binary():
                self.expression(expression.left)
                self.expression(expression.right)
            case Logical():
                self.expression(expression.left)
                self.expression(expression.right)
            case Call():
                self.expressions(expression.arguments)
                self.expression(expression.callee)
                callee = expression.callee
                if isinstance(callee, Name) and not self.visible(callee.name):
                    self.facts.called.add(callee.name)
                else:
                    self.facts.calls_unknown = True
            case MethodCall():
                self.facts.calls_unknown = True
                self.expression(expression.receiver)
                self.expressions(expression.arguments)
            case IndexAccess():
                receiver = expression.receiver
                if isinstance(receiver, Name) and is_later_item(expression, receiver.name):
                    self.mention(receiver.name)
                    self.facts.with_later_items.add(receiver.name)
                    return
                self.expression(receiver)
                self.expression(expression.index)
            case Await():
                self.facts.calls_unknown = True
                self.expression(expression.operand)
            case FunctionExpression():
                self.function(expression.function)
            case ArrayLiteral():
                self.expressions(expression.elements)
            case DictionaryLiteral():
                for entry in expression.entries:
                    if entry.key is not None:
                        self.expression(entry.key)
                    self.expression(entry.value)
            case StructLiteral():
                for initializer in expression.fields:
                    self.facts.field_names(expression.name).add(initializer.name)
                    self.expression(initializer.value)
            case _:
                self.expressions(operands_of(expression))


def operands_of(expression: Expression) -> list[Expression]:
    """The parts of the simpler kinds of expressions."""
    match expression:
        case Unary():
            return [expression.operand]
        case Await():
            return [expression.operand]
        case Spread():
            return [expression.operand]
        case TryOperator():
            return [expression.operand]
        case FieldAccess():
            return [expression.receiver]
        case OptionalFieldAccess():
            return [expression.receiver]
        case Interpolation():
            return expression.pieces
        case Tag():
            return expression.arguments
        case Throw():
            return expression.arguments
        case VariantConstructor():
            return [] if expression.value is None else [expression.value]
        case Yield():
            return [] if expression.value is None else [expression.value]
    return []


def takes_variable(value: Expression, name: str) -> bool:
    """Whether `value` is a call with the variable as one of its arguments: `x := f(x, ...)`."""
    if isinstance(value, Call):
        for argument in value.arguments:
            if isinstance(argument, Name) and argument.name == name:
                return True
    return False


def facts_of(statements: list[Statement], declared: list[str]) -> Facts:
    """The facts of a program or of a function body whose parameters are `declared`."""
    collector = FactCollector()
    collector.scopes[0].update(set_of(declared))
    collector.statements(statements)
    return collector.facts


def names_assigned_in(statements: list[Statement]) -> set[str]:
    """Names that this `if` block of a program's top level assigns without declaring them (nested `if`s excluded)."""
    return facts_of(statements, []).assigned


def count_name(expression: Expression, name: str) -> int:
    """How often a name occurs in an expression; functions inside count as many."""
    match expression:
        case Name():
            return 1 if expression.name == name else 0
        case FunctionExpression() | DictionaryLiteral() | StructLiteral():
            collector = FactCollector()
            collector.expression(expression)
            return 2 if name in collector.facts.mentioned else 0
    total = 0
    for part in parts_of(expression):
        total += count_name(part, name)
    return total


def parts_of(expression: Expression) -> list[Expression]:
    """The direct parts of an expression, functions and dictionary and struct literals excepted."""
    match expression:
        case Binary():
            return [expression.left, expression.right]
        case Logical():
            return [expression.left, expression.right]
        case Call():
            return expression.arguments + [expression.callee]  # noqa: RUF005
        case MethodCall():
            return expression.arguments + [expression.receiver]  # noqa: RUF005
        case IndexAccess():
            return [expression.receiver, expression.index]
        case ArrayLiteral():
            return expression.elements
    return operands_of(expression)


# --- results whose first element moves on ----------------------------------------------------------------------------
MOVES_WITHIN: Final = 4  # statements


def is_later_item(expression: Expression, name: str) -> bool:
    """Whether it is `name[1]`, `name[2]`, ..."""
    if not isinstance(expression, IndexAccess) or not isinstance(expression.index, IntegerLiteral):
        return False
    receiver = expression.receiver
    return isinstance(receiver, Name) and receiver.name == name and expression.index.value > 0


def is_first_item(expression: Expression, name: str) -> bool:
    """Whether it is `name[0]`."""
    if not isinstance(expression, IndexAccess) or not isinstance(expression.index, IntegerLiteral):
        return False
    receiver = expression.receiver
    return isinstance(receiver, Name) and receiver.name == name and expression.index.value == 0


def bound_name(statement: Statement) -> str:
    """The name that the statement gives a value; empty if it is not just that."""
    if isinstance(statement, Declaration) and isinstance(statement.pattern, NamePattern):
        return statement.pattern.name
    if isinstance(statement, Assignment) and isinstance(statement.target, Name):
        return statement.target.name
    return ""


def bound_names(statement: Statement) -> list[str]:
    """The names to which a statement gives a value or, by a flat array pattern, the elements of one; empty if it is neither."""
    if isinstance(statement, Declaration) and isinstance(statement.pattern, ArrayPattern):
        return pattern_names(statement.pattern) if is_flat(statement.pattern) else []
    name = bound_name(statement)
    return [name] if name != "" else []


def is_flat(pattern: ArrayPattern) -> bool:
    """Whether it is `[a, b, _]`: binding cannot fail then, and begins with a name."""
    for item in pattern.items:
        if not isinstance(item, NamePattern) and not isinstance(item, IgnorePattern):
            return False
    return pattern.rest is None and len(pattern.items) > 0 and isinstance(pattern.items[0], NamePattern)


def bound_value(statement: Statement) -> Expression | None:
    """The value that the statement gives a name, or the expression that is all of it."""
    if isinstance(statement, Declaration) and isinstance(statement.pattern, NamePattern):
        return statement.value
    if isinstance(statement, Assignment) and isinstance(statement.target, Name):
        return statement.value
    return statement.expression if isinstance(statement, ExpressionStatement) else None


def bound_call(statement: Statement) -> Call | None:
    """The call whose result the statement gives a name, or the elements of the result several."""
    value = statement.value if isinstance(statement, Declaration) else bound_value(statement)
    return value if isinstance(value, Call) and len(bound_names(statement)) > 0 else None


def is_taken_apart(statement: Statement) -> bool:
    """Whether the statement's first name is that of an element, by a pattern."""
    return isinstance(statement, Declaration) and isinstance(statement.pattern, ArrayPattern)


def moving_statement(statements: list[Statement], index: int) -> int:
    """Where, soon behind `r := f(...)`, the result's first element is moved on by `x := r[0]` (behind `let [r, y] := f(...)`: by
    `x := r`), x being a variable or an element; -1: nowhere.

    In between stand only plain statements that do not read it. If a name is exposed in no other way than in such
    statements, then nobody can see that the element has left the result: before the next one, the name is bound again.
    """
    if bound_call(statements[index]) is None:
        return -1
    name = bound_names(statements[index])[0]
    apart = is_taken_apart(statements[index])
    for later in range(index + 1, min(len(statements), index + 1 + MOVES_WITHIN)):
        statement = statements[later]
        if name in bound_names(statement):
            return -1
        if isinstance(statement, Assignment) and moves_first(statement.value, name, apart):
            return later
        value = bound_value(statement)
        if value is None or (count_name(value, name) if apart else exposures(value, name)) > 0:
            return -1
    return -1


def is_taken_at_once(statements: list[Statement], index: int, later: int) -> bool:
    """Whether nothing at all can run between the binding and the moving of the element."""
    replacing = statements[later]
    return later == index + 1 and isinstance(replacing, Assignment) and isinstance(replacing.target, Name)


def replaced_root(statement: Statement, replacing: Statement) -> str | None:
    """The variable in `r := f(x, ...)  x := r[0]`, or that of the element: it may be changed in place."""
    value = bound_call(statement)
    if value is None or len(value.arguments) == 0 or not isinstance(replacing, Assignment):
        return None
    root = root_name(replacing.target)
    return root if root == root_name(value.arguments[0]) else None


def moves_first(value: Expression, name: str, apart: bool) -> bool:
    """Whether it is `name[0]`; or the name itself, where that is the element's."""
    return isinstance(value, Name) and value.name == name if apart else is_first_item(value, name)


def exposures(expression: Expression, name: str) -> int:
    """How often the name is read other than as `name[1]`, `name[2]`, ..."""
    match expression:
        case Name():
            return 1 if expression.name == name else 0
        case FunctionExpression() | DictionaryLiteral() | StructLiteral():
            return count_name(expression, name)
    if is_later_item(expression, name):
        return 0
    total = 0
    for part in parts_of(expression):
        total += exposures(part, name)
    return total
