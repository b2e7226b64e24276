"""Calls of very small functions replaced by what those do.

    def field_a(word: int) -> int:          t0 = call field_a(word)     becomes     t0 = int_rshift(word, 8)
        return word >> 8 & 255                                                      t1 = int_and(t0, 255)

The C compiler would do this too; it is done here for the tracer and the blackhole, which otherwise enter and leave a frame for
each field of a bytecode. Only straight-line functions that cannot raise and call nothing are taken, so nothing else changes:
no exception edge, no effect, no place in a guest program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracewright.core import operations as op
from tracewright.core.effects import CONTROL, RAISES
from tracewright.core.operations import TABLE
from tracewright.core.vm_stack import VMStack
from tracewright.translate.flow.graph import FunctionGraph, Instruction, Operand, Return, Variable
from tracewright.translate.flow.simplify import simplify
from tracewright.translate.flow.types import FieldLayout

MOST_INSTRUCTIONS: Final = 8  # a constructor of a handful of fields; larger bodies are better shared
ROUNDS: Final = 3  # functions made of small functions become small themselves
_CALLS: Final = frozenset({op.CALL, op.CALL_METHOD, op.CALL_POINTER, op.CALL_C})
# Traces have no operations for these, so a function that held them after inlining could not be traced.
_RAW: Final = frozenset(
    {
        op.RAW_LOAD8,
        op.RAW_LOAD16,
        op.RAW_LOAD32,
        op.RAW_LOAD64,
        op.RAW_LOAD_FLOAT,
        op.RAW_STORE8,
        op.RAW_STORE16,
        op.RAW_STORE32,
        op.RAW_STORE64,
        op.RAW_STORE_FLOAT,
        op.COPY_MEMORY,
        op.ZERO_MEMORY,
    }
)
_KEPT_HINTS: Final = frozenset({"elidable", "dont_look_inside", "rare"})  # these speak of the call itself


def inline_small_functions(graphs: Sequence[FunctionGraph]) -> None:
    """Do it everywhere."""
    small = {graph for graph in graphs if _is_small(graph)}
    for _ in range(ROUNDS):
        changed = [graph for graph in graphs if _inline_into(graph, small)]
        more = {graph for graph in changed if graph not in small and _is_small(graph)}
        if not more:
            return
        small |= more


def _is_small(graph: FunctionGraph) -> bool:
    if len(graph.blocks) != 1 or graph.hints & _KEPT_HINTS or not isinstance(graph.entry.terminator, Return):
        return False
    instructions = graph.entry.instructions
    return len(instructions) <= MOST_INSTRUCTIONS and all(_is_plain(instruction) for instruction in instructions)


def _is_plain(instruction: Instruction) -> bool:
    if instruction.operation in _CALLS or instruction.operation in _RAW or instruction.results:
        return False
    if isinstance(instruction.immediate, FieldLayout) and instruction.immediate.owner.python_class is VMStack:
        return False
    return TABLE[instruction.operation].effects & (RAISES | CONTROL) == 0


def _inline_into(graph: FunctionGraph, small: set[FunctionGraph]) -> bool:
    replaced: dict[Variable, Operand] = {}
    changed = False
    for block in graph.blocks:
        if not any(_callee(instruction, small, graph) for instruction in block.instructions):
            continue
        changed = True
        instructions: list[Instruction] = []
        for instruction in block.instructions:
            callee = _callee(instruction, small, graph)
            if callee is None:
                instructions.append(instruction)
            else:
                _copy(callee, instruction, instructions, replaced)
        block.instructions = instructions
    if changed:
        simplify(graph, replaced)
    return changed


def _callee(instruction: Instruction, small: set[FunctionGraph], caller: FunctionGraph) -> FunctionGraph | None:
    callee = instruction.immediate
    if instruction.operation != op.CALL or not isinstance(callee, FunctionGraph):
        return None
    return callee if callee in small and callee is not caller else None


def _copy(
    callee: FunctionGraph, call: Instruction, instructions: list[Instruction], replaced: dict[Variable, Operand]
) -> None:
    """Append the callee's instructions over the call's operands; its result stands for the call's."""
    values: dict[Operand, Operand] = dict(zip(callee.parameters, call.operands, strict=True))

    def value_of(operand: Operand) -> Operand:
        return values.get(operand, operand) if isinstance(operand, Variable) else operand

    for instruction in callee.entry.instructions:
        operands = [value_of(operand) for operand in instruction.operands]
        result = None
        if instruction.result is not None:
            result = Variable(instruction.result.type, instruction.result.kind, instruction.result.name)
            values[instruction.result] = result
        instructions.append(
            # The place of the call: the author's function is where debuggers, profilers and `tracewright report` should point.
            Instruction(instruction.operation, operands, result, call.span, instruction.immediate)
        )
    end = callee.entry.terminator
    assert isinstance(end, Return)
    if call.result is not None and end.value is not None:
        replaced[call.result] = value_of(end.value)
