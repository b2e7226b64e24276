"""Freezing: Python objects that translated code mentions become static data with object headers, in assembler.

    ANSWER = Token("x", [1, 2])           tokens_ANSWER:  .quad tw_id_tokens_Token, tw_str_2d71..., .Lobject_1
                                          .Lobject_1:     .quad tw_id_List_int, .Lobject_2, 2

What to write is told by the declared type, not by the Python object: a `list` is an instance of the library's `List[T]` with
its array, a dict its hash table. Assembler instead of C, because tables of a megabyte then cost milliseconds to build.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from types import FunctionType as PythonFunction
from typing import TYPE_CHECKING, Final, final

from tracewright.core.arrays import Array, Words
from tracewright.core.integers import bits_of_float, wrap
from tracewright.core.memory import word_of_value
from tracewright.core.text import hash_of_text, width_of
from tracewright.core.value import SMALL_INT_BITS, Value
from tracewright.gc.header import OLD
from tracewright.lib.hash_table import HashTable
from tracewright.translate.emit_c.errors import PrebuiltError
from tracewright.translate.emit_c.names import identifier, short_hash
from tracewright.translate.emit_c.native_hash import native_hash
from tracewright.translate.flow.graph import Constant, CSymbol, FunctionAddress, FunctionGraph, WrapperAddress
from tracewright.translate.flow.types import (
    VALUE,
    ClassLayout,
    FieldLayout,
    Instance,
    Optional,
    Primitive,
    Type,
    is_word,
    kind_of,
    show_type,
)
from tracewright.translate.infer.prebuilt import optional_word
from tracewright.translate.infer.type_table import ERROR_TEXT

if TYPE_CHECKING:
    from tracewright.translate.emit_c.view import ProgramView

WORDS_PER_LINE: Final = 16

Word = int | str  # a number, or a symbol whose address is meant


@final
@dataclass(slots=True)
class _FunctionValue:
    code: FunctionGraph


@final
@dataclass(slots=True)
class _Object:
    symbol: str
    value: object
    layout: ClassLayout


@final
class Prebuilt:
    """The static data of a program. `word` names an object; `assembly` writes all that were named, and what they refer to."""

    def __init__(self, view: ProgramView) -> None:
        self.view = view
        self.functions: Final[dict[FunctionGraph, None]] = {}  # whose addresses stand in the data
        self.wrappers: Final[dict[FunctionGraph, None]] = {}
        self._objects: dict[tuple[int, ClassLayout], _Object] = {}
        self._texts: dict[str | bytes | int, _Object] = {}
        self._queue: deque[_Object] = deque()
        self._kept: list[object] = []  # objects made here must outlive the table that is keyed by identity
        self._taken: set[str] = set()
        self._global_names: Final = _names_of_globals({graph.module for graph in view.program.graphs})
        self._by_class: dict[type, list[ClassLayout]] = {}
        for layout in view.program.layouts:
            if layout.python_class is not None:
                self._by_class.setdefault(layout.python_class, []).append(layout)

    # --- words -------------------------------------------------------------------------------------------------------
    def word(self, value: object, type: Type, exported: bool = True) -> Word:
        """The machine word for a value of this declared type."""
        if value is None:
            return 0
        match value:
            case Value():
                return self._value_word(value, exported)
            case FunctionAddress(graph=graph) | (FunctionGraph() as graph):
                self.functions[graph] = None
                return self.view.symbol_of(graph)
            case WrapperAddress(graph=graph):
                self.wrappers[graph] = None
                return f"tw_wrap_{self.view.symbol_of(graph)}"
            case CSymbol(name=name):
                return name
            case Constant(value=inner, type=inner_type):  # jitcode keeps its constants so, in arrays of ints
                return self.word(inner, inner_type, exported)
        if isinstance(value, PythonFunction):
            return self._function_word(value)
        if isinstance(type, Optional) and is_word(type.item):
            return self._value_word(optional_word(value, type), exported)
        kind = kind_of(type)
        if kind == "f":
            assert isinstance(value, (int, float)), (value, type)
            return bits_of_float(float(value))
        if kind == "i":
            if not isinstance(value, int):
                raise PrebuiltError(f"a field of type {show_type(type)} holds {_shown(value)}")
            return wrap(int(value))
        return self._object_word(value, type, exported)

    def _value_word(self, value: Value, exported: bool) -> Word:
        if value.is_object():
            return self._object_word(value.payload, VALUE, exported)
        if value.is_int() and not -(1 << (SMALL_INT_BITS - 1)) <= value.as_int() < 1 << (SMALL_INT_BITS - 1):
            number = value.as_int()
            return self._shared(number, self._reserved("BoxedInt"), f"tw_int_{identifier(str(number))}")
        return word_of_value(value)

    def _function_word(self, value: PythonFunction) -> Word:
        """A plain function as a value: an object that holds its code."""
        graph = self.view.program.function_values.get(value)
        if graph is None:
            raise PrebuiltError(f"{_shown(value)} is not a translated function")
        layout = self._reserved("function")
        key = (id(graph), layout)
        known = self._objects.get(key)
        if known is None:
            symbol = f"tw_function_{self.view.symbol_of(graph)}"
            known = self._objects[key] = self._enqueue(_FunctionValue(graph), layout, symbol)
        return known.symbol

    def _object_word(self, value: object, type: Type, exported: bool) -> Word:
        layout = self.layout_of(value, type)
        if isinstance(value, str):
            return self._shared(value, layout, f"tw_str_{short_hash(value)}")
        if isinstance(value, bytes):
            return self._shared(value, layout, f"tw_bytes_{short_hash(value)}")
        key = (id(value), layout)
        known = self._objects.get(key)
        if known is None:
            known = self._objects[key] = self._enqueue(value, layout, self._symbol_for(value, layout, exported))
        return known.symbol

    def _shared(self, value: str | bytes | int, layout: ClassLayout, symbol: str) -> str:
        """An immutable object is made once for all its mentions."""
        known = self._texts.get(value)
        if known is None:
            known = self._texts[value] = self._enqueue(value, layout, symbol)
        return known.symbol

    def _enqueue(self, value: object, layout: ClassLayout, symbol: str) -> _Object:
        made = _Object(symbol, value, layout)
        self._kept.append(value)
        self._queue.append(made)
        return made

    def _symbol_for(self, value: object, layout: ClassLayout, exported: bool) -> str:
        """A symbol that other edits of the program leave as it is, wherever the object has a name or plain contents."""
        name = self._global_names.get(id(value))
        if name is not None:
            symbol = f"tw_data_{identifier(name)}"
        elif not exported:
            symbol = f".Lobject_{len(self._objects)}"  # no C file mentions it, so its number does not matter
        elif isinstance(value, BaseException):
            symbol = f"tw_error_{type(value).__name__}_{short_hash(str(value))}"
        else:
            symbol = f"tw_data_{identifier(layout.name)}_{_contents_hash(value) or len(self._objects)}"
        while symbol in self._taken:
            symbol += "_"
        self._taken.add(symbol)
        return symbol

    # --- which layout ------------------------------------------------------------------------------------------------
    def layout_of(self, value: object, declared: Type) -> ClassLayout:
        """The layout of a Python object found where `declared` is expected."""
        if isinstance(declared, Optional):
            declared = declared.item
        if isinstance(value, str):
            return self._reserved("str")
        if isinstance(value, bytes):
            return self._reserved("bytes")
        known = self.view.program.objects.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        if isinstance(declared, Instance):
            layout = declared.layout
            if not isinstance(value, layout.python_class or ()) or type(value) is layout.python_class:
                return layout  # a container, or exactly this class
        candidates = self._by_class.get(type(value), [])
        if len(candidates) != 1:
            count = "no class of the program" if not candidates else f"{len(candidates)} instances of a generic class"
            raise PrebuiltError(f"{_shown(value)}, where {show_type(declared)} is expected, is {count}")
        return candidates[0]

    def _reserved(self, name: str) -> ClassLayout:
        return next(layout for layout in self.view.program.layouts if layout.name == name)

    # --- bodies ------------------------------------------------------------------------------------------------------
    def assembly(self) -> str:
        """Everything named so far and what it refers to."""
        roots: list[str] = []
        plain: list[str] = []
        while self._queue:
            made = self._queue.popleft()
            (roots if refers(made.layout) else plain).extend(self._object_lines(made))
        return "\n".join(['.section tw_roots,"aw"', *roots, ".data", *plain, ""])

    def _object_lines(self, made: _Object) -> list[str]:
        try:
            body = self._body(made.value, made.layout)
        except PrebuiltError as error:
            raise PrebuiltError(f"in {made.symbol}: {error}") from None
        return [
            ".balign 16",
            f".globl {made.symbol}",
            f"{made.symbol}:",
            f".long {self.view.class_symbol(made.layout)}, {_upper_half(made)}",
            *body,
        ]

    def _body(self, value: object, layout: ClassLayout) -> list[str]:
        if isinstance(value, str):
            return _str_lines(value)
        if isinstance(value, bytes):
            return _bytes_lines(value)
        if layout.name == "BoxedInt":
            assert isinstance(value, int)
            return quads([wrap(value)])
        if layout.shape in ("array", "words"):
            assert isinstance(value, (Array, Words)), value
            item: Type = layout.item or Primitive("int", "i")
            return quads([len(value.items), *(self.word(element, item, False) for element in value.items)])
        return quads([self._field_word(value, field) for field in layout.fields.values()])

    def _field_word(self, value: object, field: FieldLayout) -> Word:
        """The word of one field of a class instance, of a tuple, or of a library container that Python has as a builtin."""
        if isinstance(value, tuple):
            names: tuple[str, ...] = getattr(value, "_fields", ())
            place = names.index(field.name) if field.name in names else int(field.name.removeprefix("item"))
            return self.word(value[place], field.type, False)
        if isinstance(value, list):
            return self._list_field(value, field)
        if isinstance(value, (dict, set, frozenset)):
            return self._table_field(value, field)
        if isinstance(value, bytearray):
            return len(value) if field.name == "length" else self._object_word(bytes(value), field.type, False)
        if isinstance(value, BaseException) and field.name == ERROR_TEXT:
            return self.word(str(value) if value.args else None, field.type, False)
        found = getattr(value, field.name, None)
        if found is None and kind_of(field.type) != "r":
            return 0  # not assigned: natively fields start as zero
        return self.word(found, field.type, False)

    def _list_field(self, value: list[object], field: FieldLayout) -> Word:
        if field.name == "length":
            return len(value)
        items: Array[object] = Array(0, None)
        items.items = list(value)
        return self.word(items, field.type, False)

    def _table_field(self, value: dict[object, object] | set[object] | frozenset[object], field: FieldLayout) -> Word:
        """The library itself builds the hash table; only the hashes must be those of the running program."""
        if field.name == "table":
            assert isinstance(field.type, Instance)
            key_type = field.type.layout.type_arguments[0]
            table: HashTable[object] = HashTable()
            if value:
                table.rebuild(table.capacity_for(len(value)))
            for key in value if isinstance(value, dict) else _in_order(value):
                table.add_new(key, native_hash(key, key_type))
            self._kept.append(table)
            return self.word(table, field.type, False)
        assert isinstance(value, dict) and field.name == "values_row", field
        row: Array[object] = Array(0, None)
        empty: HashTable[object] = HashTable()
        row.items = list(value.values())
        row.items += [None] * ((empty.capacity_for(len(value)) if value else 0) - len(value))
        return self.word(row, field.type, False)


def _names_of_globals(modules: Iterable[str]) -> dict[int, str]:
    """By identity, the names that the program's modules and their classes give to objects."""
    names: dict[int, str] = {}
    for module in [sys.modules[name] for name in sorted(modules) if name in sys.modules]:
        for name, value in list(vars(module).items()):
            names.setdefault(id(value), f"{module.__name__}.{name}")
            if isinstance(value, type) and value.__module__ == module.__name__:
                for attribute, inner in list(vars(value).items()):
                    names.setdefault(id(inner), f"{module.__name__}.{name}.{attribute}")
    return names


def _in_order(items: set[object] | frozenset[object]) -> list[object]:
    """The same in every build, where the items show what they are: Python's own order differs from process to process."""
    return sorted(items, key=repr) if all(isinstance(item, (int, float, str, bytes)) for item in items) else list(items)


def _contents_hash(value: object) -> str:
    """Of containers of numbers and texts; "" for all else."""
    items = value.items if isinstance(value, (Array, Words)) else value
    if isinstance(items, dict):
        items = [*items, *items.values()]
    if isinstance(items, (list, tuple, set)) and all(isinstance(item, (int, float, str, bytes)) for item in items):
        return short_hash(repr(sorted(items, key=repr) if isinstance(items, set) else items))
    return ""


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) < 80 else text[:77] + "..."


# --- assembler -------------------------------------------------------------------------------------------------------
def quads(words: Iterable[Word]) -> list[str]:
    """`.quad` lines."""
    texts = [str(word) for word in words]
    return [".quad " + ", ".join(texts[i : i + WORDS_PER_LINE]) for i in range(0, len(texts), WORDS_PER_LINE)]


def refers(layout: ClassLayout) -> bool:
    """Whether instances may hold references, so that the collector must look into static ones."""
    if layout.shape == "array":
        return layout.item is not None and kind_of(layout.item) == "r"
    if layout.shape == "words":
        return True
    return any(kind_of(field.type) == "r" for field in layout.fields.values())


def ascii_lines(data: bytes) -> list[str]:
    """The bytes as `.ascii` directives."""
    lines = []
    for start in range(0, len(data), 256):
        text = "".join(
            chr(byte) if 32 <= byte < 127 and byte not in (34, 92) else f"\\{byte:03o}"
            for byte in data[start : start + 256]
        )
        lines.append(f'.ascii "{text}"')
    return lines


def _bytes_lines(value: bytes) -> list[str]:
    return [*quads([len(value), 0]), *ascii_lines(value + b"\0")]


def _upper_half(made: _Object) -> int:
    """Of the header: a text's width. What may come to refer to the heap is old from the beginning, so that barriers tell of it."""
    return width_of(made.value) if isinstance(made.value, str) else OLD if refers(made.layout) else 0


def _str_lines(value: str) -> list[str]:
    width = width_of(value)
    head = quads([len(value), hash_of_text(value)])
    if width == 1:
        return [*head, *ascii_lines(value.encode("latin-1"))]
    directive = ".2byte" if width == 2 else ".4byte"
    codes = [str(ord(c)) for c in value]
    return head + [f"{directive} " + ", ".join(codes[i : i + 32]) for i in range(0, len(codes), 32)]
