"""Random loops: machine code and the reference trace interpreter leave at the same guard with the same slots."""

import random
from collections.abc import Sequence

import pytest

from tracewright.core.integers import float_of_bits, wrap
from tracewright.core.kinds import FLOAT
from tracewright.core.memory import load64, store64
from tracewright.core.operation_tables import RESULT
from tracewright.jit.trace.run import SimulatedWorld, run_trace
from tracewright.jit.trace.snapshot import AS_IS, UNBOXED_FLOAT
from tracewright.jit.trace.trace import KIND_LOOP, Trace
from tracewright_testing.machine_world import World
from tracewright_testing.random_traces import (
    ARRAY_WORDS,
    TURNS,
    Generator,
    agree,
    make_functions,
    random_loop,
    random_slots,
)


class ReferenceWorld(SimulatedWorld):
    """The simulated world with the C functions of random traces and one array at a real address."""

    def __init__(self, slots: Sequence[int], array: int) -> None:
        super().__init__([_add, lambda a: wrap(int(a) * 3), lambda a, b: a + b])
        self.slots = dict(enumerate(slots))
        self.objects[array] = {16 + 8 * k: load64(array + 16 + 8 * k) for k in range(ARRAY_WORDS)}


def _add(a: float, b: float) -> int:
    return wrap(int(a) + int(b))


def show_float_bits(trace: Trace) -> None:
    """Exits write doubles by their bits."""
    for snapshot in trace.snapshots:
        snapshot.boxings = [
            UNBOXED_FLOAT if ref >= 0 and RESULT[trace.operations[ref]] == FLOAT else AS_IS for ref in snapshot.refs
        ]


@pytest.mark.parametrize("seed", range(1000, 1040))
def test_machine_code_does_what_the_reference_interpreter_does(world: World, seed: int) -> None:
    chosen = random.Random(seed)
    functions = make_functions(world)
    array = world.allocate(16 + 8 * ARRAY_WORDS)
    generator = Generator(world, chosen, functions, array, KIND_LOOP)
    random_loop(generator)
    trace = generator.write.trace
    trace.sunk = [False] * len(trace.operations)
    show_float_bits(trace)
    compiled = world.compile(trace)
    for _ in range(5):
        slots = random_slots(chosen)
        start = [chosen.getrandbits(60) for _ in range(ARRAY_WORDS)]
        for k, word in enumerate(start):
            store64(array + 16 + 8 * k, word)
        reference = ReferenceWorld(slots, array)
        outcome = run_trace(trace, reference, base=0, bottom=0)
        world.run(compiled, slots)
        left = world.departure()
        assert left.exit.guard == outcome.index
        assert outcome.turns <= TURNS
        snapshot = left.exit.snapshot
        for offset, ref in zip(snapshot.offsets, snapshot.refs, strict=True):
            word = reference.slots[offset]
            expected = float_of_bits(word) if RESULT[trace.operations[ref]] == FLOAT else word
            assert agree(expected, left.words[ref]), (seed, left.exit.guard, ref)
        after = [load64(array + 16 + 8 * k) for k in range(ARRAY_WORDS)]
        assert after == [reference.objects[array][16 + 8 * k] for k in range(ARRAY_WORDS)]
