"""Calls of the machine code of other guest functions."""

from tracewright.hints import JIT_CELL_ENTRY_OFFSET
from tracewright.jit.codegen.machine_code import STATE_MOVED
from tracewright.jit.codegen.pending import PendingCall
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encode import fits_word
from tracewright_x86_64.encodings import ADD, BELOW, CALL, CALL_TO, CMP, JCC, JMP, LEA, MOV, NOT_EQUAL, SUB, TEST32
from tracewright_x86_64.memory import slot_index
from tracewright_x86_64.registers import R11, RAX, RBX, RDI, RDX, REGISTERS, RSI, RSP
from tracewright_x86_64.routines import STACK_OFFSET, call_c


def select_call_guest(emitter: Emitter, i: int) -> None:
    """Call the machine code in a cell for the frame at base + offset. It keeps no register but gives rbx back as its bottom."""
    trace = emitter.trace
    assembler = emitter.assembler
    offset = 8 * trace.b[i]
    if trace.snapshot_of[i] >= 0:
        exit = emitter.open_exit(i)
        emitter.at_address(CMP.from_rm, RSP, emitter.runtime.stack_limit)
        emitter.branch(exit, BELOW)
    emitter.allocator.save_across_call(REGISTERS.allocatable)
    _load_cell(emitter, trace.a[i])
    emitter.arithmetic_immediate(ADD, RBX, offset)
    assembler.registers(MOV, RDI, RBX)
    assembler.at(MOV, RSI, RSP, STACK_OFFSET)
    _call_cell(emitter, trace.a[i])
    emitter.arithmetic_immediate(SUB, RBX, offset)
    assembler.registers(TEST32, RDX, RDX)
    field = assembler.jump(JCC[NOT_EQUAL], assembler.position)
    emitter.calls_to_finish.append(PendingCall(field, offset, assembler.position))
    emitter.allocator.clobber(REGISTERS.allocatable)
    emitter.allocator.define(i, RAX)


def _load_cell(emitter: Emitter, cell: int) -> None:
    """The cell's address into r11, where `_call_cell` will need it."""
    if emitter.is_own_cell(cell):
        return
    if cell < 0 and fits_word(emitter.word_of(cell) + JIT_CELL_ENTRY_OFFSET):
        return
    emitter.bring(R11, cell)


def _call_cell(emitter: Emitter, cell: int) -> None:
    assembler = emitter.assembler
    if emitter.is_own_cell(cell):
        assembler.jump(CALL, emitter.compiled.entry)
    elif cell < 0 and fits_word(emitter.word_of(cell) + JIT_CELL_ENTRY_OFFSET):
        assembler.absolute(CALL_TO, 0, emitter.word_of(cell) + JIT_CELL_ENTRY_OFFSET)
    else:
        assembler.at(CALL_TO, 0, R11, JIT_CELL_ENTRY_OFFSET)


def write_call_finishes(emitter: Emitter) -> None:
    """Out of line; the callee's status is in rdx."""
    assembler = emitter.assembler
    for call in emitter.calls_to_finish:
        assembler.resolve(call.field, assembler.position)
        assembler.registers(CMP.byte, 0, RDX, STATE_MOVED)
        ended = assembler.jump(JCC[NOT_EQUAL], assembler.position)
        assembler.at(LEA, RDI, RBX, call.offset)
        slot_index(emitter, RDI)
        call_c(assembler, emitter.runtime.finish_call)
        assembler.resolve(ended, assembler.position)
        if call.raised is not None:
            emitter.leave_if_set(call.raised, emitter.runtime.exception)
        assembler.jump(JMP, call.back)
