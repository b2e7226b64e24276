"""Which modules are for CPython: those whose package has parts in machine code.

numpy/__init__.py, numpy/core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so      all of `numpy` is imported there
jinja2/*.py                                                                          this engine's own
markupsafe/__init__.py, markupsafe/_speedups.cpython-311-x86_64-linux-gnu.so         this engine's own, for it says what to import instead
"""

from __future__ import annotations

from typing import Final

from tracewright.core.files import list_folder
from tracewright.core.system import environment_variable, read_file
from tracewright_python.cpython.library import VERSIONS

DEPTH: Final = 2  # of folders below a package in which its machine code is looked for
EXTENSION: Final = ".so"


def package_folders() -> list[str]:
    """Where packages are installed for CPython: in the virtual environment that is active, and by the system."""
    folders: list[str] = []
    environment = environment_variable(b"VIRTUAL_ENV")
    if environment is not None:
        folders += [f"{environment.decode()}/lib/python{version}/site-packages" for version in VERSIONS]
    folders += [f"/usr/local/lib/python{version}/dist-packages" for version in VERSIONS]
    return [*folders, "/usr/lib/python3/dist-packages"]


def has_machine_code(folder: str, name: str) -> bool:
    """Whether the module `name` in a folder is one in machine code, or a package with such a part."""
    for entry in entries_of(folder):
        if entry.startswith(name + ".") and entry.endswith(EXTENSION):
            return True
    return _has_extension(f"{folder}/{name}", DEPTH)


def does_without(folder: str, name: str) -> bool:
    """Whether a package says itself what takes the place of its machine code, all of which lies directly in it:

    try:
        from ._speedups import escape
    except ImportError:
        from ._native import escape
    """
    package = f"{folder}/{name}"
    entries = entries_of(package)
    if "__init__.py" not in entries:
        return False
    lines = [line.strip() for line in _text_of(f"{package}/__init__.py").split("\n")]
    for entry in entries:
        if entry.endswith(EXTENSION) and not _has_substitute(lines, entry.partition(".")[0]):
            return False
        if entry != "" and "." not in entry and _has_extension(f"{package}/{entry}", DEPTH - 1):
            return False
    return True


def _has_substitute(lines: list[str], module: str) -> bool:
    for k in range(1, len(lines) - 2):
        if lines[k].startswith(f"from .{module} import ") and lines[k - 1] == "try:":
            return lines[k + 1] == "except ImportError:" and lines[k + 2].startswith("from .")
    return False


def _text_of(path: str) -> str:
    try:
        return read_file(path.encode()).decode()
    except OSError:
        return ""
    except UnicodeDecodeError:
        return ""


def _has_extension(folder: str, depth: int) -> bool:
    entries = entries_of(folder)
    for entry in entries:
        if entry.endswith(EXTENSION):
            return True
    if depth > 0:
        for entry in entries:
            if "." not in entry and _has_extension(f"{folder}/{entry}", depth - 1):
                return True
    return False


def entries_of(folder: str) -> list[str]:
    """The names in a folder; none if it is no folder."""
    try:
        return list_folder((folder if folder != "" else ".").encode()).decode().split("\0")
    except OSError:
        return []
