"""Kept translations: whatever is used again, the C text is the one that translating everything anew gives."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright.core.value import Value
from tracewright.tools.toolchain import collector_roots, emitter_of
from tracewright.translate.infer.function import services
from tracewright.translate.infer.translator import Translator
from tracewright.translate.kept.finding import Finder
from tracewright.translate.kept.naming import Namer
from tracewright.translate.program import translate
from tracewright_testing.native_programs import load

PROGRAMS = Path(__file__).parent / "programs"

MAIN = """
from shapes import Circle, Shape, Square
from total import Sum, areas


def unrelated(value: int) -> int:
    return value + 1


def main() -> int:
    found: list[Shape] = [Square(3), Circle(4)]
    names = {shape.name(): unrelated(shape.area()) for shape in found}
    total = Sum(0)
    for area in areas(found):
        total.add(area)
    try:
        return total.value // len(names)
    except ZeroDivisionError:
        return -1
"""

SHAPES = """
from typing import Final

from numbers_of_today import SCALE, SETTINGS, grown

UNIT: Final = 3


class Shape:
    def area(self) -> int:
        raise NotImplementedError

    def name(self) -> str:
        return "shape"


class Square(Shape):
    def __init__(self, side: int) -> None:
        self.side = side

    def area(self) -> int:
        return grown(self.side * self.side) * SCALE + SETTINGS.bonus


class Circle(Shape):
    def __init__(self, radius: int) -> None:
        self.radius = radius

    def area(self) -> int:
        return UNIT * self.radius * self.radius

    def name(self) -> str:
        return f"circle of {self.radius}"
"""

TOTAL = """
from shapes import Shape


class Sum:
    def __init__(self, value: int) -> None:
        self.value = value

    def add(self, other: int) -> None:
        self.value += other


def areas(shapes: list[Shape]) -> list[int]:
    return sorted([shape.area() for shape in shapes], key=lambda area: -area)
"""

NUMBERS = """
from dataclasses import dataclass
from pathlib import Path

SCALE = int(Path(__file__).with_name("scale.txt").read_text())


def doubled(number: int) -> int:
    return number * 2


def tripled(number: int) -> int:
    return number * 3


@dataclass(frozen=True)
class Settings:
    bonus: int


SETTINGS = Settings(int(Path(__file__).with_name("bonus.txt").read_text()))
grown = doubled if Path(__file__).with_name("choice.txt").read_text() == "double" else tripled
"""

# Prints what was translated anew, and a digest of all C files.
TRANSLATE = """
import hashlib, json, sys
from pathlib import Path
import main
from tracewright.tools.toolchain import collector_roots, emitter_of
from tracewright.translate.kept import store
from tracewright.translate.program import translate

fresh = []
note = store.Kept.note
store.Kept.note = lambda self, job, *rest: (fresh.append(job.graph.name), note(self, job, *rest))
program = translate(main.main, collector_roots(), kept_in=Path(sys.argv[1]) if sys.argv[1] else None)
texts = "".join(f"{file.name} {file.text}" for file in emitter_of(program).files())
print(json.dumps([fresh, hashlib.sha256(texts.encode("utf-8", "surrogatepass")).hexdigest()]))
"""


class Programs:
    """A small program in a folder, translated in processes of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = folder / "kept"
        for name, text in (("main", MAIN), ("shapes", SHAPES), ("total", TOTAL), ("numbers_of_today", NUMBERS)):
            self.write(f"{name}.py", text)
        self.write("scale.txt", "2")
        self.write("choice.txt", "double")
        self.write("bonus.txt", "1")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))

    def translate(self, kept: bool = True) -> tuple[list[str], str]:
        """The names of the functions translated anew, and the digest of the C text."""
        command = [sys.executable, "-c", TRANSLATE, str(self.kept) if kept else ""]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        fresh, digest = json.loads(done.stdout)
        return fresh, digest

    def check(self) -> set[str]:
        """Translate, compare with a translation that keeps nothing, and give the modules of what was translated anew."""
        fresh, digest = self.translate()
        assert self.translate(kept=False)[1] == digest
        return {name.split("[")[0].split(".")[0] for name in fresh}


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    made = Programs(tmp_path)
    assert {"main", "shapes", "total", "numbers_of_today", "tracewright"} <= made.check()
    return made


def test_what_did_not_change_is_not_translated_again(programs: Programs) -> None:
    assert [name for name in programs.translate()[0] if name != "total.areas"] == []  # its lambda is nobody else's
    assert programs.check() == {"total"}


@pytest.mark.parametrize(
    ("file", "old", "new", "touched"),
    [
        ("main.py", "value + 1", "value + 2", {"main", "total"}),
        ("total.py", "+= other", "+= other * 2", {"main", "total"}),
        ("shapes.py", "UNIT * self", "UNIT + self", {"main", "shapes", "total"}),
        ("shapes.py", "UNIT: Final = 3", "UNIT: Final = 4", {"main", "shapes", "total"}),
        ("scale.txt", "2", "5", {"main", "shapes", "total", "numbers_of_today"}),
        ("bonus.txt", "1", "4", {"main", "shapes", "total", "numbers_of_today"}),
        ("choice.txt", "double", "triple", {"main", "shapes", "total", "numbers_of_today"}),
    ],
)
def test_what_a_change_can_touch_is_translated_again(
    programs: Programs, file: str, old: str, new: str, touched: set[str]
) -> None:
    """That is: the changed module, and those that import it."""
    programs.replace(file, old, new)
    fresh = programs.check()
    assert fresh - {"tracewright"} == touched  # of the library, what was made for a changed class


def test_a_changed_class_changes_those_who_only_use_it(programs: Programs) -> None:
    programs.replace("shapes.py", "self.side = side", "self.weight = 1\n        self.side = side")
    assert programs.check() >= {"main", "total"}


def test_a_mistake_is_found_in_what_was_kept_before(programs: Programs) -> None:
    programs.replace(
        "shapes.py", "def area(self) -> int:\n        return UNIT", "def area(self) -> str:\n        return UNIT"
    )
    command = [sys.executable, "-c", TRANSLATE, str(programs.kept)]
    done = subprocess.run(command, cwd=programs.folder, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "area" in done.stderr and "shapes.py" in done.stderr


@pytest.mark.parametrize("path", sorted(PROGRAMS.glob("*.py")), ids=lambda path: path.stem)
def test_every_program_is_the_same_from_kept_functions(path: Path, tmp_path: Path) -> None:
    main = load(path).main

    def c_text(kept_in: Path | None) -> str:
        program = translate(main, collector_roots(), kept_in=kept_in)
        return "".join(f"{file.name} {file.text}" for file in emitter_of(program).files())

    first = c_text(tmp_path)
    assert first == c_text(tmp_path) == c_text(None)


def test_names_of_equal_numbers_differ() -> None:
    translator = Translator(services())
    values = [Value.of_int(1), Value.of_float(1.0), Value.of_float(0.0), Value.of_float(-0.0), Value.of_int(0)]
    names = [Namer(translator).name(value) for value in values]
    assert len(set(names)) == len(values)
    for value, name in zip(values, names, strict=True):
        found = Finder(translator).find(name)
        assert isinstance(found, Value) and repr(found.payload) == repr(value.payload)


def test_a_damaged_file_holds_nothing(programs: Programs) -> None:
    for path in programs.kept.iterdir():
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert programs.check() == {"main", "shapes", "total", "numbers_of_today", "tracewright"}
