"""All run-time code of the repository stays inside the dialect."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from tracewright.translate.survey import refusals

ROOT = Path(__file__).parents[2]
# Modules that also run at import time only, or hosted only, with what the dialect refuses there.
IMPORT_TIME = {
    "digests.py": {"operator", "shift"},
    "float_tables.py": {"operator", "method"},
    "unicode_tables.py": {"library", "method", "type-mismatch"},
    "normal_forms.py": {"library"},
    "unicode_names.py": {"annotation", "library", "method"},
    "arithmetic.py": {"annotation", "no-source"},
    "operation_row.py": {"annotation"},
}
HOSTED_ONLY = {"tracewright.jit.trace.run", "tracewright.jit.trace.parse", "tracewright.jit.trace.check"} | {
    "tracewright_ruff.disassembly",
    "tracewright_ruff.views",
}
PACKAGES = {
    "library": ("framework", "tracewright/lib"),
    "collector": ("framework", "tracewright/gc"),
    "jit": ("framework", "tracewright/jit"),
    "ruff": ("languages", "tracewright_ruff"),
    "x86_64": ("backends", "tracewright_x86_64"),
    "aarch64": ("backends", "tracewright_aarch64"),
}


def modules_below(root: str, folder: str) -> list[ModuleType]:
    found = []
    for path in sorted(ROOT.joinpath(root, folder).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT / root).with_suffix("").parts)
        if path.name != "__init__.py" and name not in HOSTED_ONLY:
            found.append(importlib.import_module(name))
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_package_is_in_the_dialect(package: str) -> None:
    modules = modules_below(*PACKAGES[package])
    if not modules:
        pytest.skip("not written yet")
    bad = []
    for error in refusals(modules):
        allowed = IMPORT_TIME.get(Path(error.span.path).name, set())
        if error.code not in allowed and "ast.expr" not in error.message:
            bad.append(error.render())
    assert not bad, "\n\n".join(bad)
