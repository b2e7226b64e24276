"""What a random Ruff program has declared so far, and how much work it has planned."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from tracewright_testing.choices import Dice


class Kind(Enum):
    """What a variable is meant to hold; the guest language itself has no static types."""

    INT = auto()
    FLOAT = auto()
    NUMBER = auto()  # an int or a float, changing at run time
    STRING = auto()
    BOOL = auto()
    ANY = auto()  # a scalar of changing type
    INTS = auto()
    NUMBERS = auto()
    STRINGS = auto()
    BY_NAME = auto()  # dict: string -> int
    BY_NUMBER = auto()  # dict with int keys -> int
    GRID = auto()  # array of arrays of ints, never empty
    TABLE = auto()  # dict: string -> array of ints
    RECORD = auto()  # a struct: x (int), y (float), tag (string), items (array of ints)
    FUNCTION = auto()  # a closure: int -> int
    RESULT = auto()  # Ok(int), Err(string), Some(int) or None


@dataclass(frozen=True)
class Variable:
    """A name the program may mention; loop counters and `let` bindings are not assigned to."""

    name: str
    kind: Kind
    assignable: bool = True


@dataclass(frozen=True)
class Function:
    """A guest function; `cost` is how many statements a call may execute."""

    name: str
    takes: tuple[Kind, ...]
    gives: Kind
    cost: int


@dataclass
class Frame:
    """A function body (or the top level) being written."""

    limit: int  # statements that may be executed in it, callees included
    is_function: bool
    scopes: list[list[Variable]] = field(default_factory=lambda: [[]])
    turns: int = 1  # how often the statement written next runs
    work: int = 0
    loop_depth: int = 0
    try_depth: int = 0
    gives: Kind | None = None  # what `return` returns; None at the top level

    def charge(self, cost: int) -> bool:
        """Plan `cost` more statements at this place, if the limit allows it."""
        if self.work + self.turns * cost > self.limit:
            return False
        self.work += self.turns * cost
        return True


class Program:
    """Everything that the parts of the generator share."""

    def __init__(self, dice: Dice, budget: int) -> None:
        self.dice = dice
        self.budget = budget
        self.functions: list[Function] = []
        self.records: list[str] = []  # names of struct types
        self.globals: list[Variable] = []
        self.frame = Frame(budget, is_function=False)
        self.lines: list[str] = []
        self.indent = 0
        self._names = 0

    def fresh(self, prefix: str) -> str:
        """A name used nowhere else in the program."""
        self._names += 1
        return f"{prefix}{self._names}"

    def line(self, text: str) -> None:
        """Write one line: a whole statement, or the head or end of a block."""
        self.lines.append("    " * self.indent + text)

    def open(self, head: str) -> None:
        """Begin a block and the scope that goes with it."""
        self.line(head)
        self.indent += 1
        self.frame.scopes.append([])

    def between(self, head: str) -> None:
        """End one block and begin the next: `} else {`."""
        self.close(head)
        self.indent += 1
        self.frame.scopes.append([])

    def close(self, tail: str = "}") -> None:
        """End a block."""
        self.frame.scopes.pop()
        self.indent -= 1
        self.line(tail)

    def declare(self, variable: Variable) -> None:
        """Make the variable visible from here to the end of the block."""
        self.frame.scopes[-1].append(variable)

    def visible(self, kind: Kind, assignable: bool = False) -> list[Variable]:
        """Variables of that kind that may be mentioned here, innermost last."""
        found = [variable for scope in self.frame.scopes for variable in scope if variable.kind is kind]
        if self.frame.is_function:
            found = [variable for variable in self.globals if variable.kind is kind] + found
        return [variable for variable in found if variable.assignable or not assignable]

    def some(self, kind: Kind, assignable: bool = False) -> Variable | None:
        """One visible variable of that kind."""
        found = self.visible(kind, assignable)
        return self.dice.pick(found) if found else None
