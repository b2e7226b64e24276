"""How this machine reaches memory: the calls of `jit/codegen/memory_code.py`.

store(WORD, #7, r1, 16)        mov qword [rax + 16], 7          a constant that fits is in the instruction
load_element(LOW8, r1, i2)     movzx ecx, byte [rax + rdx + 24]
"""

from typing import Final

from tracewright.core.vm_stack import CELLS_OFFSET
from tracewright.gc.header import AGE_OFFSET, OLD
from tracewright.jit.codegen.locations import LOCATION_NONE, WORD_SHIFT
from tracewright.jit.codegen.memory_code import WORD
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encode import fits_word
from tracewright_x86_64.encodings import (
    ABOVE,
    ADD,
    BELOW,
    CMP,
    JCC,
    JMP,
    LEA,
    LOAD8,
    LOAD16,
    MOV,
    MOV_LOW,
    MOVSD,
    MOVSD_STORE,
    MOVUPS,
    MOVUPS_STORE,
    NOT_EQUAL,
    SAR_BYTE,
    STORE,
    STORE8,
    STORE16,
    STORE32,
    STORE_IMMEDIATE,
    SUB,
    TEST_BYTE,
    Encoding,
)
from tracewright_x86_64.registers import R11, RBX, REGISTERS, RSP, XMM15
from tracewright_x86_64.routines import BOTTOM_OFFSET, INT_TAG_WORD, STACK_OFFSET

# By the kinds of `memory_code.py`: WORD, FLOAT, LOW32, LOW16, LOW8.
_LOADS: Final = [MOV, MOVSD, MOV_LOW, LOAD16, LOAD8]
_STORES: Final = [STORE, MOVSD_STORE, STORE32, STORE16, STORE8]


class MemoryEmitter(Emitter):
    """An emitter that reaches memory."""

    # --- references and addresses ---
    def load(self, kind: int, register: int, base: int, offset: int) -> None:
        self._memory(_LOADS[kind], register, base, offset)

    def store(self, kind: int, value: int, base: int, offset: int) -> None:
        if kind == WORD and self._is_immediate(value):
            self._memory(STORE_IMMEDIATE, 0, base, offset, self.word_of(value))
        else:
            source = self._stored(value)
            self._memory(self._store_row(kind, source), source, base, offset)

    def load_element(self, kind: int, register: int, base: int, index: int, shift: int, start: int) -> None:
        self._element(_LOADS[kind], register, base, index, shift, start)

    def store_element(self, kind: int, value: int, base: int, index: int, shift: int, start: int) -> None:
        if kind == WORD and self._is_immediate(value):
            self._element(STORE_IMMEDIATE, 0, base, index, shift, start, self.word_of(value))
        else:
            source = self._stored(value)
            self._element(self._store_row(kind, source), source, base, index, shift, start)

    def branch_if_old(self, thing: int) -> int:
        self._memory(TEST_BYTE, 0, thing, AGE_OFFSET, OLD)
        return self.assembler.jump(JCC[NOT_EQUAL], self.assembler.position)

    def branch_if_old_at(self, register: int) -> int:
        self.assembler.at(TEST_BYTE, 0, register, AGE_OFFSET, OLD)
        return self.assembler.jump(JCC[NOT_EQUAL], self.assembler.position)

    def branch_if_boxed(self, value: int) -> int:
        self.assembler.near(CMP.from_rm, self.allocator.operand(value), self.routines.constant(INT_TAG_WORD))
        return self.assembler.jump(JCC[BELOW], self.assembler.position)

    def add_index(self, register: int, index: int, start: int) -> None:
        if index == LOCATION_NONE:
            self.assembler.at(LEA, register, register, start)
        else:
            self.assembler.indexed(LEA, register, register, index, WORD_SHIFT, start)

    def _memory(self, row: Encoding, register: int, base: int, offset: int, immediate: int = 0) -> None:
        """`row` on the memory at the operand `base` + offset."""
        if base < 0:
            address = self.word_of(base) + offset
            if fits_word(address):
                self.assembler.absolute(row, register, address, immediate)
                return
        if fits_word(offset):
            self.assembler.at(row, register, self.allocator.operand(base), offset, immediate)
        else:
            self.assembler.load_immediate(R11, offset)
            self.assembler.indexed(row, register, self.allocator.operand(base), R11, 0, 0, immediate)

    def _element(
        self, row: Encoding, register: int, base: int, index: int, shift: int, start: int, immediate: int = 0
    ) -> None:
        """`row` on the memory at the operand `base` + `start` + (`index` << `shift`)."""
        if index < 0 and fits_word((self.word_of(index) << shift) + start):
            self._memory(row, register, base, (self.word_of(index) << shift) + start, immediate)
            return
        thing = self.allocator.operand(base)
        position = self.allocator.operand(index)
        self.assembler.indexed(row, register, thing, position, shift, start, immediate)

    def _is_immediate(self, value: int) -> bool:
        """Whether a store can have the operand in the instruction."""
        return value < 0 and fits_word(self.word_of(value))

    def _stored(self, value: int) -> int:
        """A register with a value to be stored. Of a constant double the bits are as good."""
        if value < 0:
            register = self.allocator.temporary(False)
            self.assembler.load_immediate(register, self.word_of(value))
            return register
        return self.allocator.operand(value)

    def _store_row(self, kind: int, register: int) -> Encoding:
        """The store of that much of a register of either kind."""
        return MOVSD_STORE if REGISTERS.is_float(register) else _STORES[kind]

    # --- the VM stack ---
    def load_slot(self, register: int, slot: int) -> None:
        self.assembler.at(MOV, register, RBX, 8 * slot)

    def store_slot(self, value: int, slot: int) -> None:
        if self._is_immediate(value):
            self.assembler.at(STORE_IMMEDIATE, 0, RBX, 8 * slot, self.word_of(value))
        else:
            self.assembler.at(STORE, self._stored(value), RBX, 8 * slot)

    def store_slot_pair(self, first: int, second: int, slot: int) -> None:
        """Together, unless both are in the instruction anyway."""
        if self._is_immediate(first) and self._is_immediate(second):
            super().store_slot_pair(first, second, slot)
        else:
            self.near_literals(MOVUPS, XMM15, self.word_of(first), self.word_of(second))
            self.assembler.at(MOVUPS_STORE, XMM15, RBX, 8 * slot)

    def load_slot_of(self, register: int, stack: int, index: int) -> None:
        self._memory(MOV, R11, stack, CELLS_OFFSET)
        self.assembler.indexed(MOV, register, R11, self.allocator.operand(index), WORD_SHIFT, 0)

    def store_slot_of(self, value: int, stack: int, index: int) -> None:
        source = self._stored(value)
        position = self.allocator.operand(index)
        self._memory(MOV, R11, stack, CELLS_OFFSET)
        self.assembler.indexed(STORE, source, R11, position, WORD_SHIFT, 0)

    def load_base_index(self, register: int) -> None:
        self.assembler.registers(MOV, register, RBX)
        slot_index(self, register)

    def load_bottom_index(self, register: int) -> None:
        self.assembler.at(MOV, register, RSP, BOTTOM_OFFSET)
        slot_index(self, register)

    # --- allocation ---
    def take_cell(self, register: int, size_class: int, size: int) -> int:
        cursor = self.runtime.cursors + 8 * size_class
        self.at_address(MOV, register, cursor)
        self.arithmetic_immediate(ADD, register, size)
        self.at_address(CMP.from_rm, register, self.runtime.limits + 8 * size_class)
        branch = self.assembler.jump(JCC[ABOVE], self.assembler.position)
        self.at_address(STORE, register, cursor)
        self.arithmetic_immediate(SUB, register, size)
        return branch

    def branch_away(self) -> int:
        return self.assembler.jump(JMP, self.assembler.position)

    def store_constant(self, register: int, offset: int, word: int) -> None:
        self.assembler.at(STORE_IMMEDIATE, 0, register, offset, word)


def slot_index(emitter: Emitter, register: int) -> None:
    """The address of a VM-stack slot, in the register, becomes the slot's index."""
    emitter.assembler.at(MOV, R11, RSP, STACK_OFFSET)
    emitter.assembler.at(SUB.from_rm, register, R11, CELLS_OFFSET)
    emitter.assembler.registers(SAR_BYTE, 0, register, WORD_SHIFT)
