"""What may have been meant: the last line of an uncaught error, compared with CPython 3.11's."""

import subprocess
import sys
from pathlib import Path

import pytest

MISTAKES = [
    "lenght = 1; length = 2; print(lenghts)",
    "def f(value):\n    return vlaue\nf(1)",
    "def f(first):\n    def g(): return frist + first\n    return g()\nf(1)",
    "some_name = 1\nprint(Some_Name)",
    "print(pirnt)",
    "print(Len)",
    "print(nothing_like_this)",
    "x = 1; print(y)",
    "'abc'.uper()",
    "[].apend(1)",
    "class P:\n    def __init__(self): self.radius = 1\nP().raduis",
    "class P: colour = 1\nP.color",
    "import sys\nsys.maxsise",
    "class P:\n    def __dir__(self): raise ValueError\nP().x",
    "class E(AttributeError): pass\nraise E('x')",
    "raise NameError('mine')",
    "def f():\n    print(total)\n    total = 1\nf()",
    "try:\n    lenn\nexcept NameError as e:\n    raise KeyError('k') from e",
    "try:\n    [].apend\nexcept AttributeError as e:\n    print(e, e.name, e.obj)",
]


def last_lines(command: list[str], program: Path) -> list[str]:
    finished = subprocess.run([*command, str(program)], capture_output=True, text=True, timeout=60, check=False)
    return [line for line in (finished.stdout + finished.stderr).splitlines() if "Error" in line or "name" in line]


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="later versions suggest more")
@pytest.mark.parametrize("source", MISTAKES)
def test_suggestions(source: str, python_executable: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(source + "\n")
    assert last_lines([str(python_executable)], program) == last_lines([sys.executable], program)
