"""Calls of functions marked `inlined` replaced by copies of their blocks, branches, loops and exceptions included.

    b0(x):  t0 = call f(x)  on error b9()     becomes     b0(x):  t1 = int_add_ovf(x, 1)  on error b9()
            jump b1(t0)                                           jump b5(t1)
    f(y):   t1 = int_add_ovf(y, 1)                        b5(t0): jump b1(t0)
            return t1

So pieces that several handlers of an interpreter share cost nothing: the C compiler and the tracer see one function. (Small straight
functions need no mark: inline.py.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, final

from tracewright.core import operations as op
from tracewright.core.effects import RAISES
from tracewright.core.operations import TABLE
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Edge,
    FunctionGraph,
    Instruction,
    Jump,
    Operand,
    Raise,
    Return,
    Switch,
    Terminator,
    Unreachable,
    Variable,
)
from tracewright.translate.flow.simplify import simplify

INLINED: Final = "inlined"  # the hint


def splice_marked_functions(graphs: Sequence[FunctionGraph]) -> None:
    """Do it everywhere, in the marked functions themselves first."""
    done: set[FunctionGraph] = set()
    for graph in graphs:
        _splice_into(graph, done, ())


def _splice_into(graph: FunctionGraph, done: set[FunctionGraph], outer: tuple[FunctionGraph, ...]) -> None:
    if graph in done:
        return
    done.add(graph)
    changed = False
    waiting = list(graph.blocks)
    while waiting:
        block = waiting.pop()
        for index, instruction in enumerate(block.instructions):
            callee = instruction.immediate
            if instruction.operation != op.CALL or not isinstance(callee, FunctionGraph) or INLINED not in callee.hints:
                continue
            if callee is graph or callee in outer:
                continue  # it calls itself, perhaps by others
            _splice_into(callee, done, (*outer, graph))
            waiting.append(_Splice(graph, block, index, callee).run())
            changed = True
            break
    if changed:
        simplify(graph, {})


@final
class _Splice:
    """One call on its way to becoming blocks."""

    def __init__(self, graph: FunctionGraph, block: Block, index: int, callee: FunctionGraph) -> None:
        self.graph = graph
        self.block = block
        self.call = block.instructions[index]
        self.callee = callee
        self.after = Block(0, [], block.instructions[index + 1 :], block.terminator)
        if callee.result_kind != "v" and self.call.result is not None:
            self.after.parameters.append(self.call.result)
        block.instructions = block.instructions[:index]
        self.values: dict[Variable, Operand] = dict(zip(callee.parameters, self.call.operands, strict=True))
        self.copies: dict[Block, Block] = {}

    def run(self) -> Block:
        """Put the copies between what comes before the call and what comes after; gives the block of the latter."""
        for original in self.callee.blocks:
            copy = self.copies[original] = Block(0)
            if original is not self.callee.entry:
                copy.parameters = [self.new(parameter) for parameter in original.parameters]
        pieces = [piece for original in self.callee.blocks for piece in self.copied(original)]
        self.block.terminator = Jump(Edge(self.copies[self.callee.entry]))
        place = self.graph.blocks.index(self.block) + 1
        self.graph.blocks[place:place] = [*pieces, self.after]
        return self.after

    def new(self, variable: Variable) -> Variable:
        copy = Variable(variable.type, variable.kind, variable.name)
        self.values[variable] = copy
        return copy

    def value(self, operand: Operand) -> Operand:
        if not isinstance(operand, Variable):
            return operand
        if operand not in self.values:
            return self.new(operand)  # defined in a block that is copied later
        return self.values[operand]

    def edge(self, edge: Edge) -> Edge:
        return Edge(self.copies[edge.target], [self.value(argument) for argument in edge.arguments])

    def error_edge(self, edge: Edge | None) -> Edge | None:
        """Where an exception goes: to a handler of the function itself, or else where the call sent it."""
        if edge is not None:
            return self.edge(edge)
        outside = self.call.on_error
        return None if outside is None else Edge(outside.target, list(outside.arguments))

    def copied(self, original: Block) -> list[Block]:
        """The copy, in several blocks where an instruction in the middle may now raise to a handler."""
        block = self.copies[original]
        blocks = [block]
        for instruction in original.instructions:
            copy = self.instruction(instruction)
            block.instructions.append(copy)
            if copy.on_error is not None:
                onward = Block(0)
                block.terminator = Jump(Edge(onward))
                blocks.append(onward)
                block = onward
        block.terminator = self.terminator(original.terminator)
        return blocks

    def instruction(self, instruction: Instruction) -> Instruction:
        result = instruction.result
        if result is not None:
            made = self.value(result)
            assert isinstance(made, Variable)
            result = made
        raises = instruction.on_error is not None or TABLE[instruction.operation].effects & RAISES != 0
        return Instruction(
            instruction.operation,
            [self.value(operand) for operand in instruction.operands],
            result,
            self.call.span,  # as in inline.py: the author's function is where debuggers and profilers should point
            instruction.immediate,
            self.error_edge(instruction.on_error) if raises else None,
        )

    def terminator(self, terminator: Terminator | None) -> Terminator:
        match terminator:
            case Jump(edge=edge):
                return Jump(self.edge(edge))
            case Branch(condition=condition, true=true, false=false, likely=likely):
                return Branch(self.value(condition), self.edge(true), self.edge(false), likely)
            case Switch(value=value, cases=cases, default=default):
                edges = {
                    id(edge): self.edge(edge) for edge in cases.values()
                }  # cases that share an edge go on sharing it
                return Switch(
                    self.value(value), {case: edges[id(edge)] for case, edge in cases.items()}, self.edge(default)
                )
            case Return(value=result):
                arguments = [self.value(result)] if result is not None and self.after.parameters else []
                return Jump(Edge(self.after, arguments))
            case Raise(exception=exception, span=span, on_error=on_error):
                return Raise(self.value(exception), span, self.error_edge(on_error))
            case _:
                return Unreachable()
