"""Operands of an instruction word are read where they lie in memory.

    word = load_item(words, pc)   a = int_and(int_rshift(word, 8), 65535)   switch int_and(word, 255)

    place = &words[pc];   switch on the byte at place;   in a handler:   a = the two bytes at place + 1

Taken from the word in a register, an operand costs a copy, a shift and a mask; from memory it is one instruction, which does not wait for the word. The
word itself is loaded at the beginning of each handler, and the C compiler leaves that out where nothing needs the whole of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, final

from tracewright.core.operations import INT_AND, INT_RSHIFT, LOAD_ITEM
from tracewright.translate.emit_c.decoding import LeftToHandlers, alive_at_start, entries_of
from tracewright.translate.emit_c.dispatch import Dispatch
from tracewright.translate.flow.graph import Block, Constant, FunctionGraph, Instruction, Operand, Variable
from tracewright.translate.flow.types import ClassLayout

READERS: Final = {0xFF: "tw_byte_at", 0xFFFF: "tw_half_at"}  # by the mask
WORD_BITS: Final = 64


@final
@dataclass(slots=True)
class InstructionWord:
    """`load` gives the word, in the chain of a dispatch; the blocks of `handlers`, behind its switch, need it. `operands` are the computations of a byte
    or two of the word: what reads them in memory, and how many bytes from its place."""

    load: Instruction
    handlers: set[Block]
    operands: dict[Instruction, tuple[str, int]] = field(default_factory=dict)


def find_instruction_word(graph: FunctionGraph, dispatch: Dispatch, left: LeftToHandlers) -> InstructionWord | None:
    """The word whose lowest byte a dispatch switches on, if only handlers use it."""
    last = dispatch.chain[-1]
    opcode = next((i for i in last.instructions if i.result is dispatch.switch.value), None)
    if opcode is None or opcode.operation != INT_AND:
        return None
    load = next((i for i in last.instructions if i.result is opcode.operands[0]), None)
    if load is None or load.operation != LOAD_ITEM or not _is_array_of_words(load):
        return None
    assert load.result is not None
    entries = entries_of(graph)
    alive = alive_at_start(graph, load.result, entries, dispatch.chain)
    targets = {edge.target for edge in (*dispatch.table, dispatch.switch.default)}
    handlers = {target for target in targets if target in alive or left.by_handler.get(target)}
    if any(before is not last for handler in handlers for before in entries[handler]):
        return None  # who comes to a handler in another way may have changed the words
    found = InstructionWord(load, handlers)
    shifts = _shifts(graph, load.result)
    for block in graph.blocks:
        for instruction in block.instructions:
            mask = _constant(instruction.operands[1]) if instruction.operation == INT_AND else None
            reader, source = READERS.get(mask or 0), instruction.operands[0] if mask else None
            if reader is not None and isinstance(source, Variable) and source in shifts:
                found.operands[instruction] = (reader, shifts[source] // 8)
    return found if opcode in found.operands else None


def _is_array_of_words(load: Instruction) -> bool:
    return isinstance(load.immediate, ClassLayout) and load.immediate.shape == "array" and load.result is not None


def _shifts(graph: FunctionGraph, word: Variable) -> dict[Variable, int]:
    """The word, and what it is when shifted to the right by whole bytes: by how many bits."""
    found = {word: 0}
    for block in graph.blocks:
        for instruction in block.instructions:
            if (
                instruction.operation == INT_RSHIFT
                and instruction.operands[0] is word
                and instruction.result is not None
            ):
                bits = _constant(instruction.operands[1])
                if bits is not None and bits % 8 == 0 and bits + 16 <= WORD_BITS:
                    found[instruction.result] = bits
    return found


def _constant(operand: Operand) -> int | None:
    return operand.value if isinstance(operand, Constant) and isinstance(operand.value, int) else None
