"""Words, labels, handlers and places, as the interpreter will read them; the same hosted and native."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewright.core.value import Value
from tracewright.guest.assembler import AssembledCode, Assembler, Label
from tracewright.guest.diagnostics import SourceError, Span, rendered
from tracewright.guest.handler_table import NONE
from tracewright.guest.instructions import (
    LIMIT,
    encode,
    encode_wide,
    field_a,
    field_b,
    field_c,
    opcode,
    signed_b,
    signed_c,
    wide,
)
from tracewright.guest.line_table import LineTableWriter, packed_place
from tracewright.hints import ALL_LIVE

OPERANDS = st.integers(0, LIMIT)
SIGNED = st.integers(-32768, 32767)
JUMP, ADD, BRANCH, NOTHING = 1, 2, 3, 9


@given(st.integers(0, 255), OPERANDS, OPERANDS, OPERANDS)
def test_operands_read_back(operation: int, a: int, b: int, c: int) -> None:
    word = encode(operation, a, b, c)
    assert word >= 0
    assert (opcode(word), field_a(word), field_b(word), field_c(word)) == (operation, a, b, c)
    assert wide(word) == b | c << 16


@given(SIGNED, SIGNED)
def test_signed_operands_read_back(b: int, c: int) -> None:
    word = encode(7, 1, b, c)
    assert (opcode(word), field_a(word), signed_b(word), signed_c(word)) == (7, 1, b, c)


@given(st.integers(-(1 << 39), (1 << 39) - 1))
def test_wide_operands_read_back(number: int) -> None:
    assert wide(encode_wide(5, 3, number)) == number


def assembled(assembler: Assembler, prologue: list[int]) -> AssembledCode:
    code = AssembledCode(assembler.name)
    assembler.fill(code, prologue)
    return code


def test_labels_are_resolved_behind_a_prologue() -> None:
    assembler = Assembler("loop")
    start = assembler.loop_label(JUMP)
    end = assembler.jump(JUMP, 4)
    assembler.branch(BRANCH, 1, 2, 3, end)
    assembler.jump(JUMP, 0, start)
    assembler.place(end)
    assembler.emit(ADD, 1, 2, 3)
    code = assembled(assembler, [encode(NOTHING, 0, 0, 0)])
    words = code.words.items
    assert [opcode(word) for word in (words[0], words[1], words[2], words[3], words[5])] == [
        9,
        JUMP,
        JUMP,
        BRANCH,
        JUMP,
    ]
    assert wide(words[1]) == 2  # no loop at position 0: a jump to the next word
    assert (field_a(words[2]), wide(words[2])) == (4, 6)
    assert words[4] == 6
    assert wide(words[5]) == 2
    assert len(code.jit_cells) == len(words)


@pytest.mark.parametrize("claims", [(9, 4), (4, 9)])
def test_live_slots_are_the_fewest_that_are_claimed_at_each_position(claims: tuple[int, int]) -> None:
    assembler = Assembler("live")
    for count in claims:
        assembler.live(count)
    assembler.emit(ADD, 1, 2, 3)
    assembler.emit(ADD, 1, 2, 3)
    assembler.live(5)
    assembler.take_back()  # what begins one word further on now begins nowhere
    assembler.emit(ADD, 1, 2, 3)
    live = assembled(assembler, [encode(NOTHING, 0, 0, 0)]).live_slots
    assert live is not None
    assert live.items == [ALL_LIVE, 4, ALL_LIVE]
    assert assembled(Assembler("silent"), []).live_slots is None


def test_inner_handlers_are_found_first() -> None:
    assembler = Assembler("try")
    handlers = [Label(), Label()]
    for _ in range(6):
        assembler.emit(ADD)
    assembler.protect(2, 4, handlers[0], 7)
    assembler.protect(1, 6, handlers[1], 8)
    assembler.place(handlers[0])
    assembler.emit(ADD)
    assembler.place(handlers[1])
    code = assembled(assembler, [encode(NOTHING, 0, 0, 0)])
    table = code.handlers
    found = [table.find(pc) for pc in range(9)]
    assert [row if row == NONE else (table.target(row), table.slot(row)) for row in found] == [
        NONE, NONE, (8, 8), (7, 7), (7, 7), (8, 8), (8, 8), NONE, NONE,
    ]  # fmt: skip


def test_equal_constants_are_one() -> None:
    assembler = Assembler("constants")
    numbers = [assembler.constant(Value.of_int(number)) for number in (5, 6, 5)]
    assert numbers == [0, 1, 0]
    assert assembler.constant(Value.of_float(0.0)) != assembler.constant(Value.of_float(-0.0))


def test_an_operand_that_does_not_fit_says_where() -> None:
    assembler = Assembler("large")
    assembler.line, assembler.column = 3, 5
    try:
        assembler.emit(ADD, LIMIT + 1)
    except SourceError as error:
        assert rendered(error, "f", "a\nb\n    c + d") == "f:3:5: this function is too large\n      c + d\n      ^\n"
    else:
        raise AssertionError


PLACES = st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 5), st.integers(0, 3))


@given(st.lists(PLACES), st.integers(0, 3))
def test_places_read_back(places: list[tuple[int, int, int, int]], shift: int) -> None:
    writer = LineTableWriter()
    for pc, (line, column, end_line, end_column) in enumerate(places):
        writer.add(pc, packed_place(line, column), packed_place(end_line, end_column))
    if places:
        writer.take_back(len(places) - 1)
        line, column, end_line, end_column = places[-1]
        writer.add(len(places) - 1, packed_place(line, column), packed_place(end_line, end_column))
    table = writer.finish(shift)
    assert [table.span(pc) for pc in range(shift)] == [Span(0, 0, 0, 0)] * shift
    assert [table.span(pc + shift) for pc in range(len(places))] == [Span(*place) for place in places]
    assert [table.line(pc + shift) for pc in range(len(places))] == [place[0] for place in places]


def test_what_was_taken_back_is_not_there() -> None:
    assembler = Assembler("store")
    assembler.emit(ADD, 1, 2, 3)
    assembler.line = 2
    assembler.emit(ADD, 4, 5, 6)
    assert field_a(assembler.take_back()) == 4
    assembler.line = 3
    assembler.emit(ADD, 7)
    code = assembled(assembler, [])
    assert [field_a(word) for word in code.words.items] == [1, 7]
    assert (code.line_at(0), code.line_at(1)) == (0, 3)


def test_a_stretch_is_marked() -> None:
    error = SourceError("no", 1, 3, 6)
    assert rendered(error, "f", "a bcd e") == "f:1:3: no\n  a bcd e\n    ^~~\n"
    assert rendered(SourceError("no", 1, 3, 99), "f", "\tbcd") == "f:1:3: no\n  \tbcd\n  \t ^~\n"
