"""Rows of numbers that one trace after the other uses."""

from tracewright.jit.trace.workspace import Workspace


def test_rows_hold_what_was_asked_for_although_another_trace_has_used_them() -> None:
    workspace = Workspace()
    for count in (3, 300, 20):
        workspace.begin()
        numbers, flags = workspace.numbers(count, -1), workspace.flags(count)
        assert [numbers[k] for k in range(count)] == [-1] * count
        assert [flags[k] for k in range(count)] == [False] * count
        for k in range(count):
            numbers[k] = k
            flags[k] = True


def test_rows_that_are_in_use_at_the_same_time_are_different_ones() -> None:
    workspace = Workspace()
    first, second, room = workspace.numbers(4, 1), workspace.numbers(4, 2), workspace.room(4)
    room[0] = 3
    assert (first[0], second[0], room[0]) == (1, 2, 3)


def test_the_same_memory_is_used_again_where_it_is_long_enough() -> None:
    workspace = Workspace()
    row = workspace.numbers(1000, 0)
    workspace.begin()
    assert workspace.numbers(900, 0) is row


def test_very_long_rows_are_not_kept() -> None:
    workspace = Workspace()
    long_numbers, long_flags = workspace.numbers(100_000, 5), workspace.flags(100_000)
    assert long_numbers[99_999] == 5
    assert not long_flags[99_999]
    workspace.begin()
    assert len(workspace.numbers(10, 0)) < 1000
    assert len(workspace.flags(10)) < 1000
