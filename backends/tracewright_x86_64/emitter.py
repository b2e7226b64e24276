"""The instruction shapes that all selectors share."""

from __future__ import annotations

from typing import final

from tracewright.jit.codegen.locations import is_constant
from tracewright.jit.codegen.trace_emitter import TraceEmitter
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.trace import Trace
from tracewright_x86_64.encode import Assembler, fits_byte, fits_word
from tracewright_x86_64.encodings import (
    CALL,
    JMP,
    MOV,
    MOVAPS,
    MOVQ_FROM_FLOAT,
    MOVQ_TO_FLOAT,
    MOVSD,
    MOVSD_STORE,
    STORE,
    STORE_IMMEDIATE,
    XORPS,
    Arithmetic,
    Encoding,
)
from tracewright_x86_64.registers import R11, REGISTERS, RSP, XMM15
from tracewright_x86_64.routines import Routines


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

    # --- the end of the trace ---
    def write_slow_paths(self) -> None:
        for path in self.slow_paths:
            self.assembler.resolve(path.field, self.assembler.position)
            if path.source >= 0:
                self.move(R11, path.source)
            else:
                self.assembler.load_immediate(R11, path.immediate)
            self.assembler.jump(CALL, path.routine)
            self.move(path.target, R11)
            self.assembler.jump(JMP, path.back)

    def write_literals(self) -> None:
        """Behind all code, so that only the displacements of their readers are still open."""
        assembler = self.assembler
        assembler.align(8)
        start = assembler.position
        for word in self.literals:
            assembler.word64(word)
        for k in range(0, len(self.literal_fields), 2):
            assembler.resolve(self.literal_fields[k], start + 8 * self.literal_fields[k + 1])
