"""The verifier: what every finished trace must satisfy. Plain Python; tests run it on all they make.

i5 = int_add(i9, r3)   ->  "i5 = int_add(i9, r3): i9 is used before it is computed; r3 is not of kind i"
"""

from __future__ import annotations

from tracewright.core import operations as op
from tracewright.core import roles
from tracewright.core.effects import RAISES
from tracewright.core.kinds import LETTERS
from tracewright.core.operation_tables import IS_ALLOCATION, IS_STORE
from tracewright.jit.tables.function_table import FunctionInfo
from tracewright.jit.trace.show import show_instruction, show_trace
from tracewright.jit.trace.snapshot import (
    AS_IS,
    BOX_BOOL,
    BOX_FLOAT,
    BOX_INT,
    STORE_NUMBERS,
    TOP_SLOT,
    UNBOXED_FLOAT,
    VIRTUAL,
    Snapshot,
)
from tracewright.jit.trace.trace import Trace

_BOXED_KIND = {BOX_INT: "i", BOX_FLOAT: "f", BOX_BOOL: "i", UNBOXED_FLOAT: "f", VIRTUAL: "r"}


_ASK_WHETHER_RAISED = (op.GUARD_NO_EXCEPTION, op.GUARD_EXCEPTION)


class InvalidTrace(Exception):
    """A rule is broken; the message has the trace."""


class _Checker:
    def __init__(self, trace: Trace, functions: list[FunctionInfo]) -> None:
        self.trace = trace
        self.functions = functions
        self.faults: list[str] = []

    def fault(self, index: int, text: str) -> None:
        self.faults.append(f"{show_instruction(self.trace, index)}: {text}")

    def kind(self, ref: int) -> str:
        if ref >= 0:
            return op.TABLE[self.trace.operations[ref]].gives
        return LETTERS[self.trace.constant_kinds[~ref]]

    def operand(self, index: int, ref: int, letter: str, before: int) -> None:
        """A ref must be a known constant, or an earlier instruction, of the row's kind."""
        if ref >= before:
            self.fault(index, f"{ref} is used before it is computed")
            return
        if ref < -len(self.trace.constants):
            self.fault(index, f"there is no constant {~ref}")
            return
        if letter != "*" and self.kind(ref) != letter:
            self.fault(index, f"{self.kind(ref)}{ref} is not of kind {letter}")
        if letter == "*" and self.kind(ref) == "v":
            self.fault(index, f"{ref} has no result")
        if ref >= 0 and self.trace.sunk[ref] and not self.trace.sunk[index]:
            self.fault(index, f"{ref} is sunk")

    def instruction(self, index: int) -> None:
        trace = self.trace
        row = op.TABLE[trace.operations[index]]
        columns = [trace.a[index], trace.b[index], trace.c[index], trace.d[index]]
        for column, letter in enumerate(row.takes):
            if letter == "*":
                for ref in trace.extra[columns[2] : columns[2] + columns[3]]:
                    self.operand(index, ref, "*", len(trace.operations) if row.number == op.JUMP else index)
            elif letter != "#":
                self.operand(index, columns[column], letter, index)
        has_snapshot = trace.snapshot_of[index] >= 0
        if has_snapshot != (row.guard or row.role == roles.GUEST_CALL):
            self.fault(index, "has a snapshot, or lacks one")
        if has_snapshot:
            self.snapshot(index, trace.snapshots[trace.snapshot_of[index]])
        last = index == len(trace.operations) - 1
        if (row.role == roles.END) != last:
            self.fault(index, "a trace ends with jump, link, finish or leave, and only there")
        if row.role == roles.RESIDUAL_CALL:
            self.call(index)

    def call(self, index: int) -> None:
        trace = self.trace
        function = self.functions[trace.a[index]] if trace.a[index] < len(self.functions) else None
        if function is None:
            self.fault(index, "no such function")
            return
        kinds = "".join(self.kind(ref) for ref in trace.extra[trace.c[index] : trace.c[index] + trace.d[index]])
        if kinds != function.kinds:
            self.fault(index, f"{function.name} takes {function.kinds}, not {kinds}")
        if function.effects & RAISES and trace.operations[index + 1] not in _ASK_WHETHER_RAISED:
            self.fault(index, "may raise, and no guard_no_exception or guard_exception follows")

    def snapshot(self, index: int, snapshot: Snapshot) -> None:
        if snapshot.code >= 0:
            self.fault(index, "the snapshot's code is no constant")
        if snapshot.position > index:
            self.fault(index, "the snapshot replays stores that are not made yet")
        if snapshot.offsets != sorted(set(snapshot.offsets)):
            self.fault(index, "the snapshot's slots are not ascending")
        for offset, ref, boxing in zip(snapshot.offsets, snapshot.refs, snapshot.boxings, strict=True):
            self.exit_value(index, ref, boxing)
            if boxing == AS_IS and self.kind(ref) != ("i" if offset == TOP_SLOT else "r"):
                self.fault(index, f"slot {offset} holds no Value")
        for ref, boxing in zip(snapshot.stored_refs, snapshot.stored_boxings, strict=True):
            self.exit_value(index, ref, boxing)
        for ref in snapshot.stores[1::STORE_NUMBERS]:
            self.exit_value(index, ref, AS_IS)
        for frame in snapshot.frames:
            for ref, boxing in zip(frame.refs, frame.boxings, strict=True):
                self.exit_value(index, ref, boxing)

    def exit_value(self, index: int, ref: int, boxing: int) -> None:
        if ref >= index or ref < -len(self.trace.constants):
            self.fault(index, f"the snapshot names {ref}")
            return
        if boxing in _BOXED_KIND and self.kind(ref) != _BOXED_KIND[boxing]:
            self.fault(index, f"{self.kind(ref)}{ref} cannot be boxed as {boxing}")
        if (boxing == VIRTUAL) != (ref >= 0 and self.trace.sunk[ref]):
            self.fault(index, f"{ref} is sunk and not named virtual, or the other way round")

    def loop(self) -> None:
        trace = self.trace
        labels = [index for index, operation in enumerate(trace.operations) if operation == op.LABEL]
        if labels != ([trace.label] if trace.label >= 0 else []):
            self.faults.append("trace.label is not the place of the one label")
            return
        if (trace.operations[-1] == op.JUMP) != (trace.label >= 0):
            self.faults.append("label and jump belong together")
        elif trace.label >= 0:
            label, jump = trace.label, len(trace.operations) - 1
            left = [self.kind(ref) for ref in trace.extra[trace.c[label] : trace.c[label] + trace.d[label]]]
            right = [self.kind(ref) for ref in trace.extra[trace.c[jump] : trace.c[jump] + trace.d[jump]]]
            if left != right:
                self.faults.append(f"label takes {left}, jump gives {right}")


def check_trace(trace: Trace, functions: list[FunctionInfo]) -> None:
    """Raise InvalidTrace with everything that is wrong."""
    checker = _Checker(trace, functions)
    for index in range(len(trace.operations)):
        checker.instruction(index)
    checker.loop()
    sunk_stores = [index for index, sunk in enumerate(trace.sunk) if sunk and IS_STORE[trace.operations[index]]]
    if trace.sunk_stores != sunk_stores:
        checker.faults.append("sunk_stores does not list the sunk stores")
    if trace.sunk_objects != sum(
        sunk and IS_ALLOCATION[trace.operations[index]] for index, sunk in enumerate(trace.sunk)
    ):
        checker.faults.append("sunk_objects is not the number of sunk allocations")
    if checker.faults:
        raise InvalidTrace("\n".join(checker.faults) + "\n" + show_trace(trace))
