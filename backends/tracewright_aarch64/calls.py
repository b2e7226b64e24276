"""Calls of the machine code of other guest functions: the calls of `call_code.py`."""

from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET
from tracewright.core.value import INT_TAG, SMALL_INT_BITS
from tracewright.hints import GUEST_CODE_CELLS_OFFSET, JIT_CELL_ENTRY_OFFSET, JIT_CELL_TYPED_ENTRY_OFFSET
from tracewright.jit.codegen.pending import PendingExit
from tracewright_aarch64.conditions import flags
from tracewright_aarch64.encodings import (
    B_IF,
    BELOW,
    BL,
    BLR,
    CBNZ,
    CBZ,
    CMP_SP,
    LOAD,
    NOT_EQUAL,
    ORR,
    SBFM,
    STORE,
    SUB,
    SUBS,
    B,
)
from tracewright_aarch64.immediates import logical_field
from tracewright_aarch64.memory import MemoryEmitter, slot_index
from tracewright_aarch64.registers import BASE, LINK, SP, TAG, X0, X1, X2, X16, ZERO
from tracewright_aarch64.routines import BOTTOM_OFFSET, FRAME_BYTES, LINK_OFFSET, STACK_OFFSET, call_c

_SIGN_EXTENDED = SMALL_INT_BITS - 1  # the bit field from bit 0 to the sign of small ints


class CallEmitter(MemoryEmitter):
    """An emitter that calls guest functions."""

    def leave_if_stack_is_low(self, exit: PendingExit) -> None:
        self.at_address(LOAD, X16, self.runtime.stack_limit)
        self.assembler.write(CMP_SP, 0, 0, X16)
        self.branch(exit, flags(BELOW))

    def call_cell(self, cell: int, typed: bool, offset: int) -> None:
        """Typed entries do not want `bottom` in x0: it is the base register."""
        assembler = self.assembler
        own = self.compiled.typed_entry if typed else self.compiled.entry
        is_own = self.is_own_cell(cell) and own != 0
        if not is_own:
            self.bring(X16, cell)
            assembler.at(LOAD, X16, X16, JIT_CELL_TYPED_ENTRY_OFFSET if typed else JIT_CELL_ENTRY_OFFSET)
        self.add_constant(BASE, BASE, offset)
        if not typed:
            assembler.write(ORR.registers, X0, ZERO, BASE)
        assembler.at(LOAD, X1, SP, STACK_OFFSET)
        if is_own:
            assembler.jump(BL, own)
        else:
            assembler.write(BLR, 0, X16)
        self.add_constant(BASE, BASE, -offset)

    def call_code(self, code: int, offset: int) -> list[int]:
        assembler = self.assembler
        self.bring(X1, code)
        assembler.at(LOAD, X16, X1, GUEST_CODE_CELLS_OFFSET)
        assembler.at(LOAD, X16, X16, ARRAY_ITEMS_OFFSET)
        cold = [assembler.branch(CBZ, X16)]
        assembler.at(LOAD, X16, X16, JIT_CELL_ENTRY_OFFSET)
        cold.append(assembler.branch(CBZ, X16))
        self.add_constant(BASE, BASE, offset)
        assembler.write(ORR.registers, X0, ZERO, BASE)
        assembler.at(LOAD, X1, SP, STACK_OFFSET)
        assembler.write(BLR, 0, X16)
        self.add_constant(BASE, BASE, -offset)
        return cold

    def start_call(self, offset: int) -> None:
        self.add_constant(X0, BASE, offset)
        slot_index(self, X0, X0)
        self.assembler.at(LOAD, X2, SP, STACK_OFFSET)
        call_c(self.assembler, self.runtime.start_call)

    def write_typed_frame(self) -> None:
        assembler = self.assembler
        assembler.write(SUB.immediate, SP, SP, 0, FRAME_BYTES)
        assembler.at(STORE, BASE, SP, BOTTOM_OFFSET)
        assembler.at(STORE, X1, SP, STACK_OFFSET)
        assembler.at(STORE, LINK, SP, LINK_OFFSET)
        assembler.label()

    def branch_unless_status(self, status: int) -> int:
        """The status is in x1."""
        assembler = self.assembler
        if status == 0:
            return assembler.branch(CBNZ, X1)
        assembler.write(SUBS.immediate, ZERO, X1, 0, status)
        return assembler.branch(B_IF[NOT_EQUAL])

    def finish_call(self, offset: int) -> None:
        self.add_constant(X0, BASE, offset)
        slot_index(self, X0, X0)
        call_c(self.assembler, self.runtime.finish_call)

    def leave_unless_small(self, exit: PendingExit, register: int) -> None:
        self.assembler.write(SUBS.registers, ZERO, register, TAG)
        self.branch(exit, flags(BELOW))

    def open_small(self, register: int) -> None:
        """Sign-extend the low bits over the tag."""
        self.assembler.write(SBFM, register, register, 0, _SIGN_EXTENDED)

    def box_result(self) -> None:
        """As `select_value_of_int`; here all of it is out of line."""
        assembler = self.assembler
        assembler.write(SBFM, X16, X0, 0, _SIGN_EXTENDED)
        assembler.write(SUBS.registers, ZERO, X16, X0)
        large = assembler.branch(B_IF[NOT_EQUAL])
        assembler.write(ORR.immediate, X0, X0, 0, logical_field(INT_TAG))
        done = assembler.branch(B)
        assembler.resolve_here(large)
        assembler.write(ORR.registers, X16, ZERO, X0)
        assembler.jump(BL, self.routines.box_int)
        assembler.write(ORR.registers, X0, ZERO, X16)
        assembler.resolve_here(done)
