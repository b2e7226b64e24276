"""Which languages there are: packages that registered themselves, and those beside us in a checkout.

A language need not be registered: wherever one is named, the path of its package, or of its target file, does as well.

A language is a module with a `main` function in the dialect; it may say `EXTENSIONS` (of its source files) and have a
function `library`, where its `main` is not also the entry of its library (see `guest/embedding.py`). It is registered in
the entry-point group `tracewright.languages` under the language's name.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Final, final

GROUP: Final = "tracewright.languages"
CHECKOUT: Final = Path(__file__).parents[3] / "languages"
PREFIX: Final = "tracewright_"  # of packages, not of the languages' names
TARGET: Final = "target.py"


class LanguageError(Exception):
    """No such language, or one that lacks something; the message says what to do."""


@final
@dataclass(frozen=True, slots=True)
class Language:
    """`module` is the name of the target module."""

    name: str
    module: str

    def load(self) -> ModuleType:
        """Import the target module, and with it the whole language."""
        try:
            return importlib.import_module(self.module)
        except ModuleNotFoundError as error:
            raise LanguageError(f"the language {self.name!r} cannot be imported: {error}") from None

    def target_file(self) -> Path:
        """Where the target module is, found without importing it."""
        found = importlib.util.find_spec(self.module)
        if found is None or found.origin is None:
            raise LanguageError(f"the language {self.name!r} has no module {self.module}")
        return Path(found.origin)

    def main(self) -> FunctionType:
        """The entry function of its executable."""
        found = getattr(self.load(), "main", None)
        if not isinstance(found, FunctionType):
            raise LanguageError(f"{self.module} has no function `main`: it cannot be built")
        return found

    def library(self) -> FunctionType:
        """The entry function of its library: one made for it, or that of the executable."""
        found = getattr(self.load(), "library", None)
        return found if isinstance(found, FunctionType) else self.main()

    def extensions(self) -> tuple[str, ...]:
        """Of its source files; the language's name where it does not say."""
        found: tuple[str, ...] = getattr(self.load(), "EXTENSIONS", (f".{self.name}",))
        return found


def known_languages() -> dict[str, Language]:
    """All of them by name."""
    found = {}
    if CHECKOUT.is_dir():
        for folder in sorted(CHECKOUT.glob(f"{PREFIX}*")):
            name = folder.name.removeprefix(PREFIX)
            if (folder / TARGET).exists() and importlib.util.find_spec(folder.name) is not None:
                found[name] = Language(name, f"{folder.name}.target")
    for point in entry_points(group=GROUP):
        found[point.name] = Language(point.name, point.value.split(":")[0])
    return found


def language_named(name: str) -> Language:
    """The language of this name or at this path, or a LanguageError that lists those there are."""
    languages = known_languages()
    if name in languages:
        return languages[name]
    if Path(name).exists():
        return language_at(Path(name))
    raise LanguageError(f"no language is called {name!r}; there are: {', '.join(sorted(languages)) or 'none'}")


def language_at(path: Path) -> Language:
    """The language of a target file, of a package that has one, or of a folder with one such package in it."""
    if path.is_file():
        name = path.stem if path.name != TARGET else path.resolve().parent.name
        return Language(name.removeprefix(PREFIX), importable_name(path))
    if (path / TARGET).exists():
        return language_at(path / TARGET)
    targets = sorted(path.glob(f"*/{TARGET}"))
    if len(targets) != 1:
        found = ", ".join(target.parent.name for target in targets) or "none"
        raise LanguageError(f"{path} is not a language: {TARGET} must be in it, or in one folder of it; found: {found}")
    return language_at(targets[0])


def importable_name(path: Path) -> str:
    """The name under which a Python file can now be imported: that which its packages give it."""
    file = path.resolve()
    parts = [file.stem] if file.stem != "__init__" else []
    folder = file.parent
    while (folder / "__init__.py").exists():
        parts.insert(0, folder.name)
        folder = folder.parent
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return ".".join(parts)


def language_of_file(path: str) -> Language:
    """The language that the file's extension belongs to."""
    suffix = Path(path).suffix
    languages = known_languages()
    named = languages.get(suffix.removeprefix("."))
    if named is not None:
        return named  # without importing the language, which takes longer than starting its executable
    for language in languages.values():
        if suffix in language.extensions():
            return language
    raise LanguageError(
        f"no language has the file extension {suffix!r}; there are: {', '.join(sorted(languages)) or 'none'}"
    )
