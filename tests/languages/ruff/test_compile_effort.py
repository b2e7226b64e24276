"""Compiling takes steps in proportion to the text: four times as much of anything, about four times as many lines run.

Counted hosted, in lines of the compiler's own source, so that no clock is asked.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from tracewright_ruff.builtins.registry import new_session
from tracewright_ruff.compiler import compile_program
from tracewright_ruff.parser import parse

SMALL, LARGE = 40, 160


def row(piece: Callable[[int], str], count: int, between: str = "") -> str:
    return between.join(piece(index) for index in range(count))


def else_ifs(n: int) -> str:
    return "if x == -1 { y := 0 }" + row(lambda i: f" else if x == {i} {{ y := {i} }}", n)


def some_locals(n: int) -> str:
    return row(lambda i: f"v{i} := {i}\n", n)


TEXTS: dict[str, Callable[[int], str]] = {
    "interpolations": lambda n: 'x := 1\nfunc f(v) { return v }\ns := "' + "${x}${f(1)}" * n + '"',
    "else-if chain": lambda n: "x := 1\n" + else_ifs(n),
    "else-if chain in a function": lambda n: "func f(x) {\n" + some_locals(n) + else_ifs(n) + "\nreturn 1 }",
    "long sums": lambda n: "x := 1\ny := x" + " + x" * n,
    "long conditions": lambda n: "x := 1\nif x" + " && x || x" * n + " { x := 2 }",
    "calls in a sum": lambda n: "func f(x) { return x }\ny := 1" + " + f(1)" * n,
    "many functions": lambda n: row(lambda i: f"func f{i}(a) {{ b := a + {i}\n return b }}\n", n),
    "many functions that change globals": lambda n: row(
        lambda i: f"g{i} := []\nfunc f{i}() {{ g{i} := push(g{i}, 1) }}\n", n
    ),
    "many constants": lambda n: row(lambda i: f'x := {100000 + i}\ny := {i}.5\nz := "s{i}"\nn := null\n', n),
    "many globals": lambda n: some_locals(n) + "func f() { return v1 }",
    "many locals and ifs": lambda n: "func f() {\n" + some_locals(n) + "if v1 > 5 { v2 := 1 }\n" * n + "return v1 }",
    "locals that may be globals": lambda n: "func f() {\n" + some_locals(n) + "return v1 }\nf()\n" + some_locals(n),
    "many captured variables": lambda n: "func f() {\n"
    + some_locals(n)
    + "return func() { return "
    + row(lambda i: f"v{i}", n, " + ")
    + " } }",
    "many fields": lambda n: "x := P {" + row(lambda i: f"k{i}: {i}", n, ", ") + "}",
    "many structs": lambda n: row(lambda i: f"struct P{i} {{ x: int\n func m() {{ return x }} }}\np := P{i} {{ x: 1 }}\n", n),
    "many methods": lambda n: "struct P { x: int\n" + row(lambda i: f"func m{i}() {{ return x }}\n", n) + "}",
    "cases": lambda n: 'x := "a"\nmatch x {\n' + row(lambda i: f"case c{i}: {{ y := {i} }}\n", n) + "}",
    "loops and try": lambda n: "x := 1\n" + "while x > 5 { try { x := x + 1 } except e { } }\n" * n,
}  # fmt: skip


def lines_run(text: str, open_world: bool) -> int:
    """How many lines of the language's source run while the text is parsed and compiled."""
    count = 0

    def on_line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return on_line

    session = new_session()
    before = sys.gettrace()
    sys.settrace(on_line)
    try:
        result = parse(text)
        assert result.diagnostics == []
        compile_program(session, session.globals, "text.ruff", result.program, open_world)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("open_world", [False, True], ids=["program", "interactive"])
@pytest.mark.parametrize("name", TEXTS)
def test_effort_is_in_proportion(name: str, open_world: bool) -> None:
    text = TEXTS[name]
    small, large = lines_run(text(SMALL), open_world), lines_run(text(LARGE), open_world)
    assert large < 5 * small, f"{large / small:.1f} times the lines for four times the text"


def test_functions_in_functions_do_not_double() -> None:
    """Each of them may find a global `late` or not: two bodies each, but not two to the power of the depth."""

    def nested(depth: int) -> str:
        return row(lambda i: f"func f{i}() {{ late := {i}\n", depth) + "}\n" * depth + "f0()\nlate := 1"

    assert lines_run(nested(12), False) < 8 * lines_run(nested(4), False)
