"""The instruction shapes that all selectors share."""

from __future__ import annotations

from typing import Final

from tracewright.core.memory import address_of
from tracewright.hints import JIT_CELL_ENTRY_OFFSET
from tracewright.jit.codegen.call_code import CallCode
from tracewright.jit.codegen.locations import is_constant
from tracewright.jit.codegen.pending import UNDO_ADD, PendingExit
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.trace import Trace
from tracewright.jit.trace.workspace import Workspace
from tracewright_x86_64.conditions import FLOAT_EQUAL, FLOAT_NOT_EQUAL
from tracewright_x86_64.encode import Assembler, fits_byte, fits_word
from tracewright_x86_64.encodings import (
    ADD,
    CALL,
    CMP,
    EQUAL,
    JCC,
    JMP,
    JMP_TO,
    MOV,
    MOVAPS,
    MOVQ_FROM_FLOAT,
    MOVQ_TO_FLOAT,
    MOVSD,
    MOVSD_STORE,
    NOT_EQUAL,
    PARITY,
    RET,
    STORE,
    STORE_IMMEDIATE,
    SUB,
    TEST,
    XORPS,
    Arithmetic,
    Encoding,
)
from tracewright_x86_64.registers import CONVENTION, R11, RBX, RDI, RDX, REGISTERS, RSI, RSP, XMM15
from tracewright_x86_64.routines import BOTTOM_OFFSET, FRAME_BYTES, STACK_OFFSET, Routines, call_c

LINKED_ENTRY: Final = 24
JUMP_BYTES: Final = 5
CACHE_LINE: Final = 64


class Emitter(CallCode):
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
        super().__init__(
            trace, routines.runtime, compiled, REGISTERS, CONVENTION, functions, classes, workspace, routines.slow
        )
        self.assembler = assembler
        self.routines = routines

    # --- Mover ---
    def scratch(self) -> int:
        return R11

    def move(self, target: int, source: int) -> None:
        assembler = self.assembler
        if REGISTERS.is_register(target) and REGISTERS.is_register(source):
            self._between_registers(target, source)
        elif REGISTERS.is_register(target):
            row = MOVSD if REGISTERS.is_float(target) else MOV
            assembler.at(row, target, RSP, self.frame_offset(source))
        elif REGISTERS.is_register(source):
            row = MOVSD_STORE if REGISTERS.is_float(source) else STORE
            assembler.at(row, source, RSP, self.frame_offset(target))
        else:
            assembler.at(MOVSD, XMM15, RSP, self.frame_offset(source))
            assembler.at(MOVSD_STORE, XMM15, RSP, self.frame_offset(target))

    def _between_registers(self, target: int, source: int) -> None:
        if target == source:
            return
        if REGISTERS.is_float(target):
            if REGISTERS.is_float(source):
                self.assembler.registers(MOVAPS, target, source)
            else:
                self.assembler.registers(MOVQ_TO_FLOAT, target, source)
        elif REGISTERS.is_float(source):
            self.assembler.registers(MOVQ_FROM_FLOAT, source, target)
        else:
            self.assembler.registers(MOV, target, source)

    def load_constant(self, target: int, constant: int) -> None:
        word = self.word_at(constant)
        if REGISTERS.is_float(target):
            if word == 0:
                self.assembler.registers(XORPS, target, target)
            else:
                self.near_literal(MOVSD, target, word)
        elif REGISTERS.is_register(target):
            self.assembler.load_immediate(target, word)
        elif fits_word(word):
            self.assembler.at(STORE_IMMEDIATE, 0, RSP, self.frame_offset(target), word)
        else:
            self.assembler.load_immediate(R11, word)
            self.assembler.at(STORE, R11, RSP, self.frame_offset(target))

    # --- operands ---
    def near_literal(self, row: Encoding, register: int, word: int) -> None:
        """An instruction that reads a constant from behind the trace."""
        self.literal_fields.append(self.assembler.near(row, register, self.assembler.position))
        self.literal_fields.append(self.literal(word))

    def near_literals(self, row: Encoding, register: int, first: int, second: int) -> None:
        """An instruction that reads two constants from there."""
        self.literal_fields.append(self.assembler.near(row, register, self.assembler.position))
        self.literal_fields.append(self.literal_pair(first, second))

    def from_location(self, row: Encoding, register: int, location: int) -> None:
        """`row register, operand` with the operand in a register, in a slot, or a constant read from memory."""
        if REGISTERS.is_register(location):
            self.assembler.registers(row, register, location)
        elif is_constant(location):
            self.near_literal(row, register, self.word_at(location))
        else:
            self.assembler.at(row, register, RSP, self.frame_offset(location))

    def arithmetic(self, rows: Arithmetic, register: int, location: int) -> None:
        """`register op= operand` with the shortest form for the operand."""
        if is_constant(location):
            word = self.word_at(location)
            if fits_word(word):
                self.arithmetic_immediate(rows, register, word)
                return
        self.from_location(rows.from_rm, register, location)

    def arithmetic_immediate(self, rows: Arithmetic, register: int, word: int) -> None:
        self.assembler.registers(rows.byte if fits_byte(word) else rows.word, 0, register, word)

    def at_address(self, row: Encoding, register: int, address: int, immediate: int = 0) -> None:
        """`row` on the memory word at any constant address. Far ones go through r11."""
        if fits_word(address):
            self.assembler.absolute(row, register, address, immediate)
        else:
            self.assembler.load_immediate(R11, address)
            self.assembler.at(row, register, R11, 0, immediate)

    def result_over(self, i: int, a: int, b: int, forbidden: int) -> int:
        """The register of i's result, already holding the value of a: a's own if that dies here, and not b's."""
        allocator = self.allocator
        if a >= 0 and allocator.register_of[a] >= 0:
            allocator.lock(allocator.register_of[a])
        if b >= 0 and allocator.register_of[b] >= 0:
            allocator.lock(allocator.register_of[b])
        register = allocator.result(i, -1 if a == b else a, forbidden)
        self.bring(register, a)
        return register

    # --- places in the code ---
    def position(self) -> int:
        return self.assembler.position

    def align(self) -> None:
        """To a line of the cache: a branch that lies in two of them costs some machines a tenth of a short loop."""
        self.assembler.align(CACHE_LINE)

    def resolve_here(self, field: int) -> None:
        self.assembler.resolve(field, self.assembler.position)

    # --- words ---
    def load_word(self, register: int, word: int) -> None:
        self.assembler.load_immediate(register, word)

    def load_at(self, register: int, address: int) -> None:
        self.at_address(MOV, register, address)

    def store_at(self, register: int, address: int) -> None:
        self.at_address(STORE, register, address)

    def clear_at(self, address: int) -> None:
        self.at_address(STORE_IMMEDIATE, 0, address, 0)

    # --- ways to go on ---
    def jump(self, target: int) -> None:
        self.assembler.jump(JMP, target)

    def room_for_jump(self) -> int:
        address = self.assembler.position
        self.assembler.nop(JUMP_BYTES)
        return address

    def branch(self, pending: PendingExit, condition: int) -> None:
        """Leave if the condition holds."""
        assembler = self.assembler
        if condition == FLOAT_EQUAL:
            unordered = assembler.jump(JCC[PARITY], assembler.position)
            self.branch(pending, EQUAL)
            assembler.resolve(unordered, assembler.position)
        elif condition == FLOAT_NOT_EQUAL:
            self.branch(pending, PARITY)
            self.branch(pending, NOT_EQUAL)
        else:
            self._leave_by(pending, JCC[condition])

    def leave(self, exit: PendingExit) -> None:
        self._leave_by(exit, JMP)

    def _leave_by(self, pending: PendingExit, row: Encoding) -> None:
        branch = self.assembler.position
        pending.add_branch(branch, self.assembler.jump(row, branch))

    def leave_if_set(self, exit: PendingExit, address: int) -> None:
        self.at_address(CMP.byte, 0, address, 0)
        self.branch(exit, NOT_EQUAL)

    def jump_unless_set(self, exit: PendingExit, address: int, target: int) -> None:
        """The test is the loop's branch; where it falls through, a jump to the stub waits."""
        self.at_address(CMP.byte, 0, address, 0)
        self.assembler.jump(JCC[EQUAL], target)
        self.leave(exit)

    def leave_when_counted_down(self, exit: PendingExit, address: int) -> None:
        self.at_address(SUB.byte, 0, address, 1)
        self.branch(exit, EQUAL)

    def undo(self, exit: PendingExit) -> None:
        self.arithmetic(ADD if exit.undo == UNDO_ADD else SUB, exit.undo_register, exit.undo_operand)

    def write_leave(self, exit: Exit) -> None:
        self.assembler.load_immediate(R11, address_of(exit))
        self.assembler.jump(JMP, self.routines.leave)

    # --- the native frame ---
    def write_frame(self) -> None:
        """A call enters here with the address of `bottom` in rdi and the VMStack in rsi."""
        assembler = self.assembler
        start = assembler.position
        assembler.registers(SUB.word, 0, RSP, FRAME_BYTES)
        assembler.at(STORE, RDI, RSP, BOTTOM_OFFSET)
        assembler.at(STORE, RSI, RSP, STACK_OFFSET)
        assembler.nop(LINKED_ENTRY - (assembler.position - start))

    def linked_entry(self) -> int:
        return LINKED_ENTRY

    def enter_cell(self, exit: PendingExit, cell: int, offset: int) -> None:
        assembler = self.assembler
        self.bring(R11, cell)
        assembler.at(MOV, R11, R11, JIT_CELL_ENTRY_OFFSET)
        assembler.registers(TEST, R11, R11)
        self.branch(exit, EQUAL)
        if offset != 0:
            self.arithmetic_immediate(ADD, RBX, offset)
        self.arithmetic_immediate(ADD, R11, LINKED_ENTRY)
        assembler.registers(JMP_TO, 0, R11)

    def write_return(self, status: int) -> None:
        assembler = self.assembler
        if not self.compiled.base_is_bottom:
            assembler.at(MOV, RBX, RSP, BOTTOM_OFFSET)
        self.load_word(RDX, status)
        assembler.registers(ADD.word, 0, RSP, FRAME_BYTES)
        assembler.plain(RET)

    # --- calls ---
    def call_c(self, function: int) -> None:
        call_c(self.assembler, function)

    def call_routine(self, routine: int) -> None:
        self.assembler.jump(CALL, routine)

    def move_stack_pointer(self, size: int) -> None:
        self.arithmetic_immediate(ADD, RSP, size)

    def store_argument(self, location: int, offset: int) -> None:
        if is_constant(location):
            self.assembler.load_immediate(R11, self.word_at(location))
            self.assembler.at(STORE, R11, RSP, offset)
        elif REGISTERS.is_register(location):
            self.assembler.at(MOVSD_STORE if REGISTERS.is_float(location) else STORE, location, RSP, offset)
        else:
            self.assembler.at(MOVSD, XMM15, RSP, self.frame_offset(location))
            self.assembler.at(MOVSD_STORE, XMM15, RSP, offset)

    # --- behind the trace ---
    def write_literals(self) -> None:
        """Behind all code, so that only the displacements of their readers are still open."""
        assembler = self.assembler
        assembler.align(8)
        start = assembler.position
        for word in self.literals:
            assembler.word64(word)
        for k in range(0, len(self.literal_fields), 2):
            assembler.resolve(self.literal_fields[k], start + 8 * self.literal_fields[k + 1])
