"""What `tracewright show` and `tracewright report` look at: a dialect file, a module, or a whole language.

lexer.py                          every function of the file
lexer.py:Lexer.next               one function (its last part is enough: `next`)
tracewright_ruff.arithmetic:add   the same by the module's name
ruff                              an installed language: all modules of its package, as its executable has them
lark/                             the same of a language at a path
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import final

from tracewright.core.errors import DialectError, DialectErrors
from tracewright.tools.languages import Language, known_languages, language_at
from tracewright.tools.modules import import_file, translate_module
from tracewright.translate.emit_c.errors import NothingToTranslate
from tracewright.translate.flow.graph import FunctionGraph
from tracewright.translate.infer.translator import Translator
from tracewright.translate.program import Program, translate


@final
@dataclass(frozen=True, slots=True)
class Subject:
    """A module or (then `module` is its target) a language; `function` is empty for all functions."""

    name: str
    module: ModuleType
    function: str
    language: Language | None

    def has_module(self, name: str) -> bool:
        """Whether the functions of this module are looked at."""
        if self.language is None:
            return name == self.module.__name__
        return name.partition(".")[0] == self.language.module.partition(".")[0]

    def chosen(self, graphs: Iterable[FunctionGraph]) -> list[FunctionGraph]:
        """Those that are looked at: by the full name, as traces have it, wherever it is. Raises NothingToTranslate where there are none."""
        graphs = list(graphs)
        found = [graph for graph in graphs if graph.name == self.function]
        found = found or [graph for graph in graphs if self.has_module(graph.module) and self._is_called(graph)]
        if not found:
            what = f"function {self.function!r}" if self.function else "function that is translated"
            raise NothingToTranslate(f"{self.name} has no {what}")
        return found

    def _is_called(self, graph: FunctionGraph) -> bool:
        own = own_name(graph)
        return self.function in ("", own, own.rsplit(".", 1)[-1])

    def program(self) -> Program:
        """The translated program: the language's own, or all functions of the module and what they reach."""
        return translate_module(self.module) if self.language is None else translate(self.language.main())

    def ask(self, translator: Translator) -> None:
        """Have the functions translated, and leave it at that: graphs as they are before any pass over the whole program.

        Functions that run only at import time may be outside the dialect, so errors stay with the translator.
        """
        if self.language is not None:
            translator.function_graph(self.language.main())
        else:
            for value in list(vars(self.module).values()):
                if getattr(value, "__module__", None) == self.module.__name__:
                    _ask(translator, value)
        translator.run()

    def finished(self, translator: Translator) -> list[FunctionGraph]:
        """The chosen graphs that were translated without error; if there are none, the errors are raised."""
        try:
            graphs = self.chosen(translator.graphs.values())
        except NothingToTranslate:
            if translator.errors:
                raise DialectErrors(translator.errors) from None
            raise
        done = [graph for graph in graphs if not _has_error(graph, translator)]
        if not done:
            raise DialectErrors(translator.errors)
        return done


def _ask(translator: Translator, value: object) -> None:
    """Have a function, or the methods of a class, translated, if that needs no type arguments."""
    try:
        if isinstance(value, FunctionType):
            definition = translator.signatures.definition(value, False)
            if not definition.type_variables:
                translator.graph(definition, None, {})
        elif isinstance(value, type) and not getattr(value, "__parameters__", ()):
            layout = translator.classes.instance(value).layout
            translator.instantiate(layout)
            for name in vars(value):
                method = translator.classes.method(layout, name)
                if method is not None and method.owner is layout:
                    translator.method_graph(method)
    except DialectError as error:
        translator.errors.append(error)


def _has_error(graph: FunctionGraph, translator: Translator) -> bool:
    """Whether an error lies in the function's source."""
    job = translator.job_of.get(graph)
    if job is None:
        return False
    node, path = job.definition.node, graph.span.path
    last = node.end_lineno or node.lineno
    places = [label.span for error in translator.errors for label in error.labels[:1]]
    return any(place.path == path and node.lineno <= place.line <= last for place in places)


def own_name(graph: FunctionGraph) -> str:
    """The function's name in its module, without type arguments."""
    return graph.name.removeprefix(graph.module + ".").split("[")[0].split("#")[0]


def subject_named(text: str) -> Subject:
    """What the words on the command line mean."""
    name, _, function = text.partition(":")
    if name.endswith(".py"):
        return Subject(name, import_file(name), function, None)
    language = known_languages().get(name)
    if language is None and Path(name).is_dir():
        language = language_at(Path(name))
    if language is not None:
        return Subject(name, language.load(), function, language)
    try:
        return Subject(name, importlib.import_module(name), function, None)
    except ModuleNotFoundError:
        raise NothingToTranslate(f"{name!r} is neither a file (.py), a language nor a module") from None
