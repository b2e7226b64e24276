"""The AArch64 backend: what `jit/codegen/contract.py` asks for."""

from __future__ import annotations

from typing import final

from tracewright.jit.codegen.code_memory import CodeMemory
from tracewright.jit.codegen.contract import Backend
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright.jit.codegen.trace_emitter import base_is_bottom
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.trace import Trace
from tracewright_aarch64.calls import write_call_finishes
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encode import FULL_REACH, Assembler, Reach, patch_branch, patch_jump
from tracewright_aarch64.exits import write_stub
from tracewright_aarch64.registers import CONVENTION, REGISTERS
from tracewright_aarch64.routines import Routines
from tracewright_aarch64.select import SELECTORS
from tracewright_aarch64.select_control import write_entry


@final
class AArch64Backend(Backend):
    """Machine code for one process, in one reserve of code memory that plain branches reach across."""

    def __init__(self, memory: CodeMemory, runtime: RuntimeInterface, reach: Reach = FULL_REACH) -> None:
        super().__init__("aarch64", REGISTERS, memory, runtime)
        self.reach = reach
        self.routines = Routines(memory, runtime, reach)
        self.enter_routine = self.routines.enter

    def compile(
        self, trace: Trace, number: int, parent: Exit | None, functions: list[FunctionInfo], classes: list[ClassInfo]
    ) -> CompiledTrace:
        compiled = CompiledTrace(trace, number)
        compiled.base_is_bottom = base_is_bottom(trace, parent)
        assembler = Assembler(self.memory, self.reach)
        emitter = Emitter(trace, assembler, self.routines, compiled, functions, classes)
        emitter.hint_arguments(CONVENTION)
        write_entry(emitter, parent)
        allocator = emitter.allocator
        for i in range(len(trace.operations)):
            if emitter.liveness.skipped[i]:
                compiled.instruction_offsets.append(-1)
                continue
            emitter.write_island_if_due()
            compiled.instruction_offsets.append(assembler.position - compiled.entry)
            allocator.begin(i)
            SELECTORS[trace.operations[i]](emitter, i)
            allocator.finish()
        compiled.body_size = assembler.position - compiled.entry
        emitter.write_slow_paths()
        write_call_finishes(emitter)
        for pending in emitter.pending_exits:
            emitter.write_island_if_due()
            write_stub(emitter, pending)
        compiled.code_size = assembler.position - compiled.entry
        emitter.write_literals()
        compiled.size = assembler.position - compiled.entry
        self.memory.commit(assembler.position)
        return compiled

    def attach(self, parent: Exit, bridge: CompiledTrace) -> None:
        patch_branch(self.memory, self.reach, parent.branch_address, parent.stub_address, bridge.entry)
        parent.bridge = bridge

    def invalidate(self, compiled: CompiledTrace) -> None:
        compiled.valid = False
        for k in range(len(compiled.valid_patches)):
            patch_jump(self.memory, compiled.valid_patches[k], compiled.valid_exits[k])
