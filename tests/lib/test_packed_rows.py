"""Packed rows against a list that holds the same: random operations, each kind, and every way between them."""

from hypothesis import given
from hypothesis import strategies as st

from tracewright.core.arrays import Array, array_of
from tracewright.core.value import Value
from tracewright.lib import packed_rows

NOTHING = Value.UNDEFINED
VALUES = st.one_of(
    st.integers(-(2**63), 2**63 - 1).map(Value.of_int),
    st.floats().map(Value.of_float),
    st.sampled_from([Value.NULL, Value.TRUE]),
)
OF_ONE_KIND = st.one_of(
    st.lists(st.integers(-(2**63), 2**63 - 1).map(Value.of_int), min_size=1),
    st.lists(st.floats().map(Value.of_float), min_size=1),
    st.lists(VALUES, min_size=1),
)


def row_of(values: list[Value]) -> tuple[Array[Value], int]:
    """The values in a row of the narrowest kind, and the kind."""
    row = array_of(values)
    kind = packed_rows.common_kind(row, 0, len(values))
    if kind == packed_rows.VALUES:
        return row, kind
    return packed_rows.packed(row, 0, len(values), kind, len(values)), kind


def contents(row: Array[Value], kind: int, count: int) -> list[str]:
    return [repr(packed_rows.get(row, kind, index).payload) for index in range(count)]


def shown(values: list[Value]) -> list[str]:
    return [repr(value.payload) for value in values]


@given(OF_ONE_KIND)
def test_a_row_gives_what_it_was_made_of(values: list[Value]) -> None:
    row, kind = row_of(values)
    kinds = {packed_rows.kind_for(value) for value in values}
    assert kind == (kinds.pop() if len(kinds) == 1 else packed_rows.VALUES)
    assert contents(row, kind, len(values)) == shown(values)
    assert contents(packed_rows.as_values(row, kind, len(values), len(values) + 3, NOTHING), 0, len(values)) == shown(
        values
    )


@given(OF_ONE_KIND, VALUES, st.data())
def test_put_refuses_what_the_kind_has_no_form_for(values: list[Value], value: Value, data: st.DataObject) -> None:
    row, kind = row_of(values)
    index = data.draw(st.integers(0, len(values) - 1))
    done = packed_rows.put(row, kind, index, value)
    assert done == (kind in (packed_rows.VALUES, packed_rows.kind_for(value)))
    if done:
        values[index] = value
    assert contents(row, kind, len(values)) == shown(values)


@given(OF_ONE_KIND, st.data())
def test_copies_and_parts(values: list[Value], data: st.DataObject) -> None:
    row, kind = row_of(values)
    size = len(values)
    larger = packed_rows.resized(row, kind, size, 2 * size, NOTHING)
    start, to = data.draw(st.integers(0, size)), data.draw(st.integers(0, size))
    count = data.draw(st.integers(0, size - start))
    packed_rows.copy(larger, start, larger, to, count, kind)
    expected = [*values, *values]
    expected[to : to + count] = values[start : start + count]
    assert contents(larger, kind, max(size, to + count)) == shown(expected[: max(size, to + count)])
    stride = data.draw(st.sampled_from([-2, -1, 1, 3]))
    first = 0 if stride > 0 else size - 1
    places = list(range(first, size, stride) if stride > 0 else range(first, -1, stride))
    part = packed_rows.new_row(kind, len(places), NOTHING)
    packed_rows.pick(row, first, stride, part, len(places), kind)
    assert contents(part, kind, len(places)) == shown([values[place] for place in places])
