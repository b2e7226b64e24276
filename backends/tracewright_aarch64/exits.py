"""Leaving a trace: the branches of a guard, and the stubs behind the trace that they go to.

guard:  cmp ..., b.lt stub                the branch is patched when a bridge is attached and in reach
stub:   (undo of an overflowed addition)
        mov x16, Exit; b leave            patched where several branches or an undo lead here, or the bridge is far away
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.memory import address_of
from tracewright.jit.codegen.pending import UNDO_ADD, UNDO_NOTHING, UNDO_SUB, PendingExit
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encode import RESOLVED
from tracewright_aarch64.encodings import ADD, B_IF, CBNZ, CBZ, SUB, TBNZ, TBZ, Arithmetic, B
from tracewright_aarch64.registers import REGISTERS, X16, X17

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


def branch_if(emitter: Emitter, condition: Condition) -> int:
    """A branch that is taken if the condition holds; gives its handle."""
    assembler = emitter.assembler
    if condition.kind == FLAGS:
        return assembler.branch(B_IF[flags_code(condition)])
    if condition.kind == ZERO_WORD:
        return assembler.branch(CBZ if condition.holds else CBNZ, condition.register)
    return assembler.branch_on_bit(TBNZ if condition.holds else TBZ, condition.register, condition.code)


def branch(emitter: Emitter, pending: PendingExit, condition: Condition) -> None:
    """Leave if the condition holds."""
    pending.branches.append(emitter.assembler.position)
    pending.fields.append(branch_if(emitter, condition))


def always(emitter: Emitter, pending: PendingExit) -> None:
    """Leave."""
    pending.branches.append(emitter.assembler.position)
    pending.fields.append(emitter.assembler.branch(B))


def write_stub(emitter: Emitter, pending: PendingExit) -> None:
    """The out-of-line part; after it, `exit` knows the instructions that a bridge's attachment may patch."""
    assembler = emitter.assembler
    exit = pending.exit
    start = assembler.position
    for field in pending.fields:
        assembler.resolve_here(field)
    if pending.valid_patch >= 0:
        pending.valid_of.valid_exits[pending.valid_patch] = start
    if pending.undo == UNDO_ADD:
        _undo(emitter, ADD, SUB, pending)
    elif pending.undo == UNDO_SUB:
        _undo(emitter, SUB, ADD, pending)
    direct = len(pending.branches) == 1 and pending.undo == UNDO_NOTHING
    exit.branch_address = pending.branches[0] if direct else RESOLVED
    exit.stub_address = assembler.position
    assembler.label()
    emitter.assembler.load_immediate(X16, address_of(exit))
    assembler.jump(B, emitter.routines.leave)


def _undo(emitter: Emitter, rows: Arithmetic, opposite: Arithmetic, pending: PendingExit) -> None:
    register = pending.undo_register
    operand = pending.undo_operand
    if not REGISTERS.is_register(operand):
        word = emitter.word_at(operand)
        if emitter.try_immediate(rows, opposite, register, register, word):
            return
    emitter.assembler.write(rows.registers, register, register, emitter.location_operand(operand, X17))
