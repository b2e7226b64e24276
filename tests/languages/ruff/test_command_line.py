"""The `ruff` command: words, files, exit codes, and the shapes of what it prints."""

import json
import re
from pathlib import Path

import pytest

from tracewright_ruff.builtins.registry import NATIVES
from tracewright_ruff.capabilities import CAPABILITIES, NEEDS
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
        (("run", "--allow-flying", "x.ruff"), "unexpected argument '--allow-flying' for 'ruff run'"),
        (("test-run",), "'ruff test-run' requires a file"),
        (("test-run", "-q"), "unexpected argument '-q' for 'ruff test-run'"),
        (("test", "--runtime", "jit"), "invalid value 'jit' for '--runtime': it must be dual, vm or interpreter"),
        (("test", "x.ruff"), "unexpected argument 'x.ruff' for 'ruff test'"),
        (("bench", "-i", "many"), "invalid value 'many' for '-i': it must be a number above 0"),
        (
            ("run", "--scheduler-timeout-ms", "0"),
            "invalid value '0' for '--scheduler-timeout-ms': it must be a number above 0",
        ),
        (("run", "--jit"), "a value is required for '--jit'"),
        (("run", "--jit-fast", "x.ruff"), "unexpected argument '--jit-fast' for 'ruff run'"),
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


# --- test-run --------------------------------------------------------------------------------------------------------
TESTS = """
let base := 10
func twice(x) { return x * 2 }
print("not run")
test_setup { let given := twice(base) }
test "sees the setup" { assert_equal(given, 20) }
test "fails" { print("output")  assert_equal(given, 21)  print("never") }
test_group "inner" {
    test_setup { let more := given + 1 }
    test_teardown { print("inner teardown", more) }
    test "sees both" { assert(more == 21)  changed := 1 }
    test "is fresh" { assert_true(changed == 1) }
}
test_teardown { print("teardown") }
test "throws" { throw({"a": 1}) }
"""
EXPECTED_REPORT = """
============================================================
Test Results
============================================================
  ✓ sees the setup (0ms)
  ✗ fails (0ms)
    Error: Assertion failed: expected Int(21), got Int(20)
  ✓ sees both (0ms)
  ✗ is fresh (0ms)
    Error: Undefined variable: changed
  ✗ throws (0ms)
    Error: Dict{1 keys}

Tests: 5 total, 2 passed, 3 failed
Time:  0ms
============================================================

3 test(s) failed
"""


def without_times(text: str) -> str:
    return re.sub(r"\d+ms", "0ms", text)


def test_test_blocks(tmp_path: Path) -> None:
    path = written(tmp_path, TESTS)
    outcome = ruff("test-run", "-v", path)
    printed = "teardown\noutput\ninner teardown 21\nteardown\n"
    assert without_times(outcome.output) == printed + EXPECTED_REPORT
    assert (outcome.errors, outcome.exit_code) == ("", 1)
    short = ruff("test-run", path).output
    assert "✓" not in short and "\nTests: 5 total, 2 passed, 3 failed\n" in short
    assert ruff("run", path).output == "not run\n"


def test_test_blocks_that_pass(tmp_path: Path) -> None:
    path = written(tmp_path, 'test "a" { assert(true) }\ntest "b" { let a := 1 }')
    outcome = ruff("test-run", path)
    assert outcome.output.endswith("=\n\nAll tests passed! ✨\n") and outcome.exit_code == 0


def test_a_file_without_tests_and_tests_that_do_not_compile(tmp_path: Path) -> None:
    path = written(tmp_path, "print(1)")
    outcome = ruff("test-run", path)
    expected = f"[RUFCLI001] [cli] error: No tests found in {path}\n"
    assert (outcome.output, outcome.errors, outcome.exit_code) == ("", expected, 4)
    path = written(tmp_path, 'test "a" { break }\ntest "b" { exit(7) }\ntest "c" { print("never") }')
    outcome = ruff("test-run", "-v", path)
    assert (outcome.output, outcome.exit_code) == ("", 7)
    path = written(tmp_path, 'test "a" { break }')
    assert "    Error: break can only be used inside a loop\n" in ruff("test-run", "-v", path).output


# --- capabilities ----------------------------------------------------------------------------------------------------
CLOCK = "try { now() } except e { print(e.message) }\ntry { sleep(0) } except e { print(e.message) }\nprint(1)"


def denied(capability: str, builtin: str) -> str:
    return f"Capability denied: {capability} required for {builtin}; rerun with --allow-{capability}"


def test_untrusted_programs_may_do_what_they_are_allowed(tmp_path: Path) -> None:
    path = written(tmp_path, CLOCK)
    refused = f"{denied('clock', 'now')}\n{denied('clock', 'sleep')}\n1\n"
    assert ruff("run", "--untrusted", path).output == refused
    assert ruff("run", "--allow-random", path).output == refused
    assert ruff("run", "--allow-random", "--allow-clock", path).output == "1\n"
    assert ruff("run", "--untrusted", "--allow-clock", path).output == "1\n"
    assert ruff("run", "--allow-all", path).output == "1\n"
    assert ruff("run", path).output == "1\n"


def test_a_denied_builtin_is_denied_by_every_name(tmp_path: Path) -> None:
    path = written(
        tmp_path, "f := random\nfor g in [f, [f][0]] { try { g() } except e { print(e.message) } }\nrandom()"
    )
    outcome = ruff("run", "--untrusted", path)
    assert outcome.output == f"{denied('random', 'random')}\n" * 2
    assert outcome.errors.startswith(f"[RUFVM001] [vm] Runtime Error: {denied('random', 'random')}\n")
    assert outcome.exit_code == 4


def test_capabilities_name_builtins_that_exist() -> None:
    names = {native.name for native in NATIVES}
    assert set(NEEDS) <= names
    assert set(CAPABILITIES) == {capability for needed in NEEDS.values() for capability in needed}


# --- reports for programs --------------------------------------------------------------------------------------------
def test_an_uncaught_error_as_json(tmp_path: Path) -> None:
    path = written(tmp_path, 'func f() { throw("a \\"quote\\"") }\nprint("out")\nf()')
    outcome = ruff("run", "--json-runtime-diagnostics", path)
    assert outcome.output.startswith('out\n{\n  "call_stack": [\n    "f"\n  ],\n  "command": "run",\n')
    report = json.loads(outcome.output.removeprefix("out\n"))
    assert list(report) == sorted(report) and list(report["diagnostic"]) == sorted(report["diagnostic"])
    assert report["diagnostic"]["message"] == 'a "quote"' and report["diagnostic"]["file"] == path
    assert (report["exit_code"], report["status"], outcome.exit_code, outcome.errors) == (4, "error", 4, "")
    assert json.loads(ruff("run", "--json-runtime-diagnostics", written(tmp_path, "x")).output)["call_stack"] == []


def test_bench_and_profile(tmp_path: Path) -> None:
    path = written(tmp_path, 'print("turn")')
    outcome = ruff("bench", "-i", "3", "-w", "2", path)
    assert outcome.output == "turn\n" * 5 and outcome.exit_code == 0
    assert re.fullmatch(re.escape(path) + r": mean [\d.]+ ms, from [\d.]+ to [\d.]+ ms in 3 runs\n", outcome.errors)
    outcome = ruff("profile", path)
    assert outcome.output == "turn\n" and re.fullmatch(re.escape(path) + r": [\d.]+ ms\n", outcome.errors)
    assert ruff("bench", written(tmp_path, "x")).exit_code == 4
