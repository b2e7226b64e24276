"""Where a value can be while machine code runs, and the layout of the native frame.

A location is one int. A machine describes its registers as a `RegisterFile`; with `words` word registers, `floats` float
registers and R = words + floats, the numbers mean

    0 .. words - 1      word register n
    words .. R - 1      float register n - words
    R .. R + 47         spill slot n - R of the native frame
    R + 48              the frame's word with the address of the VM-stack slot `bottom`
    R + 49              the frame's word with the address of the VM-stack slot `trace_base`
    R + 50              the frame's word with the VMStack object
    LOCATION_CONSTANT + n   constant n of the trace

The exit routine of every backend lays its block of saved registers directly below the frame, so that `block + 8 * location`
is the address of every location but a constant.
"""

from typing import Final, final

LOCATION_NONE: Final = -1
LOCATION_CONSTANT: Final = 1 << 20

WORD_BYTES: Final = 8
WORD_SHIFT: Final = 3
SPILL_SLOTS: Final = 48  # measured traces need fewer; more would make every native frame of a guest recursion larger
FRAME_WORDS: Final = SPILL_SLOTS + 3


class TooManySpills(Exception):
    """The fixed native frame does not hold the trace's spilled values."""


@final
class RegisterFile:
    """The registers of a machine: how many there are, and by location those that values may live in, in order of preference.

    Registers that are in none of the lists have another purpose (the stack pointer, scratch) and are only saved at exits.
    """

    def __init__(
        self,
        words: int,
        floats: int,
        caller_saved: list[int],
        callee_saved: list[int],
        caller_saved_floats: list[int],
        callee_saved_floats: list[int],
    ) -> None:
        self.words = words
        self.floats = floats
        self.count = words + floats
        self.short_lived: list[int] = caller_saved + callee_saved  # for values that no call interrupts
        self.long_lived: list[int] = callee_saved + caller_saved
        self.callee_saved = callee_saved
        self.short_lived_floats: list[int] = caller_saved_floats + callee_saved_floats
        self.long_lived_floats: list[int] = callee_saved_floats + caller_saved_floats
        self.callee_saved_floats = callee_saved_floats
        self.clobbered: int = mask_of(caller_saved) | mask_of(caller_saved_floats)  # by C functions, as bits
        self.allocatable: int = self.clobbered | mask_of(callee_saved) | mask_of(callee_saved_floats)
        self.first_slot: int = words + floats
        self.bottom: int = words + floats + SPILL_SLOTS
        self.base: int = words + floats + SPILL_SLOTS + 1
        self.stack: int = words + floats + SPILL_SLOTS + 2
        self.saved_bytes: int = WORD_BYTES * (words + floats)

    def is_register(self, location: int) -> bool:
        """A word or float register."""
        return 0 <= location < self.first_slot

    def is_float(self, location: int) -> bool:
        """A float register."""
        return self.words <= location < self.first_slot

    def is_slot(self, location: int) -> bool:
        """A word of the native frame."""
        return self.first_slot <= location < LOCATION_CONSTANT

    def frame_offset(self, location: int) -> int:
        """Where a slot lies, in bytes from the start of the native frame."""
        return WORD_BYTES * (location - self.first_slot)


def is_constant(location: int) -> bool:
    return location >= LOCATION_CONSTANT


def mask_of(registers: list[int]) -> int:
    """The set of these registers as bits."""
    mask = 0
    for register in registers:
        mask |= 1 << register
    return mask
