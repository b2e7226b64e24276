"""From a program's entry function to its executable: translate, emit C, compile, link."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType
from typing import final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tracewright.core.errors import DialectError
from tracewright.gc import native as collector
from tracewright.jit.codegen.contract import BackendMaker
from tracewright.jit.tables.assembly import ASSEMBLY
from tracewright.jit.warm import driver as jit_driver
from tracewright.translate.emit_c.build import RUNTIME_SOURCES, Build
from tracewright.translate.emit_c.errors import BuildError
from tracewright.translate.emit_c.guest_places import find_place_hooks
from tracewright.translate.emit_c.jit_hooks import HOOK_NAMES
from tracewright.translate.emit_c.modules import ProgramEmitter, foreign_sources
from tracewright.translate.emit_c.target import Target, host_target
from tracewright.translate.emit_c.view import ProgramView
from tracewright.translate.jitcode.assembler import fill_assembly
from tracewright.translate.program import Program, translate
from tracewright.translate.roomy_python import roomy_python


@final
@dataclass(slots=True)
class BuildReport:
    """How long each part of a build took, and what the compiler had to do."""

    seconds: dict[str, float] = field(default_factory=dict)
    functions: int = 0
    files: int = 0
    compiled: list[str] = field(default_factory=list)
    warnings: tuple[DialectError, ...] = ()

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


def backend_maker(target: Target) -> BackendMaker:
    """What makes the backend for the machine when the program first needs one."""
    if importlib.util.find_spec(target.backend.split(".")[0]) is None:
        raise BuildError(f"there is no JIT backend for {target.name}; build with --no-jit")
    makers = [
        value
        for value in vars(importlib.import_module(target.backend)).values()
        if isinstance(value, type) and issubclass(value, BackendMaker) and value is not BackendMaker
    ]
    made: BackendMaker = makers[0]()
    return made


def translate_with_jit(
    main: Callable[[], object], checked: bool = False, kept_in: Path | None = None, target: Target | None = None
) -> Program:
    """Translate a program together with the JIT, and write jitcode for what the JIT may trace. `kept_in`: see `translate`;
    without a `target` it is this machine."""
    hooks = [getattr(jit_driver, name) for name in (*HOOK_NAMES, "field_changed") if hasattr(jit_driver, name)]
    maker = backend_maker(target if target is not None else host_target())
    program = translate(main, [*collector_roots(), *hooks], checked, kept_in, maker)
    places = find_place_hooks(program.graphs, program.functions)
    location, note_place = (None, None) if places is None else (places.location, places.note)
    addressed = [*program.functions.values(), *program.function_values.values()]
    program.graphs.extend(fill_assembly(program, ASSEMBLY, location, note_place, addressed, watches_fields=True))
    return program


def emitter_of(program: Program, library: bool = False) -> ProgramEmitter:
    """The emitter for a translated program, its collector included."""
    view = ProgramView(program)
    outside = [*collector_roots(), *(getattr(jit_driver, name) for name in HOOK_NAMES if view.jit is not None)]
    return ProgramEmitter(view, kept=[program.graph_of(function) for function in outside], library=library)


def build_program(
    main: Callable[[], object],
    output: Path,
    jit: bool,
    jobs: int | None = None,
    progress: bool = False,
    cache: Path | None = None,
    library: bool = False,
    checked: bool = False,
    sanitizers: str = "",
    target: Target | None = None,
) -> BuildReport:
    """Build the executable, or the shared library, of a program whose entry function is `main`. In a `checked` one the
    language's own arithmetic stops the program where it would wrap. `sanitizers` is what -fsanitize= takes. Without a
    `target` it is for this machine."""
    report = BuildReport()
    target = target if target is not None else host_target()
    with shown_progress(progress) as step:
        build = Build(
            cache, jobs, lambda done, total, name: step(f"compiling {name}", done, total), library, sanitizers, target
        )
        build.begin()
        try:
            step("translating", 0, 0)
            with report.timed("translation"), roomy_python():
                if jit:
                    program = translate_with_jit(main, checked, build.cache, target)
                else:
                    program = translate(main, collector_roots(), checked, build.cache)
            report.functions = len(program.graphs)
            report.warnings = program.warnings
            step("emitting C", 0, 0)
            build.start(foreign_sources(program.graphs))
            with report.timed("C emission"), roomy_python():
                files = emitter_of(program, library).files()
            report.files = len(files) + len(RUNTIME_SOURCES)
            with report.timed("C compiler"):
                build.executable(files, output)
        finally:
            build.close()
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
