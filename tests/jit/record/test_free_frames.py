"""Frames of the blackhole are used again, and keep nothing alive meanwhile."""

from tracewright.jit.execute.frames import Frame
from tracewright.jit.execute.free_frames import MOST_KEPT, FreeFrames
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


def test_a_few_of_each_function_are_kept() -> None:
    portal = Toy().assembly.jitcodes[0]
    free = FreeFrames()
    frames = [free.take(portal, 0, -1) for _ in range(MOST_KEPT + 10)]
    for frame in frames:
        free.give(frame)
    taken = [free.take(portal, 0, -1) for _ in frames]
    assert sum(any(frame is old for old in frames) for frame in taken) == MOST_KEPT
