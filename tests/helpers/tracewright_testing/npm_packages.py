"""Packages that people use, installed by npm, each doing its main job under node and under a `js`: the output must be the same.

    python -m tracewright_testing.npm_packages js            installs into a folder that goes away afterwards
    python -m tracewright_testing.npm_packages js --folder /tmp/packages acorn marked

The jobs are `npm_jobs/*.js`, one for each package. With `--folder` an earlier installation is used again. Times are whole processes, the better of two.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

JOBS: Final = Path(__file__).parent / "npm_jobs"
PACKAGES: Final = {  # with the versions that the jobs were written for
    "acorn": "8",
    "ajv": "8",
    "async": "3",
    "bluebird": "3",
    "chalk": "4",
    "cheerio": "1",
    "commander": "14",
    "csv-parse": "7",
    "date-fns": "4",
    "dayjs": "1",
    "ejs": "7",
    "escodegen": "2",
    "eslint": "10",
    "esprima": "4",
    "express": "4",
    "fast-xml-parser": "5",
    "fs-extra": "11",
    "glob": "14",
    "handlebars": "4",
    "htmlparser2": "12",
    "immutable": "5",
    "js-yaml": "4",
    "jszip": "3",
    "katex": "0.19",
    "lodash": "4",
    "luxon": "3",
    "markdown-it": "15",
    "marked": "4",
    "mathjs": "15",
    "minimist": "1",
    "moment": "2",
    "mustache": "4",
    "nunjucks": "3",
    "pako": "3",
    "pegjs": "0.10",
    "postcss": "8",
    "prettier": "3",
    "pug": "3",
    "ramda": "0.32",
    "rxjs": "7",
    "semver": "7",
    "terser": "5",
    "toml": "5",
    "typescript": "5",
    "uglify-js": "3",
    "underscore": "1",
    "uuid": "9",
    "winston": "3",
    "ws": "8",
    "yaml": "2",
    "yargs": "18",
    "zod": "4",
}
SECONDS: Final = 120  # for one job
ROUNDS: Final = 2


@dataclass
class Outcome:
    """What a process did."""

    code: int
    output: str
    errors: str
    seconds: float


def is_possible() -> bool:
    """Whether node and npm are installed."""
    return shutil.which("node") is not None and shutil.which("npm") is not None


def install(folder: Path) -> None:
    """Install all packages and put the jobs beside them. Raises CalledProcessError."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in PACKAGES if not (folder / "node_modules" / name).exists()]
    if missing:
        (folder / "package.json").write_text('{"private": true}')
        words = [f"{name}@{PACKAGES[name]}" for name in missing]
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--silent", *words], cwd=folder, check=True, timeout=300
        )
    for job in JOBS.glob("*.js"):
        shutil.copy(job, folder / job.name)


def run(command: list[str], job: Path) -> Outcome:
    """Do a job, twice for the time of it."""
    best = float("inf")
    for _ in range(ROUNDS):
        before = time.perf_counter()
        try:
            finished = subprocess.run(
                [*command, str(job)],
                capture_output=True,
                text=True,
                check=False,
                timeout=SECONDS,
                env={**os.environ, "TZ": "UTC"},
            )
        except subprocess.TimeoutExpired:
            return Outcome(-1, "", f"not done after {SECONDS} seconds", float(SECONDS))
        best = min(best, time.perf_counter() - before)
    return Outcome(finished.returncode, finished.stdout, finished.stderr, best)


def difference(ours: Outcome, theirs: Outcome) -> str:
    """What is not the same, in a line; empty where nothing is."""
    if ours.code != theirs.code:
        return f"exit code {ours.code}, node {theirs.code}: {ours.errors.strip()[:300]}"
    if ours.output == theirs.output:
        return ""
    mine, other = ours.output.splitlines(), theirs.output.splitlines()
    for number, (left, right) in enumerate(zip(mine, other, strict=False), 1):
        if left != right:
            return f"line {number}: {left[:120]!r}, node {right[:120]!r}"
    return f"{len(mine)} lines, node {len(other)}"


def main() -> int:
    """The command; gives 1 where an output differs."""
    parser = argparse.ArgumentParser(description="Runs npm packages under node and under js.")
    parser.add_argument("js", help="the command to compare with node")
    parser.add_argument("packages", nargs="*", help="only these")
    parser.add_argument("--folder", type=Path, help="where the packages are, or are installed")
    arguments = parser.parse_intermixed_args()
    if not is_possible():
        print("node and npm are needed")
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        install(folder)
        names = sorted(
            job.name for job in JOBS.glob("*.js") if not arguments.packages or job.stem in arguments.packages
        )
        jobs = [folder / name for name in names]
        failed = 0
        for job in jobs:
            theirs = run(["node"], job)
            ours = run(arguments.js.split(), job)
            said = difference(ours, theirs)
            failed += said != ""
            times = f"{ours.seconds * 1000:8.0f} ms, node {theirs.seconds * 1000:6.0f} ms"
            print(f"{job.stem:12} {times}  {said or 'same output'}", flush=True)
    print(f"{len(jobs) - failed} of {len(jobs)} packages do their job with node's output")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
