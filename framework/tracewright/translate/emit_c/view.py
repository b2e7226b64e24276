"""What emission asks about the whole program: C names, class ids, method tables, who raises, who checks the stack."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import FunctionType as PythonFunction
from typing import Final, Protocol, final

from tracewright.translate.emit_c.guest_places import PlaceHooks, find_place_hooks
from tracewright.translate.emit_c.jit_hooks import JitHooks, find_jit_hooks
from tracewright.translate.emit_c.names import NameTable
from tracewright.translate.emit_c.static_data import Prebuilt
from tracewright.translate.emit_c.text import C_TYPES, References, float_literal, int_literal
from tracewright.translate.flow.call_graph import CallGraph, implementations_of
from tracewright.translate.flow.graph import Constant, CSymbol, FunctionGraph
from tracewright.translate.flow.simplify import constants_of
from tracewright.translate.flow.types import ClassLayout, FunctionType, MethodSlot, kind_of, result_kind_of

RUNTIME_PREFIX: Final = "tracewright.gc."  # the collector may neither raise nor recurse: no checks there


class ProgramLike(Protocol):
    """The part of translate.program.Program that emission reads."""

    @property
    def entry(self) -> FunctionGraph: ...
    @property
    def graphs(self) -> list[FunctionGraph]: ...
    @property
    def layouts(self) -> list[ClassLayout]: ...
    @property
    def functions(self) -> dict[PythonFunction, FunctionGraph]: ...
    @property
    def function_values(self) -> dict[PythonFunction, FunctionGraph]: ...
    @property
    def objects(self) -> dict[int, tuple[object, ClassLayout]]: ...


@final
class ProgramView:
    """Answers about one program. Everything is decided in the constructor, so that modules can be emitted in any order."""

    def __init__(self, program: ProgramLike, source_root: Path | None = None) -> None:
        self.program = program
        self.jit: Final[JitHooks | None] = find_jit_hooks(program.graphs, program.layouts)
        self.places: Final[PlaceHooks | None] = find_place_hooks(program.graphs, program.functions)
        self.source_root = source_root
        self._symbols: Final = NameTable(graph.name for graph in program.graphs)
        self._class_names: Final = _distinct_names(program.layouts)
        self._class_symbols: Final = NameTable(self._class_names.values(), "tw_id_")
        self.slots: Final = slots_of(program.layouts)
        self._slot_symbols: Final = NameTable((self._slot_key(slot) for slot in self.slots), "tw_slot_")
        self._implementations: Final = implementations_of(program.layouts)
        named = [*program.functions.values(), *program.function_values.values()]
        self.addressed: Final = list(dict.fromkeys([*_addressed(program.graphs), *named]))
        calls = CallGraph(program.graphs, self.implementations, self._pointees)
        self.raising: Final = {graph for graph in calls.raising if not graph.module.startswith(RUNTIME_PREFIX)}
        self.checks_stack: Final = {graph for graph in calls.recursive if not graph.module.startswith(RUNTIME_PREFIX)}
        self.recursive: Final = calls.recursive
        self.callees: Final = calls.callees
        self.prebuilt: Final = Prebuilt(self)

    # --- functions ---------------------------------------------------------------------------------------------------
    def symbol_of(self, graph: FunctionGraph) -> str:
        """The function's C name."""
        return self._symbols[graph.name]

    def head_of(self, graph: FunctionGraph, names: list[str] | None = None) -> str:
        """Its C declaration, with parameter names if given."""
        kinds = [C_TYPES[parameter.kind] for parameter in graph.parameters]
        words = kinds if names is None else [f"{kind} {name}" for kind, name in zip(kinds, names, strict=True)]
        cold = "TW_COLD " if "rare" in graph.hints else ""
        return f"{cold}{C_TYPES[graph.result_kind]} {self.symbol_of(graph)}({', '.join(words) or 'void'})"

    def _pointees(self, function_type: FunctionType) -> list[FunctionGraph]:
        kinds = [kind_of(parameter) for parameter in function_type.parameters]
        gives = result_kind_of(function_type.result)
        return [
            graph
            for graph in self.addressed
            if graph.result_kind == gives and [parameter.kind for parameter in graph.parameters] == kinds
        ]

    def shown_path(self, path: str) -> str:
        """The source path as `#line` names it: relative to the root where possible, so that caches survive a move."""
        if self.source_root is not None and Path(path).is_relative_to(self.source_root):
            path = str(Path(path).relative_to(self.source_root))
        return path.replace("\\", "\\\\").replace('"', '\\"')

    # --- classes -----------------------------------------------------------------------------------------------------
    # Ids are linker symbols with the id as their address, not numbers: a new class then changes no module but its own.
    def class_symbol(self, layout: ClassLayout) -> str:
        """The linker symbol whose address is the class's id."""
        return self._class_symbols[self._class_names[layout]]

    def class_id(self, layout: ClassLayout, references: References) -> str:
        """The id as a C expression."""
        symbol = self.class_symbol(layout)
        references.data.add(symbol)
        return f"TW_ADDRESS({symbol})"

    def class_span(self, layout: ClassLayout, references: References) -> str:
        """How far the id of its last subclass is behind its own."""
        symbol = f"{self.class_symbol(layout)}_span"
        references.data.add(symbol)
        return f"TW_ADDRESS({symbol})"

    def slot_symbol(self, slot: MethodSlot) -> str:
        """The table of the slot's implementations; indexed by class id (its address is shifted so that this works)."""
        return self._slot_symbols[self._slot_key(slot)]

    def _slot_key(self, slot: MethodSlot) -> str:
        return f"{self._class_names.get(slot.owner, slot.owner.name)}.{slot.name}"

    def slot_table(self, slot: MethodSlot, references: References) -> str:
        symbol = self.slot_symbol(slot)
        references.data.add(symbol)
        return symbol

    def implementations(self, slot: MethodSlot) -> list[FunctionGraph]:
        """Every function that a call through the slot may reach."""
        return self._implementations.get(slot, [])

    # --- constants ---------------------------------------------------------------------------------------------------
    def constant(self, constant: Constant, references: References) -> str:
        """A C expression for it."""
        value = constant.value
        if constant.kind == "f":
            assert isinstance(value, (int, float)), constant
            return float_literal(float(value))
        if constant.kind == "i" and isinstance(value, int):
            return int_literal(int(value))
        if isinstance(value, FunctionGraph):
            references.functions[value] = None
            references.addressed.add(value)
            return f"TW_ADDRESS({self.symbol_of(value)})"
        if isinstance(value, CSymbol):
            references.symbols.add(value.name)
            return f"TW_ADDRESS(at_{value.name})"
        word = self.prebuilt.word(value, constant.type)
        if isinstance(word, int):
            return int_literal(word)
        references.data.add(word)
        return f"TW_ADDRESS({word})"


def slots_of(layouts: Iterable[ClassLayout]) -> list[MethodSlot]:
    """All method slots, each once, in a fixed order."""
    found = {slot: None for layout in layouts for slot in layout.vtable}
    return sorted(found, key=lambda slot: (slot.owner.first_id, slot.name))


def _distinct_names(layouts: Iterable[ClassLayout]) -> dict[ClassLayout, str]:
    """Class names with their modules, as classes of one name may come from several."""
    names: dict[ClassLayout, str] = {}
    taken: set[str] = set()
    for layout in layouts:
        cls = layout.python_class
        own_module = cls is not None and cls.__module__ not in layout.name and cls.__module__ != "builtins"
        name = f"{cls.__module__}.{layout.name}" if cls is not None and own_module else layout.name
        while name in taken:
            name += "'"
        taken.add(name)
        names[layout] = name
    return names


def _addressed(graphs: list[FunctionGraph]) -> list[FunctionGraph]:
    found = {c.value: None for graph in graphs for c in constants_of(graph) if isinstance(c.value, FunctionGraph)}
    return list(found)
