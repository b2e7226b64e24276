"""Random recordings, optimized with random switches, against what they mean: every exit must leave the same state.

Each trace is run many turns, once undisturbed and then with guards made to fail at random turns; wherever it leaves, slots, registers,
reachable objects and the effects of calls must be those that the oracle has at that point of that turn.
"""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracewright.jit.tables.options import JitOptions
from tracewright_testing.trace_comparison import check_script, guards_fail_anyway
from tracewright_testing.trace_scripts_random import Generator, make_world

SWITCHES = ["fold", "rules", "cse", "ranges", "guards", "heap", "calls", "peel", "boxes", "virtuals", "dead"]


def random_options(random: Random) -> JitOptions:
    """Everything on, everything off, or a mixture."""
    options = guards_fail_anyway()
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
