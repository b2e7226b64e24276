"""A small library, built here: how requests can end, seen from a host process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright.tools.toolchain import build_program
from tracewright_testing.samples import mute_guest, odd_guest

HOST = """
import sys
from pathlib import Path
import tracewright
from tracewright.embed import EmbedError
guest = tracewright.load(Path(sys.argv[1]))
for text in sys.argv[2:]:
    try:
        result = guest.run(text)
        print(result.exit_code, result.stdout)
    except EmbedError as error:
        print(type(error).__name__, error)
"""


@pytest.fixture(scope="module")
def odd_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("library") / "libodd.so"
    build_program(odd_guest.library, output, jit=False, library=True)
    return output


def conversation(library: Path, *texts: str) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", HOST, str(library), *texts]
    finished = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=60)
    assert finished.stderr == ""
    return finished.stdout.splitlines()


def test_requests_are_answered(odd_library: Path) -> None:
    assert conversation(odd_library, "abc", "été") == ["3 cba", "3 été"]


def test_an_exception_ends_the_request_only(odd_library: Path) -> None:
    raised, after = conversation(odd_library, "raise", "abc")
    assert raised.startswith("EmbedError uncaught ValueError: odd (raised in ") and after == "3 cba"


def test_a_guest_that_ends_the_process_dies_alone(odd_library: Path) -> None:
    """The host goes on, but the guest's heap is in an unknown state, so it answers no more."""
    died, after = conversation(odd_library, "leave", "abc")
    assert died == "LanguageDied the program ended the process with exit code 3"
    assert after.startswith("LanguageDied")


def test_a_library_without_an_entry_for_requests_says_so(tmp_path: Path) -> None:
    build_program(mute_guest.main, tmp_path / "libmute.so", jit=False, library=True)
    (answer,) = conversation(tmp_path / "libmute.so", "abc")
    assert answer.startswith("EmbedError the language answers no requests: its `main` must call `run_command`")


def test_only_the_entry_points_are_visible(odd_library: Path) -> None:
    names = subprocess.run(["nm", "-D", "--defined-only", odd_library], capture_output=True, text=True, check=True)
    visible = {line.split()[-1] for line in names.stdout.splitlines()}
    assert visible == {"tw_library_start", "tw_library_request", "tw_library_interrupt", "tw_library_text"}
