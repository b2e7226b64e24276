"""The path that a new language's README describes: its commands print what it says, its change works, its Python runs.

A real `pip install` needs the network and is left to CI's script; here a folder of metadata registers the language, which is what
an editable installation writes.
"""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracewright.tools.new import make_language
from tracewright_testing.examples import check_examples
from tracewright_testing.native import shared_folder

NAME = "sparrow"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shared_folder(tmp_path_factory)  # skips without a C compiler
    folder = make_language(NAME, tmp_path_factory.mktemp("newcomer") / "project")
    registered = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    metadata = folder / f"{NAME}-{registered['version']}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Name: {NAME}\nVersion: {registered['version']}\n")
    lines = [
        line
        for group, points in registered["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in points.items()))
    ]
    (metadata / "entry_points.txt").write_text("\n".join(lines))
    return folder


def run(command: list[str], project: Path) -> str:
    """What the command prints, which must succeed."""
    paths = [str(project), *(path for path in sys.path if path)]
    finished = subprocess.run(
        command,
        cwd=project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        input="let x = 20\nprint x + 1\n",
        timeout=600,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def blocks(project: Path, language: str) -> list[str]:
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", (project / "README.md").read_text(), re.DOTALL)
    return found


def commands(console: str) -> Iterator[tuple[str, str]]:
    """Each command of a block, and what is printed below it."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def follow(console: str, project: Path) -> dict[str, str]:
    """Do what a block says, without `pip`; gives what each command printed."""
    seen = {}
    for command, printed in commands(console):
        if command.startswith("pip "):
            continue
        python = sys.executable
        line = re.sub("^tracewright ", f"{python} -m tracewright ", re.sub("^python ", f"{python} ", command))
        output = run(["sh", "-c", line], project)
        assert output.startswith(printed) and (printed == "" or output == printed), f"$ {command}\n{output}"
        seen[command.partition("  #")[0].strip()] = output
    return seen


def change(edits: str, project: Path) -> None:
    """Apply the README's edits: the lines with a blank and a minus become those with a blank and a plus."""
    for edit in re.split(r"^--- ", edits, flags=re.MULTILINE)[1:]:
        name, _, body = edit.partition("\n")
        lines = body.splitlines(keepends=True)
        before, after = ("".join(line[1:] for line in lines if line[0] in f" {mark}") for mark in "-+")
        text = (project / name).read_text()
        assert text.count(before) == 1, f"{name} has no place for the edit"
        (project / name).write_text(text.replace(before, after))


def test_its_python_runs(project: Path) -> None:
    (code,) = blocks(project, "python")
    check_examples(code, lambda script: run([sys.executable, "-c", script], project))


def test_its_commands_print_what_it_says(project: Path) -> None:
    first, after_change = blocks(project, "console")
    seen = follow(first, project)
    assert "while i < limit" in seen[f"tracewright trace benchmarks/loop.{NAME}"], "guest lines are shown"
    assert f"{NAME}> 21\n" in seen[f"tracewright repl {NAME}"]
    assert "JUMP_BACK" in seen[f"tracewright show bytecode tests/programs/loops.{NAME}"]
    assert f"{NAME}_interpreter_checked" in seen[f"tracewright show c {NAME}:checked"]
    assert (project / "report.html").exists()
    assert " passed" in seen["python -m pytest"]
    (edits,) = blocks(project, "diff")
    change(edits, project)
    seen = follow(after_change, project)
    assert "int_trunc_mod" in seen[f"tracewright trace divides.{NAME}"]
    assert "DIVIDES" in seen[f"tracewright show bytecode divides.{NAME}"]
