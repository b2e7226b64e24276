"""The backend of a translated program: made when the first trace is ready."""

from typing import Final, final

from tracewright.core.memory import function_address, symbol_address
from tracewright.jit.codegen.code_memory import reserve_code_memory
from tracewright.jit.codegen.contract import Backend, BackendMaker
from tracewright.jit.codegen.runtime_interface import native_interface
from tracewright.jit.resume.leave import finish_call, leave_trace, start_call
from tracewright_aarch64.backend import AArch64Backend

LARGEST_CODE: Final = 1 << 27  # what a plain branch reaches across


@final
class NativeAArch64(BackendMaker):
    """Makes the AArch64 backend of the running executable."""

    def make(self, code_bytes: int, failing_guards: bool) -> Backend:
        runtime = native_interface(
            function_address(leave_trace),
            function_address(finish_call),
            function_address(start_call),
            symbol_address("tw_left_word"),
        )
        if failing_guards:
            runtime.fail_counter = symbol_address("tw_fail_counter")
        return AArch64Backend(reserve_code_memory(min(code_bytes, LARGEST_CODE)), runtime)
