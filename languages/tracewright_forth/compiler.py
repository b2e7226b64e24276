"""Forth's compiler: one pass over the words, keeping track of how many items are on the data stack.

Every definition states its effect, `: area ( width height -- n ) * ;`, and is held to it: then the depth is known
at compile time everywhere, items live in numbered slots, and `drop` costs nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple, final

from tracewright.core.arrays import Array
from tracewright.guest.assembler import Assembler, Label
from tracewright.guest.instructions import opcode, wide
from tracewright.lib.array_tools import array_from
from tracewright_forth.objects import FIRST_LOOP, Word
from tracewright_forth.opcodes import Op
from tracewright_forth.source import Source

LARGEST_LITERAL: Final = (1 << 39) - 1  # what the operand of an instruction holds
NOWHERE: Final = -1  # the depth behind a jump: nothing comes here


# Words that make one number of two.
COMPUTING: Final[dict[str, int]] = {
    "+": Op.ADD, "-": Op.SUBTRACT, "*": Op.MULTIPLY, "/": Op.DIVIDE, "mod": Op.MODULO,
    "and": Op.AND, "or": Op.OR, "xor": Op.XOR, "<": Op.LESS, "=": Op.EQUAL,
}  # fmt: skip
# Other words that are one operation: with which operand, items taken, items left.
SIMPLE: Final[dict[str, tuple[int, int, int, int]]] = {
    "dup": (Op.PICK, 0, 1, 2),
    "over": (Op.PICK, 1, 2, 3),
    "swap": (Op.SWAP, 0, 2, 2),
    "rot": (Op.ROTATE, 0, 3, 3),
    "@": (Op.FETCH, 0, 1, 1),
    "!": (Op.STORE, 0, 2, 0),
    ".": (Op.PRINT, 0, 1, 0),
    "emit": (Op.EMIT, 0, 1, 0),
}
# Words that stand for others.
PHRASES: Final[dict[str, str]] = {
    "2dup": "over over", "2drop": "drop drop", "nip": "swap drop", "tuck": "swap over", ">": "swap <", "<>": "= 0=",
    "<=": "swap < 0=", ">=": "< 0=", "0=": "0 =", "0<": "0 <", "1+": "1 +", "1-": "1 -", "negate": "0 swap -",
    "true": "-1", "false": "0", "cr": "10 emit", "space": "32 emit", "+!": "tuck @ + swap !", "variable": "1 array",
    "loop": "1 +loop", "until": "0= while repeat",
}  # fmt: skip


class Open(NamedTuple):
    """A control structure whose end has not come: what began it, where its code starts or its jump goes, the depth there."""

    kind: str
    label: Label
    depth: int


@final
class Definition:
    """A word being compiled."""

    def __init__(self, word: Word, source: Source) -> None:
        self.word = word
        self.source = source
        self.assembler = Assembler(word.name)
        self.callees: list[Word] = []
        self.texts: list[str] = []
        self.open: list[Open] = []
        self.depth: int = word.inputs
        self.deepest: int = word.inputs
        self.loops = 0  # counted loops that are open
        self.most_loops = 0

    def emit(self, operation: int, operand: int = 0, takes: int = 0, gives: int = 0) -> None:
        """Add an instruction, and follow the depth. What follows a jump is compiled, and never runs."""
        self.assembler.line = self.source.line
        self.assembler.emit_wide(operation, max(self.depth, 0), operand)
        self.follow(takes, gives)

    def jump(self, operation: int, takes: int = 0, label: Label | None = None) -> Label:
        """Add a jump to a label, which is made if it is not given."""
        self.assembler.line = self.source.line
        target = self.assembler.jump(operation, max(self.depth, 0), label)
        self.follow(takes, 0)
        return target

    def follow(self, takes: int, gives: int) -> None:
        """The depth behind an instruction."""
        if self.depth != NOWHERE:
            if self.depth < takes:
                raise self.source.error(f"{takes - self.depth} more must be on the stack here")
            self.depth += gives - takes
            self.deepest = max(self.deepest, self.depth)

    def call(self, callee: Word) -> None:
        self.callees.append(callee)
        self.emit(Op.CALL, len(self.callees) - 1, callee.inputs, callee.outputs)

    def begin(self, kind: str, label: Label) -> None:
        """A control structure opens."""
        self.open.append(Open(kind, label, self.depth))

    def end(self, kind: str) -> Open:
        """The innermost control structure, which must be of this kind, closes."""
        if len(self.open) == 0 or self.open[-1].kind != kind:
            raise self.source.error(f"'{kind}' is missing before this")
        return self.open.pop()

    def land(self, jump: Open) -> None:
        """The jump of a structure comes here."""
        self.assembler.place(jump.label)
        self.meet(jump.depth)

    def meet(self, depth: int) -> None:
        """Two ways come together: they must have left as many items."""
        if self.depth == NOWHERE:
            self.depth = depth
        elif depth != NOWHERE and depth != self.depth:
            raise self.source.error(f"one way comes here with {depth} items on the stack, the other with {self.depth}")

    def leave(self) -> None:
        """Return, with what the effect promises."""
        word = self.word
        if self.depth != NOWHERE and self.depth != word.outputs:
            raise self.source.error(f"{word.name} leaves {self.depth} items here, not {word.outputs}")
        self.emit(Op.EXIT)
        self.depth = NOWHERE

    def finish(self) -> None:
        """The definition ends: hold it to its effect, and fill in the Word."""
        word = self.word
        if len(self.open) > 0:
            raise self.source.error(f"'{self.open[-1].kind}' is not closed")
        self.leave()
        self.assembler.fill(word, [])
        word.first_item = FIRST_LOOP + 2 * self.most_loops
        word.frame_size = word.first_item + self.deepest + 1
        word.callees = array_from(self.callees, word)
        word.texts = array_from(self.texts, "")


@final
class Compiler:
    """Compiles a program. What stands outside definitions becomes the word `main`."""

    def __init__(self, text: str) -> None:
        self.source = Source(text)
        self.memory_size = 0
        self.words: dict[str, Word] = {}
        self.constants: dict[str, int] = {}
        self.main = Definition(Word("main", 0, 0), self.source)
        self.definition: Definition = self.main
        self.compiled: list[Word] = [self.main.word]

    def program(self) -> Word:
        """The word that runs the program. Raises SourceError."""
        while (name := self.source.word(needed=False)) != "":
            self.word(name)
        if self.definition is not self.main:
            raise self.source.error("';' is missing at the end of the program")
        self.main.finish()
        cells = Array(self.memory_size, 0)
        for word in self.compiled:
            word.cells = cells
        return self.main.word

    def word(self, name: str) -> None:
        """Compile one word; the words of the program hide those of the language."""
        definition = self.definition
        if name in self.words:
            definition.call(self.words[name])
        elif name in self.constants:
            definition.emit(Op.LITERAL, self.constants[name], 0, 1)
        elif name in SIMPLE:
            operation, operand, takes, gives = SIMPLE[name]
            definition.emit(operation, operand, takes, gives)
        elif name in COMPUTING:
            definition.emit(COMPUTING[name], 0, 2, 1)
        elif name in PHRASES:
            for part in PHRASES[name].split():
                self.word(part)
        else:
            self.structure(name, definition)

    def structure(self, name: str, definition: Definition) -> None:
        """Words that compile choices and loops."""
        match name:
            case "if" | "while":
                definition.begin(name, definition.jump(Op.JUMP_IF_ZERO, 1))
            case "else":
                choice = definition.end("if")
                definition.begin("if", definition.jump(Op.JUMP))
                definition.depth = NOWHERE
                definition.land(choice)
            case "then":
                definition.land(definition.end("if"))
            case "begin":
                definition.begin("begin", definition.assembler.loop_label(Op.JUMP))
            case "again":
                start = definition.end("begin")
                definition.jump(Op.REPEAT, 0, start.label)
                definition.meet(start.depth)
                definition.depth = NOWHERE
            case "repeat":
                way_out = definition.end("while")
                self.structure("again", definition)
                definition.land(way_out)
            case "do":
                definition.emit(Op.DO, definition.loops, 2)
                definition.loops += 1
                definition.most_loops = max(definition.most_loops, definition.loops)
                definition.begin("do", definition.assembler.label())
            case "+loop":
                start = definition.end("do")
                definition.loops -= 1
                definition.emit(Op.LOOP, definition.loops | start.label.position << 8, 1)
                definition.meet(start.depth)
            case "i" | "j":
                number = definition.loops - (1 if name == "i" else 2)
                if number < 0:
                    raise self.source.error(f"'{name}' outside a counted loop")
                definition.emit(Op.INDEX, number, 0, 1)
            case "exit":
                definition.leave()
            case _:
                self.immediate(name, definition)

    def immediate(self, name: str, definition: Definition) -> None:
        """Words that do something at once: read text, define words."""
        match name:
            case "drop":
                if definition.depth == 0:
                    raise self.source.error("nothing is on the stack here")
                definition.depth = max(definition.depth - 1, NOWHERE)
            case "(":
                self.source.until(")")
            case "\\":
                self.source.until("\n")
            case '."':
                definition.texts.append(self.source.until('"')[1:])
                definition.emit(Op.PRINT_TEXT, len(definition.texts) - 1)
            case ":":
                if definition is not self.main:
                    raise self.source.error("a definition inside a definition")
                self.colon()
            case ";":
                if definition is self.main:
                    raise self.source.error("';' without ':'")
                definition.finish()
                self.definition = self.main
            case "recurse":
                definition.call(definition.word)
            case "array":
                size = self.literal()
                self.constants[self.source.word()] = self.memory_size
                self.memory_size += size
            case "constant":
                value = self.literal()
                self.constants[self.source.word()] = value
            case _:
                definition.emit(Op.LITERAL, self.number(name), 0, 1)

    def colon(self) -> None:
        """`: name ( inputs -- outputs )`"""
        name = self.source.word()
        opening = self.source.word()
        effect = self.source.until(")").split("--")
        if opening != "(" or len(effect) != 2:
            raise self.source.error(f"{name} needs its effect, such as ( a b -- c ), behind its name")
        word = self.words[name] = Word(name, len(effect[0].split()), len(effect[1].split()))
        self.compiled.append(word)
        self.definition = Definition(word, self.source)

    def literal(self) -> int:
        """Take back the number that stands before a defining word."""
        definition, words = self.definition, self.definition.assembler.words
        if len(words) == 0 or opcode(words[-1]) != Op.LITERAL:
            raise self.source.error("a number must stand before this word")
        definition.depth -= 1
        return wide(definition.assembler.take_back())

    def number(self, name: str) -> int:
        try:
            value = int(name)
        except ValueError:
            raise self.source.error(f"'{name}' is not defined")
        except OverflowError:
            raise self.source.error(f"{name} is too large")
        if abs(value) > LARGEST_LITERAL:
            raise self.source.error(f"{name} is too large")
        return value
