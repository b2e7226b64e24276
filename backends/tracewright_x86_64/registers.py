"""The registers of x86-64 by location number: word registers as the machine numbers them, xmm n as 16 + n."""

from typing import Final

from tracewright.jit.codegen.locations import RegisterFile
from tracewright.jit.codegen.trace_emitter import CallingConvention

RAX: Final = 0
RCX: Final = 1
RDX: Final = 2
RBX: Final = 3  # address of the VM-stack slot `trace_base`, throughout
RSP: Final = 4  # the native frame
RBP: Final = 5
RSI: Final = 6
RDI: Final = 7
R8: Final = 8
R9: Final = 9
R10: Final = 10
R11: Final = 11  # scratch of the code generator: no value lives here from one trace instruction to the next
R12: Final = 12
R13: Final = 13
R14: Final = 14
R15: Final = 15
XMM0: Final = 16
XMM15: Final = 31  # scratch

WORD_NAMES: Final = [
    "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
]  # fmt: skip

# Allocation order. Short-lived values go to registers that calls clobber, first those whose encoding is short.
CALLER_SAVED: Final = [RAX, RCX, RDX, RSI, RDI, R8, R9, R10]
CALLEE_SAVED: Final = [RBP, R12, R13, R14, R15]
FLOATS: Final = list(range(XMM0, XMM15))

CONVENTION: Final = CallingConvention([RDI, RSI, RDX, RCX, R8, R9], list(range(XMM0, XMM0 + 8)), RAX, XMM0)

REGISTERS: Final = RegisterFile(16, 16, CALLER_SAVED, CALLEE_SAVED, FLOATS, [])
