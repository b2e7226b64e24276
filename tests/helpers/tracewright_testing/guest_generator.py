"""Random programs of a language that is given as rows of templates (`random_javascript.py`, `random_python.py`).

A template is text of the language with holes:

    $int              an expression of the kind `int`, from that kind's rows or a variable
    $set:int          a variable of that kind which may be assigned; declared before the statement where there is none
    $new:int          a new name, which is such a variable behind the statement
    $loop:int         a new name, which is a constant of that kind in the statement's blocks
    $fresh            a new name that nothing else mentions
    $1, $2            the first, second name that the statement's holes above have given
    $turns            how often the blocks that follow run; small where much is running already
    $block            on a line of its own: statements, one level deeper
    $declarations     on a line of its own: new variables that are there until the template's end

Programs end: every loop of the rows has a bound, and a frame plans no more statements than its share of the program's budget.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracewright_testing.choices import Dice, seeded

DEFAULT_BUDGET = 20_000  # statements that a program may execute
DEEPEST_BLOCK = 4
_HOLE = re.compile(r"\$(\w+)(?::(\w+))?")
_INDENT = "    "


@dataclass(frozen=True)
class Row:
    """One way to write something, and how often it is chosen."""

    weight: int
    text: str


@dataclass(frozen=True)
class Kind:
    """What a variable is meant to hold: `simple` rows have no holes but for other simple ones."""

    simple: Sequence[str]
    compound: Sequence[Row] = ()
    shown: bool = True  # whether a value is worth printing
    declared: int = 3  # how often a new variable is of this kind


@dataclass(frozen=True)
class FunctionRow:
    """A whole function named $name, with the kinds it takes and gives and the statements that a call may execute."""

    weight: int
    takes: tuple[str, ...]
    gives: str
    cost: int
    text: str


@dataclass(frozen=True)
class GuestRows:
    """A language as the generator sees it. `plain` is a function of random parameters with holes $name, $parameters, $block and
    $result; `section` has $declarations, $block, $state and $number;
    `ending` stands at the end."""

    prelude: str
    kinds: dict[str, Kind]
    declaration: str  # with $name and $value
    statements: Sequence[Row]
    blocks: Sequence[Row]  # statements with blocks
    functions: Sequence[FunctionRow]
    plain: str
    parameters: Sequence[str]  # kinds
    results: Sequence[str]
    section: str
    ending: str


@dataclass(frozen=True)
class _Variable:
    name: str
    kind: str
    assignable: bool


@dataclass(frozen=True)
class _Function:
    name: str
    takes: tuple[str, ...]
    gives: str
    cost: int


@dataclass
class _Frame:
    limit: int
    scopes: list[list[_Variable]] = field(default_factory=lambda: [[]])
    turns: int = 1
    work: int = 0

    def charge(self, cost: int) -> bool:
        """Plan so much more at this place, if the limit allows it."""
        if self.work + self.turns * cost > self.limit:
            return False
        self.work += self.turns * cost
        return True


class GuestGenerator:
    """Writes one program."""

    def __init__(self, rows: GuestRows, dice: Dice, budget: int) -> None:
        self.rows = rows
        self.dice = dice
        self.budget = budget
        self.lines: list[str] = []
        self.indent = 0
        self.frame = _Frame(budget)
        self.functions: list[_Function] = []
        self._names = 0

    def program(self) -> str:
        """The whole text."""
        self.lines += self.rows.prelude.strip("\n").split("\n")
        for _ in range(self.dice.between(2, 5)):
            self._write_function()
        for number in range(self.dice.between(2, 5)):
            self.frame = _Frame(self.budget // 5)
            self._template(self.rows.section.replace("$number", str(number)), statements=6)
        self.lines += self.rows.ending.strip("\n").split("\n")
        return "\n".join(self.lines) + "\n"

    # --- functions ---------------------------------------------------------------------------------------------------
    def _write_function(self) -> None:
        name = self._fresh("f")
        if self.dice.chance(50):
            row = self.dice.weighted([(row.weight, row) for row in self.rows.functions])
            self.frame = _Frame(self.budget)
            self._template(row.text.replace("$name", name))
            self.functions.append(_Function(name, row.takes, row.gives, row.cost))
            return
        takes = tuple(self.dice.pick(self.rows.parameters) for _ in range(self.dice.between(0, 4)))
        gives = self.dice.pick(self.rows.results)
        names = [self._fresh("a") for _ in takes]
        self.frame = _Frame(self.budget // 80)
        self.frame.scopes[-1] += [_Variable(*pair, True) for pair in zip(names, takes, strict=True)]
        text = self.rows.plain.replace("$name", name).replace("$parameters", ", ".join(names))
        self._template(text.replace("$result", f"${gives}"), statements=5)
        self.functions.append(_Function(name, takes, gives, self.frame.work + 2))

    # --- statements --------------------------------------------------------------------------------------------------
    def _some(self, count: int) -> None:
        for _ in range(self.dice.between(1, count)):
            if self.frame.charge(1):
                if self.dice.chance(15):
                    self._declare_some()
                    continue
                deep = len(self.frame.scopes) > DEEPEST_BLOCK
                rows = self.rows.statements if deep else [*self.rows.statements, *self.rows.blocks]
                self._template(self.dice.weighted([(row.weight, row.text) for row in rows]))
            else:
                self._declare("int")
                return

    def _declare_some(self) -> None:
        self._declare(self.dice.weighted([(row.declared, kind) for kind, row in self.rows.kinds.items()]))

    def _declare(self, kind: str) -> _Variable:
        name = self._fresh("v")
        value = self._expression(kind, 2)
        self._line(self.rows.declaration.replace("$name", name).replace("$value", value))
        made = _Variable(name, kind, True)
        self.frame.scopes[-1].append(made)
        return made

    def _template(self, text: str, statements: int = 3) -> None:
        """Write a statement; its holes are filled line by line."""
        names: list[str] = []
        inner: list[_Variable] = []
        later: list[_Variable] = []
        for kind in re.findall(r"\$set:(\w+)", text):
            if not self._visible(kind, assignable=True):
                self._declare(kind)
        turns = self.frame.turns
        outer_indent = self.indent
        for line in text.strip("\n").split("\n"):
            body = line.lstrip(" ")
            self.indent = outer_indent + (len(line) - len(body)) // len(_INDENT)
            if body == "$block":
                self.frame.scopes.append(list(inner))
                self._some(statements)
                self.frame.scopes.pop()
            elif body == "$declarations":
                for _ in range(self.dice.between(3, 6)):
                    self._declare_some()
            else:
                self._line(self._filled(body, names, inner, later))
        self.indent = outer_indent
        self.frame.turns = turns
        self.frame.scopes[-1] += later

    def _filled(self, text: str, names: list[str], inner: list[_Variable], later: list[_Variable]) -> str:
        def fill(match: re.Match[str]) -> str:
            word, kind = match[1], match[2]
            if word.isdigit():
                return names[int(word) - 1]
            match word:
                case "set":
                    name = self.dice.pick(self._visible(kind, assignable=True)).name
                case "new":
                    name = self._fresh("v")
                    later.append(_Variable(name, kind, True))
                case "loop":
                    name = self._fresh("i")
                    inner.append(_Variable(name, kind, False))
                case "fresh":
                    name = self._fresh("w")
                case "turns":
                    return str(self._turns())
                case "state":
                    return self._state()
                case _:
                    return self._expression(word, 2)
            names.append(name)
            return name

        return _HOLE.sub(fill, text)

    def _turns(self) -> int:
        frame = self.frame
        wanted = self.dice.between(40, 300) if frame.turns == 1 else self.dice.between(2, 20)
        while wanted > 1 and frame.work + frame.turns * wanted * 5 > frame.limit:
            wanted //= 2
        frame.turns *= max(wanted, 1)
        return max(wanted, 1)

    def _state(self) -> str:
        shown = [each.name for each in self._all_visible() if self.rows.kinds[each.kind].shown]
        return ", ".join(shown[-8:]) if shown else '"nothing"'

    # --- expressions -------------------------------------------------------------------------------------------------
    def _expression(self, kind: str, depth: int) -> str:
        rows = self.rows.kinds[kind]
        if depth > 0 and self.dice.chance(55):
            calls = [function for function in self.functions if function.gives == kind]
            if calls and self.dice.chance(25):
                function = self.dice.pick(calls)
                if self.frame.charge(function.cost):
                    return f"{function.name}({', '.join(self._expression(each, depth - 1) for each in function.takes)})"
            if rows.compound:
                return self._compound(self.dice.weighted([(row.weight, row.text) for row in rows.compound]), depth)
        known = self._visible(kind)
        if known and self.dice.chance(75):
            return self.dice.pick(known).name
        return self._compound(self.dice.pick(rows.simple), 0)

    def _compound(self, text: str, depth: int) -> str:
        return _HOLE.sub(lambda match: self._expression(match[1], depth - 1), text)

    # --- names and lines ---------------------------------------------------------------------------------------------
    def _all_visible(self) -> list[_Variable]:
        return [variable for scope in self.frame.scopes for variable in scope]

    def _visible(self, kind: str, assignable: bool = False) -> list[_Variable]:
        return [each for each in self._all_visible() if each.kind == kind and (each.assignable or not assignable)]

    def _fresh(self, prefix: str) -> str:
        self._names += 1
        return f"{prefix}{self._names}"

    def _line(self, text: str) -> None:
        self.lines.append(_INDENT * self.indent + text)


def random_guest_program(rows: GuestRows, seed: int, budget: int = DEFAULT_BUDGET) -> str:
    """The program of that seed: the same text every time."""
    return GuestGenerator(rows, Dice(seeded(seed)), budget).program()
