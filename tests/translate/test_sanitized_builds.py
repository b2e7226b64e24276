"""Programs built with the C compiler's sanitizers do what they always do, and say so when memory is used that is no object."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright_testing.native_programs import build, module_from_text, run_hosted
from tracewright_testing.samples import everything
from tracewright_testing.sanitizers import why_without

SANITIZERS = "address,undefined"
REASON = why_without(SANITIZERS)
pytestmark = pytest.mark.skipif(REASON != "", reason=REASON)

ASTRAY = '''"""Remembers where an object was in a way that the collector does not see, and looks there again."""

from tracewright.core.memory import address_of, load64
from tracewright.core.system import argument, write_output

FIELD = 8
PAST_THE_END = 120  # an object of thirteen fields ends at 112


class Thing:
    def __init__(self, number: int) -> None:
        self.number = number
        self.next: Thing | None = None  # so many fields that nothing else here has cells of that size
        self.a = self.b = self.c = self.d = self.e = self.f = number
        self.g = self.h = self.i = self.j = self.k = number


def hidden(count: int) -> list[int]:
    """Where new objects lie, upside down."""
    return [~address_of(Thing(number)) for number in range(count)]


def churn(count: int) -> int:
    """Make and forget objects; some of them live a little."""
    kept: list[str] = []
    for number in range(count):
        kept.append(str(number))
        if len(kept) > 10:
            kept.clear()
    return len(kept)


def look(place: int, depth: int) -> int:
    return load64(~place + FIELD) if depth == 0 else look(place, depth - 1) + 1


def main() -> int:
    how = argument(0)
    neighbour = Thing(-1)  # as long as it lives, their block is not given to objects of other sizes
    places = hidden(50)
    place = places[25]
    if how == b"freed":
        churn(20000)
        for other in places:  # one of them may still stand where the stack was
            look(other, 2)
    elif how == b"past":
        place = places[49] - PAST_THE_END + FIELD
    write_output(str(look(place, 2) - 1 + neighbour.number).encode())
    return 0
'''


ODD_PLACES = '''"""Writes numbers where none of them would be aligned, as constants in machine code are not."""

from tracewright.core.memory import address_of, load16, load32, load64, store16, store32, store64
from tracewright.core.object_layout import BYTES_DATA_OFFSET
from tracewright.core.system import write_output


def main() -> int:
    data = b"." * 32
    place = address_of(data) + BYTES_DATA_OFFSET + 1
    store16(place, 1000)
    store32(place + 2, 2000)
    store64(place + 6, 3000)
    write_output(str(load16(place) + load32(place + 2) + load64(place + 6)).encode())
    return 0
'''


@pytest.fixture(scope="module")
def astray(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("astray")
    build(module_from_text("astray", ASTRAY, folder), folder / "program", sanitizers=SANITIZERS)
    return folder / "program"


def run(program: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([program, *words], capture_output=True, text=True, check=False, timeout=100)


def test_a_living_object_may_be_read(astray: Path) -> None:
    result = run(astray, "living")
    assert (result.stdout, result.stderr, result.returncode) == ("25", "", 0)


@pytest.mark.parametrize("how", ["freed", "past"])
def test_what_is_no_object_is_not_read(astray: Path, how: str) -> None:
    result = run(astray, how)
    assert result.stdout == ""
    assert "use-after-poison" in result.stderr
    assert result.returncode != 0
    assert "astray_look" in result.stderr and "astray.py" in result.stderr  # the report names the dialect's source ...
    assert "astray_main" in result.stderr  # ... and who called


def test_raw_memory_need_not_be_aligned(tmp_path: Path) -> None:
    build(module_from_text("odd_places", ODD_PLACES, tmp_path), tmp_path / "program", sanitizers=SANITIZERS)
    result = run(tmp_path / "program")
    assert (result.stdout, result.stderr, result.returncode) == ("6000", "", 0)


def test_sanitized_equals_hosted(tmp_path: Path) -> None:
    build(everything, tmp_path / "everything", sanitizers=SANITIZERS)
    hosted = run_hosted(Path(everything.__file__ or ""), [path for path in sys.path if path])
    for stress in ("", "3"):
        environment = {**os.environ, "TRACEWRIGHT_GC_STRESS": stress}
        native = subprocess.run(
            [tmp_path / "everything"], capture_output=True, env=environment, timeout=100, check=False
        )
        assert native.stderr == b""
        assert native.stdout == hosted.stdout != b""
