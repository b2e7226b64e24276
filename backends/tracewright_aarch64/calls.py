"""Calls of the machine code of other guest functions."""

from typing import Final

from tracewright.hints import JIT_CELL_ENTRY_OFFSET
from tracewright.jit.codegen.pending import PendingCall
from tracewright_aarch64.conditions import flags
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import BELOW, BL, BLR, CBNZ, CMP_SP, LOAD, ORR, TBZ, B
from tracewright_aarch64.memory import slot_index
from tracewright_aarch64.registers import (
    BASE,
    REGISTERS,
    SP,
    X0,
    X1,
    X16,
    ZERO,
)
from tracewright_aarch64.routines import STACK_OFFSET, call_c

MOVED_BIT: Final = 0  # of the status, set in STATE_MOVED only


def select_call_guest(emitter: Emitter, i: int) -> None:
    """Call the machine code in a cell for the frame at base + offset. It keeps no register but gives the base register back as its
    bottom."""
    trace = emitter.trace
    assembler = emitter.assembler
    offset = 8 * trace.b[i]
    if trace.snapshot_of[i] >= 0:
        exit = emitter.open_exit(i)
        emitter.at_address(LOAD, X16, emitter.runtime.stack_limit)
        assembler.write(CMP_SP, 0, 0, X16)
        emitter.branch(exit, flags(BELOW))
    emitter.allocator.save_across_call(REGISTERS.allocatable)
    own = emitter.is_own_cell(trace.a[i])
    if not own:
        emitter.bring(X16, trace.a[i])
        assembler.at(LOAD, X16, X16, JIT_CELL_ENTRY_OFFSET)
    emitter.add_constant(BASE, BASE, offset)
    assembler.write(ORR.registers, X0, ZERO, BASE)
    assembler.at(LOAD, X1, SP, STACK_OFFSET)
    if own:
        assembler.jump(BL, emitter.compiled.entry)
    else:
        assembler.write(BLR, 0, X16)
    emitter.add_constant(BASE, BASE, -offset)
    field = assembler.branch(CBNZ, X1)
    assembler.label()
    emitter.calls_to_finish.append(PendingCall(field, offset, assembler.position))
    emitter.allocator.clobber(REGISTERS.allocatable)
    emitter.allocator.define(i, X0)


def write_call_finishes(emitter: Emitter) -> None:
    """Out of line; the callee's status is in x1."""
    assembler = emitter.assembler
    for call in emitter.calls_to_finish:
        emitter.between_instructions()
        assembler.resolve_here(call.field)
        ended = assembler.branch_on_bit(TBZ, X1, MOVED_BIT)
        emitter.add_constant(X0, BASE, call.offset)
        slot_index(emitter, X0, X0)
        call_c(assembler, emitter.runtime.finish_call)
        assembler.resolve_here(ended)
        if call.raised is not None:
            emitter.leave_if_set(call.raised, emitter.runtime.exception)
        assembler.jump(B, call.back)
