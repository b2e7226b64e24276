"""Which computations before an interpreter's dispatch are left to the handlers that need their results.

    word = load_item(words, pc)   a = int_and(int_rshift(word, 8), 65535)   b = int_rshift(word, 24)   switch int_and(word, 255)
    move:   slot_store(stack, a, slot_load(stack, b))          jump_back:   pc = b

Authors decode all operands of an instruction in one place, before the `match`. Each handler uses some of them; the C compiler computes them all at every
dispatch and keeps them in registers, because it does not move code into several successors. So what is pure, and used behind the switch only,
is written out at the beginning of each handler instead, in so far as the handler or what follows it reads it:

    move:   a = ...   b = ...   slot_store(...)                 jump_back:   b = ...   pc = b
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, final

from tracewright.core import roles
from tracewright.core.operations import TABLE
from tracewright.translate.emit_c.dispatch import Dispatch
from tracewright.translate.flow.graph import Block, FunctionGraph, Instruction, Variable
from tracewright.translate.flow.simplify import edges_of, operands_of_terminator


@final
@dataclass(slots=True)
class LeftToHandlers:
    """`instructions` are not written out in the chain, but at the beginning of each block behind the switch that `by_handler` names."""

    instructions: set[Instruction]
    by_handler: dict[Block, list[Instruction]]


def left_to_handlers(graph: FunctionGraph, dispatch: Dispatch) -> LeftToHandlers:
    """What the handlers of a dispatch compute for themselves, each list in the chain's order."""
    entries = entries_of(graph)
    alive = {
        instruction: alive_at_start(graph, instruction.result, entries, dispatch.chain)
        for block in dispatch.chain
        for instruction in block.instructions
        if TABLE[instruction.operation].role == roles.PURE and instruction.result is not None
    }
    late = _late(dispatch, alive)
    handlers: Final = [edge.target for edge in (*dispatch.table, dispatch.switch.default)]
    needed: dict[Block, set[Instruction]] = {handler: set() for handler in handlers}
    for instruction in reversed(late):  # what one of them needs for itself comes before it
        for handler, others in needed.items():
            if handler in alive[instruction] or any(instruction.result in other.operands for other in others):
                others.add(instruction)
    return LeftToHandlers(set(late), {handler: [i for i in late if i in chosen] for handler, chosen in needed.items()})


def _late(dispatch: Dispatch, alive: dict[Instruction, set[Block]]) -> list[Instruction]:
    """The pure instructions of the chain whose results nothing uses but each other and the blocks behind the switch."""
    behind = [id(edge) for edge in (*dispatch.table, dispatch.switch.default)]
    sides = {e.target for block in dispatch.chain for e in edges_of(block) if id(e) not in behind} - {*dispatch.chain}
    early: set[Variable] = set()
    late: list[Instruction] = []
    for block in reversed(dispatch.chain):
        early.update(_used_by_end(block))
        for instruction in reversed(block.instructions):
            if instruction in alive and instruction.result not in early and not alive[instruction] & sides:
                late.append(instruction)
            else:
                early.update(operand for operand in instruction.operands if isinstance(operand, Variable))
    late.reverse()
    return late


def _used_by_end(block: Block) -> Iterator[Variable]:
    edges = list(edges_of(block))
    for operand in (*operands_of_terminator(block), *(argument for edge in edges for argument in edge.arguments)):
        if isinstance(operand, Variable):
            yield operand


def entries_of(graph: FunctionGraph) -> dict[Block, list[Block]]:
    """The blocks from which one comes to each block."""
    found: dict[Block, list[Block]] = {}
    for block in graph.blocks:
        for edge in edges_of(block):
            found.setdefault(edge.target, []).append(block)
    return found


def alive_at_start(
    graph: FunctionGraph, variable: Variable, entries: dict[Block, list[Block]], chain: list[Block]
) -> set[Block]:
    """The blocks outside the chain that begin with a use of the variable before them."""
    uses = [
        b for b in graph.blocks if any(variable in i.operands for i in b.instructions) or variable in _used_by_end(b)
    ]
    waiting = [block for block in uses if block not in chain]
    alive = set(waiting)
    while waiting:
        for before in entries.get(waiting.pop(), ()):
            if before not in chain and before not in alive:
                alive.add(before)
                waiting.append(before)
    return alive
