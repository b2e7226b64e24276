"""How traces begin, loop, end, and go on in other traces."""

from typing import Final

from tracewright.hints import JIT_CELL_ENTRY_OFFSET
from tracewright.jit.codegen.pending import PendingExit
from tracewright.jit.trace.compiled import Exit
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import BR, CBZ, LOAD, NOP, STORE, SUB, B
from tracewright_aarch64.exits import always, branch, inverse, zero
from tracewright_aarch64.registers import BASE, LINK, SP, X0, X1, X16
from tracewright_aarch64.routines import BOTTOM_OFFSET, FRAME_BYTES, LINK_OFFSET, STACK_OFFSET, write_return

# A call enters at the start, with the address of `bottom` in x0 and the VMStack in x1; LINK jumps behind the code that makes the frame.
LINKED_ENTRY: Final = 12


def write_entry(emitter: Emitter, parent: Exit | None) -> None:
    """The native frame; a bridge runs in its parent's, its values where the parent's exit has them."""
    assembler = emitter.assembler
    assembler.align(16)
    emitter.compiled.entry = assembler.position
    if parent is None:
        assembler.write(SUB.immediate, SP, SP, 0, FRAME_BYTES)
        assembler.at(STORE, X0, SP, BOTTOM_OFFSET)
        assembler.at(STORE, X1, SP, STACK_OFFSET)
        assembler.at(STORE, LINK, SP, LINK_OFFSET)  # a pair with the one before
        assert assembler.position == emitter.compiled.entry + LINKED_ENTRY
        assembler.label()
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
        emitter.at_address(LOAD, X16, emitter.runtime.interrupted)
        branch(emitter, exit, inverse(zero(X16)))


def select_jump(emitter: Emitter, i: int) -> None:
    """Where everything is in its place already, the test for an interruption is the loop's branch."""
    assembler = emitter.assembler
    moves = emitter.allocator.jump(emitter.arguments(i))
    if emitter.trace.snapshot_of[i] >= 0:
        exit = emitter.open_exit(i)
        if emitter.runtime.interrupted != 0 and moves.is_empty():
            emitter.at_address(LOAD, X16, emitter.runtime.interrupted)
            if assembler.branch_back(CBZ, X16, emitter.compiled.loop_entry):
                always(emitter, exit)
                return
            branch(emitter, exit, inverse(zero(X16)))
        else:
            _leave_if_interrupted(emitter, exit)
    moves.perform(emitter)
    assembler.jump(B, emitter.compiled.loop_entry)


def select_enter_label(emitter: Emitter, i: int) -> None:
    """Go on at the LABEL of the other trace, in this native frame; leave if that has become invalid."""
    loop = emitter.trace.enters
    assert loop is not None, "a trace that enters a loop says which"
    exit = emitter.open_exit(i)
    _leave_if_interrupted(emitter, exit)
    emitter.note_valid_exit(exit, emitter.assembler.position, loop)
    emitter.assembler.put(NOP.base)
    emitter.allocator.enter_label(loop, emitter.arguments(i)).perform(emitter)
    emitter.assembler.jump(B, loop.loop_entry)


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
        assembler.jump(B, emitter.compiled.entry + LINKED_ENTRY)
        return
    emitter.bring(X16, trace.a[i])
    assembler.at(LOAD, X16, X16, JIT_CELL_ENTRY_OFFSET)
    branch(emitter, exit, zero(X16))
    if offset != 0:
        emitter.add_constant(BASE, BASE, offset)
    emitter.add_constant(X16, X16, LINKED_ENTRY)
    assembler.write(BR, 0, X16)


def select_finish(emitter: Emitter, i: int) -> None:
    """Return the Value with status 0."""
    emitter.bring(X0, emitter.trace.a[i])
    _return(emitter)


def select_finish_raising(emitter: Emitter, i: int) -> None:
    """Return with the exception pending, which whoever called asks about; the Value is none that could matter."""
    emitter.bring(X0, emitter.trace.a[i])
    emitter.at_address(STORE, X0, emitter.runtime.exception)
    emitter.assembler.load_immediate(X0, 0)
    _return(emitter)


def _return(emitter: Emitter) -> None:
    """Status 0. The caller wants the base register back as it passed it: as its `bottom`."""
    assembler = emitter.assembler
    if not emitter.compiled.base_is_bottom:
        assembler.at(LOAD, BASE, SP, BOTTOM_OFFSET)
    assembler.load_immediate(X1, 0)
    write_return(assembler)
