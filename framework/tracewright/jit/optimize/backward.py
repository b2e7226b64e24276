"""What of a draft is needed: by machine code, only by exits, or not at all; and what a peeled loop carries.

    r4 = value_of_int(i3)          only snapshots mention r4        -> dropped: they box i3
    r5 = new_object(40)            only snapshots mention r5        -> sunk: exits allocate
    store(r5, 8, 2, i3)            a store into a sunk object       -> sunk: exits replay it, so i3 is needed there

One worklist runs backward from what must happen: guards, stores, calls, jumps. A ref is wanted *real* (computed by machine code) or *by exits* (then
boxing and allocation can be sunk), and wanted in the pre-roll or in the body. A ref of the pre-roll that is wanted in the body and differs
from turn to turn is carried by LABEL and JUMP. A sunk allocation is not carried itself; the values it holds are.
If anything makes an allocation real later on, what was decided from its being sunk is asked for again.
"""

from typing import Final, final

from tracewright.core import operations as op
from tracewright.core.arrays import Array
from tracewright.core.effects import RAISES, SLOTS, WRITES
from tracewright.core.kinds import REF
from tracewright.core.operation_tables import (
    FIRST,
    FOURTH,
    HAPPENS,
    IS_ALLOCATION,
    IS_ITEM,
    IS_RESIDUAL_CALL,
    IS_STORE,
    LISTED,
    REF_OPERANDS,
    RESULT,
    SECOND,
    THIRD,
)
from tracewright.jit.optimize import boxing
from tracewright.jit.optimize.draft import NO_REF, TAG_INT, Draft
from tracewright.jit.trace.arithmetic import SMALL_MAX, SMALL_MIN
from tracewright.jit.trace.snapshot import STORE_NUMBERS, Snapshot
from tracewright.jit.trace.workspace import Workspace

# How and where a ref is wanted: one entry of the worklist is ref * 4 + these.
REAL: Final = 0
BY_EXITS: Final = 2
IN_BODY: Final = 1

_PRE: Final = 1
_BODY: Final = 2


@final
class BackwardPass:
    """The marks of one draft. `label` is the index of LABEL, or -1."""

    def __init__(self, draft: Draft, label: int, becomes: list[int], workspace: Workspace) -> None:
        self.draft = draft
        self.label = label
        self.becomes = becomes
        self.workspace = workspace
        count = len(draft.trace.operations)
        self.real: Array[bool] = workspace.flags(count)
        self.exits: Array[int] = workspace.numbers(count, 0)  # _PRE, _BODY: exits of which part want this sunk
        self.carried: Array[bool] = workspace.flags(count)
        self._snapshot_seen: Array[bool] = workspace.flags(len(draft.trace.snapshots))
        self._fixed: Array[bool] = workspace.flags(count)  # allocations that cannot be sunk
        self._stores: Array[int] = workspace.numbers(
            count, -1
        )  # per allocation: its last store; per store: the one before it
        self._work = workspace.worklist
        self._collect_stores()
        self._mark_roots()
        self._run()
        while self._unsink_carried():
            self._run()

    # --- what there is -----------------------------------------------------------------------------------------------

    def allocation_of_store(self, index: int) -> int:
        """The allocation of this trace that a store writes into, -1 for other targets and instructions."""
        trace = self.draft.trace
        if not IS_STORE[trace.operations[index]] or trace.a[index] < 0:
            return -1
        return trace.a[index] if IS_ALLOCATION[trace.operations[trace.a[index]]] else -1

    def _collect_stores(self) -> None:
        draft, trace = self.draft, self.draft.trace
        for index in range(len(trace.operations)):
            operation = trace.operations[index]
            target = self.allocation_of_store(index)
            if target >= 0:
                self._stores[index] = self._stores[target]
                self._stores[target] = index
                if IS_ITEM[operation] and trace.b[index] >= 0:
                    self._fixed[target] = True
            elif operation == op.NEW_ARRAY:
                length = trace.b[index]
                known = length < 0 and 0 <= draft.word(length) <= draft.options.virtual_array_limit
                self._fixed[index] = not known

    def _happens(self, index: int) -> bool:
        """Whether the instruction must be executed even if nobody wants its result."""
        draft = self.draft
        operation = draft.trace.operations[index]
        if draft.killed[index]:
            return False
        if not draft.options.dead or HAPPENS[operation]:
            return True
        if IS_STORE[operation]:
            return self.allocation_of_store(index) < 0
        if IS_RESIDUAL_CALL[operation]:
            function = draft.functions[draft.trace.a[index]]
            return function.effects & RAISES != 0 or (
                function.effects & (WRITES | SLOTS) != 0 and not function.elidable
            )
        return False

    def _mark_roots(self) -> None:
        for index in range(len(self.draft.trace.operations)):
            if self._happens(index):
                self._make_real(index)

    # --- marking -----------------------------------------------------------------------------------------------------

    def _want(self, ref: int, how: int) -> None:
        if ref >= 0:
            self._work.append(ref * 4 + how)

    def _run(self) -> None:
        while len(self._work) > 0:
            entry = self._work.pop()
            self._mark(entry >> 2, entry & 2, entry & 1)

    def _varies(self, ref: int) -> bool:
        """Whether a ref of the pre-roll means another value every turn."""
        return 0 <= ref < self.label and self.becomes[ref] != ref

    def _mark(self, ref: int, level: int, part: int) -> None:
        if part == IN_BODY and ref < self.label and not self._varies(ref):
            part = 0
        if level == BY_EXITS and not self.real[ref] and self._sinkable(ref):
            mask = _BODY if part == IN_BODY else _PRE
            if self.exits[ref] & mask == 0:
                self.exits[ref] |= mask
                self._want_contents(ref, part)
            return
        if part == IN_BODY and self._varies(ref):
            if not self.carried[ref]:
                self.carried[ref] = True
                self._want(ref, REAL)
                self._want(self.becomes[ref], REAL | IN_BODY)
            return
        if not self.real[ref]:
            self._make_real(ref)

    def _sinkable(self, ref: int) -> bool:
        operation = self.draft.trace.operations[ref]
        if IS_ALLOCATION[operation]:
            return self.draft.options.virtuals and not self._fixed[ref]
        return self.draft.options.boxes and (operation == op.VALUE_OF_INT or operation == op.VALUE_OF_FLOAT)

    def _want_contents(self, ref: int, part: int) -> None:
        """What exits need to make a sunk Value or object."""
        trace = self.draft.trace
        if not IS_ALLOCATION[trace.operations[ref]]:
            self._want(trace.a[ref], REAL | part)
            return
        store = self._stores[ref]
        while store >= 0:
            if not self.draft.killed[store] and (part == IN_BODY or self.label < 0 or store < self.label):
                self._want(trace.d[store], BY_EXITS | part)
            store = self._stores[store]

    def _make_real(self, index: int) -> None:
        """Machine code executes this instruction: it needs its operands, and exits their values."""
        trace = self.draft.trace
        self.real[index] = True
        operation = trace.operations[index]
        if IS_STORE[operation]:
            self._store_as_it_came(index)
        part = IN_BODY if 0 <= self.label < index else 0
        refs = REF_OPERANDS[operation]
        if refs & FIRST != 0:
            self._want(trace.a[index], REAL | part)
        if refs & SECOND != 0:
            self._want(trace.b[index], REAL | part)
        if refs & THIRD != 0:
            self._want(trace.c[index], REAL | part)
        if refs & FOURTH != 0:
            self._want(trace.d[index], REAL | part)
        if LISTED[operation]:
            for position in range(trace.c[index], trace.c[index] + trace.d[index]):
                self._want(trace.extra[position], REAL | part)
        if trace.snapshot_of[index] >= 0:
            self._want_snapshot(trace.snapshot_of[index], part)
        if IS_ALLOCATION[operation]:
            store = self._stores[index]
            while store >= 0:
                if not self.real[store] and not self.draft.killed[store]:
                    self._make_real(store)
                store = self._stores[store]
        if self.exits[index] & _BODY != 0 and self._varies(index):
            self._want(index, REAL | IN_BODY)

    def _store_as_it_came(self, store: int) -> None:
        """A real store of a box of a number that was unboxed in the same part of the trace: the Value itself will do."""
        draft, trace = self.draft, self.draft.trace
        boxed = trace.d[store]
        if draft.operation(boxed) != op.VALUE_OF_INT and draft.operation(boxed) != op.VALUE_OF_FLOAT:
            return
        number = trace.a[boxed]
        if draft.operation(number) == op.VALUE_SMALL or draft.operation(number) == op.VALUE_FLOAT:
            value = trace.a[number]
            if self.label < 0 or store < self.label or value > self.label:
                trace.d[store] = value

    def _want_snapshot(self, number: int, part: int) -> None:
        if self._snapshot_seen[number]:
            return
        self._snapshot_seen[number] = True
        snapshot: Snapshot = self.draft.trace.snapshots[number]
        for ref in snapshot.refs:
            self._want_by_exit(ref, part)
        for frame in snapshot.frames:
            for ref in frame.refs:
                self._want_by_exit(ref, part)
        for k in range(len(snapshot.stored_refs)):
            self._want(snapshot.stores[STORE_NUMBERS * k + 1], REAL | part)
            self._want_by_exit(snapshot.stored_refs[k], part)

    def _want_by_exit(self, ref: int, part: int) -> None:
        unboxed = self.unboxed(ref)
        if unboxed != NO_REF:
            self._want(unboxed, REAL | part)
        else:
            self._want(ref, BY_EXITS | part)

    def unboxed(self, ref: int) -> int:
        """What a snapshot names instead of a boxed Value; NO_REF for other refs."""
        draft = self.draft
        if ref < 0 or not draft.options.boxes:
            return NO_REF
        match draft.trace.operations[ref]:
            case op.VALUE_OF_INT | op.VALUE_OF_FLOAT:
                return draft.trace.a[ref]
            case op.REF_OF:
                return boxing.bool_of(draft, draft.trace.a[ref])
        return NO_REF

    def _unsink_carried(self) -> bool:
        """An object of the previous turn cannot be sunk when its successor, this turn's object, is real. True if that changed a mark."""
        for ref in range(self.label):
            if self.exits[ref] & _BODY != 0 and not self.real[ref] and self._varies(ref):
                successor = self.becomes[ref]
                if successor >= 0 and self.real[successor] and self._is_allocation(ref):
                    self._want(ref, REAL | IN_BODY)
        return len(self._work) > 0

    def _is_allocation(self, ref: int) -> bool:
        return IS_ALLOCATION[self.draft.trace.operations[ref]]

    # --- answers -----------------------------------------------------------------------------------------------------

    def is_sunk(self, index: int) -> bool:
        """Whether the instruction exists for exits only."""
        if self.real[index]:
            return False
        if self.exits[index] != 0:
            return True
        target = self.allocation_of_store(index)
        return target >= 0 and not self.draft.killed[index] and self.exits[target] != 0 and not self.real[target]

    def carries_well(self) -> bool:
        """Whether no carried Value that a guard of the first turn found to be a small int gets a word that may be a boxed one.

        (Where the second copy tests the carried Value itself, it tests the word, every turn.)
        """
        draft = self.draft
        for ref in range(self.label):
            if not self.carried[ref] or RESULT[draft.trace.operations[ref]] != REF:
                continue
            successor = self.becomes[ref]
            if draft.tag_at_label[ref] != TAG_INT or draft.operation(ref) == op.VALUE_OF_INT or successor < 0:
                continue
            if draft.trace.operations[successor] == op.VALUE_OF_INT:
                number = draft.trace.a[successor]
                if draft.low_of(number) < SMALL_MIN or draft.high_of(number) > SMALL_MAX:
                    return False
        return True
