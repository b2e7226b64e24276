"""Which switch does nothing but choose one of the fields that lie in a row: it becomes an indexed access.

    switch number {0: first, 1: second, 2: third}            chosen = field number (at most 2) of the row
        first:    chosen = load_field object .first      ->  goto after
        second:   chosen = load_field object .second
        ...

A language has its objects' first properties in such fields, and which one it is differs from instruction to instruction: as a row of branches or as
an indirect jump, the choice would be predicted badly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from tracewright.core.operations import LOAD_FIELD, STORE_FIELD
from tracewright.translate.flow.graph import Block, Constant, Instruction, Jump, Operand, Return, Switch
from tracewright.translate.flow.types import FieldLayout

WORD: Final = 8  # bytes from field to field


@final
@dataclass(slots=True)
class FieldRow:
    """The row begins with the field of `access`, which is what case 0, the block `case`, does; `last` is the number of the row's last field, which
    every number outside the row stands for, too."""

    case: Block
    access: Instruction
    last: int


def find_field_row(switch: Switch) -> FieldRow | None:
    """The row of fields that the switch chooses from, if that is all it is for."""
    count = len(switch.cases)
    if count < 2 or any(number not in switch.cases for number in range(count)):
        return None
    blocks = [switch.cases[number].target for number in range(count)]
    blocks.append(switch.default.target)
    accesses = [_only_access(block) for block in blocks]
    first = accesses[0]
    if first is None:
        return None
    for number, access in enumerate(accesses):
        if access is None or not _is_field_of_row(first, access, number) or not _ends_alike(blocks[0], blocks[number]):
            return None
    return FieldRow(blocks[0], first, count)


def _only_access(block: Block) -> Instruction | None:
    """The access of a case that does nothing else."""
    if block.parameters or len(block.instructions) != 1:
        return None
    access = block.instructions[0]
    field = access.immediate
    if access.operation not in (LOAD_FIELD, STORE_FIELD) or not isinstance(field, FieldLayout):
        return None
    return access if field.kind != "f" and field.immutable != "rarely" else None


def _is_field_of_row(first: Instruction, access: Instruction, number: int) -> bool:
    """Whether an access is that of case 0, but to the field which stands there with this number."""
    mine, its = first.immediate, access.immediate
    assert isinstance(mine, FieldLayout) and isinstance(its, FieldLayout)
    return (
        access.operation == first.operation
        and its.kind == mine.kind
        and its.offset == mine.offset + number * WORD
        and all(map(_is_same, first.operands, access.operands))
    )


def _ends_alike(first: Block, block: Block) -> bool:
    """Whether a case goes on, with what it has loaded, where case 0 goes on with what that has loaded."""
    loaded, also_loaded = first.instructions[0].result, block.instructions[0].result
    match first.terminator, block.terminator:
        case Jump(edge=mine), Jump(edge=its):
            pairs = list(zip(mine.arguments, its.arguments, strict=False))
            is_there = its.target is mine.target
        case Return(value=mine_given), Return(value=its_given):
            is_there = (mine_given is None) == (its_given is None)
            pairs = [(mine_given, its_given)] if mine_given is not None and its_given is not None else []
        case _:
            return False
    return is_there and all(_is_same(a, b) or (a is loaded and b is also_loaded) for a, b in pairs)


def _is_same(operand: Operand, other: Operand) -> bool:
    if isinstance(operand, Constant) and isinstance(other, Constant):
        return operand.value is other.value and operand.kind == other.kind
    return operand is other
