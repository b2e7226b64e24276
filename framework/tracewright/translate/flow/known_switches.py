"""Tests of a value behind a switch on the same value: the switch leads past them.

    switch op 4: b1() 5: b1() else b2()                       switch op 4: b3() 5: b4() 6: b5() else b6()
    b1():  t = int_eq(op, 4)   branch t b3() b4()      to
    b2():  switch op 6: b5() else b6()

So handlers of an interpreter may share a case and still differ in parts, and its dispatch may stand in several functions marked `inlined`,
each with a `match` of its own whose last case goes on to the next: all of them are one switch. That the value is computed anew
there, as `opcode(word)` is, makes no difference, if what it is computed from stands before the switch in the same block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, final

from tracewright.core import roles
from tracewright.core.operations import TABLE
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Constant,
    Edge,
    FunctionGraph,
    Instruction,
    Operand,
    Switch,
    Variable,
)
from tracewright.translate.flow.simplify import edges_of, operands_of_terminator, simplify, substitute_in
from tracewright.translate.flow.types import INT

LONGEST_WAY: Final = 64  # blocks that one case is led past: they may lead round in a circle


def lead_past_known_tests(graphs: Sequence[FunctionGraph]) -> None:
    """Do it everywhere."""
    for graph in graphs:
        switches = [block.terminator for block in graph.blocks if isinstance(block.terminator, Switch)]
        if switches:
            changed = [_Leading(graph, switch).run() for switch in switches]
            if any(changed):
                simplify(graph, {})


Values = dict[
    Variable, Operand | None
]  # what stands for parameters and results of a block on one way into it; None: that is not known


@final
class _Leading:
    """One switch and what is behind it."""

    def __init__(self, graph: FunctionGraph, switch: Switch) -> None:
        self.switch = switch
        self.source: Final = _source(graph, switch.value)
        if self.source is not None:
            _compute_where_used(graph, self.source)
        self.users: Final = _users(graph)

    def run(self) -> bool:
        """Take in the cases of a switch behind the last case, and lead all past the tests that they decide; gives whether anything changed."""
        changed = False
        for _ in range(LONGEST_WAY):
            if not self.take_in():
                break
            changed = True
        led: dict[tuple[object, ...], Edge] = {}  # cases that shared an edge and still go the same way share one
        for value, edge in self.switch.cases.items():
            way = edge
            for _ in range(LONGEST_WAY):
                onward = self.onward(way, value)
                if onward is None:
                    break
                way = onward
            if way is not edge:
                key = (edge, way.target, *map(id, way.arguments))
                self.switch.cases[value] = led.setdefault(key, way)
                changed = True
        return changed

    def take_in(self) -> bool:
        """Make a switch on the same value, to which the last case leads, part of this one."""
        default = self.switch.default
        inner = default.target.terminator
        if not isinstance(inner, Switch) or inner is self.switch:
            return False
        values = self.values_in(default, None)
        if values is None or _value(inner.value, values) is not self.switch.value:
            return False
        edges = {value: _led(edge, values) for value, edge in inner.cases.items()}
        last = _led(inner.default, values)
        if last is None or None in edges.values():
            return False
        self.switch.cases |= {v: e for v, e in edges.items() if v not in self.switch.cases and e is not None}
        self.switch.default = last
        return True

    def onward(self, edge: Edge, value: int) -> Edge | None:
        """Where an edge leads past its target, if the switch's value decides that."""
        values = self.values_in(edge, value)
        if values is None:
            return None
        match edge.target.terminator:
            case Branch(condition=condition, true=true, false=false):
                decided = self.number(condition, values, value)
                return None if decided is None else _led(true if decided else false, values)
            case Switch(value=tested, cases=cases, default=default):
                decided = self.number(tested, values, value)
                return None if decided is None else _led(cases.get(decided, default), values)
            case _:
                return None

    def values_in(self, edge: Edge, value: int | None) -> Values | None:
        """What the target's parameters and instructions give on this edge, as far as the switch's value tells. None if the block
        does more than compute that, or others need it."""
        block = edge.target
        if len(block.parameters) != len(edge.arguments):
            return None  # a handler
        values: Values = dict(zip(block.parameters, edge.arguments, strict=True))
        for instruction in block.instructions:
            if TABLE[instruction.operation].role != roles.PURE or instruction.result is None:
                return None
            values[instruction.result] = self.computed(instruction, values, value)
        if any(self.users.get(variable, set()) - {block} for variable in values):
            return None
        return values

    def computed(self, instruction: Instruction, values: Values, value: int | None) -> Operand | None:
        """What an instruction gives, if that is known."""
        if self.source is not None and instruction.operation == self.source.operation:
            if [_value(operand, values) for operand in instruction.operands] == self.source.operands:
                return self.switch.value
        meaning = TABLE[instruction.operation].meaning
        numbers = [self.number(operand, values, value) for operand in instruction.operands]
        if meaning is None or None in numbers or instruction.result is None or instruction.result.kind != "i":
            return None
        return Constant(int(meaning(*numbers)), "i", INT)

    def number(self, operand: Operand, values: Values, value: int | None) -> int | None:
        """The operand as a number, if it is known."""
        found = _value(operand, values)
        if found is self.switch.value:
            return value
        return found.value if isinstance(found, Constant) and isinstance(found.value, int) else None


def _value(operand: Operand, values: Values) -> Operand | None:
    return values.get(operand, operand) if isinstance(operand, Variable) else operand


def _led(edge: Edge, values: Values) -> Edge | None:
    """The edge as it leaves from before its block."""
    arguments = [_value(argument, values) for argument in edge.arguments]
    known = [argument for argument in arguments if argument is not None]
    return Edge(edge.target, known) if len(known) == len(arguments) else None


def _source(graph: FunctionGraph, value: Operand) -> Instruction | None:
    """The instruction that computes it, if that is pure."""
    for block in graph.blocks:
        for instruction in block.instructions:
            if instruction.result is value and TABLE[instruction.operation].role == roles.PURE:
                return instruction
    return None


def _compute_where_used(graph: FunctionGraph, source: Instruction) -> None:
    """What computes the same as `source` again does so in each block that needs it, so that no block needs another for it."""
    again: dict[Variable, tuple[Block, Instruction]] = {}
    for block in graph.blocks:
        for instruction in block.instructions:
            if instruction is not source and instruction.operation == source.operation:
                if instruction.operands == source.operands and instruction.result is not None:
                    again[instruction.result] = (block, instruction)
    for block in graph.blocks:
        copies: list[Instruction] = []
        for variable, (home, instruction) in again.items():
            if block is not home and variable in _used_in(block):
                result = Variable(variable.type, variable.kind, variable.name)
                copies.append(Instruction(instruction.operation, list(instruction.operands), result, instruction.span))
                substitute_in(block, {variable: result})
        block.instructions[:0] = copies


def _used_in(block: Block) -> Iterator[Operand]:
    for instruction in block.instructions:
        yield from instruction.operands
    yield from operands_of_terminator(block)
    for edge in edges_of(block):
        yield from edge.arguments


def _users(graph: FunctionGraph) -> dict[Variable, set[Block]]:
    """The blocks in which each variable is used."""
    found: dict[Variable, set[Block]] = {}
    for block in graph.blocks:
        for operand in _used_in(block):
            if isinstance(operand, Variable):
                found.setdefault(operand, set()).add(block)
    return found
