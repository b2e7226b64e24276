"""Bridges: leave a random trace at a guard, record the rest of the turn from that exit, and arrive in the right state."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracewright.core import operations as op
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.compiled import CompiledTrace, Exit
from tracewright.jit.trace.show import show_trace
from tracewright.jit.trace.trace import KIND_BRIDGE, KIND_FUNCTION, Trace
from tracewright_testing.trace_comparison import (
    OracleState,
    check_bridge,
    check_entering,
    exit_of,
    guards_fail_anyway,
    record_bridge,
)
from tracewright_testing.trace_script import CODE_WORD, Recording, Statement, parse_script
from tracewright_testing.trace_scripts_random import Generator, function_table, make_world


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1 << 32), st.integers(5, 40))
def test_bridges_go_on_where_their_parents_left(seed: int, length: int) -> None:
    random = Random(seed)
    script = Generator(random, make_world(Random(seed), False), local=True).generate(length)
    trace = Recording(script, guards_fail_anyway(), function_table()).play()
    options = guards_fail_anyway()
    if random.random() < 0.2:
        options.all_off()
    guards = [index for index in range(len(trace.operations) - 1) if trace.snapshot_of[index] >= 0]
    for guard in random.sample(guards, min(8, len(guards))):
        check_bridge(script, trace, seed, options, guard, random.randrange(3), random.choice, random.randrange(4))


def another_way(random: Random, script: list[Statement]) -> list[Statement]:
    """The script with some slots set to other values before its turn ends."""
    changes: list[Statement] = []
    written = sorted({said.arguments[0] for said in script if said.operation == "write_slot"})
    for number, offset in enumerate(random.sample(written, min(len(written), random.randrange(3)))):
        kind, text = random.choice([("value_of_int", str(random.randrange(-5, 9))), ("value_of_float", "2.5")])
        changes.append(Statement(kind, [text], f"changed{number}"))
        changes.append(Statement("write_slot", [offset, f"changed{number}"]))
    return [*script[:-2], *changes, *script[-2:]]


ENTERED: list[bool] = []


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1 << 32), st.integers(5, 40))
def test_bridges_enter_loops_at_their_labels(seed: int, length: int) -> None:
    random = Random(seed)
    script = Generator(random, make_world(Random(seed), False), local=True).generate(length)
    trace = Recording(script, guards_fail_anyway(), function_table()).play()
    if trace.label_state is None:
        return
    guards = [index for index in range(len(trace.operations) - 1) if trace.snapshot_of[index] >= 0]
    for guard in random.sample(guards, min(8, len(guards))):
        way = another_way(random, script)
        ENTERED.append(check_entering(script, way, trace, seed, guard, random.randrange(4)))


def test_labels_were_entered() -> None:
    """The test before this one is about something."""
    assert len(ENTERED) == 0 or sum(ENTERED) * 20 > len(ENTERED)


SCRIPT = """
at 0
r = read_slot(4)
guard_class(r, 40)
x = load(r, 8, 0)
p = new_object(40)
y = int_add(x, 1)
store(p, 8, 0, y)
q = new_object(41)
store_ref(q, 16, 1, p)
write_slot(5, q)
at 1
w0 = read_slot(5)
p0 = load_ref(w0, 16, 1)
y0 = load(p0, 8, 0)
less = int_lt(y0, 10)
guard_true(less)
at 2
s = read_slot(4)
guard_class(s, 40)
o = read_slot(5)
t = load_ref(o, 16, 1)
u = load(t, 8, 0)
v = value_of_int(u)
write_slot(2, v)
at 0
close
"""


def test_a_bridge_knows_classes_and_makes_its_parents_virtuals() -> None:
    options = JitOptions()
    script = parse_script(SCRIPT)
    trace = Recording(script, options, function_table()).play()
    guard = trace.operations.index(op.GUARD_TRUE)
    recorded = record_bridge(script, exit_of(trace, guard), options)
    assert recorded is not None
    bridge = show_trace(recorded)
    assert "guard_class" not in bridge
    assert bridge.count("new_object") == 2
    assert "load(" not in bridge.replace("store(", "")  # what the virtuals hold is known


PREMISES = """
at 0
r = read_slot(4)
guard_class(r, 40)
o = load_ref(r, 16, 1)
guard_class(o, 41)
at 1
p = read_slot(4)
q = load_ref(p, 16, 1)
e = load(q, 8, 0)
k = read_slot(1)
small = value_is_small(k)
guard_true(small)
n = value_small(k)
less = int_lt(n, e)
guard_true(less)
at 2
again = read_slot(1)
x = value_small(again)
m = int_and(x, 7)
v = value_of_int(m)
write_slot(1, v)
at 0
close
"""


def test_a_bridge_knows_what_the_loop_of_its_parent_has_found_once() -> None:
    options = JitOptions()
    script = parse_script(PREMISES)
    trace = Recording(script, options, function_table()).play()
    assert trace.label_state is not None
    world = make_world(Random(0), False)
    present = OracleState(world)
    other = world.new_object(42)
    holder = world.read_slot(4)
    world.store(holder, 16, "r", other)
    first_exit = exit_of(trace, trace.operations.index(op.GUARD_TRUE))
    recorded = record_bridge(
        script, first_exit, options, lambda builder: builder.enter_label(first_exit.owner, present)
    )
    assert recorded is None  # the field does not hold what the loop takes for granted
    world.store(holder, 16, "r", world.new_object(41))
    exits = [index for index in range(len(trace.operations)) if trace.operations[index] == op.GUARD_TRUE]
    in_first_turn, in_body = exits[-2], exits[-1]
    assert in_first_turn < trace.label < in_body
    for guard in (in_first_turn, in_body):
        parent = exit_of(trace, guard)

        def end(builder: TraceBuilder, parent: Exit = parent) -> Trace | None:
            return builder.enter_label(parent.owner, present)

        recorded = record_bridge(script, parent, options, end)
        assert recorded is not None
        assert ("guard_class" in show_trace(recorded)) == (guard == in_first_turn)


BRANCHES = """
at 0
r = read_slot(4)
guard_class(r, 40)
k = read_slot(1)
small = value_is_small(k)
guard_true(small)
n = value_small(k)
first = int_ne(n, 0)
guard_true(first)
at 1
second = int_ne(n, 1)
guard_true(second)
at 2
again = read_slot(4)
guard_class(again, 40)
o = load_ref(again, 16, 1)
guard_class(o, 41)
m = int_and(n, 7)
v = value_of_int(m)
write_slot(1, v)
at 0
close
"""


def test_a_bridge_of_a_bridge_knows_what_the_loop_has_found() -> None:
    """The chain of branches ends in what the loop has asked for all of them: neither slot 4 nor its field is asked again."""
    options = JitOptions()
    script = parse_script(BRANCHES)
    trace = Recording(script, options, function_table()).play()
    world = make_world(Random(0), False)
    world.store(world.read_slot(4), 16, "r", world.new_object(41))
    parent = exit_of(trace, [i for i in range(len(trace.operations)) if trace.operations[i] == op.GUARD_TRUE][-2])
    assert parent.guard > trace.label
    for _ in range(2):
        loop = parent.owner if parent.owner.parent is None else parent.owner.parent.owner

        def end(builder: TraceBuilder, loop: CompiledTrace = loop) -> Trace | None:
            return builder.enter_label(loop, OracleState(world))

        bridge = record_bridge(script, parent, options, end)
        assert bridge is not None
        assert "guard_class" not in show_trace(bridge)
        below = exit_of(bridge, bridge.operations.index(op.GUARD_TRUE))
        below.owner.parent = parent
        parent = below


FACTS = """
at 0
s = read_slot(4)
small = value_is_small(s)
guard_true(small)
x = value_small(s)
m = int_and(x, 7)
v = value_of_int(m)
write_slot(5, v)
at 1
k = read_slot(6)
also = value_is_small(k)
guard_true(also)
n = value_small(k)
positive = int_ge(n, 0)
guard_true(positive)
less = int_lt(x, n)
guard_true(less)
at 0
close
"""


@pytest.mark.parametrize("guards_failed", [False, True])
def test_a_bridge_knows_what_its_parents_guards_have_shown(guards_failed: bool) -> None:
    options = JitOptions()
    options.peel = False
    trace = Recording(parse_script(FACTS), options, function_table()).play()
    last = max(index for index, operation in enumerate(trace.operations) if operation == op.GUARD_TRUE)
    builder = TraceBuilder(KIND_BRIDGE, 0, function_table(), [], options)
    builder.start_bridge(exit_of(trace, last), guards_failed)

    def number(offset: int) -> int:
        value = builder.read_slot(offset)
        assert builder.constant_word(builder.emit(op.VALUE_IS_SMALL, value)) == 1
        return builder.emit(op.VALUE_SMALL, value)

    x, masked, n = number(4), number(5), number(6)
    assert builder.constant_word(builder.emit(op.INT_GE, n, builder.int_constant(0))) == 1
    assert builder.constant_word(builder.emit(op.INT_LT, masked, builder.int_constant(8))) == 1
    less = builder.emit(op.INT_LT, x, n)
    assert builder.is_constant(less) == guards_failed  # what a stress test leaves at may well hold
    assert not guards_failed or builder.constant_word(less) == 0


COUNTING_DOWN = """
at 0
s = read_slot(4)
small = value_is_small(s)
guard_true(small)
x = value_small(s)
y = int_add(x, -1)
v = value_of_int(y)
write_slot(5, v)
at 1
last = int_lt(y, 2)
guard_true(last)
finish(v)
"""


@pytest.mark.parametrize("ranges", [True, False])
def test_a_number_that_is_counted_down_through_bridges_stays_small(ranges: bool) -> None:
    """`value_small` has 51 bits, and what a guard found to be 2 or more can be made smaller."""
    options = JitOptions()
    options.ranges = ranges
    trace = Recording(parse_script(COUNTING_DOWN), options, function_table(), KIND_FUNCTION).play()
    builder = TraceBuilder(KIND_BRIDGE, 0, function_table(), [], options)
    for _ in range(2):
        guard = max(index for index, operation in enumerate(trace.operations) if operation == op.GUARD_TRUE)
        parent = exit_of(trace, guard)
        parent.owner.parent = builder.bridge.parent if builder.bridge is not None else None
        builder.begin(KIND_BRIDGE, 0)
        builder.start_bridge(parent)
        lower = builder.emit(op.INT_ADD, builder.emit(op.VALUE_SMALL, builder.read_slot(5)), builder.int_constant(-1))
        boxed = builder.emit(op.VALUE_OF_INT, lower)
        builder.write_slot(5, boxed)
        builder.at_bytecode(builder.ref_constant(CODE_WORD), 1, 0)
        builder.guard(op.GUARD_TRUE, builder.emit(op.INT_LT, lower, builder.int_constant(2)), 0, None)
        trace = builder.finish(boxed)
        assert ("value_of_small" in show_trace(trace)) == ranges


SHIFTED = """
at 0
s = read_slot(4)
small = value_is_small(s)
guard_true(small)
x = value_small(s)
y = int_rshift(x, 28)
v = value_of_int(y)
write_slot(5, v)
at 1
large = int_ge(y, 100)
guard_true(large)
finish(v)
"""


def test_what_guards_have_shown_of_a_result_says_nothing_of_its_operand() -> None:
    """A bridge of a bridge learns of the last exit first: the number is below 12 then, when it hears that it came from a shift by 28."""
    options = JitOptions()
    trace = Recording(parse_script(SHIFTED), options, function_table(), KIND_FUNCTION).play()
    builder = TraceBuilder(KIND_BRIDGE, 0, function_table(), [], options)
    parent: Exit | None = None
    for below in (12, 5):
        guard = max(index for index, operation in enumerate(trace.operations) if operation == op.GUARD_TRUE)
        last = exit_of(trace, guard)
        last.owner.parent = parent
        parent = last
        builder.begin(KIND_BRIDGE, 0)
        builder.start_bridge(parent, True)
        number = builder.emit(op.VALUE_SMALL, builder.read_slot(5))
        builder.at_bytecode(builder.ref_constant(CODE_WORD), 1, 0)
        asked = builder.emit(op.INT_GE, number, builder.int_constant(below))
        assert not builder.is_constant(asked)
        builder.guard(op.GUARD_TRUE, asked, 0, None)
        trace = builder.finish(builder.read_slot(5))
    assert builder.constant_word(builder.emit(op.INT_LT, number, builder.int_constant(100))) == 1
