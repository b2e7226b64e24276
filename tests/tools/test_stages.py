"""`tracewright show`: each form of the functions in `stages/sums.py` is compared with the text beside it."""

import re
from pathlib import Path

import pytest

from tracewright.command_line import SHOWN_FORMS, main
from tracewright.core.errors import DialectErrors
from tracewright.tools.languages import LanguageError
from tracewright.tools.stage_view import FORMS, show_stage
from tracewright.translate.emit_c.errors import NothingToTranslate

FOLDER = Path(__file__).parent / "stages"
SOURCE = FOLDER / "sums.py"
# Jitcode has class ids as numbers, which change with the library.
CLASS_IDS = re.compile(r"(new_\w+ r\d+ <- |store_item \w+ \w+ \w+ |load_item r\d+ <- \w+ \w+ )\d+")


def test_the_command_offers_all_forms() -> None:
    assert tuple(FORMS) == SHOWN_FORMS


@pytest.mark.parametrize("form", FORMS)
def test_golden(form: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)  # places are shown from where one is
    shown = CLASS_IDS.sub(r"\1CLASS", show_stage(str(SOURCE), form).replace(str(SOURCE), "sums.py"))
    golden = FOLDER / f"sums.{form}"
    if request.config.getoption("--update-golden"):
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


def test_one_function_is_shown_by_its_name_or_its_last_part() -> None:
    by_name = show_stage(f"{SOURCE}:Square.area", "flow")
    assert by_name.startswith("function sums.Square.area(self: Square) -> int\n")
    assert by_name.count("function ") == 1
    assert show_stage(f"{SOURCE}:area", "flow").count("function ") == 3


def test_modules_are_named_as_in_an_import() -> None:
    shown = show_stage("tracewright.guest.instructions:opcode", "types")
    assert "word: int" in shown


def test_a_languages_function_is_shown_as_its_executable_has_it() -> None:
    shown = show_stage("ruff:as_function", "jitcode")
    assert "tracewright_ruff.calls.as_function: 1 parameters" in shown


def test_functions_that_the_tracer_only_calls_say_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "jitcode", "tracewright_ruff.display:display_text"]) == 0
    assert capsys.readouterr().out == (
        "tracewright_ruff.display.display_text: none; the tracer calls it (dont_look_inside)\n"
    )


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(NothingToTranslate, match="no function 'missing'"):
        show_stage(f"{SOURCE}:missing", "flow")
    with pytest.raises(NothingToTranslate, match="neither a file"):
        show_stage("no_such_module", "flow")


def test_errors_are_shown_where_the_function_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "half_dialect.py"
    path.write_text("def good(a: int) -> int:\n    return a\n\n\ndef bad(a: int) -> int:\n    return a**a\n")
    assert "function half_dialect.good" in show_stage(f"{path}", "flow")
    with pytest.raises(DialectErrors):
        show_stage(f"{path}:bad", "flow")


GUEST = "func up(n) {\n    return n + 1\n}\nprint(up(2))\n"


def test_guest_programs_are_shown_as_tokens_and_bytecode(tmp_path: Path) -> None:
    path = tmp_path / "up.ruff"
    path.write_text(GUEST)
    tokens = show_stage(str(path), "tokens").splitlines()
    assert sum('Identifier("n")' in line for line in tokens) == 2
    bytecode = show_stage(str(path), "bytecode")
    assert "up: 1 parameters" in bytecode
    assert "add_int" in bytecode.lower()
    (tmp_path / "wrong.ruff").write_text("x := := 1")
    assert f"{tmp_path / 'wrong.ruff'}:1:6" in show_stage(str(tmp_path / "wrong.ruff"), "bytecode")


def test_forms_belong_to_what_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "up.ruff"
    path.write_text(GUEST)
    with pytest.raises(LanguageError, match="no form 'flow'; they have: tokens, bytecode"):
        show_stage(str(path), "flow")
    with pytest.raises(LanguageError, match="'tokens' is a form of guest programs"):
        show_stage(str(SOURCE), "tokens")
