"""A little world for machine code inside CPython: a VM stack, a heap, exits that are noted down, C functions to call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

import pytest

from tracewright.core import operations as ops
from tracewright.core.integers import bits_of_float, float_of_bits
from tracewright.core.kinds import FLOAT, INT, REF
from tracewright.core.memory import load64, object_at, store8, store64
from tracewright.core.vm_stack import CELLS_OFFSET
from tracewright.gc.header import AGE_OFFSET, REMEMBERED
from tracewright.gc.size_classes import CARD_SHIFT, SIZE_CLASSES
from tracewright.jit.codegen.contract import Backend
from tracewright.jit.codegen.locations import RegisterFile
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright.jit.codegen.saved_registers import (
    exit_base_address,
    exit_bottom_address,
    exit_stack_word,
    exit_value_word,
)
from tracewright.jit.codegen.shared_selectors import SHARED_SELECTORS, by_machine
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.entry_values import entry_value, is_entry_value
from tracewright.jit.trace.snapshot import Snapshot
from tracewright.jit.trace.trace import KIND_LOOP, Trace
from tracewright.translate.emit_c.target import TARGETS, Target
from tracewright_aarch64.backend import AArch64Backend
from tracewright_aarch64.encode import Reach
from tracewright_riscv64.backend import RiscVBackend
from tracewright_riscv64.emitter import NotThereYet, not_there
from tracewright_riscv64.select import SELECTORS
from tracewright_testing.machine_places import Place, ThisProcess, start_server, why_not_remote
from tracewright_x86_64.backend import X86Backend

SLOTS = 4096
HEAP_BYTES = 1 << 20
UNTOUCHED = 0x0BAD0BAD
LEFT, FINISHED, FINISHED_WHILE_LEAVING = 1, 0, 2

BACKENDS: dict[str, tuple[str, Callable[..., Backend]]] = {
    "x86_64": ("x86_64-linux", X86Backend),
    "aarch64": ("aarch64-linux", AArch64Backend),
}
# A machine that compiles a part of the operations, and refuses the others by name; programs cannot be built for it yet.
RISCV64_LINUX = Target(
    name="riscv64-linux",
    machine="riscv64",
    backend="tracewright_riscv64.backend",
    compiler="riscv64-linux-gnu-gcc",
    packages=("gcc-riscv64-linux-gnu", "libc6-dev-riscv64-cross"),
    emulator=("qemu-riscv64", "-L", "/usr/riscv64-linux-gnu"),
)
SKELETONS: dict[str, tuple[str, Callable[..., Backend]]] = {"riscv64": (RISCV64_LINUX.name, RiscVBackend)}
KNOWN_TARGETS = {**TARGETS, RISCV64_LINUX.name: RISCV64_LINUX}
# Conditional branches that reach 1,200 bytes: what long code needs happens in every trace.
SHORT_BRANCHES = Reach(1 << 27, 1200, 1100)
VARIANTS: dict[str, tuple[str, Callable[..., Backend]]] = {
    "aarch64_short": ("aarch64-linux", lambda memory, runtime: AArch64Backend(memory, runtime, SHORT_BRANCHES)),
}
MACHINES = {**BACKENDS, **SKELETONS, **VARIANTS}


def target_of(name: str) -> Target:
    """The machine that executes the backend's code."""
    return KNOWN_TARGETS[MACHINES[name][0]]


def why_it_cannot_run(name: str) -> str | None:
    """What is missing to execute the backend's code here; None if nothing is."""
    return None if target_of(name).is_host else why_not_remote(target_of(name))


@dataclass
class Departure:
    """One call of leave_trace: which exit, and the word of each of its refs."""

    exit: Exit
    words: dict[int, int]
    base: int
    bottom: int
    stack: int


@dataclass
class Notes:
    """What machine code told the outside. One per process: the callbacks that C calls have no other place for it."""

    departures: list[Departure] = field(default_factory=list)
    finish_calls: list[int] = field(default_factory=list)
    start_calls: list[tuple[int, int]] = field(default_factory=list)
    boxed: list[int] = field(default_factory=list)
    remembered: list[int] = field(default_factory=list)
    remembered_items: list[int] = field(default_factory=list)
    slow_allocations: list[tuple[str, int]] = field(default_factory=list)
    calls: list[tuple[int, ...]] = field(default_factory=list)
    status: int = LEFT
    finish_result: int = 0
    cells: int = 0
    cards: int = 0
    registers: RegisterFile | None = None
    refill: Callable[[int], int] | None = None


NOTES = Notes()


def leave_trace(exit_address: int, saved: int) -> int:
    leaving = object_at(Exit, exit_address)
    trace = leaving.owner.trace
    words = {
        ref: exit_value_word(saved, location, trace)
        for ref, location in zip(leaving.refs, leaving.locations, strict=True)
    }
    assert NOTES.registers is not None
    base = (exit_base_address(saved, NOTES.registers) - NOTES.cells) >> 3
    bottom = (exit_bottom_address(saved, NOTES.registers) - NOTES.cells) >> 3
    stack = exit_stack_word(saved, NOTES.registers)
    for ref in range(leaving.guard):
        if is_entry_value(trace, ref):
            words[ref] = entry_value(trace, ref, stack, base, bottom)
    NOTES.departures.append(Departure(leaving, words, base, bottom, stack))
    return NOTES.status


def finish_call(bottom: int) -> int:
    NOTES.finish_calls.append(bottom)
    return NOTES.finish_result


def start_call(bottom: int, code: int) -> int:
    NOTES.start_calls.append((bottom, code))
    return NOTES.finish_result


def box_int(number: int) -> int:
    NOTES.boxed.append(number)
    return 0x7777_0000_0000 + len(NOTES.boxed)


def allocate_slow(size_class: int) -> int:
    NOTES.slow_allocations.append(("small", size_class))
    assert NOTES.refill is not None
    return NOTES.refill(size_class)


def remember(thing: int) -> int:
    store8(thing + AGE_OFFSET, REMEMBERED)
    NOTES.remembered.append(thing)
    return 0


def remember_item(place: int) -> int:
    store8(NOTES.cards + (place >> CARD_SHIFT), 1)
    NOTES.remembered_items.append(place)
    return 0


def allocate_large(size: int) -> int:
    NOTES.slow_allocations.append(("large", size))
    assert NOTES.refill is not None
    return NOTES.refill(-1)


def allocate_array(class_id: int, length: int) -> int:
    NOTES.slow_allocations.append(("array", class_id))
    assert NOTES.refill is not None
    address = NOTES.refill(-1)
    store64(address, class_id)
    store64(address + 8, length)
    return address


# In the order of machine_server.c.
CALLBACKS: list[Callable[..., int]] = [
    leave_trace,
    finish_call,
    box_int,
    allocate_slow,
    allocate_large,
    allocate_array,
    remember,
    remember_item,
    start_call,
]


@cache
def machine_server(target: Target) -> Place:
    """The process that runs the code of this machine, one for all tests."""
    return start_server(target, list(KNOWN_TARGETS).index(target.name), CALLBACKS)


class World:
    """Memory, a backend and helpers to run traces on it. Code of another machine runs in a process of its own, and so does
    this machine's if the world is `apart`."""

    def __init__(self, name: str, code_size: int = 1 << 18, apart: bool = False) -> None:
        self.name = name
        self._keep: list[object] = []
        target = target_of(name)
        self.place = ThisProcess() if target.is_host and not apart else machine_server(target)
        self.memory = self.place.code_memory(code_size)
        self.cells = self.words(SLOTS)
        self.stack = self.words(4)
        store64(self.stack + CELLS_OFFSET, self.cells)
        self.heap = self.words(HEAP_BYTES // 8)
        self.heap_used = 0
        self.cards = self.words((HEAP_BYTES >> CARD_SHIFT) // 8 + 1) - (self.heap >> CARD_SHIFT)
        self.exception = self.words(1)
        self.stack_limit = self.words(1)
        self.cursors = self.words(SIZE_CLASSES)
        self.limits = self.words(SIZE_CLASSES)
        self.left_word = self.words(1)
        self.functions: list[FunctionInfo] = []
        self.classes: list[ClassInfo] = []
        self.backend = MACHINES[name][1](self.memory, self._interface())
        self.registers = self.backend.registers
        NOTES.__init__()  # type: ignore[misc]
        NOTES.cells = self.cells
        NOTES.cards = self.cards
        NOTES.registers = self.registers
        NOTES.refill = lambda _: self.allocate(64)

    def words(self, count: int) -> int:
        """Zeroed memory that lives as long as the world, 16-byte aligned."""
        return self.place.words(count)

    def allocate(self, size: int) -> int:
        address = self.heap + self.heap_used
        self.heap_used += (size + 15) & -16
        return address

    def _interface(self) -> RuntimeInterface:
        result = RuntimeInterface()
        result.exception = self.exception
        result.stack_limit = self.stack_limit
        result.cursors = self.cursors
        result.limits = self.limits
        result.left_word = self.left_word
        result.allocate_slow = self.place.callback(allocate_slow)
        result.allocate_large = self.place.callback(allocate_large)
        result.allocate_array = self.place.callback(allocate_array)
        result.remember = self.place.callback(remember)
        result.remember_item = self.place.callback(remember_item)
        result.cards = self.cards
        result.box_int = self.place.callback(box_int)
        result.copy_memory = self.place.symbol("memmove")
        result.zero_memory = self.place.symbol("memset")
        result.leave_trace = self.place.callback(leave_trace)
        result.finish_call = self.place.callback(finish_call)
        result.start_call = self.place.callback(start_call)
        return result

    # --- slots ---
    def slot(self, index: int) -> int:
        return load64(self.cells + 8 * index)

    def set_slot(self, index: int, word: int) -> None:
        store64(self.cells + 8 * index, word)

    def slots(self, count: int, start: int = 0) -> list[int]:
        return [self.slot(start + k) for k in range(count)]

    # --- running ---
    def compile(self, trace: Trace, parent: Exit | None = None) -> CompiledTrace:
        try:
            compiled = self.backend.compile(trace, 1, parent, self.functions, self.classes)
        except NotThereYet as missing:
            pytest.skip(str(missing))
        self._keep.append(compiled)
        return compiled

    def knows(self, operation: str) -> bool:
        """Whether the backend compiles the operation."""
        number = ops.BY_NAME[operation].number
        return (
            self.name not in SKELETONS
            or SELECTORS[number] is not not_there
            or SHARED_SELECTORS[number] is not by_machine
        )

    def run(self, compiled: CompiledTrace, slots: Sequence[int] = (), base: int = 0, bottom: int = 0) -> int:
        """Enter with these words in the slots from `base`; gives the status."""
        for k, word in enumerate(slots):
            self.set_slot(base + k, word)
        NOTES.departures.clear()
        return self.backend.enter(compiled, self.stack, base, bottom)

    def departure(self) -> Departure:
        """The one exit that was taken."""
        (only,) = NOTES.departures
        return only

    def cell(self, compiled: CompiledTrace | None = None) -> int:
        """Memory laid out like a JitCell."""
        address = self.allocate(64)
        store64(address + 16, compiled.entry if compiled is not None else 0)
        return address

    def c_function(self, name: str, kinds: str, gives: str) -> int:
        """The index of a function of `machine_functions.h` in the function table."""
        address = self.place.symbol(name)
        self.functions.append(
            FunctionInfo(name, kinds, gives, ops.TABLE[ops.RESIDUAL_I].effects, False, address, 0, None)
        )
        return len(self.functions) - 1

    def code(self, compiled: CompiledTrace) -> bytes:
        return bytes(self.memory.read8(compiled.entry + k) for k in range(compiled.code_size))


class TraceWriter:
    """Writes a trace by operation names, operands in the order of the row's `takes`."""

    def __init__(self, world: World, kind: int = KIND_LOOP, cell: int = 0) -> None:
        self.trace = Trace(kind, cell)

    def word(self, word: int) -> int:
        return self.trace.constant(INT, word)

    def reference(self, word: int) -> int:
        return self.trace.constant(REF, word)

    def double(self, number: float) -> int:
        return self.trace.constant(FLOAT, bits_of_float(number))

    def snapshot(self, refs: Sequence[int], pc: int = 0, base_offset: int = 0) -> int:
        """A snapshot that puts the refs into slots 100, 101, ..."""
        snapshot = Snapshot(self.word(0), pc, base_offset, len(self.trace.operations), 0)
        for k, ref in enumerate(refs):
            snapshot.offsets.append(100 + k)
            snapshot.refs.append(ref)
            snapshot.boxings.append(0)
        self.trace.snapshots.append(snapshot)
        return len(self.trace.snapshots) - 1

    def __call__(self, name: str, *operands: int, live: Sequence[int] | None = None, snapshot: int = -1) -> int:
        """Append; `live` makes a snapshot with these refs, for rows that are guards."""
        row = ops.BY_NAME[name]
        if row.guard or live is not None:
            snapshot = self.snapshot(live or ()) if snapshot < 0 else snapshot
        a = b = c = d = 0
        if "*" in row.takes:
            fixed = list(operands[: len(row.takes) - 1])
            rest = list(operands[len(row.takes) - 1 :])
            c, d = len(self.trace.extra), len(rest)
            self.trace.extra.extend(rest)
            a, b = (fixed + [0, 0])[:2]
        else:
            assert len(operands) == len(row.takes), name
            a, b, c, d = (list(operands) + [0, 0, 0, 0])[:4]
        if name == "label":
            self.trace.label = len(self.trace.operations)
        return self.trace.append(row.number, a, b, c, d, snapshot)

    def input(self, kind: str, slot: int) -> int:
        """The word of a slot as an operand of kind i, r or f."""
        word = self("read_slot", slot)
        if kind == "r":
            return word
        number = self("word_of", word)
        return number if kind == "i" else self("bits_float", number)

    def output(self, kind: str, slot: int, value: int) -> None:
        """Write a value of kind i, r or f to a slot, as it is."""
        if kind == "f":
            value = self("float_bits", value)
        self("write_slot", slot, value if kind == "r" else self("ref_of", value))


def as_word(value: float | int) -> int:
    """The word in which a slot holds an int or the bits of a double."""
    return bits_of_float(value) if isinstance(value, float) else int(value)


def from_word(kind: str, word: int) -> float | int:
    return float_of_bits(word) if kind == "f" else word
