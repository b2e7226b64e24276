"""The verifier: what every pass after the builder may rely on. Cheap enough to run on every graph."""

from __future__ import annotations

from tracewright.core import operations as op
from tracewright.core.operations import TABLE
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Constant,
    Edge,
    FunctionGraph,
    Instruction,
    Operand,
    Raise,
    Return,
    Switch,
    Variable,
)
from tracewright.translate.flow.show import show
from tracewright.translate.flow.simplify import edges_of
from tracewright.translate.flow.types import ClassLayout, FieldLayout, result_kind_of


class GraphError(AssertionError):
    """A graph breaks a rule: a fault of the translator, never of the author."""


def check(graph: FunctionGraph, after: str = "building") -> None:
    """Raise GraphError, naming the pass, where the graph is not well formed."""
    try:
        _check(graph)
    except AssertionError as error:
        raise GraphError(f"after {after}: {error}\n{show(graph)}") from error


def _check(graph: FunctionGraph) -> None:
    blocks = set(graph.blocks)
    defined: dict[Variable, tuple[Block, int]] = {}
    for block in graph.blocks:
        for parameter in block.parameters:
            assert parameter not in defined, f"{parameter.name} is defined twice"
            defined[parameter] = (block, -1)
        for position, instruction in enumerate(block.instructions):
            for result in [*instruction.results, *([instruction.result] if instruction.result is not None else [])]:
                assert result not in defined, f"a result of {instruction.name} is defined twice"
                defined[result] = (block, position)
    assert graph.entry.parameters is graph.parameters, "the entry's parameters are not the function's"
    dominators = _Dominators(graph)
    for block in graph.blocks:
        for position, instruction in enumerate(block.instructions):
            _check_instruction(instruction)
            last = position == len(block.instructions) - 1
            assert instruction.on_error is None or last, (
                f"{instruction.name} with on_error is not last in b{block.number}"
            )
            for operand in instruction.operands:
                _check_use(operand, block, position, defined, dominators)
        _check_end(graph, block, blocks, defined, dominators)


def _check_use(
    operand: Operand, block: Block, position: int, defined: dict[Variable, tuple[Block, int]], dominators: _Dominators
) -> None:
    if isinstance(operand, Constant):
        _check_constant(operand)
        return
    assert operand in defined, f"{operand.name or 'a temporary'} is used in b{block.number} and defined nowhere"
    home, place = defined[operand]
    if home is block:
        assert place < position, f"{operand.name or 'a temporary'} is used in b{block.number} before its definition"
    else:
        assert dominators.dominates(home, block), (
            f"{operand.name or 'a temporary'} of b{home.number} is used in b{block.number}, which can be reached without it"
        )


def _check_constant(constant: Constant) -> None:
    value = constant.value
    match constant.kind:
        case "i":
            assert value is not None and not isinstance(value, (float, str, bytes)), f"{value!r} as an int"
        case "f":
            assert isinstance(value, float), f"{value!r} as a float"
        case _:
            assert constant.kind == "r" and not isinstance(value, (int, float)), f"{value!r} as a reference"


def _check_instruction(instruction: Instruction) -> None:
    row = TABLE[instruction.operation]
    letters = [letter for letter in row.takes if letter != "#"]
    for index, operand in enumerate(instruction.operands):
        if index < len(letters) and letters[index] != "*":
            assert operand.kind == letters[index], (
                f"operand {index} of {row.name} is {operand.kind}, not {letters[index]}"
            )
        elif not letters or "*" not in letters:
            raise AssertionError(f"{row.name} has too many operands")
    needed = len([letter for letter in letters if letter != "*"])
    assert len(instruction.operands) >= needed, f"{row.name} has too few operands"
    kind = instruction.result.kind if instruction.result is not None else "v"
    match instruction.operation:
        case op.CALL:
            graph = instruction.immediate
            assert isinstance(graph, FunctionGraph), "call without a function"
            kinds = [parameter.kind for parameter in graph.parameters]
            assert [operand.kind for operand in instruction.operands] == kinds, f"arguments of the call of {graph.name}"
            assert kind == graph.result_kind, f"result of the call of {graph.name} is {graph.result_kind}, not {kind}"
        case op.LOAD_FIELD | op.STORE_FIELD:
            field = instruction.immediate
            assert isinstance(field, FieldLayout), f"{row.name} without a field"
            moved = kind if instruction.operation == op.LOAD_FIELD else instruction.operands[1].kind
            assert moved == field.kind, f"{row.name} of {field.name} moves {moved}, not {field.kind}"
        case op.NEW_OBJECT | op.NEW_ARRAY | op.INSTANCE_OF | op.LOAD_ITEM | op.STORE_ITEM:
            assert isinstance(instruction.immediate, ClassLayout), f"{row.name} without a class"
        case _:
            if row.gives in "if" and instruction.operation != op.IS_CONSTANT:
                assert kind == row.gives, f"{row.name} gives {row.gives}, not {kind}"


def _check_end(
    graph: FunctionGraph,
    block: Block,
    blocks: set[Block],
    defined: dict[Variable, tuple[Block, int]],
    dominators: _Dominators,
) -> None:
    terminator = block.terminator
    end = len(block.instructions)
    match terminator:
        case None:
            raise AssertionError(f"b{block.number} has no end")
        case Branch(condition=condition):
            assert condition.kind == "i", f"b{block.number} branches on a {condition.kind}"
            _check_use(condition, block, end, defined, dominators)
        case Switch(value=value):
            assert value.kind == "i", f"b{block.number} switches on a {value.kind}"
            _check_use(value, block, end, defined, dominators)
        case Return(value=value):
            kind = "v" if value is None else value.kind
            wanted = graph.result_kind if graph.result_type is None else result_kind_of(graph.result_type)
            assert kind == wanted, f"b{block.number} returns {kind}, not {wanted}"
            if value is not None:
                _check_use(value, block, end, defined, dominators)
        case Raise(exception=exception):
            assert exception.kind == "r", f"b{block.number} raises a {exception.kind}"
            _check_use(exception, block, end, defined, dominators)
        case _:
            pass
    throwing = _throwing_edges(block)
    for edge in edges_of(block):
        assert edge.target in blocks, f"b{block.number} leads to a block outside of the graph"
        parameters = edge.target.parameters[1:] if edge in throwing else edge.target.parameters
        assert len(edge.arguments) == len(parameters), (
            f"b{block.number} gives {len(edge.arguments)} arguments to b{edge.target.number}, which takes {len(parameters)}"
        )
        # the result of a raising instruction does not exist on its way to the handler
        place = end - 1 if edge in throwing and not isinstance(terminator, Raise) else end
        for argument, parameter in zip(edge.arguments, parameters, strict=True):
            assert argument.kind == parameter.kind, (
                f"b{block.number} gives {parameter.name} of b{edge.target.number} a wrong kind"
            )
            _check_use(argument, block, place, defined, dominators)


def _throwing_edges(block: Block) -> list[Edge]:
    found = []
    if block.instructions and (edge := block.instructions[-1].on_error) is not None:
        found.append(edge)
    if isinstance(block.terminator, Raise) and block.terminator.on_error is not None:
        found.append(block.terminator.on_error)
    return found


class _Dominators:
    """Which block lies on every way to which, by intervals in the dominator tree (Cooper, Harvey and Kennedy)."""

    def __init__(self, graph: FunctionGraph) -> None:
        order = _reverse_postorder(graph)
        self.index = {block: index for index, block in enumerate(order)}
        assert len(order) == len(graph.blocks), "a block cannot be reached"
        before: list[list[int]] = [[] for _ in order]
        for block in order:
            for edge in edges_of(block):
                before[self.index[edge.target]].append(self.index[block])
        parents = [-1] * len(order)
        parents[0] = 0
        changed = True
        while changed:
            changed = False
            for index in range(1, len(order)):
                known = [p for p in before[index] if parents[p] >= 0]
                best = known[0]
                for other in known[1:]:
                    best = _meet(parents, best, other)
                if parents[index] != best:
                    parents[index] = best
                    changed = True
        self._number(parents)

    def _number(self, parents: list[int]) -> None:
        children: list[list[int]] = [[] for _ in parents]
        for index in range(1, len(parents)):
            children[parents[index]].append(index)
        self.enter = [0] * len(parents)
        self.leave = [0] * len(parents)
        clock = 0
        stack = [(0, False)]
        while stack:
            index, done = stack.pop()
            clock += 1
            if done:
                self.leave[index] = clock
            else:
                self.enter[index] = clock
                stack.append((index, True))
                stack.extend((child, False) for child in children[index])

    def dominates(self, a: Block, b: Block) -> bool:
        i, j = self.index[a], self.index[b]
        return self.enter[i] <= self.enter[j] and self.leave[j] <= self.leave[i]


def _meet(parents: list[int], a: int, b: int) -> int:
    while a != b:
        if a > b:
            a = parents[a]
        else:
            b = parents[b]
    return a


def _reverse_postorder(graph: FunctionGraph) -> list[Block]:
    seen = {graph.entry}
    order: list[Block] = []
    stack = [(graph.entry, iter([edge.target for edge in edges_of(graph.entry)]))]
    while stack:
        block, rest = stack[-1]
        for target in rest:
            if target not in seen:
                seen.add(target)
                stack.append((target, iter([edge.target for edge in edges_of(target)])))
                break
        else:
            stack.pop()
            order.append(block)
    order.reverse()
    return order
