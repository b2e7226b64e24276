"""Rows of `encodings.py` to words in code memory.

Branches reach 4 KiB, so guards branch over a plain jump (1 MiB), which is what waits for its target and what is patched.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.integers import count_trailing_zeros, wrap_sub
from tracewright.core.memory import store32
from tracewright.jit.codegen.code_memory import CodeMemory, CodeMemoryFull
from tracewright_riscv64.encodings import ADD, ADDI, ADDIW, BRANCH, JAL, LUI, SLLI, STORE, Encoding
from tracewright_riscv64.registers import X30, ZERO

INSTRUCTION: Final = 4
JUMP_REACH: Final = 1 << 20  # bytes to either side
NOP: Final = ADDI.base


def fits_number(value: int) -> bool:
    """Whether a field of twelve bits holds it."""
    return -2048 <= value < 2048


def placed(row: Encoding, number: int) -> int:
    """The number's pieces where the row has them."""
    word = 0
    for lowest, width, place in row.pieces:
        word |= (number >> lowest & (1 << width) - 1) << place
    return word


@final
class Assembler:
    """Appends instructions to code memory. `position` is the address (executable view) of the next one."""

    def __init__(self, memory: CodeMemory) -> None:
        self.memory = memory
        self.position: int = memory.position()
        self.shift: int = memory.writable - memory.executable
        self.last: int = memory.end() - INSTRUCTION

    def put(self, word: int) -> None:
        if self.position > self.last:
            raise CodeMemoryFull()
        store32(self.position + self.shift, word)
        self.position += INSTRUCTION

    def align(self, alignment: int) -> None:
        """No-operations up to the next multiple."""
        while self.position & (alignment - 1) != 0:
            self.put(NOP)

    def three(self, row: Encoding, d: int, n: int, m: int) -> None:
        """Three registers; of stores and branches d is none."""
        self.put(row.base | d << 7 | n << 15 | m << 20)

    def two(self, row: Encoding, d: int, n: int, number: int) -> None:
        """Two registers and a number that its field holds."""
        self.put(row.base | d << 7 | n << 15 | placed(row, number))

    def move(self, target: int, source: int) -> None:
        self.two(ADDI, target, source, 0)

    def at(self, row: Encoding, register: int, base: int, offset: int) -> None:
        """A load or store at base + offset. Far offsets take x30."""
        if not fits_number(offset):
            base, offset = self._far(base, offset)
        self.put(row.base | base << 15 | register << (20 if row is STORE else 7) | placed(row, offset))

    def _far(self, base: int, offset: int) -> tuple[int, int]:
        """The same place as x30 and a short offset."""
        low = (offset & 0xFFF ^ 0x800) - 0x800
        self.load_immediate(X30, wrap_sub(offset, low))
        if base != ZERO:
            self.three(ADD, X30, X30, base)
        return X30, low

    def load_immediate(self, register: int, value: int) -> None:
        """Any word into a register: twelve bits at a time behind the upper twenty of a word of 32."""
        low = (value & 0xFFF ^ 0x800) - 0x800
        if fits_number(value):
            self.two(ADDI, register, ZERO, value)
        elif -0x80000000 <= value <= 0x7FFFFFFF:
            self.put(LUI.base | register << 7 | placed(LUI, value - low >> 12))
            if low != 0:
                self.two(ADDIW, register, register, low)
        else:
            upper = wrap_sub(value, low) >> 12
            zeros = count_trailing_zeros(upper)
            self.load_immediate(register, upper >> zeros)
            self.two(SLLI, register, register, 12 + zeros)
            if low != 0:
                self.two(ADDI, register, register, low)

    # --- control ---
    def branch(self, code: int, n: int, m: int, target: int) -> bool:
        """A branch to a known place under a condition of the machine, if it reaches."""
        distance = target - self.position
        if not -4096 <= distance < 4096:
            return False
        self.put(BRANCH.base | code << 12 | n << 15 | m << 20 | placed(BRANCH, distance))
        return True

    def jump(self, link: int, target: int) -> int:
        """A jump to a known place in code memory, or one that waits (`target` is `position` then); gives its address."""
        address = self.position
        self.put(jump_word(link, target - address))
        return address

    def resolve_here(self, address: int) -> None:
        """The waiting jump goes to the next instruction."""
        self.memory.write32(address, jump_word(ZERO, self.position - address))


def jump_word(link: int, distance: int) -> int:
    """jal"""
    assert -JUMP_REACH <= distance < JUMP_REACH, "a jump that does not reach its target"
    return JAL.base | link << 7 | placed(JAL, distance)


def patch_jump(memory: CodeMemory, address: int, target: int) -> None:
    """Write a jump over a jump or a no-operation: one aligned store of four bytes."""
    memory.write32(address, jump_word(ZERO, target - address))
    memory.written(address, INSTRUCTION)
