"""What the compiler must know of names: the scopes of a program and the variables in them, as data on the tree.

The parser builds them while it reads (`scope_builder.py`); nothing walks the tree for it. A `Scope` hangs on the node that opens it,
a name in the tree (`syntax.NameReference`) points to its `Variable`, or to None where only the global object can have it.
"""

from __future__ import annotations

from typing import Final, final


class VariableKind:
    """How a name came to be."""

    VAR: Final = 0
    FUNCTION: Final = 1  # declared at the top of a function or script; later ones replace earlier ones
    PARAMETER: Final = 2
    ARGUMENTS: Final = 3  # the implicit object
    RECEIVER: Final = 4  # `this`, `new.target` and the home of `super`, which arrow functions take from outside
    FUNCTION_NAME: Final = 5  # a function expression's own name, inside of it
    CATCH: Final = 6  # `catch (name)`, which `var` may repeat
    LET: Final = 7  # from here on lexical: no second declaration, and not there before its initializer ran
    CONST: Final = 8
    CLASS: Final = 9
    BLOCK_FUNCTION: Final = 10  # a plain one in a block of sloppy code: it may be declared again, and become a `var`
    IMPORT: Final = 11
    CATCH_PATTERN: Final = 12
    LEXICAL_FUNCTION: Final = 13  # any other function in a block, or at the top of a module


VARIABLE_KINDS: Final = [
    "var",
    "function",
    "parameter",
    "arguments",
    "receiver",
    "function name",
    "catch",
    "let",
    "const",
    "class",
    "block function",
    "import",
    "catch pattern",
    "lexical function",
]
NEVER: Final = 1 << 62  # a place behind every text


@final
class Variable:
    """One name of one scope."""

    def __init__(self, name: str, kind: int, start: int) -> None:
        self.name = name
        self.kind = kind
        self.start = start  # where it is declared
        self.initialized_at = 0  # from here on in the text, straight-line code finds it initialized
        self.captured = False  # a function inside its own uses it: it outlives the frame
        self.assigned = False  # something but its declaration writes it
        self.used_before = False  # some use needs the test whether it is initialized

    def is_lexical(self) -> bool:
        """Whether a second declaration is an error and a use before the first a ReferenceError."""
        return self.kind >= VariableKind.LET

    def starts_uninitialized(self) -> bool:
        """Whether there is a time in its scope when it has no value."""
        return self.kind == VariableKind.LET or self.kind == VariableKind.CONST or self.kind == VariableKind.CLASS


class ScopeKind:
    """What opened a scope."""

    SCRIPT: Final = 0
    MODULE: Final = 1
    EVAL: Final = 2
    FUNCTION: Final = 3
    BODY: Final = 4  # of a function whose parameters have expressions: these must not see the body's names
    BLOCK: Final = 5
    LOOP: Final = 6  # the head of `for`: a new set of its names each turn, if one is captured
    SWITCH: Final = 7
    CATCH: Final = 8
    CLASS: Final = 9
    FUNCTION_NAME: Final = 10
    WITH: Final = 11


SCOPE_KINDS: Final = [
    "script",
    "module",
    "eval",
    "function",
    "body",
    "block",
    "loop",
    "switch",
    "catch",
    "class",
    "function name",
    "with",
]


@final
class BlockFunction:
    """A function declared in a block of sloppy code: it may also be a `var` of the function around it (Annex B.3.3)."""

    def __init__(self, name: str, start: int, scope: Scope) -> None:
        self.name = name
        self.start = start
        self.scope = scope
        self.is_also_var = False  # where the declaration is reached, its value is copied to the outer name


@final
class Scope:
    """The names of one stretch of program."""

    def __init__(self, kind: int, parent: Scope | None, first_reference: int, is_arrow: bool, is_strict: bool) -> None:
        self.kind = kind
        self.parent = parent
        self.is_arrow = is_arrow  # of a function scope: `this`, `arguments` and the like come from outside
        self.is_strict = is_strict
        self.variables: dict[str, Variable] = {}
        self.children: list[Scope] = []
        self.has_captured = False  # some variable here outlives the frame
        self.calls_eval = False  # a direct `eval` in it, or in a scope inside, may use any name by its text
        self.calls_sloppy_eval = False  # of a function's scopes: such an `eval` may add variables here
        self.is_hoisted = False  # of a function scope: a declaration, which can be called before its place in the text
        # While parsing:
        self.first_reference = first_reference  # in the builder's list of names not yet found
        self.passing_vars: dict[str, int] = {}  # declared by `var` in or inside, on their way to the function
        self.block_functions: list[BlockFunction] = []
        self.joins_parent = False  # a name of the parent may not be declared here again

    def takes_vars(self) -> bool:
        """Whether `var` declarations inside end here."""
        return self.kind <= ScopeKind.BODY

    def is_receiver(self) -> bool:
        """Whether `this` means something of its own here."""
        return self.kind == ScopeKind.FUNCTION and not self.is_arrow
