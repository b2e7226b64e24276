"""The x86-64 backend: what `jit/codegen/contract.py` asks for."""

from __future__ import annotations

from typing import final

from tracewright.jit.codegen.code_memory import CodeMemory
from tracewright.jit.codegen.contract import Backend
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright.jit.codegen.trace_emitter import TraceEmitter
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.trace.trace import Trace
from tracewright_x86_64.encode import Assembler, patch_jump
from tracewright_x86_64.registers import REGISTERS
from tracewright_x86_64.routines import Routines
from tracewright_x86_64.select import TraceCompiler


@final
class X86Backend(Backend):
    """Machine code for one process, in one reserve of code memory."""

    def __init__(self, memory: CodeMemory, runtime: RuntimeInterface) -> None:
        super().__init__("x86_64", REGISTERS, memory, runtime)
        self.routines = Routines(memory, runtime)
        self.enter_routine = self.routines.enter

    def new_emitter(
        self, trace: Trace, compiled: CompiledTrace, functions: list[FunctionInfo], classes: list[ClassInfo]
    ) -> TraceEmitter:
        return TraceCompiler(trace, Assembler(self.memory), self.routines, compiled, functions, classes, self.workspace)

    def write_jump(self, address: int, target: int) -> None:
        patch_jump(self.memory, address, target)
