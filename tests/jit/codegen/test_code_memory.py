"""Code memory: two views of the same bytes, and never one that is both writable and executable."""

from pathlib import Path

import pytest

from tracewright.core.memory import load8, store8
from tracewright.jit.codegen.code_memory import CodeMemory, CodeMemoryFull
from tracewright_testing.hosted_code import hosted_code_memory


def protections(address: int) -> str:
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, flags = line.split()[:2]
        start, end = (int(number, 16) for number in span.split("-"))
        if start <= address < end:
            return flags
    raise AssertionError("not mapped")


def test_what_one_view_writes_the_other_executes() -> None:
    memory = hosted_code_memory(8192)
    memory.write8(memory.executable + 5, 0xC3)
    memory.write32(memory.executable + 8, -2)
    memory.write64(memory.executable + 16, 1 << 60)
    assert load8(memory.executable + 5) == memory.read8(memory.executable + 5) == 0xC3
    assert memory.read32(memory.executable + 8) == 0xFFFFFFFE
    assert memory.read64(memory.executable + 16) == 1 << 60
    store8(memory.writable, 0x90)
    assert load8(memory.executable) == 0x90
    assert protections(memory.executable).startswith("r-x")
    assert protections(memory.writable).startswith("rw-")


def test_space_is_taken_from_the_bottom_until_there_is_none() -> None:
    memory = hosted_code_memory(4096)
    assert memory.position() == memory.executable
    memory.commit(memory.executable + 3)
    assert memory.take_words(2) == memory.executable + 16
    assert memory.used == 32
    with pytest.raises(CodeMemoryFull):
        memory.take_words(600)
    with pytest.raises(CodeMemoryFull):
        memory.commit(memory.end() + 1)
    assert memory.used == 32
    memory.commit(memory.end())


def test_what_is_committed_or_patched_is_flushed() -> None:
    class Noting(CodeMemory):
        def call(self, function: int, a: int, b: int, c: int, d: int) -> int:
            flushed.append((function, a, b))
            return 0

    flushed: list[tuple[int, int, int]] = []
    plain = hosted_code_memory(4096)
    memory = Noting(plain.executable, plain.writable, 4096, 77)
    memory.commit(memory.executable + 40)
    memory.commit(memory.executable + 44)
    memory.written(memory.executable + 8, 4)
    assert flushed == [
        (77, memory.executable, 40),
        (77, memory.executable + 40, 4),
        (77, memory.executable + 8, 4),
    ]
