"""The cache of compiled modules: what it gives back, and that nothing but what this build has written of this very source is used."""

import os
import subprocess
from pathlib import Path

import pytest

from tracewright_python.bytecode import Code
from tracewright_python.bytecode_file import written
from tracewright_python.bytecode_reader import CodeReader, Damaged
from tracewright_python.execution import new_session
from tracewright_python.importing import module_code
from tracewright_python.module_cache import HEAD, cache_file, cached_code, source_of
from tracewright_python.namespaces import Namespace
from tracewright_python.session import Session
from tracewright_testing.python_programs import result_of

MODULE = '''\
"""A bit of everything that code consists of."""

from dataclasses import dataclass

NUMBERS = (1, -2.5, 3j, 10**30, 1 << 62, b"bytes", "text", "\\u20ac\\U0001f600", None, True, ..., (1, (2,)))


def outer(a, /, b=1, *more, c, **others):
    total = [a, b]

    def inner():
        nonlocal total
        return total, more, c, others, more.index(c, 0)

    try:
        return inner()
    except (ValueError, TypeError) as error:
        raise KeyError(f"{error!r:>{10}}") from error
    finally:
        total = None


async def waits(things):
    return [x async for x in things if x]


class Named(tuple):
    def first(self):
        return super().__getitem__(0)
'''


@pytest.fixture
def session(tmp_path: Path) -> Session:
    made = new_session()
    made.cache_folder = os.fsencode(tmp_path / "cache" / "below")
    made.caches_all = True
    return made


def module_in(folder: Path) -> str:
    path = folder / "everything.py"
    path.write_text(MODULE)
    return str(path)


def namespace_of(session: Session) -> Namespace:
    return Namespace(session.builtins)


def shape_of(code: Code) -> tuple[object, ...]:
    """What can be compared of a code, and of those inside of it."""
    inside = [value.as_object() for value in code.constants if value.is_object()]
    return (
        code.name,
        code.qualified_name,
        code.first_line,
        list(code.words),
        list(code.handlers.rows),
        list(code.lines.starts),
        list(code.variables),
        code.free_names,
        None if code.live_slots is None else list(code.live_slots),
        [shape_of(one) for one in inside if isinstance(one, Code)],
    )


def test_the_same_code_comes_back(session: Session, tmp_path: Path) -> None:
    file = module_in(tmp_path)
    assert cached_code(session, namespace_of(session), source_of(file)) is None
    compiled = module_code(session, namespace_of(session), file)
    kept = cached_code(session, namespace_of(session), source_of(file))
    assert kept is not None
    assert shape_of(kept) == shape_of(compiled)
    assert written(kept) == written(compiled)


def test_a_source_that_has_changed_is_compiled_anew(session: Session, tmp_path: Path) -> None:
    file = module_in(tmp_path)
    module_code(session, namespace_of(session), file)
    Path(file).write_text(MODULE + "\n")
    assert cached_code(session, namespace_of(session), source_of(file)) is None


def test_no_damaged_file_is_used(session: Session, tmp_path: Path) -> None:
    file = module_in(tmp_path)
    module_code(session, namespace_of(session), file)
    place = Path(os.fsdecode(cache_file(session, file)))
    whole = place.read_bytes()
    source = source_of(file)
    for index in range(0, len(whole), 1 + len(whole) // 400):
        place.write_bytes(whole[:index] + bytes([whole[index] ^ 1 << index % 8]) + whole[index + 1 :])
        assert cached_code(session, namespace_of(session), source) is None, index
    for length in (0, 1, HEAD - 1, HEAD, HEAD + 1, len(whole) - 1):
        place.write_bytes(whole[:length])
        assert cached_code(session, namespace_of(session), source) is None, length


def test_what_a_checksum_did_not_tell_is_refused_or_read(session: Session, tmp_path: Path) -> None:
    code = module_code(session, namespace_of(session), module_in(tmp_path))
    body = written(code)
    refused = 0
    for index in range(0, len(body), 1 + len(body) // 400):
        changed = body[:index] + bytes([body[index] ^ 1 << index % 8]) + body[index + 1 :]
        try:
            CodeReader(session, namespace_of(session), "x.py", changed, 0).module()
        except Damaged:
            refused += 1
    assert refused > 0


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    session = new_session()
    session.cache_folder = b"/proc/no/folder"
    assert module_code(session, namespace_of(session), module_in(tmp_path)).name == "<module>"


def test_native(python_executable: Path, tmp_path: Path) -> None:
    module_in(tmp_path)
    program = tmp_path / "program.py"
    program.write_text("import everything\nprint(everything.outer(1, 2, c=3, *(3, 4)), everything.NUMBERS)\n")
    variables = {"TRACEWRIGHT_PYTHON_CACHE": str(tmp_path / "cache")}
    first = result_of([str(python_executable)], program, variables)
    assert "exit code 0" in first
    files = list((tmp_path / "cache").glob("*-everything.twc"))
    assert len(files) == 1
    assert result_of([str(python_executable)], program, variables) == first
    files[0].write_bytes(files[0].read_bytes()[:-1] + b"?")
    assert result_of([str(python_executable)], program, variables) == first


def test_the_usual_place_keeps_the_library_only(python_executable: Path, tmp_path: Path) -> None:
    module_in(tmp_path)
    program = tmp_path / "program.py"
    program.write_text("import everything, textwrap\nprint(textwrap.dedent(' x'))\n")
    unset = ("TRACEWRIGHT_PYTHON_CACHE", "XDG_CACHE_HOME", "PYTHONDONTWRITEBYTECODE")
    named = {name: value for name, value in os.environ.items() if name not in unset}
    for number, (variables, words) in enumerate(
        [
            ({"HOME": str(tmp_path / "0")}, []),
            ({"HOME": str(tmp_path / "0"), "XDG_CACHE_HOME": str(tmp_path / "1" / ".cache")}, []),
            ({"HOME": str(tmp_path / "2"), "PYTHONDONTWRITEBYTECODE": "1"}, []),
            ({"HOME": str(tmp_path / "3")}, ["-B"]),
            ({"HOME": "/proc/no/home"}, []),
        ]
    ):
        run = subprocess.run(
            [str(python_executable), *words, str(program)], env={**named, **variables}, capture_output=True, check=True
        )
        assert run.stdout == b"x\n" and run.stderr == b""
        kept = [path.name.partition("-")[2] for path in (tmp_path / str(number)).glob(".cache/tracewright-python/*")]
        assert ("textwrap.twc" in kept) == (number < 2) and "everything.twc" not in kept
