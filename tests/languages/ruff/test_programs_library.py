"""Every program in `programs/` in Ruff's library, inside this process: the same output, messages and exit codes."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tracewright.embed import EmbeddedLanguage
from tracewright.guest.embedding import FILE_NAME
from tracewright_testing.guest_programs import GuestProgram, Outcome, check_program, load_programs
from tracewright_testing.native import loaded_once, ruff_library

__all__ = ["ruff_library"]

# A host gives no words of a command line.
PROGRAMS = [program for program in load_programs(Path(__file__).parent / "programs", "*.ruff") if not program.arguments]


@dataclass(frozen=True)
class LibraryRunner:
    """Runs a program in the loaded language, which forgets everything first."""

    language: EmbeddedLanguage
    name: str = "library"

    def run(self, program: GuestProgram) -> Outcome:
        self.language.reset()
        result = self.language.run(program.path.read_text(encoding="utf-8"), input=program.input)
        return Outcome(result.stdout, result.stderr.replace(FILE_NAME, program.path.name), result.exit_code)


@pytest.fixture(scope="session")
def runner(ruff_library: Path) -> LibraryRunner:
    return LibraryRunner(loaded_once(ruff_library))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_program(program: GuestProgram, runner: LibraryRunner) -> None:
    check_program(program, runner)
