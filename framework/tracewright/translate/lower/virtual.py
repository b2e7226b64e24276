"""Method calls settled once all classes are known: direct where one implementation is possible, gone where none is."""

from __future__ import annotations

from collections.abc import Iterable

from tracewright.core import operations as op
from tracewright.translate.flow.graph import FunctionGraph, Instruction, Unreachable
from tracewright.translate.flow.simplify import simplify
from tracewright.translate.flow.types import ClassLayout, MethodSlot


def settle_method_calls(calls: Iterable[tuple[Instruction, ClassLayout]], graphs: Iterable[FunctionGraph]) -> None:
    """Turn `call_method` into `call` where only one function can be meant. `calls` come with the static class of the receiver."""
    impossible: set[int] = set()
    known: dict[tuple[ClassLayout, MethodSlot], list[FunctionGraph]] = {}
    for instruction, layout in calls:
        slot = instruction.immediate
        assert isinstance(slot, MethodSlot)
        found = known.get((layout, slot))
        if found is None:
            found = known[layout, slot] = implementations(layout, slot)
        if len(found) == 1:
            instruction.operation = op.CALL
            instruction.immediate = found[0]
        elif not found:
            impossible.add(id(instruction))
    if impossible:
        for graph in graphs:
            _cut(graph, impossible)


def implementations(layout: ClassLayout, slot: MethodSlot) -> list[FunctionGraph]:
    """What a call through the slot on a receiver of this static class may reach."""
    found: dict[FunctionGraph, None] = {}
    stack = [layout]
    while stack:
        current = stack.pop()
        if current.instantiated and slot in current.vtable:
            found[current.vtable[slot]] = None
        stack.extend(current.subclasses)
    return list(found)


def _cut(graph: FunctionGraph, impossible: set[int]) -> None:
    """Code after a call on an object that cannot exist is never reached."""
    changed = False
    for block in graph.blocks:
        for position, instruction in enumerate(block.instructions):
            if _is_impossible(instruction, impossible):
                block.instructions = block.instructions[:position]
                block.terminator = Unreachable()
                changed = True
                break
    if changed:
        simplify(graph, {})


def _is_impossible(instruction: Instruction, impossible: set[int]) -> bool:
    return instruction.operation == op.CALL_METHOD and id(instruction) in impossible
