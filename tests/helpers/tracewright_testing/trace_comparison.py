"""Comparing an optimized trace with what its recording means: wherever it leaves, the state must be the oracle's at that place of that turn."""

from __future__ import annotations

from random import Random

from tracewright.jit.optimize.options import JitOptions
from tracewright.jit.trace.check import check_trace
from tracewright.jit.trace.parse import parse_trace
from tracewright.jit.trace.run import Outcome, run_trace
from tracewright.jit.trace.show import show_trace
from tracewright.jit.trace.trace import Trace
from tracewright_testing.trace_script import Oracle, Recording, Statement, canonical_state
from tracewright_testing.trace_scripts_random import ScriptWorld, function_table, make_world

TURNS = 14


def leave_at(
    trace: Trace, world: ScriptWorld, fail: tuple[int, int] | None, limit: int = TURNS
) -> tuple[Outcome, int] | None:
    """Run until the trace is left; gives the outcome and the turn of the recording it was in. `fail`: guard number and turn to fail at."""
    links = 0
    while True:

        def forced(index: int, turns: int, links: int = links) -> bool:
            turn = links if trace.label < 0 or index < trace.label else links + turns + 1
            return fail is not None and index == fail[0] and turn == fail[1]

        outcome = run_trace(trace, world, 0, 0, fail=forced)
        if outcome.how != "link":
            body = trace.label >= 0 and outcome.index > trace.label
            return outcome, links + (outcome.turns + 1 if body else 0)
        links += 1
        if links > limit:
            return None


def compare(
    trace: Trace, oracle: Oracle, world: ScriptWorld, fail: tuple[int, int] | None, early: bool, limit: int = TURNS
) -> None:
    """The state where the trace is left is the oracle's at that place."""
    left = leave_at(trace, world, fail, limit)
    assert left is not None
    outcome, turn = left
    frames = outcome.frames
    if frames:
        registers: list[int | float] = [frames[0].registers[register] for register in sorted(frames[0].registers)]
        expected = oracle.at_guard[turn, frames[0].pc]
    else:
        registers = []
        expected = oracle.at_bytecode[turn, outcome.pc]
    assert canonical_state(world, registers) == expected
    assert oracle.failed_at is not None
    assert (turn, outcome.pc) <= oracle.failed_at
    if not early and fail is None:
        assert (turn, outcome.pc) == oracle.failed_at


def check_script(script: list[Statement], seed: int, options: JitOptions, random: Random, big: bool) -> Trace:
    """The whole comparison for one script."""
    trace = Recording(script, options, function_table()).play()
    check_trace(trace, function_table())
    assert show_trace(parse_trace(show_trace(trace))) == show_trace(trace)
    oracle = Oracle(script, make_world(Random(seed), big))
    oracle.run(TURNS)
    if oracle.failed_at is None:
        return trace
    compare(trace, oracle, make_world(Random(seed), big), None, big)
    guards = [index for index in range(len(trace.operations)) if trace.snapshot_of[index] >= 0]
    for _ in range(6):
        fail = (random.choice(guards), random.randrange(4))
        compare(trace, oracle, make_world(Random(seed), big), fail, True)
    return trace
