"""What functions marked `@above_top` do to the VM stack, in plain Python: traces do not look at their frames' slots again behind them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright.core.vm_stack import VMStack
from tracewright_testing.above_top import Watch, watch_stacks

PROGRAMS = Path(__file__).parent / "calls_above_top"
RUNS = {
    "ruff": (["calls.ruff"], "[2, 4, 6] [[3, 15]] 6\n8\n"),
    "javascript": (
        ["--host-hooks", "calls.js"],
        'closed\n3,2,1 [ 2, 4 ] text\nsome! {"a":[1]}\nthrown 1\n2 5\nundefined\n',
    ),
    "python": (["calls.python"], "4 1 ['1', '2'] 1\n1 thrown key 3 key 5 3\nin a text [2, 4]\n"),
}


@pytest.mark.parametrize("language", RUNS)
def test_they_leave_what_lies_below_top_alone(language: str) -> None:
    words, expected = RUNS[language]
    command = [sys.executable, "-m", "tracewright_testing.above_top", f"tracewright_{language}", "run", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    found = subprocess.run(command, cwd=PROGRAMS, env=environment, capture_output=True, text=True, check=False)
    assert (found.stdout, found.returncode) == (expected, 0), found.stderr
    assert "never ran" not in found.stderr


def test_faults_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("__init__", "__setitem__"):
        monkeypatch.setattr(VMStack, name, getattr(VMStack, name))
    watch = Watch()
    watch_stacks(watch)
    stack = VMStack(10)

    def writes_below() -> None:
        stack[0] = stack[1]

    def leaves_top() -> None:
        stack.reserve(5)

    stack.reserve(2)
    watch.watched(writes_below)()
    watch.watched(leaves_top)()
    assert [fault.rpartition(">.")[2] for fault in watch.faults] == [
        "writes_below wrote 2 below `top`",
        "leaves_top left `top` at +3",
    ]
