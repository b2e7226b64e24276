"""Names for what a translated function speaks of, under which another process finds the same thing.

    list[tracewright_ruff.objects.Code]   ->  LayoutName(tracewright.lib.lists.List, (InstanceName(... objects.Code),))
    its field `length`                    ->  FieldName(that, "length")
    the function `run` of a module        ->  PathName("tracewright_ruff.interpreter", "run", 120)

A name means the same as long as the modules that it mentions are the same; `digests.py` sees to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True)
class PathName:
    """A module-level thing, or an attribute of a class: its dotted path in the module. Functions have their first line too,
    because a property's getter and setter have one path."""

    module: str
    path: str
    line: int = 0


@final
@dataclass(frozen=True)
class PrimitiveName:
    """int, bool, float..."""

    name: str


@final
@dataclass(frozen=True)
class LayoutName:
    """A class with its type arguments."""

    python_class: PathName
    arguments: tuple[Name, ...]


@final
@dataclass(frozen=True)
class OwnLayoutName:
    """A layout without a class of its own: "BoxedInt", "function", or "cell" with the type of what it holds."""

    kind: str
    item: Name | None = None


@final
@dataclass(frozen=True)
class InstanceName:
    """The type of the instances of a layout."""

    layout: Name


@final
@dataclass(frozen=True)
class OptionalName:
    """`T | None`."""

    item: Name


@final
@dataclass(frozen=True)
class FunctionTypeName:
    """`Callable[[A, B], R]`."""

    parameters: tuple[Name, ...]
    result: Name


@final
@dataclass(frozen=True)
class FieldName:
    """A field, as its owner declares it."""

    owner: Name
    name: str


@final
@dataclass(frozen=True)
class SlotName:
    """A virtual method, as the topmost class declares it."""

    owner: Name
    name: str


@final
@dataclass(frozen=True)
class GraphName:
    """A function for one choice of type arguments. `kind` is "plain", "method" (takes a receiver) or "class"."""

    function: PathName
    kind: str
    owner: Name | None
    variables: tuple[tuple[PathName, Name], ...]


@final
@dataclass(frozen=True)
class ErrorName:
    """The prebuilt exception that a check raises."""

    exception: PathName
    message: str


@final
@dataclass(frozen=True)
class NumberName:
    """A guest `Value` that holds a number: an int, or a float by its bits, as 1 and 1.0, 0.0 and -0.0 are equal and differ."""

    kind: str
    word: int


@final
@dataclass(frozen=True)
class HeldName:
    """A guest `Value` that holds an object."""

    thing: Name


Name = (
    PathName
    | PrimitiveName
    | LayoutName
    | OwnLayoutName
    | InstanceName
    | OptionalName
    | FunctionTypeName
    | FieldName
    | SlotName
    | GraphName
    | ErrorName
    | NumberName
    | HeldName
)


class Unnameable(Exception):
    """A thing that another process would not find: what mentions it is translated anew each time."""


def modules_of(name: object) -> set[str]:
    """The modules that a name, or a tuple of names, mentions."""
    if isinstance(name, PathName):
        return {name.module}
    inner = name if isinstance(name, tuple) else vars(name).values() if isinstance(name, Name) else ()
    return {module for each in inner for module in modules_of(each)}
