"""The native executables that tests run: each built once per test session, whatever the number of worker processes."""

import fcntl
import functools
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

import tracewright
from tracewright.embed import EmbeddedLanguage

# Executables to test instead of building them.
EXECUTABLE_VARIABLES = {"ruff": "TRACEWRIGHT_RUFF", "javascript": "TRACEWRIGHT_JS", "python": "TRACEWRIGHT_PYTHON"}
C_COMPILERS = ("cc", "gcc", "clang")


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Let one process at a time in."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build_language(language: str, output: Path, target: str = "", more: Sequence[str] = ()) -> str:
    """Build a language's executable or library (`.so`), perhaps for another machine or with `more` switches; gives an empty text, or
    what the builder said when it failed."""
    switches = [*more, "--library"] if output.suffix == ".so" else [*more]
    switches += ["--target", target] if target else []
    finished = subprocess.run(
        [sys.executable, "-m", "tracewright", "build", language, *switches, "-o", str(output)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    if finished.returncode == 0 and output.exists():
        return ""
    return f"exit code {finished.returncode}\n{finished.stdout}\n{finished.stderr}"


def built_once(language: str, folder: Path, name: str = "", target: str = "") -> Path:
    """The executable (or the library `name`) in `folder`, which all worker processes share; a failed build is not tried
    again by each of them."""
    name = name or language
    output, problem = folder / name, folder / f"{name}.problem"
    with file_lock(folder / f"{name}.lock"):
        if problem.exists():
            pytest.fail(f"{language} was not built: {problem.read_text()}", pytrace=False)
        if not output.exists():
            said = build_language(language, output, target)
            if said != "":
                problem.write_text(said)
                pytest.fail(f"{language} was not built: {said}", pytrace=False)
    return output


def executable(language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of a language's native executable; skips where it cannot be built."""
    given = os.environ.get(EXECUTABLE_VARIABLES[language])
    if given:
        return Path(given).resolve()
    return built_once(language, shared_folder(tmp_path_factory))


@pytest.fixture(scope="session")
def ruff_executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The native `ruff`."""
    return executable("ruff", tmp_path_factory)


@pytest.fixture(scope="session")
def js_executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The native `js`."""
    return executable("javascript", tmp_path_factory)


@pytest.fixture(scope="session")
def python_executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The native `python`."""
    return executable("python", tmp_path_factory)


LIBRARY_VARIABLE = "TRACEWRIGHT_RUFF_LIBRARY"  # a library to test instead of building one


@pytest.fixture(scope="session")
def ruff_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of Ruff's shared library; skips where it cannot be built."""
    given = os.environ.get(LIBRARY_VARIABLE)
    if given:
        return Path(given).resolve()
    return built_once("ruff", shared_folder(tmp_path_factory), "libruff.so")


@functools.cache
def loaded_once(library: Path) -> EmbeddedLanguage:
    """The language of a library in this process, in which there is room for one."""
    return tracewright.load(library, time_limit=60.0)


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all worker processes of this test session find what one of them has built; skips without a C compiler."""
    if importlib.util.find_spec("tracewright.command_line") is None:
        pytest.skip("there is no `tracewright build` yet")
    if not any(shutil.which(name) for name in (os.environ.get("CC", "cc"), *C_COMPILERS)):
        pytest.skip("no C compiler")
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each worker has a folder of its own in the session's
    return folder
