"""Reading the values of a trace after it has left: `saved` is the address of the block that the exit routine wrote.

`locations.py` draws the block. A caller that may collect while it still needs values must keep the block on the stack, which the
machine code does until `leave_trace` returns.
"""

from tracewright.core.memory import load64, load_float
from tracewright.jit.codegen.contract import CompiledTrace, Exit
from tracewright.jit.codegen.locations import BASE_LOCATION, BOTTOM_LOCATION, WORD_BYTES


def exit_value_word(saved: int, location: int) -> int:
    """The word at a location that is no constant. Of a float it is the bits."""
    return load64(saved + WORD_BYTES * location)


def exit_value_float(saved: int, location: int) -> float:
    """The double at a location that is no constant."""
    return load_float(saved + WORD_BYTES * location)


def exit_base_address(saved: int) -> int:
    """The address of VM-stack slot `trace_base`."""
    return load64(saved + WORD_BYTES * BASE_LOCATION)


def exit_bottom_address(saved: int) -> int:
    """The address of the VM-stack slot where the frame begins whose return ends this entry into machine code."""
    return load64(saved + WORD_BYTES * BOTTOM_LOCATION)


def exit_ref_word(owner: CompiledTrace, leaving: Exit, saved: int, ref: int) -> int:
    """The word of any ref that the exit's snapshot names: a constant's, or that of a value the exit located."""
    if ref < 0:
        return owner.trace.constants[~ref]
    for k in range(len(leaving.refs)):
        if leaving.refs[k] == ref:
            return exit_value_word(saved, leaving.locations[k])
    raise RuntimeError("an exit does not locate a value of its snapshot")
