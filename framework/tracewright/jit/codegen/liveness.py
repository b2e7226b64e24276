"""What a code generator needs to know before it walks a trace forward: who uses a value last, and where next.

    i3 = int_lt(i1, i2)          fused: the comparison is made where the guard is
    i4 = int_add(i1, i5)         dead: nothing uses it, so it is skipped
    guard_true(i3) [snapshot]    uses i1, i2 as operands, and every value that its exit needs
    i6 = int_select(i3, i1, i5)  could have been the one to make the comparison, if the guard were not there

A value that is defined before LABEL, used after it, and not carried by it lives until JUMP: the next turn reads it again.
"""

from typing import Final, final

from tracewright.core import operations as ops
from tracewright.core.arrays import Array
from tracewright.core.kinds import VOID
from tracewright.core.operation_tables import (
    CALLS_C,
    CONDITION,
    FIRST,
    FOURTH,
    LISTED,
    REF_OPERAND_COUNT,
    REF_OPERANDS,
    REMOVABLE,
    RESULT,
    SECOND,
    TESTS_CONDITION,
    THIRD,
)
from tracewright.jit.trace.entry_values import is_entry_value
from tracewright.jit.trace.snapshot import STORE_NUMBERS
from tracewright.jit.trace.trace import Trace
from tracewright.jit.trace.workspace import Workspace

NEVER: Final = -1


_NO_REFS: Final[list[int]] = []


def _most_operands(trace: Trace) -> int:
    """How many computed operands there can be."""
    most = len(trace.extra)
    for operation in trace.operations:
        most += REF_OPERAND_COUNT[operation]
    return most


@final
class Liveness:
    """Facts about the refs of one trace; every row is indexed by instruction."""

    def __init__(self, trace: Trace, workspace: Workspace) -> None:
        count = len(trace.operations)
        self.trace = trace
        self.skipped: Array[bool] = workspace.flags(count)  # no code of its own: sunk, dead or fused
        self.fused_with: Array[int] = workspace.numbers(
            count, NEVER
        )  # of a comparison: the guard or select that makes it
        self.last_use: Array[int] = workspace.numbers(count, NEVER)
        self.crosses_call: Array[bool] = workspace.flags(count)
        self.exit_refs: list[list[int]] = [_NO_REFS] * len(trace.snapshots)
        most = _most_operands(trace)
        # Operand uses of each ref, ascending: a linked list over the pairs (use_at, use_next).
        self.first_use: Array[int] = workspace.numbers(count, NEVER)
        self.use_at: Array[int] = workspace.room(most)
        self.use_next: Array[int] = workspace.room(most)
        self._uses = 0
        # The refs whose last use is instruction i: a linked list per instruction.
        self.first_dying: Array[int] = workspace.numbers(count, NEVER)
        self.next_dying: Array[int] = workspace.room(count)
        # The computed operands of all instructions, one behind the other; where those of an instruction begin, and of the one after the last.
        self._operands: Array[int] = workspace.room(most)
        self._operand_count = 0
        self._first_operand: Array[int] = workspace.room(count + 1)
        self._use_count: Array[int] = workspace.numbers(count, 0)
        self._has_exit_refs: Array[bool] = workspace.flags(len(trace.snapshots))
        self._seen: Array[int] = workspace.numbers(count, NEVER)  # the last snapshot for which a ref was found
        self._work = workspace.worklist
        self._list_operands()
        self._count_uses()
        self._fuse()
        self._find_uses()
        self._extend_over_loop()
        self._link_deaths()
        self._find_calls()

    # --- operands and exits ---
    def refs_of_exit(self, i: int) -> list[int]:
        """The refs that must be found at the exit of instruction i; constants and what the native frame has are not among them."""
        snapshot = self.trace.snapshot_of[i]
        return _NO_REFS if snapshot < 0 else self.exit_refs[snapshot]

    def is_sunk(self, i: int) -> bool:
        return i < len(self.trace.sunk) and self.trace.sunk[i]

    def _list_operands(self) -> None:
        """For `*` rows, those of the side list too."""
        trace = self.trace
        self._first_operand[0] = 0
        for i in range(len(trace.operations)):
            operation = trace.operations[i]
            refs = REF_OPERANDS[operation]
            if refs & FIRST != 0:
                self._add_operand(trace.a[i])
            if refs & SECOND != 0:
                self._add_operand(trace.b[i])
            if refs & THIRD != 0:
                self._add_operand(trace.c[i])
            if refs & FOURTH != 0:
                self._add_operand(trace.d[i])
            if LISTED[operation]:
                for k in range(trace.c[i], trace.c[i] + trace.d[i]):
                    self._add_operand(trace.extra[k])
            self._first_operand[i + 1] = self._operand_count

    def _add_operand(self, ref: int) -> None:
        if ref >= 0:
            self._operands[self._operand_count] = ref
            self._operand_count += 1

    def _using(self, i: int) -> int:
        """Whose operands the code of i uses: its own, or those of the comparison that was fused into it."""
        operation = self.trace.operations[i]
        if operation == ops.FINISH and self.is_opened_by(i, self.trace.a[i]):
            return self.trace.a[i]
        return self.trace.a[i] if TESTS_CONDITION[operation] and self.makes_condition(i) else i

    def makes_condition(self, i: int) -> bool:
        """Whether the guard or select i makes the comparison that it tests."""
        tested = self.trace.a[i]
        return tested >= 0 and self.fused_with[tested] == i

    def _collect_exit(self, snapshot: int) -> None:
        """Fill `exit_refs` with what the snapshot names, sunk instructions replaced by what they need."""
        if self._has_exit_refs[snapshot]:
            return
        self._has_exit_refs[snapshot] = True
        facts = self.trace.snapshots[snapshot]
        work = self._work
        for ref in facts.refs:
            self._need(ref, snapshot)
        for frame in facts.frames:
            for ref in frame.refs:
                self._need(ref, snapshot)
        for ref in facts.stored_refs:
            self._need(ref, snapshot)
        for k in range(1, len(facts.stores), STORE_NUMBERS):
            self._need(facts.stores[k], snapshot)
        found = 0  # at the beginning of `work`; behind them refs that may be sunk
        position = 0
        while position < len(work):
            ref = work[position]
            position += 1
            if not self.is_sunk(ref):
                work[found] = ref
                found += 1
                continue
            self._need_operands(ref, snapshot)
            for store in self.trace.sunk_stores:
                if store < facts.position and self.trace.a[store] == ref:
                    self._need_operands(store, snapshot)
        if found > 0:
            self.exit_refs[snapshot] = work[:found]
        del work[:]

    def _need(self, ref: int, snapshot: int) -> None:
        if ref >= 0 and self._seen[ref] != snapshot:
            self._seen[ref] = snapshot
            if not is_entry_value(self.trace, ref):
                self._work.append(ref)

    def _need_operands(self, i: int, snapshot: int) -> None:
        for k in range(self._first_operand[i], self._first_operand[i + 1]):
            self._need(self._operands[k], snapshot)

    # --- passes ---
    def _count_uses(self) -> None:
        """Backward, so that what only dead instructions use is dead as well."""
        trace = self.trace
        for i in range(len(trace.operations) - 1, -1, -1):
            if self.is_sunk(i) or (REMOVABLE[trace.operations[i]] and self._use_count[i] == 0):
                self.skipped[i] = True
                continue
            snapshot = trace.snapshot_of[i]
            if snapshot >= 0:
                self._collect_exit(snapshot)
                for ref in self.exit_refs[snapshot]:
                    self._use_count[ref] += 1
            for k in range(self._first_operand[i], self._first_operand[i + 1]):
                self._use_count[self._operands[k]] += 1

    def _fuse(self) -> None:
        trace = self.trace
        for i in range(len(trace.operations)):
            operation = trace.operations[i]
            if operation == ops.FINISH:
                self._open_result(trace.a[i])
            if not TESTS_CONDITION[operation] or self.skipped[i]:
                continue
            tested = trace.a[i]
            if tested < 0 or not CONDITION[trace.operations[tested]] or self._use_count[tested] != 1:
                continue
            if tested < trace.label and trace.label < i:
                continue  # the operands may be carried values, which LABEL renews
            self.fused_with[tested] = i
            self.skipped[tested] = True

    def _open_result(self, value: int) -> None:
        """An int that is boxed for nothing but FINISH is returned as the bare number."""
        if value >= 0 and self._use_count[value] == 1 and self._is_boxed_int(value):
            self.skipped[value] = True

    def _is_boxed_int(self, ref: int) -> bool:
        operation = self.trace.operations[ref]
        return operation == ops.VALUE_OF_INT or operation == ops.VALUE_OF_SMALL

    def is_opened_by(self, i: int, value: int) -> bool:
        """Whether FINISH, instruction i, takes the number of this Value, for which there is no code."""
        return value >= 0 and self.skipped[value] and self._is_boxed_int(value)

    def follows_test_for_float(self, i: int) -> bool:
        """Whether this VALUE_FLOAT stands directly behind the guard that makes the test of the same Value."""
        trace = self.trace
        if i == 0 or trace.operations[i - 1] != ops.GUARD_TRUE:
            return False
        tested = trace.a[i - 1]
        if tested < 0 or self.fused_with[tested] != i - 1 or trace.operations[tested] != ops.VALUE_IS_FLOAT:
            return False
        return trace.a[tested] == trace.a[i]

    def _find_uses(self) -> None:
        snapshots = self.trace.snapshot_of
        before = NEVER  # the snapshot of the last instruction that has one: what shares it needs nothing more
        for i in range(len(self.trace.operations) - 1, -1, -1):
            if self.skipped[i]:
                continue
            snapshot = snapshots[i]
            if snapshot >= 0 and snapshot != before:
                before = snapshot
                for ref in self.exit_refs[snapshot]:
                    if self.last_use[ref] == NEVER:
                        self.last_use[ref] = i
            using = self._using(i)
            for k in range(self._first_operand[using], self._first_operand[using + 1]):
                self._note_use(self._operands[k], i)
            if using != i and REF_OPERAND_COUNT[self.trace.operations[i]] > 1:  # what a select chooses from
                for k in range(self._first_operand[i], self._first_operand[i + 1]):
                    if self._operands[k] != using:
                        self._note_use(self._operands[k], i)

    def _note_use(self, ref: int, i: int) -> None:
        if self.last_use[ref] == NEVER:
            self.last_use[ref] = i
        use = self._uses
        self._uses = use + 1
        self.use_at[use] = i
        self.use_next[use] = self.first_use[ref]
        self.first_use[ref] = use

    def _extend_over_loop(self) -> None:
        label = self.trace.label
        if label < 0:
            return
        jump = len(self.trace.operations) - 1
        for ref in range(label):
            if self.last_use[ref] > label and not self._is_carried(ref):
                self.last_use[ref] = jump

    def _is_carried(self, ref: int) -> bool:
        label = self.trace.label
        for k in range(self._first_operand[label], self._first_operand[label + 1]):
            if self._operands[k] == ref:
                return True
        return False

    def _link_deaths(self) -> None:
        """A result that nothing uses dies where it is born."""
        for ref in range(len(self.trace.operations)):
            if not self.skipped[ref] and RESULT[self.trace.operations[ref]] != VOID:
                if self.last_use[ref] == NEVER:
                    self.last_use[ref] = ref
                at = self.last_use[ref]
                self.next_dying[ref] = self.first_dying[at]
                self.first_dying[at] = ref

    def _find_calls(self) -> None:
        """`crosses_call`: a call of a C function lies strictly inside the value's life."""
        operations = self.trace.operations
        next_call = len(operations)  # behind instruction i
        for i in range(len(operations) - 1, -1, -1):
            self.crosses_call[i] = next_call < self.last_use[i]
            if CALLS_C[operations[i]] and not self.skipped[i]:
                next_call = i
