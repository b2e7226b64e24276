"""Each test of this folder runs once per backend whose code can run here, on this machine or under an emulator.

A backend that is still a skeleton skips what needs an operation it refuses; `test_table.py` says which it has.
"""

import pytest

from tracewright_testing.machine_world import BACKENDS, SKELETONS, World, why_it_cannot_run


@pytest.fixture(params=[*sorted(BACKENDS), *sorted(SKELETONS)])
def world(request: pytest.FixtureRequest) -> World:
    missing = why_it_cannot_run(request.param)
    if missing is not None:
        pytest.skip(f"{request.param} code cannot run here: {missing}")
    return World(request.param)
