"""Which functions the tracer looks into. All others stay calls in the trace.

Looked into: whatever the portal reaches, except functions that say `dont_look_inside` or `elidable`; functions with loops that do
not say `unroll_safe` (a trace would hold each turn); functions that touch raw memory, bytes or the insides of the VM stack
(a trace has no operations for them).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core import operations as ops
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
_ITEMS: Final = frozenset({ops.LOAD_ITEM, ops.STORE_ITEM, ops.NEW_ARRAY})
_TRACEABLE_SHAPES: Final = frozenset({"array", "words"})


def why_not(graph: FunctionGraph) -> str:
    """Why the tracer does not look into a function; empty if it does."""
    if graph.portal is not None:
        return ""
    for hint in ("dont_look_inside", "elidable"):
        if hint in graph.hints:
            return hint
    for block in graph.blocks:
        for instruction in block.instructions:
            reason = _untraceable(instruction)
            if reason:
                return reason
    if "unroll_safe" not in graph.hints and has_loop(graph):
        return "loop"
    return ""


def _untraceable(instruction: Instruction) -> str:
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


def has_loop(graph: FunctionGraph) -> bool:
    """Whether some block can be reached from itself."""
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
            return True
        if target not in finished:
            path.add(target)
            stack.append((target, [edge.target for edge in edges_of(target)]))
    return False


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
