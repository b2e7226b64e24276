"""Which modules are for CPython: those whose package has parts in machine code.

numpy/__init__.py, numpy/core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so      all of `numpy` is imported there
jinja2/*.py                                                                          this engine's own
"""

from __future__ import annotations

from typing import Final

from tracewright.core.files import list_folder
from tracewright.core.system import environment_variable
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
