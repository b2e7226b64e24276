"""Selects: what they are without choosing, each rewrite proved, and which Values of slots can be chosen."""

import pytest

from tracewright.core import operations as op
from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright.core.operation_tables import INVERSE
from tracewright.core.value import WORD_FALSE, WORD_TRUE
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.optimize.draft import NO_REF
from tracewright.jit.optimize.selects import choose
from tracewright.jit.tables.options import JitOptions

z3 = pytest.importorskip("z3")


@pytest.fixture
def builder() -> TraceBuilder:
    made = TraceBuilder(0, 8192, [], [], JitOptions())
    made.at_bytecode(made.ref_constant(20480), 0, 0)
    return made


def an_int(builder: TraceBuilder, slot: int) -> int:
    return builder.emit(op.WORD_OF, builder.read_slot(slot))


def a_condition(builder: TraceBuilder) -> int:
    return builder.emit(op.INT_LT, an_int(builder, 0), an_int(builder, 1))


def test_equal_sides_and_known_conditions(builder: TraceBuilder) -> None:
    condition, x, y = a_condition(builder), an_int(builder, 2), an_int(builder, 3)
    assert builder.emit(op.INT_SELECT, condition, x, x) == x
    assert builder.emit(op.INT_SELECT, builder.int_constant(7), x, y) == x
    assert builder.emit(op.INT_SELECT, builder.int_constant(0), x, y) == y
    builder.guard(op.GUARD_FALSE, condition, 0, None)
    assert builder.emit(op.INT_SELECT, condition, x, y) == y


def test_the_condition_itself(builder: TraceBuilder) -> None:
    condition, one, zero = a_condition(builder), builder.int_constant(1), builder.int_constant(0)
    assert builder.emit(op.INT_SELECT, condition, one, zero) == condition
    opposite = builder.emit(op.INT_SELECT, condition, zero, one)
    operations = builder.draft.trace.operations
    assert operations[opposite] == INVERSE[operations[condition]]
    word = an_int(builder, 4)  # not 0 or 1, as far as is known
    assert operations[builder.emit(op.INT_SELECT, word, one, zero)] == op.INT_SELECT


@pytest.mark.parametrize(
    ("x", "y"), [(9, 8), (9, 7), (-3, -4), (4, 5), (MAX_INT, MAX_INT - 64), (MIN_INT, MIN_INT + 1)]
)
def test_constants_a_power_of_two_apart_are_computed(builder: TraceBuilder, x: int, y: int) -> None:
    condition = a_condition(builder)
    chosen = builder.emit(op.INT_SELECT, condition, builder.int_constant(x), builder.int_constant(y))
    trace = builder.draft.trace
    assert trace.operations[chosen] in (op.INT_ADD, op.INT_SUB)
    assert (builder.draft.low_of(chosen), builder.draft.high_of(chosen)) == (min(x, y), max(x, y))
    shifted = trace.a[chosen]
    if shifted != condition and shifted >= 0:
        assert trace.operations[shifted] == op.INT_LSHIFT and trace.a[shifted] == condition


@pytest.mark.parametrize(("x", "y"), [(9, 6), (6, 9), (5, 7), (MAX_INT, MIN_INT), (MIN_INT, MAX_INT)])
def test_other_constants_are_chosen(builder: TraceBuilder, x: int, y: int) -> None:
    chosen = builder.emit(op.INT_SELECT, a_condition(builder), builder.int_constant(x), builder.int_constant(y))
    assert builder.draft.trace.operations[chosen] == op.INT_SELECT


def test_sums_of_one_number_choose_what_is_added(builder: TraceBuilder) -> None:
    x = an_int(builder, 2)
    seven, nine = (builder.emit(op.INT_ADD, x, builder.int_constant(number)) for number in (7, 9))
    trace = builder.draft.trace
    total = builder.emit(op.INT_SELECT, a_condition(builder), seven, nine)
    assert trace.operations[total] == op.INT_ADD and x in (trace.a[total], trace.b[total])
    added = trace.a[total] + trace.b[total] - x
    assert trace.operations[added] == op.INT_SELECT
    assert (builder.draft.low_of(added), builder.draft.high_of(added)) == (7, 9)


def test_the_rewrites_are_equalities() -> None:
    c, x, k, m = z3.BitVecs("c x k m", 64)
    zero, one = z3.BitVecVal(0, 64), z3.BitVecVal(1, 64)

    def select(a: object, b: object) -> object:
        return z3.If(c != zero, a, b)

    solver = z3.Solver()
    two_valued = z3.Or(c == zero, c == one)
    solver.add(
        z3.Or(
            select(x + k, x + m) != x + select(k, m),
            z3.And(two_valued, select(one, zero) != c),
            z3.And(two_valued, select(zero, one) != z3.If(c == zero, one, zero)),
            z3.And(two_valued, select(k + (one << m), k) != (c << m) + k, z3.ULT(m, 63)),
            z3.And(two_valued, select(k - one, k) != k - c),
        )
    )
    assert solver.check() == z3.unsat


def test_numbers_are_chosen_out_of_their_boxes(builder: TraceBuilder) -> None:
    condition = a_condition(builder)
    box = builder.emit(op.VALUE_OF_INT, an_int(builder, 2))
    other = builder.emit(op.VALUE_OF_INT, an_int(builder, 3))
    value = choose(builder, condition, box, other)
    trace = builder.draft.trace
    assert trace.operations[value] == op.VALUE_OF_INT and trace.operations[trace.a[value]] == op.INT_SELECT
    flag = choose(builder, condition, builder.ref_constant(WORD_TRUE), builder.ref_constant(WORD_FALSE))
    shifted = builder.emit(op.INT_LSHIFT, condition, builder.int_constant(3))
    assert flag == builder.emit(op.REF_OF, builder.emit(op.INT_ADD, shifted, builder.int_constant(WORD_FALSE)))


def test_values_of_different_sorts_are_not_chosen(builder: TraceBuilder) -> None:
    condition = a_condition(builder)
    box = builder.emit(op.VALUE_OF_INT, an_int(builder, 2))
    fraction = builder.emit(op.VALUE_OF_FLOAT, builder.emit(op.INT_TO_FLOAT, an_int(builder, 3)))
    assert choose(builder, condition, box, fraction) == NO_REF
    assert choose(builder, condition, box, builder.ref_constant(WORD_TRUE)) == NO_REF
    assert choose(builder, condition, builder.read_slot(4), builder.ref_constant(0)) == NO_REF
    unknown = choose(builder, condition, builder.read_slot(4), builder.read_slot(5))
    assert builder.draft.trace.operations[unknown] == op.REF_SELECT
    fresh = builder.emit(op.NEW_OBJECT, 40)
    assert choose(builder, condition, fresh, builder.read_slot(5)) == NO_REF
