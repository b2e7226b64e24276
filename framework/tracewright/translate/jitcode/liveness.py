"""Which variables still matter at each place of a function.

Sets of variables are ints used as bit rows: bit n is variable `numbers[n]`. A portal has thousands of variables, and Python
joins such rows a word at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import final

from tracewright.translate.flow.graph import Block, Edge, FunctionGraph, Instruction, Operand, Variable
from tracewright.translate.flow.simplify import edges_of, operands_of_terminator


@final
@dataclass(slots=True)
class LiveVariables:
    """`live_in[b]`: variables defined elsewhere that block b or a later one uses; `at_start[b]`: those and the used parameters
    of b. `order`: blocks, dominators first."""

    order: list[Block] = field(default_factory=list)
    variables: list[Variable] = field(default_factory=list)
    numbers: dict[Variable, int] = field(default_factory=dict)
    live_in: dict[Block, int] = field(default_factory=dict)
    at_start: dict[Block, int] = field(default_factory=dict)

    def row(self, operands: Iterable[Operand]) -> int:
        """The variables among the operands."""
        bits = 0
        for operand in operands:
            if isinstance(operand, Variable):
                bits |= 1 << self.numbers[operand]
        return bits

    def on_edge(self, edge: Edge) -> int:
        """What matters on the way to an edge's target, its arguments included."""
        return self.row(edge.arguments) | self.live_in[edge.target]

    def at_end(self, block: Block) -> int:
        """What matters before the block's terminator."""
        live = self.row(operands_of_terminator(block))
        for edge in edges_of(block):
            live |= self.on_edge(edge)
        return live

    def backward(self, block: Block) -> Iterator[tuple[Instruction, int, int]]:
        """The block's instructions from the last to the first: what matters before each, and after it without its results."""
        live = self.at_end(block)
        for instruction in reversed(block.instructions):
            after = live & ~self.row(results_of(instruction))
            if instruction.on_error is not None:
                after |= self.on_edge(instruction.on_error)
            live = after | self.row(instruction.operands)
            yield instruction, live, after

    def members(self, row: int) -> list[Variable]:
        """The variables of a row."""
        result = []
        while row:
            lowest = row & -row
            result.append(self.variables[lowest.bit_length() - 1])
            row ^= lowest
        return result


def results_of(instruction: Instruction) -> list[Variable]:
    """All variables an instruction defines."""
    return [instruction.result, *instruction.results] if instruction.result is not None else list(instruction.results)


def liveness_of(graph: FunctionGraph) -> LiveVariables:
    """Solve the equations of the whole function."""
    result = LiveVariables(order=_reverse_postorder(graph))
    for block in result.order:
        for variable in block.parameters:
            _number(result, variable)
        for instruction in block.instructions:
            for variable in results_of(instruction):
                _number(result, variable)
        result.live_in[block] = 0
    waiting = list(result.order)
    queued = set(waiting)
    predecessors: dict[Block, list[Block]] = {block: [] for block in result.order}
    for block in result.order:
        for edge in edges_of(block):
            predecessors[edge.target].append(block)
    while waiting:
        block = waiting.pop()
        queued.discard(block)
        live = result.at_end(block)
        for _, live, _ in result.backward(block):  # noqa: B007 - the last one is what matters
            pass
        result.at_start[block] = live
        live &= ~result.row(block.parameters)
        if live != result.live_in[block]:
            result.live_in[block] = live
            for predecessor in predecessors[block]:
                if predecessor not in queued:
                    queued.add(predecessor)
                    waiting.append(predecessor)
    return result


def _number(liveness: LiveVariables, variable: Variable) -> None:
    liveness.numbers[variable] = len(liveness.variables)
    liveness.variables.append(variable)


def _reverse_postorder(graph: FunctionGraph) -> list[Block]:
    seen = {graph.entry}
    postorder: list[Block] = []
    stack = [(graph.entry, [edge.target for edge in edges_of(graph.entry)])]
    while stack:
        block, targets = stack[-1]
        while targets and targets[-1] in seen:
            targets.pop()
        if targets:
            target = targets.pop()
            seen.add(target)
            stack.append((target, [edge.target for edge in edges_of(target)]))
        else:
            postorder.append(block)
            stack.pop()
    return postorder[::-1]
