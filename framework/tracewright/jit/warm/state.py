"""The one Jit object: what the whole JIT of a process knows. It is prebuilt, and every entry point from native code starts at it."""

from typing import Final, final

from tracewright.core.arrays import Array, Words
from tracewright.core.memory import address_of, call_native, load64, object_at, store64, symbol_address
from tracewright.core.system import environment_variable
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode
from tracewright.jit.codegen.contract import Backend, BackendMaker
from tracewright.jit.execute.free_frames import FreeFrames
from tracewright.jit.execute.runtime import NativeRuntime
from tracewright.jit.record.recorder import Recorder
from tracewright.jit.tables.assembly import ASSEMBLY, Assembly
from tracewright.jit.tables.parameters import CODE_KILOBYTES, FAIL_EVERY, Parameters
from tracewright.jit.trace.compiled import CompiledTrace
from tracewright.jit.warm.invalidate import Dependencies, discard_dependents
from tracewright.jit.warm.statistics import OPTIMIZING, TRACING, Statistics

_FIRST_PLACES: Final = 512


@final
class GivenUp:
    """A place that was not compiled: where, why (a row of the Abort catalogue), how often."""

    def __init__(self, location: str, reason: int) -> None:
        self.location = location
        self.reason = reason
        self.times = 1
        self.final = False  # blacklisted


@final
class Death:
    """A trace whose code was discarded: why, and how many traces had been recorded by then."""

    def __init__(self, trace: int, reason: str, after: int) -> None:
        self.trace = trace
        self.reason = reason
        self.after = after


@final
class RunningProgram(NativeRuntime):
    """The runtime of recordings and the blackhole, which discard code at once where they change what it relies on."""

    def __init__(self) -> None:
        super().__init__(1)

    def field_changed(self, thing: int, field: int) -> None:
        discard_dependents(JIT, thing)

    def optimizing(self, begins: bool) -> None:
        JIT.statistics.switch(OPTIMIZING if begins else TRACING)


@final
class Jit:
    """Parameters, statistics, the backend, all machine code, and the guest position that machine code left behind."""

    def __init__(self) -> None:
        self.parameters = Parameters()
        self.statistics = Statistics()
        self.assembly: Assembly = ASSEMBLY
        self.dependencies = Dependencies()
        self.runtime = RunningProgram()
        self.backend_maker: BackendMaker | None = None  # the translator puts the target machine's here
        self.backend: Backend | None = None  # made with the first trace
        self.free_frames = FreeFrames()  # of exits in the middle of a bytecode
        self._places: Array[int] = Array(_FIRST_PLACES, 0)  # for `ExitValues`
        self._recorder: Recorder | None = None  # made with the first recording
        self.traces: list[CompiledTrace] = []
        self.given_up: list[GivenUp] = []
        self.deaths: list[Death] = []
        self.trace_numbers = 0
        self.portals = 0  # inside each other that machine code has called
        self.recording = False  # the guest runs under the recorder: no second recording may start
        self.resume_pending = False  # the next portal call must go on at the exit position instead of its own start
        self.resume_counter = 0  # what the cell at that position had counted to
        # Where machine code (or the recorder) left the guest.
        self.exit_code: GuestCode | None = None
        self.exit_pc = 0
        self.exit_base = 0
        self.exit_stack: VMStack | None = None
        self.left_value = Value.UNDEFINED
        self.names_for_perf = False  # whether `perf` learns the traces' names: with TRACEWRIGHT_PERF in the environment

    def recorder(self) -> Recorder:
        """The recorder of all traces; made at its first use."""
        recorder = self._recorder
        if recorder is None:
            recorder = Recorder(self.assembly, self.runtime, self.parameters)
            self._recorder = recorder
        return recorder

    def places_for(self, instructions: int) -> Array[int]:
        """Room for a number beside each of so many instructions, which holds whatever the last to use it has left: for one exit at a time."""
        if instructions > len(self._places):
            self._places = Array(2 * instructions, 0)
        return self._places

    def note_death(self, trace: int, reason: str) -> None:
        """The trace is discarded, for this reason."""
        self.deaths.append(Death(trace, reason, self.trace_numbers))

    def assembler(self) -> Backend | None:
        """The backend; made at its first use. None where the program was built without one."""
        if self.backend is None and self.backend_maker is not None:
            every = self.parameters.get(FAIL_EVERY)
            self.backend = self.backend_maker.make(self.parameters.get(CODE_KILOBYTES) << 10, every > 0)
            store64(symbol_address("tw_fail_counter"), every)
            self.names_for_perf = environment_variable(b"TRACEWRIGHT_PERF") is not None
        return self.backend


JIT: Final = Jit()


def hold_memory_errors(change: int) -> None:
    """While the sum of changes is above 0, small allocations do not raise the MemoryError that waits: guest state is on its way."""
    place = symbol_address("tw_leaving_traces")
    store64(place, load64(place) + change)


def location_text(jit: Jit, code: int, pc: int) -> str:
    """What the language calls this guest position: file, line, function, bytecode."""
    if jit.assembly.location_wrapper == 0:
        return f"code {code:x} pc {pc}"
    words = Words(2)
    words[0] = code
    words[1] = pc
    return object_at(str, call_native(jit.assembly.location_wrapper, address_of(words) + 16, 0, 0, 0))
