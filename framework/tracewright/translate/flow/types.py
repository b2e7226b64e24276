"""Dialect types and the machine layout they get.

Every value is one 8-byte word: kind i (int, bool, addresses), r (references, Values) or f (float). `core/object_layout.py` says where
the parts of objects are.

`list`, `dict`, `set`, `bytearray` are ordinary generic dialect classes in `tracewright.lib`. A tuple is a class whose fields are its items.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    from tracewright.translate.flow.graph import FunctionGraph


@final
@dataclass(frozen=True, slots=True)
class Primitive:
    """int, bool, float, none (the type of None and of functions without result), value, object (any heap object), never."""

    name: str
    kind: str


INT = Primitive("int", "i")
BOOL = Primitive("bool", "i")
FLOAT = Primitive("float", "f")
NONE = Primitive("None", "r")
VALUE = Primitive("Value", "r")
OBJECT = Primitive("object", "r")
NEVER = Primitive("Never", "v")
STR_BUFFER = Primitive("StrBuffer", "r")  # a str object that is still being filled
BYTES_BUFFER = Primitive("BytesBuffer", "r")


@final
@dataclass(frozen=True, slots=True)
class Optional:
    """`T | None`: a pointer that may be null; for int, bool and float a Value that may be null."""

    item: Type


@final
@dataclass(frozen=True, slots=True)
class FunctionType:
    """`Callable[[parameters], result]`: a closure object, see `infer/closures.py`."""

    parameters: tuple[Type, ...]
    result: Type


@final
@dataclass(frozen=True, slots=True)
class Instance:
    """A class with its type arguments; `layout` is shared by all mentions of the same instance."""

    layout: ClassLayout


Type = Primitive | Optional | FunctionType | Instance


@final
@dataclass(eq=False, slots=True, repr=False)
class FieldLayout:
    """A field of a class. `alias` numbers its alias class: two accesses with different numbers never touch the same word.
    `immutable`: "" (may change), "always" (never after construction), "rarely" (quasi-immutable)."""

    name: str
    type: Type
    kind: str
    offset: int
    owner: ClassLayout
    immutable: str = ""
    items_immutable: bool = False
    alias: int = -1


@final
@dataclass(eq=False, slots=True, repr=False)
class ClassLayout:
    """The machine layout of a class instance type.

    `shape` says how the body is read: "fields" (FieldLayouts), "array" (length, then elements of `item`), "words", "bytes",
    "str". Class ids are numbered so that the subclasses of a class are `first_id .. last_id` inclusive (its own id is
    `first_id`); they are assigned when all classes are known. `size` is in bytes, header included, of the fixed part.
    `vtable` maps a method slot to the function for exactly this class (absent: not implemented there). `fields` holds those
    of the bases too (the same FieldLayout objects), in the order of their offsets. Only `instantiated` classes have objects.
    """

    name: str
    python_class: type | None
    base: ClassLayout | None
    shape: str
    type_arguments: tuple[Type, ...] = ()
    item: Type | None = None
    size: int = 8
    fields: dict[str, FieldLayout] = field(default_factory=dict)
    subclasses: list[ClassLayout] = field(default_factory=list)
    vtable: dict[MethodSlot, FunctionGraph] = field(default_factory=dict)
    first_id: int = -1
    last_id: int = -1
    alias: int = -1  # alias class of the elements of an array
    instantiated: bool = False


@final
@dataclass(eq=False, slots=True, repr=False)
class MethodSlot:
    """A virtual method: introduced by `owner`, found in each class's vtable under this slot. `number` is assigned at the end.
    `parameters` are those after the receiver."""

    name: str
    owner: ClassLayout
    parameters: tuple[Type, ...]
    result: Type
    number: int = -1


def is_word(type: Type) -> bool:
    """Whether values are plain machine words: an optional one is kept as a guest `Value`, with null for None."""
    return type in (INT, BOOL, FLOAT)


def kind_of(type: Type) -> str:
    """The machine kind of values of this type: i, r, f, or v for none at all."""
    if isinstance(type, Primitive):
        return type.kind
    return "r"


def result_kind_of(type: Type) -> str:
    """The same for results of functions, where None is nothing."""
    return "v" if type is NONE else kind_of(type)


def show_type(type: Type) -> str:
    """The type as its author would write it."""
    match type:
        case Primitive(name=name):
            return name
        case Optional(item=item):
            return f"{show_type(item)} | None"
        case FunctionType(parameters=parameters, result=result):
            return f"Callable[[{', '.join(map(show_type, parameters))}], {show_type(result)}]"
        case Instance(layout=layout):
            return short_name(layout)


# The library's containers by the names that authors write.
_BUILT_IN: Final = {"List": "list", "Dict": "dict", "Set": "set", "ByteArray": "bytearray"}


def short_name(layout: ClassLayout) -> str:
    """The class without its module, with its type arguments."""
    name = layout.python_class.__qualname__ if layout.python_class is not None else layout.name
    if layout.python_class is not None and layout.python_class.__module__.startswith("tracewright.lib."):
        name = _BUILT_IN.get(name, name)
    if not layout.type_arguments:
        return name
    return f"{name}[{', '.join(map(show_type, layout.type_arguments))}]"


def number_aliases(layouts: Iterable[ClassLayout]) -> None:
    """Give each field, and the elements of each array class, an alias class of their own, where they have none."""
    layouts = list(layouts)
    used = [each.alias for layout in layouts for each in layout.fields.values()] + [layout.alias for layout in layouts]
    number = max(used, default=-1) + 1
    for layout in layouts:
        if layout.shape in ("array", "words") and layout.alias < 0:
            layout.alias = number
            number += 1
        for each in layout.fields.values():
            if each.alias < 0:
                each.alias = number
                number += 1
