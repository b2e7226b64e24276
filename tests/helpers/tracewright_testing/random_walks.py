"""Random programs that draw numbers and branch on them, in JavaScript, Python and Ruff.

    which = below(9)           words are shifted until one is less than 9
    if which < 4: ...
    elif which == 4: ...

So do simulations, interpreters and games. A loop of this kind becomes a tree of bridges that hang on bridges, each of which knows something of
the same few numbers: of the guards before it, of what a shift can give, of slots that nothing has written since.

python -m tracewright_testing.random_walks LANGUAGE SEED      prints the program of that seed
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final

from tracewright_testing.choices import Dice, seeded

STEPS: Final = 3000
LARGEST: Final = 0x7FFFFFFF
MASKS: Final = (15, 1023, 65535)


@dataclass(frozen=True)
class Syntax:
    """How a language writes what these programs need."""

    prelude: str  # defines `below(n)`, with $shift
    begin: str  # of the function that walks
    declare: str  # a variable
    assign: str
    loop: str  # STEPS times
    condition: str
    alternative: str
    otherwise: str
    close: str  # of a block; empty where that is the indentation's doing
    show: str
    infix: bool  # whether operations on bits are operators


JAVASCRIPT: Final = Syntax(
    prelude="""let state = 12345
function next() { state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff; return state }
function below(n) {
    let r = next() >> $shift
    while (r >= n) r = next() >> $shift
    return r
}""",
    begin="function walk() {",
    declare="let {} = {}",
    assign="{} = {}",
    loop=f"for (let k = 0; k < {STEPS}; k++) {{",
    condition="if ({}) {{",
    alternative="}} else if ({}) {{",
    otherwise="} else {",
    close="}",
    show="console.log({}, row.join())",
    infix=True,
)
PYTHON: Final = Syntax(
    prelude="""state = 12345
def next_word():
    global state
    state = (state * 1103515245 + 12345) & 0x7fffffff
    return state
def below(n):
    r = next_word() >> $shift
    while r >= n:
        r = next_word() >> $shift
    return r""",
    begin="def walk():",
    declare="{} = {}",
    assign="{} = {}",
    loop=f"for k in range({STEPS}):",
    condition="if {}:",
    alternative="elif {}:",
    otherwise="else:",
    close="",
    show="print({}, row)",
    infix=True,
)
RUFF: Final = Syntax(
    prelude="""mut state := 12345
func next_word() {
    state := bit_and(state * 1103515245 + 12345, 2147483647)
    return state
}
func below(n) {
    mut r := bit_shr(next_word(), $shift)
    while r >= n { r := bit_shr(next_word(), $shift) }
    return r
}""",
    begin="func walk() {",
    declare="mut {} := {}",
    assign="{} := {}",
    loop=f"for k in range(0, {STEPS}) {{",
    condition="if {} {{",
    alternative="}} else if {} {{",
    otherwise="} else {",
    close="}",
    show="print({}, row)",
    infix=False,
)
_FUNCTIONS: Final = {"&": "bit_and", "^": "bit_xor", ">>": "bit_shr"}


class Walk:
    """One program."""

    def __init__(self, syntax: Syntax, dice: Dice) -> None:
        self.syntax = syntax
        self.dice = dice
        self.names = [f"v{number}" for number in range(dice.between(2, 5))]
        self.lines: list[str] = []
        self.depth = 1

    def program(self) -> str:
        """Its text."""
        syntax, dice = self.syntax, self.dice
        shift = dice.pick((20, 24, 26, 27, 28))
        self.lines = [syntax.prelude.replace("$shift", str(shift)), syntax.begin]
        for name in [*self.names, "which", "total"]:
            self.line(syntax.declare.format(name, dice.between(0, 9)))
        self.line(syntax.declare.format("row", "[3, 1, 4, 1, 5, 9, 2, 6]"))
        self.open(syntax.loop)
        count = min(dice.between(5, 20), LARGEST >> shift)
        self.assign("which", f"below({count})")
        self.branches(count)
        mixed = " + ".join(["total * 31", *self.names, "which"])
        self.assign("total", self.bits(f"({mixed})", "&", 0xFFFFFFF))
        self.shut()
        self.line(syntax.show.format(", ".join(["total", *self.names])))
        self.shut()
        return "\n".join([*self.lines, "walk()", "walk()", ""])

    def branches(self, count: int) -> None:
        """The chain on `which`, one of `count` numbers."""
        first = self.dice.between(1, count - 1)
        self.open(self.syntax.condition.format(f"which < {first}"))
        self.some_statements()
        for number in range(first, count):
            self.depth -= 1
            self.open(self.syntax.alternative.format(f"which == {number}"))
            self.some_statements()
        self.depth -= 1
        self.open(self.syntax.otherwise)
        self.statement(2)
        self.shut()

    def some_statements(self) -> None:
        """One or two."""
        for _ in range(self.dice.between(1, 2)):
            self.statement(0)

    def statement(self, depth: int) -> None:
        """An assignment, perhaps under a condition."""
        dice = self.dice
        if depth < 2 and dice.chance(20):
            comparison = dice.pick(("<", "<=", "==", "!=", ">", ">="))
            self.open(self.syntax.condition.format(f"{self.number(1)} {comparison} {self.number(1)}"))
            self.statement(depth + 1)
            if dice.chance(60):
                self.depth -= 1
                self.open(self.syntax.otherwise)
                self.statement(depth + 1)
            self.shut()
            return
        value = self.bits(self.number(0), "&", dice.pick(MASKS))
        place = f"row[{self.bits(dice.pick(self.names), '&', 7)}]" if dice.chance(20) else dice.pick(self.names)
        self.assign(place, value)

    def number(self, depth: int) -> str:
        """An int of less than 40 bits."""
        dice = self.dice
        if depth > 2 or dice.chance(50):
            row = f"row[{self.bits('which', '&', 7)}]"
            return dice.pick((*self.names, str(dice.between(0, 40)), "which", row))
        left = self.number(depth + 1)
        match dice.between(0, 5):
            case 0:
                return self.bits(left, ">>", dice.between(1, 8))
            case 1:
                return self.bits(left, "&", dice.pick((7, 31, 255)))
            case 2:
                return f"({left} * {dice.between(2, 9)})"
            case 3:
                return self.bits(left, "^", dice.pick((1, 5, 77)))
            case 4:
                return f"({left} + {self.number(depth + 1)})"
            case _:
                return f"({left} - {self.number(depth + 1)})"

    def bits(self, left: str, operator: str, right: int) -> str:
        """An operation on bits."""
        return f"({left} {operator} {right})" if self.syntax.infix else f"{_FUNCTIONS[operator]}({left}, {right})"

    # --- lines ---
    def line(self, text: str) -> None:
        """One, at the depth that has been reached."""
        self.lines.append("    " * self.depth + text)

    def open(self, text: str) -> None:
        """A line that a block follows."""
        self.line(text)
        self.depth += 1

    def shut(self) -> None:
        """The block ends."""
        self.depth -= 1
        if self.syntax.close:
            self.line(self.syntax.close)

    def assign(self, place: str, value: str) -> None:
        """An assignment."""
        self.line(self.syntax.assign.format(place, value))


def random_walk(syntax: Syntax, seed: int) -> str:
    """The program of that seed: the same text every time."""
    return Walk(syntax, Dice(seeded(seed))).program()


if __name__ == "__main__":
    print(
        random_walk({"javascript": JAVASCRIPT, "python": PYTHON, "ruff": RUFF}[sys.argv[1]], int(sys.argv[2])), end=""
    )
