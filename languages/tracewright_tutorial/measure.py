"""How much faster each hint makes the tutorial's language: `python -m tracewright_tutorial.measure`.

For every row an executable is built without the hint: the module is imported, the hint taken out of it, and what is left is
translated. The examples of the teaching languages are measured with the JIT and without. The results go to `measured.json`,
from which the tables in `languages/README.md` are written.
"""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Final, TypeVar, final

from tracewright.hints import HINTS, IMMUTABLE_FIELDS
from tracewright.tools.toolchain import build_program

FOLDER: Final = Path(__file__).parent
RESULTS: Final = FOLDER / "measured.json"
README: Final = FOLDER.parent / "README.md"
TEACHING: Final = ("forth", "lox", "moth")
RUNS: Final = 3
T = TypeVar("T")


# --- taking hints out ------------------------------------------------------------------------------------------------
def unpromoted(value: T) -> T:
    """What `promote` is without the JIT."""
    return value


def nothing(module: ModuleType) -> None:
    """All hints stay."""


def without_promote(module: ModuleType) -> None:
    """`promote` does nothing."""
    vars(module)["promote"] = unpromoted


def without_immutable(*classes: str) -> Callable[[ModuleType], None]:
    """These classes do not say which of their fields never change."""

    def remove(module: ModuleType) -> None:
        for name in classes:
            setattr(getattr(module, name), IMMUTABLE_FIELDS, ())

    return remove


def without_hints(function: str) -> Callable[[ModuleType], None]:
    """This function has no decorators of ours."""

    def remove(module: ModuleType) -> None:
        delattr(getattr(module, function), HINTS)

    return remove


# --- rows ------------------------------------------------------------------------------------------------------------
@final
@dataclass(frozen=True, slots=True)
class Row:
    """A program run by a step, complete or without a hint; `jit` are the knobs."""

    step: str
    program: str
    what: str
    remove: Callable[[ModuleType], None] = nothing
    jit: str = ""

    @property
    def main(self) -> bool:
        """Whether others of its step are compared with it."""
        return self.remove is nothing and self.jit == ""


ROWS: Final = (
    Row("step2_bytecode", "loop", "no JIT yet"),
    Row("step3_jit", "loop", "complete"),
    Row("step3_jit", "loop", "the JIT turned off", jit="off"),
    Row("step3_jit", "loop", "without `@immutable_fields` on `Code`", without_immutable("Code")),
    Row("step4_functions", "functions", "complete"),
    Row("step4_functions", "functions", "the JIT turned off", jit="off"),
    Row("step4_functions", "functions", "without `@immutable_fields` on `Code`, `Program`", without_immutable("Code", "Program")),
    Row("step4_functions", "functions", "without following calls (`inline_depth=0`)", jit="inline_depth=0"),
    Row("step5_closures", "closures", "complete"),
    Row("step5_closures", "closures", "the JIT turned off", jit="off"),
    Row("step5_closures", "closures", "without `@unroll_safe` on `new_closure`", without_hints("new_closure")),
    Row("step6_objects", "objects", "complete"),
    Row("step6_objects", "objects", "the JIT turned off", jit="off"),
    Row("step6_objects", "objects", "without `promote` of the shape", without_promote),
    Row("step6_objects", "objects", "without `@elidable` on `index_of`", without_hints("index_of")),
    Row("step6_objects", "objects", "without `@unroll_safe` on `new_object`", without_hints("new_object")),
)  # fmt: skip


def build(number: int, output: Path) -> None:
    """Build the executable of a row, in this process."""
    row = ROWS[number]
    module = importlib.import_module(f"tracewright_tutorial.{row.step}")
    row.remove(module)
    assert isinstance(module.main, FunctionType)
    build_program(module.main, output, jit=True)


def seconds(command: list[str]) -> float:
    """Processor time of a run, the best of several."""
    times = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return min(times)


def measured_steps(folder: Path) -> list[float]:
    """The times of all rows."""
    times = []
    built: dict[tuple[str, Callable[[ModuleType], None]], Path] = {}
    for number, row in enumerate(ROWS):
        executable = built.setdefault((row.step, row.remove), folder / f"row{number}")
        if not executable.exists():
            subprocess.run([sys.executable, "-m", __spec__.name, "build", str(number), str(executable)], check=True)
        switches = ["--jit", row.jit] if row.jit else []
        times.append(seconds([str(executable), "run", *switches, str(FOLDER / "programs" / f"{row.program}.tut")]))
        sys.stderr.write(f"{row.step} {row.what}: {times[-1]:.3f} s\n")
    return times


def examples() -> list[Path]:
    """The example programs of the teaching languages."""
    folders = [FOLDER.parent / f"tracewright_{name}" / "examples" for name in TEACHING]
    return [path for folder in folders for path in sorted(folder.iterdir())]


def measured_examples(folder: Path) -> list[tuple[float, float]]:
    """Their times without the JIT, and with it."""
    times = []
    for path in examples():
        language = path.suffix.removeprefix(".")
        executable = folder / language
        if not executable.exists():
            command = [sys.executable, "-m", "tracewright", "build", language, "-o", str(executable)]
            subprocess.run(command, check=True)
        run = [str(executable), "run"]
        times.append((seconds([*run, "--jit", "off", str(path)]), seconds([*run, str(path)])))
        sys.stderr.write(f"{path.name}: {times[-1]}\n")
    return times


def ratio(slow: float, fast: float) -> str:
    factor = slow / max(fast, 0.001)
    return f"{factor:.0f}×" if factor >= 3 else f"{factor:.1f}×"


def step_table(times: list[float]) -> str:
    """The rows as a table; how much slower each is than its step complete."""
    lines = ["| step | program | what | seconds | complete is faster by |", "| --- | --- | --- | ---: | ---: |"]
    complete = {row.step: time for row, time in zip(ROWS, times, strict=True) if row.main}
    for row, time in zip(ROWS, times, strict=True):
        factor = "" if row.main else ratio(time, complete[row.step])
        lines.append(f"| `{row.step}` | `{row.program}` | {row.what} | {time:.3f} | {factor} |")
    return "\n".join(lines) + "\n"


def example_table(times: list[list[float]]) -> str:
    """The examples as a table."""
    lines = ["| example | JIT off, seconds | JIT on | faster by |", "| --- | ---: | ---: | ---: |"]
    for path, (interpreted, compiled) in zip(examples(), times, strict=True):
        name = path.relative_to(FOLDER.parent).as_posix()
        lines.append(
            f"| [`{path.name}`]({name}) | {interpreted:.3f} | {compiled:.3f} | {ratio(interpreted, compiled)} |"
        )
    return "\n".join(lines) + "\n"


def line_count(name: str) -> int:
    """How many lines the modules of a teaching language have."""
    return sum(len(path.read_text().splitlines()) for path in (FOLDER.parent / f"tracewright_{name}").rglob("*.py"))


def with_tables(text: str, results: dict[str, list[list[float]]]) -> str:
    """The README with new tables and numbers between their marks."""
    steps = [time for (time,) in results["steps"]]
    parts = {
        "measured": "\n" + step_table(steps),
        "examples": "\n" + example_table(results["examples"]),
        **{name: str(line_count(name)) for name in TEACHING},
    }
    for mark, part in parts.items():
        begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
        head, rest = text.split(begin)
        text = head + begin + part + end + rest.split(end)[1]
    return text


def main(words: list[str]) -> None:
    if words and words[0] == "build":
        build(int(words[1]), Path(words[2]))
        return
    if not words:
        with tempfile.TemporaryDirectory() as folder:
            steps = [[round(time, 3)] for time in measured_steps(Path(folder))]
            pairs = [[round(time, 3) for time in pair] for pair in measured_examples(Path(folder))]
        RESULTS.write_text(json.dumps({"steps": steps, "examples": pairs}, indent=1) + "\n")
    README.write_text(with_tables(README.read_text(), json.loads(RESULTS.read_text())))  # `tables`: only this


if __name__ == "__main__":
    main(sys.argv[1:])
