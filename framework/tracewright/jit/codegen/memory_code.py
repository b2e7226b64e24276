"""What a machine has to be able to write for loads, stores, VM-stack slots and allocation (`select_memory.py`).

    i3 = load_at(r1, i2)           load_element(WORD, register of i3, r1, i2, shift, start)
    store(r1, #16, r4)             store(WORD, r4, r1, 16)

Operands are refs of the trace (values, or constants where negative): which of them the instruction itself can hold is the machine's business.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final, final

from tracewright.jit.codegen.locations import RegisterFile
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright.jit.codegen.trace_emitter import CallingConvention, TraceEmitter
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.trace import Trace
from tracewright.jit.trace.workspace import Workspace

# What is loaded, or how much of a register is stored. Narrow loads leave zeros above. A word is stored from a register of either kind.
WORD: Final = 0
FLOAT: Final = 1
LOW32: Final = 2
LOW16: Final = 3
LOW8: Final = 4


@final
class SlowRoutines:
    """Addresses of a machine's shared code for what is seldom: each takes and gives a word in the scratch register."""

    def __init__(self, remember: int, remember_item: int, allocate_slow: int, allocate_large: int) -> None:
        self.remember = remember
        self.remember_item = remember_item
        self.allocate_slow = allocate_slow
        self.allocate_large = allocate_large


class MemoryCode(TraceEmitter):
    """An emitter that reaches memory."""

    def __init__(
        self,
        trace: Trace,
        runtime: RuntimeInterface,
        compiled: CompiledTrace,
        registers: RegisterFile,
        convention: CallingConvention,
        functions: list[FunctionInfo],
        classes: list[ClassInfo],
        workspace: Workspace,
        slow: SlowRoutines,
    ) -> None:
        super().__init__(trace, runtime, compiled, registers, convention, functions, classes, workspace)
        self.slow = slow

    # --- references and addresses ---
    @abstractmethod
    def load(self, kind: int, register: int, base: int, offset: int) -> None:
        """What lies at the operand `base` + offset into a register of the right kind."""

    @abstractmethod
    def store(self, kind: int, value: int, base: int, offset: int) -> None:
        """The operand `value` to `base` + offset."""

    @abstractmethod
    def load_element(self, kind: int, register: int, base: int, index: int, shift: int, start: int) -> None:
        """What lies at `base` + `start` + (`index` << `shift`)."""

    @abstractmethod
    def store_element(self, kind: int, value: int, base: int, index: int, shift: int, start: int) -> None:
        """The operand `value` to `base` + `start` + (`index` << `shift`)."""

    @abstractmethod
    def branch_if_old(self, thing: int) -> int:
        """A branch, not resolved yet, that is taken if the collector has to be told of a store into the object `thing`."""

    @abstractmethod
    def branch_if_boxed(self, value: int) -> int:
        """A branch, not resolved yet, that is taken if the Value of a number is not the number itself but refers to it."""

    # --- the VM stack ---
    @abstractmethod
    def load_slot(self, register: int, slot: int) -> None:
        """The slot at the base register."""

    @abstractmethod
    def store_slot(self, value: int, slot: int) -> None:
        """The operand `value` to the slot at the base register."""

    def store_slot_pair(self, first: int, second: int, slot: int) -> None:
        """Two constants to this slot and the next. Overridden where one instruction writes both."""
        self.store_slot(first, slot)
        self.store_slot(second, slot + 1)

    @abstractmethod
    def load_slot_of(self, register: int, stack: int, index: int) -> None:
        """The slot of the VMStack object `stack` whose index is an operand."""

    @abstractmethod
    def store_slot_of(self, value: int, stack: int, index: int) -> None:
        """The operand `value` to a slot of `stack`."""

    @abstractmethod
    def load_base_index(self, register: int) -> None:
        """The index of the slot that the base register points at."""

    @abstractmethod
    def load_bottom_index(self, register: int) -> None:
        """The index of the slot `bottom`, whose address is in the native frame."""

    # --- allocation ---
    @abstractmethod
    def take_cell(self, register: int, size_class: int, size: int) -> int:
        """The address of the next cell of a size class into a register, the cursor moved behind it; gives a branch, not resolved yet, that
        is taken where the cursor would pass its limit."""

    @abstractmethod
    def branch_away(self) -> int:
        """A branch, not resolved yet, that is always taken."""

    @abstractmethod
    def store_constant(self, register: int, offset: int, word: int) -> None:
        """A number below 2**31 into the word at a register + offset: a new object's header, an array's length."""

    def position_of_label(self) -> int:
        """The address of the next instruction, to which a branch will lead."""
        return self.position()
