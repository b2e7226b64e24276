"""Location numbers follow from how many registers the machine has."""

import pytest

from tracewright.jit.codegen.locations import FRAME_WORDS, LOCATION_CONSTANT, RegisterFile


@pytest.mark.parametrize(("words", "floats"), [(16, 16), (32, 32), (8, 0)])
def test_registers_are_numbered_words_floats_slots(words: int, floats: int) -> None:
    registers = RegisterFile(words, floats, [0, 1], [2], [], [])
    kinds = [
        (registers.is_register(n), registers.is_float(n), registers.is_slot(n))
        for n in range(words + floats + FRAME_WORDS)
    ]
    assert (
        kinds == [(True, False, False)] * words + [(True, True, False)] * floats + [(False, False, True)] * FRAME_WORDS
    )
    assert registers.frame_offset(words + floats) == 0
    assert [registers.bottom, registers.base, registers.stack] == [words + floats + FRAME_WORDS - k for k in (3, 2, 1)]
    assert not registers.is_slot(LOCATION_CONSTANT) and not registers.is_register(-1)
    assert registers.saved_bytes == 8 * (words + floats)
