"""Code that every trace shares, written once at the start of code memory: the way in, the way out, slow paths, constants.

The native frame of a trace, from rsp up (`jit/codegen/locations.py`): spill slots, `bottom`, `trace_base`, the VMStack, return address.
"""

from typing import Final, final

from tracewright.core.integers import MIN_INT
from tracewright.core.value import CANONICAL_NAN, DOUBLE_OFFSET, FIRST_POINTER, INT_TAG
from tracewright.gc.size_classes import CARD_SHIFT
from tracewright.jit.codegen.code_memory import CodeMemory
from tracewright.jit.codegen.locations import FRAME_WORDS, WORD_BYTES
from tracewright.jit.codegen.memory_code import SlowRoutines
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright_x86_64.encode import Assembler, fits_word
from tracewright_x86_64.encodings import (
    ADD,
    CALL,
    CALL_TO,
    EQUAL,
    JCC,
    MOV,
    MOVSD,
    MOVSD_STORE,
    POP,
    PUSH,
    RET,
    SHR_BYTE,
    STORE,
    SUB,
    TEST_BYTE,
)
from tracewright_x86_64.registers import (
    CALLER_SAVED,
    FLOATS,
    R11,
    R12,
    R13,
    R14,
    R15,
    RAX,
    RBP,
    RBX,
    RCX,
    RDI,
    RDX,
    REGISTERS,
    RSI,
    RSP,
)

FRAME_BYTES: Final = WORD_BYTES * FRAME_WORDS  # with the return address a multiple of 16
BOTTOM_OFFSET: Final = REGISTERS.frame_offset(REGISTERS.bottom)
BASE_OFFSET: Final = REGISTERS.frame_offset(REGISTERS.base)
STACK_OFFSET: Final = REGISTERS.frame_offset(REGISTERS.stack)
_SAVED_BY_ENTER: Final = [RBX, RBP, R12, R13, R14, R15]
_ALIGNMENT: Final = WORD_BYTES  # an even number of pushes and the return address leave the stack unaligned
_SAVED_BY_SLOW_PATHS: Final = CALLER_SAVED + FLOATS

# Constants that instructions read from memory, by their index in the constant area.
SIGN_BITS: Final = 0  # two words: the mask of xorps is 16 bytes, aligned
ABSOLUTE_BITS: Final = 2
INT_TAG_WORD: Final = 4
DOUBLE_OFFSET_WORD: Final = 5
DOUBLE_SPAN: Final = 6  # number of words that are doubles
CANONICAL_NAN_WORD: Final = 7
POINTER_SPAN: Final = 8  # number of words that are heap pointers
_CONSTANTS: Final = [
    MIN_INT,
    0,
    ~MIN_INT,
    -1,
    INT_TAG,
    DOUBLE_OFFSET,
    INT_TAG - DOUBLE_OFFSET,  # as unsigned words the difference of 0xfff8... and 0x0002...
    CANONICAL_NAN,
    (1 << 48) - FIRST_POINTER,
]


@final
class Routines:
    """Addresses of the shared code."""

    def __init__(self, memory: CodeMemory, runtime: RuntimeInterface) -> None:
        self.runtime = runtime
        self.constants: int = memory.take_words(len(_CONSTANTS))
        for k in range(len(_CONSTANTS)):
            memory.write64(self.constants + WORD_BYTES * k, _CONSTANTS[k])
        assembler = Assembler(memory)
        self.enter: int = self._write_enter(assembler)
        self.leave: int = self._write_leave(assembler)
        self.box_int: int = self._write_slow_path(assembler, runtime.box_int)
        self.slow = SlowRoutines(
            self._write_slow_path(assembler, runtime.remember),
            self._write_remember_item(assembler),
            self._write_slow_path(assembler, runtime.allocate_slow),
            self._write_slow_path(assembler, runtime.allocate_large),
        )
        memory.commit(assembler.position)

    def constant(self, index: int) -> int:
        """Address of a word of the constant area."""
        return self.constants + WORD_BYTES * index

    def _write_enter(self, assembler: Assembler) -> int:
        """C function (entry, address of slot base, address of slot bottom, VMStack) -> status."""
        assembler.align(16)
        start = assembler.position
        for register in _SAVED_BY_ENTER:
            assembler.registers(PUSH, 0, register)
        assembler.registers(SUB.byte, 0, RSP, _ALIGNMENT)
        assembler.registers(MOV, RBX, RSI)
        assembler.registers(MOV, RAX, RDI)
        assembler.registers(MOV, RDI, RDX)
        assembler.registers(MOV, RSI, RCX)
        assembler.registers(CALL_TO, 0, RAX)
        assembler.load_immediate(RCX, self.runtime.left_word)
        assembler.at(STORE, RAX, RCX, 0)
        assembler.registers(MOV, RAX, RDX)
        assembler.registers(ADD.byte, 0, RSP, _ALIGNMENT)
        for k in range(len(_SAVED_BY_ENTER) - 1, -1, -1):
            assembler.registers(POP, 0, _SAVED_BY_ENTER[k])
        assembler.plain(RET)
        return start

    def _write_leave(self, assembler: Assembler) -> int:
        """Where exit stubs jump with the Exit's address in r11: save everything, ask `leave_trace`, return from the machine code."""
        assembler.align(16)
        start = assembler.position
        assembler.at(STORE, RBX, RSP, BASE_OFFSET)
        assembler.registers(SUB.word, 0, RSP, REGISTERS.saved_bytes)
        for register in range(REGISTERS.count):
            if register != RSP:
                row = MOVSD_STORE if REGISTERS.is_float(register) else STORE
                assembler.at(row, register, RSP, WORD_BYTES * register)
        assembler.registers(MOV, RDI, R11)
        assembler.registers(MOV, RSI, RSP)
        call_c(assembler, self.runtime.leave_trace)
        assembler.registers(ADD.word, 0, RSP, REGISTERS.saved_bytes)
        assembler.registers(MOV, RDX, RAX)
        assembler.load_immediate(RAX, self.runtime.left_word)
        assembler.at(MOV, RAX, RAX, 0)
        assembler.at(MOV, RBX, RSP, BOTTOM_OFFSET)
        assembler.registers(ADD.word, 0, RSP, FRAME_BYTES)
        assembler.plain(RET)
        return start

    def _write_slow_path(self, assembler: Assembler, function: int) -> int:
        """A call of a C function of one word, argument and result in r11, that keeps all other registers."""
        assembler.align(16)
        start = assembler.position
        size = WORD_BYTES * len(_SAVED_BY_SLOW_PATHS)  # 23 words: aligns the stack after the return address
        assembler.registers(SUB.word, 0, RSP, size)
        for k in range(len(_SAVED_BY_SLOW_PATHS)):
            register = _SAVED_BY_SLOW_PATHS[k]
            assembler.at(MOVSD_STORE if REGISTERS.is_float(register) else STORE, register, RSP, WORD_BYTES * k)
        assembler.registers(MOV, RDI, R11)
        call_c(assembler, function)
        assembler.registers(MOV, R11, RAX)
        for k in range(len(_SAVED_BY_SLOW_PATHS)):
            register = _SAVED_BY_SLOW_PATHS[k]
            assembler.at(MOVSD if REGISTERS.is_float(register) else MOV, register, RSP, WORD_BYTES * k)
        assembler.registers(ADD.word, 0, RSP, size)
        assembler.plain(RET)
        return start

    def _write_remember_item(self, assembler: Assembler) -> int:
        """The address of an item in r11, of an array that is old: nothing is to be done if the card there is dirty."""
        noting = self._write_slow_path(assembler, self.runtime.remember_item)
        assembler.align(16)
        start = assembler.position
        assembler.registers(PUSH, 0, RAX)
        assembler.registers(PUSH, 0, RCX)
        assembler.registers(MOV, RCX, R11)
        assembler.registers(SHR_BYTE, 0, RCX, CARD_SHIFT)
        assembler.load_immediate(RAX, self.runtime.cards)
        assembler.indexed(TEST_BYTE, 0, RAX, RCX, 0, 0, -1)
        assembler.registers(POP, 0, RCX)
        assembler.registers(POP, 0, RAX)
        assembler.jump(JCC[EQUAL], noting)
        assembler.plain(RET)
        return start


def call_c(assembler: Assembler, function: int) -> None:
    """Call a C function at any address; far ones through rax."""
    if fits_word(function - assembler.position) and fits_word(function - assembler.position - 16):
        assembler.jump(CALL, function)
    else:
        assembler.load_immediate(RAX, function)
        assembler.registers(CALL_TO, 0, RAX)
