"""Reading the values of a trace after it has left: `saved` is the address of the block that the exit routine wrote.

`locations.py` draws the block. It stays on the native stack, where the collector sees it, until `leave_trace` returns.
"""

from tracewright.core.integers import float_of_bits
from tracewright.core.memory import load64, load_float
from tracewright.jit.codegen.locations import LOCATION_CONSTANT, WORD_BYTES, RegisterFile, is_constant
from tracewright.jit.trace.trace import Trace


def exit_value_word(saved: int, location: int, trace: Trace) -> int:
    """The word at a location of an exit of `trace`. Of a float it is the bits."""
    if is_constant(location):
        return trace.constants[location - LOCATION_CONSTANT]
    return load64(saved + WORD_BYTES * location)


def exit_value_float(saved: int, location: int, trace: Trace) -> float:
    """The double at a location of an exit of `trace`."""
    if is_constant(location):
        return float_of_bits(trace.constants[location - LOCATION_CONSTANT])
    return load_float(saved + WORD_BYTES * location)


def exit_base_address(saved: int, registers: RegisterFile) -> int:
    """The address of VM-stack slot `trace_base`."""
    return load64(saved + WORD_BYTES * registers.base)


def exit_bottom_address(saved: int, registers: RegisterFile) -> int:
    """The address of the VM-stack slot where the frame begins whose return ends this entry into machine code."""
    return load64(saved + WORD_BYTES * registers.bottom)


def exit_stack_word(saved: int, registers: RegisterFile) -> int:
    """The word of the VMStack object that this entry into machine code runs on."""
    return load64(saved + WORD_BYTES * registers.stack)
