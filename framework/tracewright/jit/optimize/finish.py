"""The finished trace: what `backward.py` marked is kept and renumbered; snapshots say how exits box; LABEL and JUMP get their operands.

i3 = int_add(i2, 1)                              i3 = int_add(i2, 1)              (a box of a number known to be small then is a value_of_small)
r4 = value_of_int(i3)                ->
guard_true(i5) [s1 {0: r4}]                      guard_true(i5) [s1 {0: int i3}]
"""

from typing import final

from tracewright.core import operations as op
from tracewright.core.arrays import Array
from tracewright.core.kinds import INT, REF
from tracewright.core.operation_tables import (
    CONDITION,
    FIRST,
    FOURTH,
    IS_ALLOCATION,
    IS_STORE,
    LISTED,
    REF_OPERANDS,
    SECOND,
    THIRD,
)
from tracewright.core.value import WORD_FALSE, WORD_TRUE
from tracewright.jit.optimize.backward import BackwardPass
from tracewright.jit.optimize.barriers import Barriers
from tracewright.jit.optimize.draft import NO_REF, Draft
from tracewright.jit.optimize.merge_guards import MovedInstructions
from tracewright.jit.trace.arithmetic import SMALL_MAX, SMALL_MIN
from tracewright.jit.trace.snapshot import AS_IS, BOX_BOOL, BOX_FLOAT, BOX_INT, STORE_NUMBERS, VIRTUAL, Snapshot
from tracewright.jit.trace.trace import Trace


@final
class Finisher:
    """Writes the final trace of a draft."""

    def __init__(self, liveness: BackwardPass, moved: MovedInstructions) -> None:
        workspace = liveness.workspace
        count = len(liveness.draft.trace.operations)
        self.liveness = liveness
        self._moved = moved
        self.draft: Draft = liveness.draft
        self.old: Trace = liveness.draft.trace
        self.new = Trace(self.old.kind, self.old.cell)
        self._new_ref: Array[int] = workspace.numbers(count, NO_REF)
        self._sunk: Array[bool] = workspace.flags(count)
        self._new_constant: Array[int] = workspace.numbers(len(self.old.constants), NO_REF)
        self._new_snapshot: Array[int] = workspace.numbers(len(self.old.snapshots), -1)
        self._carried: list[int] = []
        self._barriers = Barriers(liveness.draft, liveness.draft.options.barriers)
        self._has_barrier: Array[bool] = workspace.flags(count)
        self._count = 0  # instructions written

    def finish(self) -> Trace:
        """The trace for the backend."""
        self._number()
        self.new.enters = self.old.enters
        for index in range(len(self.old.operations)):
            if self._new_ref[index] != NO_REF and not self._moved.moved[index]:
                self._write(index, self._sunk[index])
                behind = self._moved.behind[index]
                if behind >= 0 and self._new_ref[behind] != NO_REF:
                    self._write(behind, self._sunk[behind])
        self._write_positions()
        return self.new

    def _number(self) -> None:
        """Give every kept instruction its new number first: snapshots mention positions, jumps mention refs."""
        liveness, moved = self.liveness, self._moved
        number = 0
        for index in range(len(self.old.operations)):
            if not moved.moved[index]:
                number = self._number_one(index, number)
                if moved.behind[index] >= 0:
                    number = self._number_one(moved.behind[index], number)
            if index < liveness.label and liveness.carried[index]:
                self._carried.append(index)
        new = self.new
        new.operations, new.snapshot_of, new.sunk = [0] * number, [-1] * number, [False] * number
        new.a, new.b, new.c, new.d = [0] * number, [0] * number, [0] * number, [0] * number

    def _number_one(self, index: int, number: int) -> int:
        """The number behind it."""
        if not self.liveness.real[index]:
            if not self.liveness.is_sunk(index):
                return number
            self._sunk[index] = True
        elif self._barriers.needed_before(index):
            self._has_barrier[index] = True
            number += 1
        self._new_ref[index] = number
        return number + 1

    def _put(self, operation: int, a: int, b: int, c: int, d: int, snapshot: int) -> int:
        """The next instruction; gives its ref."""
        new, index = self.new, self._count
        new.operations[index] = operation
        new.a[index] = a
        new.b[index] = b
        new.c[index] = c
        new.d[index] = d
        new.snapshot_of[index] = snapshot
        self._count = index + 1
        return index

    def final_ref(self, ref: int) -> int:
        """The new ref of an old one."""
        if ref >= 0:
            assert self._new_ref[ref] != NO_REF
            return self._new_ref[ref]
        if self._new_constant[~ref] == NO_REF:
            self._new_constant[~ref] = self.new.constant(self.old.constant_kinds[~ref], self.old.constants[~ref])
        return self._new_constant[~ref]

    def _write(self, index: int, sunk: bool) -> None:
        old, new = self.old, self.new
        operation = old.operations[index]
        a, b, c, d = old.a[index], old.b[index], old.c[index], old.d[index]
        snapshot = self._snapshot(old.snapshot_of[index])
        if (operation == op.GUARD_TRUE or operation == op.GUARD_FALSE) and self.draft.options.answers:
            snapshot = self._answered(snapshot, a, operation == op.GUARD_FALSE)
        if operation == op.LABEL:
            self._write_carried(operation, self._carried, -1)
            new.label = self._count - 1
            return
        if operation == op.JUMP:
            self._write_carried(operation, [self.liveness.becomes[ref] for ref in self._carried], snapshot)
            return
        if LISTED[operation]:
            start = len(new.extra)
            for position in range(c, c + d):
                new.extra.append(self.final_ref(old.extra[position]))
            c = start
        refs = REF_OPERANDS[operation]
        a = self.final_ref(a) if refs & FIRST != 0 else a
        b = self.final_ref(b) if refs & SECOND != 0 else b
        c = self.final_ref(c) if refs & THIRD != 0 else c
        d = self.final_ref(d) if refs & FOURTH != 0 else d
        if self._has_barrier[index]:
            if operation == op.STORE_REF_AT:
                self._put(op.WRITE_BARRIER_AT, a, b, d, 0, -1)
            else:
                self._put(op.WRITE_BARRIER, a, 0, 0, 0, -1)
        if (
            operation == op.VALUE_OF_INT
            and not sunk
            and SMALL_MIN <= self.draft.low[index]
            and self.draft.high[index] <= SMALL_MAX
        ):
            operation = op.VALUE_OF_SMALL
        ref = self._put(operation, a, b, c, d, snapshot)
        new.sunk[ref] = sunk
        if sunk and IS_STORE[operation]:
            new.sunk_stores.append(ref)
        if sunk and IS_ALLOCATION[operation]:
            new.sunk_objects += 1

    def _write_carried(self, operation: int, refs: list[int], snapshot: int) -> None:
        new = self.new
        start = len(new.extra)
        for ref in refs:
            new.extra.append(self.final_ref(ref))
        self._put(operation, 0, 0, start, len(refs), snapshot)

    def _first_kept(self, index: int) -> int:
        """The new number of the first kept instruction from `index` on. (Of those in their places.)"""
        count = len(self.old.operations)
        while index < count and (self._new_ref[index] == NO_REF or self._moved.moved[index]):
            index += 1
        return self._new_ref[index] if index < count else len(self.new.operations)

    def _snapshot(self, number: int) -> int:
        if number < 0:
            return -1
        if self._new_snapshot[number] < 0:
            self._new_snapshot[number] = len(self.new.snapshots)
            self.new.snapshots.append(self._finished_snapshot(self.old.snapshots[number]))
        return self._new_snapshot[number]

    def _finished_snapshot(self, snapshot: Snapshot) -> Snapshot:
        """A snapshot of the draft, which is done with it."""
        snapshot.code = self.final_ref(snapshot.code)
        snapshot.position = self._first_kept(snapshot.position)
        self._finish_refs(snapshot.refs, snapshot.boxings)
        for row in range(0, len(snapshot.stores), STORE_NUMBERS):
            snapshot.stores[row + 1] = self.final_ref(snapshot.stores[row + 1])
        self._finish_refs(snapshot.stored_refs, snapshot.stored_boxings)
        for frame in snapshot.frames:
            self._finish_refs(frame.refs, frame.boxings)
        return snapshot

    def _finish_refs(self, refs: list[int], boxings: list[int]) -> None:
        """A snapshot's values, in place: unboxed, virtual, or as they are."""
        for position in range(len(refs)):
            ref, boxing = refs[position], boxings[position]
            unboxed = self.liveness.unboxed(ref) if boxing == AS_IS else NO_REF
            if unboxed != NO_REF:
                made_by = self.old.operations[ref]
                boxing = (
                    BOX_INT if made_by == op.VALUE_OF_INT else BOX_FLOAT if made_by == op.VALUE_OF_FLOAT else BOX_BOOL
                )
                ref = unboxed
            elif ref >= 0 and self._sunk[ref]:
                boxing = VIRTUAL
            refs[position] = self.final_ref(ref)
            boxings[position] = boxing

    def _answered(self, number: int, condition: int, answer: bool) -> int:
        """The snapshot of a guard that has failed, where what it asked is known: so nothing but the guard needs that.

        guard_true(i5) [s1 {2: bool i5}]       ->      guard_true(i5) [s2 {2: false}]
        """
        if condition < 0 or not CONDITION[self.old.operations[condition]]:
            return number
        snapshot, ref = self.new.snapshots[number], self._new_ref[condition]
        if not snapshot.mentions(ref):
            return number
        word = WORD_TRUE if answer else WORD_FALSE
        answered = snapshot.with_answer(ref, self.new.constant(INT, 1 if answer else 0), self.new.constant(REF, word))
        self.new.snapshots.append(answered)
        return len(self.new.snapshots) - 1

    def _write_positions(self) -> None:
        old = self.old.positions
        self.new.positions = [0] * len(old)
        for start in range(0, len(old), 4):
            self.new.positions[start] = self._first_kept(old[start])
            self.new.positions[start + 1] = self.final_ref(old[start + 1])
            self.new.positions[start + 2] = old[start + 2]
            self.new.positions[start + 3] = old[start + 3]
