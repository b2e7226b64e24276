"""Small scripts that stand for what a recorder tells the trace builder; and their plain meaning, as an oracle.

    at 3                             a guest bytecode starts: pc 3, base +0 (`at 3 base 8` for another)
    r = read_slot(0)
    b = value_is_small(r)
    guard_true(b)                    add `frame(r, b)` to give the guard a jitcode frame with these registers
    i = value_small(r)
    j = int_add_ovf(i, 1)
    v = value_of_int(j)
    write_slot(0, v)
    close                            or: link(@8192)   leave   finish(v)

Further statements: `flush`, `flush(4)`, `forget(8)`, `t = read_top()`, `write_top(t)`, `i = residual_i(0, i, j)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tracewright.core import integers, roles
from tracewright.core import operations as op
from tracewright.core.kinds import FLOAT, INT
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET, ARRAY_LENGTH_OFFSET
from tracewright.core.operation_row import Operation
from tracewright.core.value import CANONICAL_NAN
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.tables.function_table import FunctionInfo
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.arithmetic import SMALL_MAX, SMALL_MIN, small_word
from tracewright.jit.trace.parse import _Reader
from tracewright.jit.trace.run import SimulatedWorld, Word
from tracewright.jit.trace.snapshot import AS_IS, UNBOXED_FLOAT, FrameSnapshot
from tracewright.jit.trace.trace import KIND_LOOP, Trace

CODE_WORD = 20480
CELL_WORD = 8192
FRAME_JITCODE = 7
BOX_CLASS = 0

_STATEMENT = re.compile(r"(?:(\w+) = )?(\w+)(?:\((.*?)\))?(?: frame\((.*?)\))?")


@dataclass
class Statement:
    """One line: `result = operation(arguments)`."""

    operation: str
    arguments: list[str] = field(default_factory=list)
    result: str | None = None
    frame: list[str] | None = None

    def __str__(self) -> str:
        left = f"{self.result} = " if self.result else ""
        if self.operation == "at":
            base = f" base {self.arguments[1]}" if len(self.arguments) > 1 and self.arguments[1] != "0" else ""
            return f"at {self.arguments[0]}{base}"
        inside = f"({', '.join(self.arguments)})" if self.arguments or self.result else ""
        frame = f" frame({', '.join(self.frame)})" if self.frame is not None else ""
        return f"{left}{self.operation}{inside}{frame}"


def parse_script(text: str) -> list[Statement]:
    """The statements of a text."""
    statements = []
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        if line.startswith("at "):
            words = line.split()
            statements.append(Statement("at", [words[1], words[3] if len(words) > 3 else "0"]))
            continue
        match = _STATEMENT.fullmatch(line)
        assert match is not None, line
        result, operation, inside, frame = match.groups()
        arguments = [part.strip() for part in inside.split(",")] if inside else []
        names = None if frame is None else [part.strip() for part in frame.split(",") if part.strip()]
        statements.append(Statement(operation, arguments, result, names))
    return statements


def _constant(text: str) -> tuple[int, int]:
    """Kind and word of a constant's text."""
    trace = Trace(0, 0)
    _Reader(trace).ref(text)
    return trace.constant_kinds[0], trace.constants[0]


class Recording:
    """Plays a script into a builder."""

    def __init__(
        self, script: list[Statement], options: JitOptions, functions: list[FunctionInfo], kind: int = KIND_LOOP
    ) -> None:
        self.script = script
        self.builder = TraceBuilder(kind, CELL_WORD, functions, [], options)
        self.names: dict[str, int] = {}
        self.trace: Trace | None = None

    def begin(self, script: list[Statement], kind: int) -> None:
        """Another script, with the same builder."""
        self.script = script
        self.builder.begin(kind, CELL_WORD)
        self.names = {}
        self.trace = None

    def play(self) -> Trace:
        """The finished trace."""
        for number, statement in enumerate(self.script):
            self.play_statement(number, statement)
        assert self.trace is not None, "the script has no end"
        return self.trace

    def ref(self, text: str) -> int:
        if text in self.names:
            return self.names[text]
        kind, word = _constant(text)
        builder = self.builder
        if kind == INT:
            return builder.int_constant(word)
        return builder.float_constant(integers.float_of_bits(word)) if kind == FLOAT else builder.ref_constant(word)

    def frames(self, number: int, statement: Statement) -> list[FrameSnapshot] | None:
        """A frame where the script gives one and the builder needs one."""
        if not self.builder.effects_since_bytecode:
            return None
        frame = FrameSnapshot(FRAME_JITCODE, number, -1)
        for register, name in enumerate(statement.frame or []):
            frame.registers.append(register)
            frame.refs.append(self.ref(name))
            frame.boxings.append(UNBOXED_FLOAT if self.builder.kind_of(self.ref(name)) == "f" else AS_IS)
        return [frame]

    def play_statement(self, number: int, statement: Statement) -> None:
        builder, arguments = self.builder, statement.arguments
        result: int | None = None
        match statement.operation:
            case "at":
                builder.at_bytecode(builder.ref_constant(CODE_WORD), int(arguments[0]), int(arguments[1]))
            case "read_slot":
                result = builder.read_slot(int(arguments[0]))
            case "write_slot":
                builder.write_slot(int(arguments[0]), self.ref(arguments[1]))
            case "read_top":
                result = builder.read_top()
            case "write_top":
                builder.write_top(self.ref(arguments[0]))
            case "flush":
                builder.flush_slots(*[int(text) for text in arguments])
            case "forget":
                builder.forget_slots_from(int(arguments[0]))
            case "close":
                self.trace = builder.close_loop(arguments == ["enterable"])
            case "link":
                self.trace = builder.link(self.ref(arguments[0]))
            case "leave":
                self.trace = builder.leave()
            case "finish":
                self.trace = builder.finish(self.ref(arguments[0]))
            case _:
                result = self.play_row(number, statement)
        if statement.result is not None:
            assert result is not None
            self.names[statement.result] = result

    def play_row(self, number: int, statement: Statement) -> int | None:
        builder = self.builder
        row = op.BY_NAME[statement.operation]
        if row.role == roles.RESIDUAL_CALL:
            return builder.call(
                row.number, int(statement.arguments[0]), [self.ref(text) for text in statement.arguments[1:]]
            )
        if row.number == op.CALL_GUEST:
            builder.set_frames(self.frames(number, statement))
            cell, offset, *rest = statement.arguments
            return builder.call_guest(self.ref(cell), int(offset), [self.ref(text) for text in rest])
        if row.number == op.CALL_CODE:
            builder.set_frames(self.frames(number, statement))
            code, offset = statement.arguments
            return builder.call_code(self.ref(code), int(offset))
        operands = [
            int(text) if letter == "#" else self.ref(text)
            for letter, text in zip(row.takes, statement.arguments, strict=True)
        ]
        if row.guard and row.gives == "v":
            first, second = (operands + [0, 0])[:2]
            builder.guard(row.number, first, second, self.frames(number, statement))
            return None
        if row.guard:
            builder.set_frames(self.frames(number, statement))
        return builder.emit(row.number, *operands)


# --- meaning ---------------------------------------------------------------------------------------------------------

Canonical = tuple[object, ...]


class Canonizer:
    """A picture of slots, registers and the objects they lead to that does not depend on addresses."""

    def __init__(self, world: SimulatedWorld) -> None:
        self.world = world
        self.numbers: dict[int, int] = {}
        self.order: list[int] = []

    def word(self, word: int) -> object:
        unsigned = word & ((1 << 64) - 1)
        if unsigned >= (-(1 << 51)) & ((1 << 64) - 1):
            meaning = op.TABLE[op.VALUE_SMALL].meaning
            assert meaning is not None
            return ("int", meaning(word))
        if word in self.world.objects:
            if self.world.classes[word] == BOX_CLASS:
                return ("int", self.world.objects[word][8])
            if word not in self.numbers:
                self.numbers[word] = len(self.order)
                self.order.append(word)
            return ("object", self.numbers[word])
        return ("word", word)

    def float(self, value: float) -> object:
        return ("float", CANONICAL_NAN if value != value else integers.bits_of_float(value))

    def heap(self) -> Canonical:
        """Everything reachable from the words asked for so far."""
        objects = []
        position = 0
        while position < len(self.order):
            address = self.order[position]
            fields = self.world.objects[address]
            shown = []
            for offset in sorted(fields):
                value = fields[offset]
                canonical = self.float(value) if isinstance(value, float) else self.word(value)
                if canonical not in (("word", 0), ("float", 0)):
                    shown.append((offset, canonical))
            objects.append((self.world.classes[address], tuple(shown)))
            position += 1
        return tuple(objects)


def canonical_state(world: SimulatedWorld, registers: list[Word] | None = None) -> Canonical:
    """Slots, registers (floats as bits), reachable heap, effects of calls; equal exactly where a guest could not tell two states apart."""
    canonizer = Canonizer(world)
    slots = tuple((index, canonizer.word(world.slots[index])) for index in sorted(world.slots))
    values = tuple(canonizer.word(int(value)) for value in registers or [])
    calls = tuple((number, *[a for a in arguments if a not in world.objects]) for number, arguments in world.calls)
    return (slots, world.stack_top, values, canonizer.heap(), calls)


class GuardFailed(Exception):
    """The oracle came to a guard that does not hold."""


class Oracle:
    """Runs a script again and again, remembering the state at each bytecode start and each guard."""

    def __init__(self, script: list[Statement], world: SimulatedWorld) -> None:
        self.script = script
        self.world = world
        self.turn = 0
        self.pc = -1
        self.at_bytecode: dict[tuple[int, int], Canonical] = {}
        self.at_guard: dict[tuple[int, int], Canonical] = {}
        self.failed_at: tuple[int, int] | None = None  # turn and pc of the guard that did not hold
        self.failed_guard = -1
        self.result: Word | None = None
        self.names: dict[str, Word] = {}

    def run(self, turns: int, first: int = 0) -> None:
        """Up to so many turns, from number `first` on; less when a guard fails."""
        for self.turn in range(first, turns):
            self.names = {}
            try:
                for number, statement in enumerate(self.script):
                    self.step(number, statement)
            except GuardFailed:
                self.failed_at = (self.turn, self.pc)
                return

    def value(self, text: str) -> Word:
        if text in self.names:
            return self.names[text]
        kind, word = _constant(text)
        return integers.float_of_bits(word) if kind == FLOAT else word

    def word(self, text: str) -> int:
        return int(self.value(text))

    def registers(self, statement: Statement) -> list[Word]:
        values = [self.value(name) for name in statement.frame or []]
        return [integers.bits_of_float(value) if isinstance(value, float) else value for value in values]

    def check(self, number: int, statement: Statement, holds: bool) -> None:
        self.at_guard[self.turn, number] = canonical_state(self.world, self.registers(statement))
        if not holds:
            self.failed_guard = number
            raise GuardFailed

    def step(self, number: int, statement: Statement) -> None:
        world, arguments = self.world, statement.arguments
        result: Word | None = None
        match statement.operation:
            case "at":
                self.pc = int(arguments[0])
                self.at_bytecode.setdefault((self.turn, self.pc), canonical_state(world))
            case "read_slot":
                result = world.read_slot(int(arguments[0]))
            case "write_slot":
                world.write_slot(int(arguments[0]), self.word(arguments[1]))
            case "read_top":
                result = world.stack_top
            case "write_top":
                world.stack_top = self.word(arguments[0])
            case "flush" | "close":
                pass
            case "forget":
                for index in [index for index in world.slots if index >= int(arguments[0])]:
                    del world.slots[index]
            case _:
                result = self.row(number, statement)
        if statement.result is not None:
            assert result is not None
            self.names[statement.result] = result

    def row(self, number: int, statement: Statement) -> Word | None:
        world = self.world
        row = op.BY_NAME[statement.operation]
        values: list[Word] = [
            int(text) if letter == "#" else self.value(text)
            for letter, text in zip(row.takes.replace("*", "*" * 9), statement.arguments, strict=False)
        ]
        if row.guard and row.gives == "v":
            self.check(number, statement, self.guard_holds(row.name, [int(value) for value in values]))
            return None
        if row.guard:
            return self.checked(number, statement, row, values)
        if row.role == roles.RESIDUAL_CALL:
            return world.call(int(values[0]), [self.value(text) for text in statement.arguments[1:]])
        return self.plain(row, values)

    def checked(self, number: int, statement: Statement, row: Operation, values: list[Word]) -> Word:
        assert row.meaning is not None
        try:
            result = row.meaning(*values)
        except OverflowError:
            self.check(number, statement, False)
            raise AssertionError from None
        self.check(number, statement, True)
        return int(result)

    def guard_holds(self, name: str, values: list[int]) -> bool:
        match name:
            case "guard_true":
                return values[0] != 0
            case "guard_false":
                return values[0] == 0
            case "guard_int":
                return values[0] == values[1]
            case "guard_ref":
                return Canonizer(self.world).word(values[0]) == Canonizer(self.world).word(values[1])
            case "guard_class":
                return self.world.classes.get(values[0], -1) == values[1]
        return True

    def is_int(self, word: int) -> bool:
        return integers.ule(-(1 << 51), word) or self.world.classes.get(word, -1) == BOX_CLASS

    def plain(self, row: Operation, values: list[Word]) -> Word | None:
        """In this meaning a Value is an int wherever it is one, boxed or not (see `optimize/boxing.py`)."""
        world = self.world
        first = values[0] if values else 0
        match row.name:
            case "value_is_small":
                return int(self.is_int(int(first)))
            case "value_is_ref":
                return int(int(first) in world.objects and not self.is_int(int(first)))
            case "value_small":
                canonical = Canonizer(world).word(int(first))
                assert isinstance(canonical, tuple)
                return int(canonical[1])
            case "value_of_int":
                number = int(first)
                return small_word(number) if SMALL_MIN <= number <= SMALL_MAX else world.box_int(number)
            case "trace_base":
                return 0
            case "new_object":
                return world.new_object(int(first))
            case "new_array":
                return world.new_array(int(first), int(values[1]))
            case "class_of":
                return world.class_of(int(first))
            case "instance_of":
                return int(values[1] <= world.class_of(int(first)) <= values[2])
            case "array_length":
                return world.load(int(first), ARRAY_LENGTH_OFFSET, "i")
            case _ if row.meaning is not None:
                result = row.meaning(*values)
                return float(result) if row.gives == "f" else int(result)
        offset = ARRAY_ITEMS_OFFSET + 8 * int(values[1]) if row.item else int(values[1])
        if row.role == roles.LOAD:
            return world.load(int(first), offset, row.gives)
        assert row.role == roles.STORE, row.name
        world.store(int(first), offset, row.takes[3], values[3])
        return None


WorldMaker = Callable[[], SimulatedWorld]
