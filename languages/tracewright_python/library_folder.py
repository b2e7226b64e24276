"""Where modules are looked for: the folder of the program, those of PYTHONPATH, and the standard library's source on this machine.

Nothing of that library is part of this engine: its text is read where it is installed. Without it, native modules work all the same.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.system import environment_variable
from tracewright_python.importing import path_kind
from tracewright_python.lists import list_of
from tracewright_python.session import Session
from tracewright_python.texts import text_value

VARIABLE: Final = b"TRACEWRIGHT_PYTHON_STDLIB"
USUAL_FOLDERS: Final[list[str]] = [
    "/usr/lib/python3.11",
    "/usr/local/lib/python3.11",
    "/opt/homebrew/opt/python@3.11/Frameworks/Python.framework/Versions/3.11/lib/python3.11",
]
MARK: Final = "os.py"  # a folder with this file in it is the library's


def text_of_path(path: bytes) -> str:
    """A path as text, whatever bytes it has."""
    try:
        return path.decode()
    except UnicodeDecodeError:
        return path.decode("latin-1")


def find_library(given: bytes) -> str:
    """The folder that is named, or the first of the usual ones that is there; "" for none."""
    if len(given) > 0:
        return text_of_path(given)
    named = environment_variable(VARIABLE)
    if named is not None:
        return text_of_path(named)
    for folder in USUAL_FOLDERS:
        if path_kind(f"{folder}/{MARK}") >= 0:
            return folder
    return ""


def set_path(session: Session, given: bytes, folder: str) -> None:
    """Fill in `sys.path` for a program in a folder."""
    folders = [folder]
    more = environment_variable(b"PYTHONPATH")
    if more is not None:
        folders += [part for part in text_of_path(more).split(":") if part != ""]
    session.library = find_library(given)
    if session.library != "":
        folders.append(session.library)
    session.path = list_of([text_value(one) for one in folders])
