"""Rows of `encodings.py` to words in code memory, and branches whose targets are found out later.

Conditional branches reach 1 MiB, tests of a bit 32 KiB, reads of constants 1 MiB. A branch that waits for its target is a handle
(`branch`), and before it gets out of reach `write_island` gives it a plain branch (128 MiB) close by to go through.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.integers import urshift
from tracewright.core.memory import store32, store64
from tracewright.jit.codegen.code_memory import CodeMemory, CodeMemoryFull
from tracewright_aarch64.encodings import (
    ADRP,
    LOAD,
    LOAD_FLOAT,
    MOVK,
    MOVN,
    MOVZ,
    NOP,
    ORR,
    B,
    Encoding,
    Transfer,
)
from tracewright_aarch64.immediates import NO_FIELD, logical_field, move_field
from tracewright_aarch64.registers import X17, ZERO

INSTRUCTION: Final = 4
LOWEST_FREE: Final = 16  # bytes that must be left of the code memory for one instruction or constant
RESOLVED: Final = 0  # also: no branch of its own
# More bytes than any trace instruction, slow path or stub takes (a JUMP that moves what fills all registers and slots takes most):
# where islands are due is asked between them.
ISLAND_MARGIN: Final = 1024
_SPAN_26: Final = (1 << 26) - 1
_SPAN_19: Final = (1 << 19) - 1


@final
class Reach:
    """How far branches go, in bytes to either side. Tests make it small."""

    def __init__(self, jump: int, conditional: int, test: int) -> None:
        self.jump = jump
        self.conditional = conditional
        self.test = test

    def of(self, word: int) -> int:
        """How far this branch or read of a constant goes."""
        width = distance_width(word)
        if width == 26:
            return self.jump
        return self.test if width == 14 else self.conditional


FULL_REACH: Final = Reach(1 << 27, 1 << 20, 1 << 15)


@final
class Assembler:
    """Appends instructions to code memory. `position` is the address (executable view) of the next one.

    Nothing is in use before the caller commits; on CodeMemoryFull the memory is as it was.
    """

    def __init__(self, memory: CodeMemory, reach: Reach) -> None:
        self.memory = memory
        self.reach = reach
        self.position: int = memory.position()
        self.shift: int = memory.writable - memory.executable
        self.last: int = memory.end() - LOWEST_FREE
        self.field_of: list[int] = []  # by handle: the instruction whose distance is open, or RESOLVED
        self.deadline_of: list[int] = []
        self.first_open = 0  # handles below are resolved
        self.deadline: int = memory.end()  # before which the next island is due
        self._single = 0  # where a lone load or store was written last, that the next may join
        self._single_row: Transfer | None = None
        self._single_register = 0
        self._single_base = 0
        self._single_offset = 0

    # --- words ---
    def put(self, word: int) -> None:
        if self.position > self.last:
            raise CodeMemoryFull()
        store32(self.position + self.shift, word)
        self.position += INSTRUCTION

    def word64(self, value: int) -> None:
        if self.position > self.last:
            raise CodeMemoryFull()
        store64(self.position + self.shift, value)
        self.position += 8

    def align(self, alignment: int) -> None:
        """No-operations up to the next multiple; what is here may be the target of a branch."""
        while self.position & (alignment - 1) != 0:
            self.put(NOP.base)
        self.label()

    def label(self) -> None:
        """Something may jump here, so the next load or store stays by itself."""
        self._single = 0

    # --- instructions ---
    def write(self, row: Encoding, d: int, n: int = 0, m: int = 0, i: int = 0) -> None:
        """By register fields; locations of float registers count from 32."""
        self.put(row.base | d & 31 | (n & 31) << 5 | (m & 31) << 16 | (i & row.mask) << row.shift)

    def with_third(self, row: Encoding, d: int, n: int, m: int, t: int) -> None:
        """Rows with a field t."""
        self.put(row.base | d & 31 | (n & 31) << 5 | (m & 31) << 16 | (t & 31) << 10)

    def at(self, rows: Transfer, register: int, base: int, offset: int) -> None:
        """A load or store at base + offset, together with the one before if they are neighbours. Far offsets take x17."""
        if offset & ((1 << rows.scale) - 1) == 0 and 0 <= offset < 4096 << rows.scale:
            if self._joins(rows, register, base, offset):
                return
            position = self.position
            self.write(rows.scaled, register, base, 0, offset >> rows.scale)
            self._single = position
            self._single_row = rows
            self._single_register = register
            self._single_base = base
            self._single_offset = offset
        elif -256 <= offset < 256:
            self.write(rows.unscaled, register, base, 0, offset)
        else:
            self.load_immediate(X17, offset)
            self.write(rows.indexed, register, base, X17)

    def _joins(self, rows: Transfer, register: int, base: int, offset: int) -> bool:
        """Turn the load or store just written into a pair with this one."""
        if self._single == 0 or self._single + INSTRUCTION != self.position or self._single_row is not rows:
            return False
        if not rows.pairs or self._single_base != base or offset > 504:
            return False
        first = self._single_register
        if rows is LOAD and (first == base or first == register):
            return False
        if rows is LOAD_FLOAT and first == register:
            return False
        low, high = first, register
        lowest = self._single_offset
        if offset == lowest - 8:
            low, high, lowest = register, first, offset
        elif offset != lowest + 8:
            return False
        word = rows.pair.base | low & 31 | (base & 31) << 5 | (high & 31) << 10 | (lowest >> 3) << rows.pair.shift
        store32(self._single + self.shift, word)
        self._single = 0
        return True

    # --- constants ---
    def load_immediate(self, register: int, value: int) -> None:
        """Any word into a register by one to four instructions, without touching the flags."""
        field = move_field(value)
        if field != NO_FIELD:
            self.write(MOVZ, register, 0, 0, field)
            return
        field = move_field(~value)
        if field != NO_FIELD:
            self.write(MOVN, register, 0, 0, field)
            return
        field = logical_field(value)
        if field != NO_FIELD:
            self.write(ORR.immediate, register, ZERO, 0, field)
            return
        zeros = 0
        ones = 0
        for piece in range(4):
            bits = urshift(value, 16 * piece) & 0xFFFF
            zeros += int(bits == 0)
            ones += int(bits == 0xFFFF)
        filler = 0xFFFF if ones > zeros else 0
        begun = False
        for piece in range(4):
            bits = urshift(value, 16 * piece) & 0xFFFF
            if bits == filler:
                continue
            if begun:
                self.write(MOVK, register, 0, 0, piece << 16 | bits)
            elif filler == 0:
                self.write(MOVZ, register, 0, 0, piece << 16 | bits)
            else:
                self.write(MOVN, register, 0, 0, piece << 16 | bits ^ 0xFFFF)
            begun = True

    def page_of(self, register: int, address: int) -> bool:
        """The address of the 4-KiB page that `address` lies in, if that is within 4 GiB."""
        pages = (address >> 12) - (self.position >> 12)
        if not -(1 << 20) <= pages < 1 << 20:
            return False
        self.put(ADRP.base | register & 31 | (pages & 3) << 29 | (pages >> 2 & _SPAN_19) << 5)
        return True

    # --- branches ---
    def branch(self, row: Encoding, register: int = 0) -> int:
        """A branch whose target is not known yet; gives the handle for `resolve`."""
        self.field_of.append(self.position)
        deadline = self.position + self.reach.of(row.base)
        self.deadline_of.append(deadline)
        self.deadline = min(self.deadline, deadline)
        self.put(row.base | register & 31)
        return len(self.field_of) - 1

    def branch_on_bit(self, row: Encoding, register: int, bit: int) -> int:
        """tbz or tbnz."""
        handle = self.branch(row, register)
        word = self.memory.read32(self.field_of[handle])
        self.memory.write32(self.field_of[handle], word | (bit & 31) << 19 | (bit >> 5) << 31)
        return handle

    def resolve(self, handle: int, target: int) -> None:
        """Fill in where a branch goes, or where a constant lies."""
        field = self.field_of[handle]
        assert field != RESOLVED
        assert -self.reach.of(self.memory.read32(field)) <= target - field < self.reach.of(self.memory.read32(field))
        set_distance(self.memory, field, target)
        self.field_of[handle] = RESOLVED
        while self.first_open < len(self.field_of) and self.field_of[self.first_open] == RESOLVED:
            self.first_open += 1

    def resolve_here(self, handle: int) -> None:
        self.resolve(handle, self.position)
        self.label()

    def jump(self, row: Encoding, target: int) -> None:
        """b or bl to a known place in code memory."""
        self.put(row.base | (target - self.position >> 2) & _SPAN_26)

    def branch_back(self, row: Encoding, register: int, target: int) -> bool:
        """A conditional branch to a known place, if it reaches."""
        distance = target - self.position
        if not -self.reach.of(row.base) <= distance < self.reach.of(row.base):
            return False
        self.put(row.base | register & 31 | (distance >> 2 & row.mask) << row.shift)
        return True

    # --- islands ---
    def island_is_due(self) -> bool:
        """Whether a branch would get out of reach before the next question."""
        waiting = len(self.field_of) - self.first_open
        return self.position + ISLAND_MARGIN + 3 * INSTRUCTION * waiting > self.deadline

    def bridge_branches(self) -> None:
        """Part of an island: a plain branch for every branch that waits and reaches less far."""
        self.deadline = self.memory.end()
        for handle in range(self.first_open, len(self.field_of)):
            field = self.field_of[handle]
            if field != RESOLVED and not is_constant_read(self.memory.read32(field)):
                if self.deadline_of[handle] < field + self.reach.jump:
                    assert self.position < self.deadline_of[handle], "an island that comes too late"
                    set_distance(self.memory, field, self.position)
                    self.field_of[handle] = self.position
                    self.deadline_of[handle] = self.position + self.reach.jump
                    self.put(B.base)
                self.deadline = min(self.deadline, self.deadline_of[handle])


def distance_width(word: int) -> int:
    """How many bits of the instruction count the distance; a field of 26 bits lies at bit 0, others at bit 5."""
    if word >> 26 & 31 == 5:
        return 26
    return 14 if word >> 25 & 63 == 27 else 19


def is_constant_read(word: int) -> bool:
    """ldr from a place near the code."""
    return word >> 24 & 0xFB == 0x58


def set_distance(memory: CodeMemory, field: int, target: int) -> None:
    """Make the branch (or read of a constant) at `field` go to `target`, which is in reach."""
    word = memory.read32(field)
    width = distance_width(word)
    lowest = 0 if width == 26 else 5
    distance = target - field >> 2
    assert -(1 << width - 1) <= distance < 1 << width - 1, "a branch that does not reach its target"
    mask = (1 << width) - 1
    memory.write32(field, word & ~(mask << lowest) | (distance & mask) << lowest)


def patch_branch(memory: CodeMemory, reach: Reach, branch: int, stub: int, target: int) -> None:
    """From now on the guard's branch leads to `target`: by itself if it reaches, else by way of its stub. One aligned store of
    four bytes either way, so whoever executes meanwhile goes one way or the other."""
    if branch != RESOLVED:
        span = reach.of(memory.read32(branch))
        if -span <= target - branch < span:
            set_distance(memory, branch, target)
            memory.written(branch, INSTRUCTION)
            return
    patch_jump(memory, stub, target)


def patch_jump(memory: CodeMemory, address: int, target: int) -> None:
    """Write a plain branch over an instruction."""
    memory.write32(address, B.base | (target - address >> 2) & _SPAN_26)
    memory.written(address, INSTRUCTION)
