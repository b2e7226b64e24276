"""What costs time in a function, per source line: the findings of `tracewright report`.

A finding is read off the operations that are left after translation, so what the translator could prove or inline costs nothing
and is not mentioned. Weights are rough: a unit is about one operation of the processor.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, final

from tracewright.core import operations as ops
from tracewright.core.effects import RAISES
from tracewright.translate.emit_c.copying import NOWHERE, size_of_copy
from tracewright.translate.emit_c.functions import emit_function
from tracewright.translate.emit_c.text import FunctionText
from tracewright.translate.emit_c.view import ProgramView
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import Block, Branch, Constant, FunctionGraph, Instruction, Raise
from tracewright.translate.flow.types import ClassLayout, MethodSlot, short_name
from tracewright.translate.jitcode.policy import why_not


@final
@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the legend: `weight` is what one such operation adds to its line."""

    name: str
    weight: int
    meaning: str


ALLOCATION: Final = Kind("allocation", 8, "an object or array is made; the collector will have to find it again")
VIRTUAL_CALL: Final = Kind("virtual call", 6, "the method, or the function behind a pointer, is looked up at run time")
CALL: Final = Kind("call", 4, "a call that is too large to be inlined, or recursive")
C_CALL: Final = Kind("C call", 4, "a function of the C library or the runtime")
MAY_RAISE: Final = Kind("may raise", 1, "after the call the pending exception is tested")
BOXED: Final = Kind(
    "boxed value", 2, "a number becomes a guest `Value` or comes out of one; ints above 51 bits are allocated"
)
TYPE_TEST: Final = Kind("class test", 2, "the class of an object, or the tag of a `Value`, is looked at")
BOUNDS: Final = Kind("bounds check", 2, "an index is compared with a length")
CHECK: Final = Kind("check", 2, "None, zero or another wrong value is looked for")
OVERFLOW: Final = Kind("overflow check", 1, "the result is tested for overflow")
CAST: Final = Kind("unchecked cast", 0, "natively nothing is checked: wrong is a crash")
NOT_TRACED: Final = Kind("not traced", 3, "a trace calls this function and cannot see through it")
INDIRECT: Final = Kind("guest memory", 1, "a slot of the VM stack is read or written (in traces it is a register)")

KINDS: Final = (
    ALLOCATION, VIRTUAL_CALL, CALL, C_CALL, NOT_TRACED, BOXED, TYPE_TEST, BOUNDS, CHECK, MAY_RAISE, OVERFLOW, INDIRECT, CAST,
)  # fmt: skip

# Operations that always mean the same.
_PLAIN: Final = {
    ops.VALUE_OF_INT: BOXED,
    ops.VALUE_OF_FLOAT: BOXED,
    ops.VALUE_AS_INT: BOXED,
    ops.VALUE_FLOAT: BOXED,
    ops.VALUE_IS_SMALL: TYPE_TEST,
    ops.VALUE_IS_FLOAT: TYPE_TEST,
    ops.VALUE_IS_REF: TYPE_TEST,
    ops.VALUE_IS_INT: TYPE_TEST,
    ops.VALUE_IS_OBJECT: TYPE_TEST,
    ops.CLASS_OF: TYPE_TEST,
    ops.INSTANCE_OF: TYPE_TEST,
    ops.INT_ADD_OVF: OVERFLOW,
    ops.INT_SUB_OVF: OVERFLOW,
    ops.INT_MUL_OVF: OVERFLOW,
    ops.NEW_OBJECT: ALLOCATION,
    ops.NEW_ARRAY: ALLOCATION,
    ops.SLOT_LOAD: INDIRECT,
    ops.SLOT_STORE: INDIRECT,
}
_UNCHECKED: Final = frozenset({"unsafe_cast", "unchecked_get", "unchecked_set"})


@final
@dataclass(frozen=True, slots=True)
class Finding:
    """Something on a line that costs: what it is, and a word on the case at hand."""

    kind: Kind
    detail: str


Findings = dict[int, Counter[Finding]]  # by source line: how often each


def weight_of(findings: Counter[Finding]) -> int:
    """What a line costs."""
    return sum(finding.kind.weight * times for finding, times in findings.items())


def unchecked_lines(tree: ast.AST) -> Iterator[tuple[int, Finding]]:
    """Places that a translated function shows no trace of: casts and accesses that its author has taken the checks off."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _UNCHECKED:
            yield node.lineno, Finding(CAST, node.func.id)


def traced_functions(view: ProgramView) -> set[FunctionGraph]:
    """The portal, and what the tracer sees through from there; empty for a program without a portal."""
    waiting = [graph for graph in view.program.graphs if graph.portal is not None]
    found = set(waiting)
    while waiting:
        for callee in view.callees[waiting.pop()]:
            if callee not in found and not why_not(callee):
                found.add(callee)
                waiting.append(callee)
    return found


@final
class Annotator:
    """Finds what costs in the functions of one program; remembers their C."""

    def __init__(self, view: ProgramView) -> None:
        self.view: Final = view
        self._texts: dict[FunctionGraph, FunctionText] = {}

    def text_of(self, graph: FunctionGraph) -> FunctionText:
        """The function's C."""
        found = self._texts.get(graph)
        if found is None:
            found = self._texts[graph] = emit_function(graph, self.view)
        return found

    def findings_of(self, graph: FunctionGraph, last_line: int, in_traces: bool = False) -> Findings:
        """What costs in a function whose source ends at `last_line`; `in_traces`: traces see through it, so what it calls
        matters to them."""
        found: Findings = {}
        for line, finding in self._walk(graph, last_line):
            if in_traces or finding.kind is not NOT_TRACED:
                found.setdefault(line, Counter())[finding] += 1
        return found

    def _walk(self, graph: FunctionGraph, last_line: int) -> Iterator[tuple[int, Finding]]:
        """What was inlined into a line counts for that line."""
        first = graph.span.line
        for block in graph.blocks:
            line = first
            for instruction in block.instructions:
                span = instruction.span
                if span.path == graph.span.path and first <= span.line <= last_line:
                    line = span.line
                for finding in self._findings(instruction):
                    yield line, finding
            check = _failed_check(block)
            if check is not None:
                yield (check[0] if first <= check[0] <= last_line else line), check[1]

    def _findings(self, instruction: Instruction) -> Iterator[Finding]:
        plain = _PLAIN.get(instruction.operation)
        if plain is not None:
            yield Finding(plain, _detail(instruction))
            return
        match instruction.immediate:
            case FunctionGraph() as callee if instruction.operation == ops.CALL:
                yield from self._direct_call(callee)
            case MethodSlot() as slot:
                yield from self._method_call(slot)
            case External() as external:
                yield Finding(C_CALL, external.symbol)
                if external.effects & RAISES:
                    yield Finding(MAY_RAISE, external.symbol)
            case _ if instruction.operation == ops.CALL_POINTER:
                yield Finding(VIRTUAL_CALL, "through a function value")
                yield Finding(MAY_RAISE, "a function value")

    def _method_call(self, slot: MethodSlot) -> Iterator[Finding]:
        targets = self.view.implementations(slot)
        if len(targets) == 1:
            yield from self._direct_call(targets[0])
            return
        yield Finding(VIRTUAL_CALL, f"{short_name(slot.owner)}.{slot.name}, {len(targets)} implementations")
        if any(target in self.view.raising for target in targets):
            yield Finding(MAY_RAISE, slot.name)

    def _direct_call(self, callee: FunctionGraph) -> Iterator[Finding]:
        text = self.text_of(callee)
        if callee in self.view.recursive:
            yield Finding(CALL, f"{callee.name}: recursive")
        elif size_of_copy(text, recursive=False) == NOWHERE:
            yield Finding(CALL, f"{callee.name}: {text.weight} operations")
        if callee in self.view.raising:
            yield Finding(MAY_RAISE, callee.name)
        reason = why_not(callee)
        if reason:
            yield Finding(NOT_TRACED, f"{callee.name}: {reason}")


def _detail(instruction: Instruction) -> str:
    if isinstance(instruction.immediate, ClassLayout):
        return short_name(instruction.immediate)
    return instruction.name


def _failed_check(block: Block) -> tuple[int, Finding] | None:
    """A branch to a block that does nothing but raise a prebuilt exception: the line, and which check it is."""
    branch = block.terminator
    if not isinstance(branch, Branch) or branch.likely < 0:
        return None
    target = (branch.false if branch.likely else branch.true).target
    end = target.terminator
    if target.instructions or not isinstance(end, Raise) or not isinstance(end.exception, Constant):
        return None
    name = type(end.exception.value).__name__
    return end.span.line, Finding(BOUNDS if name == "IndexError" else CHECK, f"{name}: {end.exception.value}")
