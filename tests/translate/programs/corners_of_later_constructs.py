"""Where later constructs once differed from Python: setters below, errors with fields of their own, None in tuples, enums."""

from __future__ import annotations

from abc import abstractmethod
from enum import Enum, auto
from typing import NamedTuple

from tracewright_testing.probes import show


class Sized:
    def __init__(self, size: int) -> None:
        self.kept = size

    @property
    def size(self) -> int:
        return self.kept


class Grown(Sized):
    """Only here the property can be assigned to."""

    @property
    def size(self) -> int:
        return super().size + 10

    @size.setter
    def size(self, size: int) -> None:
        self.kept = size


class Doubled(Grown):
    @property
    def size(self) -> int:
        return super().size + 100

    @size.setter
    def size(self, size: int) -> None:
        self.kept = size * 2


class Measured:
    @property
    @abstractmethod
    def length(self) -> int: ...

    @length.setter
    @abstractmethod
    def length(self, length: int) -> None: ...


class Rope(Measured):
    def __init__(self) -> None:
        self.knots = 0
        self.length = 4

    @property
    def length(self) -> int:
        return self.knots

    @length.setter
    def length(self, length: int) -> None:
        self.knots = length * 3


class OwnMessage(Exception):
    def __init__(self, message: str) -> None:
        super().__init__("the text")
        self.message = message


class MessageProperty(Exception):
    @property
    def message(self) -> str:
        return "a property"


class OwnKey(KeyError):
    def __init__(self, shown: str) -> None:
        super().__init__("the key")
        self.shown = shown


class Kind(Enum):
    FIRST = auto()
    SECOND = auto()

    def __repr__(self) -> str:
        return "a kind"


class Place(NamedTuple):
    kind: Kind
    line: int | None = None


class Asked:
    """Notes which object is asked whether it is equal to another."""

    def __init__(self, number: int, log: list[int]) -> None:
        self.number = number
        self.log = log

    def __eq__(self, other: object) -> bool:
        self.log.append(self.number)
        return isinstance(other, Asked) and other.number == self.number

    def __hash__(self) -> int:
        return self.number


def grown(number: int) -> Grown:
    return Grown(1) if number == 0 else Doubled(1)


def probe_setter_in_subclass() -> str:
    plain, doubled = grown(0), grown(1)
    plain.size += 5
    doubled.size = doubled.size
    below: Sized = doubled
    return f"{plain.size} {doubled.size} {below.size}"


def probe_abstract_setter() -> str:
    rope: Measured = Rope()
    rope.length += 2
    return str(rope.length)


def probe_own_message() -> str:
    try:
        raise OwnMessage("a field")
    except OwnMessage as error:
        return f"{error} {error.message}"


def probe_message_property() -> str:
    try:
        raise MessageProperty("the text")
    except MessageProperty as error:
        return f"{error} {error.message}"


def probe_own_key() -> str:
    try:
        raise OwnKey("a field")
    except OwnKey as error:
        return f"{error} {error.shown}"


def probe_none_in_tuple() -> str:
    parts = (1, None, [3])
    more = parts + parts[1:]
    more[2].append(4)
    return f"{parts} {more} {(None, 1)} {more[::-1]}"


def probe_enum_with_own_repr() -> str:
    return f"{Kind.FIRST} {Kind.FIRST!r} {[Kind.SECOND]} {Place(Kind.FIRST)}"


def probe_hash_of_members() -> str:
    return f"{hash(Place(Kind.FIRST)) == hash(Place(Kind.FIRST))} {len({Kind.FIRST, Kind.SECOND, Kind.FIRST})}"


def probe_who_is_asked() -> str:
    log: list[int] = []
    one, two = Asked(1, log), Asked(2, log)
    found = one in (two, Asked(1, log)), one in [two, one], one not in (one, two)
    return f"{found} {log}"


def probe_fill_character() -> str:
    return "ab".center(9, "--"[len("") :])


def probe_from_hex() -> str:
    return str(bytes.fromhex("00 f"))


def probe_infinite_power() -> str:
    zero, infinite = float("0"), float("inf")
    return f"{zero**-infinite} {(-zero) ** -infinite} {zero**infinite}"


def main() -> int:
    show("setter_in_subclass", probe_setter_in_subclass)
    show("abstract_setter", probe_abstract_setter)
    show("own_message", probe_own_message)
    show("message_property", probe_message_property)
    show("own_key", probe_own_key)
    show("none_in_tuple", probe_none_in_tuple)
    show("enum_with_own_repr", probe_enum_with_own_repr)
    show("hash_of_members", probe_hash_of_members)
    show("who_is_asked", probe_who_is_asked)
    show("fill_character", probe_fill_character)
    show("from_hex", probe_from_hex)
    show("infinite_power", probe_infinite_power)
    return 0
