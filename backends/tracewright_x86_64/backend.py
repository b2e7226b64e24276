"""The x86-64 backend: what `jit/codegen/contract.py` asks for."""

from __future__ import annotations

from typing import final

from tracewright.jit.codegen.code_memory import CodeMemory
from tracewright.jit.codegen.contract import Backend
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright.jit.codegen.trace_emitter import base_is_bottom
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.trace import Trace
from tracewright_x86_64.calls import write_call_finishes
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encode import Assembler, patch_jump
from tracewright_x86_64.exits import write_stub
from tracewright_x86_64.registers import CONVENTION, REGISTERS
from tracewright_x86_64.routines import Routines
from tracewright_x86_64.select import SELECTORS
from tracewright_x86_64.select_control import write_entry


@final
class X86Backend(Backend):
    """Machine code for one process, in one reserve of code memory."""

    def __init__(self, memory: CodeMemory, runtime: RuntimeInterface) -> None:
        super().__init__("x86_64", REGISTERS, memory, runtime)
        self.routines = Routines(memory, runtime)
        self.enter_routine = self.routines.enter

    def compile(
        self, trace: Trace, number: int, parent: Exit | None, functions: list[FunctionInfo], classes: list[ClassInfo]
    ) -> CompiledTrace:
        compiled = CompiledTrace(trace, number)
        compiled.base_is_bottom = base_is_bottom(trace, parent)
        assembler = Assembler(self.memory)
        emitter = Emitter(trace, assembler, self.routines, compiled, functions, classes)
        emitter.hint_arguments(CONVENTION)
        write_entry(emitter, parent)
        allocator = emitter.allocator
        for i in range(len(trace.operations)):
            if emitter.liveness.skipped[i]:
                compiled.instruction_offsets.append(-1)
                continue
            compiled.instruction_offsets.append(assembler.position - compiled.entry)
            allocator.begin(i)
            SELECTORS[trace.operations[i]](emitter, i)
            allocator.finish()
        compiled.body_size = assembler.position - compiled.entry
        emitter.write_slow_paths()
        write_call_finishes(emitter)
        for pending in emitter.pending_exits:
            write_stub(emitter, pending)
        compiled.code_size = assembler.position - compiled.entry
        emitter.write_literals()
        compiled.size = assembler.position - compiled.entry
        self.memory.commit(assembler.position)
        return compiled

    def attach(self, parent: Exit, bridge: CompiledTrace) -> None:
        patch_jump(self.memory, parent.branch_address, bridge.entry)
        parent.bridge = bridge

    def invalidate(self, compiled: CompiledTrace) -> None:
        compiled.valid = False
        for k in range(len(compiled.valid_patches)):
            patch_jump(self.memory, compiled.valid_patches[k], compiled.valid_exits[k])
