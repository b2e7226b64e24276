"""Loops that are left after a few turns: how they are told from others by what their cells have counted."""

import pytest

from tracewright.hints import GuestCode, JitCell
from tracewright.jit.tables.cells import BLACKLISTED, NEVER, count_from, is_short_loop, turns_of

HEADER = 5  # of the loop asked about
THRESHOLD = 600


def cell(turns: int) -> JitCell:
    made = JitCell(THRESHOLD)
    made.counter -= turns
    return made


def code(**turns: int) -> GuestCode:
    """Code whose function, loop around (at 3) and loop at HEADER have been come to so often."""
    positions = {"function": 0, "around": 3, "loop": HEADER, "behind": HEADER + 1}
    made = GuestCode(10)
    for name, count in turns.items():
        made.jit_cells[positions[name]] = cell(count)
    return made


@pytest.mark.parametrize(
    ("counts", "short"),
    [
        ({"function": 200, "loop": 600}, True),
        ({"function": 100, "loop": 600}, False),
        ({"function": 1, "around": 200, "loop": 600}, True),
        ({"function": 1, "around": 20, "loop": 600}, False),
        ({"loop": 600}, False),
        ({"loop": 600, "behind": 600}, False),
        ({"function": 200}, False),
    ],
)
def test_what_is_around_a_loop_says_how_long_it_usually_is(counts: dict[str, int], short: bool) -> None:
    assert is_short_loop(code(**counts), HEADER, 3) == short


def test_a_loop_that_lies_before_this_one_is_not_around_it() -> None:
    guest_code = code(around=600, loop=600)
    before = guest_code.jit_cells[3]
    assert before is not None
    assert is_short_loop(guest_code, HEADER, 3)
    before.end = HEADER - 1
    assert not is_short_loop(guest_code, HEADER, 3)
    before.end = HEADER + 4
    assert is_short_loop(guest_code, HEADER, 3)


def test_counting_goes_on_where_a_cell_is_set_anew() -> None:
    counting = cell(600)
    count_from(counting, 2400)
    counting.counter -= 50
    assert turns_of(counting) == 650


def test_what_is_not_counted_any_more_says_nothing() -> None:
    guest_code = code(function=500, loop=600)
    function = guest_code.jit_cells[0]
    assert function is not None
    function.state, function.counter = BLACKLISTED, NEVER
    assert not is_short_loop(guest_code, HEADER, 3)
