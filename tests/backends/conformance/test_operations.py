"""Each pure operation gives what its row in the operation table means, wherever its operands are."""

import itertools
import math

import pytest

from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright.core.integers import MAX_INT, MIN_INT, bits_of_float, float_of_bits, wrap
from tracewright.core.operation_row import Operation
from tracewright.core.value import INT_TAG
from tracewright_testing.machine_world import TraceWriter, World, as_word, from_word

# The second operand of int_fits is a constant: it has a test of its own (`test_guards.py`).
PURE = [
    row
    for row in ops.TABLE
    if row.meaning is not None and row.role == roles.PURE and set(row.takes) <= set("irf") and row.name != "int_fits"
]
WORDS = [
    0,
    1,
    -1,
    2,
    -7,
    63,
    10**6 + 7,
    0x7FFFFFFF,
    -0x80000000,
    0x80000000,
    1 << 40,
    0x5555555555555555,
    MIN_INT,
    MAX_INT,
]
DOUBLES = [
    0.0,
    -0.0,
    1.0,
    -1.5,
    3.25,
    1e300,
    -1e300,
    5e-324,
    math.inf,
    -math.inf,
    math.nan,
    9.3e18,
    -9.3e18,
    2.0**53 + 2,
]
VALUES = [
    0,
    8,
    16,
    24,
    4095,
    4096,
    (1 << 48) - 1,
    1 << 48,
    wrap(INT_TAG),
    wrap(INT_TAG | 5),
    -1,
    wrap(INT_TAG - 1),
    2 << 48,
    wrap((2 << 48) - 1),
    0x7FFC << 48,
]
SHIFTS = ("int_lshift", "int_rshift", "uint_rshift")
DIVISIONS = ("int_trunc_div", "int_trunc_mod", "uint_div", "uint_mod")
NATURALS = ("natural_div", "natural_mod")  # neither operand negative
PLACES = ["registers", "constant first", "constant second", "pressure"]


def samples(row: Operation) -> list[tuple[float | int, ...]]:
    pools: list[list[float | int]] = []
    for position, kind in enumerate(row.takes):
        pool: list[float | int] = list(DOUBLES if kind == "f" else VALUES if kind == "r" else WORDS)
        if position == 1 and row.name in SHIFTS:
            pool = [0, 1, 7, 31, 32, 63]
        if position == 1 and row.name in DIVISIONS:
            pool = [word for word in WORDS if word != 0]
        if row.name in NATURALS:
            pool = [word for word in WORDS if word >= position]
        if row.name == "value_small":
            pool = [word for word in VALUES if word & (1 << 64) - 1 >= INT_TAG & (1 << 64) - 1]
        if row.name == "value_float":
            pool = [wrap(bits_of_float(number) + (2 << 48)) for number in DOUBLES if number == number]
        pools.append(pool)
    return list(itertools.product(*pools))


def same(kind: str, ours: int, expected: float | int) -> bool:
    if kind == "f" and isinstance(expected, float) and math.isnan(expected):
        return math.isnan(float_of_bits(ours))
    return ours == as_word(float(expected) if kind == "f" else int(expected))


def build(world: World, row: Operation, place: str, constants: tuple[float | int, ...]) -> TraceWriter:
    write = TraceWriter(world)
    crowd = [write.input("i", 20 + k) for k in range(14)] if place == "pressure" else []
    crowd_of_floats = [write.input("f", 40 + k) for k in range(16)] if place == "pressure" else []
    operands = [write.input(kind, k) for k, kind in enumerate(row.takes)]
    position = {"constant first": 0, "constant second": 1}.get(place, -1)
    if 0 <= position < len(operands):
        makers = {"i": write.word, "r": write.reference}
        kind = row.takes[position]
        constant = constants[position]
        operands[position] = write.double(float(constant)) if kind == "f" else makers[kind](int(constant))
    result = write(row.name, *operands)
    write.output(row.gives, 10, result)
    for k, operand in enumerate(operands):
        write.output(row.takes[k], 11 + k, operand)  # the operation has not destroyed them
    for k, ref in enumerate(crowd):
        write.output("i", 20 + k, ref)
    for k, ref in enumerate(crowd_of_floats):
        write.output("f", 40 + k, ref)
    write("leave")
    return write


def check(world: World, row: Operation, place: str, rows: list[tuple[float | int, ...]]) -> None:
    compiled = world.compile(build(world, row, place, rows[0]).trace)
    for operands in rows:
        slots = [as_word(operand) for operand in operands]
        for k in range(36):
            world.set_slot(20 + k, 1000 + k)
        world.run(compiled, slots)
        assert row.meaning is not None
        expected = row.meaning(*[from_word(kind, word) for kind, word in zip(row.takes, slots, strict=True)])
        assert same(row.gives, world.slot(10), expected), (row.name, place, operands, world.slot(10), expected)
        assert world.slots(len(slots), 11) == slots
        assert world.slots(36, 20) == [1000 + k for k in range(36)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("row", PURE, ids=lambda row: row.name)
def test_pure_operation(world: World, row: Operation, place: str) -> None:
    rows = samples(row)
    position = {"constant first": 0, "constant second": 1}.get(place)
    if position is None:
        check(world, row, place, rows)
    elif position < len(row.takes):
        by_constant: dict[int, list[tuple[float | int, ...]]] = {}
        for operands in rows:
            by_constant.setdefault(as_word(operands[position]), []).append(operands)
        for group in by_constant.values():
            check(world, row, place, group)


@pytest.mark.parametrize("row", [row for row in PURE if len(row.takes) == 2], ids=lambda row: row.name)
def test_both_operands_may_be_the_same_value(world: World, row: Operation) -> None:
    if row.takes[0] != row.takes[1]:
        return
    write = TraceWriter(world)
    operand = write.input(row.takes[0], 0)
    write.output(row.gives, 10, write(row.name, operand, operand))
    write("leave")
    compiled = world.compile(write.trace)
    for a, b in samples(row):
        if as_word(a) == as_word(b):
            world.run(compiled, [as_word(a)])
            assert row.meaning is not None
            assert same(row.gives, world.slot(10), row.meaning(a, b))


@pytest.mark.parametrize("row", PURE, ids=lambda row: row.name)
def test_operands_that_die_may_lend_their_registers(world: World, row: Operation) -> None:
    """Nothing but the result is used afterwards, so every reuse of registers that is allowed happens."""
    write = TraceWriter(world)
    operands = [write.input(kind, k) for k, kind in enumerate(row.takes)]
    write.output(row.gives, 10, write(row.name, *operands))
    write("leave")
    compiled = world.compile(write.trace)
    for values in samples(row):
        world.run(compiled, [as_word(value) for value in values])
        assert row.meaning is not None
        expected = row.meaning(*values)
        assert same(row.gives, world.slot(10), expected), (row.name, values, world.slot(10), expected)
