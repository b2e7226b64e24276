"""Calls of the machine code of other guest functions."""

from tracewright.hints import JIT_CELL_ENTRY_OFFSET
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encode import fits_word
from tracewright_x86_64.encodings import ADD, BELOW, CALL, CALL_TO, CMP, EQUAL, JCC, JMP, LEA, MOV, SUB
from tracewright_x86_64.memory import slot_index
from tracewright_x86_64.registers import R11, RAX, RBX, RDI, RDX, REGISTERS, RSI, RSP
from tracewright_x86_64.routines import STACK_OFFSET, call_c

LEFT = 1  # status in rdx: the callee has left its machine code before its frame returned


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
    assembler.registers(CMP.byte, 0, RDX, LEFT)
    emitter.calls_to_finish.append(assembler.jump(JCC[EQUAL], assembler.position))
    emitter.calls_to_finish.append(offset)
    emitter.calls_to_finish.append(assembler.position)
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
    """Out of line: the interpreter runs the callee's frame to its end."""
    assembler = emitter.assembler
    for k in range(0, len(emitter.calls_to_finish), 3):
        assembler.resolve(emitter.calls_to_finish[k], assembler.position)
        assembler.at(LEA, RDI, RBX, emitter.calls_to_finish[k + 1])
        slot_index(emitter, RDI)
        call_c(assembler, emitter.runtime.finish_call)
        assembler.jump(JMP, emitter.calls_to_finish[k + 2])
