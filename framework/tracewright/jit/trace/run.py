"""The reference trace interpreter: it defines what a trace means. Plain Python, slow, without cleverness.

    world = SimulatedWorld(functions)
    world.slots[3] = small_int_word(7)
    outcome = run_trace(trace, world, base=0, bottom=0)
    outcome.how, outcome.index, outcome.word        # "exit", the guard's index, ...; the slots are in world.slots

A `World` is memory, VM stack and callable functions. `SimulatedWorld` keeps objects in Python dicts at invented addresses; `NativeWorld` uses real
memory. Refs of kind i and r hold signed words, refs of kind f floats.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tracewright.core import integers, memory, roles
from tracewright.core import operations as op
from tracewright.core.kinds import FLOAT
from tracewright.core.object_layout import (
    ARRAY_ITEMS_OFFSET,
    ARRAY_LENGTH_OFFSET,
    STR_DATA_OFFSET,
    STR_WIDTH_OFFSET,
)
from tracewright.core.operation_row import Operation
from tracewright.core.operation_tables import IS_ITEM
from tracewright.core.value import WORD_FALSE, WORD_TRUE
from tracewright.core.vm_stack import TOP_OFFSET
from tracewright.jit.trace.arithmetic import SMALL_MAX, SMALL_MIN, compute, is_small_word, small_word
from tracewright.jit.trace.snapshot import (
    BOX_BOOL,
    BOX_FLOAT,
    BOX_INT,
    STORE_NUMBERS,
    TOP_SLOT,
    UNBOXED_FLOAT,
    VIRTUAL,
    FrameSnapshot,
    Snapshot,
)
from tracewright.jit.trace.trace import Trace

Word = int | float


class World(ABC):
    """Everything outside the trace."""

    stack: int = 0  # the word of the VMStack object
    stack_top: int = 0
    exception: int = 0  # the word of the one that is pending

    @abstractmethod
    def load(self, address: int, offset: int, kind: str) -> Word:
        """The word or float at address + offset."""

    @abstractmethod
    def load_part(self, address: int, offset: int, size: int) -> int:
        """An unsigned number of 1, 2 or 4 bytes."""

    @abstractmethod
    def store(self, address: int, offset: int, kind: str, value: Word) -> None:
        """Write the word or float at address + offset."""

    @abstractmethod
    def new_object(self, class_id: int) -> int:
        """A zeroed object's address."""

    @abstractmethod
    def new_array(self, class_id: int, length: int) -> int:
        """A zeroed array's address."""

    @abstractmethod
    def class_of(self, address: int) -> int:
        """The object's class id."""

    @abstractmethod
    def box_int(self, number: int) -> int:
        """The Value word of an int outside 51 bits."""

    @abstractmethod
    def read_slot(self, index: int) -> int:
        """A VM-stack slot's word."""

    @abstractmethod
    def write_slot(self, index: int, word: int) -> None:
        """Write a VM-stack slot."""

    @abstractmethod
    def call(self, function: int, arguments: list[Word]) -> Word:
        """Call a function; `exception` says whether it raised."""

    def call_guest(self, cell: int, base: int, numbers: list[int]) -> int:
        """Run a guest function to its end, with these ints in its typed slots; gives its Value's word."""
        raise NotImplementedError

    def call_code(self, code: int, base: int) -> int:
        """Run guest code from its beginning to its end."""
        raise NotImplementedError


# What reads and writes at addresses, by operation; a test holds that every such row is here.
RAW_LOADS: Final[dict[int, Callable[[int], Word]]] = {
    op.RAW_LOAD8: memory.load8,
    op.RAW_LOAD16: memory.load16,
    op.RAW_LOAD32: memory.load32,
    op.RAW_LOAD64: memory.load64,
    op.RAW_LOAD_FLOAT: memory.load_float,
}
RAW_WRITES: Final[dict[int, Callable[..., None]]] = {
    op.RAW_STORE8: memory.store8,
    op.RAW_STORE16: memory.store16,
    op.RAW_STORE32: memory.store32,
    op.RAW_STORE64: memory.store64,
    op.RAW_STORE_FLOAT: memory.store_float,
    op.COPY_MEMORY: memory.copy_memory,
    op.ZERO_MEMORY: memory.zero_memory,
    op.WRITE_BARRIER: lambda thing: None,  # nothing is collected here
    op.WRITE_BARRIER_AT: lambda thing, index, value: None,
}


# Where in a text an operation finds its first number, and of how many bytes each is.
TEXT_PLACES: Final[dict[int, tuple[int, int]]] = {
    op.TEXT_WIDTH: (STR_WIDTH_OFFSET, 4),
    op.TEXT_CODE8: (STR_DATA_OFFSET, 1),
    op.TEXT_CODE16: (STR_DATA_OFFSET, 2),
    op.TEXT_CODE32: (STR_DATA_OFFSET, 4),
}


FIRST_ADDRESS: Final = 0x2A5C_3B70_0000  # far from what a program computes: a number is never taken for an object


class SimulatedWorld(World):
    """Objects are dicts from offset to word, numbered like addresses; slots are a dict."""

    def __init__(self, functions: list[Callable[..., Word]] | None = None) -> None:
        self.functions = functions or []
        self.objects: dict[int, dict[int, Word]] = {}
        self.classes: dict[int, int] = {}
        self.slots: dict[int, int] = {}
        self.calls: list[tuple[int, tuple[Word, ...]]] = []
        self._next = FIRST_ADDRESS

    def load(self, address: int, offset: int, kind: str) -> Word:
        found = self.objects[address].get(offset, 0)
        return float(found) if kind == "f" else found

    def load_part(self, address: int, offset: int, size: int) -> int:
        return int(self.objects[address].get(offset, 0)) & ((1 << 8 * size) - 1)

    def store(self, address: int, offset: int, kind: str, value: Word) -> None:
        self.objects[address][offset] = value

    def new_object(self, class_id: int) -> int:
        address = self._next
        self._next += 4096
        self.objects[address] = {}
        self.classes[address] = class_id
        return address

    def new_array(self, class_id: int, length: int) -> int:
        address = self.new_object(class_id)
        self.objects[address][ARRAY_LENGTH_OFFSET] = length
        return address

    def class_of(self, address: int) -> int:
        return self.classes[address]

    def box_int(self, number: int) -> int:
        address = self.new_object(0)
        self.objects[address][8] = number
        return address

    def read_slot(self, index: int) -> int:
        return self.slots.get(index, 0)

    def write_slot(self, index: int, word: int) -> None:
        self.slots[index] = word

    def call(self, function: int, arguments: list[Word]) -> Word:
        self.calls.append((function, tuple(arguments)))
        return self.functions[function](*arguments)


class NativeWorld(World):
    """Real memory. Allocation and calls are the caller's functions; `slots` is the address of VM-stack slot 0."""

    def __init__(
        self,
        slots: int,
        allocate: Callable[[int, int], int],
        call: Callable[[int, list[Word]], Word],
        box: Callable[[int], int],
    ) -> None:
        self.slots = slots
        self._allocate = allocate
        self._call = call
        self._box = box

    def load(self, address: int, offset: int, kind: str) -> Word:
        return memory.load_float(address + offset) if kind == "f" else memory.load64(address + offset)

    def load_part(self, address: int, offset: int, size: int) -> int:
        return {1: memory.load8, 2: memory.load16, 4: memory.load32}[size](address + offset)

    def store(self, address: int, offset: int, kind: str, value: Word) -> None:
        if kind == "f":
            memory.store_float(address + offset, float(value))
        else:
            memory.store64(address + offset, int(value))

    def new_object(self, class_id: int) -> int:
        return self._allocate(class_id, -1)

    def new_array(self, class_id: int, length: int) -> int:
        return self._allocate(class_id, length)

    def class_of(self, address: int) -> int:
        return memory.load32(address)

    def box_int(self, number: int) -> int:
        return self._box(number)

    def read_slot(self, index: int) -> int:
        return memory.load64(self.slots + 8 * index)

    def write_slot(self, index: int, word: int) -> None:
        memory.store64(self.slots + 8 * index, word)

    def call(self, function: int, arguments: list[Word]) -> Word:
        return self._call(function, arguments)


@dataclass
class FrameState:
    """A jitcode frame that an exit hands to the blackhole."""

    jitcode: int
    pc: int
    result_register: int
    registers: dict[int, int]


@dataclass
class Outcome:
    """How a trace was left: `how` is exit, finish, link, enter or leave; exits have written their slots."""

    how: str
    index: int  # of the instruction that left
    word: int = 0  # finish: the Value; link: the cell
    code: int = 0
    pc: int = 0
    base: int = 0
    frames: list[FrameState] = field(default_factory=list)
    values: dict[int, Word] = field(default_factory=dict)  # what every executed instruction gave last
    turns: int = 0  # times that JUMP was taken
    executed: int = 0
    entered: list[Word] = field(default_factory=list)  # enter: what the loop carries, then what it keeps


def small_int_of(word: int) -> int:
    """The int of a Value that is a small one; OverflowError for any other."""
    if not is_small_word(word):
        raise OverflowError
    return compute(op.VALUE_SMALL, word, 0)


class _Runner:
    def __init__(self, trace: Trace, world: World, base: int, bottom: int, inputs: list[Word]) -> None:
        self.trace = trace
        self.world = world
        self.base = base
        self.bottom = bottom
        self.inputs = inputs
        self.values: dict[int, Word] = {}
        self.start = 0
        self.made: dict[int, int] = {}  # virtuals of the exit being taken

    def value(self, ref: int) -> Word:
        if ref >= 0:
            return self.values[ref]
        word = self.trace.constants[~ref]
        return integers.float_of_bits(word) if self.trace.constant_kinds[~ref] == FLOAT else word

    def word(self, ref: int) -> int:
        value = self.value(ref)
        assert isinstance(value, int)
        return int(value)

    # --- exits -------------------------------------------------------------------------------------------------------

    def box_int(self, number: int) -> int:
        return small_word(number) if SMALL_MIN <= number <= SMALL_MAX else self.world.box_int(number)

    def box_float(self, number: float) -> int:
        meaning = op.TABLE[op.VALUE_OF_FLOAT].meaning
        assert meaning is not None
        return int(meaning(number))

    def exit_word(self, ref: int, boxing: int, limit: int) -> int:
        """The word that an exit writes for a snapshot's ref."""
        match boxing:
            case _ if boxing == BOX_INT:
                return self.box_int(self.word(ref))
            case _ if boxing == BOX_FLOAT:
                return self.box_float(float(self.value(ref)))
            case _ if boxing == BOX_BOOL:
                return WORD_TRUE if self.word(ref) else WORD_FALSE
            case _ if boxing == UNBOXED_FLOAT:
                return integers.bits_of_float(float(self.value(ref)))
            case _ if boxing == VIRTUAL:
                return self.virtual(ref, limit)
        return self.word(ref)

    def exit_value(self, ref: int, limit: int) -> Word:
        """A value that a sunk store writes: it may be sunk itself."""
        if ref < 0 or not self.trace.sunk[ref]:
            return self.value(ref)
        operation = self.trace.operations[ref]
        if operation == op.VALUE_OF_INT:
            return self.box_int(self.word(self.trace.a[ref]))
        if operation == op.VALUE_OF_FLOAT:
            return self.box_float(float(self.value(self.trace.a[ref])))
        return self.virtual(ref, limit)

    def virtual(self, ref: int, limit: int) -> int:
        if ref in self.made:
            return self.made[ref]
        trace, world = self.trace, self.world
        if trace.operations[ref] == op.NEW_ARRAY:
            address = world.new_array(trace.a[ref], self.word(trace.b[ref]))
        else:
            address = world.new_object(trace.a[ref])
        self.made[ref] = address
        for store in trace.sunk_stores:
            if store < limit and trace.a[store] == ref:
                row = op.TABLE[trace.operations[store]]
                offset = trace.b[store]
                if row.item:
                    offset = ARRAY_ITEMS_OFFSET + 8 * self.word(trace.b[store])
                world.store(address, offset, row.takes[3], self.exit_value(trace.d[store], limit))
        return address

    def leave(self, how: str, index: int, writes: bool) -> Outcome:
        snapshot: Snapshot = self.trace.snapshots[self.trace.snapshot_of[index]]
        self.made = {}
        if not writes:
            return Outcome(how, index, 0, self.word(snapshot.code), snapshot.pc, self.base + snapshot.base_offset)
        for offset, ref, boxing in zip(snapshot.offsets, snapshot.refs, snapshot.boxings, strict=True):
            word = self.exit_word(ref, boxing, snapshot.position)
            if offset == TOP_SLOT:
                self.world.stack_top = word
            else:
                self.world.write_slot(self.base + offset, word)
        for k, ref in enumerate(snapshot.stored_refs):
            operation, thing, place, _ = snapshot.stores[STORE_NUMBERS * k : STORE_NUMBERS * (k + 1)]
            word = self.exit_word(ref, snapshot.stored_boxings[k], snapshot.position)
            kind = op.TABLE[operation].takes[3]
            value = integers.float_of_bits(word) if kind == "f" else word
            offset = ARRAY_ITEMS_OFFSET + 8 * place if IS_ITEM[operation] else place
            self.world.store(self.word(thing), offset, kind, value)
        frames = [self.frame(frame, snapshot.position) for frame in snapshot.frames]
        base = self.base + snapshot.base_offset
        return Outcome(how, index, 0, self.word(snapshot.code), snapshot.pc, base, frames)

    def frame(self, frame: FrameSnapshot, limit: int) -> FrameState:
        words = [self.exit_word(ref, boxing, limit) for ref, boxing in zip(frame.refs, frame.boxings, strict=True)]
        return FrameState(
            frame.jitcode, frame.pc, frame.result_register, dict(zip(frame.registers, words, strict=True))
        )

    # --- instructions ------------------------------------------------------------------------------------------------

    def holds(self, index: int) -> bool:
        trace = self.trace
        a = trace.a[index]
        match trace.operations[index]:
            case op.GUARD_TRUE:
                return self.word(a) != 0
            case op.GUARD_FALSE:
                return self.word(a) == 0
            case op.GUARD_INT | op.GUARD_REF:
                return self.word(a) == self.word(trace.b[index])
            case op.GUARD_CLASS:
                return self.world.class_of(self.word(a)) == trace.b[index]
            case op.GUARD_EXCEPTION:
                return self.world.exception != 0 and self.world.class_of(self.world.exception) == a
            case op.GUARD_NO_EXCEPTION:
                return not self.world.exception
        return True

    def memory_access(self, index: int, row: Operation) -> Word | None:
        trace = self.trace
        address = self.word(trace.a[index])
        offset = trace.b[index]
        if row.item:
            offset = ARRAY_ITEMS_OFFSET + 8 * self.word(trace.b[index])
        if address == self.world.stack and offset == TOP_OFFSET:
            if row.role == roles.LOAD:
                return self.world.stack_top
            self.world.stack_top = self.word(trace.d[index])
            return None
        if row.role == roles.LOAD:
            return self.world.load(address, offset, row.gives)
        self.world.store(address, offset, row.takes[3], self.value(trace.d[index]))
        return None

    def operands(self, index: int, row: Operation) -> list[Word]:
        trace = self.trace
        columns = [trace.a[index], trace.b[index], trace.c[index], trace.d[index]]
        found: list[Word] = []
        for column, letter in enumerate(row.takes):
            if letter == "*":
                found += [self.value(ref) for ref in trace.extra[columns[2] : columns[2] + columns[3]]]
            else:
                found.append(columns[column] if letter == "#" else self.value(columns[column]))
        return found

    def execute(self, index: int, row: Operation) -> Word | None:
        """The result of an instruction that neither leaves nor jumps."""
        world = self.world
        if row.role == roles.LOAD or row.role == roles.STORE:
            return self.memory_access(index, row)
        operands = self.operands(index, row)
        if row.meaning is not None:
            result = row.meaning(*operands)
            return float(result) if row.gives == "f" else int(result)
        match row.role:
            case roles.RESIDUAL_CALL:
                return world.call(int(operands[0]), operands[1:])
            case roles.INPUT:
                return self.inputs[int(operands[0])]
            case roles.RAW_LOAD:
                return RAW_LOADS[row.number](int(operands[0]))
            case roles.RAW_WRITE:
                RAW_WRITES[row.number](*operands)
                return None
        return self.execute_rest(row, operands)

    def execute_rest(self, row: Operation, operands: list[Word]) -> Word | None:
        world = self.world
        first = operands[0] if operands else 0
        match row.number:
            case op.VALUE_OF_INT:
                return self.box_int(int(first))
            case op.CLASS_OF:
                return world.class_of(int(first))
            case op.INSTANCE_OF:
                return int(operands[1] <= world.class_of(int(first)) <= operands[2])
            case op.ARRAY_LENGTH:
                return world.load(int(first), ARRAY_LENGTH_OFFSET, "i")
            case op.TEXT_WIDTH | op.TEXT_CODE8 | op.TEXT_CODE16 | op.TEXT_CODE32:
                offset, size = TEXT_PLACES[row.number]
                return world.load_part(int(first), offset + size * int(operands[1] if len(operands) > 1 else 0), size)
            case op.NEW_OBJECT:
                return world.new_object(int(first))
            case op.NEW_ARRAY:
                return world.new_array(int(first), int(operands[1]))
            case op.TAKE_EXCEPTION:
                exception, world.exception = world.exception, 0
                return exception
            case op.TRACE_STACK:
                return world.stack
            case op.TRACE_BASE:
                return self.base
            case op.TRACE_BOTTOM:
                return self.bottom
            case op.READ_SLOT:
                return world.read_slot(self.base + int(first))
            case op.WRITE_SLOT:
                world.write_slot(self.base + int(first), int(operands[1]))
            case op.CALL_GUEST:
                numbers = [int(number) for number in operands[2:]]
                return world.call_guest(int(first), self.base + int(operands[1]), numbers)
            case op.CALL_CODE:
                return world.call_code(int(first), self.base + int(operands[1]))
            case op.ARGUMENT_INT:
                return small_int_of(world.read_slot(self.base + int(first)))
            case op.RESULT_INT:
                return small_int_of(int(first))
            case _:
                raise NotImplementedError(row.name)
        return None

    def enter(self, values: dict[int, Word], carried: list[Word]) -> None:
        """Stand at LABEL, where somebody has come from elsewhere; `values` are those that instructions before it gave."""
        trace = self.trace
        names = trace.extra[trace.c[trace.label] : trace.c[trace.label] + trace.d[trace.label]]
        self.values = dict(values) | dict(zip(names, carried, strict=True))
        self.start = trace.label

    def run(self, fail: Callable[[int, int], bool] | None, limit: int, writes: bool) -> Outcome:
        trace = self.trace
        index, turns, executed = self.start, 0, 0
        while True:
            row = op.TABLE[trace.operations[index]]
            executed += 1
            if executed > limit:
                raise RuntimeError("the trace runs too long")
            outcome: Outcome | None = None
            if trace.sunk[index] or row.number == op.LABEL:
                index += 1
                continue
            moves_on = row.number == op.LINK or row.number == op.ENTER_LABEL
            forced = row.guard and fail is not None and not moves_on and fail(index, turns)
            if row.number == op.JUMP and not forced:
                label = trace.label
                carried = trace.extra[trace.c[label] : trace.c[label] + trace.d[label]]
                values = self.operands(index, row)
                self.values.update(zip(carried, values, strict=True))
                index, turns = label, turns + 1
            elif row.number == op.LINK:
                outcome = Outcome("link", index, self.word(trace.a[index]))
            elif row.number == op.ENTER_LABEL:
                outcome = Outcome("enter", index, entered=self.operands(index, row))
            elif row.number == op.LEAVE:
                outcome = self.leave("leave", index, writes)
            elif row.number == op.FINISH:
                outcome = Outcome("finish", index, self.word(trace.a[index]))
            elif row.number == op.FINISH_RAISING:
                self.world.exception = self.word(trace.a[index])
                outcome = Outcome("raise", index)
            elif forced or not self.guard_passes(index, row):
                outcome = self.leave("exit", index, writes)
            if outcome is not None:
                outcome.values, outcome.turns, outcome.executed = self.values, turns, executed
                return outcome
            index += 1

    def guard_passes(self, index: int, row: Operation) -> bool:
        """Execute the instruction; False where its guard fails."""
        if row.guard and row.gives == "v":
            return self.holds(index)
        try:
            result = self.execute(index, row)
        except OverflowError:
            return False
        if result is not None:
            self.values[index] = result
        return True


def run_trace(
    trace: Trace,
    world: World,
    base: int,
    bottom: int,
    inputs: list[Word] | None = None,
    fail: Callable[[int, int], bool] | None = None,
    limit: int = 100_000,
    writes: bool = True,
) -> Outcome:
    """Run a finished trace until it is left. `inputs` are the parent exit's values, for bridges; `fail(index, turns)` makes a guard fail.

    `writes` False: exits write nothing, as where a bridge is attached; it goes on from the outcome's `values`.
    """
    return _Runner(trace, world, base, bottom, inputs or []).run(fail, limit, writes)


def run_from_label(
    trace: Trace,
    world: World,
    base: int,
    bottom: int,
    values: dict[int, Word],
    carried: list[Word],
    limit: int = 100_000,
) -> Outcome:
    """Go on at the LABEL of a loop that was left before with these `values`, carrying others."""
    runner = _Runner(trace, world, base, bottom, [])
    runner.enter(values, carried)
    return runner.run(None, limit, True)
