"""Random recordings, optimized with random switches, against what they mean: every exit must leave the same state.

Each trace is run many turns, once undisturbed and then with guards made to fail at random turns; wherever it leaves, slots, registers,
reachable objects and the effects of calls must be those that the oracle has at that point of that turn.
"""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tracewright_testing.trace_script import Oracle, Recording, Statement, canonical_state
from tracewright_testing.trace_scripts_random import Generator, ScriptWorld, function_table, make_world

from tracewright.jit.optimize.options import JitOptions
from tracewright.jit.trace.check import check_trace
from tracewright.jit.trace.parse import parse_trace
from tracewright.jit.trace.run import Outcome, run_trace
from tracewright.jit.trace.show import show_trace
from tracewright.jit.trace.trace import Trace

SWITCHES = ["fold", "rules", "cse", "ranges", "guards", "heap", "calls", "peel", "boxes", "virtuals", "dead"]
TURNS = 14


def leave_at(trace: Trace, world: ScriptWorld, fail: tuple[int, int] | None) -> tuple[Outcome, int] | None:
    """Run until the trace is left; gives the outcome and the turn of the recording it was in. `fail`: guard number and turn to fail at."""
    links = 0
    while True:

        def forced(index: int, turns: int) -> bool:
            turn = links if trace.label < 0 or index < trace.label else links + turns + 1
            return fail is not None and index == fail[0] and turn == fail[1]

        outcome = run_trace(trace, world, 0, 0, fail=forced)
        if outcome.how != "link":
            body = trace.label >= 0 and outcome.index > trace.label
            return outcome, links + (outcome.turns + 1 if body else 0)
        links += 1
        if links > TURNS:
            return None


def compare(trace: Trace, oracle: Oracle, world: ScriptWorld, fail: tuple[int, int] | None, early: bool) -> None:
    """The state where the trace is left is the oracle's at that place."""
    left = leave_at(trace, world, fail)
    assert left is not None
    outcome, turn = left
    frames = outcome.frames
    if frames:
        registers = [frames[0].registers[register] for register in sorted(frames[0].registers)]
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


def random_options(random: Random) -> JitOptions:
    """Everything on, everything off, or a mixture."""
    options = JitOptions()
    choice = random.random()
    if choice < 0.1:
        options.all_off()
    elif choice < 0.5:
        for name in SWITCHES:
            options.set(name, random.randrange(2))
    return options


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1 << 32), st.integers(5, 45))
def test_every_exit_leaves_the_state_that_the_recording_means(seed: int, length: int) -> None:
    random = Random(seed)
    big = random.random() < 0.15
    script = Generator(random, make_world(Random(seed), big)).generate(length)
    check_script(script, seed, random_options(random), random, big)
