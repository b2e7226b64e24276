"""Each guard lets the right values pass, and an exit finds every value where it says it is."""

import itertools

import pytest

from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright.core.integers import MAX_INT, MIN_INT, wrap
from tracewright.core.memory import load64, store64
from tracewright.core.operation_row import Operation
from tracewright.jit.trace.trace import KIND_FUNCTION
from tracewright_testing.machine_world import FINISHED_WHILE_LEAVING, LEFT, TraceWriter, World, as_word

# The second operand of int_fits is a constant: it has a test of its own.
CONDITIONS = [row for row in ops.TABLE if row.condition and row.meaning is not None and row.number != ops.INT_FITS]
CHECKED = [row.name for row in ops.TABLE if row.role == roles.CHECKED]
WORDS = [0, 1, -1, 5, 4096, 1 << 48, wrap(2 << 48), -(1 << 51), MIN_INT, MAX_INT]
DOUBLES = [0.0, -0.0, 1.5, -1.5, float("inf"), float("nan")]


def operand_rows(row: Operation) -> list[tuple[float | int, ...]]:
    return list(itertools.product(*[DOUBLES if kind == "f" else WORDS for kind in row.takes]))


@pytest.mark.parametrize("fused", [True, False], ids=["fused", "apart"])
@pytest.mark.parametrize("guard", ["guard_true", "guard_false"])
@pytest.mark.parametrize("row", CONDITIONS, ids=lambda row: row.name)
def test_guard_on_condition(world: World, row: Operation, guard: str, fused: bool) -> None:
    write = TraceWriter(world)
    operands = [write.input(kind, k) for k, kind in enumerate(row.takes)]
    condition = write(row.name, *operands)
    write(guard, condition, live=operands if fused else [*operands, condition])
    write("leave", live=[])
    compiled = world.compile(write.trace)
    for values in operand_rows(row):
        world.run(compiled, [as_word(value) for value in values])
        assert row.meaning is not None
        holds = bool(row.meaning(*values)) == (guard == "guard_true")
        left = world.departure()
        assert left.exit.number == (1 if holds else 0), (row.name, values)
        if not holds:
            for k, ref in enumerate(operands):
                assert left.words[ref] == as_word(values[k])
            if not fused:
                assert left.words[condition] == int(guard == "guard_false")


@pytest.mark.parametrize("constant", WORDS)
@pytest.mark.parametrize("guard", ["guard_int", "guard_ref"])
def test_guard_on_a_constant(world: World, guard: str, constant: int) -> None:
    write = TraceWriter(world)
    value = write.input("i" if guard == "guard_int" else "r", 0)
    write(guard, value, write.word(constant), live=[value])
    write("leave")
    compiled = world.compile(write.trace)
    for word in WORDS:
        world.run(compiled, [word])
        assert world.departure().exit.number == int(word == constant)
        if word != constant:
            assert world.departure().words == {value: word}


@pytest.mark.parametrize("class_id", [3, 127, 128, 70000])
def test_guard_class_looks_at_the_lower_half_of_the_header(world: World, class_id: int) -> None:
    write = TraceWriter(world)
    thing = write.input("r", 0)
    write("guard_class", thing, class_id, live=[thing])
    write("leave")
    compiled = world.compile(write.trace)
    for header, passes in [(class_id, 1), (class_id | 5 << 32, 1), (class_id + 1, 0), (0, 0)]:
        thing_address = world.allocate(16)
        store64(thing_address, header)
        world.run(compiled, [thing_address])
        assert world.departure().exit.number == passes
    world.run(compiled, [0])  # null
    assert world.departure().exit.number == 0


@pytest.mark.parametrize("bits", [34, 51, 62, 63])
@pytest.mark.parametrize("guarded", [True, False])
def test_int_fits(world: World, bits: int, guarded: bool) -> None:
    write = TraceWriter(world)
    number = write.input("i", 0)
    test = write("int_fits", number, write.word(bits))
    if guarded:
        write("guard_true", test, live=[number])
    else:
        write.output("i", 1, test)
    write("leave")
    compiled = world.compile(write.trace)
    end = 1 << (bits - 1)
    for word in (0, 1, -1, end - 1, end, -end, -end - 1, MAX_INT, MIN_INT, end << 1, -end << 1, (end << 1) + 5):
        if not MIN_INT <= word <= MAX_INT:
            continue
        world.run(compiled, [word])
        fits = -end <= word < end
        assert (world.departure().exit.number if guarded else world.slot(1)) == int(fits)


@pytest.mark.parametrize(("first", "last"), [(0, 0), (3, 3), (3, 9), (200, 70000)])
@pytest.mark.parametrize("guarded", [True, False])
def test_instance_of(world: World, first: int, last: int, guarded: bool) -> None:
    write = TraceWriter(world)
    thing = write.input("r", 0)
    test = write("instance_of", thing, first, last)
    if guarded:
        write("guard_true", test, live=[thing])
    else:
        write.output("i", 1, test)
    write("leave")
    compiled = world.compile(write.trace)
    for class_id in {0, 1, first - 1, first, first + 1, last, last + 1} - {-1}:
        address = world.allocate(16)
        store64(address, class_id | 7 << 40)
        world.run(compiled, [address])
        inside = first <= class_id <= last
        assert (world.departure().exit.number if guarded else world.slot(1)) == int(inside)


@pytest.mark.parametrize("needed", ["nothing", "first", "both"])
@pytest.mark.parametrize("place", ["registers", "constant first", "constant second", "same", "pressure"])
@pytest.mark.parametrize("name", CHECKED)
def test_checked_arithmetic(world: World, name: str, place: str, needed: str) -> None:
    row = ops.BY_NAME[name]
    assert row.meaning is not None
    words = [0, 1, -1, 2, 3, 1 << 31, 1 << 62, -(1 << 62), MIN_INT, MAX_INT, 1 << 32]
    for a, b in itertools.product(words, words):
        if place == "same" and a != b:
            continue
        write = TraceWriter(world)
        crowd = [write.input("i", 20 + k) for k in range(20)] if place == "pressure" else []
        first = write.word(a) if place == "constant first" else write.input("i", 0)
        second = write.word(b) if place == "constant second" else write.input("i", 1)
        if place == "same":
            second = first
        live = {"nothing": [], "first": [first], "both": [first, second]}[needed]
        result = write(name, first, second, live=[ref for ref in [*live, *crowd] if ref >= 0])
        write.output("i", 10, result)
        write("leave")
        compiled = world.compile(write.trace)
        # The code is needed until the next is written: one code memory is enough for all of them.
        world.memory.used = compiled.entry - world.memory.executable
        for k in range(20):
            world.set_slot(20 + k, 700 + k)
        world.set_slot(10, 0)
        world.run(compiled, [a, b])
        left = world.departure()
        try:
            expected = row.meaning(a, b)
            assert (left.exit.number, world.slot(10)) == (1, expected), (a, b)
        except OverflowError:
            assert left.exit.number == 0, (a, b)
            for ref, word in ((first, a), (second, b)):
                if ref in live and ref >= 0:
                    assert left.words[ref] == word, (a, b)
            assert [left.words[ref] for ref in crowd] == [700 + k for k in range(len(crowd))]


@pytest.mark.parametrize("pressure", [0, 20])
def test_guard_exception_asks_for_the_class(world: World, pressure: int) -> None:
    """None pending, one of another class, and one of the wanted class, which is then taken."""
    write = TraceWriter(world)
    crowd = [write.input("i", 20 + k) for k in range(pressure)]
    write("guard_exception", 300, live=crowd[:1])
    write("write_slot", 10, write("take_exception", 300))
    for k in range(pressure):
        write.output("i", 60 + k, crowd[k])
    write("leave")
    compiled = world.compile(write.trace)
    slots = list(range(40))
    world.run(compiled, slots)
    assert world.departure().exit.number == 0
    for class_id, exit in ((299, 0), (300, 1)):
        error = world.allocate(32)
        store64(error, class_id)
        store64(world.exception, error)
        world.run(compiled, slots)
        assert world.departure().exit.number == exit
    assert (load64(world.exception), world.slot(10)) == (0, error)
    assert world.slots(pressure, 60) == [20 + k for k in range(pressure)]


def test_finish_raising_leaves_the_exception_pending(world: World) -> None:
    write = TraceWriter(world, KIND_FUNCTION)
    write("finish_raising", write.input("r", 0))
    compiled = world.compile(write.trace)
    assert world.run(compiled, [1 << 40], base=3, bottom=3) == FINISHED_WHILE_LEAVING
    assert load64(world.exception) == 1 << 40
    assert world.backend.finished_value() == 0


def test_guard_no_exception(world: World) -> None:
    write = TraceWriter(world)
    value = write.input("i", 0)
    write("guard_no_exception", live=[value])
    write("leave")
    compiled = world.compile(write.trace)
    world.run(compiled, [77])
    assert world.departure().exit.number == 1
    store64(world.exception, 1 << 40)
    assert world.run(compiled, [77]) == LEFT
    assert world.departure().exit.number == 0
    assert world.departure().words == {value: 77}


def test_guard_valid_fails_after_invalidation_only(world: World) -> None:
    write = TraceWriter(world)
    value = write.input("i", 0)
    write("guard_valid", 0, live=[value])
    doubled = write("int_add", value, value)
    write("guard_valid", 0, live=[doubled])
    write("leave")
    compiled = world.compile(write.trace)
    world.run(compiled, [21])
    assert world.departure().exit.number == 2
    assert compiled.valid
    world.backend.invalidate(compiled)
    assert not compiled.valid
    world.run(compiled, [21])
    assert world.departure().exit.number == 0
    assert world.departure().words == {value: 21}
    assert len(compiled.valid_patches) == 2


def test_exits_know_base_and_bottom(world: World) -> None:
    write = TraceWriter(world)
    base = write("trace_base")
    bottom = write("trace_bottom")
    write("leave", live=[base, bottom])
    compiled = world.compile(write.trace)
    world.run(compiled, [], base=40, bottom=25)
    left = world.departure()
    assert (left.base, left.bottom) == (40, 25)
    assert left.words == {base: 40, bottom: 25}


def test_functions_start_with_the_frame_whose_return_ends_them(world: World) -> None:
    write = TraceWriter(world, KIND_FUNCTION)
    bottom = write("trace_bottom")
    write("leave", live=[bottom])
    world.run(world.compile(write.trace), [], base=33, bottom=33)
    assert world.departure().words == {bottom: 33}


def test_an_exit_finds_registers_and_spill_slots_of_both_kinds(world: World) -> None:
    write = TraceWriter(world)
    words = [write.input("i", k) for k in range(len(world.registers.short_lived) + 7)]
    doubles = [write.input("f", 50 + k) for k in range(len(world.registers.short_lived_floats) + 7)]
    write("guard_true", words[0], live=words + doubles)
    for k, ref in enumerate(words):
        write.output("i", 100 + k, ref)
    write("leave")
    compiled = world.compile(write.trace)
    slots = [0] + [100 + k for k in range(99)]
    world.run(compiled, slots)
    left = world.departure()
    assert [left.words[ref] for ref in words] == slots[: len(words)]
    assert [left.words[ref] for ref in doubles] == slots[50 : 50 + len(doubles)]
    locations = set(left.exit.locations)
    assert len(locations) == len(words) + len(doubles)
    registers = world.registers
    assert any(registers.is_register(location) and not registers.is_float(location) for location in locations)
    assert any(registers.is_float(location) for location in locations)
    assert any(registers.is_slot(location) for location in locations)
