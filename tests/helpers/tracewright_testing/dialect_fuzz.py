"""Compares random dialect programs hosted and native: what they write must be the same.

python -m tracewright_testing.dialect_fuzz --count 5000                   so many functions, 500 to an executable
python -m tracewright_testing.dialect_fuzz --count 500 --seed 7 --sanitize address,undefined
python -m tracewright_testing.dialect_fuzz --count 500 --optimize        compiled as programs usually are: takes long
"""

import argparse
import itertools
import os
import re
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracewright.core.errors import DialectErrors
from tracewright.translate.emit_c.errors import BuildError
from tracewright_testing.dialect_generator import random_dialect_program
from tracewright_testing.native_programs import build, module_from_text, run_hosted

FUNCTIONS_IN_PROGRAM = 500
STRESS = "50"  # sanitized programs collect at every so many allocations


@dataclass(frozen=True)
class Difference:
    """A function that does not do the same both ways, or is not translated."""

    seed: int
    function: str
    message: str
    text: str

    def __str__(self) -> str:
        return f"seed {self.seed}, {self.function}: {self.message}\n{self.text}"


def compare_program(
    text: str, folder: Path, seed: int, sanitizers: str = "", optimized: bool = False
) -> list[Difference]:
    """Run the program both ways; the first difference of each function, or what stopped the build."""
    name = f"random_dialect_{seed}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # CPython finds some random comparisons strange
        module = module_from_text(name, text, folder)
    hosted = run_hosted(folder / f"{name}.py", [path for path in sys.path if path])
    if hosted.returncode != 0:
        return [Difference(seed, "main", "hosted run failed", hosted.stderr.decode()[-2000:])]
    try:
        build(module, folder / name, sanitizers=sanitizers, optimized=optimized)
    except (DialectErrors, BuildError, AssertionError) as error:
        return [Difference(seed, "main", f"{type(error).__name__}", str(error)[:6000])]
    finally:
        sys.modules.pop(name, None)
    environment = dict(os.environ)
    if sanitizers:
        environment |= {"UBSAN_OPTIONS": "print_stacktrace=1", "TRACEWRIGHT_GC_STRESS": STRESS}
    native = subprocess.run([str(folder / name)], capture_output=True, timeout=120, check=False, env=environment)
    found = differences(text, hosted.stdout.decode(), native.stdout.decode(errors="replace"), seed)
    if native.returncode != 0 or native.stderr:
        message = f"native exit code {native.returncode}: {native.stderr.decode(errors='replace')[:3000]}"
        found.insert(0, Difference(seed, "main", message, ""))
    return found


def differences(text: str, hosted: str, native: str, seed: int) -> list[Difference]:
    """The first line that differs, for each function."""
    found: dict[str, Difference] = {}
    for left, right in itertools.zip_longest(hosted.splitlines(), native.splitlines(), fillvalue=""):
        function = (left or right).partition(" ")[0]
        if left != right and function not in found:
            message = f"hosted and native differ\n  {left}\n  {right}"
            found[function] = Difference(seed, function, message, source_of(text, function))
    return list(found.values())


def source_of(text: str, function: str) -> str:
    """The text of one function of a random program."""
    match = re.search(rf"^def {function}\(.*?(?=^\S)", text, re.MULTILINE | re.DOTALL)
    return match[0] if match else ""


def main(words: Sequence[str] | None = None) -> int:
    """The command; the exit code is 1 if anything differed."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--count", type=int, default=0, help="functions to try; 0: on and on")
    reader.add_argument("--seed", type=int, default=0, help="seed of the first program")
    reader.add_argument("--sanitize", default="", help="sanitizers of the C compiler, such as `undefined`")
    reader.add_argument("--optimize", action="store_true", help="let the C compiler optimize the program itself too")
    reader.add_argument("--keep", type=Path, help="where programs that differ go")
    options = reader.parse_args(words)
    size = min(options.count or FUNCTIONS_IN_PROGRAM, FUNCTIONS_IN_PROGRAM)
    programs = -(-options.count // size) if options.count else sys.maxsize
    failures = 0
    for seed in range(options.seed, options.seed + programs):
        text = random_dialect_program(seed, size)
        with tempfile.TemporaryDirectory() as folder:
            found = compare_program(text, Path(folder), seed, options.sanitize, options.optimize)
        for difference in found:
            print(difference, flush=True)
        failures += len(found)
        if found and options.keep is not None:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"dialect_{seed}.py").write_text(text, encoding="utf-8")
    print(f"{failures} functions failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
