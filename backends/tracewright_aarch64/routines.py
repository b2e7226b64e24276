"""Code that every trace shares, written once at the start of code memory: the way in, the way out, slow paths.

The native frame of a trace, from sp up (`jit/codegen/locations.py`): spill slots, `bottom`, `trace_base`, the VMStack, return
address. Three registers hold the same words throughout machine code: C functions keep them, and nobody else enters it.
"""

from typing import Final, final

from tracewright.core.value import DOUBLE_OFFSET, INT_TAG
from tracewright.gc.size_classes import CARD_SHIFT
from tracewright.jit.codegen.code_memory import CodeMemory
from tracewright.jit.codegen.locations import FRAME_WORDS, WORD_BYTES
from tracewright.jit.codegen.memory_code import SlowRoutines
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright_aarch64.encode import Assembler, Reach
from tracewright_aarch64.encodings import ADD, BL, BLR, CBZ, LOAD, LOAD8, LOAD_FLOAT, ORR, RET, STORE, STORE_FLOAT, SUB
from tracewright_aarch64.registers import (
    ANCHOR,
    BASE,
    CALLEE_SAVED,
    CALLEE_SAVED_FLOATS,
    CALLER_SAVED,
    CALLER_SAVED_FLOATS,
    LINK,
    OFFSET,
    REGISTERS,
    SP,
    TAG,
    X0,
    X1,
    X16,
    X17,
    ZERO,
)

LINK_OFFSET: Final = WORD_BYTES * FRAME_WORDS
FRAME_BYTES: Final = (
    WORD_BYTES * (FRAME_WORDS + 1) + 15
) & -16  # the stack pointer is a multiple of 16 wherever it is used
BOTTOM_OFFSET: Final = REGISTERS.frame_offset(REGISTERS.bottom)
BASE_OFFSET: Final = REGISTERS.frame_offset(REGISTERS.base)
STACK_OFFSET: Final = REGISTERS.frame_offset(REGISTERS.stack)
_SAVED_BY_ENTER: Final = [BASE, *CALLEE_SAVED, ANCHOR, OFFSET, TAG, LINK, *CALLEE_SAVED_FLOATS]
_SAVED_BY_SLOW_PATHS: Final = [*CALLER_SAVED, *CALLER_SAVED_FLOATS]


@final
class Routines:
    """Addresses of the shared code."""

    def __init__(self, memory: CodeMemory, runtime: RuntimeInterface, reach: Reach) -> None:
        self.runtime = runtime
        self.anchor: int = anchor_of(runtime)
        assembler = Assembler(memory, reach)
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

    def _write_enter(self, assembler: Assembler) -> int:
        """C function (entry, address of slot base, address of slot bottom, VMStack) -> status."""
        assembler.align(16)
        start = assembler.position
        size = _block_size(_SAVED_BY_ENTER)
        assembler.write(SUB.immediate, SP, SP, 0, size)
        _transfer_block(assembler, _SAVED_BY_ENTER, True)
        assembler.load_immediate(ANCHOR, self.anchor)
        assembler.load_immediate(OFFSET, DOUBLE_OFFSET)
        assembler.load_immediate(TAG, INT_TAG)
        _move(assembler, BASE, X1)
        _move(assembler, X16, X0)
        _move(assembler, X0, 2)
        _move(assembler, X1, 3)
        assembler.write(BLR, 0, X16)
        assembler.load_immediate(X16, self.runtime.left_word)
        assembler.at(STORE, X0, X16, 0)
        _move(assembler, X0, X1)
        _transfer_block(assembler, _SAVED_BY_ENTER, False)
        assembler.write(ADD.immediate, SP, SP, 0, size)
        assembler.put(RET.base)
        return start

    def _write_leave(self, assembler: Assembler) -> int:
        """Where exit stubs jump with the Exit's address in x16: save everything, ask `leave_trace`, return from the machine code."""
        assembler.align(16)
        start = assembler.position
        assembler.at(STORE, BASE, SP, BASE_OFFSET)
        assembler.write(SUB.immediate, SP, SP, 0, REGISTERS.saved_bytes)
        for register in range(REGISTERS.count):
            if register != SP:
                row = STORE_FLOAT if REGISTERS.is_float(register) else STORE
                assembler.at(row, register, SP, WORD_BYTES * register)
        _move(assembler, X0, X16)
        assembler.write(ADD.immediate, X1, SP, 0, 0)
        call_c(assembler, self.runtime.leave_trace)
        assembler.write(ADD.immediate, SP, SP, 0, REGISTERS.saved_bytes)
        _move(assembler, X1, X0)
        assembler.load_immediate(X0, self.runtime.left_word)
        assembler.at(LOAD, X0, X0, 0)
        assembler.at(LOAD, BASE, SP, BOTTOM_OFFSET)
        write_return(assembler)
        return start

    def _write_slow_path(self, assembler: Assembler, function: int) -> int:
        """A call of a C function of one word, argument and result in x16, that keeps all other registers but x17 and x30."""
        assembler.align(16)
        start = assembler.position
        saved = [*_SAVED_BY_SLOW_PATHS, LINK]
        size = _block_size(saved)
        assembler.write(SUB.immediate, SP, SP, 0, size)
        _transfer_block(assembler, saved, True)
        _move(assembler, X0, X16)
        call_c(assembler, function)
        _move(assembler, X16, X0)
        _transfer_block(assembler, saved, False)
        assembler.write(ADD.immediate, SP, SP, 0, size)
        assembler.put(RET.base)
        return start

    def _write_remember_item(self, assembler: Assembler) -> int:
        """The address of an item in x16, of an array that is old: nothing is to be done if the card there is dirty."""
        noting = self._write_slow_path(assembler, self.runtime.remember_item)
        assembler.align(16)
        start = assembler.position
        assembler.load_immediate(X17, self.runtime.cards)
        assembler.write(ADD.logical_right, X17, X17, X16, CARD_SHIFT)
        assembler.at(LOAD8, X17, X17, 0)
        assembler.resolve(assembler.branch(CBZ, X17), noting)
        assembler.put(RET.base)
        return start


def anchor_of(runtime: RuntimeInterface) -> int:
    """The lowest of the runtime's words that traces use all the time: the linker lays them close together, so one register serves
    for most of them, and those farther away are reached as any address is."""
    anchor = runtime.cursors
    for address in (runtime.limits, runtime.interrupted, runtime.exception, runtime.stack_limit):
        if address != 0 and address < anchor:
            anchor = address
    return anchor & -WORD_BYTES


def _block_size(registers: list[int]) -> int:
    return (WORD_BYTES * len(registers) + 15) & -16


def _transfer_block(assembler: Assembler, registers: list[int], stores: bool) -> None:
    """Save the registers at the stack pointer, or bring them back; neighbours go in pairs."""
    for k in range(len(registers)):
        if REGISTERS.is_float(registers[k]):
            row = STORE_FLOAT if stores else LOAD_FLOAT
        else:
            row = STORE if stores else LOAD
        assembler.at(row, registers[k], SP, WORD_BYTES * k)


def _move(assembler: Assembler, target: int, source: int) -> None:
    assembler.write(ORR.registers, target, ZERO, source)


def write_return(assembler: Assembler) -> None:
    """The native frame goes, and the caller goes on."""
    assembler.at(LOAD, LINK, SP, LINK_OFFSET)
    assembler.write(ADD.immediate, SP, SP, 0, FRAME_BYTES)
    assembler.put(RET.base)


def call_c(assembler: Assembler, function: int) -> None:
    """Call a C function at any address; far ones through x17."""
    distance = function - assembler.position
    if -assembler.reach.jump <= distance < assembler.reach.jump:
        assembler.jump(BL, function)
    else:
        assembler.load_immediate(X17, function)
        assembler.write(BLR, 0, X17)
