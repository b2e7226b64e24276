"""Code that every trace shares, written once at the start of code memory: the way in and the way out.

The native frame of a trace, from sp up (`jit/codegen/locations.py`): spill slots, `bottom`, `trace_base`, the VMStack, return address.
"""

from typing import Final, final

from tracewright.jit.codegen.code_memory import CodeMemory
from tracewright.jit.codegen.locations import FRAME_WORDS, WORD_BYTES
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright_riscv64.encode import Assembler
from tracewright_riscv64.encodings import ADDI, JALR, LOAD, STORE
from tracewright_riscv64.registers import A0, A1, BASE, CALLEE_SAVED, LINK, REGISTERS, SP, X30, X31, ZERO

LINK_OFFSET: Final = WORD_BYTES * FRAME_WORDS
FRAME_BYTES: Final = (WORD_BYTES * (FRAME_WORDS + 1) + 15) & -16
BOTTOM_OFFSET: Final = REGISTERS.frame_offset(REGISTERS.bottom)
BASE_OFFSET: Final = REGISTERS.frame_offset(REGISTERS.base)
STACK_OFFSET: Final = REGISTERS.frame_offset(REGISTERS.stack)
_SAVED_BY_ENTER: Final = [BASE, LINK, *CALLEE_SAVED]
_ENTER_BYTES: Final = (WORD_BYTES * len(_SAVED_BY_ENTER) + 15) & -16


@final
class Routines:
    """Addresses of the shared code."""

    def __init__(self, memory: CodeMemory, runtime: RuntimeInterface) -> None:
        self.runtime = runtime
        assembler = Assembler(memory)
        self.enter: int = self._write_enter(assembler)
        self.leave: int = self._write_leave(assembler)
        memory.commit(assembler.position)

    def _write_enter(self, assembler: Assembler) -> int:
        """C function (entry, address of slot base, address of slot bottom, VMStack) -> status."""
        assembler.align(16)
        start = assembler.position
        assembler.two(ADDI, SP, SP, -_ENTER_BYTES)
        for k in range(len(_SAVED_BY_ENTER)):
            assembler.at(STORE, _SAVED_BY_ENTER[k], SP, WORD_BYTES * k)
        assembler.move(BASE, A1)
        assembler.move(X31, A0)
        assembler.move(A0, A0 + 2)
        assembler.move(A1, A0 + 3)
        assembler.two(JALR, LINK, X31, 0)
        assembler.load_immediate(X31, self.runtime.left_word)
        assembler.at(STORE, A0, X31, 0)
        assembler.move(A0, A1)
        for k in range(len(_SAVED_BY_ENTER)):
            assembler.at(LOAD, _SAVED_BY_ENTER[k], SP, WORD_BYTES * k)
        assembler.two(ADDI, SP, SP, _ENTER_BYTES)
        assembler.two(JALR, ZERO, LINK, 0)
        return start

    def _write_leave(self, assembler: Assembler) -> int:
        """Where exit stubs jump with the Exit's address in x31: save everything, ask `leave_trace`, return from the machine code."""
        assembler.align(16)
        start = assembler.position
        assembler.at(STORE, BASE, SP, BASE_OFFSET)
        assembler.two(ADDI, SP, SP, -REGISTERS.saved_bytes)
        for register in range(REGISTERS.count):
            if register != SP:
                assembler.at(STORE, register, SP, WORD_BYTES * register)
        assembler.move(A0, X31)
        assembler.move(A1, SP)
        call_c(assembler, self.runtime.leave_trace)
        assembler.two(ADDI, SP, SP, REGISTERS.saved_bytes)
        assembler.move(A1, A0)
        assembler.load_immediate(A0, self.runtime.left_word)
        assembler.at(LOAD, A0, A0, 0)
        assembler.at(LOAD, BASE, SP, BOTTOM_OFFSET)
        write_return(assembler)
        return start


def write_return(assembler: Assembler) -> None:
    """The native frame goes, and the caller goes on."""
    assembler.at(LOAD, LINK, SP, LINK_OFFSET)
    assembler.two(ADDI, SP, SP, FRAME_BYTES)
    assembler.two(JALR, ZERO, LINK, 0)


def call_c(assembler: Assembler, function: int) -> None:
    """Call a C function at any address, through x30."""
    assembler.load_immediate(X30, function)
    assembler.two(JALR, LINK, X30, 0)
