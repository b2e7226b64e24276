"""What a build does again after an edit."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracewright.tools.executables import built_executable
from tracewright.tools.languages import language_named
from tracewright.tools.toolchain import BuildReport, build_program

MAIN = """
from tracewright.core.system import write_output
from rebuilt_package.shapes import area_of


def main() -> int:
    write_output(f"{area_of(3)}".encode())
    return 0
"""
# Too large to be copied into the modules that call it.
SHAPES = """
class Shape:
    def __init__(self, side: int) -> None:
        self.side = side


def area_of(side: int) -> int:
    total = 0
    shapes = [Shape(side), Shape(side + 1)]
    for shape in shapes:
        for _ in range(shape.side):
            total += shape.side * FACTOR
    return total
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    package = tmp_path / "rebuilt_package"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "program.py").write_text(MAIN)
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    forget()


def forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "rebuilt_package"]:
        del sys.modules[name]


def build(folder: Path, factor: int) -> BuildReport:
    forget()
    shapes = folder / "rebuilt_package" / "shapes.py"
    shapes.write_text(SHAPES.replace("FACTOR", str(factor)))
    importlib.invalidate_caches()
    main = importlib.import_module("rebuilt_package.program").main
    return build_program(main, folder / "program", jit=False, jobs=2, cache=folder / "cache")


def test_an_edit_recompiles_its_own_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # the edits have one size and may have one time
    first = build(folder, 10)
    assert len(first.compiled) == first.files > 10
    assert build(folder, 10).compiled == []
    assert build(folder, 20).compiled == ["rebuilt_package.program.c"], (
        "the package is small, so one file for both modules"
    )
    assert build(folder, 10).compiled == [], "and what was compiled once is kept"


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_damaged_files_of_the_cache_are_made_again(folder: Path) -> None:
    build(folder, 10)
    expected = (folder / "program").read_bytes()
    cache = folder / "cache"
    damage(next(cache.glob("rebuilt_package.program-*.o")))
    damage(next(cache.glob("include_*/*.h")))
    for kept in (
        path for path in cache.rglob("*") if path.is_file() and path.suffix not in (".o", ".h", ".c", ".s", ".sum")
    ):
        if kept.stat().st_size > 0:
            damage(kept)
    assert build(folder, 10).compiled == ["rebuilt_package.program.c"]
    assert (folder / "program").read_bytes() == expected


def test_a_damaged_executable_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACEWRIGHT_CACHE", str(tmp_path / "cache"))
    built: list[Path] = []

    def write_program(main: object, output: Path, *further: object, **named: object) -> None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(b"\x7fELF and more")
        built.append(output)

    monkeypatch.setattr("tracewright.tools.toolchain.build_program", write_program)
    language = language_named("forth")
    executable = built_executable(language, jit=True)
    assert built_executable(language, jit=True) == executable
    assert len(built) == 1
    damage(executable)
    assert built_executable(language, jit=True).read_bytes() == b"\x7fELF and more"
    assert len(built) == 2
    executable.write_bytes(b"\x7fELF")  # the disk was full
    built_executable(language, jit=True)
    assert len(built) == 3
    damage(executable.with_name(executable.name + ".sum"))
    built_executable(language, jit=True)
    assert len(built) == 4
