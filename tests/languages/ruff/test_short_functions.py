"""Functions that return after a few bytecodes: the interpreter enters no machine code for them, machine code calls what there is."""

from pathlib import Path

from tracewright.jit.tables.abort import SENTENCES, Abort
from tracewright_testing.run_statistics import count, run

SHORT = "func next(x) { return x + 1 }\n"
# Half of its calls return at once, and those that do not call it.
FIB = "func fib(n) {\n    if n < 2 { return n }\n    return fib(n - 1) + fib(n - 2)\n}\nprint(fib(22))\n"
# Not in a loop, so nothing else gets compiled.
CALLED = "mut sum := 0\n" + "sum := next(sum)\n" * 4000 + "print(sum)\n"
# Seven callees at one place: a trace calls whatever it is.
MANY = (
    "".join(f"func f{k}(x) {{ return x + {k} }}\n" for k in range(12))
    + "let all := ["
    + ", ".join(f"f{k}" for k in range(12))
    + "]\nmut sum := 0\nmut i := 0\nwhile i < 60000 {\n    let f := all[i % 12]\n    sum := f(sum)\n    i := i + 1\n}\nprint(sum)\n"
)
# A trace of a thousand instructions and more, whose end is called by way of machine code's exits at first.
STRAIGHT = (
    "func straight(x) {\n    mut a := x\n"
    + "".join(f"    a := a * {k + 3} % {k * 7 + 1009}\n" for k in range(400))
    + "    return a\n}\nfunc calls(n) { return straight(n) + straight(n + 1) }\nmut sum := 0\nmut i := 0\n"
    + "while i < 6000 {\n    sum := (sum + calls(i)) % 1000003\n    i := i + 1\n}\nprint(sum)\n"
)


def test_a_short_function_is_left_to_the_interpreter(ruff_executable: Path, tmp_path: Path) -> None:
    output, statistics = run(ruff_executable, tmp_path / "short.ruff", SHORT + CALLED)
    assert output == "4000\n"
    assert count(statistics, "functions") == 0
    assert SENTENCES[Abort.SHORT_FUNCTION] in statistics


def test_one_that_returns_at_once_now_and_then_is_compiled(ruff_executable: Path, tmp_path: Path) -> None:
    output, statistics = run(ruff_executable, tmp_path / "fib.ruff", FIB)
    assert output == "17711\n"
    assert count(statistics, "functions") == 1


def test_machine_code_has_those_compiled_that_it_calls(ruff_executable: Path, tmp_path: Path) -> None:
    expected, _ = run(ruff_executable, tmp_path / "many.ruff", MANY, "--jit", "off")
    output, statistics = run(ruff_executable, tmp_path / "many.ruff", MANY)
    assert output == expected
    assert count(statistics, "functions") >= 5


def test_a_long_trace_ends_and_goes_on_in_a_bridge(ruff_executable: Path, tmp_path: Path) -> None:
    expected, _ = run(ruff_executable, tmp_path / "straight.ruff", STRAIGHT, "--jit", "off")
    output, statistics = run(ruff_executable, tmp_path / "straight.ruff", STRAIGHT, "--jit", "segment=300")
    assert output == expected
    assert SENTENCES[Abort.TOO_LONG] not in statistics
    assert count(statistics, "bridges") >= 1
    assert count(statistics, "exits") < 3000  # of 12,000 calls
