"""Recordings and what becomes of them, in `*.trace` files beside this one; `pytest --update-golden` writes the right sides.

== a title
-- peel=0              switches, where needed
at 0                   what the recorder says (see tracewright_testing/trace_script.py)
...
-->
loop stack ...         the finished trace
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.check import check_trace
from tracewright.jit.trace.parse import parse_trace
from tracewright.jit.trace.show import show_trace
from tracewright.jit.trace.trace import KIND_FUNCTION, KIND_LOOP
from tracewright_testing.trace_script import Recording, parse_script
from tracewright_testing.trace_scripts_random import function_table

FILES = sorted(Path(__file__).parent.glob("*.trace"))


@dataclass
class Case:
    """One recording of a file."""

    title: str
    switches: str
    script: str
    expected: str

    @property
    def kind(self) -> int:
        """A script that returns is a function's."""
        return KIND_FUNCTION if "finish(" in self.script else KIND_LOOP

    def result(self) -> str:
        """The finished trace's text."""
        options = JitOptions()
        for switch in self.switches.split():
            name, value = switch.split("=")
            assert options.set(name, int(value)), f"no switch {name}"
        trace = Recording(parse_script(self.script), options, function_table(), self.kind).play()
        check_trace(trace, function_table())
        text = show_trace(trace)
        assert show_trace(parse_trace(text)) == text
        return text.strip()

    def __str__(self) -> str:
        switches = f"-- {self.switches}\n" if self.switches else ""
        return f"== {self.title}\n{switches}{self.script}\n-->\n{self.expected}\n"


def read_cases(path: Path) -> list[Case]:
    """The cases of a file."""
    cases = []
    for part in path.read_text().split("== ")[1:]:
        title, rest = part.split("\n", 1)
        script, _, expected = rest.partition("-->\n")
        switches = ""
        if script.startswith("-- "):
            switches, script = script[3:].split("\n", 1)
        cases.append(Case(title, switches, script.strip(), expected.strip()))
    return cases


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_traces_become_what_the_file_says(path: Path, request: pytest.FixtureRequest) -> None:
    cases = read_cases(path)
    results = [case.result() for case in cases]
    if request.config.getoption("--update-golden"):
        for case, result in zip(cases, results, strict=True):
            case.expected = result
        path.write_text("\n".join(str(case) for case in cases))
    for case, result in zip(cases, results, strict=True):
        assert result == case.expected, case.title


def test_a_builder_forgets_the_trace_before() -> None:
    """Recordings follow each other in the same memory: each case becomes the same after any other."""
    cases = [case for path in FILES for case in read_cases(path) if not case.switches]
    recording = Recording([], JitOptions(), function_table())
    for case in [*cases, *reversed(cases)]:
        recording.begin(parse_script(case.script), case.kind)
        assert show_trace(recording.play()).strip() == case.expected, case.title


def test_there_are_files() -> None:
    assert len(FILES) >= 6
