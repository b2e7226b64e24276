"""Which functions the tracer looks into. All others stay calls in the trace.

Looked into: whatever the portal reaches, except functions that say `dont_look_inside` or `elidable`; functions with loops that do
not say `unroll_safe` (a trace would hold each turn); functions that touch raw memory or the insides of the VM stack (a trace
would not know what they change), unless they say `follow_raw_memory`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

from tracewright.core import operations as ops
from tracewright.core.errors import shown_path
from tracewright.core.source_span import NOWHERE, SourceSpan
from tracewright.translate.flow.graph import Block, FunctionGraph, Instruction
from tracewright.translate.flow.simplify import edges_of
from tracewright.translate.flow.types import ClassLayout, FieldLayout
from tracewright.translate.jitcode.writer import is_stack_field

RAW_WRITES: Final = frozenset(
    {
        ops.RAW_STORE8,
        ops.RAW_STORE16,
        ops.RAW_STORE32,
        ops.RAW_STORE64,
        ops.RAW_STORE_FLOAT,
        ops.COPY_MEMORY,
        ops.ZERO_MEMORY,
    }
)
_RAW_READS: Final = frozenset({ops.RAW_LOAD8, ops.RAW_LOAD16, ops.RAW_LOAD32, ops.RAW_LOAD64, ops.RAW_LOAD_FLOAT})
_FOLLOWED: Final = (RAW_WRITES | _RAW_READS) - {ops.COPY_MEMORY, ops.ZERO_MEMORY}
_ITEMS: Final = frozenset({ops.LOAD_ITEM, ops.STORE_ITEM, ops.NEW_ARRAY})
_TRACEABLE_SHAPES: Final = frozenset({"array", "words"})


@final
@dataclass(frozen=True, slots=True)
class Opaque:
    """Why the tracer does not look into a function: "loop", "raw memory", a hint ...; and where, if one place is to blame."""

    kind: str
    place: SourceSpan = NOWHERE

    def __str__(self) -> str:
        if self.place is NOWHERE:
            return self.kind
        return f"{self.kind} at {shown_path(self.place.path)}:{self.place.line}"


def why_not(graph: FunctionGraph) -> Opaque | None:
    """Why the tracer does not look into a function; None if it does."""
    if graph.portal is not None:
        return None
    for hint in ("dont_look_inside", "elidable"):
        if hint in graph.hints:
            return Opaque(hint)
    for block in graph.blocks:
        for instruction in block.instructions:
            reason = _untraceable(instruction, "follow_raw_memory" in graph.hints)
            if reason:
                return Opaque(reason, instruction.span)
    head = None if "unroll_safe" in graph.hints else loop_head(graph)
    return None if head is None else Opaque("loop", _place_of(head, graph))


def _untraceable(instruction: Instruction, follows_raw_memory: bool) -> str:
    if instruction.operation in _FOLLOWED and follows_raw_memory:
        return ""
    if instruction.operation in RAW_WRITES or instruction.operation in _RAW_READS:
        return "raw memory"
    immediate = instruction.immediate
    if (
        isinstance(immediate, ClassLayout)
        and instruction.operation in _ITEMS
        and immediate.shape not in _TRACEABLE_SHAPES
    ):
        return immediate.shape
    if isinstance(immediate, ClassLayout) and instruction.operation == ops.NEW_OBJECT and immediate.name == "VMStack":
        return "VM stack"
    if isinstance(immediate, FieldLayout) and is_stack_field(immediate) and immediate.name != "top":
        return "VM stack"
    return ""


def _place_of(head: Block, graph: FunctionGraph) -> SourceSpan:
    """Where the loop that begins with this block is written: its first instruction that the source has."""
    waiting, seen = [head], {head}
    while waiting:
        block = waiting.pop(0)
        for instruction in block.instructions:
            if instruction.span.line > 0:
                return instruction.span
        for edge in edges_of(block):
            if edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return graph.span


def loop_head(graph: FunctionGraph) -> Block | None:
    """A block that can be reached from itself, where there is one."""
    finished: set[Block] = set()
    path: set[Block] = {graph.entry}
    stack = [(graph.entry, [edge.target for edge in edges_of(graph.entry)])]
    while stack:
        block, targets = stack[-1]
        if not targets:
            stack.pop()
            path.discard(block)
            finished.add(block)
            continue
        target = targets.pop()
        if target in path:
            return target
        if target not in finished:
            path.add(target)
            stack.append((target, [edge.target for edge in edges_of(target)]))
    return None


def functions_to_look_into(
    portal: FunctionGraph, targets: Callable[[Instruction], list[FunctionGraph]]
) -> dict[FunctionGraph, int]:
    """The portal and what it reaches through functions that are looked into, numbered."""
    found = {portal: 0}
    waiting = [portal]
    while waiting:
        graph = waiting.pop()
        for block in graph.blocks:
            for instruction in block.instructions:
                for callee in targets(instruction):
                    if callee not in found and not why_not(callee):
                        found[callee] = len(found)
                        waiting.append(callee)
    return found
