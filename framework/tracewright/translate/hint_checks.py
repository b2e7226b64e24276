"""What the hints of `tracewright.hints` promise, held against what the functions do.

A trace believes a hint: a call of an elidable function is made once for equal arguments, a variable that the driver does not
know has no value after compiled code. So a wrong hint gives a program that is right until it is hot.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, final

from tracewright.core import operations as op
from tracewright.core.effects import WRITES
from tracewright.core.errors import WARNING, DialectError, Label
from tracewright.core.source_span import NOWHERE, SourceSpan
from tracewright.hints import JitDriver
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import Block, FunctionGraph, Instruction, Variable
from tracewright.translate.flow.simplify import edges_of
from tracewright.translate.flow.types import FieldLayout
from tracewright.translate.infer.sources import ModuleSource
from tracewright.translate.jitcode.liveness import liveness_of

if TYPE_CHECKING:
    from tracewright.translate.infer.translator import Translator

Targets = Callable[[Instruction], Sequence[FunctionGraph]]

GREENS: Final = ("code", "pc")
REDS: Final = ("stack", "base", "bottom")
PORTAL_PARAMETERS: Final = ("code", "stack", "base")
_TRUSTED: Final = ("tracewright.lib.", "tracewright.guest.", "tracewright.core.", "tracewright.translate.lower.")
_ALLOCATIONS: Final = frozenset({op.NEW_OBJECT, op.NEW_ARRAY})
_STORES: Final = frozenset({op.STORE_FIELD, op.STORE_ITEM, op.SLOT_STORE})


def check_hints(translator: Translator, graphs: Sequence[FunctionGraph], targets: Targets) -> list[DialectError]:
    """What is wrong with the hints of these functions; warnings among it."""
    return [
        *_check_drivers(translator, graphs),
        *_Elidable(translator, graphs, targets).check(),
        *_unrolled(translator, graphs),
    ]


# --- the driver and the portal ---------------------------------------------------------------------------------------


def _check_drivers(translator: Translator, graphs: Sequence[FunctionGraph]) -> Iterator[DialectError]:
    for driver in translator.drivers:
        if isinstance(driver, JitDriver):
            yield from _check_driver(translator, driver)
    merge_points = [(graph, *found) for graph in graphs if graph.portal is not None for found in _merge_points(graph)]
    for _, block, instruction in merge_points:
        if not _returns_to(block):
            yield DialectError(
                "merge-point",
                "this merge point is in no loop, so there is nothing to trace",
                [Label(instruction.span, "")],
                "put it at the head of the dispatch loop, `while True:`",
            )
    for graph, block, instruction in merge_points[:1]:
        yield from _stray(translator, graph, block, instruction)
    for _, _, instruction in merge_points[1:]:
        first = merge_points[0][2].span
        yield DialectError(
            "merge-point",
            "a program has one merge point, this is another",
            [Label(instruction.span, ""), Label(first, "the first is here")],
            "one dispatch loop runs all guest code; call the function with it",
        )
    portals = {graph for graph, _, _ in merge_points}
    for graph in portals:
        yield from _check_portal(translator, graph)
    for graph in graphs:
        if graph not in portals:
            yield from _strangers(graph, merge_points[0][2].span if merge_points else NOWHERE)


def _check_driver(translator: Translator, driver: JitDriver) -> Iterator[DialectError]:
    for what, wanted, found in (("greens", GREENS, driver.greens), ("reds", REDS, driver.reds)):
        if tuple(found) != wanted:
            yield DialectError(
                "jit-driver",
                f"the {what} of a JitDriver are {_names(wanted)}, here they are {_names(found)}",
                [Label(_place_of(translator, driver), "")],
                "the JIT finds its counters, and resumes the interpreter, by these variables",
            )


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"


def _place_of(translator: Translator, driver: JitDriver) -> SourceSpan:
    """Where the driver is made."""
    for source in translator.sources.modules.values():
        for name, value in source.assignments.items():
            if source.module.__dict__.get(name) is driver:
                return source.place(value)
    return NOWHERE


def _merge_points(graph: FunctionGraph) -> list[tuple[Block, Instruction]]:
    return [(b, i) for b in graph.blocks for i in b.instructions if i.operation == op.MERGE_POINT]


def _returns_to(block: Block) -> bool:
    """Whether control can come back to the block."""
    seen: set[Block] = set()
    waiting = [edge.target for edge in edges_of(block)]
    while waiting:
        current = waiting.pop()
        if current is block:
            return True
        if current not in seen:
            seen.add(current)
            waiting.extend(edge.target for edge in edges_of(current))
    return False


def _stray(
    translator: Translator, graph: FunctionGraph, block: Block, merge_point: Instruction
) -> Iterator[DialectError]:
    """Variables that live across the merge point and are none of the driver's."""
    definition = translator.job_of[graph].definition
    liveness = liveness_of(graph)
    for instruction, _, after in liveness.backward(block):
        if instruction is merge_point:
            known = {operand for operand in merge_point.operands if isinstance(operand, Variable)}
            names = sorted({v.name or "a value without a name" for v in liveness.members(after) if v not in known})
            for name in names:
                yield DialectError(
                    "stray-variable",
                    f"`{name}` is set before the merge point and used after it, but is none of the driver's variables",
                    [
                        Label(merge_point.span, "after a trace it would have no value"),
                        definition.source.label(definition.node, "in this function"),
                    ],
                    "keep it on the VM stack or in a field of an object, or compute it after the merge point",
                )


def _check_portal(translator: Translator, graph: FunctionGraph) -> Iterator[DialectError]:
    names = [parameter.name for parameter in graph.parameters]
    missing = [name for name in PORTAL_PARAMETERS if name not in names]
    if missing:
        definition = translator.job_of[graph].definition
        yield definition.source.error(
            definition.node,
            "portal",
            f"`{definition.node.name}` holds the merge point, but has no parameter {_names(missing)}",
            "compiled code calls it for guest calls: `def run(code: Code, stack: VMStack, base: int) -> Value`",
        )


def _strangers(graph: FunctionGraph, merge_point: SourceSpan) -> Iterator[DialectError]:
    """`can_enter_jit` in a function that is not the portal."""
    for block in graph.blocks:
        for instruction in block.instructions:
            if instruction.operation == op.ENTER_JIT:
                labels = [Label(instruction.span, "")]
                if merge_point.line > 0:
                    labels.append(Label(merge_point, "the dispatch loop with the merge point is this one"))
                yield DialectError(
                    "jit-driver",
                    "`can_enter_jit` is for the function with the merge point: compiled code returns into its loop",
                    labels,
                    "call it there, directly after the backward jump",
                )


# --- elidable functions ----------------------------------------------------------------------------------------------


@final
class _Elidable:
    """Looks for what an elidable function, or a function it calls, changes or reads that others can see changing.

    Objects that the function has just made are its own. The library is trusted: its caches are invisible.
    """

    def __init__(self, translator: Translator, graphs: Sequence[FunctionGraph], targets: Targets) -> None:
        self.translator = translator
        self.graphs = graphs
        self.targets = targets
        self._late: dict[FieldLayout, Instruction] | None = None

    def check(self) -> Iterator[DialectError]:
        for graph in self.graphs:
            if "elidable" in graph.hints and not graph.module.startswith(_TRUSTED):
                found = self._change(graph)
                if found is not None:
                    yield found
                else:
                    yield from self._reads(graph)

    def _change(self, root: FunctionGraph) -> DialectError | None:
        """The first visible change, with the calls that lead to it."""
        seen = {root}
        waiting: list[tuple[FunctionGraph, tuple[Label, ...]]] = [(root, ())]
        while waiting:
            graph, path = waiting.pop(0)
            own = _own_objects(graph)
            for block in graph.blocks:
                for instruction in block.instructions:
                    what = _visible_change(instruction, own, is_constructor=_is_constructor(graph))
                    if what:
                        return self._error(root, instruction.span, what, path)
                    for callee in self.targets(instruction):
                        if callee not in seen and not callee.module.startswith(_TRUSTED):
                            seen.add(callee)
                            step = Label(instruction.span, f"`{_short(callee)}` is called here")
                            waiting.append((callee, (*path, step)))
        return None

    def _error(self, root: FunctionGraph, place: SourceSpan, what: str, path: tuple[Label, ...]) -> DialectError:
        definition = self.translator.job_of[root].definition
        return DialectError(
            "elidable",
            f"`{_short(root)}` is elidable, but {what}",
            [Label(place, ""), *path, _hint_label(definition.source, definition.node, "elidable")],
            "traces leave out or repeat such calls: take the hint away, or use `dont_look_inside`",
        )

    def _reads(self, root: FunctionGraph) -> Iterator[DialectError]:
        """A field that is read here and set again elsewhere: traces would keep the old result."""
        late = self._written_late()
        seen: set[FieldLayout] = set()
        own = _own_objects(root)
        for block in root.blocks:
            for instruction in block.instructions:
                field = instruction.immediate
                if instruction.operation != op.LOAD_FIELD or not isinstance(field, FieldLayout) or field in seen:
                    continue
                if field in late and instruction.operands[0] not in own and not _is_library(field):
                    seen.add(field)
                    yield DialectError(
                        "elidable",
                        f"`{_short(root)}` is elidable, but reads the field `{field.name}`, which changes",
                        [Label(instruction.span, ""), Label(late[field].span, "it is set again here")],
                        "traces keep the first result: pass the value as an argument",
                        WARNING,
                    )

    def _written_late(self) -> dict[FieldLayout, Instruction]:
        """Fields that are set elsewhere than in constructors, each with one such place."""
        if self._late is None:
            self._late = {}
            for graph in self.graphs:
                if _is_constructor(graph):
                    continue
                for block in graph.blocks:
                    for instruction in block.instructions:
                        field = instruction.immediate
                        if instruction.operation == op.STORE_FIELD and isinstance(field, FieldLayout):
                            self._late.setdefault(field, instruction)
        return self._late


def _is_library(field: FieldLayout) -> bool:
    cls = field.owner.python_class
    return cls is None or cls.__module__.startswith(_TRUSTED)


def _is_constructor(graph: FunctionGraph) -> bool:
    return graph.name.partition("[")[0].endswith((".__init__", ".__post_init__"))


def _own_objects(graph: FunctionGraph) -> set[object]:
    """Variables that hold objects made in this function."""
    return {
        instruction.result
        for block in graph.blocks
        for instruction in block.instructions
        if instruction.operation in _ALLOCATIONS
    }


def _visible_change(instruction: Instruction, own: set[object], *, is_constructor: bool) -> str:
    """What the instruction changes outside of the function's own objects, in words; empty if nothing."""
    operation = instruction.operation
    if operation in _STORES:
        if instruction.operands[0] in own or (is_constructor and operation == op.STORE_FIELD):
            return ""
        field = instruction.immediate
        if isinstance(field, FieldLayout):
            return f"sets the field `{field.name}`"
        return "sets a slot of the VM stack" if operation == op.SLOT_STORE else "sets an item of an array"
    if isinstance(instruction.immediate, External) and instruction.immediate.effects & WRITES:
        name = instruction.immediate.python.rpartition(".")[2]
        return f"calls `{name}`" if name else ""
    return ""


def _short(graph: FunctionGraph) -> str:
    return graph.name.removeprefix(graph.module + ".")


def _hint_label(source: ModuleSource, node: ast.FunctionDef, hint: str) -> Label:
    for decorator in node.decorator_list:
        if hint in ast.unparse(decorator):
            return source.label(decorator, "the hint is here")
    return source.label(node, "the hint is on this function")


# --- unroll_safe -----------------------------------------------------------------------------------------------------


def _unrolled(translator: Translator, graphs: Sequence[FunctionGraph]) -> Iterator[DialectError]:
    """Loops that a trace would hold turn by turn: they need an end, and the hint needs a loop."""
    for graph in graphs:
        job = translator.job_of.get(graph)
        if job is None or "unroll_safe" not in graph.hints or graph.module.startswith(_TRUSTED):
            continue
        source, node = job.definition.source, job.definition.node
        loops = [inner for inner in ast.walk(node) if isinstance(inner, (ast.While, ast.For, ast.comprehension))]
        hint = _hint_label(source, node, "unroll_safe")
        for loop in loops:
            if isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant) and loop.test.value:
                yield DialectError(
                    "unroll-safe",
                    "this loop has no bound, and `unroll_safe` puts every turn into the trace",
                    [source.label(loop, ""), hint],
                    "take the hint away, or loop over something that is constant in the trace",
                    WARNING,
                )
        if not loops and graph.portal is None:
            message = f"`{_short(graph)}` has no loop, so `unroll_safe` says nothing"
            yield DialectError("unroll-safe", message, [hint], "take the hint away", WARNING)
