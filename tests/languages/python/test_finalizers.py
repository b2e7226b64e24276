"""Finalizers that never return, or want to end the program: what CPython makes of them, native and compiled; two of them hosted, where objects of the
program also die when CPython finds that nothing leads to them any more. Weak tables, cycles,
resurrection and finalizers that fail are in `programs/weak_tables.py` and `programs/finalizers.py`."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TIERS = {
    "cpython": (),
    "hosted": (),
    "off": ("--jit", "off"),
    "hot": ("--jit", "threshold=2,function_threshold=2"),
    "stressed": ("--jit", "threshold=2,function_threshold=2", "--gc", "stress=50"),
}

# Each `make` drops three objects; Ctrl-C comes whenever something has begun that does not end.
HEAD = """
import gc, os, sys, weakref
def endless(dead):
    print("begun", flush=True)
    while True:
        pass
class Plain:
    def __init__(self):
        self.cycle = self
class Endless(Plain):
    def __del__(self):
        endless(self)
def call(function, count):     # what is left of it lies deep in the stack
    return function() if count == 0 else call(function, count - 1)
def three(make):
    call(lambda: [make() for _ in range(3)] and None, 50)
    call(lambda: [object() for _ in range(3)] and None, 50)     # what is left of it in the interpreter's own frame
    call(lambda: None, 90)
    gc.collect()
    print("after", flush=True)
"""
INTERRUPTED = "begun\n" * 3 + "after\n"
COLLECTED = {
    "del": ("three(Endless)", INTERRUPTED, 0),
    "callback": ("found = []\nthree(lambda: found.append(weakref.ref(Plain(), endless)))", INTERRUPTED, 0),
    "finalize": ("three(lambda: weakref.finalize(Plain(), endless, 0))", INTERRUPTED, 0),
    "exit": (
        "class Exit(Plain):\n    def __del__(self):\n        print('exits')\n        sys.exit(3)\nthree(Exit)",
        "exits\nexits\nexits\nafter\n",
        0,
    ),
    "leave": (
        "class Leave(Plain):\n    def __del__(self):\n        print('leaves', flush=True)\n        os._exit(4)\nthree(Leave)",
        "leaves\n",
        4,
    ),
}
AT_THE_END = {
    "callback": ("kept = Plain()\nfound = weakref.ref(kept, endless)", "end\n", 5),  # is never called
    "finalize": ("kept = Plain()\nweakref.finalize(kept, endless, 0)", "end\nbegun\n", 5),
    "unwanted": ("kept = Plain()\nweakref.finalize(kept, endless, 0).atexit = False", "end\n", 5),
    "leave": (
        "class Leave(Plain):\n    def __del__(self):\n        os._exit(4)\nkept = Leave()",
        "end\n",
        4,
    ),
    "names": (  # what a `__del__` wants at the end is still there
        "class Tell(Plain):\n    def __del__(self):\n        told.append(os.path.basename('a/b'))\n        print(told, limit, sys is None)\n"
        "told, limit, kept = [], 7, Tell()",
        "end\n['b'] 7 False\n",
        5,
    ),
}


@pytest.fixture(params=TIERS)
def command(request: pytest.FixtureRequest) -> list[str]:
    tier = str(request.param)
    if tier == "cpython":
        return [sys.executable]
    if tier == "hosted":
        return [sys.executable, "-m", "tracewright_python.target"]
    return [str(request.getfixturevalue("python_executable")), *TIERS[tier]]


def run(command: list[str], program: Path, text: str) -> tuple[str, int]:
    """Output and exit code of a program that gets Ctrl-C for each line that says so."""
    program.write_text(HEAD + text + "\n")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    output = ""
    with subprocess.Popen(
        [*command, str(program)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            output += line
            if line == "begun\n":
                process.send_signal(signal.SIGINT)
    return output, process.returncode


@pytest.mark.parametrize("case", COLLECTED)
def test_after_a_collection(case: str, command: list[str], tmp_path: Path) -> None:
    if "tracewright_python.target" in command and case not in ("del", "exit"):
        pytest.skip("hosted, variables of the interpreter may still lead to the object when garbage is collected")
    text, printed, code = COLLECTED[case]
    assert run(command, tmp_path / "program.py", text) == (printed, code)


@pytest.mark.parametrize("case", AT_THE_END)
def test_at_the_end(case: str, command: list[str], tmp_path: Path) -> None:
    if "tracewright_python.target" in command:
        pytest.skip("hosted, variables of the interpreter still lead to some of the program's objects")
    text, printed, code = AT_THE_END[case]
    ending = "\nprint('end', flush=True)\nsys.exit(5)"
    assert run(command, tmp_path / "program.py", text + ending) == (printed, code)


def test_a_del_that_is_endless_at_the_end_can_be_interrupted(python_executable: Path, tmp_path: Path) -> None:
    """CPython dies of the signal by then; here the program ends as it was about to."""
    text = "kept = Endless()\nprint('end', flush=True)\nsys.exit(5)"
    assert run([str(python_executable)], tmp_path / "program.py", text) == ("end\nbegun\n", 5)
