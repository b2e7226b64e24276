"""The RISC-V backend (RV64GC, Linux): a third machine in small. It compiles loops over ints with their guards, exits and bridges.

What it does not have yet is refused by name (`NotThereYet`): doubles, objects, guest calls; nor can it be built into programs.
"""

from __future__ import annotations

from typing import final

from tracewright.jit.codegen.code_memory import CodeMemory
from tracewright.jit.codegen.contract import Backend
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright.jit.codegen.trace_emitter import TraceEmitter
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.trace import Trace
from tracewright_riscv64.encode import JUMP_REACH, Assembler, patch_jump
from tracewright_riscv64.registers import REGISTERS
from tracewright_riscv64.routines import Routines
from tracewright_riscv64.select import TraceCompiler


@final
class RiscVBackend(Backend):
    """Machine code for one process, in one reserve of code memory that jumps reach across."""

    def __init__(self, memory: CodeMemory, runtime: RuntimeInterface) -> None:
        assert memory.size <= JUMP_REACH
        super().__init__("riscv64", REGISTERS, memory, runtime)
        self.routines = Routines(memory, runtime)
        self.enter_routine = self.routines.enter

    def new_emitter(
        self, trace: Trace, compiled: CompiledTrace, functions: list[FunctionInfo], classes: list[ClassInfo]
    ) -> TraceEmitter:
        return TraceCompiler(trace, Assembler(self.memory), self.routines, compiled, functions, classes, self.workspace)

    def write_jump(self, address: int, target: int) -> None:
        patch_jump(self.memory, address, target)
