"""Frames of the blackhole are used again, and keep nothing alive meanwhile."""

from tracewright.jit.execute.frames import Frame
from tracewright.jit.execute.free_frames import FreeFrames
from tracewright_testing.toy_machine import Toy


def test_a_frame_comes_back_empty() -> None:
    portal = Toy().assembly.jitcodes[0]
    free = FreeFrames()
    first = free.take(portal, 3, 1)
    assert free.take(portal, 3, 1) is not first
    constants = list(first.words[portal.variable_count + k] for k in range(len(portal.constants)))
    first.words[0] = 77
    first.receiver = 5
    free.give(first)
    assert first.words[0] == 0
    again = free.take(portal, 9, -1)
    assert again is first
    assert (again.position, again.result_register, again.receiver) == (9, -1, 0)
    assert [again.words[portal.variable_count + k] for k in range(len(portal.constants))] == constants


def test_a_recordings_frame_is_not_taken() -> None:
    portal = Toy().assembly.jitcodes[0]
    free = FreeFrames()
    recorded = Frame(portal, 0, -1)
    recorded.begin_refs()
    free.give(recorded)
    assert free.take(portal, 0, -1) is not recorded
