"""Leaving a trace: the branches of a guard, and the stubs behind the trace that they go to.

guard:  cmp ..., jcc stub                 the branch is patched when a bridge is attached
stub:   (undo of an overflowed addition)
        mov r11, Exit; jmp leave          patched instead where several branches or an undo lead here
"""

from __future__ import annotations

from typing import Final

from tracewright.core.memory import address_of
from tracewright.jit.codegen.pending import UNDO_ADD, UNDO_NOTHING, UNDO_SUB, PendingExit
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encodings import ADD, EQUAL, JCC, JMP, NOT_EQUAL, PARITY, SUB
from tracewright_x86_64.registers import R11

# Conditions beyond the machine's: comparisons of doubles for equality look at two flags.
FLOAT_EQUAL: Final = 16
FLOAT_NOT_EQUAL: Final = 17


def branch(emitter: Emitter, pending: PendingExit, condition: int) -> None:
    """Leave if the condition holds."""
    assembler = emitter.assembler
    if condition == FLOAT_EQUAL:
        unordered = assembler.jump(JCC[PARITY], assembler.position)
        branch(emitter, pending, EQUAL)
        assembler.resolve(unordered, assembler.position)
    elif condition == FLOAT_NOT_EQUAL:
        branch(emitter, pending, PARITY)
        branch(emitter, pending, NOT_EQUAL)
    else:
        pending.branches.append(assembler.position)
        pending.fields.append(assembler.jump(JCC[condition], assembler.position))


def always(emitter: Emitter, pending: PendingExit) -> None:
    """Leave."""
    pending.branches.append(emitter.assembler.position)
    pending.fields.append(emitter.assembler.jump(JMP, emitter.assembler.position))


def inverse(condition: int) -> int:
    """The condition that holds exactly when this one does not."""
    return condition ^ 1


def write_stub(emitter: Emitter, pending: PendingExit) -> None:
    """The out-of-line part; after it, `exit.branch_address` is the instruction that a bridge's attachment patches."""
    assembler = emitter.assembler
    exit = pending.exit
    start = assembler.position
    for field in pending.fields:
        assembler.resolve(field, start)
    if pending.valid_patch >= 0:
        pending.valid_of.valid_exits[pending.valid_patch] = start
    if pending.undo == UNDO_ADD:
        emitter.arithmetic(ADD, pending.undo_register, pending.undo_operand)
    elif pending.undo == UNDO_SUB:
        emitter.arithmetic(SUB, pending.undo_register, pending.undo_operand)
    direct = len(pending.branches) == 1 and pending.undo == UNDO_NOTHING
    exit.branch_address = pending.branches[0] if direct else assembler.position
    assembler.load_immediate(R11, address_of(exit))
    assembler.jump(JMP, emitter.routines.leave)
