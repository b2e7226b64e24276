"""Every function and method of some modules translated for its own sake: what `tracewright check` reports about a file."""

from __future__ import annotations

from collections.abc import Sequence
from types import FunctionType as PythonFunction
from types import ModuleType

from tracewright.core.errors import DialectError
from tracewright.translate.flow.check import check
from tracewright.translate.infer.function import services
from tracewright.translate.infer.translator import Translator
from tracewright.translate.lower.virtual import settle_method_calls


def refusals(modules: Sequence[ModuleType]) -> list[DialectError]:
    """What the dialect refuses in the modules, in the order found.

    Functions and classes with type variables are translated only where others use them. Functions that run at import time
    only may be refused without harm: nobody translates them.
    """
    translator = Translator(services())
    errors: list[DialectError] = []
    for module in modules:
        for value in list(vars(module).values()):
            if getattr(value, "__module__", None) == module.__name__:
                try:
                    ask_for(translator, value)
                except DialectError as error:
                    errors.append(error)
    translator.run()
    errors.extend(translator.errors)
    if not errors:
        for layout in translator.table.layouts:
            translator.classes.complete(layout)
        settle_method_calls(translator)
        for graph in translator.graphs.values():
            check(graph)
    return errors


def ask_for(translator: Translator, value: object) -> None:
    """Have a function, or the methods of a class, translated, if that needs no type arguments."""
    if isinstance(value, PythonFunction):
        definition = translator.signatures.definition(value, False)
        if not definition.type_variables:
            translator.graph(definition, None, {})
    elif isinstance(value, type) and not getattr(value, "__parameters__", ()):
        layout = translator.classes.instance(value).layout
        translator.instantiate(layout)
        for name in value.__dict__:
            method = translator.classes.method(layout, name)
            if method is not None and method.owner is layout:
                translator.method_graph(method)
