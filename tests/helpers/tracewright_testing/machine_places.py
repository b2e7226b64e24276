"""Where machine code of the tests runs: in this process, or in another one that shares its memory, perhaps under an emulator."""

from __future__ import annotations

import ctypes
import mmap
import os
import select
import shutil
import struct
import subprocess
import tempfile
from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Final

from tracewright.core.memory import function_address, zero_memory
from tracewright.jit.codegen.code_memory import CodeMemory
from tracewright.translate.emit_c.target import Target
from tracewright_testing.hosted_code import hosted_code_memory, map_file

HERE = Path(__file__).parent
FUNCTIONS = HERE / "machine_functions.h"
SERVER = HERE / "machine_server.c"

# Addresses that programs leave alone, with and without an emulator between them and the machine: 4 GiB for each machine.
FIRST_AT: Final = 0x3_0000_0000
SPAN: Final = 1 << 32
CODE_BYTES: Final = 1 << 20
DATA_OFFSET: Final = 1 << 30
DATA_BYTES: Final = 8 << 20
STACK_BYTES: Final = 1 << 20
ANSWER: Final = 0
PATIENCE_SECONDS: Final = 60.0


class Place:
    """A process that runs machine code."""

    @abstractmethod
    def code_memory(self, size: int) -> CodeMemory:
        """Fresh code memory; `Place`s may have one at a time."""

    @abstractmethod
    def words(self, count: int) -> int:
        """Zeroed memory that machine code and tests see at the same address, 16-byte aligned."""

    @abstractmethod
    def callback(self, function: Callable[..., int]) -> int:
        """The address of a function of this process for machine code to call."""

    @abstractmethod
    def symbol(self, name: str) -> int:
        """The address of a function of `machine_functions.h` or of the C library."""


class ThisProcess(Place):
    """Machine code runs where the tests run."""

    def __init__(self) -> None:
        self._keep: list[object] = []

    def code_memory(self, size: int) -> CodeMemory:
        return hosted_code_memory(size)

    def words(self, count: int) -> int:
        buffer = (ctypes.c_int64 * (count + 2))()
        self._keep.append(buffer)
        return (ctypes.addressof(buffer) + 15) & -16

    def callback(self, function: Callable[..., int]) -> int:
        return function_address(function)

    def symbol(self, name: str) -> int:
        return ctypes.cast(getattr(_c_library(), name), ctypes.c_void_p).value or 0


@cache
def _c_library() -> ctypes.CDLL:
    folder = Path(tempfile.mkdtemp(prefix="tracewright-tests-"))
    library = folder / "functions.so"
    flags = ["-Wl,--no-as-needed", "-x", "c", "-shared", "-fPIC", "-O1", "-fno-omit-frame-pointer"]
    subprocess.run(["cc", *flags, "-o", str(library), str(FUNCTIONS)], check=True)
    return ctypes.CDLL(str(library))


class RemoteCodeMemory(CodeMemory):
    """Code memory that another process executes."""

    def __init__(self, server: MachineServer, size: int) -> None:
        self.server = server
        super().__init__(server.code_at, server.writable, size, server.symbol("code_written"))

    def call(self, function: int, a: int, b: int, c: int, d: int) -> int:
        return self.server.call(function, a, b, c, d)


class MachineServer(Place):
    """A process that shares memory with this one and calls what it is told to; it lives until this one ends."""

    def __init__(self, program: Path, emulator: Sequence[str], at: int) -> None:
        self.callbacks: list[Callable[..., int]] = []
        self.code_at = at
        self.data_at = at + DATA_OFFSET
        file = os.memfd_create("tracewright shared", 0)
        os.ftruncate(file, CODE_BYTES + DATA_BYTES)
        map_file(self.code_at, CODE_BYTES, mmap.PROT_READ, file, 0)
        self.writable = map_file(0, CODE_BYTES, mmap.PROT_READ | mmap.PROT_WRITE, file, 0)
        map_file(self.data_at, DATA_BYTES, mmap.PROT_READ | mmap.PROT_WRITE, file, CODE_BYTES)
        self.used = 0
        numbers = [file, self.code_at, CODE_BYTES, self.data_at, DATA_BYTES, STACK_BYTES]
        self.process = subprocess.Popen(
            [*emulator, str(program), *map(str, numbers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=(file,),
            bufsize=0,
        )

    # --- Place ---
    def code_memory(self, size: int) -> CodeMemory:
        """The data are free again as well: nothing of an earlier world is used when the next one begins."""
        assert size <= CODE_BYTES
        zero_memory(self.data_at, self.used)
        self.used = 0
        return RemoteCodeMemory(self, size)

    def words(self, count: int) -> int:
        start = self.data_at + self.used
        self.used += (8 * count + 15) & -16
        assert self.used <= DATA_BYTES - STACK_BYTES, "the shared memory is too small for this test"
        return start

    def callback(self, function: Callable[..., int]) -> int:
        return self.symbol(function.__name__)

    def symbol(self, name: str) -> int:
        self._send(0, len(name), 0, 0, 0, 0)
        self._write(name.encode())
        address = self._answer()
        assert address != 0, f"{name} is not in the server's table"
        return address

    # --- the other process ---
    def call(self, function: int, a: int, b: int, c: int, d: int) -> int:
        """Call a function there; what it asks of this process is answered meanwhile."""
        self._send(function, a, b, c, d, 0)
        return self._answer()

    def _answer(self) -> int:
        while True:
            kind, number, a, b = self._receive(4)
            if kind == ANSWER:
                return number
            function = self.callbacks[number]
            arguments = (a, b)[: function.__code__.co_argcount]
            self._send(function(*arguments))

    def _send(self, *words: int) -> None:
        self._write(b"".join(struct.pack("<Q", word & (1 << 64) - 1) for word in words))

    def _write(self, data: bytes) -> None:
        pipe = self.process.stdin
        assert pipe is not None
        pipe.write(data)

    def _receive(self, count: int) -> tuple[int, ...]:
        pipe: IO[bytes] | None = self.process.stdout
        assert pipe is not None
        data = b""
        while len(data) < 8 * count:
            ready, _, _ = select.select([pipe], [], [], PATIENCE_SECONDS)
            more = pipe.read(8 * count - len(data)) if ready else b""
            if not more:
                self.process.kill()
                raise RuntimeError(f"the process that runs machine code {'has died' if ready else 'does not answer'}")
            data += more
        return struct.unpack(f"<{count}q", data)


def why_not_remote(target: Target) -> str | None:
    """What is missing for a process of that machine; None if nothing is."""
    needed = ["cc"] if target.is_host else [target.compiler, target.emulator[0]]
    missing = [command for command in needed if shutil.which(command) is None]
    return f"{' and '.join(missing)} not installed" if missing else None


@cache
def machine_server_program(target: Target) -> Path:
    """The server's executable for a machine."""
    program = Path(tempfile.mkdtemp(prefix="tracewright-tests-")) / "machine_server"
    flags = ["-O1", "-fno-omit-frame-pointer", "-static", "-pthread", f"-I{HERE}"]
    subprocess.run(["cc" if target.is_host else target.compiler, *flags, "-o", str(program), str(SERVER)], check=True)
    return program


def start_server(target: Target, number: int, callbacks: Sequence[Callable[..., int]]) -> MachineServer:
    """A new process of that machine, which is the `number`-th here; `callbacks` in the order of the server's numbers."""
    at = FIRST_AT + SPAN * number
    server = MachineServer(machine_server_program(target), [] if target.is_host else target.emulator, at)
    server.callbacks.extend(callbacks)
    return server
