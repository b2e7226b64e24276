"""`ByteArray` against CPython's `bytearray`."""

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tracewright.core.integers import MAX_INT
from tracewright.lib.byte_arrays import ByteArray, byte_array_from_bytes, byte_array_from_size

INDEX = st.integers(-10, 10)


def outcome(action: Callable[[], object]) -> object:
    try:
        return action()
    except (IndexError, ValueError) as error:
        return type(error)


class ByteArrayMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.ours = ByteArray()
        self.theirs = bytearray()

    @rule(byte=st.integers(-2, 257))
    def append(self, byte: int) -> None:
        assert outcome(lambda: self.ours.append(byte)) == outcome(lambda: self.theirs.append(byte))

    @rule(data=st.binary(max_size=9))
    def extend(self, data: bytes) -> None:
        self.ours.extend(data)
        self.theirs.extend(data)

    @rule()
    def extend_by_itself(self) -> None:
        if len(self.theirs) < 50:
            self.ours.extend_array(self.ours)
            self.theirs += bytes(self.theirs)

    @rule(index=INDEX, byte=st.integers(-2, 257))
    def item(self, index: int, byte: int) -> None:
        assert outcome(lambda: self.ours[index]) == outcome(lambda: self.theirs[index])
        assert outcome(lambda: self.ours.__setitem__(index, byte)) == outcome(
            lambda: self.theirs.__setitem__(index, byte)
        )

    @rule(start=INDEX, stop=INDEX | st.just(MAX_INT))
    def get_slice(self, start: int, stop: int) -> None:
        assert self.ours.get_slice(start, stop).to_bytes() == bytes(self.theirs[start:stop])

    @rule(start=INDEX, stop=INDEX | st.just(MAX_INT), data=st.binary(max_size=4))
    def set_slice(self, start: int, stop: int, data: bytes) -> None:
        self.ours.set_slice(start, stop, data)
        self.theirs[start:stop] = data

    @rule(start=INDEX, stop=INDEX | st.just(MAX_INT))
    def delete_slice(self, start: int, stop: int) -> None:
        self.ours.delete_slice(start, stop)
        del self.theirs[start:stop]

    @rule(index=INDEX)
    def remove(self, index: int) -> None:
        assert outcome(lambda: self.ours.pop(index)) == outcome(lambda: self.theirs.pop(index))
        assert outcome(lambda: self.ours.__delitem__(index)) == outcome(lambda: self.theirs.__delitem__(index))

    @rule(index=INDEX, byte=st.integers(-2, 257))
    def insert(self, index: int, byte: int) -> None:
        assert outcome(lambda: self.ours.insert(index, byte)) == outcome(lambda: self.theirs.insert(index, byte))
        assert outcome(lambda: byte in self.ours) == outcome(lambda: byte in self.theirs)

    @rule()
    def reverse(self) -> None:
        self.ours.reverse()
        self.theirs.reverse()
        assert self.ours.copy().to_bytes() == bytes(self.theirs)

    @rule(length=st.integers(0, 30))
    def truncate(self, length: int) -> None:
        self.ours.truncate(length)
        del self.theirs[length:]

    @rule()
    def clear(self) -> None:
        self.ours.clear()
        self.theirs.clear()

    @invariant()
    def same_contents(self) -> None:
        assert self.ours.to_bytes() == bytes(self.theirs)
        assert len(self.ours) == len(self.theirs)


TestByteArrayMachine = ByteArrayMachine.TestCase
TestByteArrayMachine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def test_constructors() -> None:
    assert byte_array_from_bytes(b"\x00abc").to_bytes() == b"\x00abc"
    assert byte_array_from_size(5).to_bytes() == bytes(5)
    with pytest.raises(ValueError, match="negative"):
        byte_array_from_size(-1)
