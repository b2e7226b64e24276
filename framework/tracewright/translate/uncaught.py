"""Which built-in exceptions can leave a program's entry function, and where they are raised.

Natively such a program ends with `internal error: uncaught ...`, which its users can do nothing about. The graphs know more than the
source shows: which functions a call may enter, which `except` catches what, and what a `finally` lets through.

Only what depends on data counts as raised: a key, the text of a number, a divisor (`_FAILING`). That an index is in range, or that
there is memory, is not what an analysis of this size could judge, and a warning for each would drown the rest. So would one for each
lookup that is asked about first: behind a branch on something about the key (or the text, the divisor) it is taken to be right,
as in `if key not in table: table[key] = []` and then `table[key]`. Texts with lone surrogates, which cannot be encoded, are left out as well: few languages have them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

from tracewright.core import operations as op
from tracewright.core.effects import RAISES
from tracewright.core.errors import WARNING, DialectError, Label
from tracewright.core.source_span import SourceSpan
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Constant,
    Edge,
    FunctionGraph,
    Instruction,
    Operand,
    Raise,
    Variable,
)
from tracewright.translate.flow.simplify import constants_of, edges_of
from tracewright.translate.flow.types import ClassLayout, FunctionType, Instance, Type

Targets = Callable[[Instruction], Sequence[FunctionGraph]]

_HELP: Final[dict[type, str]] = {
    KeyError: "use `get`, ask with `in` first, or catch it where the guest's own error can be made of it",
    ValueError: "catch it where the guest's own error can be made of it",
    UnicodeDecodeError: "the bytes may be anything: catch it where the guest's own error can be made of it",
    OverflowError: "catch it where the guest's own error can be made of it, or use `wrap_add` and its sisters",
    ZeroDivisionError: "test the divisor first, and make the guest's own error of it",
    OSError: "files and output can always fail: catch it, and report `error_text(error.errno)`",
}


@final
@dataclass(frozen=True, slots=True)
class _Failing:
    """What a function of the library raises because of the data in one of its arguments."""

    raised: tuple[type, ...]
    argument: int = 0


_FAILING: Final = {
    "tracewright.lib.dicts.Dict.__getitem__": _Failing((KeyError,), 1),
    "tracewright.lib.dicts.Dict.__delitem__": _Failing((KeyError,), 1),
    "tracewright.lib.dicts.Dict.pop": _Failing((KeyError,), 1),
    "tracewright.lib.sets.Set.remove": _Failing((KeyError,), 1),
    "tracewright.lib.list_core.List.index": _Failing((ValueError,), 1),
    "tracewright.lib.list_core.List.remove": _Failing((ValueError,), 1),
    "tracewright.lib.string_parts.str_index": _Failing((ValueError,), 1),
    "tracewright.lib.string_parts.str_rindex": _Failing((ValueError,), 1),
    "tracewright.lib.numbers.int_of_str": _Failing((ValueError, OverflowError)),
    "tracewright.lib.numbers.int_of_str_in_base": _Failing((ValueError, OverflowError)),
    "tracewright.lib.numbers.int_of_float": _Failing((ValueError, OverflowError)),
    "tracewright.lib.float_parse.parse_float": _Failing((ValueError,)),
    "tracewright.lib.utf8.bytes_decode": _Failing((UnicodeDecodeError,)),
    "tracewright.guest.numeric_values.number_divide": _Failing((ZeroDivisionError,), 1),
    "tracewright.guest.numeric_values.number_modulo": _Failing((ZeroDivisionError,), 1),
    "tracewright.lib.numbers.floor_div": _Failing((ZeroDivisionError,), 1),
    "tracewright.lib.numbers.floor_mod": _Failing((ZeroDivisionError,), 1),
}
_OVERFLOWING: Final = frozenset({op.INT_ADD_OVF, op.INT_SUB_OVF, op.INT_MUL_OVF})
_DEEPEST_QUESTION: Final = 3  # `not (len(text) > 9)`
_CALLS: Final = frozenset({op.CALL, op.CALL_METHOD, op.CALL_POINTER})


def uncaught_exceptions(
    entry: FunctionGraph,
    graphs: Sequence[FunctionGraph],
    targets: Targets,
    values: Iterable[FunctionGraph],
    layouts: Iterable[ClassLayout],
) -> list[DialectError]:
    """Warnings about built-in exceptions that can leave `entry`. `targets` says what a call other than by a function value may
    enter; `values` is the code of prebuilt function values, `layouts` are all classes."""
    known = {cls: layout for layout in layouts for cls in [layout.python_class] if cls is not None and cls in _HELP}
    pointees = _pointees(graphs, values)

    def entered(instruction: Instruction) -> Sequence[FunctionGraph]:
        called = instruction.immediate
        return pointees.get(_by_type(called), ()) if isinstance(called, FunctionType) else targets(instruction)

    return list(_Uncaught(graphs, entered, known).warnings(entry))


_ValueType = tuple[tuple[Type, ...], Type | None]


def _pointees(
    graphs: Sequence[FunctionGraph], values: Iterable[FunctionGraph]
) -> dict[_ValueType, list[FunctionGraph]]:
    """The code of function values, by the types that calls know them by; its first parameter is the closure."""
    addressed = [c.value for graph in graphs for c in constants_of(graph) if isinstance(c.value, FunctionGraph)]
    found: dict[_ValueType, list[FunctionGraph]] = {}
    for graph in dict.fromkeys([*values, *addressed]):
        types = tuple(parameter.type for parameter in graph.parameters[1:])
        found.setdefault((types, graph.result_type), []).append(graph)
    return found


def _by_type(type: FunctionType) -> _ValueType:
    return type.parameters[1:], type.result


# --- places that raise -----------------------------------------------------------------------------------------------
@final
@dataclass(eq=False, slots=True)
class _Site:
    """A place in a function that may raise: these classes itself, or what `callees` let out."""

    span: SourceSpan
    on_error: Edge | None
    raised: Sequence[ClassLayout]
    callees: Sequence[FunctionGraph]


def _is_framework(graph: FunctionGraph) -> bool:
    """Whether the function is none of the author's: what it raises by itself is not theirs to mend, or is in `_FAILING`."""
    return graph.module.startswith("tracewright.")


def _sites_of(graph: FunctionGraph, targets: Targets, known: dict[type, ClassLayout]) -> Iterator[_Site]:
    definitions = {i.result: i for block in graph.blocks for i in block.instructions if i.result is not None}
    for block in graph.blocks:
        for instruction in block.instructions:
            raised = () if _is_framework(graph) else _raised_by(graph, block, instruction, definitions)
            layouts = [known[cls] for cls in raised if cls in known]
            callees = targets(instruction) if instruction.operation in _CALLS and not raised else ()
            if layouts or callees:
                yield _Site(instruction.span, instruction.on_error, layouts, callees)
        end = block.terminator
        if isinstance(end, Raise) and not _is_framework(graph) and isinstance(end.exception.type, Instance):
            layout = end.exception.type.layout
            # A prebuilt one is a check of the dialect's own (of a divisor; that there is a largest of so many), not a `raise`.
            own_check = isinstance(end.exception, Constant)
            if own_check and (layout.python_class is not ZeroDivisionError or _is_answered(graph, block, definitions)):
                continue
            if layout.python_class in known:
                yield _Site(end.span, end.on_error, [layout], ())


_Definitions = dict[Variable, Instruction]


def _raised_by(
    graph: FunctionGraph, block: Block, instruction: Instruction, definitions: _Definitions
) -> tuple[type, ...]:
    """The exceptions that an instruction raises because of its operands."""
    called = instruction.immediate
    if instruction.operation in _OVERFLOWING:
        return (OverflowError,)
    if isinstance(called, External):
        return (OSError,) if called.effects & RAISES and called.python.startswith("tracewright.core.system.") else ()
    if instruction.operation != op.CALL or not isinstance(called, FunctionGraph):
        return ()
    found = _FAILING.get(called.name.split("[")[0])
    if found is None:
        return ()
    data = instruction.operands[found.argument]
    if ZeroDivisionError in found.raised and isinstance(data, Constant) and data.value:
        return ()
    return () if _is_asked_about(graph, block, data, definitions) else found.raised


def _is_answered(graph: FunctionGraph, raising: Block, definitions: _Definitions) -> bool:
    """Whether a check of the dialect's own, such as that of the divisor before `/`, stands behind a question about the same."""
    for check in graph.blocks:
        end = check.terminator
        if isinstance(end, Branch) and end.false.target is raising and isinstance(end.condition, Variable):
            asked = definitions.get(end.condition)
            if asked is not None and asked.operation == op.FLOAT_NE:
                return _is_asked_about(graph, check, asked.operands[0], definitions)
    return False


# --- questions that come first ---------------------------------------------------------------------------------------
def _is_asked_about(graph: FunctionGraph, home: Block, data: Operand, definitions: _Definitions) -> bool:
    """Whether control comes to a block only behind a branch on something about these data."""
    made = definitions.get(data) if isinstance(data, Variable) else None
    if made is not None and made.operation == op.INT_TO_FLOAT:
        data = made.operands[0]
    for block in graph.blocks:
        end = block.terminator
        if block is not home and isinstance(end, Branch):
            if _depends(end.condition, data, definitions, _DEEPEST_QUESTION) and not _is_reached(graph, home, block):
                return True
    return False


def _depends(operand: Operand, data: Operand, definitions: _Definitions, depth: int) -> bool:
    """Whether the operand is computed from the data, in at most so many steps."""
    if _is_same(operand, data, definitions):
        return True
    made = definitions.get(operand) if isinstance(operand, Variable) else None
    return (
        made is not None and depth > 0 and any(_depends(each, data, definitions, depth - 1) for each in made.operands)
    )


def _is_same(a: Operand, b: Operand, definitions: _Definitions) -> bool:
    """Whether both are the same expression, such as `token.text`."""
    if isinstance(a, Variable) and isinstance(b, Variable):
        if a is b:
            return True
        first, second = definitions.get(a), definitions.get(b)
        if first is None or second is None or not first.operands:
            return False
        same_kind = first.operation == second.operation and first.immediate is second.immediate
        return same_kind and all(
            _is_same(x, y, definitions) for x, y in zip(first.operands, second.operands, strict=True)
        )
    return isinstance(a, Constant) and isinstance(b, Constant) and a.value is b.value


def _is_reached(graph: FunctionGraph, home: Block, without: Block) -> bool:
    """Whether there is a way from the function's start to one block that does not go through another."""
    seen: set[Block] = set()
    waiting = [graph.entry]
    while waiting:
        block = waiting.pop()
        if block is home:
            return True
        if block not in seen and block is not without:
            seen.add(block)
            waiting.extend(edge.target for edge in edges_of(block))
    return False


# --- the whole program -----------------------------------------------------------------------------------------------
@final
class _Uncaught:
    """First the classes that leave each function, from callees to callers until nothing changes; then, for what leaves the entry,
    back to the places."""

    def __init__(self, graphs: Sequence[FunctionGraph], targets: Targets, known: dict[type, ClassLayout]) -> None:
        self.known = known
        self.sites = {graph: list(_sites_of(graph, targets, known)) for graph in graphs}
        self._passes: dict[tuple[Block, ClassLayout], bool] = {}
        self.leaving: dict[FunctionGraph, set[ClassLayout]] = {graph: set() for graph in graphs}
        self._settle()

    def _settle(self) -> None:
        callers: dict[FunctionGraph, set[FunctionGraph]] = {}
        for graph, sites in self.sites.items():
            for site in sites:
                for callee in site.callees:
                    callers.setdefault(callee, set()).add(graph)
        waiting = dict.fromkeys(self.sites)
        while waiting:
            graph, _ = waiting.popitem()
            leaving = {layout for site in self.sites[graph] for layout in self._let_out(site)}
            if leaving != self.leaving[graph]:
                self.leaving[graph] = leaving
                waiting.update(dict.fromkeys(callers.get(graph, ())))

    def _let_out(self, site: _Site) -> set[ClassLayout]:
        """The classes that leave the function from this place."""
        raised = set(site.raised)
        for callee in site.callees:
            raised |= self.leaving.get(callee, set())
        return {layout for layout in raised if self._passes_on(site.on_error, layout)}

    def _passes_on(self, edge: Edge | None, layout: ClassLayout) -> bool:
        """Whether an exception of this class that goes along the edge leaves the function in the end."""
        if edge is None:
            return True
        found = self._passes.get((edge.target, layout))
        if found is None:
            found = self._passes[edge.target, layout] = _reaches_the_caller(edge.target, layout)
        return found

    def warnings(self, entry: FunctionGraph) -> Iterator[DialectError]:
        """One for each place and class."""
        name = entry.name.removeprefix(entry.module + ".")
        for cls, layout in self.known.items():
            if layout not in self.leaving[entry]:
                continue
            for span in self._places(entry, layout):
                message = f"{layout.name} of this can leave `{name}`; the program then ends with an internal error"
                yield DialectError("uncaught", message, [Label(span, "")], _HELP[cls], WARNING)

    def _places(self, entry: FunctionGraph, layout: ClassLayout) -> Iterable[SourceSpan]:
        found: dict[SourceSpan, None] = {}
        seen = {entry}
        waiting = [entry]
        while waiting:
            for site in self.sites[waiting.pop()]:
                if layout not in self._let_out(site):
                    continue
                if layout in site.raised:
                    found[site.span] = None
                for callee in site.callees:
                    if callee not in seen and layout in self.leaving.get(callee, ()):
                        seen.add(callee)
                        waiting.append(callee)
        return found


# --- handlers --------------------------------------------------------------------------------------------------------
def _reaches_the_caller(handler: Block, layout: ClassLayout) -> bool:
    """Whether a handler raises the exception that it receives again, out of the function. Questions about its class are
    answered; everything else may go either way."""
    names = {handler.parameters[0]}  # all variables that may hold it
    waiting = [handler]
    seen: dict[Block, int] = {}
    while waiting:
        block = waiting.pop()
        if seen.get(block) == len(names):
            continue
        seen[block] = len(names)
        end = block.terminator
        if isinstance(end, Raise) and end.exception in names:
            if end.on_error is None:
                return True
            names.add(end.on_error.target.parameters[0])
        for edge in _ways_on(block, names, layout):
            skipped = len(edge.target.parameters) - len(edge.arguments)  # an exception comes first
            pairs = zip(edge.target.parameters[skipped:], edge.arguments, strict=True)
            names.update(parameter for parameter, argument in pairs if argument in names)
            waiting.append(edge.target)
    return False


def _ways_on(block: Block, names: set[Variable], layout: ClassLayout) -> Iterable[Edge]:
    end = block.terminator
    if isinstance(end, Branch) and isinstance(end.condition, Variable):
        asked = next((i for i in block.instructions if i.result is end.condition), None)
        if asked is not None and asked.operation == op.INSTANCE_OF and asked.operands[0] in names:
            assert isinstance(asked.immediate, ClassLayout)
            if _is_subclass(layout, asked.immediate):
                return (end.true,)
            if not _is_subclass(asked.immediate, layout):
                return (end.false,)
    return edges_of(block)


def _is_subclass(layout: ClassLayout, base: ClassLayout) -> bool:
    current: ClassLayout | None = layout
    while current is not None and current is not base:
        current = current.base
    return current is base
