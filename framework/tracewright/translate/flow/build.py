"""Building a flow graph block by block, with SSA made on the way: variables are written and read by name.

A block whose predecessors are not all known yet (a loop head, an exception handler) is *unsealed*; reads in it get a parameter
whose arguments are filled in when it is sealed. `finish` resolves everything, removes parameters that only repeat one value
and code that does nothing, and numbers the blocks in the order in which they are reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

from tracewright.core.source_span import SourceSpan
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Constant,
    Edge,
    FunctionGraph,
    Instruction,
    Jump,
    Operand,
    Raise,
    Return,
    Switch,
    Terminator,
    Unreachable,
    Variable,
)
from tracewright.translate.flow.simplify import edges_of, simplify
from tracewright.translate.flow.types import Type, kind_of
from tracewright.translate.flow.zero import ZERO_OF_KIND


@final
class GraphBuilder:
    """The graph of one function under construction. `block` is where the next instruction goes; None after a terminator."""

    def __init__(self, graph: FunctionGraph) -> None:
        self.graph = graph
        self.types: dict[str, Type] = {}  # of every name that is written
        self.block: Block | None = None
        self.failed = False  # an error was reported: the graph is not to be finished
        self.blocks = 0
        self.incoming: dict[Block, list[tuple[Block, Edge]]] = {}
        self._definitions: dict[Block, dict[str, Operand]] = {}
        self._unsealed: dict[Block, dict[str, Variable]] = {}
        self._joins: dict[Block, list[Variable]] = {}  # the parameters made by reading
        self._arguments: dict[Variable, list[Operand]] = {}  # theirs, in the order of `incoming`
        self._unassigned: dict[Type, Constant] = {}  # what a name is where nothing has assigned it, by identity
        entry = self.new_block(sealed=True)
        entry.parameters = graph.parameters
        self.entry = entry
        self.block = entry
        graph.blocks = [entry]

    # --- blocks ---

    def new_block(self, *, sealed: bool = False) -> Block:
        """A block without predecessors; pass it to `seal` when all its predecessors are known."""
        block = Block(self.blocks)
        self.blocks += 1
        self.incoming[block] = []
        self._definitions[block] = {}
        self._joins[block] = []
        if not sealed:
            self._unsealed[block] = {}
        return block

    def seal(self, block: Block) -> None:
        """No further predecessors will come."""
        waiting = self._unsealed.pop(block, None)
        if waiting:
            for name, variable in waiting.items():
                self._fill(block, name, variable)

    def start(self, block: Block) -> None:
        """Continue in this block."""
        self.block = block

    def _here(self) -> Block:
        """The current block; after a terminator, a new one that nothing leads to (it vanishes at the end)."""
        if self.block is None:
            self.block = self.new_block(sealed=True)
        return self.block

    def _edge(self, target: Block) -> Edge:
        block = self._here()
        assert target in self._unsealed, "a predecessor comes after the block was sealed"
        edge = Edge(target)
        self.incoming[target].append((block, edge))
        return edge

    # --- ends of blocks ---

    def end(self, terminator: Terminator) -> None:
        block = self._here()
        assert block.terminator is None
        block.terminator = terminator
        self.block = None

    def jump(self, target: Block) -> None:
        self.end(Jump(self._edge(target)))

    def branch(self, condition: Operand, true: Block, false: Block, likely: int = -1) -> None:
        self.end(Branch(condition, self._edge(true), self._edge(false), likely))

    def switch(self, value: Operand, cases: dict[int, Block], default: Block) -> None:
        self.end(Switch(value, {number: self._edge(block) for number, block in cases.items()}, self._edge(default)))

    def give_back(self, value: Operand | None) -> None:
        self.end(Return(value))

    def throw(self, exception: Operand, span: SourceSpan, handler: Block | None) -> None:
        self.end(Raise(exception, span, None if handler is None else self._edge(handler)))

    def unreachable(self) -> None:
        self.end(Unreachable())

    def append(self, instruction: Instruction, handler: Block | None) -> None:
        """Add the instruction; one that may raise into a handler ends its block, and building goes on in a new one."""
        self._here().instructions.append(instruction)
        if handler is not None:
            instruction.on_error = self._edge(handler)
            following = self.new_block()
            self.jump(following)
            self.seal(following)
            self.start(following)

    # --- variables ---

    def write(self, name: str, value: Operand) -> None:
        """From here on `name` is `value`."""
        self._definitions[self._here()][name] = value

    def insert_at_entry(self, name: str, instruction: Instruction) -> None:
        """Make `name`, which nothing has mentioned yet, the result of an instruction at the very start."""
        assert instruction.result is not None
        self.entry.instructions.insert(0, instruction)
        self._definitions[self.entry][name] = instruction.result

    def read(self, name: str) -> Operand:
        """What `name` is here."""
        return self._read(name, self._here())

    def _read(self, name: str, block: Block) -> Operand:
        walked = []
        while name not in self._definitions[block]:
            walked.append(block)
            before = self.incoming[block]
            if block in self._unsealed or len(before) != 1:
                break
            block = before[0][0]
        value = self._definitions[block].get(name)
        if value is None:
            value = self._join(name, block)
        for passed in walked:
            self._definitions[passed][name] = value
        return value

    def _join(self, name: str, block: Block) -> Operand:
        type = self.types[name]
        kind = kind_of(type)
        if block not in self._unsealed and not self.incoming[block]:
            # never assigned on the way here, or there is no way here
            return self.unassigned(type) if block is self.entry else Constant(ZERO_OF_KIND[kind], kind, type)
        variable = Variable(type, kind, name)
        self._definitions[block][name] = variable
        self._joins[block].append(variable)
        if block in self._unsealed:
            self._unsealed[block][name] = variable
        else:
            self._fill(block, name, variable)
        return variable

    def _fill(self, block: Block, name: str, variable: Variable) -> None:
        self._arguments[variable] = [self._read(name, before) for before, _ in self.incoming[block]]

    def unassigned(self, type: Type) -> Constant:
        """What a name of this type is where nothing has assigned it."""
        found = self._unassigned.get(type)
        if found is None:
            kind = kind_of(type)
            found = self._unassigned[type] = Constant(ZERO_OF_KIND[kind], kind, type)
        return found

    def maybe_unassigned(self, operands: Sequence[Operand]) -> list[bool]:
        """For each operand whether there is a way to it on which nothing was assigned. To be asked before `finish`."""
        if not self._unassigned:
            return [False] * len(operands)
        reachable = set(_reachable(self.entry))
        absent = {id(constant) for constant in self._unassigned.values()}
        tainted: set[Variable] = set()
        users: dict[Variable, list[Variable]] = {}
        waiting: list[Variable] = []
        for block in reachable:
            for variable in self._joins[block]:
                for (before, _), argument in zip(self.incoming[block], self._arguments[variable], strict=True):
                    if before not in reachable:
                        continue
                    if isinstance(argument, Variable):
                        users.setdefault(argument, []).append(variable)
                    elif id(argument) in absent:
                        waiting.append(variable)
        while waiting:
            variable = waiting.pop()
            if variable not in tainted:
                tainted.add(variable)
                waiting.extend(users.get(variable, ()))
        return [id(operand) in absent or operand in tainted for operand in operands]

    # --- the end ---

    def finish(self) -> None:
        """Complete the graph: every read is resolved, and what is not needed is gone."""
        if self.failed:
            self.graph.blocks = [Block(0, self.graph.parameters, terminator=Unreachable())]
            return
        assert not self._unsealed, "a block was never sealed"
        reachable = _reachable(self.entry)
        inside = set(reachable)
        self._keep_ways_from(inside)
        replaced = self._trivial()
        for block in reachable:
            kept = [variable for variable in self._joins[block] if variable not in replaced]
            block.parameters = [*block.parameters, *kept] if kept else block.parameters
            for position, (_, edge) in enumerate(self.incoming[block]):
                edge.arguments.extend(self._arguments[variable][position] for variable in kept)
        self.graph.blocks = reachable
        simplify(self.graph, replaced)
        for number, block in enumerate(self.graph.blocks):
            block.number = number
            if block.terminator is None:
                raise AssertionError(f"block {number} of {self.graph.name} has no end")

    def _keep_ways_from(self, inside: set[Block]) -> None:
        """Forget the ways into blocks that start in dead code."""
        for block, ways in self.incoming.items():
            keep = [before in inside for before, _ in ways]
            if not all(keep):
                self.incoming[block] = [way for way, kept in zip(ways, keep, strict=True) if kept]
                for variable in self._joins[block]:
                    arguments = zip(self._arguments[variable], keep, strict=True)
                    self._arguments[variable] = [argument for argument, kept in arguments if kept]

    def _trivial(self) -> dict[Variable, Operand]:
        """Parameters that receive one value only (or themselves), with that value."""
        replaced: dict[Variable, Operand] = {}
        users: dict[Variable, list[Variable]] = {}
        for variable, arguments in self._arguments.items():
            for argument in arguments:
                if isinstance(argument, Variable) and argument in self._arguments:
                    users.setdefault(argument, []).append(variable)
        waiting = list(self._arguments)
        while waiting:
            variable = waiting.pop()
            if variable in replaced:
                continue
            only: Operand | None = None
            for argument in self._arguments[variable]:
                value = resolve(argument, replaced)
                if value is variable or same_operand(value, only):
                    continue
                if only is not None:
                    break
                only = value
            else:
                if only is not None:
                    replaced[variable] = only
                    waiting.extend(users.get(variable, ()))
                    if isinstance(only, Variable) and only in self._arguments:
                        users.setdefault(only, []).extend(users.get(variable, ()))
        return replaced


def resolve(operand: Operand, replaced: dict[Variable, Operand]) -> Operand:
    """The operand that stands for this one in the end."""
    while isinstance(operand, Variable) and operand in replaced:
        operand = replaced[operand]
    return operand


def same_operand(a: Operand, b: Operand | None) -> bool:
    """Whether both are the same variable, or constants of the same value (floats by their bits, objects by identity)."""
    if a is b:
        return True
    if not isinstance(a, Constant) or not isinstance(b, Constant) or a.kind != b.kind:
        return False
    if isinstance(a.value, (int, str)) and type(a.value) is type(b.value):
        return a.value == b.value
    return a.value is b.value


def _reachable(entry: Block) -> list[Block]:
    """The blocks that can be reached, in reverse postorder (every block after those that dominate it)."""
    seen = {entry}
    order: list[Block] = []
    stack = [(entry, iter([edge.target for edge in edges_of(entry)][::-1]))]
    while stack:
        block, rest = stack[-1]
        for target in rest:
            if target not in seen:
                seen.add(target)
                stack.append((target, iter([edge.target for edge in edges_of(target)][::-1])))
                break
        else:
            stack.pop()
            order.append(block)
    order.reverse()
    return order
