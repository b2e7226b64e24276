"""Which switch is an interpreter's dispatch, and which blocks to repeat at each of its jumps.

    loop(pc):   word = load_item(words, pc)   op = int_and(word, 255)   switch op {...}      (64 ways back to `loop`)

One shared indirect jump is predicted badly; a copy of `loop` with a jump of its own at the end of every handler is predicted by
what usually follows that handler. The chain is the straight line of blocks from the last join before the switch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from tracewright.core.operations import INT_AND
from tracewright.translate.flow.graph import Block, Branch, Constant, Edge, FunctionGraph, Jump, Switch
from tracewright.translate.flow.simplify import edges_of

BRIEF: Final = 2  # instructions
FEWEST_CASES: Final = 16
LONGEST_CHAIN: Final = 40  # operations; longer ones cost more instruction cache than the prediction gives back
LARGEST_TABLE: Final = 4096


@final
@dataclass(slots=True)
class Dispatch:
    """`chain` runs from the head, where the jumps arrive, to the block that ends in the switch; `table` has the edge for
    value `lowest`, `lowest + 1`, ...; `bounded` says that the value cannot fall outside the table."""

    chain: list[Block]
    switch: Switch
    lowest: int
    table: list[Edge]
    bounded: bool

    @property
    def head(self) -> Block:
        return self.chain[0]


def find_dispatches(graph: FunctionGraph) -> list[Dispatch]:
    """Every switch of many cases to which the function jumps back."""
    entries: dict[Block, list[tuple[Block, bool]]] = {}
    for block in graph.blocks:
        for edge in edges_of(block):
            entries.setdefault(edge.target, []).append((block, _is_plain(block, edge)))
    found = []
    for block in graph.blocks:
        if isinstance(block.terminator, Switch) and len(block.terminator.cases) >= FEWEST_CASES:
            chain = _chain_to(block, entries, graph.entry)
            if len(entries.get(chain[0], ())) > 2 and sum(len(b.instructions) for b in chain) <= LONGEST_CHAIN:
                dispatch = _dispatch(chain, block.terminator)
                if dispatch is not None:
                    found.append(dispatch)
    return found


def is_brief(block: Block) -> bool:
    """Whether a block on the way back to a dispatch is worth being repeated for each that goes there."""
    return len(block.instructions) <= BRIEF and all(instruction.on_error is None for instruction in block.instructions)


def _is_plain(block: Block, edge: Edge) -> bool:
    """Whether the edge leaves by a jump or branch, so that the target's text may follow it directly."""
    match block.terminator:
        case Jump(edge=only):
            return only is edge
        case Branch(true=true, false=false):
            return edge is true or edge is false
        case _:
            return False


def _chain_to(last: Block, entries: dict[Block, list[tuple[Block, bool]]], entry: Block) -> list[Block]:
    chain = [last]
    while chain[0] is not entry and len(ways := entries.get(chain[0], [])) == 1:
        before, plain = ways[0]
        if not plain or before in chain:
            break
        chain.insert(0, before)
    return chain


def _dispatch(chain: list[Block], switch: Switch) -> Dispatch | None:
    mask = _mask_of(chain, switch)
    lowest, highest = min(switch.cases), max(switch.cases)
    bounded = mask is not None and 0 <= lowest and highest <= mask
    if bounded and mask is not None:
        lowest, highest = 0, mask
    if highest - lowest >= LARGEST_TABLE:
        return None
    table = [switch.cases.get(value, switch.default) for value in range(lowest, highest + 1)]
    return Dispatch(chain, switch, lowest, table, bounded)


def _mask_of(chain: Sequence[Block], switch: Switch) -> int | None:
    """The m of `value = int_and(word, m)`, where the switch's value is made so."""
    for block in chain:
        for instruction in block.instructions:
            if instruction.result is switch.value and instruction.operation == INT_AND:
                for operand in instruction.operands:
                    if isinstance(operand, Constant) and isinstance(operand.value, int) and operand.value >= 0:
                        return int(operand.value)
    return None
