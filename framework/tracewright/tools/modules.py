"""One dialect file: imported under its package's name, and translated by itself."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from types import FunctionType, ModuleType

from tracewright.tools.languages import importable_name
from tracewright.translate.emit_c.errors import NothingToTranslate
from tracewright.translate.program import Program, translate


def import_file(path: str) -> ModuleType:
    """Import a Python file under the name that its packages give it."""
    return importlib.import_module(importable_name(Path(path)))


def translate_module(module: ModuleType) -> Program:
    """Translate every function of the module that needs no type arguments, and what they reach."""
    functions = [
        value
        for value in vars(module).values()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__ and _is_plain(value)
    ]
    if not functions:
        raise NothingToTranslate(f"{module.__name__} has no function with all its types declared and no type variables")
    return translate(functions[0], functions[1:])


def _is_plain(function: FunctionType) -> bool:
    annotations = inspect.get_annotations(function)
    declared = all(name in annotations for name in (*inspect.signature(function).parameters, "return"))
    variables = [name for name, value in function.__globals__.items() if type(value).__name__ == "TypeVar"]
    words = " ".join(str(annotation) for annotation in annotations.values()).replace("[", " ").replace("]", " ")
    return declared and not any(name in words.replace(",", " ").replace("~", "").split() for name in variables)
