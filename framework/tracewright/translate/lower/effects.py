"""What calling each function may do: effect bits, and the alias classes of fields and arrays it reads and writes.

Functions that call each other in a circle share one answer; the others are answered callees first (Tarjan's order).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import final

from tracewright.core import operations as op
from tracewright.core.effects import ANYTHING, RAISES
from tracewright.core.operations import TABLE
from tracewright.translate.flow.graph import Constant, FunctionGraph, Instruction, Raise
from tracewright.translate.infer.types import ClassLayout, FieldLayout, FunctionType, MethodSlot
from tracewright.translate.lower.externals import External


@final
@dataclass(frozen=True, slots=True)
class AliasSets:
    """Alias numbers of the fields and array elements that may be read and written."""

    reads: frozenset[int]
    writes: frozenset[int]


@final
class _Summary:
    """One function's own effects, and whom it calls (`caught`: whether a handler takes what the callee raises)."""

    __slots__ = ("callees", "effects", "reads", "writes")

    def __init__(self) -> None:
        self.effects = 0
        self.reads: set[int] = set()
        self.writes: set[int] = set()
        self.callees: list[tuple[FunctionGraph, bool]] = []


def effects_of(graphs: Sequence[FunctionGraph]) -> tuple[dict[FunctionGraph, int], dict[FunctionGraph, AliasSets]]:
    """Effects and accesses of every function, those of its callees included."""
    addressed = _addressed(graphs)
    summaries = {graph: _summary(graph, addressed) for graph in graphs}
    effects: dict[FunctionGraph, int] = {}
    accesses: dict[FunctionGraph, AliasSets] = {}
    for group in _groups(graphs, summaries):
        members = set(group)
        reads: set[int] = set()
        writes: set[int] = set()
        shared = 0
        raises = 0
        for graph in group:
            summary = summaries[graph]
            shared |= summary.effects
            reads |= summary.reads
            writes |= summary.writes
            for callee, caught in summary.callees:
                if callee in members:
                    continue
                found = effects.get(callee, ANYTHING)
                shared |= found & ~RAISES
                raises |= 0 if caught else found & RAISES
                reads |= accesses[callee].reads if callee in accesses else set()
                writes |= accesses[callee].writes if callee in accesses else set()
        is_circle = len(group) > 1 or any(callee in members for callee, _ in summaries[group[0]].callees)
        if is_circle:
            raises = RAISES  # RecursionError, if nothing else
        sets = AliasSets(frozenset(reads), frozenset(writes))
        for graph in group:
            effects[graph] = shared | raises
            accesses[graph] = sets
    return effects, accesses


def _addressed(graphs: Sequence[FunctionGraph]) -> dict[tuple[tuple[str, ...], str], list[FunctionGraph]]:
    """Functions whose address is a constant, by machine signature."""
    found: dict[FunctionGraph, None] = {}
    for graph in graphs:
        for block in graph.blocks:
            for instruction in block.instructions:
                for operand in instruction.operands:
                    if isinstance(operand, Constant) and isinstance(operand.value, FunctionGraph):
                        found[operand.value] = None
    result: dict[tuple[tuple[str, ...], str], list[FunctionGraph]] = {}
    for graph in found:
        kinds = tuple(parameter.kind for parameter in graph.parameters)
        result.setdefault((kinds, graph.result_kind), []).append(graph)
    return result


def _summary(graph: FunctionGraph, addressed: dict[tuple[tuple[str, ...], str], list[FunctionGraph]]) -> _Summary:
    summary = _Summary()
    for block in graph.blocks:
        for instruction in block.instructions:
            _add(summary, instruction)
        if isinstance(block.terminator, Raise) and block.terminator.on_error is None:
            summary.effects |= RAISES
    return summary


def _add(summary: _Summary, instruction: Instruction) -> None:
    caught = instruction.on_error is not None
    immediate = instruction.immediate
    match instruction.operation:
        case op.CALL:
            assert isinstance(immediate, FunctionGraph)
            summary.callees.append((immediate, caught))
            return
        case op.CALL_METHOD:
            assert isinstance(immediate, MethodSlot)
            summary.callees.extend((graph, caught) for graph in _implementations(immediate))
            return
        case op.CALL_POINTER:
            assert isinstance(immediate, FunctionType)
            effects = ANYTHING
        case op.CALL_C:
            assert isinstance(immediate, External)
            effects = immediate.effects
        case _:
            effects = TABLE[instruction.operation].effects
    if caught:
        effects &= ~RAISES
    summary.effects |= effects
    match instruction.operation:
        case op.LOAD_FIELD:
            assert isinstance(immediate, FieldLayout)
            summary.reads.add(immediate.alias)
        case op.STORE_FIELD:
            assert isinstance(immediate, FieldLayout)
            summary.writes.add(immediate.alias)
        case op.LOAD_ITEM:
            assert isinstance(immediate, ClassLayout)
            summary.reads.add(immediate.alias)
        case op.STORE_ITEM:
            assert isinstance(immediate, ClassLayout)
            summary.writes.add(immediate.alias)
        case _:
            pass


def _implementations(slot: MethodSlot) -> Iterator[FunctionGraph]:
    seen: set[FunctionGraph] = set()
    stack = [slot.owner]
    while stack:
        layout = stack.pop()
        graph = layout.vtable.get(slot)
        if graph is not None and graph not in seen:
            seen.add(graph)
            yield graph
        stack.extend(layout.subclasses)


def _groups(graphs: Sequence[FunctionGraph], summaries: dict[FunctionGraph, _Summary]) -> Iterator[list[FunctionGraph]]:
    """Strongly connected components of the call graph, callees before callers; without recursion, as call chains are long."""
    number: dict[FunctionGraph, int] = {}
    lowest: dict[FunctionGraph, int] = {}
    open_functions: list[FunctionGraph] = []
    is_open: set[FunctionGraph] = set()
    for root in graphs:
        if root in number:
            continue
        number[root] = lowest[root] = len(number)
        open_functions.append(root)
        is_open.add(root)
        stack = [(root, iter(summaries[root].callees))]
        while stack:
            graph, rest = stack[-1]
            for callee, _ in rest:
                if callee not in summaries:
                    continue
                if callee not in number:
                    number[callee] = lowest[callee] = len(number)
                    open_functions.append(callee)
                    is_open.add(callee)
                    stack.append((callee, iter(summaries[callee].callees)))
                    break
                if callee in is_open:
                    lowest[graph] = min(lowest[graph], number[callee])
            else:
                stack.pop()
                if stack:
                    caller = stack[-1][0]
                    lowest[caller] = min(lowest[caller], lowest[graph])
                if lowest[graph] == number[graph]:
                    group = []
                    while True:
                        member = open_functions.pop()
                        is_open.discard(member)
                        group.append(member)
                        if member is graph:
                            break
                    yield group
