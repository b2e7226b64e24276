"""What is compiled for one VM stack runs on every other; stacks that nobody keeps go away."""

import re
import resource
import subprocess
from pathlib import Path

import pytest

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.tools.toolchain import build_program
from tracewright_testing import many_stacks, short_stacks
from tracewright_testing.native import shared_folder

LOOP = """
let i = 0
let total = 0
while i < 20000 { i = i + 1  total = total + i }
print total
"""
MEGABYTE = 1 << 20


def test_a_loop_is_compiled_once_and_runs_on_a_hundred_stacks(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shared_folder(tmp_path_factory)  # skips without a C compiler
    executable = tmp_path / "many_stacks"
    build_program(many_stacks.main, executable, jit=True)
    program = tmp_path / "loop.tut"
    program.write_text(LOOP)
    result = subprocess.run([executable, "run", "--stats", program], capture_output=True, text=True, check=True)
    assert result.stdout.count("200010000\n") == many_stacks.TIMES
    statistics = {name: int(number) for name, number in re.findall(r"^([a-z ]+?) +(\d+)$", result.stderr, re.M)}
    assert statistics["loops"] == 1
    assert statistics["entries"] >= many_stacks.TIMES


def limit_address_space() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (short_stacks.ADDRESS_SPACE, short_stacks.ADDRESS_SPACE))


def test_stacks_that_nobody_keeps_go_away(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    shared_folder(tmp_path_factory)
    executable = tmp_path / "short_stacks"
    build_program(short_stacks.main, executable, jit=False)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    result = subprocess.run([executable], capture_output=True, text=True, check=True, preexec_fn=limit_address_space)
    total = short_stacks.MANY * (short_stacks.MANY - 1) // 2
    assert result.stdout == f"{total} {list(range(short_stacks.KEPT))} 1000\nTrue True False 7\n"
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    assert most <= max(before << 10, 100 * MEGABYTE)


def test_what_lies_beyond_the_frame_is_not_written() -> None:
    stack = VMStack(10)
    with pytest.raises(AssertionError, match=r"slot 3 lies beyond the frame, which ends at 3: `reserve` comes first"):
        stack.reserve(3)
        stack[3] = Value.NULL
    assert not stack.reserve(11)
    assert stack.top == 3
