"""What the documents name exists: files, folders and tests."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SKIPPED = {
    "node_modules",
    "build",
    "dist",
    "new_language",
    "new_language_like",
}  # templates: their names are filled in later
DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part in SKIPPED or part.startswith(".") for part in path.relative_to(ROOT).parts)
)
# Documents say `jit/codegen/contract.py` where it is clear what is spoken of.
BASES = (".", "framework", "framework/tracewright", "languages", "backends", "tests")
SPAN = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"\w[\w.*-]*(/[\w.*-]+)+/?")
FILE = re.compile(r"[\w*-]+\.(py|c|h|md|trace|html|map|cfg|toml)")
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
# Not files: words with slashes, and names that stand for the reader's own.
NOT_FILES = {"if/elif/else", "and/or/not", "name.py", "name.c", "file.py", "lexer.py"}


def spans(document: Path) -> list[str]:
    """What stands in backticks, code blocks left out."""
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    return SPAN.findall(text)


def test_there_are_documents() -> None:
    names = {str(path.relative_to(ROOT)) for path in DOCUMENTS}
    assert {"README.md", "framework/README.md", "backends/README.md", "tests/README.md"} <= names


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_paths_exist(document: Path) -> None:
    missing = []
    for span in spans(document):
        if span in NOT_FILES:
            continue
        if PATH.fullmatch(span):
            bases = [document.parent, *(ROOT / base for base in BASES)]
            if not any(any(base.glob(span.rstrip("/"))) for base in bases):
                missing.append(span)
        elif FILE.fullmatch(span) and not any(any((ROOT / base).rglob(span)) for base in BASES[1:]):
            if not (ROOT / span).exists() and not any(ROOT.glob(f"benchmarks/**/{span}")):
                missing.append(span)
    assert not missing, f"{document.relative_to(ROOT)} names what does not exist: {missing}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_named_tests_exist(document: Path) -> None:
    for file, name in TEST.findall(document.read_text(encoding="utf-8")):
        functions = {
            node.name for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.FunctionDef)
        }
        assert name in functions, f"{document.relative_to(ROOT)} names {file}::{name}"


def test_every_complaint_is_held_by_a_test() -> None:
    page = (ROOT / "framework/tracewright/translate/complaints.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")][2:]
    assert len(rows) == 10
    for row in rows:
        assert TEST.search(row.rsplit("|", 2)[-2]), row
