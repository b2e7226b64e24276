"""Registers for variables: few, so that frames and snapshots stay small.

Colours are given in an order in which definitions come before uses (dominators first); in SSA form that greedy walk never
needs more registers than there are variables alive at one place. Where it can, a block parameter shares the register of an
argument, which saves the move.
"""

from __future__ import annotations

from typing import final

from tracewright.translate.flow.graph import Block, FunctionGraph, Variable
from tracewright.translate.flow.simplify import edges_of
from tracewright.translate.jitcode.liveness import LiveVariables, results_of


@final
class Registers:
    """`of[v]` is the register of variable v. The last two hold an exception on its way, and a helper for cyclic moves."""

    def __init__(self, graph: FunctionGraph, liveness: LiveVariables) -> None:
        self.liveness = liveness
        self.of: dict[Variable, int] = {}
        self.count = len(graph.parameters)
        self.friends: dict[Variable, list[Variable]] = {}
        for block in liveness.order:
            for edge in edges_of(block):
                parameters = edge.target.parameters[len(edge.target.parameters) - len(edge.arguments) :]
                for parameter, argument in zip(parameters, edge.arguments, strict=True):
                    if isinstance(argument, Variable):
                        self.friends.setdefault(parameter, []).append(argument)
                        self.friends.setdefault(argument, []).append(parameter)
        for register, parameter in enumerate(graph.parameters):  # callers put arguments into 0, 1, 2...
            self.of[parameter] = register
        for block in liveness.order:
            self._colour(block, block is graph.entry)
        self.exception = self.count
        self.helper = self.count + 1
        self.count += 2

    def _colour(self, block: Block, is_entry: bool) -> None:
        live_after = [after for _, _, after in self.liveness.backward(block)][::-1]
        starts = [before for _, before, _ in self.liveness.backward(block)][::-1] + [self.liveness.at_end(block)]
        occupied = self._occupied(self.liveness.live_in[block])
        if not is_entry:
            for parameter in block.parameters:
                occupied |= 1 << self._choose(parameter, occupied)
        for index, instruction in enumerate(block.instructions):
            # The result may take the register of an operand that ends here, but not one that an error edge still needs.
            occupied = self._occupied(
                live_after[index] | starts[index + 1] & ~self.liveness.row(results_of(instruction))
            )
            for variable in results_of(instruction):
                occupied |= 1 << self._choose(variable, occupied)

    def _occupied(self, row: int) -> int:
        bits = 0
        for variable in self.liveness.members(row):
            bits |= 1 << self.of[variable]
        return bits

    def _choose(self, variable: Variable, occupied: int) -> int:
        for friend in self.friends.get(variable, ()):
            register = self.of.get(friend, -1)
            if register >= 0 and not occupied >> register & 1:
                self.of[variable] = register
                return register
        free = ~occupied
        register = (free & -free).bit_length() - 1
        self.of[variable] = register
        self.count = max(self.count, register + 1)
        return register


def sequential_moves(moves: list[tuple[int, int]], helper: int) -> list[tuple[int, int]]:
    """Moves (target, source) with the effect of doing all given ones at once. `helper` may be overwritten."""
    waiting = [(target, source) for target, source in moves if target != source]
    result: list[tuple[int, int]] = []
    while waiting:
        read = {source for _, source in waiting}
        free = next((move for move in waiting if move[0] not in read), None)
        if free is None:
            result.append((helper, waiting[0][0]))
            waiting = [(target, helper if source == waiting[0][0] else source) for target, source in waiting]
            continue
        result.append(free)
        waiting.remove(free)
    return result
