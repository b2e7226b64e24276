"""Whether a module is what it was: a hash of its source, of what its import bound the names to, and of all it imports.

Tracewright's own modules count as one; they never import an author's.
"""

from __future__ import annotations

import enum
import hashlib
import re
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import FunctionType as PythonFunction
from types import ModuleType
from typing import Final, final

from tracewright.hints import HINTS
from tracewright.translate.infer.classes import is_frozen_dataclass

OWN: Final = Path(__file__).parents[2]  # the folder of the package `tracewright`
_IMPORT: Final = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^#\n]+)|import[ \t]+([^#\n]+))", re.M
)
_WORD: Final = re.compile(r"[\w.]+")
_STANDARD: Final = sysconfig.get_path("stdlib")
_INSTALLED: Final = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))


def is_own(module: str) -> bool:
    """Whether the module is part of Tracewright itself."""
    return module.partition(".")[0] == "tracewright"


@final
class Digests:
    """Hashes of the modules that are imported now, each made once."""

    def __init__(self, flavour: str) -> None:
        """`flavour` is what else a translation depends on."""
        self._own = hashlib.sha256(flavour.encode())
        for path in sorted(OWN.rglob("*.py")):
            self._own.update(path.as_posix().encode() + path.read_bytes())
        self._imports: dict[str, set[str]] = {}
        self._closures: dict[str, frozenset[str]] = {}
        self._modules: dict[str, bytes] = {}
        self._sets: dict[frozenset[str], bytes] = {}

    def of(self, modules: Iterable[str]) -> bytes:
        """The hash of these modules and all that they import. Raises KeyError where one is not imported from a file."""
        closure = self.closure(modules)
        found = self._sets.get(closure)
        if found is None:
            digest = self._own.copy()
            for name in sorted(closure):
                digest.update(self._module(name))
            found = self._sets[closure] = digest.digest()
        return found

    def closure(self, modules: Iterable[str]) -> frozenset[str]:
        """The modules and all that they import, Tracewright's own and Python's left out."""
        found: set[str] = set()
        for name in modules:
            if not is_own(name) and name != "builtins":
                found |= self._closure(name)
        return frozenset(found)

    def _closure(self, name: str) -> frozenset[str]:
        known = self._closures.get(name)
        if known is not None:
            return known
        seen, waiting = {name}, [name]
        while waiting:
            importer = waiting.pop()
            if importer not in self._imports:
                self._imports[importer] = _imports(sys.modules[importer])
            waiting.extend(self._imports[importer] - seen)
            seen |= self._imports[importer]
        found = self._closures[name] = frozenset(seen)
        return found

    def _module(self, name: str) -> bytes:
        found = self._modules.get(name)
        if found is None:
            module = sys.modules[name]
            digest = hashlib.sha256(name.encode())
            digest.update(_path(module).as_posix().encode() + _path(module).read_bytes())
            digest.update(repr(sorted(_bindings(vars(module), name))).encode("utf-8", "surrogatepass"))
            found = self._modules[name] = digest.digest()
        return found


def _path(module: ModuleType) -> Path:
    if module.__file__ is None:
        raise KeyError(module.__name__)
    return Path(module.__file__)


def _imports(module: ModuleType) -> set[str]:
    """The author's modules that the source mentions in imports, wherever they stand; a few too many do no harm."""
    package = module.__name__ if hasattr(module, "__path__") else module.__name__.rpartition(".")[0]
    found: set[str] = set()
    for origin, names, plain in _IMPORT.findall(_path(module).read_text(encoding="utf-8")):
        if plain:
            found.update(_WORD.findall(plain))
            continue
        base = _absolute(origin, package)
        found.add(base)
        found.update(f"{base}.{name}" for name in _WORD.findall(names))
    found.update({part for name in found for part in _parents(name)})
    return {name for name in found if not is_own(name) and _is_author_file(sys.modules.get(name))}


def _absolute(origin: str, package: str) -> str:
    dots = len(origin) - len(origin.lstrip("."))
    if not dots:
        return origin
    parts = package.split(".")
    return ".".join([*parts[: len(parts) - dots + 1], *([origin.lstrip(".")] if origin.strip(".") else [])])


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]


def _is_author_file(module: ModuleType | None) -> bool:
    """Not Python's own: those change with its version only."""
    path = getattr(module, "__file__", None)
    if not isinstance(path, str) or not path.endswith(".py"):
        return False
    return not path.startswith(_STANDARD) or path.startswith(_INSTALLED)


def _bindings(namespace: Mapping[str, object], home: str) -> list[tuple[str, str]]:
    """What each name of a module or class was bound to by the import: the same source can bind others, as the environment or a
    file decides, and translation reads constants, hints and types off what is there."""
    return [
        (name, _shown(value, home))
        for name, value in namespace.items()
        if not name.startswith("__") or name == "__final__"
    ]


def _shown(value: object, home: str) -> str:
    """Of numbers and texts what they are, of functions and classes which, of other objects their class."""
    if isinstance(value, (int, float, str, bytes, type(None))):
        return repr(value)
    if isinstance(value, tuple):
        return f"({', '.join([_shown(each, home) for each in value])})"
    if isinstance(value, frozenset):
        return f"frozenset{sorted(_shown(each, home) for each in value)}"
    if isinstance(value, PythonFunction):
        held = [
            _place(each) if isinstance(each, (PythonFunction, type)) else _shown(each, home)  # it may hold itself
            for each in (*(value.__defaults__ or ()), *_taken_along(value))
        ]
        return f"{_place(value)}:{value.__code__.co_firstlineno} {getattr(value, HINTS, ())} {held}"
    if isinstance(value, (classmethod, staticmethod)):
        return f"{type(value).__name__} {_shown(value.__func__, home)}"
    if isinstance(value, type):
        inside = sorted(_bindings(vars(value), home)) if value.__module__ == home else ""
        return f"{_place(value)} {inside}"
    if isinstance(value, enum.Enum):
        return f"{_place(type(value))} {value.value!r}"
    if is_frozen_dataclass(type(value)):  # whose fields are constants to the translator
        fields = [
            (name, _shown(getattr(value, name, None), home)) for name in vars(type(value))["__dataclass_fields__"]
        ]
        return f"{_place(type(value))} {fields}"
    return _place(type(value))


def _place(thing: PythonFunction | type) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"


def _taken_along(function: PythonFunction) -> list[object]:
    """What a function that another one made knows of it."""
    found = []
    for cell in function.__closure__ or ():
        with suppress(ValueError):  # nothing in it yet
            found.append(cell.cell_contents)
    return found
