"""Loops, bridges and code memory."""

import pytest

from tracewright.core.integers import MAX_INT, bits_of_float
from tracewright.jit.codegen.code_memory import CodeMemoryFull
from tracewright.jit.codegen.locations import TooManySpills
from tracewright_testing.machine_world import NOTES, TraceWriter, World


def summing_loop(world: World) -> tuple[TraceWriter, dict[str, int]]:
    """while i < n { s = s + i; i = i + 1 } with overflow checks; s, i, n in slots 0, 1, 2."""
    write = TraceWriter(world)
    s = write.input("i", 0)
    i = write.input("i", 1)
    n = write.input("i", 2)
    write("label", s, i)
    write("guard_true", write("int_lt", i, n), live=[s, i])
    next_s = write("int_add_ovf", s, i, live=[s, i])
    next_i = write("int_add_ovf", i, write.word(1), live=[next_s, i])
    write("jump", next_s, next_i)
    return write, {"s": s, "i": i, "n": n, "next_s": next_s, "next_i": next_i}


def test_a_simple_loop_stays_in_registers(world: World) -> None:
    write, refs = summing_loop(world)
    compiled = world.compile(write.trace)
    world.run(compiled, [0, 0, 1000])
    left = world.departure()
    assert (left.exit.number, left.words[refs["s"]], left.words[refs["i"]]) == (0, 499500, 1000)
    assert all(world.registers.is_register(location) for exit in compiled.exits for location in exit.locations)
    label, end = compiled.loop_entry - compiled.entry, compiled.body_size
    # on x86-64: cmp, jge, add, jo, add, jo, jmp; on RISC-V a guard is two instructions, and a checked sum three more
    assert end - label <= (60 if world.name == "riscv64" else 33)


def test_overflow_leaves_with_the_operands_of_the_failed_turn(world: World) -> None:
    write, refs = summing_loop(world)
    compiled = world.compile(write.trace)
    world.run(compiled, [MAX_INT - 10, 3, 1000])
    left = world.departure()
    assert (left.exit.number, left.words[refs["s"]], left.words[refs["i"]]) == (1, MAX_INT - 3, 5)
    world.run(compiled, [-MAX_INT, MAX_INT, MAX_INT])
    assert world.departure().exit.number == 0
    write = TraceWriter(world)
    i = write.input("i", 0)
    write("label", i)
    write("jump", write("int_add_ovf", i, write.word(1), live=[i]))
    world.run(world.compile(write.trace), [MAX_INT - 1000])
    assert world.departure().words == {i: MAX_INT}


@pytest.mark.parametrize("count", [2, 3, 16, 40])
def test_carried_values_may_change_places(world: World, count: int) -> None:
    """Each turn rotates all carried values by one; with many of them some live in spill slots."""
    write = TraceWriter(world)
    turns = write.input("i", 0)
    words = [write.input("i", 1 + k) for k in range(count)]
    doubles = [write.input("f", 50 + k) for k in range(min(count, 20))]
    write("label", turns, *words, *doubles)
    write("guard_true", write("int_gt", turns, write.word(0)), live=[*words, *doubles])
    less = write("int_sub", turns, write.word(1))
    write("jump", less, *words[1:], words[0], *doubles[1:], doubles[0])
    compiled = world.compile(write.trace)
    slots = [7] + [10 + k for k in range(49)] + [bits_of_float(1.5 + k) for k in range(20)]
    world.run(compiled, slots)
    left = world.departure()
    assert [left.words[ref] for ref in words] == [10 + (k + 7) % count for k in range(count)]
    size = len(doubles)
    assert [left.words[ref] for ref in doubles] == [bits_of_float(1.5 + (k + 7) % size) for k in range(size)]


def test_constants_and_invariants_are_carried_in(world: World) -> None:
    write = TraceWriter(world)
    turns = write.input("i", 0)
    first = write.input("i", 1)
    invariant = write.input("i", 2)
    number = write.input("f", 3)
    crowd = [write.input("i", 20 + k) for k in range(20)]
    write("label", turns, first, number)
    write("guard_true", write("int_gt", turns, write.word(0)), live=[first, number, invariant, *crowd])
    total = first
    for ref in crowd:
        total = write("int_xor", total, ref)
    write("write_slot", 10, write("ref_of", total))
    write("jump", write("int_sub", turns, write.word(1)), invariant, write.double(2.5))
    compiled = world.compile(write.trace)
    for k in range(20):
        world.set_slot(20 + k, 1 << k)
    world.run(compiled, [3, 5, 1 << 30, bits_of_float(1.0)])
    left = world.departure()
    assert (left.words[first], left.words[number], left.words[invariant]) == (1 << 30, bits_of_float(2.5), 1 << 30)
    assert [left.words[ref] for ref in crowd] == [1 << k for k in range(20)]
    assert world.slot(10) == (1 << 30) ^ ((1 << 20) - 1)


@pytest.mark.parametrize("count", [2, 30])
def test_loops_with_calls(world: World, count: int) -> None:
    spoil = world.c_function("spoil", "i", "i")
    write = TraceWriter(world)
    turns = write.input("i", 0)
    words = [write.input("i", 1 + k) for k in range(count)]
    number = write.input("f", 40)
    step = write.input("f", 41)
    write("label", turns, words[0], number)
    write("guard_true", write("int_gt", turns, write.word(0)), live=[*words, number, step])
    tripled = write("residual_i", spoil, words[0])
    total = write("int_add", tripled, words[1])
    write("jump", write("int_sub", turns, write.word(1)), total, write("float_add", number, step))
    compiled = world.compile(write.trace)
    slots = [5] + [10 + k for k in range(39)] + [bits_of_float(0.5), bits_of_float(0.25)]
    world.run(compiled, slots)
    left = world.departure()
    expected = 10
    for _ in range(5):
        expected = expected * 3 + 11
    assert left.words[words[0]] == expected
    assert left.words[number] == bits_of_float(1.75)
    assert [left.words[ref] for ref in words[1:]] == [10 + k for k in range(1, count)]


def test_a_bridge_takes_over_and_links_back(world: World) -> None:
    """Odd numbers leave the loop; the bridge adds them doubled, writes the slots and goes on at the loop's start."""
    cell = world.cell()
    write = TraceWriter(world, cell=cell)
    s = write.input("i", 0)
    i = write.input("i", 1)
    n = write.input("i", 2)
    write("label", s, i)
    write("guard_true", write("int_lt", i, n), live=[s, i])
    odd = write("int_and", i, write.word(1))
    write("guard_false", odd, live=[s, i, n])
    write("jump", write("int_add", s, i), write("int_add", i, write.word(1)))
    compiled = world.compile(write.trace)
    world.run(compiled, [0, 0, 10])
    exit = world.departure().exit
    assert exit.number == 1
    number = {ref: k for k, ref in enumerate(exit.refs)}
    bridge = TraceWriter(world, 2)
    # Not in the order of the exit, and one of the inputs is not used.
    bridge_i = bridge("input_int", number[i])
    bridge("input_int", number[n])
    bridge_s = bridge("input_int", number[s])
    doubled = bridge("int_add_ovf", bridge_i, bridge_i, live=[bridge_i, bridge_s])
    bridge.output("i", 0, bridge("int_add", bridge_s, doubled))
    bridge.output("i", 1, bridge("int_add", bridge_i, bridge.word(1)))
    bridge("link", bridge.reference(world.cell(compiled)))
    attached = world.compile(bridge.trace, exit)
    world.backend.attach(exit, attached)
    assert exit.bridge is attached
    world.run(compiled, [0, 0, 1001])
    left = world.departure()
    assert left.exit.number == 0
    assert left.words[s] == sum(k if k % 2 == 0 else 2 * k for k in range(1001))


@pytest.mark.parametrize("count", [1, 5, 30])
def test_a_bridge_enters_the_loop_at_its_label(world: World, count: int) -> None:
    """Odd numbers leave the loop; the bridge adds them doubled and goes on at the LABEL, where many values live, some in spill slots."""
    write = TraceWriter(world)
    s = write.input("i", 0)
    i = write.input("i", 1)
    n = write.input("i", 2)
    others = [write.input("i", 3 + k) for k in range(count)]
    crowd = [
        write.input("i", 63 + k) for k in range(20)
    ]  # what the loop keeps is in registers and in spill slots, or both
    number = write.input("f", 60)
    step = write.input("f", 61)
    first = crowd[0]
    for ref in crowd[1:]:
        first = write("int_xor", first, ref)
    write("write_slot", 90, write("ref_of", first))
    write("label", s, i, number, *others)
    write("guard_true", write("int_lt", i, n), live=[s, i, number, step, *others])
    write("guard_false", write("int_and", i, write.word(1)), live=[s, i, n, number, step, *others, *crowd])
    total = i
    for ref in crowd:
        total = write("int_add", total, ref)
    write("write_slot", 91, write("ref_of", total))
    turned = [*others[1:], others[0]]
    next_i = write("int_add", i, write.word(1))
    write("jump", write("int_add", s, i), next_i, write("float_add", number, step), *turned)
    compiled = world.compile(write.trace)
    slots = [10 + k for k in range(40)] + [0] * 17 + [bits_of_float(0.5), bits_of_float(0.25), 0]
    slots += [1 << k for k in range(20)]
    world.run(compiled, [0, 0, 10, *slots])
    exit = world.departure().exit
    assert exit.number == 1
    place = {ref: k for k, ref in enumerate(exit.refs)}
    bridge = TraceWriter(world, 2)
    mine = {ref: bridge("input_float" if ref in (number, step) else "input_int", k) for ref, k in place.items()}
    doubled = bridge("int_add", mine[i], mine[i])
    values = [bridge("int_add", mine[s], doubled), bridge("int_add", mine[i], bridge.word(1)), bridge.double(0.5)]
    values += [mine[ref] for ref in turned]
    bridge.trace.enters = compiled
    bridge("enter_label", *values, *[mine[ref] for ref in compiled.kept_refs], live=[])
    world.backend.attach(exit, world.compile(bridge.trace, exit))
    world.run(compiled, [0, 0, 1001, *slots])
    left = world.departure()
    assert left.exit.number == 0
    assert left.words[s] == sum(k if k % 2 == 0 else 2 * k for k in range(1001))
    assert [left.words[ref] for ref in others] == [10 + (k + 1001) % count for k in range(count)]
    assert left.words[number] == bits_of_float(0.75)
    assert world.slot(91) == 1000 + (1 << 20) - 1
    world.backend.invalidate(compiled)
    world.run(compiled, [0, 0, 1001, *slots])
    assert world.departure().exit.owner is exit.bridge


@pytest.mark.parametrize("first", [5, MAX_INT])
def test_a_bridge_behind_an_overflow_sees_the_operands(world: World, first: int) -> None:
    write = TraceWriter(world)
    a = write.input("i", 0)
    b = write.input("i", 1)
    write.output("i", 10, write("int_add_ovf", a, b, live=[a, b]))
    write("leave")
    compiled = world.compile(write.trace)
    exit = compiled.exits[0]
    bridge = TraceWriter(world, 2)
    inputs = [bridge("input_int", exit.refs.index(ref)) for ref in (a, b)]
    bridge.output("i", 11, bridge("int_xor", *inputs))
    bridge("leave")
    world.backend.attach(exit, world.compile(bridge.trace, exit))
    world.run(compiled, [first, 77])
    if first == MAX_INT:
        assert world.slot(11) == MAX_INT ^ 77
    else:
        assert world.slot(10) == 82


@pytest.mark.parametrize("name", ["float_eq", "float_ne"])
def test_a_bridge_behind_a_guard_with_two_branches(world: World, name: str) -> None:
    write = TraceWriter(world)
    a = write.input("f", 0)
    b = write.input("f", 1)
    write("guard_true", write(name, a, b), live=[a])
    write("leave")
    compiled = world.compile(write.trace)
    exit = compiled.exits[0]
    bridge = TraceWriter(world, 2)
    bridge.output("f", 5, bridge("input_float", 0))
    bridge("leave")
    world.backend.attach(exit, world.compile(bridge.trace, exit))
    for x, y in [(1.0, 1.0), (1.0, 2.0), (float("nan"), 1.0)]:
        world.set_slot(5, 0)
        world.run(compiled, [bits_of_float(x), bits_of_float(y)])
        holds = (x == y) == (name == "float_eq")
        assert world.slot(5) == (0 if holds else bits_of_float(x))


def test_bridges_of_bridges_and_inputs_in_slots(world: World) -> None:
    write = TraceWriter(world)
    words = [write.input("i", k) for k in range(30)]
    doubles = [write.input("f", 40 + k) for k in range(20)]
    write("guard_true", words[0], live=words + doubles)
    write("leave", live=words + doubles)
    compiled = world.compile(write.trace)
    parent = compiled
    for depth in range(3):
        exit = parent.exits[0]
        bridge = TraceWriter(world, 2)
        inputs: list[int] = []
        for k in range(50):
            inputs.append(bridge("input_int" if k < 30 else "input_float", k))
        # What was at the front goes to the back.
        inputs = [*inputs[1:30], inputs[0], *inputs[31:], inputs[30]]
        bridge("guard_true", bridge("int_eq", inputs[0], bridge.word(-1)), live=inputs)
        bridge("leave")
        if depth == 0:
            assert sorted(exit.refs) == sorted(words + doubles)
        parent = world.compile(bridge.trace, exit)
        world.backend.attach(exit, parent)
    slots = [0] + [500 + k for k in range(59)]
    world.run(compiled, slots)
    left = world.departure()
    assert left.exit.owner is parent
    assert sorted(left.words.values()) == sorted(slots[:30] + slots[40:60])


def test_a_loop_inside_an_invalidated_trace_is_left_at_its_guard(world: World) -> None:
    write = TraceWriter(world)
    i = write.input("i", 0)
    write("label", i)
    write("guard_valid", 0, live=[i])
    following = write("int_add", i, write.word(1))
    write("guard_true", write("int_lt", following, write.word(100)), live=[following])
    write("jump", following)
    compiled = world.compile(write.trace)
    world.run(compiled, [0])
    assert world.departure().words == {following: 100}
    world.backend.invalidate(compiled)
    world.run(compiled, [0])
    assert world.departure().words == {i: 0}


def test_full_code_memory_is_reported_and_changes_nothing(world: World) -> None:
    write, refs = summing_loop(world)
    compiled = world.compile(write.trace)
    saved, size = world.memory.used, world.memory.size
    for room in range(0, compiled.size, 7):
        world.memory.size = saved + room
        with pytest.raises(CodeMemoryFull):
            world.compile(summing_loop(world)[0].trace)
        assert world.memory.used == saved
    world.memory.size = size
    again = world.compile(summing_loop(world)[0].trace)
    assert world.memory.used > saved
    for code in (compiled, again):
        world.run(code, [0, 0, 10])
        assert world.departure().words[refs["s"]] == 45


def test_more_live_values_than_the_frame_holds(world: World) -> None:
    write = TraceWriter(world)
    words = [write.input("i", k) for k in range(80)]
    write("leave", live=words)
    with pytest.raises(TooManySpills):
        world.compile(write.trace)


def test_dead_and_sunk_instructions_have_no_code(world: World) -> None:
    write = TraceWriter(world)
    a = write.input("i", 0)
    dead = write("int_mul", a, a)
    also_dead = write("int_add", dead, a)
    boxed = write("value_of_int", a)
    write("store_ref", write("new_object", 0), 8, 1, boxed)
    write("leave", live=[boxed])
    sunk = [boxed, boxed + 1, boxed + 2]
    write.trace.sunk = [i in sunk for i in range(len(write.trace.operations))]
    write.trace.snapshots[0].position = len(write.trace.operations)
    compiled = world.compile(write.trace)
    assert [compiled.instruction_offsets[i] for i in (dead, also_dead, *sunk)] == [-1] * 5
    world.run(compiled, [99])
    assert world.departure().words == {a: 99}  # from which the exit makes the box
    assert NOTES.boxed == []


def test_an_exit_holds_what_sunk_stores_need(world: World) -> None:
    write = TraceWriter(world)
    a = write.input("i", 0)
    b = write.input("r", 1)
    thing = write("new_object", 0)
    store_a = write("store", thing, 8, 1, a)
    write("guard_true", a, live=[thing])
    store_b = write("store_ref", thing, 16, 2, b)
    write("leave", live=[thing])
    write.trace.sunk = [i in (thing, store_a, store_b) for i in range(len(write.trace.operations))]
    write.trace.sunk_stores = [store_a, store_b]
    compiled = world.compile(write.trace)
    world.run(compiled, [0, 8])
    assert world.departure().words == {a: 0}
    world.run(compiled, [1, 8])
    assert world.departure().words == {a: 1, b: 8}


def test_instruction_offsets_rise_through_the_code(world: World) -> None:
    write, _ = summing_loop(world)
    compiled = world.compile(write.trace)
    offsets = [offset for offset in compiled.instruction_offsets if offset >= 0]
    assert len(compiled.instruction_offsets) == len(write.trace.operations)
    assert offsets == sorted(offsets)
    assert 0 < offsets[0] and offsets[-1] < compiled.body_size <= compiled.code_size <= compiled.size
