"""The AArch64 backend: what `jit/codegen/contract.py` asks for."""

from __future__ import annotations

from typing import final

from tracewright.jit.codegen.code_memory import CodeMemory
from tracewright.jit.codegen.contract import Backend
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright.jit.codegen.trace_emitter import TraceEmitter
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.trace import Trace
from tracewright_aarch64.encode import FULL_REACH, Assembler, Reach, patch_branch, patch_jump
from tracewright_aarch64.registers import REGISTERS
from tracewright_aarch64.routines import Routines
from tracewright_aarch64.select import TraceCompiler


@final
class AArch64Backend(Backend):
    """Machine code for one process, in one reserve of code memory that plain branches reach across."""

    def __init__(self, memory: CodeMemory, runtime: RuntimeInterface, reach: Reach = FULL_REACH) -> None:
        super().__init__("aarch64", REGISTERS, memory, runtime)
        self.reach = reach
        self.routines = Routines(memory, runtime, reach)
        self.enter_routine = self.routines.enter

    def new_emitter(
        self, trace: Trace, compiled: CompiledTrace, functions: list[FunctionInfo], classes: list[ClassInfo]
    ) -> TraceEmitter:
        return TraceCompiler(
            trace, Assembler(self.memory, self.reach), self.routines, compiled, functions, classes, self.workspace
        )

    def attach(self, parent: Exit, bridge: CompiledTrace) -> None:
        patch_branch(self.memory, self.reach, parent.branch_address, parent.stub_address, bridge.entry)
        parent.bridge = bridge

    def write_jump(self, address: int, target: int) -> None:
        patch_jump(self.memory, address, target)
