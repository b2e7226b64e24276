"""The graph of a function as bytes, and back. What other functions speak of too (types, classes, functions, objects) is left
out: it is replaced by its place in a list of names."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from typing import Any, Final, final

from tracewright.core.source_span import SourceSpan
from tracewright.hints import JitDriver
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import (
    Block,
    Constant,
    CSymbol,
    Edge,
    FunctionGraph,
    Instruction,
    Terminator,
    Variable,
)
from tracewright.translate.flow.types import (
    ClassLayout,
    FieldLayout,
    FunctionType,
    Instance,
    MethodSlot,
    Optional,
    Primitive,
    Type,
)

BlockParts = tuple[list[Variable], list[Instruction], Terminator | None]

_NAMED: Final = {
    Primitive,
    Instance,
    Optional,
    FunctionType,
    ClassLayout,
    FieldLayout,
    MethodSlot,
    FunctionGraph,
    JitDriver,
}


@final
class _Named:
    """The value of a constant that is replaced by its name."""

    __slots__ = ("thing",)

    def __init__(self, thing: object) -> None:
        self.thing = thing


@final
class _Writer(pickle.Pickler):
    """Blocks are numbered from -1 downwards, so that long chains of them are no deep recursion."""

    def __init__(self, stream: io.BytesIO, number: Callable[[object], int]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._number = number

    def persistent_id(self, thing: Any) -> int | None:
        kind = type(thing)
        if kind in _NAMED:
            return self._number(thing)
        if kind is _Named:
            return self._number(thing.thing)
        return -1 - int(thing.number) if kind is Block else None

    def reducer_override(self, thing: Any) -> Any:
        parts = _PARTS.get(type(thing))
        return NotImplemented if parts is None else parts(thing)


@final
class _Reader(pickle.Unpickler):
    def __init__(self, data: bytes, blocks: Sequence[Block], things: Sequence[object]) -> None:
        super().__init__(io.BytesIO(data))
        self._blocks = blocks
        self._things = things

    def persistent_load(self, number: Any) -> object:
        return self._things[number] if number >= 0 else self._blocks[-1 - number]


def _constant(value: object, kind: str, type: Type) -> Constant:
    return Constant(value, kind, type)


def _parts_of_constant(thing: Constant) -> tuple[object, ...]:
    value = thing.value
    plain = value is None or isinstance(value, (int, float, str, bytes, CSymbol))
    return _constant, (value if plain else _Named(value), thing.kind, thing.type)


def _parts_of_instruction(thing: Instruction) -> tuple[object, ...]:
    fields = (thing.operation, thing.operands, thing.result, thing.span, thing.immediate, thing.on_error, thing.results)
    return Instruction, fields


def _parts_of_span(thing: SourceSpan) -> tuple[object, ...]:
    return SourceSpan, (thing.path, thing.line, thing.column, thing.end_line, thing.end_column)


def _parts_of_external(thing: External) -> tuple[object, ...]:
    return External, (thing.python, thing.symbol, thing.takes, thing.gives, thing.effects, thing.fills)


# What graphs consist of, as calls: without the names of fields there is half as much to look at.
_PARTS: Final[dict[type, Callable[[Any], tuple[object, ...]]]] = {
    Constant: _parts_of_constant,
    Variable: lambda thing: (Variable, (thing.type, thing.kind, thing.name)),
    Edge: lambda thing: (Edge, (thing.target, thing.arguments)),
    Instruction: _parts_of_instruction,
    SourceSpan: _parts_of_span,
    External: _parts_of_external,
}

MethodCalls = list[tuple[Instruction, ClassLayout]]


def write_body(graph: FunctionGraph, method_calls: MethodCalls, number: Callable[[object], int]) -> bytes:
    """The graph's blocks, its driver, and its virtual calls; `number` gives places in the list of names."""
    assert all(block.number == position for position, block in enumerate(graph.blocks))
    parts: list[BlockParts] = [(block.parameters, block.instructions, block.terminator) for block in graph.blocks]
    stream = io.BytesIO()
    _Writer(stream, number).dump((parts, graph.portal, method_calls))
    return stream.getvalue()


def read_body(graph: FunctionGraph, count: int, data: bytes, things: Sequence[object]) -> MethodCalls:
    """Fill in the graph from what `write_body` gave; the virtual calls."""
    blocks = [Block(number) for number in range(count)]
    parts, graph.portal, method_calls = _Reader(data, blocks, things).load()
    for block, (parameters, instructions, terminator) in zip(blocks, parts, strict=True):
        block.parameters, block.instructions, block.terminator = parameters, instructions, terminator
    graph.blocks = blocks
    graph.parameters = blocks[0].parameters
    calls: MethodCalls = method_calls
    return calls
