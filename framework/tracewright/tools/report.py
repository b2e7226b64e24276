"""`tracewright report TARGET -o FILE`: a page that shows for every source line what it costs and what C it becomes."""

from __future__ import annotations

import ast
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, final

from jinja2 import Environment, PackageLoader, StrictUndefined

from tracewright.core.source_span import NOWHERE
from tracewright.tools.annotations import (
    KINDS,
    Annotator,
    Finding,
    traced_functions,
    unchecked_lines,
    weight_of,
)
from tracewright.tools.subjects import Subject, own_name, subject_named
from tracewright.translate.emit_c.view import ProgramView
from tracewright.translate.flow.graph import FunctionGraph
from tracewright.translate.jitcode.policy import why_not

SHADES: Final = 9  # of the colour of a line; each stands for twice the weight of the one before

HEAVIEST: Final = 15  # functions listed at the top of a page that has more


@final
@dataclass(slots=True)
class Line:
    """One source line with what was found on it."""

    number: int
    text: str
    findings: Counter[Finding] = field(default_factory=Counter)
    c: list[str] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return weight_of(self.findings)

    @property
    def shade(self) -> int:
        """0 for a line that costs nothing out of the ordinary."""
        return min(SHADES, math.ceil(math.log2(self.weight + 1))) if self.weight else 0

    @property
    def kinds(self) -> list[str]:
        """What was found, in the order of the legend."""
        names = {finding.kind.name for finding in self.findings}
        return [kind.name for kind in KINDS if kind.name in names]


@final
@dataclass(slots=True)
class Function:
    """One function of the source, with all its instances if it is generic."""

    name: str
    instances: list[str]
    lines: list[Line]
    jit: str  # how the tracer treats it; empty where the program has no portal
    untraced: bool
    notes: list[str]

    @property
    def weight(self) -> int:
        return sum(line.weight for line in self.lines)


@final
@dataclass(slots=True)
class Module:
    """The functions of one source file, in its order."""

    name: str
    functions: list[Function]

    @property
    def weight(self) -> int:
        return sum(function.weight for function in self.functions)


def report(target: str) -> str:
    """The page as HTML."""
    subject = subject_named(target)
    return render(subject.name, collect(subject))


def collect(subject: Subject) -> list[Module]:
    """What the page says."""
    program = subject.program()
    annotator = Annotator(ProgramView(program))
    traced = traced_functions(annotator.view)
    by_place: dict[str, dict[tuple[str, int], list[FunctionGraph]]] = {}
    for graph in subject.chosen(program.graphs):
        if graph.span.line > 0:  # others the translator has made itself: they have no source
            places = by_place.setdefault(graph.module, {})
            places.setdefault((graph.span.path, graph.span.line), []).append(graph)
    modules = []
    for module, places in sorted(by_place.items()):
        sources = {path: _Source(path) for path, _ in places}
        functions = [
            _function(graphs, annotator, traced, sources[place[0]]) for place, graphs in sorted(places.items())
        ]
        modules.append(Module(module, functions))
    return modules


def render(title: str, modules: list[Module]) -> str:
    """The page: one file that needs nothing else."""
    loader = PackageLoader("tracewright.tools", ".")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("report.html")
    functions = [(function.weight, module, function) for module in modules for function in module.functions]
    heaviest = sorted(functions, key=lambda entry: -entry[0])[:HEAVIEST]
    return template.render(
        title=title,
        modules=modules,
        kinds=KINDS,
        shades=range(1, SHADES + 1),
        heaviest=heaviest if len(functions) > HEAVIEST else [],
    )


@final
class _Source:
    """A source file's lines, and where its functions end."""

    def __init__(self, path: str) -> None:
        text = Path(path).read_text(encoding="utf-8")
        self.lines = text.splitlines()
        self.ends: dict[int, ast.FunctionDef] = {}
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                self.ends[node.lineno] = node

    def end_of(self, line: int) -> int:
        """The last line of the function that begins at `line`."""
        node = self.ends.get(line)
        return line if node is None or node.end_lineno is None else node.end_lineno


def _function(
    graphs: list[FunctionGraph], annotator: Annotator, traced: set[FunctionGraph], source: _Source
) -> Function:
    first = graphs[0].span.line
    last = source.end_of(first)
    lines = {number: Line(number, source.lines[number - 1]) for number in range(first, last + 1)}
    for graph in graphs:
        for number, findings in annotator.findings_of(graph, last, graph in traced).items():
            lines[number].findings.update(findings)
        for number, text in c_by_line(graph, annotator, last).items():
            lines[number].c += [f"/* {graph.name} */", *text] if len(graphs) > 1 else text
    node = source.ends.get(first)
    if node is not None:
        for number, finding in unchecked_lines(node):
            lines[number].findings[finding] += 1
    jit, untraced = _treatment(graphs[0], traced)
    return Function(
        own_name(graphs[0]),
        [g.name for g in graphs],
        list(lines.values()),
        jit,
        untraced,
        _notes(graphs, annotator.view),
    )


def c_by_line(graph: FunctionGraph, annotator: Annotator, last: int) -> Mapping[int, list[str]]:
    """The function's C, by the source line it was made from; what was inlined stays with the line it was inlined into."""
    first = line = graph.span.line
    found: dict[int, list[str]] = {}
    text = annotator.text_of(graph)
    for row in [text.head, *text.body.splitlines()]:
        if row.startswith("#line "):
            number, _, path = row.removeprefix("#line ").partition(" ")
            if path.strip('"') == annotator.view.shown_path(graph.span.path) and first <= int(number) <= last:
                line = int(number)
        else:
            found.setdefault(line, []).append(row)
    return found


def _treatment(graph: FunctionGraph, traced: set[FunctionGraph]) -> tuple[str, bool]:
    """How the tracer treats a function, and whether that costs."""
    reason = why_not(graph)
    if reason:
        where = "" if reason.place is NOWHERE else f", line {reason.place.line} of {Path(reason.place.path).name}"
        return f"the tracer does not look inside: {_SENTENCES.get(reason.kind, reason.kind)}{where}", bool(traced)
    if not traced:
        return "the tracer could look inside", False
    return ("traces see through it" if graph in traced else "no trace reaches it"), False


_SENTENCES: Final = {
    "loop": "it has a loop (say @unroll_safe if a trace may hold all its turns)",
    "dont_look_inside": "it says @dont_look_inside",
    "elidable": "it says @elidable: calls with constant arguments are folded",
    "raw memory": "it touches raw memory",
    "VM stack": "it touches the inside of the VM stack",
    "str": "it touches the inside of a str",
    "bytes": "it touches the inside of a bytes",
}


def _notes(graphs: Iterable[FunctionGraph], view: ProgramView) -> list[str]:
    notes = []
    if any(graph in view.checks_stack for graph in graphs):
        notes.append("recursive: it compares the stack pointer with its limit when it is entered")
    if any(graph in view.raising for graph in graphs):
        notes.append("may raise: its callers test for an exception")
    return notes


def write_report(target: str, output: Path) -> None:
    """Write the page."""
    output.write_text(report(target), encoding="utf-8")
