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
from tracewright_aarch64.conditions import Condition, branch_if, flags, inverse, zero
from tracewright_aarch64.encode import Assembler
from tracewright_aarch64.encodings import (
    ADD,
    BL,
    BR,
    CBZ,
    EQUAL,
    FMOV,
    FMOV_FROM_FLOAT,
    FMOV_IMMEDIATE,
    FMOV_TO_FLOAT,
    LITERAL,
    LITERAL_FLOAT,
    LOAD,
    LOAD_FLOAT,
    NOP,
    ORR,
    STORE,
    STORE_FLOAT,
    SUB,
    SUBS,
    Arithmetic,
    B,
    Encoding,
    Transfer,
)
from tracewright_aarch64.immediates import NO_FIELD, addition_field, float_field, moves_needed
from tracewright_aarch64.registers import (
    ANCHOR,
    BASE,
    CONVENTION,
    D31,
    LINK,
    REGISTERS,
    SP,
    X0,
    X1,
    X16,
    X17,
    ZERO,
)
from tracewright_aarch64.routines import (
    BOTTOM_OFFSET,
    FRAME_BYTES,
    LINK_OFFSET,
    STACK_OFFSET,
    Routines,
    call_c,
    write_return,
)

LINKED_ENTRY: Final = 12
MOVES_AT_MOST: Final = 2  # longer constants are read from behind the trace


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
        return X16

    def move(self, target: int, source: int) -> None:
        assembler = self.assembler
        if REGISTERS.is_register(target) and REGISTERS.is_register(source):
            self._between_registers(target, source)
        elif REGISTERS.is_register(target):
            row = LOAD_FLOAT if REGISTERS.is_float(target) else LOAD
            assembler.at(row, target, SP, self.frame_offset(source))
        elif REGISTERS.is_register(source):
            row = STORE_FLOAT if REGISTERS.is_float(source) else STORE
            assembler.at(row, source, SP, self.frame_offset(target))
        else:
            assembler.at(LOAD_FLOAT, D31, SP, self.frame_offset(source))
            assembler.at(STORE_FLOAT, D31, SP, self.frame_offset(target))

    def _between_registers(self, target: int, source: int) -> None:
        if target == source:
            return
        assembler = self.assembler
        if REGISTERS.is_float(target):
            assembler.write(FMOV if REGISTERS.is_float(source) else FMOV_TO_FLOAT, target, source)
        elif REGISTERS.is_float(source):
            assembler.write(FMOV_FROM_FLOAT, target, source)
        else:
            assembler.write(ORR.registers, target, ZERO, source)

    def load_constant(self, target: int, constant: int) -> None:
        word = self.word_at(constant)
        if REGISTERS.is_float(target):
            self._load_double(target, word)
        elif REGISTERS.is_register(target):
            self.load_word(target, word)
        elif word == 0:
            self.assembler.at(STORE, ZERO, SP, self.frame_offset(target))
        else:
            self.load_word(X16, word)
            self.assembler.at(STORE, X16, SP, self.frame_offset(target))

    def _load_double(self, target: int, bits: int) -> None:
        field = float_field(bits)
        if bits == 0:
            self.assembler.write(FMOV_TO_FLOAT, target, ZERO)
        elif field != NO_FIELD:
            self.assembler.write(FMOV_IMMEDIATE, target, 0, 0, field)
        else:
            self._read_literal(LITERAL_FLOAT, target, bits)

    def load_word(self, register: int, word: int) -> None:
        """Any word into a register, by the shortest way."""
        if moves_needed(word) <= MOVES_AT_MOST:
            self.assembler.load_immediate(register, word)
        else:
            self._read_literal(LITERAL, register, word)

    def _read_literal(self, row: Encoding, register: int, word: int) -> None:
        self.literal_fields.append(self.assembler.branch(row, register))
        self.literal_fields.append(self.literal(word))

    # --- operands ---
    def operand(self, ref: int, scratch: int) -> int:
        """A word register with the value, for instructions in which number 31 means zero. Other constants go to `scratch`."""
        if ref >= 0:
            return self.allocator.operand(ref)
        word = self.word_of(ref)
        if word == 0:
            return ZERO
        self.load_word(scratch, word)
        return scratch

    def base(self, ref: int, scratch: int) -> int:
        """A register with a reference, for instructions in which number 31 means the stack pointer."""
        if ref >= 0:
            return self.allocator.operand(ref)
        self.load_word(scratch, self.word_of(ref))
        return scratch

    def at_address(self, rows: Transfer, register: int, address: int) -> None:
        """A load or store of the memory word at any constant address. Far ones take x17, so a stored register is another."""
        offset = address - self.routines.anchor
        if 0 <= offset < 4096 << rows.scale and offset & ((1 << rows.scale) - 1) == 0:
            self.assembler.at(rows, register, ANCHOR, offset)
        elif self.assembler.page_of(X17, address):
            self.assembler.at(rows, register, X17, address & 4095)
        else:
            self.load_word(X17, address)
            self.assembler.at(rows, register, X17, 0)

    def add_constant(self, target: int, register: int, word: int) -> None:
        """target = register + word, without touching the flags; both may be the stack pointer if the word is small. Takes x17
        for what no field holds."""
        if not self.try_immediate(ADD, SUB, target, register, word):
            self.load_word(X17, word)
            self.assembler.write(ADD.registers, target, register, X17)

    def try_immediate(self, rows: Arithmetic, opposite: Arithmetic, target: int, register: int, word: int) -> bool:
        """target = register op word if a field holds the word, or its negative for the opposite operation."""
        field = addition_field(word)
        if field != NO_FIELD:
            self.assembler.write(rows.immediate, target, register, 0, field)
            return True
        # The smallest word is its own negative and no field holds it.
        field = addition_field(-word) if word > -(1 << 24) and word < 0 else NO_FIELD
        if field != NO_FIELD:
            self.assembler.write(opposite.immediate, target, register, 0, field)
            return True
        return False

    def location_operand(self, location: int, scratch: int) -> int:
        """As `operand`, for the location of a word that needs no more allocation."""
        if is_constant(location):
            word = self.word_at(location)
            if word == 0:
                return ZERO
            self.load_word(scratch, word)
            return scratch
        return location

    # --- places in the code ---
    def position(self) -> int:
        return self.assembler.position

    def align(self) -> None:
        self.assembler.align(16)

    def resolve_here(self, field: int) -> None:
        self.assembler.resolve_here(field)

    def between_instructions(self) -> None:
        """In the midst of long code: what branches that get out of reach go through, and constants that do."""
        assembler = self.assembler
        if not assembler.island_is_due():
            return
        over = assembler.branch(B)
        assembler.bridge_branches()
        self.write_literals()
        assembler.resolve_here(over)

    # --- words ---
    def load_at(self, register: int, address: int) -> None:
        self.at_address(LOAD, register, address)

    def store_at(self, register: int, address: int) -> None:
        self.at_address(STORE, register, address)

    def clear_at(self, address: int) -> None:
        self.at_address(STORE, ZERO, address)

    # --- ways to go on ---
    def jump(self, target: int) -> None:
        self.assembler.jump(B, target)

    def room_for_jump(self) -> int:
        address = self.assembler.position
        self.assembler.put(NOP.base)
        return address

    def branch(self, pending: PendingExit, condition: Condition) -> None:
        """Leave if the condition holds."""
        branch = self.assembler.position
        pending.add_branch(branch, branch_if(self.assembler, condition))

    def leave(self, exit: PendingExit) -> None:
        branch = self.assembler.position
        exit.add_branch(branch, self.assembler.branch(B))

    def leave_if_set(self, exit: PendingExit, address: int) -> None:
        self.at_address(LOAD, X16, address)
        self.branch(exit, inverse(zero(X16)))

    def leave_when_counted_down(self, exit: PendingExit, address: int) -> None:
        self.at_address(LOAD, X16, address)
        self.assembler.write(SUBS.immediate, X16, X16, 0, 1)
        self.at_address(STORE, X16, address)
        self.branch(exit, flags(EQUAL))

    def jump_unless_set(self, exit: PendingExit, address: int, target: int) -> None:
        """Where the loop's head is near, the test is the loop's branch."""
        self.at_address(LOAD, X16, address)
        if self.assembler.branch_back(CBZ, X16, target):
            self.leave(exit)
        else:
            self.branch(exit, inverse(zero(X16)))
            self.jump(target)

    def undo(self, exit: PendingExit) -> None:
        rows, opposite = (ADD, SUB) if exit.undo == UNDO_ADD else (SUB, ADD)
        register = exit.undo_register
        operand = exit.undo_operand
        if not REGISTERS.is_register(operand):
            if self.try_immediate(rows, opposite, register, register, self.word_at(operand)):
                return
        self.assembler.write(rows.registers, register, register, self.location_operand(operand, X17))

    def write_leave(self, exit: Exit) -> None:
        self.assembler.label()
        self.assembler.load_immediate(X16, address_of(exit))
        self.assembler.jump(B, self.routines.leave)

    # --- the native frame ---
    def write_frame(self) -> None:
        """A call enters here with the address of `bottom` in x0 and the VMStack in x1."""
        assembler = self.assembler
        assembler.write(SUB.immediate, SP, SP, 0, FRAME_BYTES)
        assembler.at(STORE, X0, SP, BOTTOM_OFFSET)
        assembler.at(STORE, X1, SP, STACK_OFFSET)
        assembler.at(STORE, LINK, SP, LINK_OFFSET)  # a pair with the one before
        assert assembler.position == self.compiled.entry + LINKED_ENTRY
        assembler.label()

    def linked_entry(self) -> int:
        return LINKED_ENTRY

    def enter_cell(self, exit: PendingExit, cell: int, offset: int) -> None:
        self.bring(X16, cell)
        self.assembler.at(LOAD, X16, X16, JIT_CELL_ENTRY_OFFSET)
        self.branch(exit, zero(X16))
        if offset != 0:
            self.add_constant(BASE, BASE, offset)
        self.add_constant(X16, X16, LINKED_ENTRY)
        self.assembler.write(BR, 0, X16)

    def write_return(self, status: int) -> None:
        if not self.compiled.base_is_bottom:
            self.assembler.at(LOAD, BASE, SP, BOTTOM_OFFSET)
        self.assembler.load_immediate(X1, status)
        write_return(self.assembler)

    # --- calls ---
    def call_c(self, function: int) -> None:
        call_c(self.assembler, function)

    def call_routine(self, routine: int) -> None:
        self.assembler.jump(BL, routine)

    def move_stack_pointer(self, size: int) -> None:
        self.add_constant(SP, SP, size)

    def store_argument(self, location: int, offset: int) -> None:
        if is_constant(location):
            self.assembler.at(STORE, self.location_operand(location, X16), SP, offset)
        elif REGISTERS.is_register(location):
            self.assembler.at(STORE_FLOAT if REGISTERS.is_float(location) else STORE, location, SP, offset)
        else:
            self.assembler.at(LOAD_FLOAT, D31, SP, self.frame_offset(location))
            self.assembler.at(STORE_FLOAT, D31, SP, offset)

    # --- behind the trace ---
    def write_literals(self) -> None:
        """The constants that code before this place reads."""
        assembler = self.assembler
        if len(self.literals) == 0:
            return
        assembler.align(8)
        start = assembler.position
        for word in self.literals:
            assembler.word64(word)
        for k in range(0, len(self.literal_fields), 2):
            assembler.resolve(self.literal_fields[k], start + 8 * self.literal_fields[k + 1])
        self.literals.clear()
        self.literal_fields.clear()
