"""The registers of RISC-V by location number: x n as n. Doubles are not there yet, so the machine's float registers are none."""

from typing import Final

from tracewright.jit.codegen.locations import RegisterFile
from tracewright.jit.codegen.trace_emitter import CallingConvention

ZERO: Final = 0
LINK: Final = 1  # return address; every call loses it, and the native frame has it
SP: Final = 2  # the native frame
# x3 and x4 belong to the platform.
BASE: Final = 9  # address of the VM-stack slot `trace_base`, throughout
A0: Final = 10
A1: Final = 11
X28: Final = 28  # scratch of checked arithmetic
X29: Final = 29  # scratch: a constant operand
X30: Final = 30  # scratch of single instruction shapes (far addresses, wide offsets)
X31: Final = 31  # scratch of the code generator: no value lives here from one trace instruction to the next

CALLER_SAVED: Final = [*range(10, 18), 5, 6, 7]
CALLEE_SAVED: Final = [8, *range(18, 28)]

REGISTERS: Final = RegisterFile(32, 0, CALLER_SAVED, CALLEE_SAVED, [], [])
CONVENTION: Final = CallingConvention(list(range(10, 18)), [], A0, A0)
