"""Small repairs of a finished graph: values that stand for others, unused values, straight lines of blocks.

b0():  t0 = int_add(x, 1)   jump b1()            b0():  t0 = int_add(x, 1)
b1():  t1 = call f(t0)      jump b2(t1)    to           t1 = call f(t0)
b2(y): return y                                         return t1
"""

from __future__ import annotations

from collections.abc import Iterator

from tracewright.core.effects import READS
from tracewright.core.operations import CALL_C, TABLE
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Constant,
    Edge,
    FunctionGraph,
    Jump,
    Operand,
    Raise,
    Return,
    Switch,
    Variable,
)


def edges_of(block: Block) -> Iterator[Edge]:
    """The edges that leave the block, those of its exceptions included."""
    if block.instructions and block.instructions[-1].on_error is not None:
        yield block.instructions[-1].on_error
    match block.terminator:
        case Jump(edge=edge):
            yield edge
        case Branch(true=true, false=false):
            yield true
            yield false
        case Switch(cases=cases, default=default):
            yield from cases.values()
            yield default
        case Raise(on_error=Edge() as edge):
            yield edge
        case _:
            pass


def operands_of_terminator(block: Block) -> Iterator[Operand]:
    """What the block's end uses, edge arguments left out."""
    match block.terminator:
        case Branch(condition=operand) | Switch(value=operand) | Raise(exception=operand):
            yield operand
        case Return(value=operand) if operand is not None:
            yield operand
        case _:
            pass


def simplify(graph: FunctionGraph, replaced: dict[Variable, Operand]) -> None:
    """Put `replaced` values in their places, then tidy."""
    _fold_branches(graph, replaced)
    _drop_unreachable(graph)
    _merge_lines(graph, replaced)
    _substitute(graph, replaced)
    if _thread_jumps(graph):
        later: dict[Variable, Operand] = {}
        _drop_unreachable(graph)
        _merge_lines(graph, later)
        _substitute(graph, later)
    _drop_unused(graph)
    for number, block in enumerate(graph.blocks):
        block.number = number


def _resolve(operand: Operand, replaced: dict[Variable, Operand]) -> Operand:
    while isinstance(operand, Variable) and operand in replaced:
        operand = replaced[operand]
    return operand


def _fold_branches(graph: FunctionGraph, replaced: dict[Variable, Operand]) -> None:
    for block in graph.blocks:
        terminator = block.terminator
        if isinstance(terminator, Branch):
            condition = _resolve(terminator.condition, replaced)
            if isinstance(condition, Constant) and isinstance(condition.value, int):
                block.terminator = Jump(terminator.true if condition.value else terminator.false)
        elif isinstance(terminator, Switch):
            value = _resolve(terminator.value, replaced)
            if isinstance(value, Constant) and isinstance(value.value, int):
                block.terminator = Jump(terminator.cases.get(value.value, terminator.default))


def _drop_unreachable(graph: FunctionGraph) -> None:
    seen = {graph.blocks[0]}
    stack = [graph.blocks[0]]
    while stack:
        for edge in edges_of(stack.pop()):
            if edge.target not in seen:
                seen.add(edge.target)
                stack.append(edge.target)
    graph.blocks = [block for block in graph.blocks if block in seen]


def _merge_lines(graph: FunctionGraph, replaced: dict[Variable, Operand]) -> None:
    """A block whose only way in is the jump of another becomes part of it."""
    ways: dict[Block, int] = {graph.blocks[0]: 2}
    for block in graph.blocks:
        for edge in edges_of(block):
            ways[edge.target] = ways.get(edge.target, 0) + 1
    gone: set[Block] = set()
    for block in graph.blocks:
        if block in gone:
            continue
        while isinstance(block.terminator, Jump):
            if block.instructions and block.instructions[-1].on_error is not None:
                break
            edge = block.terminator.edge
            target = edge.target
            if ways[target] != 1 or target is block:
                break
            for parameter, argument in zip(target.parameters, edge.arguments, strict=True):
                replaced[parameter] = argument
            block.instructions.extend(target.instructions)
            block.terminator = target.terminator
            gone.add(target)
    graph.blocks = [block for block in graph.blocks if block not in gone]


def _substitute(graph: FunctionGraph, replaced: dict[Variable, Operand]) -> None:
    if not replaced:
        return
    for block in graph.blocks:
        substitute_in(block, replaced)


def substitute_in(block: Block, replaced: dict[Variable, Operand]) -> None:
    """Put `replaced` values in their places in one block."""
    for instruction in block.instructions:
        instruction.operands = [_resolve(operand, replaced) for operand in instruction.operands]
    match block.terminator:
        case Branch() as branch:
            branch.condition = _resolve(branch.condition, replaced)
        case Switch() as switch:
            switch.value = _resolve(switch.value, replaced)
        case Raise() as throw:
            throw.exception = _resolve(throw.exception, replaced)
        case Return() as end if end.value is not None:
            end.value = _resolve(end.value, replaced)
        case _:
            pass
    for edge in edges_of(block):
        edge.arguments = [_resolve(argument, replaced) for argument in edge.arguments]


def _thread_jumps(graph: FunctionGraph) -> bool:
    """A block that only branches on a parameter is passed by where the argument is a constant, and where it is the only thing that follows.

    b3(t): branch t b4() b5()        jump b3(1)  becomes  jump b4()
                                     t0 = int_lt(x, y)  jump b3(t0)  becomes  t0 = int_lt(x, y)  branch t0 b4() b5()
    """
    deciding = {block for block in graph.blocks[1:] if not block.instructions and _decides_by_parameter(block)}
    if not deciding:
        return False
    uses = _count_uses(graph)
    for block in [*deciding]:
        own = _count_own_uses(block)
        if any(uses.get(parameter, 0) != own.get(parameter, 0) for parameter in block.parameters):
            deciding.discard(block)
    changed = False
    for block in graph.blocks:
        for edge in _plain_edges(block):
            for _ in range(len(deciding)):  # at most: deciding blocks may lead to each other in a circle
                if edge.target not in deciding or not _thread(edge):
                    break
                changed = True
        if (
            isinstance(block.terminator, Jump)
            and (target := block.terminator.edge.target) in deciding
            and target is not block
        ):
            block.terminator = _branch_of(block.terminator.edge)
            changed = True
    return changed


def _branch_of(edge: Edge) -> Branch:
    """The branch in which an edge's target ends, for whoever comes by this edge."""
    branch = edge.target.terminator
    assert isinstance(branch, Branch)
    arguments: dict[Operand, Operand] = dict(zip(edge.target.parameters, edge.arguments, strict=True))
    true, false = (
        Edge(way.target, [_argument(a, arguments) for a in way.arguments]) for way in (branch.true, branch.false)
    )
    return Branch(_argument(branch.condition, arguments), true, false, branch.likely)


def _thread(edge: Edge) -> bool:
    """Lead an edge past its deciding target, if the argument decides."""
    target = edge.target
    branch = target.terminator
    assert isinstance(branch, Branch)
    arguments: dict[Operand, Operand] = dict(zip(target.parameters, edge.arguments, strict=True))
    condition = arguments[branch.condition]
    if not isinstance(condition, Constant) or not isinstance(condition.value, int):
        return False
    chosen = branch.true if condition.value else branch.false
    if chosen.target is target:
        return False
    edge.target = chosen.target
    edge.arguments = [_argument(argument, arguments) for argument in chosen.arguments]
    return True


def _argument(operand: Operand, arguments: dict[Operand, Operand]) -> Operand:
    return arguments.get(operand, operand) if isinstance(operand, Variable) else operand


def _decides_by_parameter(block: Block) -> bool:
    return isinstance(block.terminator, Branch) and any(p is block.terminator.condition for p in block.parameters)


def _plain_edges(block: Block) -> list[Edge]:
    match block.terminator:
        case Jump(edge=edge):
            return [edge]
        case Branch(true=true, false=false):
            return [true, false]
        case Switch(cases=cases, default=default):
            return [*cases.values(), default]
        case _:
            return []


def _count_uses(graph: FunctionGraph) -> dict[Variable, int]:
    uses: dict[Variable, int] = {}
    for block in graph.blocks:
        for instruction in block.instructions:
            for operand in instruction.operands:
                if isinstance(operand, Variable):
                    uses[operand] = uses.get(operand, 0) + 1
        for variable, count in _count_own_uses(block).items():
            uses[variable] = uses.get(variable, 0) + count
    return uses


def _count_own_uses(block: Block) -> dict[Variable, int]:
    """Uses in the block's end and its edges."""
    uses: dict[Variable, int] = {}
    for operand in [*operands_of_terminator(block), *(a for edge in edges_of(block) for a in edge.arguments)]:
        if isinstance(operand, Variable):
            uses[operand] = uses.get(operand, 0) + 1
    return uses


def _drop_unused(graph: FunctionGraph) -> None:
    """Remove parameters and instructions without effect whose values nobody needs."""
    needed: set[Variable] = set()
    feeds: dict[Variable, list[Operand]] = {}
    waiting: list[Operand] = []
    for block in graph.blocks:
        waiting.extend(operands_of_terminator(block))
        for instruction in block.instructions:
            if _removable(instruction.operation) and instruction.result is not None:
                feeds[instruction.result] = instruction.operands
            else:
                waiting.extend(instruction.operands)
        for edge in edges_of(block):
            received = edge.target.parameters[len(edge.target.parameters) - len(edge.arguments) :]
            for parameter, argument in zip(received, edge.arguments, strict=True):
                feeds.setdefault(parameter, []).append(argument)
    while waiting:
        operand = waiting.pop()
        if isinstance(operand, Variable) and operand not in needed:
            needed.add(operand)
            waiting.extend(feeds.get(operand, ()))
    for block in graph.blocks:
        block.instructions = [
            instruction
            for instruction in block.instructions
            if instruction.result is None or instruction.result in needed or not _removable(instruction.operation)
        ]
        for edge in edges_of(block):
            received = edge.target.parameters[len(edge.target.parameters) - len(edge.arguments) :]
            if any(parameter not in needed for parameter in received):
                pairs = zip(received, edge.arguments, strict=True)
                edge.arguments = [argument for parameter, argument in pairs if parameter in needed]
    handlers = _handlers(graph)
    for block in graph.blocks[1:]:
        keep = 1 if block in handlers else 0  # a handler's first parameter, the exception, has no argument
        block.parameters = [p for index, p in enumerate(block.parameters) if index < keep or p in needed]


def _removable(operation: int) -> bool:
    return TABLE[operation].effects & ~READS == 0 and operation != CALL_C


def _handlers(graph: FunctionGraph) -> set[Block]:
    found = set()
    for block in graph.blocks:
        if block.instructions and (edge := block.instructions[-1].on_error) is not None:
            found.add(edge.target)
        if isinstance(block.terminator, Raise) and block.terminator.on_error is not None:
            found.add(block.terminator.on_error.target)
    return found


def constants_of(graph: FunctionGraph) -> Iterator[Constant]:
    """All constants in the function, in a fixed order."""
    for block in graph.blocks:
        operands: list[Operand] = [operand for instruction in block.instructions for operand in instruction.operands]
        operands += operands_of_terminator(block)
        operands += [argument for edge in edges_of(block) for argument in edge.arguments]
        for operand in operands:
            if not isinstance(operand, Variable):
                yield operand
