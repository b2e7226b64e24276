"""`tracewright show types`: the type of every parameter, local and expression, under its source line.

3      total = total + items[index]
           total: int
           items: list[int]
           items[index]: int
"""

from __future__ import annotations

import ast
import linecache
from dataclasses import dataclass, field, replace
from typing import final

from tracewright.tools.subjects import Subject
from tracewright.translate.flow.graph import FunctionGraph
from tracewright.translate.flow.types import Type, show_type
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.function import services
from tracewright.translate.infer.translator import Translator
from tracewright.translate.infer.values import Typed


@final
@dataclass(slots=True)
class Recorded:
    """What was found out about one function: the types of its expressions, and its locals where it ended."""

    expressions: dict[ast.expr, Type] = field(default_factory=dict)
    context: FunctionContext | None = None


@final
class TypeRecorder:
    """A translator that remembers the type of each expression as it goes."""

    def __init__(self) -> None:
        plain = services()
        self.functions: dict[FunctionGraph, Recorded] = {}

        def evaluate(context: FunctionContext, node: ast.expr, expected: Type | None) -> Typed:
            typed = plain.evaluate(context, node, expected)
            recorded = self.functions.setdefault(context.graph, Recorded())
            recorded.context = context
            recorded.expressions[node] = typed.type
            return typed

        self.translator = Translator(replace(plain, evaluate=evaluate))

    def lines_of(self, graph: FunctionGraph) -> dict[int, list[str]]:
        """Per source line `text: type`, in the order of the line."""
        recorded = self.functions.get(graph, Recorded())
        job = self.translator.job_of.get(graph)
        if job is None:  # made by the translator itself
            return {}
        node = job.definition.node
        places: dict[tuple[int, int, int], str] = {}
        for expression, type in recorded.expressions.items():
            if not isinstance(expression, ast.Constant) and hasattr(expression, "lineno"):
                _note(places, expression, type)
        if recorded.context is not None:
            for name in ast.walk(node):
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                    declared = recorded.context.locals.declared.get(name.id)
                    if declared is not None:
                        _note(places, name, declared)
        lines: dict[int, list[str]] = {node.lineno: [f"{p.name}: {show_type(p.type)}" for p in graph.parameters]}
        for (line, _, _), text in sorted(places.items()):
            found = lines.setdefault(line, [])
            if text not in found:
                found.append(text)
        return lines


def _note(places: dict[tuple[int, int, int], str], node: ast.expr, type: Type) -> None:
    key = (node.lineno, node.col_offset, (node.end_lineno or node.lineno) << 16 | (node.end_col_offset or 0))
    places[key] = f"{ast.unparse(node)}: {show_type(type)}"


def show_types(subject: Subject) -> str:
    """All chosen functions."""
    recorder = TypeRecorder()
    subject.ask(recorder.translator)
    shown = []
    for graph in subject.finished(recorder.translator):
        result = "None" if graph.result_type is None else show_type(graph.result_type)
        lines = [f"function {graph.name} -> {result}"]
        for number, types in sorted(recorder.lines_of(graph).items()):
            source = linecache.getline(graph.span.path, number).rstrip()
            lines.append(f"{number:5}  {source}".rstrip())
            indent = " " * (7 + len(source) - len(source.lstrip()) + 4)
            lines += [f"{indent}{text}" for text in types]
        shown.append("\n".join(lines) + "\n")
    return "\n".join(shown)
