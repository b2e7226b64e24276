"""What a code generator needs to know before it walks a trace forward: who uses a value last, and where next.

    i3 = int_lt(i1, i2)          fused: the comparison is made where the guard is
    i4 = int_add(i1, i5)         dead: nothing uses it, so it is skipped
    guard_true(i3) [snapshot]    uses i1, i2 as operands, and every value that its exit needs

A value that is defined before LABEL, used after it, and not carried by it lives until JUMP: the next turn reads it again.
"""

from typing import Final, final

from tracewright.core import operations as ops
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
    THIRD,
)
from tracewright.jit.trace.snapshot import STORE_NUMBERS
from tracewright.jit.trace.trace import Trace

NEVER: Final = -1


_NO_REFS: Final[list[int]] = []


@final
class Liveness:
    """Facts about the refs of one trace; every list is indexed by instruction."""

    def __init__(self, trace: Trace) -> None:
        count = len(trace.operations)
        self.trace = trace
        self.skipped: list[bool] = [False] * count  # no code of its own: sunk, dead or fused
        self.fused_guard: list[int] = [NEVER] * count  # of a comparison: the guard that makes it
        self.last_use: list[int] = [NEVER] * count
        self.crosses_call: list[bool] = [False] * count
        self.exit_refs: list[list[int]] = [_NO_REFS] * len(trace.snapshots)
        # Operand uses of each ref, ascending: a linked list over the pairs (use_at, use_next).
        self.first_use: list[int] = [NEVER] * count
        self.use_at: list[int] = []
        self.use_next: list[int] = []
        # The refs whose last use is instruction i: a linked list per instruction.
        self.first_dying: list[int] = [NEVER] * count
        self.next_dying: list[int] = [NEVER] * count
        self._use_count: list[int] = [0] * count
        self._has_exit_refs: list[bool] = [False] * len(trace.snapshots)
        self._sunk_stores: list[int] = []
        self._find_sunk_stores()
        self._count_uses()
        self._fuse()
        self._find_uses()
        self._extend_over_loop()
        self._link_deaths()
        self._find_calls()

    # --- operands and exits ---
    def operands(self, i: int) -> list[int]:
        """The constant and computed operands of instruction i (for `*` rows, those of the side list too)."""
        trace = self.trace
        operation = trace.operations[i]
        refs = REF_OPERANDS[operation]
        result: list[int] = []
        if refs & FIRST != 0:
            result.append(trace.a[i])
        if refs & SECOND != 0:
            result.append(trace.b[i])
        if refs & THIRD != 0:
            result.append(trace.c[i])
        if refs & FOURTH != 0:
            result.append(trace.d[i])
        if LISTED[operation]:
            result.extend(trace.extra[trace.c[i] : trace.c[i] + trace.d[i]])
        return result

    def uses(self, i: int) -> list[int]:
        """Operands of i; where a comparison was fused into it, the comparison's."""
        operation = self.trace.operations[i]
        if operation == ops.GUARD_TRUE or operation == ops.GUARD_FALSE:
            tested = self.trace.a[i]
            if tested >= 0 and self.fused_guard[tested] == i:
                return self.operands(tested)
        return self.operands(i)

    def refs_of_exit(self, i: int) -> list[int]:
        """The refs that must be found at the exit of instruction i; constants are not among them."""
        snapshot = self.trace.snapshot_of[i]
        return _NO_REFS if snapshot < 0 else self.exit_refs[snapshot]

    def is_sunk(self, i: int) -> bool:
        return i < len(self.trace.sunk) and self.trace.sunk[i]

    def _find_sunk_stores(self) -> None:
        for i in range(len(self.trace.sunk)):
            if self.trace.sunk[i] and RESULT[self.trace.operations[i]] == VOID:
                self._sunk_stores.append(i)

    def _collect_exit(self, snapshot: int) -> None:
        """Fill `exit_refs` with what the snapshot names, sunk instructions replaced by what they need."""
        if self._has_exit_refs[snapshot]:
            return
        self._has_exit_refs[snapshot] = True
        facts = self.trace.snapshots[snapshot]
        found: list[int] = []
        seen: set[int] = set()
        work = [ref for ref in facts.refs]
        for frame in facts.frames:
            work.extend(frame.refs)
        work.extend(facts.stored_refs)
        for k in range(1, len(facts.stores), STORE_NUMBERS):
            work.append(facts.stores[k])
        while len(work) > 0:
            ref = work.pop()
            if ref < 0 or ref in seen:
                continue
            seen.add(ref)
            if not self.is_sunk(ref):
                found.append(ref)
                continue
            work.extend(self.operands(ref))
            for store in self._sunk_stores:
                if store < facts.position and self.trace.a[store] == ref:
                    work.extend(self.operands(store))
        self.exit_refs[snapshot] = found

    # --- passes ---
    def _count_uses(self) -> None:
        """Backward, so that what only dead instructions use is dead as well."""
        trace = self.trace
        for i in range(len(trace.operations) - 1, -1, -1):
            if self.is_sunk(i) or (REMOVABLE[trace.operations[i]] and self._use_count[i] == 0):
                self.skipped[i] = True
                continue
            if trace.snapshot_of[i] >= 0:
                self._collect_exit(trace.snapshot_of[i])
                for ref in self.refs_of_exit(i):
                    self._use_count[ref] += 1
            for ref in self.operands(i):
                if ref >= 0:
                    self._use_count[ref] += 1

    def _fuse(self) -> None:
        trace = self.trace
        for i in range(len(trace.operations)):
            operation = trace.operations[i]
            if operation != ops.GUARD_TRUE and operation != ops.GUARD_FALSE:
                continue
            tested = trace.a[i]
            if tested < 0 or not CONDITION[trace.operations[tested]] or self._use_count[tested] != 1:
                continue
            if tested < trace.label and trace.label < i:
                continue  # the operands may be carried values, which LABEL renews
            self.fused_guard[tested] = i
            self.skipped[tested] = True

    def _find_uses(self) -> None:
        for i in range(len(self.trace.operations) - 1, -1, -1):
            if self.skipped[i]:
                continue
            for ref in self.refs_of_exit(i):
                if self.last_use[ref] == NEVER:
                    self.last_use[ref] = i
            for ref in self.uses(i):
                if ref >= 0:
                    if self.last_use[ref] == NEVER:
                        self.last_use[ref] = i
                    self.use_at.append(i)
                    self.use_next.append(self.first_use[ref])
                    self.first_use[ref] = len(self.use_at) - 1

    def _extend_over_loop(self) -> None:
        label = self.trace.label
        if label < 0:
            return
        carried = self.operands(label)
        jump = len(self.trace.operations) - 1
        for ref in range(label):
            if self.last_use[ref] > label and ref not in carried:
                self.last_use[ref] = jump

    def _link_deaths(self) -> None:
        """A result that nothing uses dies where it is born."""
        for ref in range(len(self.last_use)):
            if not self.skipped[ref] and RESULT[self.trace.operations[ref]] != VOID:
                if self.last_use[ref] == NEVER:
                    self.last_use[ref] = ref
                at = self.last_use[ref]
                self.next_dying[ref] = self.first_dying[at]
                self.first_dying[at] = ref

    def _find_calls(self) -> None:
        """`crosses_call`: a call of a C function lies strictly inside the value's life."""
        calls_up_to: list[int] = []
        calls = 0
        for i in range(len(self.trace.operations)):
            if CALLS_C[self.trace.operations[i]] and not self.skipped[i]:
                calls += 1
            calls_up_to.append(calls)
        for ref in range(len(self.last_use)):
            last = self.last_use[ref]
            if last > ref:
                self.crosses_call[ref] = calls_up_to[last - 1] > calls_up_to[ref]
