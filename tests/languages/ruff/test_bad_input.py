"""What the native executable does with bad input, endless programs and interrupts: a message and an exit code, never a crash."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tracewright_testing.guest_programs import Outcome
from tracewright_testing.tiers import HOSTED, HOT, OFF, Tier, TierRunner

TIERS = (OFF, Tier("default"), HOT)
BOTH = (OFF, HOSTED)
MEMORY_VARIABLE = "TRACEWRIGHT_MEMORY"


def run(ruff: Path | None, tier: Tier, text: str) -> Outcome:
    return TierRunner(tier, ruff).run_text(text)


def with_memory(tier: Tier, limit: str) -> Tier:
    return Tier(tier.name, tier.jit, {**tier.environment, MEMORY_VARIABLE: limit})


def command(*words: str | Path | bytes) -> Outcome:
    """Run any command line."""
    finished = subprocess.run(words, capture_output=True, timeout=60, check=False)
    return Outcome(finished.stdout.decode(), finished.stderr.decode(errors="replace"), finished.returncode)


# --- files and words -------------------------------------------------------------------------------------------------
def test_a_missing_file(ruff_executable: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.ruff"
    said = f"[RUFCLI001] [cli] error: Failed to read .ruff file '{missing}': No such file or directory (os error 2)\n"
    assert command(ruff_executable, "run", missing) == Outcome("", said, 5)


def test_a_folder_is_no_file(ruff_executable: Path, tmp_path: Path) -> None:
    said = f"[RUFCLI001] [cli] error: Failed to read .ruff file '{tmp_path}': Is a directory (os error 21)\n"
    assert command(ruff_executable, "run", tmp_path) == Outcome("", said, 5)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "secret.ruff"
    path.write_text("print(1)")
    path.chmod(0)
    outcome = command(ruff_executable, "run", path)
    assert outcome.exit_code == 5 and "Permission denied (os error 13)" in outcome.errors


@pytest.mark.parametrize(
    "data", (b"print(1) \xff", b'print("\xc3")', b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"x\xc0\x80")
)
def test_bytes_that_are_no_text(data: bytes, ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.ruff"
    path.write_bytes(data)
    said = f"[RUFCLI001] [cli] error: Failed to read .ruff file '{path}': stream did not contain valid UTF-8\n"
    assert command(ruff_executable, "run", path) == Outcome("", said, 5)


@pytest.mark.parametrize(
    ("words", "said"),
    (
        (["run"], "'ruff run' requires a file"),
        (["fly"], "unrecognized command 'fly'; try 'ruff --help'"),
        (["run", "--wild", "x.ruff"], "unexpected argument '--wild' for 'ruff run'"),
        (["run", "--jit"], "a value is required for '--jit'"),
        (["run", "--jit", "threshold=0", "x.ruff"], "JIT parameter 'threshold' must be between 1 and"),
        (["run", "--jit", "bogus=1", "x.ruff"], "there is no JIT parameter 'bogus'"),
        (["run", "--jit", "threshold=many", "x.ruff"], "JIT parameter 'threshold' needs a number, not 'many'"),
        (["run", "--jit", "threshold=99999999999999999999999", "x.ruff"], "JIT parameter 'threshold' "),
    ),
)
def test_unknown_options(words: list[str], said: str, ruff_executable: Path) -> None:
    outcome = command(ruff_executable, *words)
    assert outcome.errors.startswith(f"[RUFCLI001] [cli] error: {said}"), outcome
    assert (outcome.output, outcome.exit_code) == ("", 2)


def test_arguments_that_are_no_text(ruff_executable: Path) -> None:
    outcome = command(ruff_executable, "run", b"x\xff.ruff")
    assert outcome.exit_code in (2, 5) and outcome.errors.startswith("[RUFCLI001]")


# --- programs that are none ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tier", BOTH, ids=lambda tier: tier.name)
@pytest.mark.parametrize(
    ("text", "code", "exit_code"),
    (
        ("print(1)\nx := 5 @ 3\n", "[RUFLEX001] [lexer] error: Invalid character: '@'\n  --> program.ruff:2:8\n", 3),
        ('x := "abc', "[RUFLEX003] [lexer] error: Unterminated string literal\n", 3),
        ("x := 99999999999999999999", "[RUFLEX006] [lexer] error: Numeric literal overflow: 99999999999999999999\n", 3),
        ("print(1)\nx := )\n", "[RUFPARSE001] [parser] error: Expected expression\n  --> program.ruff:2:6\n", 3),
        ("if true {", "[RUFPARSE001] [parser] error: Expected '}' to close if block", 3),
        ("break", "[RUFVM001] [vm] error: Compilation error: break can only be used inside a loop\n", 4),
        ("func f() { let a := 1 let a := 2 }", "[RUFVM001] [vm] error: Compilation error: Duplicate declaration", 4),
        ("print(missing)", "[RUFVM001] [vm] Runtime Error: Undefined variable: missing\n  --> 0:0\n", 4),
        ("throw([1])", "[RUFVM001] [vm] Runtime Error: Array[1]\n  --> 0:0\n", 4),
    ),
)
def test_errors(text: str, code: str, exit_code: int, tier: Tier, ruff_executable: Path) -> None:
    outcome = run(ruff_executable, tier, text)
    shown = outcome.errors.replace("--> ./program.ruff", "--> program.ruff")
    assert shown.startswith(code), outcome
    assert (outcome.output, outcome.exit_code) == ("", exit_code)


@pytest.mark.parametrize("tier", BOTH, ids=lambda tier: tier.name)
@pytest.mark.parametrize(
    "text",
    ("(" * 5000, "[" * 5000, "-" * 5000 + "1", "{" * 5000, "x := " + "(" * 300 + "1" + ")" * 300, "if 1 {" * 200),
)
def test_deep_nesting_is_refused(text: str, tier: Tier, ruff_executable: Path) -> None:
    outcome = run(ruff_executable, tier, text)
    assert outcome.exit_code == 3 and "[RUFPARSE001]" in outcome.errors, outcome


def test_empty_programs(ruff_executable: Path) -> None:
    for text in ("", "\n", "# nothing", ";;;", "/* */"):
        assert run(ruff_executable, HOT, text) == Outcome("", "", 0)


# --- endless programs ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_endless_recursion_is_an_error(tier: Tier, ruff_executable: Path) -> None:
    text = 'func down(n) { return down(n + 1) + 1 }\nprint("before")\ndown(0)\n'
    outcome = run(ruff_executable, tier, text)
    first = outcome.errors.split("\n")[0]
    assert first.startswith("[RUFVM001] [vm] Runtime Error: Maximum VM call stack depth of "), outcome.errors[:500]
    assert first.endswith(" exceeded while calling down")
    assert (outcome.output, outcome.exit_code) == ("before\n", 4)
    assert len(outcome.errors) < 100_000, "a call stack of millions is not printed whole"


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_endless_recursion_can_be_caught_again_and_again(tier: Tier, ruff_executable: Path) -> None:
    text = (
        "func down(n) { return other(n + 1) + 1 }\nfunc other(n) { for i in 2 { if i == 1 { return down(n) } } }\n"
        'for i in 3 { try { down(0) } except e { print(substring(e.message, 0, 27)) } }\nprint("after")\n'
    )
    outcome = run(ruff_executable, tier, text)
    assert outcome == Outcome("Maximum VM call stack depth\n" * 3 + "after\n", "", 0)


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
@pytest.mark.parametrize(
    "body",
    (
        "a := a + a",
        'a := a + "x"\n b := push(b, a + "y")',
        "b := push(b, range(1000))",
        "b := [b, b]\n c := push(c, concat([b], range(100)))",
        'd["k" + to_string(i)] := range(100)',
        'b := push(b, P { x: i, y: "name" + to_string(i), z: [i, i, i, i, i, i] })',
    ),
)
def test_using_up_memory_is_an_error_and_not_a_crash(body: str, tier: Tier, ruff_executable: Path) -> None:
    text = (
        f'print("before")\na := "abc"\nb := []\nc := []\nd := {{}}\ni := 0\nwhile true {{\n i := i + 1\n {body}\n}}\n'
    )
    outcome = run(ruff_executable, with_memory(tier, "60M"), text)
    assert outcome.output == "before\n"
    assert outcome.errors.startswith("[RUFVM001] [vm] Runtime Error: Out of memory\n"), outcome.errors[:500]
    assert outcome.exit_code == 4


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
def test_out_of_memory_can_be_caught(tier: Tier, ruff_executable: Path) -> None:
    text = (
        "func fill() { b := [] while true { b := push(b, range(1000)) } }\n"
        "for i in 3 { try { fill() } except e { print(e.message) } }\nprint(len(range(5000)))\n"
    )
    outcome = run(ruff_executable, with_memory(tier, "60M"), text)
    assert outcome == Outcome("Out of memory\n" * 3 + "5000\n", "", 0)


# --- signals ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
@pytest.mark.parametrize(
    "loop",
    (
        "i := 0\nwhile true { i := (i + 1) % 1000 }",
        "loop { }",
        "func f(n) { return n + 1 }\ni := 0\nloop { i := f(i) % 77 }",
        "func f(n) { if n == 0 { return 0 } return f(n - 1) + f(n - 1) }\nf(60)",
        "loop { try { throw(1) } except e { } }",
        "xs := range(100)\nloop { xs := map(xs, func(x) { return x % 7 + 1 }) }",
        'loop { try { loop { } } except e { print("an interrupt is no exception") } }',
        "eprint(0)\nsleep(60000)",
        "spawn { loop { sleep(1) } }\nawait async_sleep(60000)",
    ),
    ids=("while", "empty", "calls", "recursion", "exceptions", "callbacks", "inside a try", "asleep", "waiting"),
)
def test_interrupt_in_a_hot_loop(loop: str, tier: Tier, ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "endless.ruff"
    path.write_text(f'print("before")\n{loop}\nprint("after")\n')
    process = subprocess.Popen(
        [*tier.command(ruff_executable), str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(0.4)
    process.send_signal(signal.SIGINT)
    try:
        output, _ = process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        pytest.fail("the interrupt went unheard")
    assert (output, process.returncode) == (b"before\n", 130)


def test_a_reader_that_goes_away(ruff_executable: Path, tmp_path: Path) -> None:
    """`ruff run x | head -1` ends; it neither hangs nor crashes."""
    path = tmp_path / "talk.ruff"
    path.write_text("i := 0\nwhile i < 3000000 { print(i) i := i + 1 }\n")
    process = subprocess.Popen([str(ruff_executable), "run", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline() == b"0\n"
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=20) >= 0 and b"internal error" not in errors


# --- regular expressions ---------------------------------------------------------------------------------------------
def test_a_pattern_that_takes_for_ever_is_an_error(ruff_executable: Path) -> None:
    text = 'try { regex_match(repeat("a", 60) + "b", "^((a|a){1,3}){1,40}$") } except e { print(e.message) }'
    said = "The regular expression needs too many steps for this text\n"
    assert run(ruff_executable, OFF, text) == Outcome(said, "", 0)
