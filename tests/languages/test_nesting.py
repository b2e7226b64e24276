"""Text of any depth has one answer with a place, hosted and natively, in every language that has nested text."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import tracewright_lox.target
import tracewright_moth.target
import tracewright_ruff.target
import tracewright_tutorial.step1_calculator
import tracewright_tutorial.step6_objects
from tracewright_testing.guest_programs import CommandRunner, GuestProgram, HostedRunner
from tracewright_testing.native import built_once, shared_folder

TUTORIAL = Path(tracewright_tutorial.step1_calculator.__file__).parent
DEEP = 20_000


@dataclass(frozen=True)
class Language:
    name: str
    target: str
    main: Callable[[], int]
    before: str
    after: str
    limit: int

    def nested(self, opening: str, closing: str) -> str:
        return f"{self.before}{opening * DEEP}1{closing * DEEP}{self.after}\n"


LANGUAGES = [
    Language("lox", "lox", tracewright_lox.target.main, "print ", ";", 1000),
    Language("moth", "moth", tracewright_moth.target.main, "print ", "", 1000),
    Language("ruff", "ruff", tracewright_ruff.target.main, "print(", ")", 256),
    Language("step1", str(TUTORIAL / "step1_calculator.py"), tracewright_tutorial.step1_calculator.main, "print ", "", 1000),
    Language("step6", str(TUTORIAL / "step6_objects.py"), tracewright_tutorial.step6_objects.main, "print ", "", 1000),
]  # fmt: skip
NESTS = {"parentheses": ("(", ")"), "signs": ("- ", "")}


@pytest.mark.parametrize("nest", NESTS)
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_one_answer(language: Language, nest: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    if language.name == "step6" and nest == "signs":
        pytest.skip("this language has no signs")
    path = tmp_path / "deep.txt"
    path.write_text(language.nested(*NESTS[nest]))
    program = GuestProgram(path, "", [], 1)
    hosted = HostedRunner("hosted", language.main, ["run"]).run(program)
    executable = built_once(language.target, shared_folder(tmp_path_factory), language.name)
    native = CommandRunner("native", [str(executable), "run"]).run(program)
    assert hosted == native
    assert hosted.exit_code != 0
    assert ":1:" in hosted.errors
    assert str(language.limit) in hosted.errors
    assert "nest" in hosted.errors
