"""One dialect file: imported under its package's name, and translated by itself."""

from __future__ import annotations

import importlib
import inspect
import sys
from pathlib import Path
from types import FunctionType, ModuleType

from tracewright.translate.emit_c.errors import NothingToTranslate
from tracewright.translate.program import Program, translate


def import_file(path: str) -> ModuleType:
    """Import a Python file under the name that its packages give it."""
    file = Path(path).resolve()
    parts = [file.stem] if file.stem != "__init__" else []
    folder = file.parent
    while (folder / "__init__.py").exists():
        parts.insert(0, folder.name)
        folder = folder.parent
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return importlib.import_module(".".join(parts))


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
