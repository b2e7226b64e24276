"""What core.text does natively another way than hosted: hashing, comparing, searching, copying, at every short length."""

from typing import Final

from tracewright.core.system import write_output
from tracewright.core.text import (
    BytesBuffer,
    StrBuffer,
    ascii_prefix,
    compare_narrow,
    find_bytes,
    find_escaped_narrow,
    find_narrow,
    hash_of_text,
    is_ascii_text,
    same_bytes,
    same_range,
    same_text,
)

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz\xe4\xf6\xfcABCDEFGHIJ"
WIDE: Final = "αβγδεζηθικλμνξοπρστυφχψω"
WIDEST: Final = "\U0001f600a\u20ac\U0001f601bc\U0001f602defgh"
PREBUILT: Final[dict[str, int]] = {LETTERS[:n]: n for n in range(40)} | {WIDE[:n]: -n for n in range(1, 20)}


def out(value: str) -> None:
    write_output(value.encode() + b"\n")


def again(text: str) -> str:
    """The same text in another object, whose hash nobody knows yet."""
    return "".join(list(text))


def hashes(text: str) -> None:
    for length in range(len(text) + 1):
        part = again(text[:length])
        out(
            f"{length} {hash_of_text(part)} {hash_of_text(part) == hash_of_text(text[:length])} {PREBUILT.get(part, 99)}"
        )


def comparing(text: str) -> None:
    """Equal texts are equal wherever they lie; a change of any one character is seen."""
    for length in range(1, len(text) + 1):
        part = text[:length]
        missed = 0
        for place in range(length):
            changed = part[:place] + "~" + part[place + 1 :]
            if same_text(part, changed) or part == changed:
                missed += 1
        out(f"{same_text(part, again(part))} {missed} {same_text(part, text)}")


def ranges() -> None:
    for start in range(0, 12, 3):
        for length in range(20):
            part = again(LETTERS[start : start + length])
            if length > 0:
                other = part[: length - 1] + "~"
                out(f"{find_narrow(LETTERS, part, 0, len(LETTERS))} {find_narrow(LETTERS, other, 0, len(LETTERS))}")
                out(f"{same_range(LETTERS, start, part)} {same_range(LETTERS, start, other)}")
                out(
                    f"{find_narrow(LETTERS, part, start + 1, len(LETTERS))} {find_narrow(LETTERS, part, 0, start + length)}"
                )
                out(f"{compare_narrow(part, other)} {compare_narrow(other, part)} {compare_narrow(part, LETTERS)}")
    out(
        f"{same_range(WIDE, 3, again(WIDE[3:9]))} {same_range(WIDE, 2, again(WIDE[3:9]))} {WIDE.find('ι')} {WIDE.find('ab')}"
    )
    out(
        f"{WIDE < WIDEST} {WIDEST < WIDE} {LETTERS < WIDE} {'ü' < 'α'} {'a' in WIDEST} {WIDEST.find('bc')} {WIDEST.find('β')}"
    )


def escaped() -> None:
    """Each code at each place among plain ones, before and behind the stretch that is looked at."""
    for code in [0, 9, 31, 32, 33, 34, 35, 91, 92, 93, 126, 127, 128, 161, 255]:
        for place in range(20):
            text = again(LETTERS[:place] + chr(code) + LETTERS[place:20])
            found = find_escaped_narrow(text, 0, len(text))
            out(f"{code} {found} {find_escaped_narrow(text, place, len(text))} {find_escaped_narrow(text, 0, place)}")
            if place < 19:
                out(f"{find_escaped_narrow(text, place + 1, len(text))}")


def buffers() -> None:
    for length in range(40):
        buffer = StrBuffer(1, 40)
        buffer.put_range(0, LETTERS, 0, 39)
        buffer.put_range(40 - length, LETTERS, 0, length)
        out(buffer.finish()[:40] if length > 0 else "-")
    number = 0
    for count in range(20):
        if count > 0:
            number = number * 10 + 9 if count < 19 else 9223372036854775807
        for width in (count, 19):
            digits = StrBuffer(1, 21)
            digits.put(0, 43)
            digits.put(20, 43)
            digits.put_decimal(1, width, number)
            digits.shorten(1 + width)
            text = digits.finish()
            out(f"{text} {len(text)} {text == '+' + str(number).rjust(width, '0')[:width]} {hash_of_text(text)}")
    for length in range(10):
        for count in (1, 2, 3, 4, 7, 8, 9, 12):
            whole = StrBuffer(1, length + count)
            digits_of_number = "098765432109"[:count]
            whole.put_text_and_decimal(again(LETTERS[:length]), count, int(digits_of_number))
            text = whole.finish()
            out(f"{text} {text == LETTERS[:length] + digits_of_number} {hash_of_text(text)}")


def orders() -> None:
    """Every pair of texts that share a beginning, with zero characters among them."""
    texts = [
        "",
        "a",
        "a\0",
        "a\0b",
        "abcdefg",
        "abcdefgh",
        "abcdefgh\0",
        "abcdefghi",
        "abcdefgh\xff",
        "b",
        "\xff",
        "\0",
    ]
    for left in texts:
        out(" ".join([f"{compare_narrow(left, right)} {left < right}" for right in texts]))
    out(" ".join(sorted(["w10", "w9", "w1", "", "w100000000", "w100000001", "w10000000"])))


def bytes_and_texts() -> None:
    for length in range(1, 30):
        text = again(LETTERS[:26] + "0123")[:length]
        data = text.encode()
        out(
            f"{is_ascii_text(text)} {ascii_prefix(data)} {len(data)} {data.decode() == text} {same_bytes(data, 0, text.encode())}"
        )
        for place in (0, length // 2, length - 1):
            changed = text[:place] + "\xe9" + text[place + 1 :]
            other = changed.encode()
            out(
                f"{is_ascii_text(changed)} {ascii_prefix(other)} {len(other)} {other.decode() == changed} {other == data}"
            )
            out(f"{same_bytes(data, place, data[place:])} {same_bytes(data, 0, other[:length])} {changed.upper()}")
            for part in (data[place : place + 1], data[place:], other[:length]):
                if len(part) > 0:
                    out(f"{find_bytes(data, part, 0, len(data))} {find_bytes(data, part, place, length)}")


def numbers_in_bytes() -> None:
    """Numbers of each width at places that are aligned, and at others."""
    buffer = BytesBuffer(24)
    for place in range(3, 8):
        for number in (0, 1, -2, 0x1234, 0xFEDCBA98, -81985529216486896):
            buffer.put64(place, number)
            out(f"{buffer.get64(place)} {buffer.get32(place)} {buffer.get16(place + 1)} {buffer.get(place + 7)}")
            buffer.put16(place + 2, number)
            buffer.put32(place + 9, number)
            out(f"{buffer.get64(place)} {buffer.get32(place + 9)} {buffer.get16(place + 2)}")
        for x in (0.0, -0.0, 1.5, -1e300, 5e-324):
            buffer.put_float(place, x)
            out(f"{buffer.get_float(place)} {buffer.get64(place)} {buffer.get(place)}")
    buffer.put64(0, -1)
    out(f"{buffer.get_float(0) == buffer.get_float(0)} {len(buffer)}")


def main() -> int:
    hashes(LETTERS)
    hashes(WIDE)
    hashes(WIDEST)
    comparing(LETTERS)
    comparing(WIDEST)
    ranges()
    escaped()
    buffers()
    orders()
    bytes_and_texts()
    numbers_in_bytes()
    return 0
