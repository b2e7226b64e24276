"""What one small object takes of the heap, in Ruff, JavaScript and Python, beside node and PyPy. It prints and never judges.

    python benchmarks/object_sizes.py --ruff build/ruff --js build/js --python build/python

A program keeps so many objects in one array; what a second program with four times as many takes more, divided by the difference, is one object's share
(less the array's own eight bytes). Ours say how many bytes of heap are in use; the peers say what is alive after a full collection.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

FEW, MANY = 100_000, 400_000
IN_USE = re.compile(r"^bytes of heap in use +(\d+)", re.MULTILINE)
FIELDS = "abcdefgh"
INSTANCES = (2, 4, 6, 8)


@dataclass(frozen=True)
class Kind:
    """What is made: declarations, and an expression in which `i` is a small int."""

    name: str
    declarations: str
    expression: str


def js_kinds() -> list[Kind]:
    classes = [
        Kind(
            f"instance of {n} fields",
            "class P { constructor(x) { " + "".join(f"this.{f} = x; " for f in FIELDS[:n]) + "} }",
            "new P(i)",
        )
        for n in INSTANCES
    ]
    return [
        *classes,
        Kind("array of 2", "", "[i, i]"),
        Kind("array of 0", "", "[]"),
        Kind("closure over a constant", "function f(x) { return () => x; }", "f(i)"),
        Kind("closure over a variable", "function f(x) { return () => x++; }", "f(i)"),
        Kind("map of 2", "", "new Map().set(1, i).set(2, i)"),
    ]


def python_kinds() -> list[Kind]:
    classes = [
        Kind(
            f"instance of {n} fields",
            "class P:\n  def __init__(self, x):\n    " + "; ".join(f"self.{f} = x" for f in FIELDS[:n]),
            "P(i)",
        )
        for n in INSTANCES
    ]
    slots = "class P:\n  __slots__ = ('a', 'b')\n  def __init__(self, x):\n    self.a = x; self.b = x"
    return [
        *classes,
        Kind("instance of 2 slots", slots, "P(i)"),
        Kind("array of 2", "", "[i, i]"),
        Kind("array of 0", "", "[]"),
        Kind("tuple of 2", "", "(i, i)"),
        Kind("closure over a constant", "def f(x):\n  return lambda: x", "f(i)"),
        Kind("map of 2", "", "{'a': i, 'b': i}"),
    ]


def ruff_kinds() -> list[Kind]:
    classes = [
        Kind(
            f"instance of {n} fields",
            "struct P { " + "".join(f"{f}: any, " for f in FIELDS[:n]) + "}",
            "P { " + ", ".join(f"{f}: i" for f in FIELDS[:n]) + " }",
        )
        for n in INSTANCES
    ]
    return [
        *classes,
        Kind("array of 2", "", "[i, i]"),
        Kind("array of 0", "", "[]"),
        Kind("closure over a constant", "func f(x) { return func() { return x } }", "f(i)"),
        Kind("map of 2", "", '{"a": i, "b": i}'),
    ]


def js_program(kind: Kind, count: int) -> str:
    return f"""{kind.declarations}
const kept = new Array({count}).fill(0);
for (let i = 0; i < {count}; i++) kept[i] = {kind.expression};
gc();
console.log(process.memoryUsage().heapUsed, kept.length);
"""


def python_program(kind: Kind, count: int) -> str:
    return f"""import gc
{kind.declarations}
def main():
    kept = [0] * {count}
    for i in range({count}):
        kept[i] = {kind.expression}
    return kept
kept = main()
gc.collect()
statistics = getattr(getattr(gc, "get_stats", list)(), "_s", None)
print(statistics.total_gc_memory if statistics else 0, len(kept))
"""


def ruff_program(kind: Kind, count: int) -> str:
    return f"""{kind.declarations}
mut kept := []
mut i := 0
while i < {count} {{
    kept := push(kept, {kind.expression})
    i := i + 1
}}
print(len(kept))
"""


def heap_bytes(command: Sequence[str], extension: str, text: str, folder: Path) -> int:
    """Run a program; what it had on the heap when it ended."""
    file = folder / f"program.{extension}"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run([*command, str(file)], capture_output=True, text=True, check=True)
    said = IN_USE.search(done.stderr)
    return int(said[1]) if said else int(done.stdout.split()[0])


def bytes_per_object(
    command: Sequence[str], extension: str, program: Callable[[Kind, int], str], kind: Kind, folder: Path
) -> int:
    """One object's share."""
    few = heap_bytes(command, extension, program(kind, FEW), folder)
    many = heap_bytes(command, extension, program(kind, MANY), folder)
    return round((many - few) / (MANY - FEW)) - 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ruff", "js", "python"):
        parser.add_argument(f"--{name}", type=Path)
    options = parser.parse_args()
    columns: list[tuple[str, str, list[str], Callable[[Kind, int], str], list[Kind]]] = []
    if options.ruff:
        columns.append(("ruff", "ruff", [options.ruff, "--stats", "run"], ruff_program, ruff_kinds()))
    if options.js:
        columns.append(("js", "js", [options.js, "--stats", "--expose-gc"], js_program, js_kinds()))
    if shutil.which("node"):
        columns.append(("node", "js", ["node", "--expose-gc"], js_program, js_kinds()))
    if options.python:
        columns.append(("python", "py", [options.python, "--stats"], python_program, python_kinds()))
    if shutil.which("pypy3"):
        columns.append(("pypy", "py", ["pypy3"], python_program, python_kinds()))
    names = list(dict.fromkeys(kind.name for column in columns for kind in column[4]))
    print("| bytes | " + " | ".join(column[0] for column in columns) + " |")
    print("| --- |" + " ---: |" * len(columns))
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            cells = []
            for _, extension, command, program, kinds in columns:
                found = [kind for kind in kinds if kind.name == name]
                shares = [bytes_per_object(command, extension, program, kind, Path(folder)) for kind in found]
                cells.append(str(shares[0]) if shares else "")
            print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
