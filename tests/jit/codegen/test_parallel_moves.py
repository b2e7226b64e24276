"""Every small set of parallel moves, played on a model of the machine."""

import itertools

import pytest

from tracewright.jit.codegen.locations import LOCATION_CONSTANT, RegisterFile
from tracewright.jit.codegen.parallel_moves import Mover, ParallelMoves

SCRATCH = 11
PRIVATE = 31
REGISTERS = RegisterFile(16, 16, [], [], [], [])
LOCATIONS = [0, 1, 16, 32, 33]


class Model(Mover):
    """Places with contents. A move between two slots destroys the private scratch register; a constant may destroy both."""

    def __init__(self) -> None:
        self.contents = {place: f"old {place}" for place in [*LOCATIONS, SCRATCH, PRIVATE]}
        self.moves = 0

    def move(self, target: int, source: int) -> None:
        assert target != source
        self.moves += 1
        if REGISTERS.is_slot(target) and REGISTERS.is_slot(source):
            self.contents[PRIVATE] = "destroyed"
        self.contents[target] = self.contents[source]

    def load_constant(self, target: int, constant: int) -> None:
        self.contents[SCRATCH] = "destroyed"
        self.contents[target] = f"constant {constant}"

    def scratch(self) -> int:
        return SCRATCH


def play(targets: tuple[int, ...], sources: tuple[int, ...]) -> Model:
    moves = ParallelMoves()
    model = Model()
    expected = dict(model.contents)
    for target, source in zip(targets, sources, strict=True):
        moves.add(target, source)
        expected[target] = f"constant {source}" if source >= LOCATION_CONSTANT else f"old {source}"
    moves.perform(model)
    for place in LOCATIONS:
        assert model.contents[place] == expected[place], (targets, sources)
    return model


@pytest.mark.parametrize("count", range(len(LOCATIONS) + 1))
def test_all_small_sets(count: int) -> None:
    for targets in itertools.combinations(LOCATIONS, count):
        for sources in itertools.product([*LOCATIONS, LOCATION_CONSTANT + 7], repeat=count):
            play(targets, sources)


def test_the_number_of_moves_is_least() -> None:
    assert play((0, 1), (1, 0)).moves == 3
    assert play((0, 1, 32, 33), (1, 0, 33, 32)).moves == 6
    assert play((0, 1, 16), (1, 16, 32)).moves == 3
    assert play((0, 1), (0, 1)).moves == 0
