"""What is typed at the prompt, and what it says: as CPython's `python3 -i` does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright_python.repl import waits

FOLDER = Path(__file__).parent
PROMPTS = (">>> ", "... ")


def talk(command: list[str], text: str) -> tuple[str, str, int]:
    """Output and errors without prompts, and the exit code. CPython's prompts are among its errors, behind its version."""
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path if part)
    environment = {**os.environ, "PYTHONPATH": path}
    finished = subprocess.run(
        command, input=text, capture_output=True, text=True, check=False, env=environment, timeout=60
    )
    output, errors = finished.stdout, finished.stderr
    for prompt in PROMPTS:
        output, errors = output.replace(prompt, ""), errors.replace(prompt, "")
    return output, errors, finished.returncode


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="what is expected is what CPython 3.11 prints")
def test_inputs_do_what_they_do_in_cpython() -> None:
    text = (FOLDER / "prompt_inputs.txt").read_text()
    ours = talk([sys.executable, "-m", "tracewright_python.target", "-i"], text)
    theirs = talk([sys.executable, "-q", "-i"], text)
    assert ours[0].rstrip() == theirs[0].rstrip()
    assert ours[1].rstrip() == theirs[1].rstrip()
    assert ours[2] == theirs[2] == 7


def test_standard_input_is_a_program() -> None:
    text = "import sys\nif sys.argv:\n    print(sys.argv, __name__)\n\nelse: pass\n"
    output, errors, code = talk(
        [sys.executable, "-m", "tracewright_python.target", "-", "a"], text.replace("\n\nelse", "\nelse")
    )
    assert (output, errors, code) == ("['-', 'a'] __main__\n", "", 0)


@pytest.mark.parametrize(
    "text",
    [
        "f(",
        "x = [1,\n2,",
        "if x:",
        "if x: y",
        "if x:\n    y",
        "@wrapped",
        "@wrapped\ndef f():",
        "try:\n    x",
        "match x:",
        "match x:\n    case 1:",
        "async def f(): pass",
        "x = 1 + \\",
        "s = '''a",
        "def f():\n    x = (\n",
        "class A:\n    s = '''\n",
    ],
)
def test_more_lines_are_waited_for(text: str) -> None:
    assert waits(text + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x = [1,\n2]",
        "if x: y\n",
        "if x:\n    y\n",
        "def f(:",
        "x y",
        "if x y:",
        "s = 'a",
        "$",
        "    indented",
        "match = 3",
        "else:",
        "x = {1: 2}; y",
        "def f():\n    pass\n  x",
    ],
)
def test_what_is_whole_or_wrong_is_run(text: str) -> None:
    assert not waits(text + "\n")
