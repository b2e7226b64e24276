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


NUMBERS = (-1, 0, 9, 10, 255, 256, 999, 1000, 12345678, 1 << 62, (1 << 63) - 1, -(1 << 63))


def test_number_texts() -> None:
    for number in NUMBERS:
        assert number_text(number).flat() == str(number) and number_text(number).length == len(str(number))


def test_numbers_behind_texts_of_all_sorts() -> None:
    for before in ("", "k", "key_", "seven77", "eight888", "€_", "\U0001f600", "b" * SMALL, "c" * LONG):
        for number in NUMBERS:
            digits = number_text(number)
            joined = concatenated(new_string(before), digits)
            longer = concatenated(concatenated(joined, number_text(number)), digits)
            assert joined.length == len(before + str(number)) and joined.flat() == before + str(number)
            assert longer.length == len(longer.flat()) and longer.flat() == before + 3 * str(number)
            assert digits.flat() == str(number)
            assert concatenated(digits, new_string(before)).flat() == str(number) + before
