"""Forth's compiler: one pass over the words, keeping track of how many items are on the data stack.

Every definition states its effect, `: area ( width height -- n ) * ;`, and is held to it: then the depth is known
at compile time everywhere, items live in numbered slots, and `drop` costs nothing.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.lib.array_tools import array_from
from tracewright.lib.tokens import SourceError
from tracewright_forth.lexer import PRINT_TEXT, ForthToken, read_words
from tracewright_forth.objects import FIRST_LOOP, Memory, Word
from tracewright_forth.opcodes import Op

LARGEST_LITERAL: Final = (1 << 39) - 1  # what the operand of an instruction holds
_DEAD: Final = -1  # the depth after a jump: nothing comes here


@final
class Simple:
    """A word that is one operation: items taken, items left."""

    def __init__(self, operation: int, takes: int, gives: int, operand: int = 0) -> None:
        self.operation = operation
        self.takes = takes
        self.gives = gives
        self.operand = operand


SIMPLE: Final[dict[str, Simple]] = {
    "dup": Simple(Op.PICK, 1, 2, 0),
    "over": Simple(Op.PICK, 2, 3, 1),
    "swap": Simple(Op.SWAP, 2, 2),
    "rot": Simple(Op.ROTATE, 3, 3),
    "tuck": Simple(Op.TUCK, 2, 3),
    "+": Simple(Op.ADD, 2, 1),
    "-": Simple(Op.SUBTRACT, 2, 1),
    "*": Simple(Op.MULTIPLY, 2, 1),
    "/": Simple(Op.DIVIDE, 2, 1),
    "mod": Simple(Op.MODULO, 2, 1),
    "and": Simple(Op.AND, 2, 1),
    "or": Simple(Op.OR, 2, 1),
    "xor": Simple(Op.XOR, 2, 1),
    "<": Simple(Op.LESS, 2, 1),
    "=": Simple(Op.EQUAL, 2, 1),
    "negate": Simple(Op.NEGATE, 1, 1),
    "0=": Simple(Op.IS_ZERO, 1, 1),
    "@": Simple(Op.FETCH, 1, 1),
    "!": Simple(Op.STORE, 2, 0),
    ".": Simple(Op.PRINT, 1, 0),
    "emit": Simple(Op.EMIT, 1, 0),
}
# Words that stand for others.
PHRASES: Final[dict[str, list[str]]] = {
    "2dup": ["over", "over"], "2drop": ["drop", "drop"], "nip": ["swap", "drop"], ">": ["swap", "<"],
    "<>": ["=", "0="], "<=": ["swap", "<", "0="], ">=": ["<", "0="], "1+": ["1", "+"], "1-": ["1", "-"],
    "0<": ["0", "<"], "cr": ["10", "emit"], "space": ["32", "emit"], "true": ["-1"], "false": ["0"],
    "+!": ["tuck", "@", "+", "swap", "!"],
}  # fmt: skip


@final
class Open:
    """A control structure whose end has not come: what began it, where its code starts or which jump to mend, the depth there."""

    def __init__(self, kind: str, place: int, depth: int) -> None:
        self.kind = kind
        self.place = place
        self.depth = depth


@final
class Definition:
    """A word being compiled."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self.code: list[int] = []
        self.lines: list[int] = []
        self.callees: list[Word] = []
        self.texts: list[str] = []
        self.open: list[Open] = []
        self.depth: int = word.inputs
        self.deepest: int = word.inputs
        self.loops = 0  # counted loops that are open
        self.most_loops = 0
        self.line = 0

    def fail(self, message: str) -> SourceError:
        return SourceError(message, self.line)

    def emit(self, operation: int, operand: int, takes: int, gives: int) -> None:
        """Add an instruction, and follow the depth."""
        if self.depth == _DEAD:
            return
        if self.depth < takes:
            raise self.fail(f"{takes - self.depth} more must be on the stack here")
        self.code.append(operation | self.depth << 8 | operand << 24)
        self.lines.append(self.line)
        self.depth += gives - takes
        self.deepest = max(self.deepest, self.depth)

    def raw(self, word: int) -> None:
        """Add a word that belongs to the instruction before."""
        if self.depth != _DEAD:
            self.code.append(word)
            self.lines.append(self.line)

    def forward(self, operation: int, takes: int) -> int:
        """Emit a jump to be mended; -1 if nothing comes here."""
        place = len(self.code) if self.depth != _DEAD else -1
        self.emit(operation, 0, takes, 0)
        return place

    def mend(self, place: int) -> None:
        """Make the jump at `place` come here."""
        if place >= 0:
            self.code[place] = self.code[place] & 0xFFFFFF | len(self.code) << 24

    def push(self, kind: str, place: int) -> None:
        self.open.append(Open(kind, place, self.depth))

    def pop(self, kind: str, word: str) -> Open:
        """The innermost open structure, which must be of this kind."""
        if len(self.open) == 0 or self.open[len(self.open) - 1].kind != kind:
            raise self.fail(f"'{word}' without '{kind}'")
        return self.open.pop()

    def meet(self, depth: int) -> None:
        """Two ways come together: they must have left as many items."""
        if self.depth == _DEAD:
            self.depth = depth
        elif depth != _DEAD and depth != self.depth:
            raise self.fail(f"one way comes here with {depth} items on the stack, the other with {self.depth}")

    def finish(self) -> None:
        """The definition ends: hold it to its effect, and fill in the Word."""
        word = self.word
        if len(self.open) > 0:
            raise self.fail(f"'{self.open[len(self.open) - 1].kind}' is not closed")
        self.leave()
        word.set_length(len(self.code))
        word.first_item = FIRST_LOOP + 2 * self.most_loops
        word.frame_size = word.first_item + self.deepest + 1
        word.code = array_from(self.code, 0)
        word.lines = array_from(self.lines, 0)
        word.callees = array_from(self.callees, word)
        word.texts = array_from(self.texts, "")

    def leave(self) -> None:
        """Return, with what the effect promises."""
        if self.depth != _DEAD and self.depth != self.word.outputs:
            raise self.fail(f"{self.word.name} leaves {self.depth} items here, not {self.word.outputs}")
        self.emit(Op.EXIT, 0, self.word.outputs, 0)
        self.depth = _DEAD


@final
class Compiler:
    """Compiles a program. What stands outside definitions becomes the word `main`."""

    def __init__(self, tokens: list[ForthToken]) -> None:
        self.tokens = tokens
        self.position = 0
        self.memory_size = 0
        self.memory = Memory()
        self.words: dict[str, Word] = {}
        self.constants: dict[str, int] = {}
        self.main = Definition(Word("main", 0, 0, self.memory))
        self.definition: Definition = self.main

    def compile(self) -> Word:
        while self.position < len(self.tokens):
            token = self.next("")
            self.definition.line = token.line
            if token.text == PRINT_TEXT:
                self.definition.texts.append(token.rest)
                self.definition.emit(Op.PRINT_TEXT, len(self.definition.texts) - 1, 0, 0)
            else:
                self.word(token.text)
        if self.definition is not self.main:
            raise self.definition.fail("';' is missing at the end of the program")
        self.main.finish()
        self.memory.cells = Array(self.memory_size, 0)
        return self.main.word

    def next(self, what: str) -> ForthToken:
        if self.position == len(self.tokens):
            raise self.definition.fail(f"{what} is missing at the end of the program")
        self.position += 1
        return self.tokens[self.position - 1]

    def word(self, name: str) -> None:
        """Compile one word; the words of the program hide those of the language."""
        definition = self.definition
        known = self.words.get(name)
        if known is not None:
            definition.callees.append(known)
            definition.emit(Op.CALL, len(definition.callees) - 1, known.inputs, known.outputs)
        elif name in self.constants:
            definition.emit(Op.LITERAL, self.constants.get(name, 0), 0, 1)
        elif name in SIMPLE:
            simple = SIMPLE[name]
            definition.emit(simple.operation, simple.operand, simple.takes, simple.gives)
        elif name in PHRASES:
            for part in PHRASES[name]:
                self.word(part)
        elif not self.control(definition, name) and not self.counted_loop(definition, name) and not self.defining(name):
            self.number(definition, name)

    def number(self, definition: Definition, name: str) -> None:
        try:
            value = int(name)
        except ValueError:
            raise definition.fail(f"'{name}' is not defined")
        if not -LARGEST_LITERAL <= value <= LARGEST_LITERAL:
            raise definition.fail(f"{name} is too large")
        definition.emit(Op.LITERAL, value, 0, 1)

    def control(self, definition: Definition, name: str) -> bool:
        """Choices, and loops without a counter."""
        match name:
            case "drop":
                if definition.depth == 0:
                    raise definition.fail("nothing is on the stack here")
                definition.depth = max(definition.depth - 1, _DEAD)
            case "if":
                place = definition.forward(Op.JUMP_IF_ZERO, 1)
                definition.push("if", place)
            case "else":
                choice = definition.pop("if", "else")
                place = definition.forward(Op.JUMP, 0)
                definition.push("else", place)
                definition.depth = choice.depth
                definition.mend(choice.place)
            case "then":
                has_else = len(definition.open) > 0 and definition.open[len(definition.open) - 1].kind == "else"
                choice = definition.pop("else" if has_else else "if", "then")
                definition.meet(choice.depth)
                definition.mend(choice.place)
            case "begin":
                if len(definition.code) == 0:
                    definition.emit(Op.JUMP, 1, 0, 0)  # position 0 is the word's start, to the JIT
                definition.push("begin", len(definition.code))
            case "until" | "again":
                start = definition.pop("begin", name)
                if name == "until":
                    definition.emit(Op.REPEAT_IF_ZERO, start.place, 1, 0)
                else:
                    definition.emit(Op.REPEAT, start.place, 0, 0)
                definition.meet(start.depth)
                if name == "again":
                    definition.depth = _DEAD
            case "while":
                place = definition.forward(Op.JUMP_IF_ZERO, 1)
                definition.push("while", place)
            case "repeat":
                way_out = definition.pop("while", "repeat")
                start = definition.pop("begin", "repeat")
                definition.emit(Op.REPEAT, start.place, 0, 0)
                definition.meet(start.depth)
                definition.depth = way_out.depth
                definition.mend(way_out.place)
            case "exit":
                definition.leave()
            case _:
                return False
        return True

    def counted_loop(self, definition: Definition, name: str) -> bool:
        """`limit start do ... loop`"""
        match name:
            case "do":
                definition.emit(Op.DO, definition.loops, 2, 0)
                definition.loops += 1
                definition.most_loops = max(definition.most_loops, definition.loops)
                definition.push("do", len(definition.code))
            case "loop" | "+loop":
                if name == "loop":
                    definition.emit(Op.LITERAL, 1, 0, 1)
                start = definition.pop("do", name)
                definition.loops -= 1
                definition.emit(Op.LOOP, 0, 1, 0)
                definition.raw(definition.loops | start.place << 8)
                definition.meet(start.depth)
            case "i" | "j":
                number = definition.loops - (1 if name == "i" else 2)
                if number < 0:
                    raise definition.fail(f"'{name}' outside a counted loop")
                definition.emit(Op.INDEX, number, 0, 1)
            case _:
                return False
        return True

    # --- words that define words -------------------------------------------------------------------------------------
    def defining(self, name: str) -> bool:
        definition = self.definition
        match name:
            case "(":
                while self.next("')'").text != ")":
                    pass
            case ":":
                if definition is not self.main:
                    raise definition.fail("a definition inside a definition")
                self.colon()
            case ";":
                if definition is self.main:
                    raise definition.fail("';' without ':'")
                definition.finish()
                self.definition = self.main
            case "recurse":
                definition.callees.append(definition.word)
                definition.emit(Op.CALL, len(definition.callees) - 1, definition.word.inputs, definition.word.outputs)
            case "variable":
                self.constants[self.next("a name").text] = self.allot(1)
            case "array":
                size = self.literal(definition)
                self.constants[self.next("a name").text] = self.allot(size)
            case "constant":
                value = self.literal(definition)
                self.constants[self.next("a name").text] = value
            case _:
                return False
        return True

    def colon(self) -> None:
        """`: name ( inputs -- outputs )`"""
        line = self.definition.line
        name = self.next("a name").text
        if self.next("the effect").text != "(":
            raise SourceError(f"{name} needs its effect, such as ( a b -- c ), behind its name", line)
        counts = [0, 0]
        side = 0
        while True:
            part = self.next("')'").text
            if part == ")":
                break
            if part == "--":
                side = 1
            else:
                counts[side] += 1
        word = Word(name, counts[0], counts[1], self.memory)
        self.words[name] = word
        self.definition = Definition(word)
        self.definition.line = line

    def allot(self, count: int) -> int:
        """Reserve cells; gives the address of the first."""
        address = self.memory_size
        self.memory_size += count
        return address

    def literal(self, definition: Definition) -> int:
        """Take back the number that stands before a defining word."""
        last = len(definition.code) - 1
        if last < 0 or definition.code[last] & 255 != Op.LITERAL:
            raise definition.fail("a number must stand before this word")
        definition.lines.pop()
        definition.depth -= 1
        return definition.code.pop() >> 24


def compile_program(text: str) -> Word:
    """The word that runs the program. Raises SourceError."""
    return Compiler(read_words(text)).compile()
