"""Random loops with random bridges, run as machine code and by a small model that knows only the operation table.

TRACEWRIGHT_FUZZ=n in the environment runs n seeds instead of a few.
"""

from __future__ import annotations

import os
import random

import pytest

from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright.core.integers import float_of_bits, wrap
from tracewright.core.memory import load64, store64
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.trace import KIND_BRIDGE, KIND_LOOP
from tracewright_testing.machine_world import VARIANTS, World
from tracewright_testing.random_traces import (
    ARRAY_WORDS,
    INTERESTING,
    Functions,
    Generator,
    agree,
    make_functions,
    random_bridge,
    random_loop,
    random_slots,
)

SEEDS = range(int(os.environ.get("TRACEWRIGHT_FUZZ", "60")))


class Model:
    """Runs traces by the meanings in the table."""

    def __init__(self, slots: list[int], array: list[int], functions: Functions) -> None:
        self.slots = slots
        self.array = array
        self.functions = functions
        self.jumps = 0

    def run(
        self, compiled: CompiledTrace, inputs: dict[int, int | float] | None
    ) -> tuple[Exit, dict[int, int | float]]:
        """Until an exit without bridge; gives the exit and the values of its refs."""
        trace = compiled.trace
        exits = {exit.guard: exit for exit in compiled.exits}
        values: dict[int, int | float] = {}
        at = 0

        def value(ref: int) -> int | float:
            if ref >= 0:
                return values[ref]
            word = trace.constants[~ref]
            return float_of_bits(word) if trace.constant_kinds[~ref] == 2 else word

        while True:
            row = ops.TABLE[trace.operations[at]]
            extra = trace.extra[trace.c[at] : trace.c[at] + trace.d[at]] if "*" in row.takes else []
            operands = [trace.a[at], trace.b[at], trace.c[at], trace.d[at]]
            leaves = False
            following = at + 1
            if row.role == roles.INPUT:
                assert inputs is not None
                values[at] = inputs[trace.a[at]]
            elif row.name == "read_slot":
                values[at] = self.slots[trace.a[at]]
            elif row.name == "jump":
                self.jumps += 1
                label = trace.label
                heads = trace.extra[trace.c[label] : trace.c[label] + trace.d[label]]
                values.update(dict(zip(heads, [value(ref) for ref in extra], strict=True)))
                following = label + 1
            elif row.name in ("guard_true", "guard_false"):
                leaves = bool(value(operands[0])) != (row.name == "guard_true")
            elif row.name == "leave":
                leaves = True
            elif row.name == "load_at":
                values[at] = self.array[int(value(operands[1]))]
            elif row.name == "store_at":
                self.array[int(value(operands[1]))] = int(value(operands[3]))
            elif row.role == roles.RESIDUAL_CALL:
                values[at] = self.call(operands[0], [value(ref) for ref in extra])
            elif row.meaning is not None:
                try:
                    result = row.meaning(*[value(ref) for ref in operands[: len(row.takes)]])
                    values[at] = int(result) if row.gives != "f" else result
                except OverflowError:
                    leaves = True
            else:
                assert row.name == "label", row.name
            if leaves:
                exit = exits[at]
                named = {ref: values[ref] for ref in exit.refs}
                if exit.bridge is None:
                    return exit, named
                return self.run(exit.bridge, {k: values[ref] for k, ref in enumerate(exit.refs)})
            at = following

    def call(self, function: int, arguments: list[int | float]) -> int | float:
        if function == self.functions.spoil:
            return wrap(int(arguments[0]) * 3)
        if function == self.functions.add_words:
            return wrap(int(arguments[0]) + int(arguments[1]))
        return arguments[0] + arguments[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_random_loop_with_bridges(world: World, seed: int) -> None:
    run_random_loop(world, seed)


@pytest.mark.parametrize("seed", SEEDS[:20])
@pytest.mark.parametrize("world", VARIANTS, indirect=True)
def test_long_code_goes_through_islands(world: World, seed: int) -> None:
    """The same where conditional branches reach so little that exits, constants and bridges are out of reach."""
    run_random_loop(world, seed)


def run_random_loop(world: World, seed: int) -> None:
    chosen = random.Random(seed)
    functions = make_functions(world)
    array = world.allocate(16 + 8 * ARRAY_WORDS)
    generator = Generator(world, chosen, functions, array, KIND_LOOP)
    random_loop(generator)
    compiled = world.compile(generator.write.trace)
    for _ in range(8):
        slots = random_slots(chosen)
        start = [chosen.choice(INTERESTING) for _ in range(ARRAY_WORDS)]
        for k, word in enumerate(start):
            store64(array + 16 + 8 * k, word)
        model = Model(slots, start, functions)
        expected_exit, expected = model.run(compiled, None)
        world.run(compiled, slots)
        left = world.departure()
        assert left.exit is expected_exit, (seed, left.exit.guard, expected_exit.guard)
        for ref, number in expected.items():
            assert agree(number, left.words[ref]), (seed, left.exit.guard, ref, number, left.words[ref])
        assert [load64(array + 16 + 8 * k) for k in range(ARRAY_WORDS)] == model.array
        if chosen.random() < 0.8:
            bridge = Generator(world, chosen, functions, array, KIND_BRIDGE)
            random_bridge(bridge, left.exit)
            world.backend.attach(left.exit, world.compile(bridge.write.trace, left.exit))
