"""Ctrl-C is a KeyboardInterrupt, wherever the program is: in a loop, in machine code, asleep."""

import signal
import subprocess
from pathlib import Path

import pytest

CAUGHT = """
import time
{setup}
print("ready", flush=True)
try:
    {work}
except KeyboardInterrupt as e:
    print("caught", repr(e))
finally:
    print("finally")
"""
WORK = {
    "loop": ("", "while True: pass"),
    "calls": ("def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\n", "f(60)"),
    "generator": ("def g():\n    while True: yield 1\n", "sum(g())"),
    "sleep": ("", "time.sleep(60)"),
}
TIERS = ("off", "threshold=20,function_threshold=20")


def interrupted(command: list[str]) -> tuple[str, str, int]:
    """Output, errors and exit code of a program that gets Ctrl-C once it is ready."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        return output, errors, process.returncode


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("work", WORK)
def test_it_can_be_caught(work: str, tier: str, python_executable: Path, tmp_path: Path) -> None:
    setup, loop = WORK[work]
    program = tmp_path / "program.py"
    program.write_text(CAUGHT.format(setup=setup, work=loop))
    assert interrupted([str(python_executable), "--jit", tier, str(program)]) == (
        "caught KeyboardInterrupt()\nfinally\n",
        "",
        0,
    )


def test_otherwise_it_ends_the_program(python_executable: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text('print("ready", flush=True)\nwhile True:\n    pass\n')
    output, errors, code = interrupted([str(python_executable), str(program)])
    assert (output, code) == ("", 130)
    assert errors.startswith("Traceback (most recent call last):\n") and errors.endswith("\nKeyboardInterrupt\n")
