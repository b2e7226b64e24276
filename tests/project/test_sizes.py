"""Modules stay short enough to be one concept each."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIMIT = 620
LONGER_WITH_REASON = {
    "languages/tracewright_ruff/interpreter.py": "one dispatch loop is one function: the tracer and the C compiler see all handlers at once",
    "languages/tracewright_python/interpreter.py": "the same",
    "languages/tracewright_javascript/interpreter.py": "as Ruff's",
}
# Lines that a teaching language may have: one sitting's reading.
WHOLE_LANGUAGE = 600
SHORT_LANGUAGES = ("forth", "lox", "moth")
MODULES = sorted(path for root in ("framework", "backends", "languages") for path in (ROOT / root).rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_short(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= LIMIT or str(path.relative_to(ROOT)) in LONGER_WITH_REASON, f"{lines} lines; split it by concept"


@pytest.mark.parametrize("name", SHORT_LANGUAGES)
def test_teaching_language_is_short(name: str) -> None:
    modules = (ROOT / "languages" / f"tracewright_{name}").rglob("*.py")
    assert 0 < sum(len(path.read_text().splitlines()) for path in modules) < WHOLE_LANGUAGE


def test_a_third_machine_is_a_small_folder() -> None:
    """RISC-V shows that what machines share is shared: words, guards, loops and calls in fewer lines than this."""
    modules = (ROOT / "backends" / "tracewright_riscv64").rglob("*.py")
    assert 0 < sum(len(path.read_text().splitlines()) for path in modules) <= 900
