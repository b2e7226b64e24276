"""What maps and sets are made of, against a list of pairs: the same random operations on both, with keys of every kind."""

import math

from hypothesis import given
from hypothesis import strategies as st

from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright_javascript.bigints import text_to_bigint
from tracewright_javascript.ordered_table import ABSENT, MOST_SCANNED, OrderedTable, Walk
from tracewright_javascript.values import string_value

OBJECTS = [Value.of_object(GuestObject()) for _ in range(4)]
# What is equal here is the same key: the first of each row is the name of the row.
SAME: list[list[Value]] = [
    *[[Value.of_int(k), Value.of_float(float(k))] for k in range(20)],
    [Value.of_float(-0.0), Value.of_int(0)],
    [Value.of_float(math.nan), Value.of_float(-math.nan)],
    [Value.of_float(0.5), Value.of_float(0.5)],
    [Value.of_float(2.0**60), Value.of_float(2.0**60)],
    [Value.of_float(math.inf), Value.of_float(math.inf)],
    *[[string_value(text), string_value(text[:1] + text[1:])] for text in ("", "a", "ab", "1", "true", "\ud800")],
    *[[Value.of_object(text_to_bigint(str(k))), Value.of_object(text_to_bigint(str(k)))] for k in (1, 2**70)],
    *[[each, each] for each in (*OBJECTS, Value.UNDEFINED, Value.NULL, Value.TRUE, Value.FALSE)],
]
ROWS = st.integers(0, len(SAME) - 1)
OPERATIONS = st.lists(st.tuples(st.sampled_from("nnnnssssrrgc"), ROWS, st.integers(0, 1)), max_size=120)


def name_of(row: int) -> int:
    return 0 if row == 20 else row  # -0 is 0


def keys_of(table: OrderedTable) -> list[Value]:
    walk = Walk(table)
    keys = []
    while (place := walk.next_place()) != ABSENT:
        keys.append(table.keys[place])
    return keys


def places_in(table: OrderedTable, keys: list[Value]) -> list[int]:
    return [table.find(key) for key in keys]


@given(OPERATIONS)
def test_a_table_is_a_list_of_pairs(operations: list[tuple[str, int, int]]) -> None:
    table = OrderedTable(True)
    keys_only = OrderedTable(False)
    model: dict[int, int] = {}
    for turn, (what, row, which) in enumerate(operations):
        if what == "n":  # the next int, so that tables are dense for a while
            row = min(len(model), 19)
        key, name = SAME[row][which], name_of(row)
        match what:
            case "s" | "n":
                table.set(key, Value.of_int(turn))
                keys_only.add(key)
                model[name] = turn
            case "r":
                assert table.remove(key) == keys_only.remove(key) == (model.pop(name, None) is not None)
            case "g":
                assert table.has(key) == (name in model)
                if name in model:
                    assert table.get(key).as_int() == model[name]
            case _:
                if which == 1:
                    table.clear()
                    keys_only.clear()
                    model.clear()
        assert table.count == keys_only.count == len(model)
    walk = Walk(table)
    seen = []
    while (place := walk.next_place()) != ABSENT:
        seen.append(table.values[place].as_int())
    assert seen == list(model.values())
    assert places_in(table, keys_of(keys_only)) == places_in(table, keys_of(table))
    assert all(table.has(SAME[row][1]) == (name_of(row) in model) for row in range(len(SAME)))


def test_a_walk_goes_on_where_keys_come_and_go() -> None:
    table = OrderedTable(True)
    for k in range(100):
        table.set(Value.of_int(k), Value.NULL)
    walk = Walk(table)
    seen = []
    while (place := walk.next_place()) != ABSENT:
        key = table.keys[place].as_int()
        seen.append(key)
        table.remove(Value.of_int(key))
        if key < 50:
            table.set(Value.of_int(1000 + key), Value.NULL)
    assert seen == [*range(100), *range(1000, 1050)]
    assert table.count == 0


def test_few_keys_need_no_slots() -> None:
    table = OrderedTable(True)
    for k in range(MOST_SCANNED):
        table.set(Value.of_int(k + 1), Value.NULL)
    assert len(table.slots) == 0
    table.set(Value.TRUE, Value.NULL)
    assert len(table.slots) > 0
    assert table.find(Value.of_int(3)) == 2


def test_keys_of_all_kinds_spread() -> None:
    table = OrderedTable(True)
    for k in range(2000):
        table.set(Value.of_float(k / 8 + 0.0625), Value.NULL)
        table.set(Value.of_int(k << 20), Value.NULL)
    taken = [entry != 0 for entry in table.slots]
    longest = max(len(run) for run in "".join("x" if each else " " for each in taken).split())
    assert longest < 100


def test_keys_that_are_their_places_need_no_slots() -> None:
    table = OrderedTable(True)
    for k in range(100):
        table.set(Value.of_int(k) if k % 2 == 0 else Value.of_float(float(k)), Value.of_int(-k))
    assert table.is_dense and len(table.slots) == 0 and table.get(Value.of_float(70.0)).as_int() == -70
    assert table.find(Value.of_int(-1)) == table.find(Value.of_int(100)) == table.find(string_value("5")) == ABSENT
    table.remove(Value.of_int(50))
    assert not table.is_dense and len(table.slots) > 0
    assert table.find(Value.of_int(50)) == ABSENT and table.find(Value.of_int(51)) == 51


def test_a_walk_goes_on_behind_a_table_that_was_cleared_or_squeezed_empty() -> None:
    table = OrderedTable(False)
    for k in range(40):
        table.add(Value.of_int(k))
    walk = Walk(table)
    assert [walk.next_place() for _ in range(30)] == list(range(30))
    for k in range(40):
        table.remove(Value.of_int(k))
    for k in range(3):
        table.add(Value.of_int(k))
    assert table.keys[walk.next_place()].as_int() == 0
    table.clear()
    table.add(Value.of_int(7))
    assert table.keys[walk.next_place()].as_int() == 7
    assert walk.next_place() == ABSENT


def test_the_key_found_last_is_forgotten_with_its_place() -> None:
    table = OrderedTable(True)
    for k in range(60):
        table.set(string_value(f"key {k}"), Value.of_int(k))
    last = string_value("key 59")
    assert table.has(last) and table.get(last).as_int() == 59
    table.set(last, Value.NULL)
    assert table.get(string_value("key 59")).same(Value.NULL)
    for k in range(40):
        table.remove(string_value(f"key {k}"))  # the places of the others change on the way
    assert table.values[table.find(last)].same(Value.NULL)
    table.remove(last)
    assert not table.has(last)
    table.set(last, Value.TRUE)
    table.clear()
    assert not table.has(last)
