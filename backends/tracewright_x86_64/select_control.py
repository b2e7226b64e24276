"""How traces begin, loop, end, and go on in other traces."""

from typing import Final

from tracewright.hints import JIT_CELL_ENTRY_OFFSET
from tracewright.jit.codegen.pending import PendingExit
from tracewright.jit.trace.compiled import Exit
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encodings import ADD, CMP, EQUAL, JMP, JMP_TO, MOV, NOT_EQUAL, RET, STORE, SUB, TEST, XOR32
from tracewright_x86_64.exits import branch
from tracewright_x86_64.registers import R11, RAX, RBX, RDI, RDX, RSI, RSP
from tracewright_x86_64.routines import BOTTOM_OFFSET, FRAME_BYTES, STACK_OFFSET
from tracewright_x86_64.select_guards import PATCH_BYTES

# A call enters at the start, with the address of `bottom` in rdi and the VMStack in rsi; LINK jumps behind the code that makes the frame.
LINKED_ENTRY: Final = 24


def write_entry(emitter: Emitter, parent: Exit | None) -> None:
    """The native frame; a bridge runs in its parent's, its values where the parent's exit has them."""
    assembler = emitter.assembler
    assembler.align(16)
    emitter.compiled.entry = assembler.position
    if parent is None:
        start = assembler.position
        assembler.registers(SUB.word, 0, RSP, FRAME_BYTES)
        assembler.at(STORE, RDI, RSP, BOTTOM_OFFSET)
        assembler.at(STORE, RSI, RSP, STACK_OFFSET)
        assembler.nop(LINKED_ENTRY - (assembler.position - start))
    else:
        emitter.place_inputs(parent)


def select_input(emitter: Emitter, i: int) -> None:
    """No code: `write_entry` has placed it."""


def select_label(emitter: Emitter, i: int) -> None:
    """The head of the loop. JUMP is the last instruction of the trace."""
    carried = emitter.arguments(i)
    emitter.allocator.label(carried, emitter.arguments(len(emitter.trace.operations) - 1))
    for ref in carried:
        emitter.non_null[ref] = False
    emitter.allocator.publish_label(emitter.compiled)
    emitter.assembler.align(16)
    emitter.compiled.loop_entry = emitter.assembler.position


def _leave_if_interrupted(emitter: Emitter, exit: PendingExit) -> None:
    """A loop without calls would never hear of Ctrl-C or of exhausted memory."""
    if emitter.runtime.interrupted != 0:
        emitter.at_address(CMP.byte, 0, emitter.runtime.interrupted, 0)
        branch(emitter, exit, NOT_EQUAL)


def select_jump(emitter: Emitter, i: int) -> None:
    if emitter.trace.snapshot_of[i] >= 0:
        _leave_if_interrupted(emitter, emitter.open_exit(i))
    emitter.allocator.jump(emitter.arguments(i)).perform(emitter)
    emitter.assembler.jump(JMP, emitter.compiled.loop_entry)


def select_enter_label(emitter: Emitter, i: int) -> None:
    """Go on at the LABEL of the other trace, in this native frame; leave if that has become invalid."""
    loop = emitter.trace.enters
    assert loop is not None, "a trace that enters a loop says which"
    exit = emitter.open_exit(i)
    _leave_if_interrupted(emitter, exit)
    emitter.note_valid_exit(exit, emitter.assembler.position, loop)
    emitter.assembler.nop(PATCH_BYTES)
    emitter.allocator.enter_label(loop, emitter.arguments(i)).perform(emitter)
    emitter.assembler.jump(JMP, loop.loop_entry)


def select_link(emitter: Emitter, i: int) -> None:
    """Go on at the start of the code in a cell, in this native frame; leave if the cell has none.

    The code belongs to the frame at the base of this instruction's snapshot.
    """
    trace = emitter.trace
    assembler = emitter.assembler
    exit = emitter.open_exit(i)
    offset = 8 * trace.snapshots[trace.snapshot_of[i]].base_offset
    _leave_if_interrupted(emitter, exit)  # traces that link to each other are a loop too
    if emitter.is_own_cell(trace.a[i]) and offset == 0:
        assembler.jump(JMP, emitter.compiled.entry + LINKED_ENTRY)
        return
    emitter.bring(R11, trace.a[i])
    assembler.at(MOV, R11, R11, JIT_CELL_ENTRY_OFFSET)
    assembler.registers(TEST, R11, R11)
    branch(emitter, exit, EQUAL)
    if offset != 0:
        emitter.arithmetic_immediate(ADD, RBX, offset)
    emitter.arithmetic_immediate(ADD, R11, LINKED_ENTRY)
    assembler.registers(JMP_TO, 0, R11)


def select_finish(emitter: Emitter, i: int) -> None:
    """Return the Value with status 0."""
    emitter.bring(RAX, emitter.trace.a[i])
    _return(emitter)


def select_finish_raising(emitter: Emitter, i: int) -> None:
    """Return with the exception pending, which whoever called asks about; the Value is none that could matter."""
    emitter.bring(RAX, emitter.trace.a[i])
    emitter.at_address(STORE, RAX, emitter.runtime.exception)
    emitter.assembler.registers(XOR32, RAX, RAX)
    _return(emitter)


def _return(emitter: Emitter) -> None:
    """Status 0. The caller wants rbx back as it passed it: as its `bottom`."""
    assembler = emitter.assembler
    if not emitter.compiled.base_is_bottom:
        assembler.at(MOV, RBX, RSP, BOTTOM_OFFSET)
    assembler.registers(XOR32, RDX, RDX)
    assembler.registers(ADD.word, 0, RSP, FRAME_BYTES)
    assembler.plain(RET)
