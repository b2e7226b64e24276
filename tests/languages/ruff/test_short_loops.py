"""A loop that is left after a few turns gets no machine code of its own, unless what is around it is hot."""

from pathlib import Path

from tracewright.jit.tables.abort import SENTENCES, Abort
from tracewright_testing.run_statistics import count, run

FUNCTION = """
func few(a) {
    mut t := a
    mut i := 0
    while i < 3 {
        t := t + i
        i := i + 1
    }
    return t % 1013
}
"""
# Much code behind the loop, so that only its recording shows how short the loop is.
AND_MORE = FUNCTION.replace("    return", "    t := t * 3 % 1013\n" * 60 + "    return")
# How often it turns is not known where it is called.
TURNS_VARY = FUNCTION.replace("i < 3", "i < a % 5")
CALLED = "mut sum := 0\n" + "sum := few(sum)\n" * 400 + "print(sum)\n"
IN_A_HOT_LOOP = """
mut sum := 0
mut k := 0
while k < 20000 {
    sum := few(sum + k)
    k := k + 1
}
print(sum)
"""
# It always turns twice, which no trace of the loop around it knows.
TWO_TURNS = """
rows := [[1, 2], [3, 4], [5, 6]]
mut sum := 0
mut k := 0
while k < 20000 {
    row := rows[k % 3]
    mut i := 0
    while i < len(row) {
        sum := sum + row[i]
        i := i + 1
    }
    k := k + 1
}
print(sum)
"""
LONG = "mut sum := 0\nmut k := 0\nwhile k < 3000 {\n    sum := sum + k % 7\n    k := k + 1\n}\nprint(sum)\n"


def test_a_short_loop_with_little_behind_it_is_not_recorded(ruff_executable: Path, tmp_path: Path) -> None:
    _, statistics = run(ruff_executable, tmp_path / "short.ruff", FUNCTION + CALLED)
    assert count(statistics, "recorded operations") == 0


def test_a_short_loop_is_left_to_the_interpreter(ruff_executable: Path, tmp_path: Path) -> None:
    expected, _ = run(ruff_executable, tmp_path / "short.ruff", AND_MORE + CALLED, "--jit", "off")
    output, statistics = run(ruff_executable, tmp_path / "short.ruff", AND_MORE + CALLED)
    assert output == expected
    assert count(statistics, "loops") == 0
    assert SENTENCES[Abort.SHORT_LOOP] in statistics


def test_the_trace_of_a_hot_loop_follows_the_turns_of_one_inside(ruff_executable: Path, tmp_path: Path) -> None:
    expected, _ = run(ruff_executable, tmp_path / "hot.ruff", FUNCTION + IN_A_HOT_LOOP, "--jit", "off")
    output, statistics = run(ruff_executable, tmp_path / "hot.ruff", FUNCTION + IN_A_HOT_LOOP)
    assert output == expected
    assert count(statistics, "loops") == 1
    assert count(statistics, "bridges") == 0
    assert 0 < count(statistics, "exits") < 10


def test_one_whose_turns_are_not_known_is_compiled(ruff_executable: Path, tmp_path: Path) -> None:
    expected, _ = run(ruff_executable, tmp_path / "vary.ruff", TURNS_VARY + IN_A_HOT_LOOP, "--jit", "off")
    output, statistics = run(ruff_executable, tmp_path / "vary.ruff", TURNS_VARY + IN_A_HOT_LOOP)
    assert output == expected
    assert count(statistics, "loops") >= 2
    assert 0 < count(statistics, "exits") < 5000  # of 20,000 turns outside and 40,000 inside


def test_a_loop_of_few_bytecodes_and_many_turns_is_compiled(ruff_executable: Path, tmp_path: Path) -> None:
    _, statistics = run(ruff_executable, tmp_path / "long.ruff", LONG)
    assert count(statistics, "loops") == 1


def test_a_loop_of_two_turns_and_the_one_around_it_do_not_wait_for_each_other(
    ruff_executable: Path, tmp_path: Path
) -> None:
    expected, _ = run(ruff_executable, tmp_path / "two.ruff", TWO_TURNS, "--jit", "off")
    output, statistics = run(ruff_executable, tmp_path / "two.ruff", TWO_TURNS)
    assert output == expected
    assert count(statistics, "loops") == 2
    assert count(statistics, "recorded operations") < 5000
