"""`ValueTable` against Python's dicts: the same random operations on both, hosted; and a program of its own, natively."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject, Text
from tracewright.guest.value_table import ABSENT, ValueTable
from tracewright_testing.native import built_once, shared_folder

SAMPLE = Path(__file__).parents[1] / "helpers/tracewright_testing/samples/tables.py"
OBJECTS = [GuestObject() for _ in range(3)]
Key = int | float | str | bool | None
KEYS = st.one_of(
    st.integers(0, 12),
    st.integers(-3, 3),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.sampled_from([0.0, -0.0, 1.0, 2.5, 1e300, float("inf"), float("nan"), True, False, None, "", "a", "b", "ab"]),
)
OPERATIONS = st.lists(st.tuples(st.sampled_from(["set", "set", "remove", "get", "clear"]), KEYS), max_size=120)


def guest(key: Key) -> Value:
    match key:
        case None:
            return Value.NULL
        case bool():
            return Value.of_bool(key)
        case int():
            return Value.of_int(key)
        case float():
            return Value.of_float(key)
        case str():
            return Value.of_object(Text(key))


def model_key(key: Key) -> object:
    """Python says that True is 1, and that no NaN is another."""
    if isinstance(key, bool):
        return ("bool", key)
    return "nan" if key != key else ("text", key) if isinstance(key, str) else key


def contents(table: ValueTable) -> list[int]:
    found = []
    position = table.next_position(0)
    while position != ABSENT:
        assert table.find(table.key_at(position)) == position
        found.append(table.value_at(position).as_int())
        position = table.next_position(position + 1)
    return found


@given(OPERATIONS)
def test_tables_are_dicts(operations: list[tuple[str, Key]]) -> None:
    table = ValueTable()
    model: dict[object, int] = {}
    for turn, (what, key) in enumerate(operations):
        value = guest(key)
        match what:
            case "set":
                table.set(value, Value.of_int(turn))
                model[model_key(key)] = turn
            case "remove":
                assert table.remove(value) == (model.pop(model_key(key), None) is not None)
            case "get":
                found = table.get(value)
                assert (None if found.same(Value.UNDEFINED) else found.as_int()) == model.get(model_key(key))
            case _:
                if turn % 7 == 0:
                    table.clear()
                    model.clear()
        assert table.count == len(model)
    assert contents(table) == list(model.values())
    other = ValueTable()
    table.copy_into(other)
    assert contents(other) == list(model.values())


def test_the_keys_0_1_2_need_no_hashing() -> None:
    table = ValueTable()
    for number in range(100):
        table.set(Value.of_int(number), Value.of_int(number))
    assert table.is_dense
    assert table.remove(Value.of_int(99))
    assert table.is_dense
    table.set(Value.of_int(-1), Value.of_int(5))
    assert not table.is_dense
    assert contents(table) == [*range(99), 5]


def test_positions_stay_until_the_epoch_changes() -> None:
    table = ValueTable()
    for number in range(40):
        table.set(Value.of_int(3 * number), Value.of_int(number))
    position = table.find(Value.of_int(60))
    epoch = table.epoch
    for number in range(10):
        table.remove(Value.of_int(3 * number))
    assert (table.find(Value.of_int(60)), table.epoch) == (position, epoch)
    for number in range(1000, 1100):
        table.set(Value.of_int(number), Value.NULL)
    assert table.epoch > epoch


def test_the_text_asked_for_last_is_the_key_that_is_kept() -> None:
    table = PairTable()
    first, second = Value.of_object(Text("a")), Value.of_object(Text("a"))
    table.set(first, Value.of_int(1))
    assert table.get(second).as_int() == 1
    assert table.key_at(0) is second
    pair, other = Value.of_object(Pair(1, 2)), Value.of_object(Pair(1, 2))
    table.set(pair, Value.NULL)
    table.set(other, Value.NULL)
    assert table.key_at(1) is pair  # of other equal keys the first is kept


class Pair(GuestObject):
    def __init__(self, left: int, right: int) -> None:
        self.left = left
        self.right = right


class PairTable(ValueTable):
    def hash_of_object(self, thing: GuestObject) -> int:
        return thing.left if isinstance(thing, Pair) else super().hash_of_object(thing)

    def objects_equal(self, left: GuestObject, right: GuestObject) -> bool:
        if isinstance(left, Pair) and isinstance(right, Pair):
            return (left.left, left.right) == (right.left, right.right)
        return left is right


def test_a_language_may_have_its_own_equality() -> None:
    table = PairTable()
    for left in range(3):
        for right in range(3):
            table.set(Value.of_object(Pair(left, right)), Value.of_int(10 * left + right))
    for thing in OBJECTS:
        table.set(Value.of_object(thing), Value.of_int(1))
    assert table.count == 12
    assert table.get(Value.of_object(Pair(2, 1))).as_int() == 21
    assert not table.has(Value.of_object(GuestObject()))
    assert table.has(Value.of_object(OBJECTS[1]))


def test_natively(tmp_path_factory: pytest.TempPathFactory) -> None:
    executable = built_once(str(SAMPLE), shared_folder(tmp_path_factory), "tables")
    assert (
        subprocess.run([str(executable)], capture_output=True, text=True, timeout=60, check=False).stdout == "equal\n"
    )
