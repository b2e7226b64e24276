"""Trees, with the places of all nodes, are those of CPython's `ast`: a slice of its standard library, and corners of the grammar."""

from pathlib import Path

import pytest

from tracewright_python.views import show_tokens, show_tree
from tracewright_testing.python_oracle import first_difference, library_files, oracle_tree, our_tree, tree_difference

SLICE = [path for path in library_files() if path.stat().st_size < 40_000][::40]
SNIPPETS = Path(__file__).parent / "snippets"


@pytest.mark.parametrize("path", SLICE, ids=lambda path: path.name)
def test_library_file(path: Path) -> None:
    assert tree_difference(path.read_bytes(), str(path)) == ""


@pytest.mark.parametrize("path", sorted(SNIPPETS.glob("*.txt")), ids=lambda path: path.stem)
def test_snippets(path: Path) -> None:
    """Texts with a line of dashes between them: CPython's tree is asked for while the test runs, and there must be one."""
    for snippet in path.read_text().split("\n----\n"):
        wanted = oracle_tree(snippet)
        assert wanted is not None, snippet
        assert first_difference(our_tree(snippet), wanted, snippet) == ""


def test_shown_tokens_and_tree() -> None:
    words = [line.split()[1] for line in show_tokens("if a:\n  b += 1\n", "x.py").splitlines()]
    assert words == [
        "if",
        "name",
        "colon",
        "newline",
        "indent",
        "name",
        "plus_assign",
        "number",
        "newline",
        "dedent",
        "end",
    ]
    assert "scope: a local, b cell" in show_tree("def f(a, b):\n  return lambda: b\n", "x.py")
    assert show_tree("x = (1 2)\n", "x.py").startswith(
        "x.py:1:6: SyntaxError: invalid syntax. Perhaps you forgot a comma?\n"
    )
