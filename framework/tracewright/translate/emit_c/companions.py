"""What an interpreter's loop computes anew at every bytecode from variables that seldom change, and keeps beside them instead.

    loop(code, pc, base):   words = load_field code words     word = load_item(words, pc)
                            index = int_add(base, a)          value = slot_load(stack, index)

A call or return of the guest changes `code` and `base`; each bytecode between asks for the words of the same code and for slots of the
same frame. So `code` gets a companion that holds its words, and `base` one that holds the address of the frame's first slot, and they
change where those do:

    words_of_code = TW_WORD(code, 64);   frame_of_base = (int64_t)(tw_slots(stack) + base);
    loop:   word = TW_ITEM(words_of_code, pc);   value = ((int64_t *)frame_of_base)[a];

The C compiler cannot find this out: any store may change the code's field, as far as it knows, and where a stack's slots lie. Only functions with an
interpreter's dispatch have companions, because there a variable changes seldom and is used often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import final

from tracewright.core.operations import INT_ADD, LOAD_FIELD, SLOT_LOAD, SLOT_STORE
from tracewright.translate.emit_c.dispatch import Dispatch
from tracewright.translate.flow.graph import Edge, FunctionGraph, Instruction, Operand, Variable
from tracewright.translate.flow.simplify import edges_of
from tracewright.translate.flow.types import FieldLayout, Instance

# What stands beside a variable: the value of this field of its object; None: the address of slot 0 of the frame that begins there.
Kept = FieldLayout | None


@final
@dataclass(slots=True)
class Companions:
    """`frames` have the address of slot 0 of their frame in `stack` beside them; `fields` the values of these fields. An index into
    the stack that is the sum of such a base and of others stands in `sums`, with the base and those."""

    stack: Variable | None = None
    frames: set[Variable] = field(default_factory=set)
    sums: dict[Variable, tuple[Variable, tuple[Operand, ...]]] = field(default_factory=dict)
    fields: dict[Variable, list[FieldLayout]] = field(default_factory=dict)

    def beside(self, variable: Variable) -> list[Kept]:
        """What this variable has beside it."""
        frame: list[Kept] = [None] if variable in self.frames else []
        return [*frame, *self.fields.get(variable, ())]

    def frame_index(self, instruction: Instruction) -> tuple[Variable, tuple[Operand, ...]] | None:
        """Of a slot access: the base in relation to whose frame it is, and what is added to it."""
        if instruction.operation not in (SLOT_LOAD, SLOT_STORE) or instruction.operands[0] is not self.stack:
            return None
        index = instruction.operands[1]
        if index in self.frames:
            assert isinstance(index, Variable)
            return index, ()
        return self.sums.get(index) if isinstance(index, Variable) else None

    def kept_field(self, instruction: Instruction) -> tuple[Variable, FieldLayout] | None:
        """The object and the field, if the instruction loads a field that is kept beside its object."""
        if instruction.operation != LOAD_FIELD:
            return None
        source, wanted = instruction.operands[0], instruction.immediate
        if isinstance(source, Variable) and isinstance(wanted, FieldLayout) and wanted in self.fields.get(source, ()):
            return source, wanted
        return None


def find_companions(graph: FunctionGraph, dispatches: Iterable[Dispatch]) -> Companions:
    """The companions that the function's variables get; none without a dispatch."""
    chained = [block for dispatch in dispatches for block in dispatch.chain]
    found = Companions()
    if not chained:
        return found
    loop_variables = {*graph.parameters, *(parameter for block in chained for parameter in block.parameters)}
    sources = _sources(graph)
    _find_frames(graph, loop_variables, sources, found)
    loads = [i for block in chained for i in block.instructions if i.operation == LOAD_FIELD]
    for load in loads:
        owner, wanted = load.operands[0], load.immediate
        if isinstance(wanted, FieldLayout) and wanted.immutable == "always" and isinstance(owner, Variable):
            for origin in _origins({owner} & loop_variables, sources, objects=True):
                kept = found.fields.setdefault(origin, [])
                if wanted not in kept:
                    kept.append(wanted)
    return found


def _find_frames(
    graph: FunctionGraph, loop_variables: set[Variable], sources: dict[Variable, list[Operand]], found: Companions
) -> None:
    instructions = [instruction for block in graph.blocks for instruction in block.instructions]
    accesses = [i for i in instructions if i.operation in (SLOT_LOAD, SLOT_STORE) and i.operands[0] in graph.parameters]
    if not accesses:
        return
    stack = accesses[0].operands[0]
    indexes = {a.operands[1] for a in accesses if a.operands[0] is stack and isinstance(a.operands[1], Variable)}
    additions = {i.result: i.operands for i in instructions if i.operation == INT_ADD and i.result is not None}
    mentioned = [*indexes, *(operand for index in indexes for operand in additions.get(index, ()))]
    bases = {operand for operand in mentioned if isinstance(operand, Variable) and operand in loop_variables}
    if not bases:
        return
    assert isinstance(stack, Variable)
    found.stack, found.frames = stack, _origins(bases, sources)
    for result in additions:
        _note_sum(result, additions, found)


def _note_sum(
    variable: Variable, additions: Mapping[Variable, Sequence[Operand]], found: Companions
) -> tuple[Variable, tuple[Operand, ...]] | None:
    """The base and what is added to it, if the variable is such a sum; of a base that is one, what lies below it. Otherwise a frame that is
    called would be found by way of the stack."""
    known = found.sums.get(variable)
    if known is not None or variable not in additions:
        return known
    left, right = additions[variable]
    for base, added in ((left, right), (right, left)):
        if not isinstance(base, Variable):
            continue
        inner = (base, ()) if base in found.frames else _note_sum(base, additions, found)
        if inner is not None:
            found.sums[variable] = (inner[0], (*inner[1], added))
            return found.sums[variable]
    return None


def _sources(graph: FunctionGraph) -> dict[Variable, list[Operand]]:
    """What the edges assign to each block parameter."""
    found: dict[Variable, list[Operand]] = {}
    for block in graph.blocks:
        for edge in edges_of(block):
            for parameter, argument in zip(own_parameters(edge), edge.arguments, strict=True):
                found.setdefault(parameter, []).append(argument)
    return found


def own_parameters(edge: Edge) -> list[Variable]:
    """The target's parameters that the edge's arguments fill: all but the exception that a handler receives."""
    parameters = edge.target.parameters
    return parameters[len(parameters) - len(edge.arguments) :]


def _origins(variables: set[Variable], sources: dict[Variable, list[Operand]], objects: bool = False) -> set[Variable]:
    """The variables and those whose values come to be theirs along edges. With `objects`, only those that always are objects of their
    class: another becomes one on the edge, not before."""
    found = {variable for variable in variables if not objects or isinstance(variable.type, Instance)}
    waiting = list(found)
    while waiting:
        for source in sources.get(waiting.pop(), ()):
            if (
                isinstance(source, Variable)
                and source not in found
                and (not objects or isinstance(source.type, Instance))
            ):
                found.add(source)
                waiting.append(source)
    return found
