"""The instruction shapes that all selectors share."""

from __future__ import annotations

from typing import final

from tracewright.jit.codegen.locations import is_constant
from tracewright.jit.codegen.trace_emitter import TraceEmitter
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.trace import Trace
from tracewright_aarch64.encode import Assembler
from tracewright_aarch64.encodings import (
    ADD,
    BL,
    FMOV,
    FMOV_FROM_FLOAT,
    FMOV_IMMEDIATE,
    FMOV_TO_FLOAT,
    LITERAL,
    LITERAL_FLOAT,
    LOAD,
    LOAD_FLOAT,
    ORR,
    STORE,
    STORE_FLOAT,
    SUB,
    Arithmetic,
    B,
    Encoding,
    Transfer,
)
from tracewright_aarch64.immediates import NO_FIELD, addition_field, float_field, moves_needed
from tracewright_aarch64.registers import ANCHOR, D31, REGISTERS, SP, X16, X17, ZERO
from tracewright_aarch64.routines import Routines

MOVES_AT_MOST = 2  # longer constants are read from behind the trace


@final
class Emitter(TraceEmitter):
    """One trace becoming machine code."""

    def __init__(
        self,
        trace: Trace,
        assembler: Assembler,
        routines: Routines,
        compiled: CompiledTrace,
        functions: list[FunctionInfo],
        classes: list[ClassInfo],
    ) -> None:
        super().__init__(trace, routines.runtime, compiled, REGISTERS, functions, classes)
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

    # --- out of line ---
    def write_slow_paths(self) -> None:
        for path in self.slow_paths:
            self.write_island_if_due()
            self.assembler.resolve_here(path.field)
            if path.source >= 0:
                self.move(X16, path.source)
            else:
                self.load_word(X16, path.immediate)
            self.assembler.jump(BL, path.routine)
            self.move(path.target, X16)
            self.assembler.jump(B, path.back)

    def write_island_if_due(self) -> None:
        """In the midst of long code: what branches that get out of reach go through, and constants that do."""
        assembler = self.assembler
        if not assembler.island_is_due():
            return
        over = assembler.branch(B)
        assembler.bridge_branches()
        self.write_literals()
        assembler.resolve_here(over)

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
