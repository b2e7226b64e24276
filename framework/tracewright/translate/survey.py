"""Modules translated for their own sake: what `tracewright check` reports about a file."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType as PythonFunction
from types import ModuleType
from typing import final

from tracewright.core.errors import DialectError, in_order
from tracewright.translate.flow.check import check
from tracewright.translate.flow.types import ClassLayout
from tracewright.translate.infer.classes import SETTER, Method
from tracewright.translate.infer.enums import is_int_enum
from tracewright.translate.infer.function import services
from tracewright.translate.infer.sources import Doubtful, ModuleSource, is_lambda
from tracewright.translate.infer.translator import Translator
from tracewright.translate.jit_state import reset_jit_state
from tracewright.translate.kept.store import Kept
from tracewright.translate.lower.intrinsics import foreign_of
from tracewright.translate.lower.virtual import settle_method_calls
from tracewright.translate.program import hint_complaints, uncaught_complaints
from tracewright.translate.roomy_python import roomy_python


@final
@dataclass(frozen=True, slots=True)
class Survey:
    """Everything found, warnings included, by file and line; and how many functions were looked at."""

    errors: tuple[DialectError, ...]
    functions: int


def survey(modules: Sequence[ModuleType], *, import_time: bool = False, kept_in: Path | None = None) -> Survey:
    """Translate every function and method of the modules, and all that they reach. `kept_in`: see `translate`.

    Functions and classes with type variables are translated only where others use them. Functions that only module bodies
    call are ordinary Python, and left out unless `import_time`.
    """
    reset_jit_state(None)
    with roomy_python():
        translator = Translator(services())
        if kept_in is not None:
            translator.kept = Kept(translator, kept_in, modules[0])
        for module in modules:
            skipped = set() if import_time else import_time_functions(translator.sources.module(module.__name__))
            for name, value in list(vars(module).items()):
                if getattr(value, "__module__", None) == module.__name__ and name not in skipped:
                    _ask_for(translator, value)
        translator.run()
        return Survey(tuple(in_order(_all_errors(translator))), len(translator.graphs))


def refusals(modules: Sequence[ModuleType]) -> list[DialectError]:
    """What the dialect refuses in the modules, functions that run at import time included."""
    return [error for error in survey(modules, import_time=True).errors if error.severity == "error"]


def _all_errors(translator: Translator) -> list[DialectError]:
    if not translator.errors:
        if translator.kept is not None:
            translator.kept.save()
        for layout in translator.table.layouts:
            translator.classes.complete(layout)
        settle_method_calls(translator.method_calls, translator.graphs.values())
        for graph in translator.graphs.values():
            check(graph)
        translator.warnings.extend(hint_complaints(translator))
        translator.warnings.extend(uncaught_complaints(translator, translator.graphs.values()))
    return [*translator.errors, *translator.warnings]


def _ask_for(translator: Translator, value: object) -> None:
    try:
        if is_lambda(value):
            return  # what it takes is known where it is used
        if isinstance(value, PythonFunction) and foreign_of(value) is not None:
            return  # it has no body: its declaration was looked at when it was made
        if isinstance(value, PythonFunction) and "<locals>" not in value.__qualname__:
            definition = translator.signatures.definition(value, False)
            if not definition.type_variables:
                translator.graph(definition, None, {})
        elif isinstance(value, type) and not getattr(value, "__parameters__", ()) and not is_int_enum(value):
            layout = translator.classes.instance(value).layout
            translator.instantiate(layout)
            located = translator.sources.of_class(value)
            for statement in [] if located is None else located[1].body:  # not what `dataclass` has generated
                for name in (getattr(statement, "name", ""), getattr(statement, "name", "") + SETTER):
                    method = translator.classes.method(layout, name)
                    if method is not None and method.owner is layout and not translator.is_generic(method):
                        translator.method_graph(method)
                        _compare_with_base(translator, layout, method)
    except DialectError as error:
        translator.report(error)
    except Doubtful:
        pass


def _compare_with_base(translator: Translator, layout: ClassLayout, method: Method) -> None:
    """A method fits the one it overrides, even if nobody calls it yet."""
    name = method.name
    base = None if layout.base is None else translator.classes.method(layout.base, name)
    if base is not None and base.kind in ("method", "property", "setter") and not name.startswith("__init"):
        translator.fill_slot(layout, translator.slot(layout, method))


def import_time_functions(source: ModuleSource) -> set[str]:
    """The module-level functions that module bodies call, and those that only such functions mention."""
    functions = {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}
    found: set[str] = set()
    waiting = list(_mentioned_outside(source.tree.body) & functions.keys())
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_names_in(functions[name].body) & functions.keys())
    used = {name for other, node in functions.items() if other not in found for name in _names_in(node.body)}
    for statement in source.tree.body:
        if isinstance(statement, ast.ClassDef):
            used |= {
                name for inner in statement.body if isinstance(inner, ast.FunctionDef) for name in _names_in(inner.body)
            }
    return found - used


def _mentioned_outside(body: Iterable[ast.stmt]) -> set[str]:
    """Functions that are called while the module is imported."""
    found: set[str] = set()
    for statement in body:
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            written = [each.func if isinstance(each, ast.Call) else each for each in statement.decorator_list]
            found |= {each.id for each in written if isinstance(each, ast.Name)}
        if isinstance(statement, ast.ClassDef):
            found |= _mentioned_outside(statement.body)
        elif not isinstance(statement, ast.FunctionDef) and not _is_main_guard(statement):
            calls = [node.func for node in ast.walk(statement) if isinstance(node, ast.Call)]
            found |= {callee.id for callee in calls if isinstance(callee, ast.Name)}
    return found


def _is_main_guard(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and "__name__" in _names_in([statement.test])


def _names_in(nodes: Iterable[ast.AST]) -> set[str]:
    return {inner.id for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Name)}
