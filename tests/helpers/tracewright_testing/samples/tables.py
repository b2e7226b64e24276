"""A guest table and a list of pairs, changed in the same way many times: prints `equal` if they stay equal."""

from __future__ import annotations

from tracewright.core.integers import urshift, wrap_add, wrap_mul
from tracewright.core.system import run_as_program, write_output
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject, Text, values_equal
from tracewright.guest.value_table import ABSENT, ValueTable

TURNS = 20_000


class Pairs:
    """The same without hashing."""

    def __init__(self) -> None:
        self.keys: list[Value] = []
        self.values: list[int] = []

    def position(self, key: Value) -> int:
        for k in range(len(self.keys)):
            if values_equal(self.keys[k], key):
                return k
        return ABSENT


def key_of(number: int, things: list[GuestObject]) -> Value:
    """One of about a hundred keys of all kinds; texts are new objects each time."""
    small = number >> 3 & 31
    match number & 7:
        case 0 | 1 | 2:
            return Value.of_int(small)
        case 3:
            return Value.of_int(wrap_mul(small, 1 << 55))
        case 4:
            return Value.of_float(small / 2.0)
        case 5 | 6:
            return Value.of_object(Text(f"key {small}"))
        case _:
            return Value.of_object(things[small & 7]) if small != 31 else Value.NULL


def same(table: ValueTable, pairs: Pairs) -> bool:
    """Equal keys and values in equal order."""
    position = table.next_position(0)
    for k in range(len(pairs.keys)):
        if position == ABSENT or not values_equal(table.key_at(position), pairs.keys[k]):
            return False
        if table.value_at(position).as_int() != pairs.values[k] or table.find(pairs.keys[k]) != position:
            return False
        position = table.next_position(position + 1)
    return position == ABSENT and table.count == len(pairs.keys)


def run() -> bool:
    table, pairs = ValueTable(), Pairs()
    things = [GuestObject() for _ in range(8)]
    seed = 1
    for turn in range(TURNS):
        seed = wrap_add(wrap_mul(seed, 6364136223846793005), 1442695040888963407)
        number = urshift(seed, 33)
        key = key_of(number, things)
        known = pairs.position(key)
        if number >> 10 & 3 == 0:
            if table.remove(key) != (known != ABSENT):
                return False
            if known != ABSENT:
                pairs.keys.pop(known)
                pairs.values.pop(known)
        else:
            table.set(key, Value.of_int(turn))
            if known == ABSENT:
                pairs.keys.append(key)
                pairs.values.append(turn)
            else:
                pairs.values[known] = turn
        if turn % 500 == 0 and not same(table, pairs):
            return False
    return same(table, pairs)


def main() -> int:
    write_output(b"equal\n" if run() else b"different\n")
    return 0


if __name__ == "__main__":
    run_as_program(main)
