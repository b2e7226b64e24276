"""What a backend is: where it keeps values, and the calls it answers."""

from __future__ import annotations

from abc import abstractmethod

from tracewright.core.memory import load64, store64, word_of_value
from tracewright.core.value import Value
from tracewright.core.vm_stack import CELLS_OFFSET, SLOT_BYTES
from tracewright.jit.codegen.code_memory import CodeMemory
from tracewright.jit.codegen.locations import RegisterFile
from tracewright.jit.codegen.machine_code import FINISHED, FINISHED_INT
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright.jit.codegen.trace_emitter import TraceEmitter, base_is_bottom
from tracewright.jit.codegen.write_trace import write_trace
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.arithmetic import SMALL_MAX, SMALL_MIN, small_word
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.trace import Trace
from tracewright.jit.trace.workspace import Workspace


class Backend:
    """One machine. All addresses are of the executable view."""

    def __init__(self, machine: str, registers: RegisterFile, memory: CodeMemory, runtime: RuntimeInterface) -> None:
        self.machine = machine  # as Python's `platform.machine` names it; readers of the trace log disassemble for it
        self.registers = registers  # what the locations of its exits mean
        self.memory = memory
        self.runtime = runtime
        # The way in: a C function (address of code, of slot base, of slot bottom, VMStack) -> status, which leaves the Value of
        # status 0 and 2 in `runtime.left_word`. The backend writes it when it is made.
        self.enter_routine = 0
        self.workspace = Workspace()

    def compile(
        self, trace: Trace, number: int, parent: Exit | None, functions: list[FunctionInfo], classes: list[ClassInfo]
    ) -> CompiledTrace:
        """Machine code for the trace; for a bridge, `parent` says where the INPUTs are. Raises CodeMemoryFull, TooManySpills."""
        compiled = CompiledTrace(trace, number)
        compiled.base_is_bottom = base_is_bottom(trace, parent)
        self.workspace.begin()
        emitter = self.new_emitter(trace, compiled, functions, classes)
        write_trace(emitter, parent)
        self.memory.commit(emitter.position())
        return compiled

    @abstractmethod
    def new_emitter(
        self, trace: Trace, compiled: CompiledTrace, functions: list[FunctionInfo], classes: list[ClassInfo]
    ) -> TraceEmitter:
        """What writes this machine's code for the trace, at the end of code memory, with the rows of `workspace`."""

    def attach(self, parent: Exit, bridge: CompiledTrace) -> None:
        """From now on the parent's failing guard jumps to the bridge."""
        branch = parent.branch_address
        self.write_jump(branch if branch != 0 else parent.stub_address, bridge.entry)
        parent.bridge = bridge

    def enter(self, compiled: CompiledTrace, stack: int, base: int, bottom: int) -> int:
        """Run the code for the frame at index `base` of the VMStack object `stack`; gives the status. The Value of status 0 and 2 is
        in `finished_value()`."""
        cells = load64(stack + CELLS_OFFSET)
        first, last = cells + SLOT_BYTES * base, cells + SLOT_BYTES * bottom
        status = self.memory.call(self.enter_routine, compiled.entry, first, last, stack)
        if status == FINISHED_INT:
            number = load64(self.runtime.left_word)
            is_small = SMALL_MIN <= number <= SMALL_MAX
            word = small_word(number) if is_small else word_of_value(Value.of_int(number))
            store64(self.runtime.left_word, word)
            return FINISHED
        return status

    def finished_value(self) -> int:
        """The word that the last `enter` left behind."""
        return load64(self.runtime.left_word)

    def invalidate(self, compiled: CompiledTrace) -> None:
        """Make every GUARD_VALID of the code fail from now on."""
        compiled.valid = False
        for k in range(len(compiled.valid_patches)):
            self.write_jump(compiled.valid_patches[k], compiled.valid_exits[k])

    @abstractmethod
    def write_jump(self, address: int, target: int) -> None:
        """Over the no-operation that `room_for_jump` left at `address`, a guard's branch, or the last part of a stub."""


class BackendMaker:
    """How a translated program gets its backend when the first trace is ready: code memory exists only from then on."""

    @abstractmethod
    def make(self, code_bytes: int, failing_guards: bool) -> Backend:
        """A backend with so much room for machine code; with `failing_guards`, the stress mode of `--jit fail_every` is compiled in.
        Raises MemoryError where the system refuses the memory."""
