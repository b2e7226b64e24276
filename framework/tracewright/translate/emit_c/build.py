"""C and assembler text to an executable: compiled in parallel, every object file cached by the hash of what it was made from."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

from tracewright.translate.emit_c.cache import cache_directory, is_whole, prune, seal
from tracewright.translate.emit_c.errors import BuildError
from tracewright.translate.emit_c.layout import constants_header
from tracewright.translate.emit_c.source_file import SourceFile
from tracewright.translate.emit_c.target import Target, host_target

RUNTIME: Final = Path(__file__).parents[2] / "runtime"
LIBRARY_ENTRY: Final = "library.c"
PROCESS_ENTRY: Final = "process.c"
RUNTIME_SOURCES: Final = tuple(sorted(path.name for path in RUNTIME.glob("*.c") if path.name != LIBRARY_ENTRY))
LIBRARY_SOURCES: Final = tuple(LIBRARY_ENTRY if name == PROCESS_ENTRY else name for name in RUNTIME_SOURCES)

# Signed words wrap, words are read as anything, and addresses are low constants that machine code can hold (no PIE).
# Vectors are no use in such code, and looking for them is a tenth of the compiler's time.
# DWARF 4, because addr2line of binutils 2.40, which perf asks too, mixes up the file names of version 5.
FLAGS: Final = (
    "-std=gnu11", "-O2", "-g1", "-gdwarf-4", "-fwrapv", "-fno-strict-aliasing", "-ffp-contract=off", "-fno-math-errno", "-fno-tree-vectorize",
    "-fno-pie", "-fno-plt", "-fno-stack-protector", "-fno-asynchronous-unwind-tables", "-fomit-frame-pointer",
    "-Wall", "-Wno-unused", "-Wno-maybe-uninitialized", "-Wno-array-bounds", "-Wno-stringop-overflow",
)  # fmt: skip
# Keep the repeated indirect jumps of a dispatch apart (gcc's manual advises the first; the second would merge them again). What partial
# redundancy elimination finds in a dispatch, where each bytecode may follow each, it keeps in registers that the loop's own variables need.
THREADED_FLAGS: Final = ("-fno-gcse", "-fno-crossjumping", "-fno-tree-pre")
# What costs a third of the compiler's time and changes the number of executed instructions by half a percent at most, up or down; scheduling
# is felt in dispatch loops only. (Following conditions from branch to branch takes as long, but is felt: -fno-thread-jumps, -fno-tree-vrp.)
GCC_PLAIN_FLAGS: Final = (
    "-fno-gcse", "-fno-tree-pre", "-fno-code-hoisting", "-fno-schedule-insns2", "-fno-expensive-optimizations",
    "-fno-tree-slsr", "-fno-tree-reassoc", "-fno-tree-sink", "-fno-tree-tail-merge", "-fno-tree-switch-conversion",
    "-fno-optimize-strlen", "-fno-store-merging", "-fno-isolate-erroneous-paths-dereference",
)  # fmt: skip
# For what runs seldom. It takes less than half the time.
SELDOM_FLAGS: Final = ("-Og",)
# gcc's -g1 also follows variables and takes several views of a line, for nothing but a fifth of its time and half of the executable.
GCC_LINES_ONLY_FLAGS: Final = (
    "-fno-var-tracking", "-gno-statement-frontiers", "-gno-variable-location-views", "-gno-column-info",
)  # fmt: skip
# The collector reads memory that is nobody's, and the native stack, so AddressSanitizer must not watch it.
UNWATCHED_FLAGS: Final = ("-fno-sanitize=address",)
LINK_FLAGS: Final = ("-no-pie", "-Wl,-z,noexecstack", "-lm")

# A library may lie anywhere, so it asks the linker for addresses; all but its entry points is bound inside (library.map).
LIBRARY_FLAGS: Final = tuple("-fPIC" if flag == "-fno-pie" else flag for flag in FLAGS)
LIBRARY_LINK_FLAGS: Final = (
    "-shared", "-Wl,-z,noexecstack", "-Wl,-z,defs", "-Wl,-z,text", f"-Wl,--version-script={RUNTIME / 'library.map'}", "-lm",
)  # fmt: skip

Progress = Callable[[int, int, str], None]  # done, total, what was just finished


@final
@dataclass(frozen=True, slots=True)
class Compiler:
    """A C compiler: its command, and the text that identifies its version."""

    command: str
    version: str

    @property
    def is_gcc(self) -> bool:
        """Other compilers do not know all the words of gcc."""
        return "Free Software Foundation" in self.version


def find_compiler(target: Target) -> Compiler:
    """For this machine the compiler named by $CC, or gcc, cc or clang, whichever comes first; for another one its cross compiler."""
    if not target.is_host:
        path = shutil.which(target.compiler)
        if path is None:
            raise BuildError(
                f"building for {target.name} needs its C compiler, {target.compiler}, which was not found; "
                f"on Debian: apt-get install {' '.join(target.packages)}"
            )
        return _compiler_at(path)
    wanted = os.environ.get("CC")
    for name in [wanted] if wanted else ["gcc", "cc", "clang"]:
        path = shutil.which(name)
        if path is not None:
            return _compiler_at(path)
    if wanted:
        raise BuildError(f"the C compiler that $CC names, {wanted!r}, was not found")
    raise BuildError("no C compiler found; install one (for example the package `gcc`), or set CC to yours")


def _compiler_at(path: str) -> Compiler:
    shown = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return Compiler(path, shown.stdout)


def sanitizer_flags(sanitizers: str) -> list[str]:
    """How the compiler is asked for them."""
    if not sanitizers:
        return []
    flags = [f"-fsanitize={sanitizers}", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]
    return [*flags, "-DTW_ADDRESS_SANITIZER"] if "address" in sanitizers.split(",") else flags


def jobs_by_default() -> int:
    return max(1, min(os.cpu_count() or 1, 8))


@final
class Build:
    """One run of the compiler over a program's files."""

    def __init__(
        self,
        cache: Path | None = None,
        jobs: int | None = None,
        progress: Progress | None = None,
        library: bool = False,
        sanitizers: str = "",
        target: Target | None = None,
    ) -> None:
        """`sanitizers` is what -fsanitize= takes, such as "undefined"; without a `target` it is this machine."""
        self.library: Final = library
        self.target: Final = target if target is not None else host_target()
        self.sanitizers: Final = sanitizer_flags(sanitizers)
        self.compiler: Final = find_compiler(self.target)
        self.cache: Final = cache if cache is not None else cache_directory()
        self.jobs: Final = jobs or jobs_by_default()
        self._progress: Final = progress
        self._finished = 0
        self._total = 0  # known when all of the program is
        self._begun: dict[str, Future[Path]] = {}
        self._pool: ThreadPoolExecutor | None = None
        self.compiled: list[str] = []  # what the cache did not have
        self.runtime_hash: Final = self._hash_runtime()

    def executable(
        self, files: Sequence[SourceFile], output: Path, extra: Sequence[Path] = (), own_runtime: bool = True
    ) -> None:
        """Compile and link. `extra` are further C files; `own_runtime` False leaves out the runtime's (for tests)."""
        sources = list(files)
        if own_runtime:
            self.begin()
            sources += self._runtime_files()
        sources += [_source_file(path) for path in extra]
        self._total = len(sources)
        try:
            # The longest files first: the last one to finish decides how long it all takes.
            self.start(sorted(sources, key=lambda file: -len(file.text) if file.name.endswith(".c") else 0))
            self._link([self._begun[file.name].result() for file in sources], output)
        finally:
            self.close()

    def begin(self) -> None:
        """Compile the runtime's files, which no program changes, while the program is being translated."""
        if not self._begun:
            self.cache.mkdir(parents=True, exist_ok=True)
            prune(self.cache)
            self.start(self._runtime_files())

    def close(self) -> None:
        """Wait for what is being compiled; what has not been begun is not."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._pool = None
        self._begun = {}

    def _runtime_files(self) -> list[SourceFile]:
        return [_source_file(RUNTIME / name) for name in (LIBRARY_SOURCES if self.library else RUNTIME_SOURCES)]

    def start(self, files: Sequence[SourceFile]) -> None:
        """Compile these files while something else goes on; `executable` asks for what becomes of them."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.jobs)
        include = self.include_directory()
        for file in files:
            if file.name not in self._begun:
                self._begun[file.name] = self._pool.submit(self._compile, file, include)

    # --- pieces ------------------------------------------------------------------------------------------------------
    def include_directory(self) -> Path:
        """The generated header, in a folder named by its contents."""
        text = constants_header()
        folder = self.cache / f"include_{hashlib.sha256(text.encode()).hexdigest()[:16]}"
        target = folder / "tracewright_constants.h"
        if not target.exists() or target.read_bytes() != text.encode():
            folder.mkdir(parents=True, exist_ok=True)
            _write_atomically(target, text.encode())
        return folder

    def _hash_runtime(self) -> bytes:
        digest = hashlib.sha256(f"{self.compiler.version} {self.target.name}".encode())
        digest.update(constants_header().encode())
        for header in ("tracewright.h", "internal.h"):
            digest.update((RUNTIME / header).read_bytes())
        return digest.digest()

    def _flags(self, file: SourceFile) -> list[str]:
        if file.name.endswith(".s"):
            return []
        flags = [
            *(LIBRARY_FLAGS if self.library else FLAGS),
            *self.target.flags,
            *(() if self.target.is_host else ("-DTW_OTHER_MACHINE",)),
            *(GCC_LINES_ONLY_FLAGS if self.compiler.is_gcc else ()),
            *self._role_flags(file),
        ]
        return [*flags, *self.sanitizers, *(() if file.watched or not self.sanitizers else UNWATCHED_FLAGS)]

    def _role_flags(self, file: SourceFile) -> tuple[str, ...]:
        """What depends on how often the code runs; an interpreter's loop has its own."""
        if file.threaded:
            return THREADED_FLAGS
        if file.seldom:
            return SELDOM_FLAGS
        return GCC_PLAIN_FLAGS if self.compiler.is_gcc else ()

    def _compile(self, file: SourceFile, include: Path) -> Path:
        flags = self._flags(file)
        digest = hashlib.sha256(self.runtime_hash)
        digest.update("\0".join([*flags, file.text]).encode("utf-8", "surrogatepass"))
        stem = self.cache / f"{file.name.rsplit('.', 1)[0]}-{digest.hexdigest()[:24]}"
        target = stem.with_name(stem.name + ".o")
        if not is_whole(target):
            source = stem.with_name(stem.name + ("." + file.name.rsplit(".", 1)[1]))
            _write_atomically(source, file.text.encode("utf-8", "surrogatepass"))
            made = stem.with_name(f"{stem.name}.{os.getpid()}.tmp.o")
            command = [
                self.compiler.command,
                *flags,
                f"-I{RUNTIME}",
                f"-I{include}",
                "-c",
                str(source),
                "-o",
                str(made),
            ]
            self._run(command, f"the C compiler refused {file.name}", source)
            made.replace(target)
            seal(target)
            self.compiled.append(file.name)
        self._finished += 1
        if self._progress is not None and self._total:
            self._progress(self._finished, self._total, file.name)
        return target

    def _link(self, objects: list[Path], output: Path) -> None:
        output.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        os.close(handle)
        try:
            flags = [*(LIBRARY_LINK_FLAGS if self.library else LINK_FLAGS), *self.sanitizers]
            self._run([self.compiler.command, *map(str, objects), *flags, "-o", name], "linking failed", None)
            os.chmod(name, 0o755)
            os.replace(name, output)
        finally:
            Path(name).unlink(missing_ok=True)

    def _run(self, command: list[str], what: str, source: Path | None) -> None:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            kept = f"\nthe file is kept: {source}" if source is not None else ""
            raise BuildError(
                f"internal error: {what}; this is a defect of Tracewright{kept}\n{result.stderr.strip()[:4000]}"
            )
        if result.stderr and os.environ.get("TRACEWRIGHT_WARNINGS"):
            sys.stderr.write(result.stderr)


def _source_file(path: Path) -> SourceFile:
    return SourceFile(path.name, path.read_text(encoding="utf-8"))


def _write_atomically(target: Path, data: bytes) -> None:
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    temporary.write_bytes(data)
    temporary.replace(target)
