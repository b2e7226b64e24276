"""Dialect modules run both ways: as ordinary Python, and translated to a native executable."""

import importlib.util
import inspect
import subprocess
import sys
from dataclasses import replace
from importlib.util import cache_from_source
from pathlib import Path
from types import FunctionType, ModuleType

from tracewright.gc import native as collector
from tracewright.translate.emit_c.build import Build
from tracewright.translate.emit_c.modules import ProgramEmitter
from tracewright.translate.emit_c.source_file import SourceFile
from tracewright.translate.emit_c.view import ProgramView
from tracewright.translate.program import Program, translate


def load(path: Path) -> ModuleType:
    """Import a dialect module from a file; its module name is the file's."""
    name = path.stem
    known = sys.modules.get(name)
    if known is not None and getattr(known, "__file__", None) == str(path):
        return known
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def module_from_text(name: str, text: str, folder: Path) -> ModuleType:
    """A dialect module from its text, kept in a file so that its source can be read."""
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    # Python tells bytecode that no longer fits by the file's size and second, and both may be those of the text before.
    Path(cache_from_source(str(path))).unlink(missing_ok=True)
    sys.modules.pop(name, None)
    return load(path)


def runtime_roots() -> list[FunctionType]:
    """The collector's functions, which the C runtime calls by name."""
    found = [f for f in vars(collector).values() if inspect.isfunction(f)]
    return [f for f in found if f.__module__ == collector.__name__]


def build(
    module: ModuleType,
    output: Path,
    cache: Path | None = None,
    checked: bool = False,
    sanitizers: str = "",
    optimized: bool = True,
) -> Program:
    """Translate the module's `main` and make an executable of it. Not `optimized`, that takes the C compiler a third of the time."""
    program = translate(module.main, runtime_roots(), checked)
    view = ProgramView(program)
    emitter = ProgramEmitter(view, kept=list(program.roots.values()))
    files = emitter.files()
    if not optimized:
        files = [_as_it_is(file) if file.name.endswith(".c") else file for file in files]
    Build(cache, jobs=1, sanitizers=sanitizers).executable(files, output)
    return program


def _as_it_is(file: SourceFile) -> SourceFile:
    """The file, asking the compiler not to optimize it."""
    return replace(file, text="#pragma GCC optimize (0)\n" + file.text)


def run_native(module: ModuleType, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    """Build the module and run it."""
    output = folder / module.__name__
    build(module, output)
    return subprocess.run([str(output)], capture_output=True, timeout=60, check=False)


def run_hosted(path: Path, python_path: list[str]) -> "subprocess.CompletedProcess[bytes]":
    """Run the module's `main` under CPython, in a process of its own (its output is captured as bytes)."""
    code = (
        "import importlib.util, sys\n"
        f"sys.path[:0] = {python_path!r}\n"
        f"spec = importlib.util.spec_from_file_location({path.stem!r}, {str(path)!r})\n"
        "module = importlib.util.module_from_spec(spec)\n"
        f"sys.modules[{path.stem!r}] = module\n"
        "spec.loader.exec_module(module)\n"
        "sys.exit(module.main())\n"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
