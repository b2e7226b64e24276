"""What a machine has to be able to write for calls of guest functions (`select_guest_calls.py`), besides what memory asks of it."""

from __future__ import annotations

from abc import abstractmethod

from tracewright.jit.codegen.memory_code import MemoryCode
from tracewright.jit.codegen.pending import PendingExit


class CallCode(MemoryCode):
    """An emitter that calls guest functions."""

    def typed_register(self, position: int) -> int:
        """Where the bare int for a function's typed slot of this position is passed: behind `bottom` and the VMStack."""
        return self.convention.words[2 + position]

    @abstractmethod
    def leave_if_stack_is_low(self, exit: PendingExit) -> None:
        """Leave where the native stack has no room for another frame."""

    @abstractmethod
    def call_cell(self, cell: int, typed: bool, offset: int) -> None:
        """Call the entry, or the typed entry, of the code in a cell, for the frame at the base register + `offset` bytes. Behind it the
        base register is as before."""

    @abstractmethod
    def call_code(self, code: int, offset: int) -> list[int]:
        """Call the entry of the machine code of the GuestCode that is a ref of the trace. Gives the branches, not resolved yet, that are
        taken where it has none; the code's address is then in the second register for arguments."""

    @abstractmethod
    def start_call(self, offset: int) -> None:
        """Where these branches lead: have the portal run the code, its frame `offset` bytes above the base."""

    @abstractmethod
    def write_typed_frame(self) -> None:
        """As `write_frame`, for callers whose `bottom` is the base register."""

    @abstractmethod
    def branch_unless_status(self, status: int) -> int:
        """A branch, not resolved yet, that is taken where the callee has come back with another status."""

    @abstractmethod
    def finish_call(self, offset: int) -> None:
        """Have the interpreter run the callee's frame, `offset` bytes above the base, to its end."""

    @abstractmethod
    def leave_unless_small(self, exit: PendingExit, register: int) -> None:
        """Leave where the Value in a register is no small int."""

    @abstractmethod
    def open_small(self, register: int) -> None:
        """The small int in a register becomes the bare number."""

    @abstractmethod
    def box_result(self) -> None:
        """The bare int in the register for results becomes a Value."""
