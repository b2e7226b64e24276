"""`tracewright new`: a language package made from templates.

The templates are a language of their own, `newlang`, that works as it stands: tests build it and run it. Making a language is
copying it with the name put in.
"""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from typing import Final

from tracewright.tools.languages import LanguageError

TEMPLATES: Final = Path(__file__).parent / "new_language"
PLACEHOLDER: Final = "newlang"
EMPTY_FILES: Final = ("__init__.py", "py.typed")  # not kept among the templates, which are no package of ours


def make_language(name: str, folder: Path) -> Path:
    """Write the package and what belongs to it into a new folder; gives the folder."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", name) is None or keyword.iskeyword(name):
        raise LanguageError(f"{name!r} cannot be a package's name: use lower-case letters, digits and _")
    if folder.exists() and any(folder.iterdir()):
        raise LanguageError(f"{folder} is there already, and not empty")
    for template in templates():
        target = folder / _renamed(str(template.relative_to(TEMPLATES)), name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_renamed(template.read_text(encoding="utf-8"), name), encoding="utf-8")
    for file in EMPTY_FILES:
        (folder / name / file).touch()
    return folder


def templates() -> list[Path]:
    """The files, without what tools leave behind."""
    files = [path for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]
    return [
        path for path in files if not any(part.startswith((".", "__")) for part in path.relative_to(TEMPLATES).parts)
    ]


def _renamed(text: str, name: str) -> str:
    return text.replace(PLACEHOLDER.capitalize(), name.capitalize()).replace(PLACEHOLDER, name)
