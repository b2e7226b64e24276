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
_MOST_OPERANDS: Final = 4  # of an instruction, besides those in the side list


@final
class Liveness:
    """Facts about the refs of one trace; every row is indexed by instruction. One walk backward finds them: where it comes to an
    instruction, it knows all uses of its result."""

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
        most = _MOST_OPERANDS * count + len(trace.extra)
        # Operand uses of each ref, ascending: a linked list over the pairs (use_at, use_next).
        self.first_use: Array[int] = workspace.numbers(count, NEVER)
        self.use_at: Array[int] = workspace.room(most)
        self.use_next: Array[int] = workspace.room(most)
        self._uses = 0
        # The refs whose last use is instruction i: a linked list per instruction.
        self.first_dying: Array[int] = workspace.numbers(count, NEVER)
        self.next_dying: Array[int] = workspace.room(count)
        self._use_count: Array[int] = workspace.numbers(count, 0)  # by operands, and by exits that differ
        self._has_exit_refs: Array[bool] = workspace.flags(len(trace.snapshots))
        self._seen: Array[int] = workspace.numbers(count, NEVER)  # the last snapshot for which a ref was found
        self._work = workspace.worklist
        self._walk()

    # --- operands and exits ---
    def refs_of_exit(self, i: int) -> list[int]:
        """The refs that must be found at the exit of instruction i; constants and what the native frame has are not among them."""
        snapshot = self.trace.snapshot_of[i]
        return _NO_REFS if snapshot < 0 else self.exit_refs[snapshot]

    def is_sunk(self, i: int) -> bool:
        return i < len(self.trace.sunk) and self.trace.sunk[i]

    def makes_condition(self, i: int) -> bool:
        """Whether the guard or select i makes the comparison that it tests."""
        tested = self.trace.a[i]
        return tested >= 0 and self.fused_with[tested] == i

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
        """Of a sunk instruction; there is none with a side list."""
        trace = self.trace
        refs = REF_OPERANDS[trace.operations[i]]
        if refs & FIRST != 0:
            self._need(trace.a[i], snapshot)
        if refs & SECOND != 0:
            self._need(trace.b[i], snapshot)
        if refs & THIRD != 0:
            self._need(trace.c[i], snapshot)
        if refs & FOURTH != 0:
            self._need(trace.d[i], snapshot)

    # --- the walk ---
    def _walk(self) -> None:
        trace = self.trace
        operations, snapshots = trace.operations, trace.snapshot_of
        before = NEVER  # the snapshot of the instruction behind: what shares it needs nothing more
        next_call = len(operations)  # of C, behind instruction i
        for i in range(len(operations) - 1, -1, -1):
            operation = operations[i]
            if i == trace.label:
                self._extend_over_loop()
            if self.is_sunk(i) or (REMOVABLE[operation] and self._use_count[i] == 0):
                self.skipped[i] = True  # so what only dead instructions use is dead as well
                continue
            at = i
            if self._use_count[i] == 1 and self.first_use[i] != NEVER:
                at = self._maker(i, operation, self.use_at[self.first_use[i]])
            if at != i:
                self.skipped[i] = True
            else:
                if RESULT[operation] != VOID:
                    self._link_death(i, next_call)
                if CALLS_C[operation]:
                    next_call = i
                snapshot = snapshots[i]
                if snapshot >= 0 and snapshot != before:
                    before = snapshot
                    self._use_by_exit(snapshot, i)
            self._use_operands(i, operation, at)

    def _maker(self, i: int, operation: int, user: int) -> int:
        """The instruction whose code makes the result of i, which has one use: that instruction, or i itself."""
        trace = self.trace
        using = trace.operations[user]
        if trace.a[user] != i:
            return i
        if TESTS_CONDITION[using] and CONDITION[operation]:
            if i < trace.label < user:
                return i  # the operands may be carried values, which LABEL renews
            self.fused_with[i] = user
            return user
        # An int that is boxed for nothing but FINISH is returned as the bare number.
        return user if using == ops.FINISH and self._is_boxed_int(i) else i

    def _is_boxed_int(self, ref: int) -> bool:
        operation = self.trace.operations[ref]
        return operation == ops.VALUE_OF_INT or operation == ops.VALUE_OF_SMALL

    def _link_death(self, ref: int, next_call: int) -> None:
        """A result that nothing uses dies where it is born. `crosses_call`: a call of a C function lies strictly inside the value's life."""
        at = self.last_use[ref]
        if at == NEVER:
            at = ref
            self.last_use[ref] = at
        self.crosses_call[ref] = next_call < at
        self.next_dying[ref] = self.first_dying[at]
        self.first_dying[at] = ref

    def _use_by_exit(self, snapshot: int, i: int) -> None:
        self._collect_exit(snapshot)
        for ref in self.exit_refs[snapshot]:
            self._use_count[ref] += 1
            if self.last_use[ref] == NEVER:
                self.last_use[ref] = i

    def _use_operands(self, i: int, operation: int, at: int) -> None:
        """The operands of i are used by the code of instruction `at`."""
        trace = self.trace
        refs = REF_OPERANDS[operation]
        if refs & FIRST != 0:
            self._use(trace.a[i], at)
        if refs & SECOND != 0:
            self._use(trace.b[i], at)
        if refs & THIRD != 0:
            self._use(trace.c[i], at)
        if refs & FOURTH != 0:
            self._use(trace.d[i], at)
        if LISTED[operation]:
            for k in range(trace.c[i], trace.c[i] + trace.d[i]):
                self._use(trace.extra[k], at)

    def _use(self, ref: int, at: int) -> None:
        if ref < 0:
            return
        self._use_count[ref] += 1
        if self.last_use[ref] < at:
            self.last_use[ref] = at
        use, first = self._uses, self.first_use[ref]
        self._uses = use + 1
        self.use_at[use] = at
        if first != NEVER and self.use_at[first] < at:
            self._insert_use(first, use, at)
            return
        self.use_next[use] = first
        self.first_use[ref] = use

    def _insert_use(self, before: int, use: int, at: int) -> None:
        """The operand of a comparison that is made farther on, behind the use `before`."""
        following = self.use_next[before]
        while following != NEVER and self.use_at[following] < at:
            before, following = following, self.use_next[following]
        self.use_next[use] = following
        self.use_next[before] = use

    def _extend_over_loop(self) -> None:
        """The walk has come to LABEL: what the body uses of the first copy, and does not carry, lives until JUMP."""
        trace = self.trace
        label, jump = trace.label, len(trace.operations) - 1
        for ref in range(label):
            if self.last_use[ref] > label and not self._is_carried(ref):
                self.last_use[ref] = jump

    def _is_carried(self, ref: int) -> bool:
        trace = self.trace
        start = trace.c[trace.label]
        for k in range(start, start + trace.d[trace.label]):
            if trace.extra[k] == ref:
                return True
        return False
