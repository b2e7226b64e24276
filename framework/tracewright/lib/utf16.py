"""Texts of UTF-16 units: what JavaScript, Java and their kin call a string.

A dialect `str` may hold lone surrogates, so a text of units is a `str` whose code points are all below 0x10000. Only the edges
of such a language (files, output, operations on code points) go from one form to the other:

    units_of_text("a😀") == "a\\ud83d\\ude00"        text_of_units("a\\ud83d\\ude00") == "a😀"

A surrogate without its partner stays what it is, both ways.
"""

from tracewright.core.text import code_at, width_of


def is_high_surrogate(unit: int) -> bool:
    """Whether the unit can be the first of a pair."""
    return 0xD800 <= unit <= 0xDBFF


def is_low_surrogate(unit: int) -> bool:
    """Whether the unit can be the second of a pair."""
    return 0xDC00 <= unit <= 0xDFFF


def units_of_code_point(code: int) -> str:
    """One or two units."""
    if code < 0x10000:
        return chr(code)
    return chr(0xD7C0 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def code_point_of_pair(high: int, low: int) -> int:
    """The code point of two surrogates."""
    return ((high - 0xD7C0) << 10) + (low - 0xDC00)


def code_point_at(units: str, index: int) -> int:
    """The code point that begins at a unit; a lone surrogate is itself."""
    unit = code_at(units, index)
    if is_high_surrogate(unit) and index + 1 < len(units):
        low = code_at(units, index + 1)
        if is_low_surrogate(low):
            return code_point_of_pair(unit, low)
    return unit


def units_in_code_point(code: int) -> int:
    """How many units a code point takes: 1 or 2."""
    return 1 if code < 0x10000 else 2


def units_of_text(text: str) -> str:
    """Code points to units; the text itself where each fits one unit."""
    if width_of(text) < 4:
        return text
    parts: list[str] = []
    start = 0
    for index in range(len(text)):
        code = code_at(text, index)
        if code >= 0x10000:
            parts.append(text[start:index])
            parts.append(units_of_code_point(code))
            start = index + 1
    parts.append(text[start:])
    return "".join(parts)


def text_of_units(units: str) -> str:
    """Units to code points; the text itself where no two surrogates meet."""
    if width_of(units) == 1:
        return units
    parts: list[str] = []
    start = 0
    index = 0
    while index < len(units):
        code = code_point_at(units, index)
        if code >= 0x10000:
            parts.append(units[start:index])
            parts.append(chr(code))
            start = index + 2
        index += units_in_code_point(code)
    if start == 0:
        return units
    parts.append(units[start:])
    return "".join(parts)


def utf8_of_units(units: str) -> bytes:
    """Units as UTF-8, for output; a lone surrogate, which UTF-8 cannot say, becomes U+FFFD."""
    text = text_of_units(units)
    if width_of(text) == 1:
        return text.encode()
    parts: list[str] = []
    start = 0
    for index in range(len(text)):
        if 0xD800 <= code_at(text, index) <= 0xDFFF:
            parts.append(text[start:index])
            parts.append("\ufffd")
            start = index + 1
    parts.append(text[start:])
    return "".join(parts).encode()
