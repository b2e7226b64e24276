"""`tracewright check`: several findings at once, JSON for editors, and answers that are kept as long as they hold."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tracewright.command_line import main
from tracewright.tools import checking
from tracewright.tools.checking import Findings, check_file

GOOD = "def double(number: int) -> int:\n    return number * 2\n"
BAD = "def power(number: int) -> int:\n    return number**number\n\n\ndef total(text: str) -> int:\n    return text\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACEWRIGHT_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def noting(checked: list[Path], answer: Findings) -> Callable[[Path, Path | None], Findings]:
    """Stands for the check itself, and notes that it was asked for."""

    def check(file: Path, kept_in: Path | None) -> Findings:
        checked.append(file)
        return answer

    return check


def test_json_has_every_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "checked_as_json.py", BAD)
    assert main(["check", str(path), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert (data["version"], data["file"]) == (checking.VERSION, "checked_as_json.py")
    power, total = data["diagnostics"]
    assert (power["code"], power["severity"], power["help"]) == (
        "operator",
        "error",
        "for powers of two write `1 << n`, else `int_power(x, n)` of tracewright.lib.numbers",
    )
    first, second = total["labels"]
    assert (first["line"], first["column"], first["end_column"], first["primary"]) == (6, 12, 16, True)
    assert (second["line"], second["text"], second["primary"]) == (5, "the result is declared here", False)
    assert Path(first["path"]) == path


def test_an_answer_is_kept_until_the_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "kept_answer.py", GOOD)
    first = check_file(str(path))
    assert not first.failed()
    checked: list[Path] = []
    monkeypatch.setattr(checking, "_check", noting(checked, first))
    assert check_file(str(path)) == first and not checked
    path.touch()  # the same text at another time
    assert check_file(str(path)) == first and not checked
    check_file(str(path), cached=False)
    assert checked == [path]
    path.write_text(BAD, encoding="utf-8")
    check_file(str(path))
    assert checked == [path, path]


@pytest.mark.parametrize("broken", ["def double(number: int) -> int\n", "import no_such_module_at_all\n"])
def test_the_answer_about_a_failed_import_is_not_kept(tmp_path: Path, broken: str) -> None:
    name = f"mended_helper_{len(broken)}"
    helper = written(tmp_path, f"{name}.py", broken)
    text = f"from {name} import double\n\n\ndef four() -> int:\n    return double(2)\n"
    path = written(tmp_path, f"imports_{name}.py", text)
    assert check_file(str(path)).failed()
    helper.write_text(GOOD, encoding="utf-8")
    assert not check_file(str(path)).failed()


def test_an_answer_is_not_kept_when_an_imported_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    helper = written(tmp_path, "helper_of_kept.py", GOOD)
    path = written(
        tmp_path,
        "imports_a_helper.py",
        "from helper_of_kept import double\n\n\ndef four() -> int:\n    return double(2)\n",
    )
    first = check_file(str(path))
    assert not first.failed()
    checked: list[Path] = []
    monkeypatch.setattr(checking, "_check", noting(checked, first))
    helper.write_text(BAD, encoding="utf-8")
    check_file(str(path))
    assert checked == [path]


def test_a_kept_answer_that_cannot_be_read_is_made_again(tmp_path: Path) -> None:
    path = written(tmp_path, "broken_answer.py", GOOD)
    check_file(str(path))
    (kept,) = (tmp_path / "cache" / "checks").iterdir()
    kept.write_text("{", encoding="utf-8")
    assert not check_file(str(path)).failed()
    assert json.loads(kept.read_text(encoding="utf-8"))["version"] == checking.VERSION


def test_what_only_runs_at_import_time_is_ordinary_python(tmp_path: Path) -> None:
    source = (
        "import math\n\n\n"
        "def _table() -> list[int]:\n    return [_entry(i) for i in range(4)]\n\n\n"
        "def _entry(i: int) -> int:\n    return math.isqrt(2**i)\n\n\n"
        "TABLE = _table()\n\n\n"
        "def lookup(index: int) -> int:\n    return TABLE[index]\n"
    )
    assert check_file(str(written(tmp_path, "table_at_import.py", source))).errors == ()
    used = check_file(
        str(written(tmp_path, "table_at_run_time.py", source + "\n\ndef again() -> int:\n    return _entry(3)\n"))
    )
    assert "library" in {error.code for error in used.errors}


PRELUDE = """
from tracewright.guest.tokens import TokenRules, TokenStream, tokenize

TokenStream(tokenize("one\\n  + two", TokenRules("", "+", "#"))).expect("+")
"""


def test_a_mistake_in_a_prelude_is_shown_with_its_own_place(tmp_path: Path) -> None:
    """And at the author's line: what goes wrong inside the framework is not his."""
    (finding,) = check_file(str(written(tmp_path, "language_with_prelude.py", PRELUDE))).errors
    assert finding.message == "the module cannot be imported: a guest program:1:1: '+' is missing before 'one'"
    assert Path(finding.labels[0].span.path).name == "language_with_prelude.py"
    assert finding.labels[0].span.line == 4


def test_a_lambda_of_the_module_is_checked_where_it_is_used(tmp_path: Path) -> None:
    path = written(tmp_path, "lambdas.py", "size = lambda text: len(text)\n")
    assert not check_file(str(path)).errors


def test_methods_of_classes_are_checked_too(tmp_path: Path) -> None:
    source = "class Pair:\n    def __init__(self, x: int) -> None:\n        self.x = x\n\n    def text(self) -> str:\n        return self.x\n"
    (error,) = check_file(str(written(tmp_path, "only_a_class.py", source))).errors
    assert (error.code, error.span.line) == ("type-mismatch", 6)


def test_warnings_do_not_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = (
        "from tracewright.hints import unroll_safe\n\n\n@unroll_safe\ndef double(x: int) -> int:\n    return x * 2\n"
    )
    path = written(tmp_path, "with_a_warning.py", source)
    assert main(["check", str(path)]) == 0
    text = capsys.readouterr().err
    assert text.startswith("warning: `double` has no loop") and text.endswith("1 function translated, 1 warning\n")


def test_unknown_switches_and_missing_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(written(tmp_path, "switches.py", GOOD)), "--sparkle"]) == 2
    assert "'--sparkle'" in capsys.readouterr().err
    assert main(["check", "not_there.py"]) == 1
    assert "not_there.py" in capsys.readouterr().err
