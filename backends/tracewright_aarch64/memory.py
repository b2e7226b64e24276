"""How this machine reaches memory: the calls of `jit/codegen/memory_code.py`.

store(WORD, #7, r1, 16)        movz x16, 7; str x16, [x0, 16]
load_element(LOW8, r1, i2)     add x17, x0, x1; ldrb w2, [x17, 24]
"""

from typing import Final

from tracewright.core.integers import count_trailing_zeros
from tracewright.core.vm_stack import CELLS_OFFSET
from tracewright.gc.header import AGE_OFFSET, OLD
from tracewright.jit.codegen.locations import LOCATION_NONE, WORD_SHIFT
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import (
    ABOVE,
    ADD,
    B_IF,
    BELOW,
    LOAD,
    LOAD8,
    LOAD16,
    LOAD32,
    LOAD_FLOAT,
    SBFM,
    STORE,
    STORE8,
    STORE16,
    STORE32,
    STORE_FLOAT,
    SUB,
    SUBS,
    TBNZ,
    B,
    Transfer,
)
from tracewright_aarch64.registers import BASE, REGISTERS, SP, TAG, X16, X17, ZERO
from tracewright_aarch64.routines import BOTTOM_OFFSET, STACK_OFFSET
from tracewright_aarch64.select_words import shift_right

# By the kinds of `memory_code.py`: WORD, FLOAT, LOW32, LOW16, LOW8.
_LOADS: Final = [LOAD, LOAD_FLOAT, LOAD32, LOAD16, LOAD8]
_STORES: Final = [STORE, STORE_FLOAT, STORE32, STORE16, STORE8]


class MemoryEmitter(Emitter):
    """An emitter that reaches memory."""

    # --- references and addresses ---
    def load(self, kind: int, register: int, base: int, offset: int) -> None:
        self._memory(_LOADS[kind], register, base, offset)

    def store(self, kind: int, value: int, base: int, offset: int) -> None:
        source = self.operand(value, X16)
        self._memory(self._store_rows(kind, source), source, base, offset)

    def load_element(self, kind: int, register: int, base: int, index: int, shift: int, start: int) -> None:
        self._element(_LOADS[kind], register, base, index, shift, start)

    def store_element(self, kind: int, value: int, base: int, index: int, shift: int, start: int) -> None:
        source = self.operand(value, X16)
        self._element(self._store_rows(kind, source), source, base, index, shift, start)

    def branch_if_old(self, thing: int) -> int:
        self._memory(LOAD8, X16, thing, AGE_OFFSET)
        return self.assembler.branch_on_bit(TBNZ, X16, count_trailing_zeros(OLD))

    def branch_if_old_at(self, register: int) -> int:
        self.assembler.at(LOAD8, X16, register, AGE_OFFSET)
        return self.assembler.branch_on_bit(TBNZ, X16, count_trailing_zeros(OLD))

    def branch_if_boxed(self, value: int) -> int:
        self.assembler.write(SUBS.registers, ZERO, self.operand(value, X16), TAG)
        return self.assembler.branch(B_IF[BELOW])

    def add_index(self, register: int, index: int, start: int) -> None:
        if index != LOCATION_NONE:
            self.assembler.write(ADD.registers, register, register, index, WORD_SHIFT)
        self.add_constant(register, register, start)

    def position_of_label(self) -> int:
        self.assembler.label()
        return self.assembler.position

    def _memory(self, rows: Transfer, register: int, base: int, offset: int) -> None:
        """A load or store at the operand `base` + offset. What is stored is not in x17."""
        if base < 0:
            self.load_word(X17, self.word_of(base) + offset)
            self.assembler.at(rows, register, X17, 0)
        else:
            self.assembler.at(rows, register, self.allocator.operand(base), offset)

    def _element(self, rows: Transfer, register: int, base: int, index: int, shift: int, start: int) -> None:
        """A load or store at the operand `base` + `start` + (`index` << `shift`)."""
        if index < 0:
            self._memory(rows, register, base, (self.word_of(index) << shift) + start)
            return
        thing = self.base(base, X17)
        position = self.allocator.operand(index)
        self.assembler.write(ADD.registers, X17, thing, position, shift)
        self.assembler.at(rows, register, X17, start)

    def _store_rows(self, kind: int, register: int) -> Transfer:
        """The store of that much of a register of either kind. Of a constant double the bits are as good."""
        return STORE_FLOAT if REGISTERS.is_float(register) else _STORES[kind]

    # --- the VM stack ---
    def load_slot(self, register: int, slot: int) -> None:
        self.assembler.at(LOAD, register, BASE, 8 * slot)

    def store_slot(self, value: int, slot: int) -> None:
        source = self.operand(value, X16)
        self.assembler.at(STORE, source, BASE, 8 * slot)

    def load_slot_of(self, register: int, stack: int, index: int) -> None:
        position = self.operand(index, X16)
        self._memory(LOAD, X17, stack, CELLS_OFFSET)
        self.assembler.write(LOAD.indexed_words, register, X17, position)

    def store_slot_of(self, value: int, stack: int, index: int) -> None:
        source = self.operand(value, X16)
        position = self.allocator.operand(index)
        self._memory(LOAD, X17, stack, CELLS_OFFSET)
        self.assembler.write(STORE.indexed_words, source, X17, position)

    def load_base_index(self, register: int) -> None:
        slot_index(self, register, BASE)

    def load_bottom_index(self, register: int) -> None:
        self.assembler.at(LOAD, register, SP, BOTTOM_OFFSET)
        slot_index(self, register, register)

    # --- allocation ---
    def take_cell(self, register: int, size_class: int, size: int) -> int:
        cursor = self.runtime.cursors + 8 * size_class
        self.at_address(LOAD, register, cursor)
        self.at_address(LOAD, X16, self.runtime.limits + 8 * size_class)
        self.add_constant(register, register, size)
        self.assembler.write(SUBS.registers, ZERO, register, X16)
        branch = self.assembler.branch(B_IF[ABOVE])
        self.at_address(STORE, register, cursor)
        self.add_constant(register, register, -size)
        return branch

    def branch_away(self) -> int:
        return self.assembler.branch(B)

    def store_constant(self, register: int, offset: int, word: int) -> None:
        self.load_word(X16, word)
        self.assembler.at(STORE, X16, register, offset)


def slot_index(emitter: Emitter, target: int, address: int) -> None:
    """The index of the VM-stack slot whose address is in a register."""
    emitter.assembler.at(LOAD, X17, SP, STACK_OFFSET)
    emitter.assembler.at(LOAD, X17, X17, CELLS_OFFSET)
    emitter.assembler.write(SUB.registers, target, address, X17)
    shift_right(emitter, SBFM, target, target, WORD_SHIFT)
