"""A trace: parallel lists of instructions, a constant table, snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from tracewright.jit.trace.label_state import LabelState
from tracewright.jit.trace.snapshot import Snapshot

if TYPE_CHECKING:
    from tracewright.jit.trace.compiled import CompiledTrace

KIND_LOOP: Final = 0
KIND_FUNCTION: Final = 1
KIND_BRIDGE: Final = 2

NUMBERS_OF_POSITION: Final = 4


@final
class Trace:
    """One linear recording in SSA form. `label` is the index of LABEL, or -1; `cell` the word of the JitCell that this trace will
    be the code of (0 for a bridge)."""

    def __init__(self, kind: int, cell: int) -> None:
        self.kind = kind
        self.cell = cell
        self.operations: list[int] = []
        self.a: list[int] = []
        self.b: list[int] = []
        self.c: list[int] = []
        self.d: list[int] = []
        self.snapshot_of: list[int] = []
        self.extra: list[int] = []
        self.constants: list[int] = []  # words; a float constant is its bits
        self.constant_kinds: list[int] = []  # INT, REF or FLOAT of `core/kinds.py`
        self.snapshots: list[Snapshot] = []
        self.sunk: list[bool] = []  # filled by the last pass: instruction exists only for exits
        self.sunk_stores: list[int] = []  # the sunk stores, ascending: what exits replay
        self.sunk_objects = 0  # how many allocations are sunk
        self.label = -1
        self.label_state: LabelState | None = None  # None where nobody may come to the LABEL from elsewhere
        self.enters: CompiledTrace | None = None  # ENTER_LABEL goes to the LABEL of this
        # Guest bytecodes passed, NUMBERS_OF_POSITION each: instruction index, code ref, pc, base offset.
        self.positions: list[int] = []

    def begin(self, kind: int, cell: int) -> None:
        """Become an empty trace that keeps the memory of the one it was."""
        self.kind = kind
        self.cell = cell
        for column in (self.operations, self.a, self.b, self.c, self.d, self.snapshot_of, self.extra):
            del column[:]
        for column in (self.constants, self.constant_kinds, self.sunk_stores, self.positions):
            del column[:]
        del self.snapshots[:]
        del self.sunk[:]
        self.label = -1
        self.label_state = None
        self.sunk_objects = 0
        self.enters = None

    def append(self, operation: int, a: int, b: int, c: int, d: int, snapshot: int) -> int:
        """Add an instruction as it is; gives its ref."""
        self.operations.append(operation)
        self.a.append(a)
        self.b.append(b)
        self.c.append(c)
        self.d.append(d)
        self.snapshot_of.append(snapshot)
        return len(self.operations) - 1

    def constant(self, kind: int, word: int) -> int:
        """A new constant's ref. (The builder shares equal constants.)"""
        self.constants.append(word)
        self.constant_kinds.append(kind)
        return ~(len(self.constants) - 1)
