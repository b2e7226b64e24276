"""An interpreter's loop keeps the address of the current instruction in place of its number.

    loop(code, pc):   words = load_field code words   word = load_item(words, pc)   next = int_add(pc, 1)   switch ...
    add:              ...   jump loop(code, next)                                   jump_back:   jump loop(code, target)

    place = &words_of_code[pc]       switch on the byte at place      add:   ...   place += 8;
    jump_back:   place = &words_of_code[target];                      wherever pc itself is asked for:   place less words_of_code

Both would be kept in registers, and both stepped at every bytecode, because calls and error messages ask for the number; the words' own address, of
which jumps are the only users besides, would be a third. So handlers have registers left for the frame's address and the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, final

from tracewright.core.operations import INT_ADD, LOAD_ITEM
from tracewright.translate.emit_c.companions import Companions, own_parameters
from tracewright.translate.emit_c.dispatch import Dispatch
from tracewright.translate.emit_c.operand_places import InstructionWord
from tracewright.translate.flow.graph import (
    Block,
    Constant,
    Edge,
    FunctionGraph,
    Instruction,
    Jump,
    Operand,
    Variable,
)
from tracewright.translate.flow.types import FieldLayout

WORD_BYTES: Final = 8


@final
@dataclass(frozen=True, slots=True, eq=False)
class Counter:
    """`number`, a parameter of its block, is the number of an instruction of `code`, whose field `words` has them all: it has no C variable, but
    the address of its word has."""

    number: Variable
    code: Variable
    words: FieldLayout

    def code_on(self, edge: Edge) -> Operand:
        """What an edge to the block makes the code whose instruction is meant."""
        parameters = own_parameters(edge)
        return edge.arguments[parameters.index(self.code)] if self.code in parameters else self.code


@final
@dataclass(slots=True)
class InstructionPointers:
    """`steps` are the numbers of counters, and what lies a constant number of words behind one; `fetches` load the word that a dispatch switches on,
    `loads` one so far behind a counter."""

    counters: dict[Variable, Counter] = field(default_factory=dict)
    steps: dict[Variable, tuple[Counter, int]] = field(default_factory=dict)
    fetches: dict[Instruction, Counter] = field(default_factory=dict)
    loads: dict[Instruction, tuple[Counter, int]] = field(default_factory=dict)

    def step(self, operand: Operand) -> tuple[Counter, int] | None:
        """The counter behind which the operand stands, and how many words, if that is known."""
        return self.steps.get(operand) if isinstance(operand, Variable) else None


def find_instruction_pointers(
    graph: FunctionGraph, words: Sequence[tuple[Dispatch, InstructionWord]], companions: Companions
) -> InstructionPointers:
    """The counters of the instructions that dispatches switch on, where their code's words stand beside it."""
    found = InstructionPointers()
    instructions = [instruction for block in graph.blocks for instruction in block.instructions]
    additions = _additions(instructions)
    kept = {i.result: place for i in instructions if (place := companions.kept_field(i)) is not None}
    for dispatch, word in words:
        number = _variable(word.load.operands[1])
        code, field_of_words = kept.get(_variable(word.load.operands[0]), (None, None))
        parameters = dispatch.head.parameters
        if number not in parameters or (code not in parameters and code not in graph.parameters):
            continue
        assert number is not None and code is not None and field_of_words is not None
        counter = Counter(number, code, field_of_words)
        found.fetches[word.load] = counter
        for each in [counter, *_on_the_way(graph, dispatch.head, counter)]:
            found.counters[each.number] = each
            found.steps.update(_steps(each, additions))
    for load in instructions:
        step = found.step(load.operands[1]) if load.operation == LOAD_ITEM and load not in found.fetches else None
        if step is not None and kept.get(_variable(load.operands[0])) == (step[0].code, step[0].words):
            found.loads[load] = step
    return found


def _variable(operand: Operand) -> Variable | None:
    return operand if isinstance(operand, Variable) else None


def _on_the_way(graph: FunctionGraph, head: Block, counter: Counter) -> Iterable[Counter]:
    """The counters of blocks that many handlers go through on their way back, such as one that steps to the next instruction: they have a number of
    their own where one of those handlers changes it."""
    jumps: dict[Block, list[tuple[Block, Edge]]] = {}
    for block in graph.blocks:
        if isinstance(block.terminator, Jump):
            jumps.setdefault(block.terminator.edge.target, []).append((block, block.terminator.edge))
    waiting = [(head, counter)]
    seen = {head}
    while waiting:
        target, behind = waiting.pop()
        for block, edge in jumps.get(target, ()):
            number = _stepped(edge.arguments[own_parameters(edge).index(behind.number)], block)
            code = behind.code_on(edge)
            known = code in block.parameters or code is counter.code
            if block not in seen and number in block.parameters and known:
                assert number is not None and isinstance(code, Variable)
                seen.add(block)
                waiting.append((block, Counter(number, code, counter.words)))
                yield waiting[-1][1]


def _stepped(operand: Operand, block: Block) -> Variable | None:
    """The operand, or what a constant has been added to for it."""
    for addition in block.instructions:
        if addition.result is operand and addition.operation == INT_ADD and isinstance(addition.operands[1], Constant):
            return _variable(addition.operands[0])
    return _variable(operand)


def _additions(instructions: Iterable[Instruction]) -> dict[Variable, list[tuple[Variable, int]]]:
    """For each variable the sums of it and a constant, with that constant."""
    found: dict[Variable, list[tuple[Variable, int]]] = {}
    for addition in instructions:
        if addition.operation == INT_ADD and addition.result is not None:
            number, constant = addition.operands
            if isinstance(number, Variable) and isinstance(constant, Constant) and isinstance(constant.value, int):
                found.setdefault(number, []).append((addition.result, constant.value))
    return found


def _steps(
    counter: Counter, additions: dict[Variable, list[tuple[Variable, int]]]
) -> dict[Variable, tuple[Counter, int]]:
    """The number, and its sums with constants, such as `pc + 1 + 1`."""
    found = {counter.number: (counter, 0)}
    waiting = [counter.number]
    while waiting:
        number = waiting.pop()
        for result, added in additions.get(number, ()):
            found[result] = (counter, found[number][1] + added)
            waiting.append(result)
    return found
