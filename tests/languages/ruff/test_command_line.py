"""The `ruff` command: words, files, exit codes, and the shapes of what it prints."""

import json
from pathlib import Path

import pytest

from tracewright_ruff.target import main
from tracewright_testing.guest_programs import GuestProgram, HostedRunner, Outcome


def ruff(*words: str, typed: str = "") -> Outcome:
    """Run the command in this process. Where the runner puts the program's path, any last word will do."""
    program = GuestProgram(Path(words[-1]), "", [], 0, input=typed)
    return HostedRunner("hosted", main, words[:-1]).run(program)


def written(folder: Path, text: str) -> str:
    path = folder / "program.ruff"
    path.write_bytes(text.encode())
    return str(path)


def test_version_and_help() -> None:
    assert ruff("--version").output == "ruff 1.0.0\n"
    shown = ruff("--help")
    assert shown.exit_code == 0 and "run" in shown.output and "check" in shown.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("run",), "'ruff run' requires a file"),
        (("check",), "'ruff check' requires a file"),
        (("fly",), "unrecognized command 'fly'; try 'ruff --help'"),
        (("format", "x.ruff"), "'ruff format' is not supported yet"),
        (("run", "--wild", "x.ruff"), "unexpected argument '--wild' for 'ruff run'"),
        (("run", "--untrusted", "x.ruff"), "'--untrusted' is not supported yet"),
        (
            ("run", "--scheduler-timeout-ms", "0"),
            "invalid value '0' for '--scheduler-timeout-ms': it must be a number above 0",
        ),
        (("run", "--jit"), "a value is required for '--jit'"),
        (("run", "--jit-fast", "x.ruff"), "unexpected argument '--jit-fast'"),
        (("run", "--jit", "threshold=soon", "x.ruff"), "JIT parameter 'threshold' needs a number, not 'soon'"),
        (("check", "a.ruff", "b.ruff"), "unexpected argument 'b.ruff' for 'ruff check'"),
    ],
)
def test_usage_errors(words: tuple[str, ...], message: str) -> None:
    outcome = ruff(*words)
    assert (outcome.errors, outcome.exit_code) == (f"[RUFCLI001] [cli] error: {message}\n", 2)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.ruff")
    outcome = ruff("run", missing)
    expected = (
        f"[RUFCLI001] [cli] error: Failed to read .ruff file '{missing}': No such file or directory (os error 2)\n"
    )
    assert (outcome.errors, outcome.exit_code) == (expected, 5)
    bad = tmp_path / "bad.ruff"
    bad.write_bytes(b"print(1) \xff")
    outcome = ruff("run", str(bad))
    expected = f"[RUFCLI001] [cli] error: Failed to read .ruff file '{bad}': stream did not contain valid UTF-8\n"
    assert (outcome.errors, outcome.exit_code) == (expected, 5)
    bad.write_bytes(b"#" * 1_048_577)
    assert ruff("run", str(bad)).exit_code == 5


def test_a_syntax_error_prints_its_block_and_runs_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "print(1)\nx := )\nlet y 2\n")
    outcome = ruff("run", path)
    block = "[RUFPARSE001] [parser] error: {}\n  --> {}:{}\n  = help: Fix the parse error and rerun Ruff.\n"
    second = "Expected assignment operator (':=' or '=') in let declaration but found Int(2)"
    assert outcome.errors == block.format("Expected expression", path, "2:6") + block.format(second, path, "3:7")
    assert (outcome.output, outcome.exit_code) == ("", 3)


def test_an_uncaught_error_prints_the_call_stack_innermost_first(tmp_path: Path) -> None:
    path = written(tmp_path, 'func a() { b() }\nfunc b() { f := func() { throw("deep") }\n f() }\nprint(1)\na()\n')
    outcome = ruff("run", path)
    expected = "[RUFVM001] [vm] Runtime Error: deep\n  --> 0:0\n\nCall stack:\n  0 at <lambda>\n  1 at b\n  2 at a\n\n"
    assert (outcome.output, outcome.errors, outcome.exit_code) == ("1\n", expected, 4)


def test_switches_before_the_file_are_not_the_programs(tmp_path: Path) -> None:
    path = written(tmp_path, "print(args())")
    assert ruff("run", "--jit", "threshold=5", "--interpreter", "--scheduler-timeout-ms", "9", path).output == "[]\n"
    assert ruff("--jit", "off=1", "run", path, "--", "-q", "x").output == "[-q, x]\n"


def test_check(tmp_path: Path) -> None:
    good = written(tmp_path, "print(1)")
    assert ruff("check", good) == Outcome(f"check passed: {good}\n", "", 0)
    assert ruff("check", "-q", good) == Outcome("", "", 0)
    report = json.loads(ruff("check", "--json", good).output)
    assert report == {"diagnostics": [], "file": good, "status": "ok"}
    bad = written(tmp_path, "break")
    outcome = ruff("check", bad)
    assert outcome.errors == "[RUFVM001] [vm] error: Compilation error: break can only be used inside a loop\n"
    assert outcome.exit_code == 4
    worse = written(tmp_path, 'x := "\\q"')
    outcome = ruff("check", "--json", worse)
    assert outcome.exit_code == 3
    (row,) = json.loads(outcome.output)["diagnostics"]
    assert row == {"code": "RUFLEX005", "line": 1, "column": 7, "message": r"Invalid escape sequence: \\q"}


def test_repl() -> None:
    typed = 'x := 20\nx + 1\nfunc f(a) {\n return a * 2\n}\nf(x)\n"a" + "b"\n1 / 0\n:vars\n:reset\nx\n:quit\n'
    outcome = ruff("repl", typed=typed)
    assert "=> 21\n" in outcome.output and "=> 40\n" in outcome.output and '=> "ab"\n' in outcome.output
    assert "....> " in outcome.output
    assert "x = 20\n" in outcome.output
    assert "Division by zero" in outcome.errors and "Undefined variable: x" in outcome.errors
    assert outcome.exit_code == 0
