"""Each test of this folder runs once per backend that this machine can execute."""

import pytest

from tracewright_testing.machine_world import BACKENDS, World, runs_here


@pytest.fixture(params=sorted(BACKENDS))
def world(request: pytest.FixtureRequest) -> World:
    if not runs_here(request.param):
        pytest.skip(f"this machine does not run {request.param} code")
    return World(request.param)
