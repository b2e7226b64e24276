"""How long building and checking a language takes, stage by stage: Ruff, and the small language of `tracewright new`.

python benchmarks/builds.py                  minutes; nothing is asserted

Works on a copy of the sources, with a cache of its own. Imports are what the wall time has beyond the stages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import final

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("framework", "backends", "languages")


@final
@dataclass(frozen=True)
class Edit:
    """A change of one line, which means the same and is not the same."""

    path: str
    old: str
    new: str


# Ruff's module of string quoting, which the display of values and all that prints use; its interpreter; the toy's.
QUOTING = Edit("languages/tracewright_ruff/quoting.py", "code < 32 or", "code <= 31 or")
INTERPRETER = Edit("languages/tracewright_ruff/interpreter.py", "from __future__", "# edited\nfrom __future__")
TOY = Edit("toy/toy/interpreter.py", '"""', '# edited\n"""')


@final
class Workshop:
    """The copy, the cache, and the commands run on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in SOURCES:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        paths = [str(folder / name) for name in (*SOURCES, "toy")]
        self.environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.empty_cache("cache")

    def empty_cache(self, name: str) -> None:
        self.environment["TRACEWRIGHT_CACHE"] = str(self.folder / name)

    def edit(self, edit: Edit) -> None:
        path = self.folder / edit.path
        text = path.read_text(encoding="utf-8")
        assert edit.old in text, f"{edit.path} has changed: choose another edit"
        path.write_text(text.replace(edit.old, edit.new, 1), encoding="utf-8")

    def run(self, label: str, *words: str) -> None:
        """Run `tracewright` and print the time, with what a build says of its stages."""
        start = time.perf_counter()
        command = [sys.executable, "-m", "tracewright", *words]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - start
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
        said = [line.partition(": ")[2] for line in done.stderr.splitlines() if "files compiled" in line]
        print(f"{label:38} {seconds:6.1f} s   {' '.join(said)}", flush=True)


def main() -> int:
    """Measure everything, in an order in which each build finds in the cache what a user's would."""
    with tempfile.TemporaryDirectory() as name:
        workshop = Workshop(Path(name))
        ruff = ("build", "ruff", "-o", "ruff-bin")
        toy = ("build", "./toy", "-o", "toy-bin")
        check = ("check", "languages/tracewright_ruff/target.py")
        subprocess.run(
            [sys.executable, "-m", "tracewright", "new", "toy"],
            cwd=name,
            env=workshop.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        workshop.run("Ruff, nothing in the cache", *ruff)
        workshop.run("Ruff, nothing changed", *ruff)
        workshop.edit(QUOTING)
        workshop.run("Ruff, a small module edited", *ruff)
        workshop.edit(INTERPRETER)
        workshop.run("Ruff, its interpreter edited", *ruff)
        workshop.run("a toy after another language", *toy)
        workshop.edit(TOY)
        workshop.run("the toy, its interpreter edited", *toy)
        workshop.run("checking Ruff for the first time", *check)
        workshop.run("... again", *check)
        workshop.edit(Edit(QUOTING.path, QUOTING.new, QUOTING.old))
        workshop.run("... a small module edited", *check)
        workshop.empty_cache("second cache")
        workshop.run("the toy, nothing in the cache", *toy)
        workshop.run("... without the JIT", *toy, "--no-jit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
