"""What a machine has to be able to write, apart from its own operations: the calls with which the shared code of this folder makes a trace.

    label(i1)                          align
    guard_true(i2) [exit]              select, which ends in a branch of the machine's own
    jump(i3)                           moves of `Mover`, jump_unless_set(exit, interrupted, head of the loop)
                                       stub of the exit: undo, write_leave

All addresses are of the executable view.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.jit.codegen.parallel_moves import Mover
from tracewright.jit.codegen.pending import PendingExit
from tracewright.jit.trace.compiled import Exit

# How the code of a trace comes back to who called it.
FINISHED: Final = 0  # its frame has returned the Value
STATE_MOVED: Final = 1  # it has been left before that: the guest is where the `Jit` says
FRAME_LEFT: Final = 2  # the frame at `bottom` has returned the Value or raised, but not by FINISH
FINISHED_INT: Final = 3  # its frame has returned an int, whose bare number is in place of the Value


class MachineCode(Mover):
    """Instructions of one machine, appended to code memory."""

    # --- places in the code ---
    @abstractmethod
    def position(self) -> int:
        """The address of the next instruction."""

    @abstractmethod
    def align(self) -> None:
        """No-operations up to where traces and loops should begin."""

    def between_instructions(self) -> None:
        """Asked where anything may be inserted: machines whose branches do not reach far write islands here."""

    @abstractmethod
    def resolve_here(self, field: int) -> None:
        """A branch that waits for its target goes to the next instruction."""

    # --- words ---
    @abstractmethod
    def load_word(self, register: int, word: int) -> None:
        """A constant into a word register, without touching the flags."""

    def add_index(self, register: int, index: int, start: int) -> None:
        """register += start + 8 * the register `index`, unless that is LOCATION_NONE. Asked only of machines that reach memory."""
        raise AssertionError("a machine without loads and stores has a barrier to write")

    def branch_if_old_at(self, register: int) -> int:
        """`MemoryCode.branch_if_old` of the object whose address is in a register."""
        raise AssertionError("a machine without loads and stores has a barrier to write")

    @abstractmethod
    def load_at(self, register: int, address: int) -> None:
        """The memory word at a constant address into a word register."""

    @abstractmethod
    def store_at(self, register: int, address: int) -> None:
        """A word register into the memory word at a constant address."""

    @abstractmethod
    def clear_at(self, address: int) -> None:
        """Zero into the memory word at a constant address."""

    # --- ways to go on ---
    @abstractmethod
    def jump(self, target: int) -> None:
        """To a known place in code memory."""

    @abstractmethod
    def room_for_jump(self) -> int:
        """A no-operation that `Backend.invalidate` makes a jump; gives its address."""

    @abstractmethod
    def leave(self, exit: PendingExit) -> None:
        """A branch to the exit's stub that is always taken."""

    @abstractmethod
    def leave_if_set(self, exit: PendingExit, address: int) -> None:
        """Leave if the memory word at a constant address is not zero."""

    @abstractmethod
    def leave_when_counted_down(self, exit: PendingExit, address: int) -> None:
        """Count the memory word at a constant address down, and leave when it becomes zero."""

    def jump_unless_set(self, exit: PendingExit, address: int, target: int) -> None:
        """Jump, but leave if the memory word is not zero. Overridden where both are one branch."""
        self.leave_if_set(exit, address)
        self.jump(target)

    @abstractmethod
    def undo(self, exit: PendingExit) -> None:
        """Part of a stub: give back what a checked addition or subtraction took (`PendingExit.undo`)."""

    @abstractmethod
    def write_leave(self, exit: Exit) -> None:
        """The end of a stub: to the shared way out with the address of the exit."""

    # --- operations ---
    @abstractmethod
    def select(self, i: int) -> None:
        """Trace instruction i, whose operation is none of `shared_selectors.py`."""

    # --- the native frame ---
    @abstractmethod
    def write_frame(self) -> None:
        """The start of loops and functions: make the frame, store what the caller passes. `linked_entry()` bytes long."""

    @abstractmethod
    def linked_entry(self) -> int:
        """Where traces that have a frame already enter, in bytes from the start."""

    @abstractmethod
    def enter_cell(self, exit: PendingExit, cell: int, offset: int) -> None:
        """Go on at the linked entry of the code in a cell, the base moved by `offset` bytes; leave if the cell is empty."""

    @abstractmethod
    def write_return(self, status: int) -> None:
        """Return with this status, the Value in the register for results, and the base register as the caller passed it."""

    # --- calls ---
    @abstractmethod
    def call_c(self, function: int) -> None:
        """Call the C function at this address, its arguments where the convention has them."""

    @abstractmethod
    def call_routine(self, routine: int) -> None:
        """Call a shared slow path, which takes and gives a word in the scratch register."""

    @abstractmethod
    def move_stack_pointer(self, size: int) -> None:
        """Add a number of bytes, a multiple of 16, to the stack pointer."""

    @abstractmethod
    def store_argument(self, location: int, offset: int) -> None:
        """The value or constant at a location to the stack pointer + offset."""

    # --- behind the trace ---
    def write_call_finishes(self) -> None:
        """Where calls of guest functions go whose callee has not simply finished (`calls_to_finish`)."""

    def write_literals(self) -> None:
        """The constants that code before this place reads; a machine that makes all of them in place has none."""
