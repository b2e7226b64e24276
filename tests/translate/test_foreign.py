"""Foreign libraries: the chapter's example both ways, what the declarations are compared with, and libraries that are not there."""

import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tracewright.core.foreign import Library, MissingLibrary
from tracewright.core.foreign_headers import Header, Prototype
from tracewright.translate.emit_c.errors import BuildError
from tracewright_testing.native_programs import build, module_from_text

CHAPTER = Path(__file__).parents[2] / "framework" / "tracewright" / "core" / "foreign.md"
HAS_HEADER = shutil.which("gcc") is not None and Path("/usr/include/zlib.h").exists()


def example() -> str:
    return CHAPTER.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("foreign")


@pytest.fixture(scope="module")
def chapter(folder: Path) -> Iterator[ModuleType]:
    yield module_from_text("chapter_zlib", example(), folder)


def expected(word: str) -> str:
    data = word.encode() * 5000
    packed = zlib.compress(data, 9)
    lines = [f"{len(packed)} {zlib.crc32(data)} True", "incomplete data", "incorrect header check", "incomplete data"]
    return "\n".join([*lines, "there is no level 99", ""])


def test_hosted(
    chapter: ModuleType, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "argv", ["program", "héllo"])
    assert chapter.main() == 0
    sys.stdout.flush()
    assert capfdbinary.readouterr().out.decode() == expected("héllo")


def test_native(chapter: ModuleType, folder: Path) -> None:
    build(chapter, folder / "program", optimized=False)
    finished = subprocess.run([folder / "program", "héllo"], capture_output=True, check=False, timeout=60)
    assert (finished.stdout.decode(), finished.returncode) == (expected("héllo"), 0)


def test_a_program_that_does_not_use_the_library_does_not_open_it(chapter: ModuleType, folder: Path) -> None:
    build(chapter, folder / "program", optimized=False)
    shown = subprocess.run(["ldd", folder / "program"], capture_output=True, text=True, check=True)
    assert "libz" not in shown.stdout


# --- what zlib does not need -----------------------------------------------------------------------------------------
LIBC_PROGRAM = """
from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.foreign import (
    CAddress, CDouble, CInt, CLong, CSize, CText, CWords, Library, allocate, error_number, release, text_at
)
from tracewright.core.foreign_headers import Header
from tracewright.core.system import error_text, write_output

LIBC: Final = Library(["libc.so.6"], package="libc6")
STDIO_H: Final = Header("stdio.h", LIBC)
UNISTD_H: Final = Header("unistd.h", LIBC, types="typedef long ssize_t;")
ALSO_UNISTD_H: Final = Header("unistd.h", LIBC, types="typedef long ssize_t;")  # as if another module declared what it needs


@STDIO_H.function("int snprintf(char *, size_t, const char *, ...)", variadic=["double", "int"])
def print_float_and_int(target: CAddress, size: CSize, form: CText, real: CDouble, number: CInt) -> CInt:
    raise NotImplementedError


@STDIO_H.function("int snprintf(char *, size_t, const char *, ...)", variadic=["const char *"])
def print_text(target: CAddress, size: CSize, form: CText, text: CText) -> CInt:
    raise NotImplementedError


@STDIO_H.function("int snprintf(char *, size_t, const char *, ...)")
def print_nothing(target: CAddress, size: CSize, form: CText) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("ssize_t read(int, void *, size_t)")
def read(descriptor: CInt, target: CAddress, size: CSize) -> CLong:
    raise NotImplementedError


@ALSO_UNISTD_H.function("ssize_t read(int, void *, size_t)")
def read_word(descriptor: CInt, target: CWords, size: CSize) -> CLong:
    raise NotImplementedError


def main() -> int:
    place = allocate(100)
    count = print_float_and_int(place, 100, b"%.2f|%d", 2.5, -7)
    write_output(f"{count} {text_at(place).decode()}\\n".encode())
    print_text(place, 100, b"<%s>", b"text")
    write_output(text_at(place) + b"\\n")
    print_nothing(place, 100, b"100%%")
    write_output(text_at(place) + b"\\n")
    done = read(-1, place, 10)
    number = error_number()
    write_output(f"{done} {number} {error_text(number).decode()}\\n".encode())
    word: Array[int] = Array(1, 7)
    write_output(f"{read_word(-1, word, 8)} {word[0]}\\n".encode())
    release(place)
    return 0
"""
LIBC_OUTPUT = "7 2.50|-7\n<text>\n100%\n-1 9 Bad file descriptor\n-1 7\n"


def test_other_arguments_and_error_numbers(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    module = module_from_text("libc_program", LIBC_PROGRAM, folder)
    assert module.main() == 0
    sys.stdout.flush()
    assert capfdbinary.readouterr().out.decode() == LIBC_OUTPUT
    build(module, folder / "libc_program", optimized=False)
    finished = subprocess.run([folder / "libc_program"], capture_output=True, text=True, check=True, timeout=60)
    assert finished.stdout == LIBC_OUTPUT


# --- mistakes --------------------------------------------------------------------------------------------------------
@pytest.mark.skipif(not HAS_HEADER, reason="zlib.h is not installed")
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('ZLIB_H.constant("Z_DATA_ERROR", -3)', 'ZLIB_H.constant("Z_DATA_ERROR", -4)'),
        ('"avail_in": "unsigned int"', '"avail_in": "unsigned long"'),
        ("unsigned long crc32(unsigned long, const", "unsigned long crc32(unsigned int, const"),
        ('"int inflate(z_stream *, int)"', '"int inflate(z_stream *, unsigned int)"'),
    ],
)
def test_the_header_knows_better(right: str, wrong: str, folder: Path) -> None:
    text = example()
    assert right in text
    text = text.replace(right, wrong)
    for line in wrong, right:  # the Python types follow the wrong prototypes
        if line.startswith("unsigned long crc32(unsigned int"):
            text = text.replace("crc32(start: CLong", "crc32(start: CUnsigned")
        if "unsigned int)" in line and "inflate" in line:
            text = text.replace("inflate(stream: CAddress, flush: CInt)", "inflate(stream: CAddress, flush: CUnsigned)")
    module = module_from_text("wrong_zlib", text, folder)
    with pytest.raises(BuildError, match="foreign_zlib.c"):
        build(module, folder / "wrong", optimized=False)


def test_without_the_header_the_program_builds_too(folder: Path) -> None:
    module = module_from_text("headless_zlib", example().replace('"zlib.h"', '"no_such_header.h"'), folder)
    build(module, folder / "headless", optimized=False)
    finished = subprocess.run([folder / "headless", "x"], capture_output=True, text=True, check=True, timeout=60)
    assert finished.stdout == expected("x")


def test_a_missing_library_names_its_package(folder: Path) -> None:
    said = "libnone.so.1 or libnone.so.0 cannot be opened; it is in the package libnone1"
    text = example().replace('["libz.so.1"], package="zlib1g"', '["libnone.so.1", "libnone.so.0"], package="libnone1"')
    module = module_from_text("missing_zlib", text, folder)
    build(module, folder / "missing", optimized=False)
    finished = subprocess.run([folder / "missing", "x"], capture_output=True, text=True, check=False, timeout=60)
    assert (finished.stdout, finished.returncode) == (said + "\n", 1)
    with pytest.raises(MissingLibrary, match="package libnone1"):
        module.ZLIB.require()


# --- prototypes ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "result", "name", "parameters"),
    [
        ("int f(void)", "int", "f", []),
        ("const char *f(int)", "const char *", "f", ["int"]),
        ("int f(int, ...)", "int", "f", ["int"]),
        ("void f(char **, void (*)(void *, int), long)", "void", "f", ["char **", "void (*)(void *, int)", "long"]),
    ],
)
def test_prototypes(text: str, result: str, name: str, parameters: list[str]) -> None:
    prototype = Prototype(text)
    assert (prototype.result, prototype.name, prototype.parameters) == (result, name, parameters)


@pytest.mark.parametrize(
    ("prototype", "signature", "message"),
    [
        ("int f(int)", "() -> CInt", "differ in the number of parameters"),
        ("int f(int)", "(a: CAddress) -> CInt", "CAddress cannot be int of int f"),
        ("int f(char *)", "(a: CInt) -> CInt", "CInt cannot be char *"),
        ("long f(int)", "(a: CInt) -> CInt", "CInt cannot be long"),
        ("char *f(int)", "(a: CInt) -> CText", "C gives a CAddress"),
        ("int f(int)", "(a: str) -> CInt", "str cannot be int"),
    ],
)
def test_signatures_are_compared_with_prototypes(prototype: str, signature: str, message: str, folder: Path) -> None:
    head = example().split("ZLIB: Final")[0]
    text = f'{head}H = Header("h.h", Library([""], ""))\n\n\n@H.function("{prototype}")\ndef f{signature}:\n    raise NotImplementedError\n'
    with pytest.raises(TypeError, match=message.replace("*", r"\*")):
        module_from_text("compared", text, folder)


def test_other_arguments_are_for_functions_that_take_them() -> None:
    assert Prototype("int f(int, ...)", ["long", "char *"]).parameters == ["int", "long", "char *"]
    with pytest.raises(TypeError, match="takes no other arguments"):
        Prototype("int f(int)", ["long"])


def test_annotations_need_their_names() -> None:
    header = Header("h.h", Library([""], ""))

    def real(number: int) -> int:
        raise NotImplementedError

    with pytest.raises(TypeError, match="from __future__ import annotations"):
        header.function("int f(int)")(real)
