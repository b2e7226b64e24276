"""The sizes of objects: the programs that are written run, as far as an interpreter is installed."""

import shutil
import subprocess
import sys
from pathlib import Path

import object_sizes
import pytest


@pytest.mark.parametrize("kind", object_sizes.python_kinds(), ids=lambda kind: kind.name)
def test_python_programs_keep_what_they_make(kind: object_sizes.Kind, tmp_path: Path) -> None:
    assert run([sys.executable], "py", object_sizes.python_program(kind, 50), tmp_path).split()[-1] == "50"


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_javascript_programs_keep_what_they_make(tmp_path: Path) -> None:
    for kind in object_sizes.js_kinds():
        text = object_sizes.js_program(kind, 50)
        assert run(["node", "--expose-gc"], "js", text, tmp_path).split()[-1] == "50"


def test_the_share_of_one_object_is_a_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(object_sizes, "FEW", 100)
    monkeypatch.setattr(object_sizes, "MANY", 200)
    kind = object_sizes.Kind("", "", "")

    def program(kind: object_sizes.Kind, count: int) -> str:
        return f"import sys; sys.stderr.write('bytes of heap in use    {1000 + 56 * count}\\n')"

    assert object_sizes.bytes_per_object([sys.executable], "py", program, kind, tmp_path) == 48


def run(command: list[str], extension: str, text: str, folder: Path) -> str:
    file = folder / f"program.{extension}"
    file.write_text(text)
    return subprocess.run([*command, str(file)], capture_output=True, text=True, check=True).stdout
