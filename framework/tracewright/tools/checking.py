"""`tracewright check FILE.py`: what the dialect has to say about a file, for people and for editors.

The answer is kept with the hash of every source file it depends on: of the modules imported for it, and of Tracewright itself.
As long as none of them changes it is given again without importing or translating anything; else only the functions are
translated that the change can touch (`translate/kept`). `translate/diagnostics.md`
describes the JSON form, which is also the form in which answers are kept.
"""

from __future__ import annotations

import hashlib
import json
import sys
import sysconfig
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

from tracewright.core.errors import ERROR, DialectError, Label, shown_path
from tracewright.core.source_span import SourceSpan
from tracewright.translate.emit_c.cache import cache_directory

VERSION: Final = 1  # of the JSON form; it grows when a field changes its meaning or goes away
FRAMEWORK: Final = Path(__file__).parents[1]


@final
@dataclass(frozen=True, slots=True)
class Findings:
    """What was found about a file."""

    file: str
    functions: int
    errors: tuple[DialectError, ...]

    def failed(self) -> bool:
        return any(error.severity == ERROR for error in self.errors)

    def text(self) -> str:
        """For people."""
        parts = [error.render() for error in self.errors]
        bad = sum(error.severity == ERROR for error in self.errors)
        warnings = len(self.errors) - bad
        if bad:
            summary = f"{self.file}: {_counted(bad, 'error')}"
        else:
            summary = f"{self.file}: {_counted(self.functions, 'function')} translated, " + (
                _counted(warnings, "warning") if warnings else "nothing to complain about"
            )
        if bad and warnings:
            summary += f", {_counted(warnings, 'warning')}"
        return "\n\n".join([*parts, summary]) + "\n"

    def as_json(self) -> dict[str, object]:
        """For editors."""
        diagnostics = [
            {
                "code": error.code,
                "severity": error.severity,
                "message": error.message,
                "help": error.help,
                "labels": [_label_json(label, position == 0) for position, label in enumerate(error.labels)],
            }
            for error in self.errors
        ]
        return {"version": VERSION, "file": self.file, "functions": self.functions, "diagnostics": diagnostics}


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _label_json(label: Label, primary: bool) -> dict[str, object]:
    span = label.span
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "text": label.text,
        "primary": primary,
    }


def findings_from_json(data: dict[str, object]) -> Findings:
    """What `as_json` gave."""
    errors = []
    diagnostics = data["diagnostics"]
    assert isinstance(diagnostics, list)
    for each in diagnostics:
        labels = [
            Label(
                SourceSpan(at["path"], at["line"], at["column"], at["end_line"], at["end_column"]),
                at["text"],
            )
            for at in each["labels"]
        ]
        errors.append(DialectError(each["code"], each["message"], labels, each["help"], each["severity"]))
    functions = data["functions"]
    assert isinstance(functions, int)
    return Findings(str(data["file"]), functions, tuple(errors))


# --- checking --------------------------------------------------------------------------------------------------------


IMPORT_FAILED: Final = ("syntax", "import")  # codes of mistakes for which a module cannot even be imported


def check_file(path: str, *, cached: bool = True) -> Findings:
    """Check a file, or give the answer that is kept, if it still holds."""
    file = Path(path).resolve()
    if not file.is_file():
        raise FileNotFoundError(f"{path}: no such file")
    kept = cache_directory() / "checks" / f"{hashlib.sha256(f'{sys.version} {file}'.encode()).hexdigest()[:24]}.json"
    if cached:
        found = _kept(kept)
        if found is not None:
            return Findings(shown_path(str(file)), found.functions, found.errors)
    findings = _check(file, cache_directory() if cached else None)
    if not any(
        error.code in IMPORT_FAILED for error in findings.errors
    ):  # nobody knows which files such an answer depends on
        _keep(kept, findings, file)
    return findings


def _check(file: Path, kept_in: Path | None) -> Findings:
    # Only now: an answer that is kept must not wait for the translator to be imported.
    from tracewright.tools.modules import import_file
    from tracewright.translate.survey import survey

    try:
        module = import_file(str(file))
    except SyntaxError as error:
        return Findings(shown_path(str(file)), 0, (_syntax_error(error, file),))
    except Exception as error:  # noqa: BLE001 - whatever the author's module raises is a finding about it
        return Findings(shown_path(str(file)), 0, (_import_error(error, file),))
    found = survey([module], kept_in=kept_in)
    return Findings(shown_path(str(file)), found.functions, found.errors)


def _syntax_error(error: SyntaxError, file: Path) -> DialectError:
    line, column = error.lineno or 1, error.offset or 1
    span = SourceSpan(
        error.filename or str(file), line, column, error.end_lineno or line, error.end_offset or column + 1
    )
    return DialectError("syntax", f"this is no Python: {error.msg}", [Label(span, "")])


_FRAMEWORK: Final = Path(__file__).parents[1]
_IMPORT_HELP: Final = (
    ("relative import", "the folder is no package: give it an `__init__.py`, or write the whole module name"),
    ("No module named", "set PYTHONPATH to the folder that holds the package, or install it"),
    ("is not defined", "with `from __future__ import annotations` a type may be mentioned before it is defined"),
    ("partially initialized module", "the modules import each other: import inside the function that needs the name"),
)


def _import_error(error: Exception, file: Path) -> DialectError:
    """Import time is ordinary Python: its exception, at the last line of the author's.

    A guest program may be compiled then (a prelude): of its mistake the place in its own text is said, too.
    """
    from tracewright.guest.diagnostics import SourceError, located  # only now, as above

    frames = [
        frame
        for frame in traceback.TracebackException.from_exception(error).stack
        if not frame.filename.startswith(("<", sysconfig.get_path("stdlib"))) and Path(frame.filename) != Path(__file__)
        if not frame.filename.endswith("tracewright/tools/modules.py")
    ]
    frames = [frame for frame in frames if not Path(frame.filename).is_relative_to(_FRAMEWORK)] or frames
    text = located(error, "a guest program") if isinstance(error, SourceError) else f"{type(error).__name__}: {error}"
    help = next((advice for part, advice in _IMPORT_HELP if part in text), "module bodies run once, as ordinary Python")
    if not frames:
        return DialectError(
            "import", f"the module cannot be imported: {text}", [Label(SourceSpan(str(file), 1, 1, 1, 1), "")], help
        )
    frame = frames[-1]
    line, column = frame.lineno or 1, (frame.colno or 0) + 1
    span = SourceSpan(frame.filename, line, column, frame.end_lineno or line, (frame.end_colno or column) + 1)
    return DialectError("import", f"the module cannot be imported: {text}", [Label(span, "")], help)


# --- keeping ---------------------------------------------------------------------------------------------------------


def _kept(place: Path) -> Findings | None:
    """The answer kept here, if every file it depends on is as it was."""
    try:
        data = json.loads(place.read_text(encoding="utf-8"))
        if data["version"] != VERSION or data["tracewright"] != _own_fingerprint():
            return None
        for path, (size, time, digest) in data["files"].items():
            status = Path(path).stat()
            if status.st_size != size:
                return None
            if status.st_mtime_ns != time and _digest(Path(path)) != digest:
                return None
        return findings_from_json(data["answer"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(place: Path, findings: Findings, file: Path) -> None:
    files = {}
    for path in {file, *_imported_files()}:
        status = path.stat()
        files[str(path)] = (status.st_size, status.st_mtime_ns, _digest(path))
    data = {
        "version": VERSION,
        "tracewright": _own_fingerprint(),
        "files": files,
        "answer": findings.as_json(),
    }
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_suffix(".tmp")
    temporary.write_text(json.dumps(data), encoding="utf-8")
    temporary.replace(place)


def _imported_files() -> list[Path]:
    """The source files of all modules that are neither Python's, nor installed, nor Tracewright's own."""
    outside = (sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"), str(FRAMEWORK))
    found = []
    for module in list(sys.modules.values()):
        name = getattr(module, "__file__", None)
        if isinstance(name, str) and name.endswith(".py") and not name.startswith(outside):
            found.append(Path(name))
    return found


def _own_fingerprint() -> str:
    """A hash of Tracewright's own files, by size and time: reading them all would take as long as the answer may."""
    digest = hashlib.sha256()
    for path in sorted(FRAMEWORK.rglob("*.py")):
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
