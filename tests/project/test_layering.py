"""The folders mean what they say: imports go only the way `tracewright.stages` allows, so no packages import each other in a circle."""

import ast
from pathlib import Path

import pytest

from tracewright.stages import LAYERS, READING_ORDER

ROOT = Path(__file__).parents[2]
SOURCE_ROOTS = ("framework", "backends", "languages")
MODULES = sorted(
    path
    for root in SOURCE_ROOTS
    for path in (ROOT / root).rglob("*.py")
    if not {"new_language", "new_language_like"} & set(path.parts)
)
ROW_OF = {package: number for number, row in enumerate(LAYERS) for package in row}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_package(name: str) -> bool:
    return any((ROOT / root / Path(*name.split("."))).is_dir() for root in SOURCE_ROOTS)


def listed_package(name: str) -> str:
    """The entry of LAYERS that a module belongs to: its own name, its folder, or the backend or language that it is part of."""
    if name in ROW_OF:
        return name
    folder = name if is_package(name) else name.rpartition(".")[0]
    return folder if folder.split(".")[0] == "tracewright" else folder.split(".")[0]


def imported_modules(tree: ast.Module) -> set[str]:
    """All of them, wherever they stand: an import inside a function or for the type checker is one too."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                is_module = any(
                    (ROOT / root / Path(*name.split("."))).with_suffix(".py").exists() for root in SOURCE_ROOTS
                )
                names.add(name if is_module or is_package(name) else node.module)
    return {name for name in names if name.split(".")[0].startswith("tracewright")}


def may_import(importer: str, imported: str) -> bool:
    """Whether a package of LAYERS may import another."""
    return importer == imported or ROW_OF[imported] < ROW_OF[importer]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: module_name(path))
def test_imports_go_down(path: Path) -> None:
    importer = listed_package(module_name(path))
    assert importer in ROW_OF, f"{importer} of {path.relative_to(ROOT)} is in no layer of tracewright.stages"
    for name in imported_modules(ast.parse(path.read_text())):
        imported = listed_package(name)
        assert imported in ROW_OF, f"{imported}, imported by {path.relative_to(ROOT)}, is in no layer"
        assert may_import(importer, imported), f"{path.relative_to(ROOT)} must not import {name}"


def test_every_layer_exists() -> None:
    modules = {module_name(path) for path in MODULES}
    assert len(ROW_OF) == sum(len(row) for row in LAYERS), "a package is in two rows"
    for package in ROW_OF:
        assert package in modules, f"{package} is no package or module"


@pytest.mark.parametrize("folder", [folder for folder, _ in READING_ORDER])
def test_the_folders_of_the_story_are_layers_of_their_own(folder: str) -> None:
    for path in ROOT.glob(folder):
        if path.is_dir() and path.name != "__pycache__":
            assert ".".join(path.relative_to(ROOT).parts[1:]) in ROW_OF, folder


def test_the_check_sees_every_kind_of_import() -> None:
    text = """
import tracewright.core.text
from tracewright.jit import warm
from tracewright.hints import JitCell
if TYPE_CHECKING:
    from tracewright.jit.record.recorder import Recorder
def late() -> None:
    from tracewright.jit.resume import leave
"""
    assert imported_modules(ast.parse(text)) == {
        "tracewright.core.text",
        "tracewright.jit.warm",
        "tracewright.hints",
        "tracewright.jit.record.recorder",
        "tracewright.jit.resume.leave",
    }
    assert not may_import("tracewright.jit.record", "tracewright.jit.resume")
    assert not may_import("tracewright.jit.optimize", "tracewright.jit.codegen")
