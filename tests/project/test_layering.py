"""The folders mean what they say: imports go only the way `tracewright.stages` allows."""

import ast
from pathlib import Path

import pytest

from tracewright.stages import LAYERS

ROOT = Path(__file__).parents[2]
SOURCE_ROOTS = ("framework", "backends", "languages")
MODULES = sorted(path for root in SOURCE_ROOTS for path in (ROOT / root).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer(name: str) -> int | None:
    """The layer of the longest package prefix that is listed."""
    best, found = -1, None
    for number, packages in enumerate(LAYERS):
        for package in packages:
            if (name == package or name.startswith(package + ".")) and len(package) > best:
                best, found = len(package), number
    return found


def imported_modules(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: module_name(path))
def test_imports_go_down(path: Path) -> None:
    own = layer(module_name(path))
    assert own is not None, f"{path} is in no layer of tracewright.stages"
    for imported in imported_modules(ast.parse(path.read_text())):
        if imported.startswith("tracewright"):
            other = layer(imported)
            assert other is not None and other <= own, f"{path.relative_to(ROOT)} must not import {imported}"
