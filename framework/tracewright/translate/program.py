"""A whole translated program: every function, class and prebuilt object that its entry can reach."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType as PythonFunction
from typing import Final, final

from tracewright.core.errors import ERROR, DialectError, DialectErrors, in_order
from tracewright.jit.codegen.contract import BackendMaker
from tracewright.translate.aside import done_aside
from tracewright.translate.flow.check import check
from tracewright.translate.flow.graph import Constant, FunctionGraph, Instruction
from tracewright.translate.flow.inline import inline_small_functions
from tracewright.translate.flow.known_switches import lead_past_known_tests
from tracewright.translate.flow.simplify import edges_of, operands_of_terminator
from tracewright.translate.flow.splice import splice_marked_functions
from tracewright.translate.flow.types import ClassLayout, MethodSlot, number_aliases
from tracewright.translate.hint_checks import check_hints
from tracewright.translate.infer.function import services
from tracewright.translate.infer.translator import Translator
from tracewright.translate.jit_state import reset_jit_state
from tracewright.translate.kept.store import Kept
from tracewright.translate.lower.virtual import settle_method_calls
from tracewright.translate.roomy_python import roomy_python
from tracewright.translate.uncaught import uncaught_exceptions

RESERVED_CLASSES: Final = ("BoxedInt", "str", "bytes", "Words")  # have the ids 1, 2, 3, 4


# Tests check graphs after each pass; a build once, when they are complete.
VERIFY_EVERYTHING: Final = bool(os.environ.get("TRACEWRIGHT_VERIFY"))


@final
@dataclass(eq=False, slots=True)
class Program:
    """The result of translation. All lists are in an order that depends on the sources alone.

    `functions` are the Python functions whose addresses prebuilt objects hold; `function_values` those that are used as values,
    with the code of their closure objects. `objects` are the prebuilt heap objects
    with their layouts, by id (strings and bytes left out). `exceptions` are the layouts of the built-in exceptions by name.
    """

    entry: FunctionGraph
    graphs: list[FunctionGraph]
    layouts: list[ClassLayout]
    slots: list[MethodSlot]
    drivers: list[object]
    functions: dict[PythonFunction, FunctionGraph]
    objects: dict[int, tuple[object, ClassLayout]]
    exceptions: dict[str, ClassLayout]
    roots: dict[str, FunctionGraph] = field(default_factory=dict)
    function_values: dict[PythonFunction, FunctionGraph] = field(default_factory=dict)
    warnings: tuple[DialectError, ...] = ()

    def graph_of(self, function: Callable[..., object]) -> FunctionGraph:
        """The graph of a module-level function that was among the roots or has its address taken."""
        assert isinstance(function, PythonFunction)
        found = self.functions.get(function)
        if found is not None:
            return found
        return self.roots[f"{function.__module__}.{function.__qualname__}"]


def translate(
    entry: Callable[..., object],
    roots: Sequence[Callable[..., object]] = (),
    checked: bool = False,
    kept_in: Path | None = None,
    backend_maker: BackendMaker | None = None,
) -> Program:
    """Translate what `entry` can reach, and the further `roots` that C code or machine code will call. In a `checked` program
    plain `+ - * <<` stop it where they would wrap. What is `kept_in` the folder and still holds is not translated again.
    With a JIT, `backend_maker` makes its backend.

    Raises DialectErrors with everything that was found wrong.
    """
    reset_jit_state(backend_maker)
    with roomy_python():
        return _translate(entry, roots, checked, kept_in)


def _translate(
    entry: Callable[..., object], roots: Sequence[Callable[..., object]], checked: bool, kept_in: Path | None
) -> Program:
    translator = Translator(services(), checked)
    if kept_in is not None:
        translator.kept = Kept(translator, kept_in, sys.modules[entry.__module__])
    graphs = {}
    for function in (entry, *roots):
        assert isinstance(function, PythonFunction)
        graphs[f"{function.__module__}.{function.__qualname__}"] = translator.function_graph(function)
    translator.run()
    if translator.errors:
        raise DialectErrors(translator.errors)
    # What is kept is a matter of seconds; passes that change the graphs need not wait for it.
    with nullcontext() if translator.kept is None else done_aside(translator.kept.save):
        return _finish(translator, graphs)


def _finish(translator: Translator, graphs: dict[str, FunctionGraph]) -> Program:
    """Everything that follows when all functions have their graphs."""
    for layout in translator.table.layouts:
        translator.classes.complete(layout)
    settle_method_calls(translator.method_calls, translator.graphs.values())
    reached = list(translator.graphs.values())
    if VERIFY_EVERYTHING:
        for graph in reached:
            check(graph)
    found = [*hint_complaints(translator), *uncaught_complaints(translator, [next(iter(graphs.values()))])]
    if any(error.severity == ERROR for error in found):
        raise DialectErrors(found)
    splice_marked_functions(reached)
    inline_small_functions(reached)
    lead_past_known_tests(reached)
    reached = _still_reached(translator, [*graphs.values()])
    for graph in reached:
        check(graph, "inlining")
    layouts = number_classes(translator.table.layouts)
    slots = sorted(translator.slots.values(), key=lambda slot: (slot.owner.name, slot.name))
    for number, slot in enumerate(slots):
        slot.number = number
    number_aliases(layouts)
    exceptions = {
        layout.python_class.__name__: layout
        for layout in layouts
        if layout.python_class is not None and layout.python_class.__module__ == "builtins"
        if issubclass(layout.python_class, BaseException)
    }
    return Program(
        next(iter(graphs.values())),
        reached,
        layouts,
        slots,
        translator.drivers,
        translator.prebuilt.functions,
        translator.prebuilt.objects,
        exceptions,
        graphs,
        translator.prebuilt.function_values,
        tuple(in_order([*translator.warnings, *found])),
    )


def hint_complaints(translator: Translator) -> list[DialectError]:
    """What is wrong with hints, warnings included; method calls are settled."""
    return check_hints(translator, list(translator.graphs.values()), call_targets(translator))


def uncaught_complaints(translator: Translator, entries: Iterable[FunctionGraph]) -> list[DialectError]:
    """Warnings about exceptions that can leave a program: a `main` among these functions. Method calls are settled."""
    main = next((graph for graph in entries if graph.name == f"{graph.module}.main"), None)
    if main is None:
        return []
    values = translator.prebuilt.function_values.values()
    layouts = translator.table.layouts
    return uncaught_exceptions(main, list(translator.graphs.values()), call_targets(translator), values, layouts)


def call_targets(translator: Translator) -> Callable[[Instruction], Sequence[FunctionGraph]]:
    """What tells which functions a call may enter."""
    known: dict[MethodSlot, list[FunctionGraph]] = {}
    for layout in translator.table.layouts:
        for slot, graph in layout.vtable.items():
            known.setdefault(slot, []).append(graph)

    def targets(instruction: Instruction) -> Sequence[FunctionGraph]:
        called = instruction.immediate
        if isinstance(called, FunctionGraph):
            return (called,)
        return known.get(called, ()) if isinstance(called, MethodSlot) else ()

    return targets


def _still_reached(translator: Translator, roots: Sequence[FunctionGraph]) -> list[FunctionGraph]:
    """The functions that are called, or whose address something holds, in the order of their sources: it does not depend on
    which were translated, and which kept from an earlier run."""
    waiting = [*roots, *translator.prebuilt.functions.values(), *translator.prebuilt.function_values.values()]
    for layout in translator.table.layouts:
        waiting.extend(layout.vtable.values())
    seen = set(waiting)
    while waiting:
        for callee in _mentioned(waiting.pop()):
            if callee not in seen:
                seen.add(callee)
                waiting.append(callee)
    reached = [graph for graph in translator.graphs.values() if graph in seen]
    return sorted(reached, key=lambda graph: (graph.module, graph.span.line, graph.span.column, graph.name))


def _mentioned(graph: FunctionGraph) -> Iterator[FunctionGraph]:
    for block in graph.blocks:
        operands = [operand for instruction in block.instructions for operand in instruction.operands]
        operands += operands_of_terminator(block)
        operands += [argument for edge in edges_of(block) for argument in edge.arguments]
        for operand in operands:
            if isinstance(operand, Constant) and isinstance(operand.value, FunctionGraph):
                yield operand.value
        for instruction in block.instructions:
            if isinstance(instruction.immediate, FunctionGraph):
                yield instruction.immediate


def number_classes(layouts: Sequence[ClassLayout]) -> list[ClassLayout]:
    """Give class ids so that subclasses are contiguous; the layouts in the order of their ids. Names decide, not the order of
    translation."""
    layouts = sorted(layouts, key=_layout_name)
    reserved = [layout for name in RESERVED_CLASSES for layout in layouts if layout.name == name]
    order = reserved + [layout for layout in layouts if layout.base is None and layout not in reserved]
    result: list[ClassLayout] = []
    for root in order:
        stack: list[tuple[ClassLayout, bool]] = [(root, False)]
        while stack:
            layout, done = stack.pop()
            if done:
                layout.last_id = len(result)
                continue
            result.append(layout)
            layout.first_id = len(result)
            stack.append((layout, True))
            stack.extend((subclass, False) for subclass in sorted(layout.subclasses, key=_layout_name, reverse=True))
    return result


def _layout_name(layout: ClassLayout) -> str:
    return layout.name
