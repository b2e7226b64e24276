"""The calls of `jit/codegen/machine_code.py`, and the instruction shapes that selectors share.

guard:  branch on the opposite over the next; jal stub       the jump is patched when a bridge is attached
stub:   (undo of an overflowed addition)
        x31 = Exit; jal leave                                patched where several jumps or an undo lead here
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core import operations as ops
from tracewright.core.memory import address_of
from tracewright.hints import JIT_CELL_ENTRY_OFFSET
from tracewright.jit.codegen.locations import is_constant
from tracewright.jit.codegen.pending import UNDO_ADD, PendingExit
from tracewright.jit.codegen.trace_emitter import TraceEmitter
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.trace import Trace
from tracewright.jit.trace.workspace import Workspace
from tracewright_riscv64.encode import INSTRUCTION, NOP, Assembler
from tracewright_riscv64.encodings import ADD, ADDI, EQUAL, JALR, LOAD, NOT_EQUAL, STORE, SUB
from tracewright_riscv64.registers import A0, A1, BASE, CONVENTION, LINK, REGISTERS, SP, X30, X31, ZERO
from tracewright_riscv64.routines import (
    BOTTOM_OFFSET,
    FRAME_BYTES,
    LINK_OFFSET,
    STACK_OFFSET,
    Routines,
    call_c,
    write_return,
)

LINKED_ENTRY: Final = 16


@final
class Condition:
    """A comparison of two registers: there are no flags."""

    def __init__(self, code: int, first: int, second: int) -> None:
        self.code = code  # as the machine numbers them
        self.first = first
        self.second = second


def inverse(condition: Condition) -> Condition:
    """The condition that holds exactly when this one does not."""
    return Condition(condition.code ^ 1, condition.first, condition.second)


class NotThereYet(Exception):
    """The trace has an operation that this backend does not compile yet."""


class Emitter(TraceEmitter):
    """One trace becoming machine code. `select.py` adds the table of operations."""

    def __init__(
        self,
        trace: Trace,
        assembler: Assembler,
        routines: Routines,
        compiled: CompiledTrace,
        functions: list[FunctionInfo],
        classes: list[ClassInfo],
        workspace: Workspace,
    ) -> None:
        super().__init__(trace, routines.runtime, compiled, REGISTERS, CONVENTION, functions, classes, workspace)
        self.assembler = assembler
        self.routines = routines

    def scratch(self) -> int:
        return X31

    def move(self, target: int, source: int) -> None:
        assembler = self.assembler
        if REGISTERS.is_register(source):
            if not REGISTERS.is_register(target):
                assembler.at(STORE, source, SP, self.frame_offset(target))
            elif target != source:
                assembler.move(target, source)
        elif REGISTERS.is_register(target):
            assembler.at(LOAD, target, SP, self.frame_offset(source))
        else:
            assembler.at(LOAD, X30, SP, self.frame_offset(source))
            assembler.at(STORE, X30, SP, self.frame_offset(target))

    def load_constant(self, target: int, constant: int) -> None:
        if REGISTERS.is_register(target):
            self.load_word(target, self.word_at(constant))
        else:
            self.store_argument(constant, self.frame_offset(target))

    def operand(self, ref: int, scratch: int) -> int:
        """A register with the value; constants other than zero go to `scratch`."""
        if ref >= 0:
            return self.allocator.operand(ref)
        if self.word_of(ref) == 0:
            return ZERO
        self.load_word(scratch, self.word_of(ref))
        return scratch

    def _in_register(self, location: int) -> int:
        """A register with what is at the location, at worst x31."""
        if REGISTERS.is_register(location):
            return location
        if is_constant(location):
            self.load_word(X31, self.word_at(location))
        else:
            self.move(X31, location)
        return X31

    def add_constant(self, target: int, register: int, word: int) -> None:
        """target = register + word, through x30."""
        self.load_word(X30, word)
        self.assembler.three(ADD, target, register, X30)

    # --- places in the code ---
    def position(self) -> int:
        return self.assembler.position

    def align(self) -> None:
        self.assembler.align(16)

    def resolve_here(self, field: int) -> None:
        self.assembler.resolve_here(field)

    # --- words ---
    def load_word(self, register: int, word: int) -> None:
        self.assembler.load_immediate(register, word)

    def load_at(self, register: int, address: int) -> None:
        self.assembler.at(LOAD, register, ZERO, address)

    def store_at(self, register: int, address: int) -> None:
        self.assembler.at(STORE, register, ZERO, address)

    def clear_at(self, address: int) -> None:
        self.store_at(ZERO, address)

    # --- ways to go on ---
    def jump(self, target: int) -> None:
        self.assembler.jump(ZERO, target)

    def room_for_jump(self) -> int:
        address = self.assembler.position
        self.assembler.put(NOP)
        return address

    def branch(self, pending: PendingExit, condition: Condition) -> None:
        """Leave if the condition holds."""
        over = self.assembler.position + 2 * INSTRUCTION
        self.assembler.branch(condition.code ^ 1, condition.first, condition.second, over)
        self.leave(pending)

    def leave(self, exit: PendingExit) -> None:
        address = self.assembler.jump(ZERO, self.assembler.position)
        exit.add_branch(address, address)

    def leave_if_set(self, exit: PendingExit, address: int) -> None:
        self.load_at(X31, address)
        self.branch(exit, Condition(NOT_EQUAL, X31, ZERO))

    def leave_when_counted_down(self, exit: PendingExit, address: int) -> None:
        self.load_at(X31, address)
        self.assembler.two(ADDI, X31, X31, -1)
        self.store_at(X31, address)
        self.branch(exit, Condition(EQUAL, X31, ZERO))

    def jump_unless_set(self, exit: PendingExit, address: int, target: int) -> None:
        """Where the loop's head is near, the test is the loop's branch."""
        self.load_at(X31, address)
        if self.assembler.branch(EQUAL, X31, ZERO, target):
            self.leave(exit)
        else:
            self.branch(exit, Condition(NOT_EQUAL, X31, ZERO))
            self.jump(target)

    def undo(self, exit: PendingExit) -> None:
        register = exit.undo_register
        row = ADD if exit.undo == UNDO_ADD else SUB
        self.assembler.three(row, register, register, self._in_register(exit.undo_operand))

    def write_leave(self, exit: Exit) -> None:
        self.load_word(X31, address_of(exit))
        self.jump(self.routines.leave)

    # --- the native frame ---
    def write_frame(self) -> None:
        """A call enters here with the address of `bottom` in a0 and the VMStack in a1."""
        self.assembler.two(ADDI, SP, SP, -FRAME_BYTES)
        self.assembler.at(STORE, A0, SP, BOTTOM_OFFSET)
        self.assembler.at(STORE, A1, SP, STACK_OFFSET)
        self.assembler.at(STORE, LINK, SP, LINK_OFFSET)

    def linked_entry(self) -> int:
        return LINKED_ENTRY

    def enter_cell(self, exit: PendingExit, cell: int, offset: int) -> None:
        self.bring(X31, cell)
        self.assembler.at(LOAD, X31, X31, JIT_CELL_ENTRY_OFFSET)
        self.branch(exit, Condition(EQUAL, X31, ZERO))
        if offset != 0:
            self.add_constant(BASE, BASE, offset)
        self.assembler.two(JALR, ZERO, X31, LINKED_ENTRY)

    def write_return(self, status: int) -> None:
        if not self.compiled.base_is_bottom:
            self.assembler.at(LOAD, BASE, SP, BOTTOM_OFFSET)
        self.load_word(A1, status)
        write_return(self.assembler)

    # --- calls ---
    def call_c(self, function: int) -> None:
        call_c(self.assembler, function)

    def call_routine(self, routine: int) -> None:
        self.assembler.jump(LINK, routine)

    def move_stack_pointer(self, size: int) -> None:
        self.add_constant(SP, SP, size)

    def store_argument(self, location: int, offset: int) -> None:
        self.assembler.at(STORE, self._in_register(location), SP, offset)


def not_there(emitter: Emitter, i: int) -> None:
    """What becomes of all other operations."""
    raise NotThereYet(f"the RISC-V backend has no {ops.TABLE[emitter.trace.operations[i]].name} yet")
