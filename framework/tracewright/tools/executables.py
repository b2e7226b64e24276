"""Built executables of languages, kept in the cache until a source file changes.

Importing this is quick, so that running a program does not wait for the translator.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tracewright.tools.languages import Language
from tracewright.translate.emit_c.cache import cache_directory, is_whole, remove_sealed, seal
from tracewright.translate.emit_c.target import TARGETS, Target, host_target

FRAMEWORK: Final = Path(__file__).parents[1]
SOURCE_SUFFIXES: Final = (".py", ".c", ".h", ".S")
EXECUTABLES_KEPT: Final = 4  # per language; older ones are deleted


def fingerprint(folders: Sequence[Path], target: Target) -> str:
    """A hash that changes whenever a source file of these folders does (by path, size and time: reading them all is slow)."""
    digest = hashlib.sha256(f"{sys.version} {target.name}".encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in SOURCE_SUFFIXES:
                status = path.stat()
                digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:20]


def source_folders(language: Language) -> list[Path]:
    """Where a language's executable comes from."""
    packages = [language.module.split(".")[0], *(target.backend.split(".")[0] for target in TARGETS.values())]
    specs = [importlib.util.find_spec(package) for package in packages]
    return [FRAMEWORK, *(Path(spec.origin).parent for spec in specs if spec is not None and spec.origin is not None)]


def built_executable(language: Language, jit: bool, target: Target | None = None) -> Path:
    """The language's executable for this machine or another from the cache; built first if the sources have changed since."""
    target = target if target is not None else host_target()
    kind = (language.name if jit else f"{language.name}-plain") + ("" if target.is_host else f"-{target.machine}")
    return _built(language, kind, jit, target, library=False)


def built_library(language: Language) -> Path:
    """The same for the language's shared library."""
    return _built(language, f"lib{language.name}", jit=True, target=host_target(), library=True)


def _built(language: Language, kind: str, jit: bool, target: Target, library: bool) -> Path:
    folder = cache_directory() / "executables"
    executable = folder / f"{kind}-{fingerprint(source_folders(language), target)}"
    if not is_whole(executable):  # not there, or damaged
        from tracewright.tools.toolchain import build_program  # only now: it imports the whole translator

        if not sys.stderr.isatty():
            sys.stderr.write(f"tracewright: building {language.name}; this is needed once\n")
        main = language.library() if library else language.main()
        build_program(main, executable, jit, progress=True, library=library, target=target)
        seal(executable)
        _forget_old(folder, kind)
    return executable


def _forget_old(folder: Path, kind: str) -> None:
    known = sorted(folder.glob(f"{kind}-????????????????????"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in known[EXECUTABLES_KEPT:]:
        remove_sealed(old)
