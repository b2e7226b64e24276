"""What each name of a program means: data that `symbols.py` puts on the tree and the compiler reads.

One Scope per module, function, lambda, class and comprehension. Every name that is used or bound in a scope has a Symbol there, whose
`resolution` says where its value lives. A name found in a class keeps the meaning it has for the class's own code; functions inside
look past it.
"""

from __future__ import annotations

from typing import Final, final

from tracewright_python.diagnostics import SourceWarning


class ScopeKind:
    """What opened a scope."""

    MODULE: Final = 0
    FUNCTION: Final = 1
    LAMBDA: Final = 2
    CLASS: Final = 3
    LIST_COMPREHENSION: Final = 4
    SET_COMPREHENSION: Final = 5
    DICT_COMPREHENSION: Final = 6
    GENERATOR_EXPRESSION: Final = 7


class Resolution:
    """Where the value of a name lives, seen from one scope."""

    LOCAL: Final = 0  # a slot of the function; in a class or module its namespace
    CELL: Final = 1  # belongs to this scope, and a scope inside uses it, too
    FREE: Final = 2  # a cell of a function around, handed in
    GLOBAL_EXPLICIT: Final = 3  # declared `global`
    GLOBAL_IMPLICIT: Final = (
        4  # bound nowhere around: the module's, or built in; in a class the namespace is asked before
    )


RESOLUTION_NAMES: Final[list[str]] = ["local", "cell", "free", "global explicit", "global implicit"]
"""By the numbers of Resolution."""


@final
class Symbol:
    """One name in one scope, as the compiler sees it: private names of classes are already mangled."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.resolution: int = Resolution.GLOBAL_IMPLICIT
        self.is_bound = False  # assigned, defined, imported, deleted or a parameter here
        self.is_used = False  # read here
        self.is_parameter = False
        self.is_global = False  # declared `global` here
        self.is_nonlocal = False
        self.is_imported = False
        self.is_annotated = False
        self.is_iteration_variable = False  # bound by a `for` of this comprehension
        self.is_free_in_class = (
            False  # a class that binds the name: methods mean one further out, and the class hands that in
        )

    def is_local_binding(self) -> bool:
        """Whether the name is assigned or defined here, other than by an import."""
        return self.is_bound and not self.is_imported

    def is_cell(self) -> bool:
        """Whether the value lives in a cell, own or handed in."""
        return self.resolution == Resolution.CELL or self.resolution == Resolution.FREE


@final
class Scope:
    """The names of one module, function, class or comprehension."""

    def __init__(self, kind: int, name: str, line: int, parent: Scope | None) -> None:
        self.kind = kind
        self.name = name  # `<lambda>`, `<listcomp>` ... as in tracebacks; `top` for modules, as in CPython's `symtable`
        self.line = line
        self.parent = parent
        self.children: list[Scope] = []  # in the order of the source
        self.symbols: dict[str, Symbol] = {}
        self.parameters: list[str] = []  # in the order of slots: positional, keyword-only, `*args`, `**kwargs`
        self.private_class = ""  # the class that private names inside belong to; empty outside of classes
        self.is_nested = False  # inside some function
        self.is_generator = False
        self.is_coroutine = False
        self.returns_value = False
        self.has_variadic_positional = False  # `*args`
        self.has_variadic_keywords = False  # `**kwargs`
        self.has_star_import = False
        self.has_class_cell = False  # a class some method of which uses `super` or `__class__`
        self.has_free = False  # needs cells handed in
        self.has_free_children = False  # some scope inside does
        self.warnings: list[SourceWarning] = []  # of the whole text, where this is its outermost scope

    def is_function(self) -> bool:
        """Whether locals live in slots: everything but modules and classes."""
        return self.kind != ScopeKind.MODULE and self.kind != ScopeKind.CLASS

    def is_comprehension(self) -> bool:
        """Whether this is one of the four kinds of comprehensions."""
        return self.kind >= ScopeKind.LIST_COMPREHENSION

    def mangled(self, name: str) -> str:
        """The name as symbols and attributes know it: `__x` in a class `_C` is `_C__x`."""
        return mangled(self.private_class, name)

    def symbol(self, name: str) -> Symbol:
        """The symbol of a name that is written in this scope's code. Raises KeyError if it is not."""
        return self.symbols[self.mangled(name)]

    def names_with(self, resolution: int) -> list[str]:
        """The names of one Resolution, in the order in which they first stand in the code."""
        return [symbol.name for symbol in self.symbols.values() if symbol.resolution == resolution]

    def cells(self) -> list[str]:
        """The names whose cells this scope makes; of a class at most `__class__`."""
        return self.names_with(Resolution.CELL)

    def free(self) -> list[str]:
        """The names whose cells are handed in, also those that a class hands on past a name of its own."""
        return [
            symbol.name
            for symbol in self.symbols.values()
            if symbol.resolution == Resolution.FREE or symbol.is_free_in_class
        ]


def mangled(class_name: str, name: str) -> str:
    """A name as written inside of a class (empty: in none): one that begins with two underscores and does not end with two gets its class's name."""
    if class_name == "" or not name.startswith("__") or name.endswith("__") or "." in name:
        return name
    stripped = class_name.lstrip("_")
    return f"_{stripped}{name}" if stripped != "" else name
