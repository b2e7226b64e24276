"""Recordings that random ones seldom hit: each would show a particular mistake of the optimizer.

Each is run with every guard made to fail in each of the first turns, and compared with its plain meaning (see `test_differential.py`).
"""

from __future__ import annotations

from random import Random

import pytest

from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.arithmetic import small_word
from tracewright.jit.trace.check import check_trace
from tracewright.jit.trace.trace import Trace
from tracewright_testing.trace_comparison import compare
from tracewright_testing.trace_script import Oracle, Recording, parse_script
from tracewright_testing.trace_scripts_random import ScriptWorld, function_table, make_world

COUNT_UP = """
at 0
r0 = read_slot(0)
t0 = value_is_small(r0)
guard_true(t0)
i0 = value_small(r0)
r1 = read_slot(1)
t1 = value_is_small(r1)
guard_true(t1)
i1 = value_small(r1)
more = int_lt(i0, i1)
guard_true(more)
next = int_add(i0, 1)
boxed = value_of_int(next)
write_slot(0, boxed)
at 1
"""

BACK = """
at 0
close
"""

BODIES = {
    "two slots change places": """
        a = read_slot(2)
        b = read_slot(7)
        write_slot(2, b)
        at 2
        t = value_is_small(a)
        guard_true(t)
        write_slot(7, a)
        at 3
        n = value_small(a)
        k = int_ne(n, 777)
        guard_true(k)
        """,
    "an int doubled beyond 51 bits, without an overflow check it would pass 64": """
        a = read_slot(2)
        t = value_is_small(a)
        guard_true(t)
        n = value_small(a)
        d = int_add_ovf(n, n)
        v = value_of_int(d)
        write_slot(2, v)
        """,
    "the int of two turns ago, which may need a box by then": """
        a = read_slot(2)
        t = value_is_small(a)
        guard_true(t)
        n = value_small(a)
        d = int_add_ovf(n, n)
        v = value_of_int(d)
        write_slot(2, v)
        old = read_slot(7)
        write_slot(7, a)
        at 2
        u = value_is_small(old)
        guard_true(u)
        m = value_small(old)
        x = int_xor(m, n)
        w = value_of_int(x)
        write_slot(3, w)
        at 3
        q = int_ne(x, 12345)
        guard_true(q)
        """,
    "a Value tested in one turn and unboxed in the next, when it may need a box": """
        a = read_slot(2)
        t = value_is_small(a)
        guard_true(t)
        big = int_lshift(i0, 49)
        v = value_of_int(big)
        write_slot(2, v)
        old = read_slot(7)
        write_slot(7, a)
        at 2
        u = value_is_small(old)
        guard_true(u)
        m = value_small(old)
        flipped = int_xor(m, 1)
        w = value_of_int(flipped)
        write_slot(3, w)
        at 3
        q = int_ne(m, 12345)
        guard_true(q)
        """,
    "a new object is found again through another": """
        o = read_slot(4)
        guard_class(o, 40)
        o2 = read_slot(5)
        guard_class(o2, 40)
        p = new_object(40)
        store(p, 8, 0, 5)
        store_ref(o, 16, 1, p)
        r = load_ref(o2, 16, 1)
        guard_class(r, 40) frame(p, r)
        store(r, 8, 0, i0)
        x = load(p, 8, 0)
        v = value_of_int(x)
        write_slot(2, v)
        """,
    "a new object is given back by a call": """
        p = new_object(40)
        store(p, 8, 0, 5)
        r = residual_r(4, p)
        guard_class(r, 40)
        store(r, 8, 0, i0)
        x = load(p, 8, 0)
        v = value_of_int(x)
        write_slot(2, v)
        """,
    "a new object is found again through an index": """
        p = new_object(40)
        q = new_object(40)
        arr = new_array(50, 3)
        store_ref_at(arr, 0, 3, q)
        store_ref_at(arr, 1, 3, p)
        one = int_and(i0, 1)
        store(p, 8, 0, 5)
        r = load_ref_at(arr, one, 3)
        guard_class(r, 40)
        store(r, 8, 0, i0)
        x = load(p, 8, 0)
        v = value_of_int(x)
        write_slot(2, v)
        """,
    "the object of the last turn, and of the one before": """
        p = new_object(40)
        store(p, 8, 0, i0)
        old = read_slot(4)
        write_slot(5, old)
        write_slot(4, p)
        at 2
        n = residual_i(0, i0, 3)
        k = int_ge(n, 0)
        guard_true(k)
        """,
    "an object that is changed in the turn after its making": """
        o = read_slot(4)
        guard_class(o, 40)
        x = load(o, 8, 0)
        y = int_add(x, 1)
        at 2
        store(o, 8, 0, y)
        g = int_lt(y, 1000)
        guard_true(g) frame(o, y)
        at 3
        p = new_object(40)
        z = load(o, 8, 0)
        store(p, 8, 0, z)
        write_slot(4, p)
        at 4
        n = int_lt(z, 2000)
        guard_true(n)
        """,
    "a chain of new objects": """
        o = read_slot(4)
        p = new_object(40)
        store_ref(p, 16, 1, o)
        store(p, 8, 0, i0)
        write_slot(4, p)
        at 2
        n = int_lt(i0, 2000)
        guard_true(n)
        """,
    "an object inside an object": """
        p = new_object(40)
        q = new_object(40)
        store_ref(p, 16, 1, q)
        store_ref(q, 16, 1, p)
        store(q, 8, 0, i0)
        write_slot(4, p)
        at 2
        l = load_ref(p, 16, 1)
        x = load(l, 8, 0)
        n = int_lt(x, 2000)
        guard_true(n)
        """,
    "a load that a later store of the loop changes": """
        o = read_slot(4)
        guard_class(o, 40)
        x = load(o, 8, 0)
        v = value_of_int(x)
        write_slot(2, v)
        at 2
        o2 = read_slot(5)
        guard_class(o2, 40)
        store(o2, 8, 0, i0)
        g = int_lt(x, 999)
        guard_true(g) frame(x)
        """,
    "slots written to memory in the middle": """
        a = read_slot(2)
        write_slot(7, a)
        at 2
        flush
        n = residual_i(2, i0)
        v = value_of_int(n)
        at 3
        g = int_lt(n, 999)
        guard_true(g)
        write_slot(2, v)
        """,
    "slots above the frame are dead": """
        v = value_of_int(i0)
        write_slot(12, v)
        at 2
        g = int_lt(i0, 999)
        guard_true(g)
        w = read_slot(12)
        write_slot(2, w)
        forget(8)
        at 3
        h = int_lt(i0, 998)
        guard_true(h)
        """,
    "the result is written before the frame is dropped and a guard comes after": """
        v = value_of_int(i0)
        write_slot(9, v)
        at 2
        w = read_slot(9)
        write_slot(2, w)
        forget(8)
        g = int_lt(i0, 999)
        guard_true(g)
        """,
}


def play(body: str, options: JitOptions) -> Trace:
    return Recording(parse_script(COUNT_UP + body + BACK), options, function_table()).play()


def world_of(seed: int) -> ScriptWorld:
    world = make_world(Random(seed), False)
    world.slots[1] = small_word(9)
    if seed == 2:
        world.slots[5] = world.slots[4]
        world.slots[1] = small_word(60)
        world.slots[2] = small_word(1 << 49)
    if seed == 3:
        world.slots[2] = small_word(-(1 << 49) - 1)
    world.slots[7] = small_word(5)
    for slot in (4, 5):
        world.classes[world.slots[slot]] = 40
        world.objects[world.slots[slot]][8] = 7
    return world


@pytest.mark.parametrize("boxes", [True, False])
@pytest.mark.parametrize("title", BODIES)
def test_exits_leave_the_right_state(title: str, boxes: bool) -> None:
    script = parse_script(COUNT_UP + BODIES[title] + BACK)
    options = JitOptions()
    options.boxes = boxes
    trace = play(BODIES[title], options)
    check_trace(trace, function_table())
    for seed in range(4):
        oracle = Oracle(script, world_of(seed))
        oracle.run(64)
        compare(trace, oracle, world_of(seed), None, seed >= 2 or not boxes, 64)
        for guard in range(len(trace.operations)):
            if trace.snapshot_of[guard] >= 0:
                for turn in range(5):
                    compare(trace, oracle, world_of(seed), (guard, turn), True, 64)


def test_most_of_these_loops_are_peeled() -> None:
    assert [title for title, body in BODIES.items() if play(body, JitOptions()).label < 0] == []


def test_a_loop_that_carries_an_int_of_two_turns_ago_carries_the_bare_number() -> None:
    """The Value read from a slot is restated as a box of its number: see `TraceBuilder._unbox_modified_slots`."""
    assert play(BODIES["the int of two turns ago, which may need a box by then"], JitOptions()).label >= 0
