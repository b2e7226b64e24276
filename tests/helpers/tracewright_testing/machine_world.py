"""A little world for machine code inside CPython: a VM stack, a heap, exits that are noted down, C functions to call."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tracewright.core import operations as ops
from tracewright.core.integers import bits_of_float, float_of_bits
from tracewright.core.memory import function_address, load64, object_at, store64
from tracewright.gc.size_classes import SIZE_CLASSES
from tracewright.jit.codegen.contract import Backend
from tracewright.jit.codegen.locations import RegisterFile
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright.jit.codegen.saved_registers import exit_base_address, exit_bottom_address, exit_value_word
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.snapshot import Snapshot
from tracewright.jit.trace.trace import FLOAT, INT, KIND_LOOP, REF, Trace
from tracewright_testing.hosted_code import hosted_code_memory
from tracewright_x86_64.backend import X86Backend

SLOTS = 4096
HEAP_BYTES = 1 << 20
UNTOUCHED = 0x0BAD0BAD
LEFT, FINISHED, FINISHED_WHILE_LEAVING = 1, 0, 2

BACKENDS: dict[str, tuple[str, Callable[..., Backend]]] = {"x86_64": ("x86_64", X86Backend)}


def runs_here(name: str) -> bool:
    """Whether this machine executes the backend's code."""
    return platform.machine() == BACKENDS[name][0] and sys.platform == "linux"


@dataclass
class Departure:
    """One call of leave_trace: which exit, and the word of each of its refs."""

    exit: Exit
    words: dict[int, int]
    base: int
    bottom: int


@dataclass
class Notes:
    """What machine code told the outside. One per process: the callbacks that C calls have no other place for it."""

    departures: list[Departure] = field(default_factory=list)
    finish_calls: list[int] = field(default_factory=list)
    boxed: list[int] = field(default_factory=list)
    slow_allocations: list[tuple[str, int]] = field(default_factory=list)
    calls: list[tuple[int, ...]] = field(default_factory=list)
    status: int = LEFT
    finish_result: int = 0
    cells: int = 0
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
    NOTES.departures.append(Departure(leaving, words, base, bottom))
    return NOTES.status


def finish_call(bottom: int) -> int:
    NOTES.finish_calls.append(bottom)
    return NOTES.finish_result


def box_int(number: int) -> int:
    NOTES.boxed.append(number)
    return 0x7777_0000_0000 + len(NOTES.boxed)


def allocate_slow(size_class: int) -> int:
    NOTES.slow_allocations.append(("small", size_class))
    assert NOTES.refill is not None
    return NOTES.refill(size_class)


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


class World:
    """Memory, a backend and helpers to run traces on it."""

    def __init__(self, name: str, code_size: int = 1 << 18) -> None:
        self.name = name
        self._keep: list[object] = []
        self.cells = self.words(SLOTS)
        self.stack = self.words(4)
        store64(self.stack + 8, self.cells)
        self.heap = self.words(HEAP_BYTES // 8)
        self.heap_used = 0
        self.exception = self.words(1)
        self.stack_limit = self.words(1)
        self.cursors = self.words(SIZE_CLASSES)
        self.limits = self.words(SIZE_CLASSES)
        self.left_word = self.words(1)
        self.functions: list[FunctionInfo] = []
        self.classes: list[ClassInfo] = []
        self.memory = hosted_code_memory(code_size)
        self.backend = BACKENDS[name][1](self.memory, self._interface())
        self.registers = self.backend.registers
        NOTES.__init__()  # type: ignore[misc]
        NOTES.cells = self.cells
        NOTES.registers = self.registers
        NOTES.refill = lambda _: self.allocate(64)

    def words(self, count: int) -> int:
        """Zeroed memory that lives as long as the world, 16-byte aligned."""
        buffer = (ctypes.c_int64 * (count + 2))()
        self._keep.append(buffer)
        return (ctypes.addressof(buffer) + 15) & -16

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
        result.allocate_slow = function_address(allocate_slow)
        result.allocate_large = function_address(allocate_large)
        result.allocate_array = function_address(allocate_array)
        result.box_int = function_address(box_int)
        library = ctypes.CDLL(None)
        result.copy_memory = ctypes.cast(library.memmove, ctypes.c_void_p).value or 0
        result.zero_memory = ctypes.cast(library.memset, ctypes.c_void_p).value or 0
        result.leave_trace = function_address(leave_trace)
        result.finish_call = function_address(finish_call)
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
        compiled = self.backend.compile(trace, 1, parent, self.functions, self.classes)
        self._keep.append(compiled)
        return compiled

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
        """The index of a function of `C_SOURCE` in the function table."""
        address = ctypes.cast(getattr(c_library(), name), ctypes.c_void_p).value or 0
        self.functions.append(
            FunctionInfo(name, kinds, gives, ops.TABLE[ops.RESIDUAL_I].effects, False, address, 0, None)
        )
        return len(self.functions) - 1

    def code(self, compiled: CompiledTrace) -> bytes:
        return bytes(self.memory.read8(compiled.entry + k) for k in range(compiled.code_size))


class TraceWriter:
    """Writes a trace by operation names, operands in the order of the row's `takes`."""

    def __init__(self, world: World, kind: int = KIND_LOOP, cell: int = 0) -> None:
        self.trace = Trace(kind, world.stack, cell)

    def word(self, word: int) -> int:
        return self.trace.constant(INT, word)

    def reference(self, word: int) -> int:
        return self.trace.constant(REF, word)

    def double(self, number: float) -> int:
        return self.trace.constant(FLOAT, bits_of_float(number))

    def snapshot(self, refs: Sequence[int], pc: int = 0, base_offset: int = 0) -> int:
        """A snapshot that puts the refs into slots 100, 101, ..."""
        snapshot = Snapshot(self.word(0), pc, base_offset, len(self.trace.operations))
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


C_SOURCE = """
#include <stdint.h>
typedef int64_t w;
static w record[64];
w *recorded(void) { return record; }
w add_words(w a, w b) { return a + b; }
double add_doubles(double a, double b) { return a + b; }
w many_words(w a, w b, w c, w d, w e, w f, w g, w h, w i) {
    return a + 2*b + 3*c + 4*d + 5*e + 6*f + 7*g + 8*h + 9*i;
}
double mixed(w a, double b, w c, double d, w e, double f, w g, double h, w i, double j, w k, double l, w m, double n,
             w o, double p, w q, double r, double s, double t) {
    w words[] = {a, c, e, g, i, k, m, o, q};
    double doubles[] = {b, d, f, h, j, l, n, p, r, s, t};
    double sum = 0;
    for (int x = 0; x < 9; x++) sum += (x + 1) * (double)words[x];
    for (int x = 0; x < 11; x++) sum += (x + 1) * 1000.0 * doubles[x];
    return sum;
}
void store_word(w *at, w value) { *at = value; }
/* Spoils every register that a C function may spoil. */
w spoil(w a) {
    __asm__ volatile("mov $-1, %%rcx; mov $-1, %%rdx; mov $-1, %%rsi; mov $-1, %%rdi; mov $-1, %%r8; mov $-1, %%r9;"
        "mov $-1, %%r10; mov $-1, %%r11; pcmpeqd %%xmm0, %%xmm0; pcmpeqd %%xmm1, %%xmm1; pcmpeqd %%xmm2, %%xmm2;"
        "pcmpeqd %%xmm3, %%xmm3; pcmpeqd %%xmm4, %%xmm4; pcmpeqd %%xmm5, %%xmm5; pcmpeqd %%xmm6, %%xmm6;"
        "pcmpeqd %%xmm7, %%xmm7; pcmpeqd %%xmm8, %%xmm8; pcmpeqd %%xmm9, %%xmm9; pcmpeqd %%xmm10, %%xmm10;"
        "pcmpeqd %%xmm11, %%xmm11; pcmpeqd %%xmm12, %%xmm12; pcmpeqd %%xmm13, %%xmm13; pcmpeqd %%xmm14, %%xmm14;"
        "pcmpeqd %%xmm15, %%xmm15" ::: "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2",
        "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
    return a * 3;
}
/* 1 if the stack is aligned as the convention wants. */
w aligned(void) {
    return (w)__builtin_frame_address(0) % 16 == 0;
}
"""


@cache
def c_library() -> ctypes.CDLL:
    """The C functions that traces of the tests call."""
    folder = Path(tempfile.mkdtemp(prefix="tracewright-tests-"))
    source = folder / "functions.c"
    source.write_text(C_SOURCE)
    library = folder / "functions.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-fno-omit-frame-pointer", "-o", str(library), str(source)], check=True
    )
    return ctypes.CDLL(str(library))
