"""Enumerations: members with identity, and members that are ints."""

from __future__ import annotations

from enum import Enum, IntEnum, auto

from tracewright.core.system import write_output


def text(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 4
    CRIMSON = 1

    def is_warm(self) -> bool:
        return self is Color.RED

    @property
    def shade(self) -> str:
        return "light " + self.name.lower()


class Word(Enum):
    IF = "if"
    WHILE = "while"


class Op(IntEnum):
    ADD = 0
    SUB = auto()
    MUL = auto()
    HALT = 40


PRIORITY: dict[Color, int] = {Color.RED: 10, Color.BLUE: 30}
NAMES: list[Color] = [Color.BLUE, Color.GREEN]


def kind(color: Color) -> str:
    match color:
        case Color.RED:
            return "r"
        case Color.GREEN | Color.BLUE:
            return "gb"
        case _:
            return "another"


def run(op: Op, a: int, b: int) -> int:
    match op:
        case Op.ADD:
            return a + b
        case Op.SUB:
            return a - b
        case Op.MUL:
            return a * b
        case _:
            return -1


def show(color: Color | None) -> str:
    return "none" if color is None else color.name


def members() -> None:
    for color in Color:
        text("member", f"{color.name} {color.value} {kind(color)} {color.is_warm()} {color.shade} {color}")
    text("list", ",".join([color.name for color in Color]))
    text("words", " ".join(word.value for word in Word))
    text("alias", f"{Color.CRIMSON is Color.RED} {Color.CRIMSON.name}")  # type: ignore[comparison-overlap]
    text("static", f"{Color.RED.name} {Word.IF.value} {len(Color)} {len(Op)}")
    text("none", show(None) + show(Color.BLUE))
    text("equal", f"{NAMES[0] == Color.BLUE} {NAMES[1] != Color.GREEN} {NAMES[0] in (Color.RED, Color.BLUE)}")


def tables() -> None:
    counts: dict[Color, int] = {}
    for color in (Color.RED, Color.BLUE, Color.RED):
        counts[color] = counts.get(color, 0) + 1
    text("counts", " ".join(f"{color.name}={count}" for color, count in counts.items()))
    text("prebuilt", f"{PRIORITY[Color.RED]} {PRIORITY[NAMES[0]]} {Color.GREEN in PRIORITY}")
    seen: set[Color] = {Color.GREEN}
    text("set", f"{Color.GREEN in seen} {Color.RED in seen}")


def numbers() -> None:
    for op in Op:
        text("op", f"{op.value} {run(op, 7, 3)} {op + 1}")
    chosen: Op = Op.MUL if len(NAMES) > 1 else Op.ADD
    text("chosen", f"{chosen == 2} {chosen > Op.SUB} {int(chosen)} {Op.SUB.name}")
    counts = [0] * (Op.HALT + 1)
    counts[Op.HALT] = 3
    text("index", str(counts[40]))


def lookups(value: int, word: str) -> None:
    try:
        text("by value", Color(value).name)
    except ValueError:
        text("by value", "none")
    try:
        text("by word", Word(word).name)
    except ValueError:
        text("by word", "none")
    try:
        text("by number", str(run(Op(value), 5, 6)))
    except ValueError:
        text("by number", "none")


def main() -> int:
    members()
    tables()
    numbers()
    for value, word in ((1, "if"), (2, "while"), (3, "for"), (40, "")):
        lookups(value, word)
    return 0
