"""The state of compiling one trace, as far as all machines share it. Each has an emitter of its own that adds instructions."""

from __future__ import annotations

from tracewright.core import operations as ops
from tracewright.core.arrays import Array
from tracewright.jit.codegen.liveness import Liveness
from tracewright.jit.codegen.locations import LOCATION_CONSTANT, LOCATION_NONE, RegisterFile, is_constant
from tracewright.jit.codegen.machine_code import MachineCode
from tracewright.jit.codegen.parallel_moves import ParallelMoves
from tracewright.jit.codegen.pending import UNDO_ADD, UNDO_SUB, PendingCall, PendingExit, SlowPath
from tracewright.jit.codegen.regalloc import Allocator
from tracewright.jit.codegen.runtime_interface import RuntimeInterface
from tracewright.jit.tables.function_table import ClassInfo, FunctionInfo
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.snapshot import Snapshot
from tracewright.jit.trace.trace import KIND_BRIDGE, KIND_FUNCTION, Trace
from tracewright.jit.trace.workspace import Workspace


class CallingConvention:
    """Where C functions of the machine find their arguments and leave their results, by location."""

    def __init__(self, words: list[int], floats: list[int], word_result: int, float_result: int) -> None:
        self.words = words
        self.floats = floats
        self.word_result = word_result
        self.float_result = float_result


class TraceEmitter(MachineCode):
    """One trace becoming machine code."""

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
    ) -> None:
        self.trace = trace
        self.runtime = runtime
        self.compiled = compiled
        self.registers = registers
        self.convention = convention
        self.functions = functions
        self.classes = classes
        self.liveness = Liveness(trace, workspace)
        self.allocator = Allocator(trace, self.liveness, registers, self, workspace)
        self.pending_exits: list[PendingExit] = []
        self.slow_paths: list[SlowPath] = []
        self.calls_to_finish: list[PendingCall] = []
        self.literals: list[int] = []  # constants that lie behind the code
        self.literal_fields: list[int] = []  # pairs: what reads one, as the assembler resolves it; index in `literals`
        self.non_null: Array[bool] = workspace.flags(len(trace.operations))
        self.pushed = 0  # bytes below the frame while stack arguments are there

    # --- operands ---
    def frame_offset(self, slot: int) -> int:
        """Displacement from the stack pointer of a slot of the frame."""
        return self.registers.frame_offset(slot) + self.pushed

    def word_of(self, ref: int) -> int:
        """The word of a constant."""
        return self.trace.constants[~ref]

    def word_at(self, constant: int) -> int:
        """The word of a constant by its location."""
        return self.trace.constants[constant - LOCATION_CONSTANT]

    def arguments(self, i: int) -> list[int]:
        """The refs in the side list of instruction i."""
        trace = self.trace
        return trace.extra[trace.c[i] : trace.c[i] + trace.d[i]]

    def bring(self, register: int, ref: int) -> None:
        """Copy a value or constant into a register."""
        location = self.allocator.location(ref)
        if is_constant(location):
            self.load_constant(register, location)
        else:
            self.move(register, location)

    def first_operand(self, a: int, b: int) -> int:
        """Of the operands of the current instruction, which commute, the one whose register the result should take over:
        one that is not used again, and if both are not, the one that is where the result is wanted."""
        allocator = self.allocator
        if a < 0:
            return b
        if b < 0 or not allocator.dies_here(b) or allocator.register_of[b] < 0:
            return a
        wanted = allocator.hint[allocator.current] == allocator.register_of[b]
        return b if wanted or not allocator.dies_here(a) else a

    def known_object(self, ref: int) -> None:
        """The reference has been read or written through, so it is none to nothing."""
        if ref >= 0:
            self.non_null[ref] = True

    def literal(self, word: int) -> int:
        """The number of a constant behind the code."""
        for index in range(len(self.literals)):
            if self.literals[index] == word:
                return index
        self.literals.append(word)
        return len(self.literals) - 1

    def literal_pair(self, first: int, second: int) -> int:
        """The number of the first of two constants that lie behind each other."""
        for index in range(len(self.literals) - 1):
            if self.literals[index] == first and self.literals[index + 1] == second:
                return index
        self.literals.append(first)
        self.literals.append(second)
        return len(self.literals) - 2

    # --- exits ---
    def open_exit(self, guard: int) -> PendingExit:
        """The exit of a guard, with all values where they are now."""
        snapshot = self.trace.snapshots[self.trace.snapshot_of[guard]]
        compiled = self.compiled
        refs = self.liveness.refs_of_exit(guard)
        number = len(compiled.exits)
        exit = Exit(compiled, number, guard, snapshot, refs, self._locations_of(refs, snapshot))
        compiled.exits.append(exit)
        pending = PendingExit(exit)
        self.pending_exits.append(pending)
        return pending

    def _locations_of(self, refs: list[int], snapshot: Snapshot) -> list[int]:
        """Where these values are now. Exits of one bytecode share the row, unless something has moved between them."""
        allocator, exits = self.allocator, self.compiled.exits
        if len(exits) > 0 and exits[len(exits) - 1].snapshot is snapshot:
            before = exits[len(exits) - 1].locations
            k = 0
            while k < len(refs) and before[k] == allocator.location(refs[k]):
                k += 1
            if k == len(refs):
                return before
        locations = [0] * len(refs)
        for k in range(len(refs)):
            locations[k] = allocator.location(refs[k])
        return locations

    def undo_if_needed(self, pending: PendingExit, a: int, register: int, operand: int, adds: bool) -> None:
        """After a checked addition or subtraction into `register`: if that was the place of operand a and the exit needs a, the
        stub undoes the operation, which wraps both ways."""
        if a >= 0 and self.allocator.register_of[a] == register and a in pending.exit.refs:
            pending.undo = UNDO_SUB if adds else UNDO_ADD
            pending.undo_register = register
            pending.undo_operand = operand

    def fail_now_and_then(self, guard: int) -> None:
        """`--jit fail_every`: an exit of its own before the guard's test, taken whenever the counter runs out."""
        if self.runtime.fail_counter != 0:
            exit = self.open_exit(guard)
            exit.exit.bridgeable = False
            self.leave_when_counted_down(exit, self.runtime.fail_counter)

    def note_valid_exit(self, pending: PendingExit, patch: int, compiled: CompiledTrace) -> None:
        """When `compiled`, this trace or another, is invalidated, a branch to the exit is written at `patch`."""
        pending.valid_of = compiled
        pending.valid_patch = len(compiled.valid_patches)
        compiled.valid_patches.append(patch)
        compiled.valid_exits.append(0)

    # --- traces begin ---
    def place_inputs(self, parent: Exit) -> None:
        """A bridge runs in the native frame of its parent, its values where the parent's exit has them."""
        trace = self.trace
        for i in range(len(trace.operations)):
            match trace.operations[i]:
                case ops.INPUT | ops.INPUT_INT | ops.INPUT_FLOAT:
                    self.allocator.enter_bridge(i, parent.locations[trace.a[i]])
                case _:
                    pass

    def is_own_cell(self, ref: int) -> bool:
        """Whether the cell is the one that this trace will be the code of."""
        return ref < 0 and self.trace.cell != 0 and self.word_of(ref) == self.trace.cell and self.compiled.entry != 0

    # --- C calls ---
    def _argument_registers(self, arguments: list[int]) -> list[int]:
        """Where the calling convention wants each argument; LOCATION_NONE on the stack."""
        convention = self.convention
        result: list[int] = []
        words = 0
        floats = 0
        for ref in arguments:
            if self.allocator.is_float(ref):
                result.append(convention.floats[floats] if floats < len(convention.floats) else LOCATION_NONE)
                floats += 1
            else:
                result.append(convention.words[words] if words < len(convention.words) else LOCATION_NONE)
                words += 1
        return result

    def stacked_arguments(self, arguments: list[int]) -> list[int]:
        """Those that no register holds, in order."""
        targets = self._argument_registers(arguments)
        return [arguments[k] for k in range(len(arguments)) if targets[k] == LOCATION_NONE]

    def pass_in_registers(self, arguments: list[int]) -> None:
        """Move the others to where the convention wants them."""
        moves = ParallelMoves()
        targets = self._argument_registers(arguments)
        for k in range(len(arguments)):
            if targets[k] != LOCATION_NONE:
                moves.add(targets[k], self.allocator.location(arguments[k]))
        moves.perform(self)

    def hint_arguments(self) -> None:
        """Before allocation: values that end as an argument or as the trace's result may as well be made where they are wanted."""
        trace = self.trace
        for i in range(len(trace.operations)):
            match trace.operations[i]:
                case ops.FINISH:
                    value = trace.a[i]
                    if self.liveness.is_opened_by(i, value):
                        value = trace.a[value]
                    self._hint(i, value, self.convention.word_result)
                case ops.CALL_GUEST:
                    numbers = self.arguments(i)
                    for k in range(len(numbers)):
                        self._hint(i, numbers[k], self.convention.words[2 + k])
                case ops.RESIDUAL_I | ops.RESIDUAL_R | ops.RESIDUAL_F | ops.RESIDUAL_V:
                    arguments = self.arguments(i)
                    targets = self._argument_registers(arguments)
                    for k in range(len(arguments)):
                        if targets[k] != LOCATION_NONE:
                            self._hint(i, arguments[k], targets[k])
                case _:
                    pass

    def _hint(self, i: int, ref: int, register: int) -> None:
        if ref >= 0 and self.liveness.last_use[ref] == i and not self.liveness.crosses_call[ref]:
            self.allocator.hint[ref] = register


def base_is_bottom(trace: Trace, parent: Exit | None) -> bool:
    """Whether `trace_base` is still `bottom` where the trace ends: in functions and their bridges."""
    if trace.kind == KIND_BRIDGE:
        return parent is not None and parent.owner.base_is_bottom
    return trace.kind == KIND_FUNCTION
