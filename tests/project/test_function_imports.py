"""Imports stand at the top of their module. The few inside functions are listed here, each with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WAITS = "what is only looked up in a cache, or only one command needs, must not wait for the translator to be imported"
GUEST_CODE = (
    "values call guest functions, and the interpreter that runs them works on values: one circle inside the language"
)

# By module, or by folder for a language whose own modules stand in one circle.
REASONS = {
    "benchmarks/pyperf_stand_in/": "most programs of the suite run where there is no asyncio",
    "framework/tracewright/__init__.py": "most users of the package embed nothing",
    "framework/tracewright/command_line.py": WAITS,
    "framework/tracewright/core/foreign.py": "only hosted programs that call C need it",
    "framework/tracewright/core/foreign_headers.py": "what reads headers need not be installed",
    "framework/tracewright/tools/checking.py": WAITS,
    "framework/tracewright/tools/executables.py": WAITS,
    "framework/tracewright/tools/trace_view.py": "the disassembler need not be installed",
    "languages/tracewright_javascript/": GUEST_CODE,
}
FILES = [
    path.relative_to(ROOT).as_posix()
    for folder in ("framework", "backends", "languages", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def function_imports(tree: ast.Module) -> Iterator[int]:
    """The lines of the imports inside functions."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield node.lineno


@pytest.mark.parametrize("folder", ["framework", "backends", "languages", "benchmarks"])
def test_imports_inside_functions_have_a_reason(folder: str) -> None:
    found = {
        name: lines
        for name in FILES
        if name.startswith(folder)
        if (lines := sorted(set(function_imports(ast.parse((ROOT / name).read_text(encoding="utf-8"))))))
    }
    listed = {key for key in REASONS if key.startswith(folder)}
    without = {name: lines for name, lines in found.items() if not any(name.startswith(key) for key in listed)}
    assert without == {}, "move them up, or say why not"
    assert all(any(name.startswith(key) for name in found) for key in listed), "some of these have none any more"
