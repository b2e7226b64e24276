"""Filling the prebuilt `ASSEMBLY`: jitcode for what the tracer looks into, tables for all that traces mention."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, cast, final

from tracewright.core import operations as ops
from tracewright.core.effects import COLLECTS, RAISES
from tracewright.core.source_span import NOWHERE
from tracewright.core.vm_stack import VMStack
from tracewright.hints import JitDriver
from tracewright.jit.tables.assembly import Assembly
from tracewright.jit.tables.function_table import ClassInfo, FieldInfo, FunctionInfo
from tracewright.translate.flow.call_graph import CallGraph, implementations_of
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import (
    Block,
    FunctionAddress,
    FunctionGraph,
    Instruction,
    Return,
    Variable,
    WrapperAddress,
)
from tracewright.translate.flow.simplify import constants_of
from tracewright.translate.flow.types import (
    FLOAT,
    INT,
    NONE,
    OBJECT,
    ClassLayout,
    FunctionType,
    Type,
    kind_of,
    result_kind_of,
)
from tracewright.translate.jitcode.effects import Effects
from tracewright.translate.jitcode.policy import functions_to_look_into
from tracewright.translate.jitcode.tables import Tables
from tracewright.translate.jitcode.writer import new_jitcode, write_jitcode

_IMMUTABLE = {"": 0, "always": 1, "rarely": 2}
_TYPE_OF_KIND: dict[str, Type] = {"i": INT, "f": FLOAT, "r": OBJECT, "v": NONE}


class ProgramLike(Protocol):
    """The part of translate.program.Program that is read here."""

    @property
    def graphs(self) -> list[FunctionGraph]: ...
    @property
    def layouts(self) -> list[ClassLayout]: ...


def fill_assembly(
    program: ProgramLike,
    assembly: Assembly,
    location: FunctionGraph | None = None,
    note_place: FunctionGraph | None = None,
    addressed: Iterable[FunctionGraph] = (),
    watches_fields: bool = False,
) -> list[FunctionGraph]:
    """Fill in the assembly once all graphs exist, class ids and alias classes are given, before prebuilt objects are frozen.

    `location` is the graph of the driver's location function, `note_place` that of `core/guest_place.py: note_guest_place`, `addressed` are functions that prebuilt objects point at;
    `watches_fields` says that emitted stores to quasi-immutable fields call `field_changed`. Gives new
    graphs (of C functions that traces call), which the caller adds to the program; without a portal nothing is filled in.
    """
    portal = next((graph for graph in program.graphs if graph.portal is not None), None)
    if portal is None:
        return []
    assembly.watches_fields = watches_fields
    return _Filler(program, assembly, portal, addressed).fill(location, note_place)


@final
class _Filler:
    def __init__(
        self, program: ProgramLike, assembly: Assembly, portal: FunctionGraph, addressed: Iterable[FunctionGraph]
    ) -> None:
        self.program = program
        self.assembly = assembly
        self.portal = portal
        self.implementations = implementations_of(program.layouts)
        values, addresses = _addressed(program.graphs)
        self.addressed = list(dict.fromkeys([*values, *(graph for graph in addressed if graph not in addresses)]))
        self.calls = CallGraph(program.graphs, lambda slot: self.implementations.get(slot, []), self._pointees)
        self.effects = Effects(program.graphs, self.calls.targets)
        self.tables = Tables(portal, functions_to_look_into(portal, self.calls.targets), self.implementations)
        self.new_graphs: list[FunctionGraph] = []

    def fill(self, location: FunctionGraph | None, note_place: FunctionGraph | None) -> list[FunctionGraph]:
        assembly, tables = self.assembly, self.tables
        for graph, number in tables.jitcodes.items():
            assembly.jitcodes.append(new_jitcode(graph, number))
        for graph, number in tables.jitcodes.items():
            write_jitcode(graph, assembly.jitcodes[number], tables)
        self._portal(location)
        if note_place is not None:
            assembly.note_place = tables.function(note_place)
        for graph in self.addressed:  # what pointers may call
            tables.function(graph)
        self._classes()
        for graph, number in tables.jitcodes.items():
            if graph in self.calls.recursive:
                assembly.jitcodes[number].function = tables.function(graph)
        self._functions()
        for layout in tables.fields:
            immutable = _IMMUTABLE[layout.immutable]
            assembly.fields.append(
                FieldInfo(layout.name, layout.kind, layout.offset, layout.alias, immutable, layout.items_immutable)
            )
        return self.new_graphs

    # --- the portal --------------------------------------------------------------------------------------------------
    def _portal(self, location: FunctionGraph | None) -> None:
        assembly = self.assembly
        assembly.portal = 0
        assembly.portal_function = self.tables.function(self.portal)
        assembly.portal_wrapper = _word(WrapperAddress(self.portal))
        names = [parameter.name for parameter in self.portal.parameters]
        missing = {"code", "stack", "base"} - set(names)
        if missing:
            raise PortalShape(self.portal, missing)
        driver = self.portal.portal
        assembly.results_in_frame = isinstance(driver, JitDriver) and driver.results_in_frame
        assembly.small_ints = isinstance(driver, JitDriver) and driver.small_ints
        assembly.portal_code = names.index("code")
        assembly.portal_pc = names.index("pc") if "pc" in names else -1
        assembly.portal_stack = names.index("stack")
        assembly.portal_base = names.index("base")
        stack_layout = next((layout for layout in self.program.layouts if layout.python_class is VMStack), None)
        if stack_layout is not None:
            assembly.stack_top_alias = stack_layout.fields["top"].alias
        if location is not None:
            assembly.location_wrapper = _word(WrapperAddress(location))

    # --- tables ------------------------------------------------------------------------------------------------------
    def _functions(self) -> None:
        done = 0
        while done < len(self.tables.functions):  # making a graph for a C function adds nothing here, but be sure
            for callee in list(self.tables.functions)[done:]:
                self.assembly.functions.append(self._function(callee))
                self.assembly.function_jitcodes.append(
                    self.tables.jitcodes.get(callee, -1) if isinstance(callee, FunctionGraph) else -1
                )
                done += 1

    def _function(self, callee: FunctionGraph | External) -> FunctionInfo:
        if isinstance(callee, External):
            graph = external_graph(callee)
            self.new_graphs.append(graph)
            writes: list[int] | None = None if callee.fills else []
            bits = callee.effects
        else:
            graph = callee
            bits, writes = self.effects.bits[callee], self.effects.written(callee)
            bits = bits & ~RAISES if callee not in self.calls.raising else bits | RAISES
        kinds = "".join(parameter.kind for parameter in graph.parameters)
        address, wrapper = _word(FunctionAddress(graph)), _word(WrapperAddress(graph))
        # A function that gives a number and only computes is as good as declared elidable.
        elidable = "elidable" in graph.hints or (graph.result_kind in "if" and bits & ~COLLECTS == 0)
        info = FunctionInfo(graph.name, kinds, graph.result_kind, bits, elidable, address, wrapper, writes)
        info.writes_slots = graph in self.effects.slot_writers
        return info

    def _classes(self) -> None:
        classes = self.assembly.classes
        by_id = {layout.first_id: layout for layout in self.program.layouts if layout.first_id >= 0}
        for class_id in range(max(by_id, default=-1) + 1):
            layout = by_id.get(class_id)
            if layout is None:
                classes.append(ClassInfo("", class_id, class_id, 0, "", ""))
                continue
            item_kind = kind_of(layout.item) if layout.item is not None else "i" if layout.shape == "words" else ""
            info = ClassInfo(layout.name, class_id, layout.last_id, layout.size, layout.shape, item_kind)
            info.alias = layout.alias
            for slot in self.tables.slots:
                method = layout.vtable.get(slot)
                jitcode = -1 if method is None else self.tables.jitcodes.get(method, -1)
                info.vtable.append(jitcode)
                info.vfunctions.append(-1 if method is None or jitcode >= 0 else self.tables.function(method))
            classes.append(info)
            if layout.name == "BoxedInt":
                self.assembly.boxed_int_class = class_id

    def _pointees(self, function_type: FunctionType) -> list[FunctionGraph]:
        kinds = [kind_of(parameter) for parameter in function_type.parameters]
        gives = result_kind_of(function_type.result)
        return [g for g in self.addressed if g.result_kind == gives and [p.kind for p in g.parameters] == kinds]


def external_graph(external: External) -> FunctionGraph:
    """A function that only calls a C function, so that traces can call that one as they call any other."""
    parameters = [Variable(_TYPE_OF_KIND[kind], kind, f"a{n}") for n, kind in enumerate(external.takes)]
    gives = external.gives
    result = Variable(_TYPE_OF_KIND[gives], gives, "result") if gives != "v" else None
    block = Block(0, list(parameters))
    block.instructions.append(Instruction(ops.CALL_C, list(parameters), result, NOWHERE, external))
    block.terminator = Return(result)
    return FunctionGraph(
        f"tracewright.jit.external.{external.symbol}",
        "tracewright.jit.external",
        NOWHERE,
        parameters,
        _TYPE_OF_KIND[gives],
        gives,
        [block],
    )


def _addressed(graphs: list[FunctionGraph]) -> tuple[list[FunctionGraph], set[FunctionGraph]]:
    """Functions that are used as values, in a fixed order; and those of which only machine code gets the address."""
    values: dict[FunctionGraph, None] = {}
    addresses: set[FunctionGraph] = set()
    for graph in graphs:
        for constant in constants_of(graph):
            if isinstance(constant.value, FunctionGraph):
                if isinstance(constant.type, FunctionType):
                    values[constant.value] = None
                else:
                    addresses.add(constant.value)
    return list(values), addresses - set(values)


class PortalShape(Exception):
    """The function with the merge point lacks parameters that the JIT has to find."""

    def __init__(self, portal: FunctionGraph, missing: set[str]) -> None:
        super().__init__(
            f"{portal.span}: {portal.name} holds jit_merge_point, so it needs parameters named {', '.join(sorted(missing))}"
        )


def _word(address: FunctionAddress | WrapperAddress) -> int:
    """An int field's value that is known to the linker only; the freezer of prebuilt objects writes the symbol."""
    return cast(int, address)
