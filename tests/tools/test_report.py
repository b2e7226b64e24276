"""`tracewright report`: what is found on which line, and that the page stands alone."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tracewright.command_line import main
from tracewright.tools import report
from tracewright.tools.annotations import KINDS, NOT_TRACED
from tracewright.tools.report import Function, Line, collect
from tracewright.tools.subjects import subject_named
from tracewright_testing.samples import toy

FOLDER = Path(__file__).parent / "stages"
COSTS = FOLDER / "costs.py"
MARK = re.compile(r"# costs: (.*)$")


@pytest.fixture(scope="module")
def costs() -> list[Function]:
    (module,) = collect(subject_named(str(COSTS)))
    return module.functions


def test_every_line_says_what_it_costs(costs: list[Function]) -> None:
    found = {line.number: ", ".join(line.kinds) for function in costs for line in function.lines}
    expected = {}
    for number, text in enumerate(COSTS.read_text().splitlines(), 1):
        mark = MARK.search(text)
        if number in found:
            expected[number] = mark.group(1) if mark else ""
        else:
            assert mark is None, f"line {number} is in no function of the report"
    assert found == expected


def test_each_kind_is_found_somewhere(costs: list[Function]) -> None:
    found = {kind for function in costs for line in function.lines for kind in line.kinds}
    assert found == {kind.name for kind in KINDS} - {NOT_TRACED.name}


def line_with(functions: list[Function], text: str) -> Line:
    return next(line for function in functions for line in function.lines if text in line.text)


def test_findings_name_the_case(costs: list[Function]) -> None:
    details = {finding.detail for finding in line_with(costs, "animal.legs()").findings}
    assert details == {"Animal.legs, 2 implementations"}
    assert {f.detail for f in line_with(costs, "return items[index]").findings} == {
        "IndexError: array index out of range"
    }


def test_lines_have_their_c(costs: list[Function]) -> None:
    assert any("TW_ITEM(items_0, index_1)" in row for row in line_with(costs, "return items[index]").c)
    inlined = next(function for function in costs if function.name == "both_of").lines[-1].c
    assert sum("TW_WORD(pair" in row for row in inlined) == 2, "what was inlined stands where it was inlined into"


def test_heavier_lines_are_darker(costs: list[Function]) -> None:
    assert line_with(costs, "return 4").shade == 0
    assert 0 < line_with(costs, "ovf_add(a, b)").shade < line_with(costs, "Pair(number, 1)").shade


# --- the JIT ---------------------------------------------------------------------------------------------------------
def test_functions_say_what_the_tracer_does_with_them() -> None:
    (module,) = collect(subject_named(f"{toy.__file__}"))
    treatments = {function.name: function.jit for function in module.functions}
    assert treatments["run"] == "traces see through it"
    (loop,) = collect(subject_named(f"{FOLDER / 'sums.py'}:add"))
    assert loop.functions[0].jit.startswith("the tracer does not look inside: it has a loop")


def test_calls_that_traces_cannot_see_through_are_marked_in_traced_functions_only() -> None:
    modules = {module.name: module for module in collect(subject_named("ruff"))}
    handlers = modules["tracewright_ruff.interpreter"].functions
    run = next(function for function in handlers if function.name == "run")
    assert any(NOT_TRACED.name in line.kinds for line in run.lines)
    parser = modules["tracewright_ruff.parser"].functions
    assert not any(NOT_TRACED.name in line.kinds for function in parser for line in function.lines)


# --- the page --------------------------------------------------------------------------------------------------------
class Page(HTMLParser):
    """Collects what the tests ask about, and checks that tags nest."""

    VOID = frozenset({"meta", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.functions: list[str] = []
        self.shades: dict[int, str] = {}
        self.outside: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "article":
            self.functions.append(values["data-name"] or "")
        if values.get("data-line"):
            self.shades[int(values["data-line"] or 0)] = (values["class"] or "").split()[1]
        self.outside += [value for name, value in attrs if name in ("src", "href") and value and value[0] != "#"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    output = tmp_path_factory.mktemp("report") / "costs.html"
    assert main(["report", str(COSTS), "-o", str(output)]) == 0
    return output.read_text(encoding="utf-8")


def test_the_page_stands_alone(text: str) -> None:
    page = Page(text)
    assert page.outside == []
    assert "http" not in text.replace("http-equiv", "")
    assert "@import" not in text and "url(" not in text


def test_the_page_has_every_function_and_line(text: str, costs: list[Function]) -> None:
    page = Page(text)
    assert page.functions == [f"costs.{function.name}" for function in costs]
    assert page.shades == {line.number: f"shade{line.shade}" for function in costs for line in function.lines}


def test_source_and_c_are_escaped(text: str) -> None:
    assert "def factorial(number: int) -&gt; int:" in text
    assert "-> int:" not in text


def test_the_legend_explains_every_kind(text: str) -> None:
    for kind in KINDS:
        assert f"<b>{kind.name}</b>" in text
    assert report.SHADES == 9 and ".shade9 >" in text
