"""The registers of AArch64 by location number: x n as n, d n as 32 + n."""

from typing import Final

from tracewright.jit.codegen.locations import RegisterFile
from tracewright.jit.codegen.trace_emitter import CallingConvention

X0: Final = 0
X1: Final = 1
X2: Final = 2
X16: Final = 16  # scratch of the code generator: no value lives here from one trace instruction to the next
X17: Final = 17  # scratch of single instruction shapes (far addresses, wide constants)
# x18 belongs to the platform.
BASE: Final = 19  # address of the VM-stack slot `trace_base`, throughout
ANCHOR: Final = 26  # address near which the runtime's words lie (`routines.py`), throughout
OFFSET: Final = 27  # DOUBLE_OFFSET, throughout: no immediate operand can hold it
TAG: Final = 28  # INT_TAG, throughout
LINK: Final = 30  # return address; every call loses it, and the native frame has it
SP: Final = 31  # the native frame
ZERO: Final = 31  # the same number where an instruction cannot mean the stack pointer
D0: Final = 32
D31: Final = 63  # scratch

CALLER_SAVED: Final = list(range(16))
CALLEE_SAVED: Final = list(range(20, 26))  # x29 keeps the caller's frame, for profilers
CALLER_SAVED_FLOATS: Final = [*range(D0, D0 + 8), *range(D0 + 16, D31)]
CALLEE_SAVED_FLOATS: Final = list(range(D0 + 8, D0 + 16))

REGISTERS: Final = RegisterFile(32, 32, CALLER_SAVED, CALLEE_SAVED, CALLER_SAVED_FLOATS, CALLEE_SAVED_FLOATS)
CONVENTION: Final = CallingConvention(list(range(8)), list(range(D0, D0 + 8)), X0, D0)
