"""What a call of each function does to the world, by closure over the call graph: effect bits and written alias classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, final

from tracewright.core import operations as ops
from tracewright.core.effects import ANYTHING, CONTROL, RAISES, SLOTS, WRITES
from tracewright.core.operations import TABLE
from tracewright.core.vm_stack import VMStack
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import FunctionGraph, Instruction, Raise, Variable
from tracewright.translate.flow.types import STR_BUFFER, ClassLayout, FieldLayout, Instance
from tracewright.translate.jitcode.policy import RAW_WRITES
from tracewright.translate.jitcode.writer import is_stack_field

Targets = Callable[[Instruction], list[FunctionGraph]]
_CALLS: Final = frozenset({ops.CALL, ops.CALL_METHOD, ops.CALL_POINTER})
_STORES: Final = frozenset({ops.STORE_FIELD, ops.STORE_ITEM})
_MAKES: Final = frozenset({ops.NEW_OBJECT, ops.NEW_ARRAY})
_LIBRARY: Final = ("tracewright.lib.", "tracewright.translate.lower.")


# Every function is looked at twice: called with anything, and with an object as its first argument that its caller has just
# made. Nobody else can see what is stored into such an object, so a call of a constructor is no write of who calls it.
_Node = tuple[FunctionGraph, bool]


@final
class Effects:
    """`bits[f]` as in core/effects.py; `writes[f]`: the alias classes it may store to, or None for any; `slot_writers`:
    functions that may write VM-stack slots or `top`."""

    def __init__(self, graphs: Iterable[FunctionGraph], targets: Targets) -> None:
        self._bits: dict[_Node, int] = {}
        self._writes: dict[_Node, set[int] | None] = {}
        self.slot_writers: set[FunctionGraph] = set()
        callers: dict[_Node, dict[_Node, None]] = {}
        for graph in graphs:
            for node, callees in self._start(graph, targets):
                for callee in callees:
                    callers.setdefault(callee, {})[node] = None
        waiting = list(self._bits)
        while waiting:
            node = waiting.pop()
            for caller in callers.get(node, ()):
                if self._join(caller, node):
                    waiting.append(caller)
        self.bits = {graph: bits for (graph, made), bits in self._bits.items() if not made}
        self.writes = {graph: writes for (graph, made), writes in self._writes.items() if not made}

    def written(self, graph: FunctionGraph) -> list[int] | None:
        """The alias classes in ascending order."""
        found = self.writes[graph]
        return None if found is None else sorted(found)

    def _start(self, graph: FunctionGraph, targets: Targets) -> list[tuple[_Node, dict[_Node, None]]]:
        """What the function itself does, for both of its nodes; the nodes with what they call."""
        outside, inside = (
            _Doing(set()),
            _Doing(set()),
        )  # called with anything; with an object that its caller has just made
        made = _made_in(graph)
        first = graph.parameters[0] if graph.parameters else None
        for block in graph.blocks:
            if isinstance(block.terminator, Raise) and block.terminator.on_error is None:
                outside.bits |= RAISES
                inside.bits |= RAISES
            for instruction in block.instructions:
                receiver = instruction.operands[0] if instruction.operands else None
                is_made = isinstance(receiver, Variable) and receiver in made
                self._add(outside, graph, instruction, targets, is_made)
                self._add(inside, graph, instruction, targets, is_made or (receiver is first and first is not None))
        for node, doing in (((graph, False), outside), ((graph, True), inside)):
            self._bits[node], self._writes[node] = doing.bits, doing.writes
        return [((graph, False), outside.callees), ((graph, True), inside.callees)]

    def _add(
        self, doing: _Doing, graph: FunctionGraph, instruction: Instruction, targets: Targets, receiver_is_made: bool
    ) -> None:
        operation = instruction.operation
        found = targets(instruction)
        for target in found:
            doing.callees[target, receiver_is_made and operation != ops.CALL_POINTER] = None
        more = _own_bits(instruction, found)
        if operation in RAW_WRITES:
            doing.bits |= more
            doing.writes = _joined(doing.writes, _raw_writes(graph))
            if _is_given_stack(graph):
                doing.bits |= SLOTS
                self.slot_writers.add(graph)
            return
        if instruction.on_error is not None:
            more &= ~RAISES
        if operation in _STORES and receiver_is_made:
            more &= ~WRITES
        doing.bits |= more
        if _writes_slots(instruction, more):
            self.slot_writers.add(graph)
        if more & WRITES:
            doing.writes = _joined(doing.writes, _own_writes(instruction))

    def _join(self, caller: _Node, callee: _Node) -> bool:
        """Exceptions are taken to leave the caller too, even if it catches some of them."""
        passed = self._bits[callee]
        if _fills_text(callee[0]) and not _fills_text(caller[0]) and self._writes[callee] == set():
            passed &= ~WRITES  # the caller made the text; seen from outside, it only gives one
        bits = self._bits[caller] | passed
        writes = _joined(self._writes[caller], self._writes[callee])
        changed = bits != self._bits[caller] or writes is not self._writes[caller]
        if callee[0] in self.slot_writers and caller[0] not in self.slot_writers:
            self.slot_writers.add(caller[0])
            changed = True
        self._bits[caller] = bits
        self._writes[caller] = writes
        return changed


@final
@dataclass(slots=True)
class _Doing:
    """What is found out about one node while its instructions are looked at."""

    writes: set[int] | None
    bits: int = 0
    callees: dict[_Node, None] = field(default_factory=dict)


def _made_in(graph: FunctionGraph) -> set[Variable]:
    """What the function has made itself."""
    return {
        instruction.result
        for block in graph.blocks
        for instruction in block.instructions
        if instruction.operation in _MAKES and instruction.result is not None
    }


def _writes_slots(instruction: Instruction, bits: int) -> bool:
    """Whether the operation itself does: all that touch slots do, but for plain reads."""
    if not bits & SLOTS or instruction.operation == ops.SLOT_LOAD:
        return False
    return not (isinstance(instruction.immediate, FieldLayout) and instruction.operation == ops.LOAD_FIELD)


def _joined(a: set[int] | None, b: set[int] | None) -> set[int] | None:
    """The same object if nothing is new."""
    if a is None or b is None:
        return None
    return a if b <= a else a | b


def _own_bits(instruction: Instruction, targets: Sequence[FunctionGraph]) -> int:
    if isinstance(instruction.immediate, External):
        return instruction.immediate.effects
    if instruction.operation in _CALLS:
        return 0 if targets else ANYTHING
    if instruction.operation in (ops.ENTER_JIT, ops.MERGE_POINT):
        return ANYTHING  # a portal runs guest code
    if isinstance(instruction.immediate, FieldLayout) and is_stack_field(instruction.immediate):
        return SLOTS
    return TABLE[instruction.operation].effects & ~CONTROL


def _own_writes(instruction: Instruction) -> set[int] | None:
    """Of an operation that writes. None if it may write anything."""
    immediate = instruction.immediate
    if isinstance(immediate, FieldLayout) and immediate.alias >= 0:
        return {immediate.alias}
    if isinstance(immediate, ClassLayout) and immediate.alias >= 0:
        return {immediate.alias}
    if isinstance(immediate, External) and not immediate.fills:
        return set()  # the outside world is no memory that traces load from
    return None


def _raw_writes(graph: FunctionGraph) -> set[int] | None:
    """What the raw stores of a library function can change that traces load: the elements of arrays it was given (as in
    `copy_items`); texts and bytes are not loaded by traces. Of functions elsewhere nothing is known."""
    if not graph.module.startswith(_LIBRARY):
        return None
    layouts = [parameter.type.layout for parameter in graph.parameters if isinstance(parameter.type, Instance)]
    return {layout.alias for layout in layouts if layout.shape in ("array", "words")}


def _is_given_stack(graph: FunctionGraph) -> bool:
    """Whether the raw stores may go into slots of a VM stack, which traces know the contents of (as in `copy_to_stack`)."""
    return any(isinstance(one.type, Instance) and one.type.layout.python_class is VMStack for one in graph.parameters)


def _fills_text(graph: FunctionGraph) -> bool:
    """Whether the raw stores go into a str that nobody else has yet. Then they are no visible effect of whoever made that;
    but they are one of the call itself, which a trace may hold alone: it follows the maker, not the filler."""
    return any(parameter.type is STR_BUFFER for parameter in graph.parameters)
