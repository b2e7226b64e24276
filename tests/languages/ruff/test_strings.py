"""Guest strings: whatever is joined with whatever, and read whenever, each keeps its own characters."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tracewright_ruff.strings import LONG, SMALL, W_String, concatenated, new_string, number_text

PIECES = st.sampled_from(["", "a", "€", "\U0001f600", "b" * SMALL, "c" * LONG, "é" * (LONG + 5)])
STEPS = st.lists(
    st.tuples(st.sampled_from(["new", "join", "join", "join", "read"]), st.integers(0, 9), st.integers(0, 9), PIECES)
)


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_joining_and_reading(steps: list[tuple[str, int, int, str]]) -> None:
    strings: list[tuple[W_String, str]] = [(new_string("start"), "start")]
    for what, left, right, piece in steps:
        a, a_text = strings[-1 - left % len(strings)]  # recent ones often: they end where a builder does
        b, b_text = strings[-1 - right % len(strings)]
        match what:
            case "new":
                strings.append((new_string(piece), piece))
            case "join":
                strings.append((concatenated(a, b), a_text + b_text))
                strings.append((concatenated(a, new_string(piece)), a_text + piece))
            case _:
                assert a.flat() == a_text
    for string, text in strings:
        assert string.length == len(text)
        assert string.flat() == text
        assert isinstance(string.body, str) and string.flat() == text


def test_a_string_that_grows_at_either_end() -> None:
    for forwards in (True, False):
        string = new_string("")
        expected = ""
        for number in range(3000):
            digit = number_text(number % 10)
            string = concatenated(string, digit) if forwards else concatenated(digit, string)
            expected = expected + digit.flat() if forwards else digit.flat() + expected
        assert string.flat() == expected


def test_number_texts() -> None:
    for number in (-1, 0, 9, 10, 255, 256, 1 << 62, -(1 << 63)):
        assert number_text(number).flat() == str(number) and number_text(number).length == len(str(number))
