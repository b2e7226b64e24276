"""Rows of `encodings.py` to bytes in code memory."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.memory import store8, store32, store64
from tracewright.jit.codegen.code_memory import CodeMemory, CodeMemoryFull
from tracewright_x86_64.encodings import (
    JCC,
    JMP,
    MOV_IMMEDIATE,
    MOV_IMMEDIATE_LOW,
    MOV_IMMEDIATE_WIDE,
    NO_EXTENSION,
    NOP_BYTES,
    Encoding,
)

LONGEST_INSTRUCTION: Final = 16
_MODE_INDIRECT: Final = 0x00
_MODE_BYTE: Final = 0x40
_MODE_WORD: Final = 0x80
_MODE_REGISTER: Final = 0xC0
_NEEDS_SIB: Final = 4  # rsp and r12 as base
_NEEDS_DISPLACEMENT: Final = 5  # rbp and r13 as base


def fits_byte(value: int) -> bool:
    return -128 <= value <= 127


def fits_word(value: int) -> bool:
    """Whether a sign-extended 32-bit field holds it."""
    return -0x80000000 <= value <= 0x7FFFFFFF


@final
class Assembler:
    """Appends instructions to code memory. `position` is the address (executable view) of the next byte.

    Nothing is in use before the caller commits; on CodeMemoryFull the memory is as it was.
    """

    def __init__(self, memory: CodeMemory) -> None:
        self.memory = memory
        self.position: int = memory.position()
        self.shift: int = memory.writable - memory.executable
        self.last: int = memory.end() - LONGEST_INSTRUCTION

    # --- bytes ---
    def byte(self, value: int) -> None:
        store8(self.position + self.shift, value)
        self.position += 1

    def word32(self, value: int) -> None:
        store32(self.position + self.shift, value)
        self.position += 4

    def word64(self, value: int) -> None:
        if self.position > self.last:
            raise CodeMemoryFull()
        store64(self.position + self.shift, value)
        self.position += 8

    def align(self, alignment: int) -> None:
        """No-operations up to the next multiple."""
        missing = -self.position & (alignment - 1)
        while missing > 0:
            count = min(missing, len(NOP_BYTES) - 1)
            self.nop(count)
            missing -= count

    def nop(self, count: int) -> None:
        """One no-operation of `count` bytes."""
        if self.position > self.last:
            raise CodeMemoryFull()
        for value in NOP_BYTES[count]:
            self.byte(value)

    # --- instructions by the shape of their r/m operand ---
    def plain(self, row: Encoding) -> None:
        """No operands."""
        self._opcode(row, 0, 0, 0, False)

    def registers(self, row: Encoding, register: int, other: int, immediate: int = 0) -> None:
        """`other` is the r/m operand, or the operand in the opcode; `register` is ignored by rows with a digit."""
        register = self._opcode(row, register, 0, other, row.byte_operand and other >= 4)
        if row.modrm:
            self.byte(_MODE_REGISTER | (register & 7) << 3 | (other & 7))
        self._immediate(row, immediate)

    def at(self, row: Encoding, register: int, base: int, displacement: int, immediate: int = 0) -> None:
        """The r/m operand is memory at base + displacement."""
        register = self._opcode(row, register, 0, base, False)
        mode = _displacement_mode(base, displacement)
        if base & 7 == _NEEDS_SIB:
            self.byte(mode | (register & 7) << 3 | 4)
            self.byte(0x24)
        else:
            self.byte(mode | (register & 7) << 3 | (base & 7))
        self._displacement(mode, displacement)
        self._immediate(row, immediate)

    def indexed(
        self, row: Encoding, register: int, base: int, index: int, scale: int, displacement: int, immediate: int = 0
    ) -> None:
        """The r/m operand is memory at base + (index << scale) + displacement; the index is not rsp."""
        register = self._opcode(row, register, index, base, False)
        mode = _displacement_mode(base, displacement)
        self.byte(mode | (register & 7) << 3 | 4)
        self.byte(scale << 6 | (index & 7) << 3 | (base & 7))
        self._displacement(mode, displacement)
        self._immediate(row, immediate)

    def absolute(self, row: Encoding, register: int, address: int, immediate: int = 0) -> None:
        """The r/m operand is memory at an address that fits a sign-extended 32-bit field."""
        register = self._opcode(row, register, 0, 0, False)
        self.byte((register & 7) << 3 | 4)
        self.byte(0x25)
        self.word32(address)
        self._immediate(row, immediate)

    def near(self, row: Encoding, register: int, address: int, immediate: int = 0) -> int:
        """The r/m operand is memory near the code; gives the position of its 4 displacement bytes, for `resolve`."""
        register = self._opcode(row, register, 0, 0, False)
        self.byte((register & 7) << 3 | 5)
        field = self.position
        self.word32(address - (field + 4 + row.immediate))
        self._immediate(row, immediate)
        return field

    def jump(self, row: Encoding, target: int) -> int:
        """A jump or call to an address near the code; gives the position of its displacement, for `resolve`."""
        self._opcode(row, 0, 0, 0, False)
        field = self.position
        self.word32(target - (field + 4))
        return field

    def resolve(self, field: int, target: int) -> None:
        """Fill in where a jump goes (or where a `near` operand without immediate lies)."""
        self.memory.write32(field, target - (field + 4))

    def load_immediate(self, register: int, value: int) -> None:
        """Any word into a register, without touching the flags."""
        if 0 <= value <= 0xFFFFFFFF:
            self.registers(MOV_IMMEDIATE_LOW, 0, register, value)
        elif fits_word(value):
            self.registers(MOV_IMMEDIATE, 0, register, value)
        else:
            self.registers(MOV_IMMEDIATE_WIDE, 0, register, value)

    # --- parts ---
    def _opcode(self, row: Encoding, register: int, index: int, base: int, low_byte: bool) -> int:
        """Prefix, REX, opcode; gives what belongs in the reg field. `low_byte`: the r/m operand is one of sil, dil ..."""
        if self.position > self.last:
            raise CodeMemoryFull()
        if row.extension != NO_EXTENSION:
            register = row.extension
        if row.prefix != 0:
            self.byte(row.prefix)
        rex = row.wide | (register >> 3 & 1) << 2 | (index >> 3 & 1) << 1 | (base >> 3 & 1)
        # Without a REX prefix the byte registers 4..7 would be ah, ch, dh, bh.
        if rex != 0 or low_byte or (row.byte_register and register >= 4):
            self.byte(0x40 | rex)
        if row.escape:
            self.byte(0x0F)
        self.byte(row.opcode | (base & 7) if row.register_in_opcode else row.opcode)
        return register

    def _displacement(self, mode: int, displacement: int) -> None:
        if mode == _MODE_BYTE:
            self.byte(displacement)
        elif mode == _MODE_WORD:
            self.word32(displacement)

    def _immediate(self, row: Encoding, value: int) -> None:
        if row.immediate == 1:
            self.byte(value)
        elif row.immediate == 4:
            self.word32(value)
        elif row.immediate == 8:
            store64(self.position + self.shift, value)
            self.position += 8


def _displacement_mode(base: int, displacement: int) -> int:
    if displacement == 0 and base & 7 != _NEEDS_DISPLACEMENT:
        return _MODE_INDIRECT
    return _MODE_BYTE if fits_byte(displacement) else _MODE_WORD


def patch_jump(memory: CodeMemory, address: int, target: int) -> None:
    """Make the conditional jump at `address` go to `target`, or write a jump there over 5 bytes of other code.

    Only the thread that runs the code patches it, and never the instruction it is about to return to in the middle.
    """
    if memory.read8(address) == 0x0F and memory.read8(address + 1) & 0xF0 == JCC[0].opcode:
        memory.write32(address + 2, target - (address + 6))
    else:
        memory.write32(address + 1, target - (address + 5))
        memory.write8(address, JMP.opcode)
    memory.written(address, 6)
