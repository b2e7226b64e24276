"""Code memory: one reserve of pages, mapped twice. Code is written through one view and executed through the other, so no
address is ever both writable and executable.

Addresses that machine code, exits and patches speak of are of the executable view. What has been written may be executed once
`commit`, or for a patch `written`, has told the machine: where instructions are fetched through a cache of their own
(AArch64), that is when the cache is flushed.
"""

from __future__ import annotations

from tracewright.core.memory import (
    address_of,
    call_native,
    load8,
    load32,
    load64,
    store8,
    store32,
    store64,
    symbol_address,
)


class CodeMemoryFull(Exception):
    """No room for the machine code."""


class CodeMemory:
    """`size` bytes, executable at `executable`, writable at `writable`. Space is taken from the bottom and never given back.

    `flush` is the address of a C function (start, bytes) that makes what was written visible to instruction fetch; 0 where
    the machine needs none. Tests have a kind of code memory that another process executes.
    """

    def __init__(self, executable: int, writable: int, size: int, flush: int) -> None:
        self.executable = executable
        self.writable = writable
        self.size = size
        self.flush = flush
        self.used = 0

    def position(self) -> int:
        """Where the next code goes (executable view)."""
        return self.executable + self.used

    def end(self) -> int:
        return self.executable + self.size

    def commit(self, position: int) -> None:
        """Everything below `position` is now in use, and what was written there may be executed."""
        if position > self.end():
            raise CodeMemoryFull()
        start = self.position()
        self.used = position - self.executable
        self.written(start, position - start)

    def written(self, address: int, size: int) -> None:
        """The bytes there have changed: from now on they are what is executed."""
        if self.flush != 0 and size > 0:
            self.call(self.flush, address, size, 0, 0)

    def call(self, function: int, a: int, b: int, c: int, d: int) -> int:
        """Call code in this memory, or a function of the process that executes it, as a C function of four words."""
        return call_native(function, a, b, c, d)

    def write8(self, address: int, value: int) -> None:
        store8(address - self.executable + self.writable, value)

    def write32(self, address: int, value: int) -> None:
        store32(address - self.executable + self.writable, value)

    def write64(self, address: int, value: int) -> None:
        store64(address - self.executable + self.writable, value)

    def read8(self, address: int) -> int:
        return load8(address - self.executable + self.writable)

    def read32(self, address: int) -> int:
        return load32(address - self.executable + self.writable)

    def read64(self, address: int) -> int:
        return load64(address - self.executable + self.writable)

    def take_words(self, count: int) -> int:
        """Room for data words that machine code addresses, 16-byte aligned; gives its address."""
        start = (self.position() + 15) & -16
        self.commit(start + 8 * count)
        return start


def reserve_code_memory(size: int) -> CodeMemory:
    """Map code memory in the running executable (`runtime/code_memory.c`); MemoryError where the system refuses."""
    if call_native(symbol_address("tw_code_reserve"), size, 0, 0, 0) == 0:
        raise MemoryError()
    executable = load64(symbol_address("tw_code_executable"))
    writable = load64(symbol_address("tw_code_writable"))
    return CodeMemory(executable, writable, size, symbol_address("tw_code_written"))


def name_code_for_perf(start: int, size: int, name: bytes) -> None:
    """Add a line to /tmp/perf-<pid>.map, where `perf` looks up names of generated code.

    Some versions of perf take the memory file behind the code for an ordinary one and show offsets into it; the map has the addresses.
    """
    call_native(symbol_address("tw_name_code"), start, size, address_of(name), len(name))
