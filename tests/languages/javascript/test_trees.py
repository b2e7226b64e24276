"""Trees with their scopes: `trees/*.js` beside `trees/*.tree`, which `--update-golden` writes."""

from pathlib import Path

import pytest

from tracewright_javascript.tree_text import show_tokens, show_tree

FOLDER = Path(__file__).parent / "trees"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.*js")), ids=lambda path: path.name)
def test_tree(path: Path, pytestconfig: pytest.Config) -> None:
    golden = path.with_suffix(".tree")
    tree = show_tree(path.read_text(), path.name)
    if pytestconfig.getoption("--update-golden"):
        golden.write_text(tree)
    assert tree == golden.read_text()


def test_tokens() -> None:
    shown = show_tokens("a = b / /c/g + `d${{}}e`\n1n", "x.js")
    words = [line.split(None, 1)[1] for line in shown.splitlines()]
    assert words == [
        "\\n name a",
        "assign =",
        "name b",
        "divide /",
        "regular_expression /c/g",
        "plus +",
        "template `d${",
        "open_brace {",
        "close_brace }",
        "template }e`",
        "\\n big_integer 1n",
        "end ",
    ]
