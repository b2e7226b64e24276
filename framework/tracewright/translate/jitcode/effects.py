"""What a call of each function does to the world, by closure over the call graph: effect bits and written alias classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, final

from tracewright.core import operations as ops
from tracewright.core.effects import ANYTHING, CONTROL, RAISES, SLOTS, WRITES
from tracewright.core.operations import TABLE
from tracewright.translate.flow.graph import FunctionGraph, Instruction, Raise
from tracewright.translate.infer.types import STR_BUFFER, ClassLayout, FieldLayout, Instance
from tracewright.translate.jitcode.policy import RAW_WRITES
from tracewright.translate.jitcode.writer import is_stack_field
from tracewright.translate.lower.externals import External

Targets = Callable[[Instruction], list[FunctionGraph]]
_CALLS: Final = frozenset({ops.CALL, ops.CALL_METHOD, ops.CALL_POINTER})
_LIBRARY: Final = ("tracewright.lib.", "tracewright.translate.lower.")


@final
class Effects:
    """`bits[f]` as in core/effects.py; `writes[f]`: the alias classes it may store to, or None for any; `slot_writers`:
    functions that may write VM-stack slots or `top`."""

    def __init__(self, graphs: Iterable[FunctionGraph], targets: Targets) -> None:
        self.bits: dict[FunctionGraph, int] = {}
        self.writes: dict[FunctionGraph, set[int] | None] = {}
        self.slot_writers: set[FunctionGraph] = set()
        callers: dict[FunctionGraph, list[FunctionGraph]] = {}
        for graph in graphs:
            self._start(graph, targets)
            for callee in _callees(graph, targets):
                callers.setdefault(callee, []).append(graph)
        waiting = list(self.bits)
        while waiting:
            callee = waiting.pop()
            for caller in callers.get(callee, ()):
                if self._join(caller, callee):
                    waiting.append(caller)

    def written(self, graph: FunctionGraph) -> list[int] | None:
        """The alias classes in ascending order."""
        found = self.writes[graph]
        return None if found is None else sorted(found)

    def _start(self, graph: FunctionGraph, targets: Targets) -> None:
        bits = 0
        writes: set[int] | None = set()
        for block in graph.blocks:
            if isinstance(block.terminator, Raise) and block.terminator.on_error is None:
                bits |= RAISES
            for instruction in block.instructions:
                more = _own_bits(instruction, targets)
                if instruction.operation in RAW_WRITES:
                    raw = _raw_writes(graph)
                    bits |= more
                    writes = _joined(writes, raw)
                    continue
                if instruction.on_error is not None:
                    more &= ~RAISES
                bits |= more
                if _writes_slots(instruction, more):
                    self.slot_writers.add(graph)
                writes = _joined(writes, _own_writes(instruction, more))
        self.bits[graph] = bits
        self.writes[graph] = writes

    def _join(self, caller: FunctionGraph, callee: FunctionGraph) -> bool:
        """Exceptions are taken to leave the caller too, even if it catches some of them."""
        passed = self.bits[callee]
        if _fills_text(callee) and not _fills_text(caller) and self.writes[callee] == set():
            passed &= ~WRITES  # the caller made the text; seen from outside, it only gives one
        bits = self.bits[caller] | passed
        writes = _joined(self.writes[caller], self.writes[callee])
        changed = bits != self.bits[caller] or writes != self.writes[caller]
        if callee in self.slot_writers and caller not in self.slot_writers:
            self.slot_writers.add(caller)
            changed = True
        self.bits[caller] = bits
        self.writes[caller] = writes
        return changed


def _callees(graph: FunctionGraph, targets: Targets) -> dict[FunctionGraph, None]:
    return {t: None for block in graph.blocks for instruction in block.instructions for t in targets(instruction)}


def _writes_slots(instruction: Instruction, bits: int) -> bool:
    """Whether the operation itself does: all that touch slots do, but for plain reads."""
    if not bits & SLOTS or instruction.operation == ops.SLOT_LOAD:
        return False
    return not (isinstance(instruction.immediate, FieldLayout) and instruction.operation == ops.LOAD_FIELD)


def _joined(a: set[int] | None, b: set[int] | None) -> set[int] | None:
    return None if a is None or b is None else a | b


def _own_bits(instruction: Instruction, targets: Targets) -> int:
    if isinstance(instruction.immediate, External):
        return instruction.immediate.effects
    if instruction.operation in _CALLS:
        return 0 if targets(instruction) else ANYTHING
    if instruction.operation in (ops.ENTER_JIT, ops.MERGE_POINT):
        return ANYTHING  # a portal runs guest code
    if isinstance(instruction.immediate, FieldLayout) and is_stack_field(instruction.immediate):
        return SLOTS
    return TABLE[instruction.operation].effects & ~CONTROL


def _own_writes(instruction: Instruction, bits: int) -> set[int] | None:
    """None if it may write anything."""
    if not bits & WRITES:
        return set()
    immediate = instruction.immediate
    if isinstance(immediate, FieldLayout) and immediate.alias >= 0:
        return {immediate.alias}
    if isinstance(immediate, ClassLayout) and immediate.alias >= 0:
        return {immediate.alias}
    if isinstance(immediate, External) and immediate.symbol != "tw_call_native":
        return set()  # the outside world is no memory that traces load from
    return None


def _raw_writes(graph: FunctionGraph) -> set[int] | None:
    """What the raw stores of a library function can change that traces load: the elements of arrays it was given (as in
    `copy_items`); texts and bytes are not loaded by traces. Of functions elsewhere nothing is known."""
    if not graph.module.startswith(_LIBRARY):
        return None
    layouts = [parameter.type.layout for parameter in graph.parameters if isinstance(parameter.type, Instance)]
    return {layout.alias for layout in layouts if layout.shape in ("array", "words")}


def _fills_text(graph: FunctionGraph) -> bool:
    """Whether the raw stores go into a str that nobody else has yet. Then they are no visible effect of whoever made that;
    but they are one of the call itself, which a trace may hold alone: it follows the maker, not the filler."""
    return any(parameter.type is STR_BUFFER for parameter in graph.parameters)
