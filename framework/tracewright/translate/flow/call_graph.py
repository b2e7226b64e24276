"""Who calls whom: which functions can recurse (they check the native stack) and which can raise (their callers test for it)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, final

from tracewright.core.effects import RAISES
from tracewright.core.operations import CALL, CALL_C, CALL_METHOD, CALL_POINTER, TABLE
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import FunctionGraph, Instruction, Raise
from tracewright.translate.flow.types import ClassLayout, FunctionType, MethodSlot

Implementations = Callable[[MethodSlot], list[FunctionGraph]]
Pointees = Callable[[FunctionType], list[FunctionGraph]]


@final
class CallGraph:
    """`recursive` holds the functions on a cycle of calls, `raising` those that may return with an exception pending.

    Calls by pointer may reach any function of that type whose address is taken.
    """

    def __init__(self, graphs: list[FunctionGraph], implementations: Implementations, pointees: Pointees) -> None:
        self._implementations = implementations
        self._pointees = pointees
        self.callees: Final = {graph: self._callees_of(graph) for graph in graphs}
        self.recursive: Final = _on_cycles(self.callees)
        self.raising: Final = self._raising()

    def targets(self, instruction: Instruction) -> list[FunctionGraph]:
        """The functions that a call instruction may enter."""
        match instruction.immediate:
            case FunctionGraph() as graph if instruction.operation == CALL:
                return [graph]
            case MethodSlot() as slot if instruction.operation == CALL_METHOD:
                return self._implementations(slot)
            case FunctionType() as function_type if instruction.operation == CALL_POINTER:
                return self._pointees(function_type)
            case _:
                return []

    def _callees_of(self, graph: FunctionGraph) -> list[FunctionGraph]:
        found: dict[FunctionGraph, None] = {}
        for block in graph.blocks:
            for instruction in block.instructions:
                found.update(dict.fromkeys(self.targets(instruction)))
        return list(found)

    def _raising(self) -> set[FunctionGraph]:
        """Everything that raises by itself or recurses, then, again and again, what calls such a function unguarded."""
        raising = set(self.recursive)
        unguarded: dict[FunctionGraph, list[FunctionGraph]] = {}
        for graph in self.callees:
            for instruction in _leaving(graph):
                if self._raises_itself(instruction):
                    raising.add(graph)
                for target in self.targets(instruction):
                    unguarded.setdefault(target, []).append(graph)
            if any(isinstance(b.terminator, Raise) and b.terminator.on_error is None for b in graph.blocks):
                raising.add(graph)
        waiting = list(raising)
        while waiting:
            for caller in unguarded.get(waiting.pop(), ()):
                if caller not in raising:
                    raising.add(caller)
                    waiting.append(caller)
        return raising

    def _raises_itself(self, instruction: Instruction) -> bool:
        if isinstance(instruction.immediate, External):
            return bool(instruction.immediate.effects & RAISES)
        if instruction.operation in (CALL, CALL_METHOD, CALL_POINTER, CALL_C):
            return instruction.operation == CALL_POINTER and not self.targets(instruction)
        return bool(TABLE[instruction.operation].effects & RAISES)


def implementations_of(layouts: Iterable[ClassLayout]) -> dict[MethodSlot, list[FunctionGraph]]:
    """The functions that a call of each virtual method may enter."""
    found: dict[MethodSlot, dict[FunctionGraph, None]] = {}
    for layout in layouts:
        for slot, graph in layout.vtable.items():
            found.setdefault(slot, {})[graph] = None
    return {slot: list(graphs) for slot, graphs in found.items()}


def _leaving(graph: FunctionGraph) -> Iterator[Instruction]:
    """Instructions whose exception leaves the function."""
    for block in graph.blocks:
        for instruction in block.instructions:
            if instruction.on_error is None:
                yield instruction


def _on_cycles(callees: dict[FunctionGraph, list[FunctionGraph]]) -> set[FunctionGraph]:
    """Members of strongly connected components with a cycle (Tarjan's algorithm with an explicit stack)."""
    index: dict[FunctionGraph, int] = {}
    low: dict[FunctionGraph, int] = {}
    path: list[FunctionGraph] = []
    on_path: set[FunctionGraph] = set()
    found: set[FunctionGraph] = set()
    for root in callees:
        if root in index:
            continue
        work = [(root, iter(callees[root]))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            graph, rest = work[-1]
            callee = next(rest, None)
            if callee is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[graph])
                if low[graph] == index[graph]:
                    _close_component(graph, path, on_path, callees, found)
            elif callee not in index:
                index[callee] = low[callee] = len(index)
                path.append(callee)
                on_path.add(callee)
                work.append((callee, iter(callees.get(callee, ()))))
            elif callee in on_path:
                low[graph] = min(low[graph], index[callee])
    return found


def _close_component(
    root: FunctionGraph,
    path: list[FunctionGraph],
    on_path: set[FunctionGraph],
    callees: dict[FunctionGraph, list[FunctionGraph]],
    found: set[FunctionGraph],
) -> None:
    position = path.index(root)
    members = path[position:]
    del path[position:]
    on_path.difference_update(members)
    if len(members) > 1 or root in callees.get(root, ()):
        found.update(members)
