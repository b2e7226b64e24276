"""A trace with its machine code: what a backend fills in, what leaving and bridges go by."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, Words
from tracewright.hints import JitCell
from tracewright.jit.trace.meetings import Meetings
from tracewright.jit.trace.snapshot import Snapshot
from tracewright.jit.trace.trace import Trace

NO_RECIPE: Final[Array[int]] = Array(0, 0)


@final
class Exit:
    """A guard's way out. `refs[k]` lives in `locations[k]`; the snapshot's refs (and those of sunk stores) are all among them or constants."""

    def __init__(
        self, owner: CompiledTrace, number: int, guard: int, snapshot: Snapshot, refs: list[int], locations: list[int]
    ) -> None:
        self.owner = owner
        self.number = number
        self.guard = guard  # index of the guard instruction
        self.snapshot = snapshot
        self.refs = refs  # perhaps shared with other exits
        self.locations = locations  # likewise
        self.failures = 0
        self.deadline = 0  # failures at which a bridge is considered (again)
        self.prepared = False  # whether the next three have been worked out (resume/recipe.py)
        self.simple = False  # `recipe` says all there is to write
        self.recipe = NO_RECIPE
        self.bridge: CompiledTrace | None = None
        self.bridgeable = True
        self.attempts = 0
        self.loop_attempts = 0  # recordings of a loop of its own for a bridge from here
        self.waits_for: JitCell | None = None  # a bridge can be recorded only when this has been compiled
        # What a bridge's attachment patches, in the executable view: the guard's branch (0: not possible), or the end of its stub.
        self.branch_address = 0
        self.stub_address = 0


@final
class CompiledTrace:
    """Machine code of one trace. `roots` keeps the heap objects alive that the code names."""

    def __init__(self, trace: Trace, number: int) -> None:
        self.trace = trace
        self.number = number
        self.entry = 0  # address in the executable view
        self.typed_entry = 0  # of a function with ARGUMENT_INT: where calls enter that pass bare ints
        self.size = 0
        self.body_size = 0  # of the main line, without out-of-line code
        self.code_size = 0  # of all instructions; data follow
        self.base_is_bottom = False  # the trace runs with trace_base == bottom, as functions and their bridges do
        self.loop_entry = 0  # address of the LABEL, for LINK-less statistics and printing; 0 where there is none
        # A loop: where LABEL has what it carries; what else lives across it, and where (some values in two places).
        self.carried_locations: list[int] = []
        self.kept_refs: list[int] = []
        self.kept_locations: list[int] = []
        self.exits: list[Exit] = []
        self.valid = True
        self.valid_patches: list[int] = []  # addresses of the patch points of GUARD_VALID
        self.valid_exits: list[int] = []  # where each of them then jumps to
        # machine code offset of each trace instruction (-1: none), for printing
        self.instruction_offsets: list[int] = []
        self.entries = 0
        self.parent: Exit | None = None  # the exit that a bridge hangs on
        self.roots = Words(0)  # the heap objects that the code names
        self.meetings: Meetings | None = (
            None  # of a loop whose bridges have multiplied, and of its loops that begin elsewhere
        )
        self.bridges = 0  # of a loop or function: bridges hanging on it, directly or not


def root_of(compiled: CompiledTrace) -> CompiledTrace:
    """The loop or function that a bridge hangs on."""
    while compiled.parent is not None:
        compiled = compiled.parent.owner
    return compiled


def instructions_before(parent: Exit) -> int:
    """How many instructions a bridge from there has behind it, in the traces that it hangs on."""
    exit: Exit | None = parent
    count = 0
    while exit is not None:
        count += exit.guard
        exit = exit.owner.parent
    return count
