"""Comparing an optimized trace with what its recording means: wherever it leaves, the state must be the oracle's at that place of that turn."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tracewright.core import operations as op
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.optimize.enter_label import Present
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.check import check_trace
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.parse import parse_trace
from tracewright.jit.trace.run import Outcome, SimulatedWorld, run_from_label, run_trace
from tracewright.jit.trace.show import show_trace
from tracewright.jit.trace.snapshot import STORE_NUMBERS
from tracewright.jit.trace.trace import KIND_BRIDGE, Trace
from tracewright_testing.trace_script import CELL_WORD, Oracle, Recording, Statement, canonical_state
from tracewright_testing.trace_scripts_random import ScriptWorld, function_table, make_world

TURNS = 14


def guards_fail_anyway() -> JitOptions:
    """Everything on but what needs guards to fail for a reason: `leave_at` makes them fail."""
    options = JitOptions()
    options.answers = False
    return options


def leave_at(
    trace: Trace, world: ScriptWorld, fail: tuple[int, int] | None, limit: int = TURNS, writes: bool = True
) -> tuple[Outcome, int] | None:
    """Run until the trace is left; gives the outcome and the turn of the recording it was in.

    `fail`: guard number and turn to fail at; `writes`: whether the exit writes slots."""
    links = 0
    while True:

        def forced(index: int, turns: int, links: int = links) -> bool:
            turn = links if trace.label < 0 or index < trace.label else links + turns + 1
            return fail is not None and index == fail[0] and turn == fail[1]

        outcome = run_trace(trace, world, 0, 0, fail=forced, writes=writes)
        if outcome.how != "link":
            body = trace.label >= 0 and outcome.index > trace.label
            at_jump = trace.operations[outcome.index] == op.JUMP  # it leaves at the head of the next turn
            return outcome, links + (outcome.turns + 1 if body else 0) + at_jump
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


def refs_of_exit(trace: Trace, guard: int) -> list[int]:
    """The computed values that the guard's exit needs: what its snapshot names, or what sunk instructions it names need."""
    snapshot = trace.snapshots[trace.snapshot_of[guard]]
    wanted = snapshot.refs + [ref for frame in snapshot.frames for ref in frame.refs]
    wanted += snapshot.stored_refs + snapshot.stores[1::STORE_NUMBERS]
    found: list[int] = []
    seen: set[int] = set()
    while wanted:
        ref = wanted.pop()
        if ref < 0 or ref in seen:
            continue
        seen.add(ref)
        if not trace.sunk[ref]:
            found.append(ref)
            continue
        if trace.operations[ref] not in (op.NEW_OBJECT, op.NEW_ARRAY):
            wanted.append(trace.a[ref])
        stores = [store for store in trace.sunk_stores if store < snapshot.position and trace.a[store] == ref]
        wanted += [trace.d[store] for store in stores]
    return found


def exit_of(trace: Trace, guard: int) -> Exit:
    """What a backend would record of the guard."""
    snapshot = trace.snapshots[trace.snapshot_of[guard]]
    made = Exit(CompiledTrace(trace, 0), 0, guard, snapshot, refs_of_exit(trace, guard), [])
    if trace.label >= 0:
        made.owner.kept_refs = kept_refs(trace)
    return made


def kept_refs(trace: Trace) -> list[int]:
    """What lives across the LABEL without being carried by it."""
    label = trace.label
    carried = trace.extra[trace.c[label] : trace.c[label] + trace.d[label]]
    used: set[int] = set()
    for index in range(label + 1, len(trace.operations)):
        if trace.sunk[index]:
            continue
        row = op.TABLE[trace.operations[index]]
        columns = [trace.a[index], trace.b[index], trace.c[index], trace.d[index]]
        used |= {columns[k] for k, letter in enumerate(row.takes) if letter in "irf"}
        if "*" in row.takes:
            used |= set(trace.extra[columns[2] : columns[2] + columns[3]])
        if trace.snapshot_of[index] >= 0:
            used |= set(refs_of_exit(trace, index))
    return sorted(ref for ref in used if 0 <= ref < label and ref not in carried)


def link(builder: TraceBuilder) -> Trace:
    """The plain end of a bridge."""
    return builder.link(builder.ref_constant(CELL_WORD))


def record_bridge(
    script: list[Statement],
    parent: Exit,
    options: JitOptions,
    end: Callable[[TraceBuilder], Trace | None] = link,
) -> Trace | None:
    """The rest of the turn, recorded from an exit of its trace, up to the loop's head."""
    ending = script[:-1]
    recording = Recording(ending, options, function_table(), KIND_BRIDGE)
    recording.builder.start_bridge(parent, guards_failed=False)
    frames = parent.snapshot.frames
    if frames:
        start = frames[0].pc
        for register, ref in zip(frames[0].registers, recording.builder.frame_refs(0), strict=True):
            recording.names[(script[start].frame or [])[register]] = ref
    else:
        start = next(
            n
            for n, said in enumerate(script)
            if said.operation == "at" and said.arguments[0] == str(parent.snapshot.pc)
        )
    for number in range(start, len(ending)):
        recording.play_statement(number, ending[number])
    return end(recording.builder)


def check_bridge(
    script: list[Statement],
    trace: Trace,
    seed: int,
    options: JitOptions,
    guard: int,
    turn: int,
    below: Callable[[list[int]], int] | None = None,
    depth: int = 0,
) -> bool:
    """Leave at a guard, go on in a bridge, and come to the head of the next turn in the state of the oracle. False: never came there. So many times,
    `depth`, the bridge is left, too, at the one of its guards that `below` chooses, for a bridge of its own."""
    world = make_world(Random(seed), False)
    oracle = Oracle(script, make_world(Random(seed), False))
    oracle.run(turn + 1)
    left = leave_at(trace, world, (guard, turn), TURNS, False)
    if left is None or left[0].index != guard or left[1] != turn or oracle.failed_at is not None:
        return False
    outcome, parent = left[0], exit_of(trace, guard)
    for level in range(depth + 1):
        bridge = record_bridge(script, parent, options)
        assert bridge is not None
        check_trace(bridge, function_table())
        guards = [index for index in range(len(bridge.operations) - 1) if bridge.snapshot_of[index] >= 0]
        wanted = below(guards) if below is not None and guards and level < depth else -1
        inputs = [outcome.values[ref] for ref in parent.refs]

        def forced(index: int, turns: int, wanted: int = wanted) -> bool:
            return index == wanted

        outcome = run_trace(bridge, world, 0, 0, inputs=inputs, fail=forced, writes=wanted < 0)
        if wanted < 0:
            break
        assert outcome.index == wanted, outcome
        left_at = exit_of(bridge, wanted)
        left_at.owner.parent = parent
        parent = left_at
    assert outcome.how == "link", outcome
    assert canonical_state(world) == canonical_state(oracle.world)
    return True


class OracleState(Present):
    """The state that the oracle is in."""

    def __init__(self, world: SimulatedWorld) -> None:
        self.world = world

    def slot(self, offset: int) -> int:
        return self.world.read_slot(offset)

    def class_of(self, word: int) -> int:
        return self.world.classes.get(word, -1)

    def field(self, word: int, offset: int) -> int:
        word_there = self.world.load(word, offset, "r")
        assert isinstance(word_there, int)
        return word_there


def check_entering(
    script: list[Statement], way: list[Statement], trace: Trace, seed: int, guard: int, turn: int
) -> bool:
    """Leave a loop at a guard, go on in a bridge that takes another `way` through the rest of the turn, enter the loop at its
    LABEL, and leave it in the state of the oracle. False: never came into the loop."""
    world = make_world(Random(seed), False)
    oracle = Oracle(script, make_world(Random(seed), False))
    oracle.run(turn)
    if oracle.failed_at is None:
        oracle.script = way
        oracle.run(turn + 1, turn)
    left = leave_at(trace, world, (guard, turn), TURNS, False)
    if left is None or left[0].index != guard or left[1] != turn or oracle.failed_at is not None:
        return False
    parent = exit_of(trace, guard)
    present = OracleState(oracle.world)
    bridge = record_bridge(
        way, parent, guards_fail_anyway(), lambda builder: builder.enter_label(parent.owner, present)
    )
    if bridge is None:
        return False
    check_trace(bridge, function_table())
    outcome = run_trace(bridge, world, 0, 0, inputs=[left[0].values[ref] for ref in parent.refs])
    if outcome.how == "exit":  # what the LABEL relies on does not hold: left at the head of the next turn
        assert not outcome.frames
        assert canonical_state(world) == canonical_state(oracle.world)
        return False
    assert outcome.how == "enter", outcome
    carried = trace.d[trace.label]
    kept = dict(zip(parent.owner.kept_refs, outcome.entered[carried:], strict=True))
    left_again = run_from_label(trace, world, 0, 0, left[0].values | kept, outcome.entered[:carried], 10_000)
    oracle.script = script
    oracle.run(turn + 2 + left_again.turns, turn + 1)
    at = turn + 1 + left_again.turns + (trace.operations[left_again.index] == op.JUMP)
    registers: list[int | float] = []
    if left_again.frames:
        frame = left_again.frames[0]
        registers = [frame.registers[register] for register in sorted(frame.registers)]
        expected = oracle.at_guard[at, frame.pc]
    else:
        expected = oracle.at_bytecode[at, left_again.pc]
    assert canonical_state(world, registers) == expected
    return True


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
