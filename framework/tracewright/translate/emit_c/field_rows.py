"""Which switch does nothing but choose one of the fields that lie in a row: it becomes an indexed access.

    switch number {0: first, 1: second, 2: third}            chosen = field number (at most 2) of the row; a last case that does something
        first:    chosen = load_field object .first      ->  goto after
        second:   chosen = load_field object .second
        ...                                                  else is asked for first

A language has its objects' first properties in such fields, and which one it is differs from instruction to instruction: as a row of branches or as
an indirect jump, the choice would be predicted badly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from tracewright.core.operations import LOAD_FIELD, STORE_FIELD
from tracewright.translate.flow.graph import Block, Constant, Edge, Instruction, Jump, Operand, Return, Switch
from tracewright.translate.flow.types import FieldLayout

WORD: Final = 8  # bytes from field to field


@final
@dataclass(slots=True)
class FieldRow:
    """The row begins with the field of `access`, which is what case 0, the block `case`, does; it has `count` fields. Numbers outside the row go to
    `others`, or stand for the last field where that is None."""

    case: Block
    access: Instruction
    count: int
    others: Edge | None


def find_field_row(switch: Switch) -> FieldRow | None:
    """The row of fields that the switch chooses from, if that is what it is for."""
    count = len(switch.cases)
    if count < 2 or any(number not in switch.cases for number in range(count)):
        return None
    first = switch.cases[0].target
    access = _only_access(first)
    if access is None or not all(_is_case_of_row(first, switch.cases[k].target, k) for k in range(count)):
        return None
    if _is_case_of_row(first, switch.default.target, count):
        return FieldRow(first, access, count + 1, None)
    return FieldRow(first, access, count, switch.default)


def _is_case_of_row(first: Block, block: Block, number: int) -> bool:
    mine, its = _only_access(first), _only_access(block)
    return mine is not None and its is not None and _is_field_of_row(mine, its, number) and _ends_alike(first, block)


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
