"""Where a value can be while machine code runs, and the layout of the native frame.

A location is one int (`contract.py`): 0..15 a word register, 16..31 a float register, 32 + n spill slot n, and
`LOCATION_CONSTANT + n` constant n of the trace. The exit routine of every backend lays its block of saved registers directly
below the frame, so that

    block + 8 * location

is the address of every location but a constant:

    block + 0      word registers 0..15
    block + 128    float registers 0..15
    block + 256    the frame: spill slots 0..47
    block + 640    address of the VM-stack slot `bottom`
    block + 648    address of the VM-stack slot `trace_base`
"""

from typing import Final

from tracewright.jit.codegen.contract import LOCATION_CONSTANT, LOCATION_FLOAT, LOCATION_SPILL

WORD_BYTES: Final = 8
REGISTERS: Final = 32  # word and float registers together
SPILL_SLOTS: Final = 48  # measured traces need fewer; more would make every native frame of a guest recursion larger
BOTTOM_LOCATION: Final = LOCATION_SPILL + SPILL_SLOTS
BASE_LOCATION: Final = BOTTOM_LOCATION + 1
FRAME_WORDS: Final = SPILL_SLOTS + 2
SAVED_REGISTERS_BYTES: Final = WORD_BYTES * REGISTERS


def is_register(location: int) -> bool:
    """A word or float register."""
    return 0 <= location < LOCATION_SPILL


def is_word_register(location: int) -> bool:
    return 0 <= location < LOCATION_FLOAT


def is_float_register(location: int) -> bool:
    return LOCATION_FLOAT <= location < LOCATION_SPILL


def is_slot(location: int) -> bool:
    """A word of the native frame."""
    return LOCATION_SPILL <= location < LOCATION_CONSTANT


def is_constant(location: int) -> bool:
    return location >= LOCATION_CONSTANT


def frame_offset(location: int) -> int:
    """Where a slot lies, from the start of the native frame."""
    return WORD_BYTES * (location - LOCATION_SPILL)
