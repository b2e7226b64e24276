"""What a call of each function does to the world, by closure over the call graph: effect bits and written alias classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, final

from tracewright.core import operations as ops
from tracewright.core.effects import ANYTHING, CONTROL, RAISES, SLOTS, WRITES
from tracewright.core.operations import TABLE
from tracewright.translate.flow.graph import FunctionGraph, Instruction, Operand, Raise, Variable
from tracewright.translate.infer.types import STR_BUFFER, ClassLayout, FieldLayout, Instance
from tracewright.translate.jitcode.policy import RAW_WRITES
from tracewright.translate.jitcode.writer import is_stack_field
from tracewright.translate.lower.externals import External

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
            for made in (False, True):
                self._start((graph, made), targets)
                for callee in _callees((graph, made), targets):
                    callers.setdefault(callee, {})[(graph, made)] = None
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

    def _start(self, node: _Node, targets: Targets) -> None:
        graph = node[0]
        made = _made_in(node)
        bits = 0
        writes: set[int] | None = set()
        for block in graph.blocks:
            if isinstance(block.terminator, Raise) and block.terminator.on_error is None:
                bits |= RAISES
            for instruction in block.instructions:
                more = _own_bits(instruction, targets)
                if instruction.operation in RAW_WRITES:
                    raw = _raw_writes(graph)
                    bits |= more
                    writes = _joined(writes, raw)
                    continue
                if instruction.on_error is not None:
                    more &= ~RAISES
                if instruction.operation in _STORES and _is_one_of(instruction.operands[0], made):
                    more &= ~WRITES
                bits |= more
                if _writes_slots(instruction, more):
                    self.slot_writers.add(graph)
                writes = _joined(writes, _own_writes(instruction, more))
        self._bits[node] = bits
        self._writes[node] = writes

    def _join(self, caller: _Node, callee: _Node) -> bool:
        """Exceptions are taken to leave the caller too, even if it catches some of them."""
        passed = self._bits[callee]
        if _fills_text(callee[0]) and not _fills_text(caller[0]) and self._writes[callee] == set():
            passed &= ~WRITES  # the caller made the text; seen from outside, it only gives one
        bits = self._bits[caller] | passed
        writes = _joined(self._writes[caller], self._writes[callee])
        changed = bits != self._bits[caller] or writes != self._writes[caller]
        if callee[0] in self.slot_writers and caller[0] not in self.slot_writers:
            self.slot_writers.add(caller[0])
            changed = True
        self._bits[caller] = bits
        self._writes[caller] = writes
        return changed


def _callees(node: _Node, targets: Targets) -> dict[_Node, None]:
    made = _made_in(node)
    found: dict[_Node, None] = {}
    for block in node[0].blocks:
        for instruction in block.instructions:
            receives_made = (
                instruction.operation != ops.CALL_POINTER
                and len(instruction.operands) > 0
                and _is_one_of(instruction.operands[0], made)
            )
            for target in targets(instruction):
                found[target, receives_made] = None
    return found


def _made_in(node: _Node) -> list[Variable]:
    """What the function has made itself, or its caller has just made for it."""
    graph, first = node
    made = [
        instruction.result
        for block in graph.blocks
        for instruction in block.instructions
        if instruction.operation in _MAKES and instruction.result is not None
    ]
    return [*made, graph.parameters[0]] if first and graph.parameters else made


def _is_one_of(operand: Operand, variables: list[Variable]) -> bool:
    return any(operand is variable for variable in variables)


def _writes_slots(instruction: Instruction, bits: int) -> bool:
    """Whether the operation itself does: all that touch slots do, but for plain reads."""
    if not bits & SLOTS or instruction.operation == ops.SLOT_LOAD:
        return False
    return not (isinstance(instruction.immediate, FieldLayout) and instruction.operation == ops.LOAD_FIELD)


def _joined(a: set[int] | None, b: set[int] | None) -> set[int] | None:
    return None if a is None or b is None else a | b


def _own_bits(instruction: Instruction, targets: Targets) -> int:
    if isinstance(instruction.immediate, External):
        return instruction.immediate.effects
    if instruction.operation in _CALLS:
        return 0 if targets(instruction) else ANYTHING
    if instruction.operation in (ops.ENTER_JIT, ops.MERGE_POINT):
        return ANYTHING  # a portal runs guest code
    if isinstance(instruction.immediate, FieldLayout) and is_stack_field(instruction.immediate):
        return SLOTS
    return TABLE[instruction.operation].effects & ~CONTROL


def _own_writes(instruction: Instruction, bits: int) -> set[int] | None:
    """None if it may write anything."""
    if not bits & WRITES:
        return set()
    immediate = instruction.immediate
    if isinstance(immediate, FieldLayout) and immediate.alias >= 0:
        return {immediate.alias}
    if isinstance(immediate, ClassLayout) and immediate.alias >= 0:
        return {immediate.alias}
    if isinstance(immediate, External) and immediate.symbol != "tw_call_native":
        return set()  # the outside world is no memory that traces load from
    return None


def _raw_writes(graph: FunctionGraph) -> set[int] | None:
    """What the raw stores of a library function can change that traces load: the elements of arrays it was given (as in
    `copy_items`); texts and bytes are not loaded by traces. Of functions elsewhere nothing is known."""
    if not graph.module.startswith(_LIBRARY):
        return None
    layouts = [parameter.type.layout for parameter in graph.parameters if isinstance(parameter.type, Instance)]
    return {layout.alias for layout in layouts if layout.shape in ("array", "words")}


def _fills_text(graph: FunctionGraph) -> bool:
    """Whether the raw stores go into a str that nobody else has yet. Then they are no visible effect of whoever made that;
    but they are one of the call itself, which a trace may hold alone: it follows the maker, not the filler."""
    return any(parameter.type is STR_BUFFER for parameter in graph.parameters)
