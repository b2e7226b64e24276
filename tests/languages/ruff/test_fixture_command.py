"""`ruff test`, which runs this very executable for each program of the folder."""

import re
import subprocess
from pathlib import Path

from tracewright_testing.guest_programs import Outcome

FILES = {
    "tests/b.ruff": 'print("two", 1)\neprint("error")\n',
    "tests/b.out": "two 1\nerror\n",
    "tests/a.ruff": 'print("x (took ~12.5ms) y")\nprint("Compiler optimization: 5")\n',
    "tests/a.out": "x (took ~99ms) y",
    "tests/skipped.ruff": "# first\n# Run with: ruff test-run tests/skipped.ruff\nprint(1)\n",
    "tests/note.txt": "no program",
}


def ruff(executable: Path, folder: Path, *words: str) -> Outcome:
    finished = subprocess.run(
        [str(executable), *words], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    return Outcome(re.sub(r"\d+ms\)", "0ms)", finished.stdout), finished.stderr, finished.returncode)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def test_programs_that_pass(ruff_executable: Path, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    report = "[✓] tests/a.ruff (0ms)\n[✓] tests/b.ruff (0ms)\n[✓] Passed 2/2 tests\n[i] Runtime strategy: {}\n"
    assert ruff(ruff_executable, tmp_path, "test") == Outcome(report.format("dual"), "", 0)
    assert ruff(ruff_executable, tmp_path, "test", "--runtime", "vm", "-v") == Outcome(report.format("vm"), "", 0)


def test_a_program_that_fails_and_one_without_expectation(ruff_executable: Path, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    write(tmp_path, {"tests/b.out": "two 2\n", "tests/c.ruff": "print(1)\nmissing()\n"})
    outcome = ruff(ruff_executable, tmp_path, "test")
    assert outcome.exit_code == 3 and outcome.output.splitlines()[-2:] == [
        "[✗] Passed 2/3 tests",
        "[i] Runtime strategy: dual",
    ]
    assert "[✗] tests/b.ruff\nExpected:\ntwo 2\nGot:\ntwo 1\nerror\n" in outcome.output
    expected = "1\n[RUFVM001] [vm] Runtime Error: Undefined variable: missing\n  --> 0:0\n"
    assert (tmp_path / "tests/c.out").read_text() == expected
    assert "[✓] tests/c.ruff (0ms) (created)\n" in outcome.output
    assert ruff(ruff_executable, tmp_path, "test", "--update").exit_code == 0
    assert (tmp_path / "tests/b.out").read_text() == "two 1\nerror\n"


def test_without_the_folder(ruff_executable: Path, tmp_path: Path) -> None:
    said = "[RUFCLI001] [cli] error: Failed to read directory 'tests': No such file or directory (os error 2)\n"
    assert ruff(ruff_executable, tmp_path, "test") == Outcome("", said, 5)
