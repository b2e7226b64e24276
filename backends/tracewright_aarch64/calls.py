"""Calls of the machine code of other guest functions."""

from tracewright.hints import JIT_CELL_ENTRY_OFFSET
from tracewright_aarch64.conditions import flags
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import BELOW, BL, BLR, CMP_SP, LOAD, ORR, TBNZ, B
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

LEFT_BIT = 0  # of the status in x1, set in 1 only: the callee has left its machine code before its frame returned


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
    emitter.calls_to_finish.append(assembler.branch_on_bit(TBNZ, X1, LEFT_BIT))
    emitter.calls_to_finish.append(offset)
    assembler.label()
    emitter.calls_to_finish.append(assembler.position)
    emitter.allocator.clobber(REGISTERS.allocatable)
    emitter.allocator.define(i, X0)


def write_call_finishes(emitter: Emitter) -> None:
    """Out of line: the interpreter runs the callee's frame to its end."""
    assembler = emitter.assembler
    for k in range(0, len(emitter.calls_to_finish), 3):
        emitter.between_instructions()
        assembler.resolve_here(emitter.calls_to_finish[k])
        emitter.add_constant(X0, BASE, emitter.calls_to_finish[k + 1])
        slot_index(emitter, X0, X0)
        call_c(assembler, emitter.runtime.finish_call)
        assembler.jump(B, emitter.calls_to_finish[k + 2])
