"""Calls of the machine code of other guest functions: the calls of `call_code.py`."""

from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET
from tracewright.core.value import SMALL_INT_BITS
from tracewright.hints import GUEST_CODE_CELLS_OFFSET, JIT_CELL_ENTRY_OFFSET, JIT_CELL_TYPED_ENTRY_OFFSET
from tracewright.jit.codegen.pending import PendingExit
from tracewright_x86_64.encode import fits_word
from tracewright_x86_64.encodings import (
    ABOVE,
    ADD,
    ADD32_BYTE,
    BELOW,
    CALL,
    CALL_TO,
    CMP,
    EQUAL,
    JCC,
    JMP,
    LEA,
    MOV,
    NOT_EQUAL,
    OR,
    SAR_BYTE,
    SHL_BYTE,
    STORE,
    SUB,
    TEST,
    TEST32,
)
from tracewright_x86_64.memory import MemoryEmitter, slot_index
from tracewright_x86_64.registers import R11, RAX, RBX, RDI, RDX, RSI, RSP
from tracewright_x86_64.routines import BOTTOM_OFFSET, FRAME_BYTES, INT_TAG_WORD, STACK_OFFSET, call_c

_UNUSED_BITS = 64 - SMALL_INT_BITS


class CallEmitter(MemoryEmitter):
    """An emitter that calls guest functions."""

    def leave_if_stack_is_low(self, exit: PendingExit) -> None:
        self.at_address(CMP.from_rm, RSP, self.runtime.stack_limit)
        self.branch(exit, BELOW)

    def call_cell(self, cell: int, typed: bool, offset: int) -> None:
        """Typed entries do not want `bottom` in rdi: it is the base register."""
        assembler = self.assembler
        self.arithmetic_immediate(ADD, RBX, offset)
        if not typed:
            assembler.registers(MOV, RDI, RBX)
        assembler.at(MOV, RSI, RSP, STACK_OFFSET)
        own = self.compiled.typed_entry if typed else self.compiled.entry
        entry = JIT_CELL_TYPED_ENTRY_OFFSET if typed else JIT_CELL_ENTRY_OFFSET
        if self.is_own_cell(cell) and own != 0:
            assembler.jump(CALL, own)
        elif cell < 0 and fits_word(self.word_of(cell) + entry):
            assembler.absolute(CALL_TO, 0, self.word_of(cell) + entry)
        else:
            self.bring(R11, cell)
            assembler.at(CALL_TO, 0, R11, entry)
        self.arithmetic_immediate(SUB, RBX, offset)

    def call_code(self, code: int, offset: int) -> list[int]:
        assembler = self.assembler
        self.bring(RSI, code)
        assembler.at(MOV, R11, RSI, GUEST_CODE_CELLS_OFFSET)
        assembler.at(MOV, R11, R11, ARRAY_ITEMS_OFFSET)
        cold = [self._branch_if_zero(R11)]
        assembler.at(MOV, R11, R11, JIT_CELL_ENTRY_OFFSET)
        cold.append(self._branch_if_zero(R11))
        self.arithmetic_immediate(ADD, RBX, offset)
        assembler.registers(MOV, RDI, RBX)
        assembler.at(MOV, RSI, RSP, STACK_OFFSET)
        assembler.registers(CALL_TO, 0, R11)
        self.arithmetic_immediate(SUB, RBX, offset)
        return cold

    def _branch_if_zero(self, register: int) -> int:
        self.assembler.registers(TEST, register, register)
        return self.assembler.jump(JCC[EQUAL], self.assembler.position)

    def start_call(self, offset: int) -> None:
        self.assembler.at(LEA, RDI, RBX, offset)
        slot_index(self, RDI)
        self.assembler.at(MOV, RDX, RSP, STACK_OFFSET)
        call_c(self.assembler, self.runtime.start_call)

    def write_typed_frame(self) -> None:
        assembler = self.assembler
        assembler.registers(SUB.word, 0, RSP, FRAME_BYTES)
        assembler.at(STORE, RBX, RSP, BOTTOM_OFFSET)
        assembler.at(STORE, RSI, RSP, STACK_OFFSET)

    def branch_unless_status(self, status: int) -> int:
        """The status is in rdx."""
        assembler = self.assembler
        if status == 0:
            assembler.registers(TEST32, RDX, RDX)
        else:
            assembler.registers(CMP.byte, 0, RDX, status)
        return assembler.jump(JCC[NOT_EQUAL], assembler.position)

    def finish_call(self, offset: int) -> None:
        self.assembler.at(LEA, RDI, RBX, offset)
        slot_index(self, RDI)
        call_c(self.assembler, self.runtime.finish_call)

    def leave_unless_small(self, exit: PendingExit, register: int) -> None:
        self.assembler.near(CMP.from_rm, register, self.routines.constant(INT_TAG_WORD))
        self.branch(exit, BELOW)

    def open_small(self, register: int) -> None:
        """Sign-extend the low bits over the tag."""
        self.assembler.registers(SHL_BYTE, 0, register, _UNUSED_BITS)
        self.assembler.registers(SAR_BYTE, 0, register, _UNUSED_BITS)

    def box_result(self) -> None:
        """As `select_value_of_int`; here all of it is out of line."""
        assembler = self.assembler
        assembler.registers(MOV, R11, RAX)
        assembler.registers(SAR_BYTE, 0, R11, SMALL_INT_BITS - 1)
        assembler.registers(ADD32_BYTE, 0, R11, 1)
        assembler.registers(CMP.byte, 0, R11, 1)
        large = assembler.jump(JCC[ABOVE], assembler.position)
        assembler.near(OR.from_rm, RAX, self.routines.constant(INT_TAG_WORD))
        done = assembler.jump(JMP, assembler.position)
        assembler.resolve(large, assembler.position)
        assembler.registers(MOV, R11, RAX)
        assembler.jump(CALL, self.routines.box_int)
        assembler.registers(MOV, RAX, R11)
        assembler.resolve(done, assembler.position)
