"""What a backend is: the classes it fills in and the calls it answers."""

from __future__ import annotations

from abc import abstractmethod
from typing import final

from tracewright.core.arrays import Array, Words
from tracewright.jit.codegen.locations import RegisterFile
from tracewright.jit.record.function_table import ClassInfo, FunctionInfo
from tracewright.jit.resume.snapshot import Snapshot
from tracewright.jit.trace.trace import Trace


@final
class Exit:
    """A guard's way out. `refs[k]` lives in `locations[k]`; the snapshot's refs (and those of sunk stores) are all among them or constants."""

    def __init__(self, owner: CompiledTrace, number: int, guard: int, snapshot: Snapshot) -> None:
        self.owner = owner
        self.number = number
        self.guard = guard  # index of the guard instruction
        self.snapshot = snapshot
        self.refs: list[int] = []
        self.locations: list[int] = []
        self.failures = 0
        self.deadline = 0  # failures at which a bridge is considered (again)
        self.prepared = False  # whether the next three have been worked out (resume/recipe.py)
        self.simple = False  # `recipe` says all there is to write
        self.recipe: Array[int] = Array(0, 0)
        self.bridge: CompiledTrace | None = None
        self.bridgeable = True
        self.attempts = 0
        self.branch_address = 0  # of the instruction to patch, in the executable view


@final
class CompiledTrace:
    """Machine code of one trace. `roots` keeps the heap objects alive that the code names."""

    def __init__(self, trace: Trace, number: int) -> None:
        self.trace = trace
        self.number = number
        self.entry = 0  # address in the executable view
        self.size = 0
        self.body_size = 0  # of the main line, without out-of-line code
        self.code_size = 0  # of all instructions; data follow
        self.base_is_bottom = False  # the trace runs with trace_base == bottom, as functions and their bridges do
        self.loop_entry = 0  # address of the LABEL, for LINK-less statistics and printing; 0 where there is none
        self.exits: list[Exit] = []
        self.valid = True
        self.valid_patches: list[int] = []  # addresses of the 5-byte patch points of GUARD_VALID
        self.valid_exits: list[int] = []  # where each of them then jumps to
        # machine code offset of each trace instruction (-1: none), for printing
        self.instruction_offsets: list[int] = []
        self.entries = 0
        self.parent: Exit | None = None  # the exit that a bridge hangs on
        self.roots = Words(0)  # the heap objects that the code names
        self.bridges = 0  # of a loop or function: bridges hanging on it, directly or not


def root_of(compiled: CompiledTrace) -> CompiledTrace:
    """The loop or function that a bridge hangs on."""
    while compiled.parent is not None:
        compiled = compiled.parent.owner
    return compiled


class CodeMemoryFull(Exception):
    """No room for the machine code."""


class TooManySpills(Exception):
    """The fixed native frame does not hold the trace's spilled values."""


class Backend:
    """One machine. All addresses are of the executable view."""

    def __init__(self, registers: RegisterFile) -> None:
        self.registers = registers  # what the locations of its exits mean

    @abstractmethod
    def compile(
        self, trace: Trace, number: int, parent: Exit | None, functions: list[FunctionInfo], classes: list[ClassInfo]
    ) -> CompiledTrace:
        """Machine code for the trace; for a bridge, `parent` says where the INPUTs are. Raises CodeMemoryFull, TooManySpills."""

    @abstractmethod
    def attach(self, parent: Exit, bridge: CompiledTrace) -> None:
        """From now on the parent's failing guard jumps to the bridge."""

    @abstractmethod
    def enter(self, compiled: CompiledTrace, stack: int, base: int, bottom: int) -> int:
        """Run the code for the frame at index `base`; gives the status (rdx). The Value of status 0 and 2 is in `finished_value()`."""

    @abstractmethod
    def finished_value(self) -> int:
        """The word that the last `enter` returned in rax."""

    @abstractmethod
    def invalidate(self, compiled: CompiledTrace) -> None:
        """Make every GUARD_VALID of the code fail from now on."""


class BackendMaker:
    """How a translated program gets its backend when the first trace is ready: code memory exists only from then on."""

    @abstractmethod
    def make(self, code_bytes: int, failing_guards: bool) -> Backend:
        """A backend with so much room for machine code; with `failing_guards`, the stress mode of `--jit fail_every` is compiled in.
        Raises MemoryError where the system refuses the memory."""
