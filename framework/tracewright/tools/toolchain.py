"""From a language to its executable: translate, emit C, compile, link; built executables are kept in the cache."""

from __future__ import annotations

import hashlib
import importlib.util
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType
from typing import Final, final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tracewright.gc import native as collector
from tracewright.hints import JitDriver
from tracewright.jit.codegen.contract import BackendMaker
from tracewright.jit.record.assembly import ASSEMBLY, Assembly
from tracewright.jit.warm import driver as jit_driver
from tracewright.jit.warm.state import JIT
from tracewright.tools.languages import Language
from tracewright.translate.emit_c.build import RUNTIME_SOURCES, Build, BuildError, cache_directory
from tracewright.translate.emit_c.jit_hooks import HOOK_NAMES
from tracewright.translate.emit_c.modules import ProgramEmitter
from tracewright.translate.emit_c.view import ProgramView
from tracewright.translate.jitcode.assembler import fill_assembly
from tracewright.translate.program import Program, translate

FRAMEWORK: Final = Path(__file__).parents[1]
SOURCE_SUFFIXES: Final = (".py", ".c", ".h", ".S")
EXECUTABLES_KEPT: Final = 4  # per language; older ones are deleted

# Which package makes machine code for which machine, as `platform.machine` names it.
BACKENDS: Final = {"x86_64": "tracewright_x86_64.native", "aarch64": "tracewright_aarch64.native"}


@final
@dataclass(slots=True)
class BuildReport:
    """How long each part of a build took, and what the compiler had to do."""

    seconds: dict[str, float] = field(default_factory=dict)
    functions: int = 0
    files: int = 0
    compiled: list[str] = field(default_factory=list)

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        self.seconds[part] = time.monotonic() - start

    def show(self) -> str:
        """One line."""
        parts = [f"{name} {seconds:.1f} s" for name, seconds in self.seconds.items()]
        return f"{self.functions} functions: {', '.join(parts)}; {len(self.compiled)} of {self.files} files compiled"


# --- translating -----------------------------------------------------------------------------------------------------
def collector_roots() -> list[FunctionType]:
    """The collector's functions that the C runtime calls."""
    return [
        value
        for value in vars(collector).values()
        if isinstance(value, FunctionType) and value.__module__ == collector.__name__
    ]


def backend_maker() -> BackendMaker:
    """What makes the backend for this machine when the program first needs one."""
    name = BACKENDS.get(platform.machine())
    if name is None or importlib.util.find_spec(name.split(".")[0]) is None:
        raise BuildError(f"there is no JIT backend for {platform.machine()}; build with --no-jit")
    makers = [
        value
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, type) and issubclass(value, BackendMaker) and value is not BackendMaker
    ]
    made: BackendMaker = makers[0]()
    return made


def translate_with_jit(main: Callable[[], object]) -> Program:
    """Translate a program together with the JIT, and write jitcode for what the JIT may trace."""
    JIT.backend_maker = backend_maker()
    for name, empty in vars(Assembly()).items():  # an earlier build in this process has filled it
        setattr(ASSEMBLY, name, empty)
    hooks = [getattr(jit_driver, name) for name in (*HOOK_NAMES, "field_changed") if hasattr(jit_driver, name)]
    program = translate(main, [*collector_roots(), *hooks])
    locations = [driver.location for driver in program.drivers if isinstance(driver, JitDriver)]
    location = program.functions.get(locations[0]) if locations and isinstance(locations[0], FunctionType) else None
    program.graphs.extend(fill_assembly(program, ASSEMBLY, location, program.functions.values(), watches_fields=True))
    return program


def emitter_of(program: Program) -> ProgramEmitter:
    """The emitter for a translated program, its collector included."""
    view = ProgramView(program)
    outside = [*collector_roots(), *(getattr(jit_driver, name) for name in HOOK_NAMES if view.jit is not None)]
    return ProgramEmitter(view, kept=[program.graph_of(function) for function in outside])


def build_program(
    main: Callable[[], object],
    output: Path,
    jit: bool,
    jobs: int | None = None,
    progress: bool = False,
    cache: Path | None = None,
) -> BuildReport:
    """Build the executable of a program whose entry function is `main`."""
    report = BuildReport()
    with shown_progress(progress) as step:
        step("translating", 0, 0)
        with report.timed("translation"):
            program = translate_with_jit(main) if jit else translate(main, collector_roots())
        report.functions = len(program.graphs)
        step("emitting C", 0, 0)
        with report.timed("C emission"):
            files = emitter_of(program).files()
        report.files = len(files) + len(RUNTIME_SOURCES)
        with report.timed("C compiler"):
            build = Build(cache, jobs, lambda done, total, name: step(f"compiling {name}", done, total))
            build.executable(files, output)
        report.compiled = build.compiled
    return report


Step = Callable[[str, int, int], None]


@contextmanager
def shown_progress(wanted: bool) -> Iterator[Step]:
    """A progress bar on standard error, if that is a terminal."""
    console = Console(stderr=True)
    if not wanted or not console.is_terminal:
        yield lambda text, done, total: None
        return
    columns = (TextColumn("{task.description:<48.48}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda text, done, total: bar.update(task, description=text, completed=done, total=total or None)


# --- built executables -----------------------------------------------------------------------------------------------
def fingerprint(folders: Sequence[Path]) -> str:
    """A hash that changes whenever a source file of these folders does (by path, size and time: reading them all is slow)."""
    digest = hashlib.sha256(f"{sys.version} {platform.machine()}".encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in SOURCE_SUFFIXES:
                status = path.stat()
                digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:20]


def source_folders(language: Language) -> list[Path]:
    """Where a language's executable comes from."""
    packages = [language.module.split(".")[0], *(name.split(".")[0] for name in BACKENDS.values())]
    specs = [importlib.util.find_spec(package) for package in packages]
    return [FRAMEWORK, *(Path(spec.origin).parent for spec in specs if spec is not None and spec.origin is not None)]


def built_executable(language: Language, jit: bool) -> Path:
    """The language's executable from the cache; built first if the sources have changed since."""
    folder = cache_directory() / "executables"
    kind = language.name if jit else f"{language.name}-plain"
    target = folder / f"{kind}-{fingerprint(source_folders(language))}"
    if not target.exists():
        if not sys.stderr.isatty():
            sys.stderr.write(f"tracewright: building {language.name}; this is needed once\n")
        build_program(language.main(), target, jit, progress=True)
        _forget_old(folder, kind)
    return target


def _forget_old(folder: Path, kind: str) -> None:
    known = sorted(folder.glob(f"{kind}-????????????????????"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in known[EXECUTABLES_KEPT:]:
        old.unlink(missing_ok=True)


def clear_cache() -> None:
    """Delete everything that builds have kept."""
    shutil.rmtree(cache_directory(), ignore_errors=True)
