"""Conditions under which guards leave: of the flags, of a register that is zero or not, of one of its bits."""

from __future__ import annotations

from typing import Final, final

from tracewright_aarch64.encode import Assembler
from tracewright_aarch64.encodings import B_IF, CBNZ, CBZ, TBNZ, TBZ

FLAGS: Final = 0
ZERO_WORD: Final = 1
SET_BIT: Final = 2


@final
class Condition:
    """What a branch tests: a condition of the flags, whether a register is zero, or whether one of its bits is set."""

    def __init__(self, kind: int, code: int, register: int, holds: bool) -> None:
        self.kind = kind
        self.code = code  # the machine's condition, or the number of the bit
        self.register = register
        self.holds = holds  # False: the branch is taken where the condition does not hold


def flags(code: int) -> Condition:
    return Condition(FLAGS, code, 0, True)


def zero(register: int) -> Condition:
    return Condition(ZERO_WORD, 0, register, True)


def bit_set(register: int, bit: int) -> Condition:
    return Condition(SET_BIT, bit, register, True)


def inverse(condition: Condition) -> Condition:
    """The condition that holds exactly when this one does not."""
    return Condition(condition.kind, condition.code, condition.register, not condition.holds)


def flags_code(condition: Condition) -> int:
    """The machine's number of a condition of the flags."""
    return condition.code if condition.holds else condition.code ^ 1


def branch_if(assembler: Assembler, condition: Condition) -> int:
    """A branch that is taken if the condition holds; gives its handle."""
    if condition.kind == FLAGS:
        return assembler.branch(B_IF[flags_code(condition)])
    if condition.kind == ZERO_WORD:
        return assembler.branch(CBZ if condition.holds else CBNZ, condition.register)
    return assembler.branch_on_bit(TBNZ if condition.holds else TBZ, condition.register, condition.code)
