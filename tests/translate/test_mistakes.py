"""What newcomers get wrong, one small file each, and what `tracewright check` says about it.

The text is in the file beside it, `*.expected`; `--update-golden` writes it. Files whose docstring gives a reason (`Why:`) and a
way round (`Instead:`) are the rows of the table of refused constructs on the dialect's page.
"""

import ast
import json
import re
from pathlib import Path

import pytest

from tracewright.tools.checking import check_file, findings_from_json

FOLDER = Path(__file__).parent / "mistakes"
MISTAKES = sorted(FOLDER.glob("*.py"))
DIALECT_PAGE = Path(__file__).parents[2] / "framework" / "tracewright" / "translate" / "README.md"
TABLE_HEAD = "| what is refused | why | the way round |\n| --- | --- | --- |\n"
DISTINCT_MISTAKES = 100  # as many as there are at least


@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # of Python itself, about two of the mistakes
@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_mistake(path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.chdir(FOLDER)
    findings = check_file(str(path), cached=False)
    text = findings.text()
    golden = path.with_suffix(".expected")
    if pytestconfig.getoption("--update-golden"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    assert findings.errors, "nothing was found wrong"
    for error in findings.errors:
        assert Path(error.span.path) == path, "the first place is in the author's file"
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", error.code)
    assert findings_from_json(json.loads(json.dumps(findings.as_json()))).text() == text


def test_there_are_many() -> None:
    assert len(MISTAKES) >= DISTINCT_MISTAKES
    assert {path.stem for path in FOLDER.glob("*.expected")} == {path.stem for path in MISTAKES}


def refused_constructs() -> str:
    """The table of the dialect's page."""
    rows = []
    for path in MISTAKES:
        words = re.search(r'"""(.*?)"""', path.read_text(encoding="utf-8"), re.DOTALL)
        assert words is not None, f"{path.name} says nothing about itself"
        parts = re.fullmatch(r"(.+?)\.\n\nWhy: (.+?)\.\nInstead: (.+?)\.\n", words[1], re.DOTALL)
        if parts is not None:
            cells = [" ".join(part.split()).replace("|", "\\|") for part in parts.groups()]
            rows.append(f"| {cells[0]} | {cells[1]} | {cells[2]} |\n")
        else:
            assert "Why:" not in words[1] and "Instead:" not in words[1], f"{path.name}: give both, as sentences"
    return TABLE_HEAD + "".join(sorted(rows, key=str.casefold))


def test_the_dialect_page_lists_what_is_refused(pytestconfig: pytest.Config) -> None:
    page = DIALECT_PAGE.read_text(encoding="utf-8")
    before, found, rest = page.partition(TABLE_HEAD)
    assert found, "the page has no table of refused constructs"
    rows = "".join(line + "\n" for line in rest.split("\n\n")[0].splitlines())
    wanted = refused_constructs()
    if pytestconfig.getoption("--update-golden"):
        DIALECT_PAGE.write_text(before + wanted + rest.removeprefix(rows), encoding="utf-8")
    else:
        assert TABLE_HEAD + rows == wanted


def test_every_mistake_is_python_that_parses_or_says_why_not() -> None:
    for path in MISTAKES:
        if path.stem != "import_no_python":
            ast.parse(path.read_text(encoding="utf-8"))
