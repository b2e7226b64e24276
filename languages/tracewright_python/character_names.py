"""Unicode's names of characters, for `\\N{...}`: from what Python knows of Unicode when this is imported.

The names are one row of bytes in order, found by halves; those that Unicode makes by a rule (ideographs, Hangul syllables) are not in it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from tracewright.core.arrays import array_of

_IDEOGRAPH: Final = "CJK UNIFIED IDEOGRAPH-"
_SYLLABLE: Final = "HANGUL SYLLABLE "
_FIRST_SYLLABLE: Final = 0xAC00
_LEADING: Final = ["G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"]
_VOWELS: Final = [
    "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI", "I",
]  # fmt: skip
_TRAILING: Final = [
    "", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S", "SS",
    "NG", "J", "C", "K", "T", "P", "H",
]  # fmt: skip


ALIASES: Final = """NULL, START OF HEADING, START OF TEXT, END OF TEXT, END OF TRANSMISSION, ENQUIRY, ACKNOWLEDGE, ALERT, BACKSPACE,
    CHARACTER TABULATION, HORIZONTAL TABULATION, LINE FEED, NEW LINE, END OF LINE, LINE TABULATION, VERTICAL TABULATION, FORM FEED,
    CARRIAGE RETURN, SHIFT OUT, LOCKING-SHIFT ONE, SHIFT IN, LOCKING-SHIFT ZERO, DATA LINK ESCAPE, DEVICE CONTROL ONE,
    DEVICE CONTROL TWO, DEVICE CONTROL THREE, DEVICE CONTROL FOUR, NEGATIVE ACKNOWLEDGE, SYNCHRONOUS IDLE,
    END OF TRANSMISSION BLOCK, CANCEL, END OF MEDIUM, SUBSTITUTE, ESCAPE, INFORMATION SEPARATOR FOUR, FILE SEPARATOR,
    INFORMATION SEPARATOR THREE, GROUP SEPARATOR, INFORMATION SEPARATOR TWO, RECORD SEPARATOR, INFORMATION SEPARATOR ONE,
    UNIT SEPARATOR, DELETE, PADDING CHARACTER, HIGH OCTET PRESET, BREAK PERMITTED HERE, NO BREAK HERE, INDEX, NEXT LINE,
    START OF SELECTED AREA, END OF SELECTED AREA, CHARACTER TABULATION SET, HORIZONTAL TABULATION SET,
    CHARACTER TABULATION WITH JUSTIFICATION, HORIZONTAL TABULATION WITH JUSTIFICATION, LINE TABULATION SET,
    VERTICAL TABULATION SET, PARTIAL LINE FORWARD, PARTIAL LINE DOWN, PARTIAL LINE BACKWARD, PARTIAL LINE UP, REVERSE LINE FEED,
    REVERSE INDEX, SINGLE SHIFT TWO, SINGLE-SHIFT-2, SINGLE SHIFT THREE, SINGLE-SHIFT-3, DEVICE CONTROL STRING, PRIVATE USE ONE,
    PRIVATE USE-1, PRIVATE USE TWO, PRIVATE USE-2, SET TRANSMIT STATE, CANCEL CHARACTER, MESSAGE WAITING, START OF GUARDED AREA,
    START OF PROTECTED AREA, END OF GUARDED AREA, END OF PROTECTED AREA, START OF STRING, SINGLE GRAPHIC CHARACTER INTRODUCER,
    SINGLE CHARACTER INTRODUCER, CONTROL SEQUENCE INTRODUCER, STRING TERMINATOR, OPERATING SYSTEM COMMAND, PRIVACY MESSAGE,
    APPLICATION PROGRAM COMMAND, BYTE ORDER MARK, WEIERSTRASS ELLIPTIC FUNCTION"""
ABBREVIATIONS: Final = """NUL SOH STX ETX EOT ENQ ACK BEL BS HT TAB LF NL EOL VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EOM EM
    SUB ESC FS GS RS US SP DEL PAD HOP BPH NBH IND NEL SSA ESA HTS HTJ VTS PLD PLU RI SS2 SS3 DCS PU1 PU2 STS CCH MW SPA EPA SOS SGC
    SCI CSI ST OSC PM APC NBSP SHY CGJ ALM FVS1 FVS2 FVS3 FVS4 MVS ZWSP ZWNJ ZWJ LRM RLM LRE RLE PDF LRO RLO NNBSP MMSP WJ LRI RLI
    FSI PDI BOM ZWNBSP"""
"""Names in the sense of `unicodedata.lookup`, which says of which characters."""


def _listed() -> list[tuple[bytes, int]]:
    names: list[tuple[bytes, int]] = []
    for code in (*range(0x32400), *range(0xE0000, 0xE0200)):
        name = unicodedata.name(chr(code), "")
        if name != "" and not name.startswith((_IDEOGRAPH, _SYLLABLE)):
            names.append((name.encode(), code))
    return sorted({**dict(names), **_aliases()}.items())


def _aliases() -> dict[bytes, int]:
    """Other names that Unicode has given: those of control characters, which have none else, and abbreviations."""
    selectors = [f"VS{number}" for number in range(1, 257)]
    found: dict[bytes, int] = {}
    for name in [*ALIASES.split(","), *ABBREVIATIONS.split(), *selectors]:
        try:
            found[name.strip().encode()] = ord(unicodedata.lookup(name.strip()))
        except KeyError:
            continue  # an older Unicode does not have it
    return found


def _starts(names: list[tuple[bytes, int]]) -> list[int]:
    starts = [0]
    for name, _ in names:
        starts.append(starts[-1] + len(name))
    return starts


_LISTED = _listed()
NAMES: Final[bytes] = b"".join([name for name, _ in _LISTED])
STARTS: Final = array_of(_starts(_LISTED))
CODES: Final = array_of([code for _, code in _LISTED])


def character_named(name: str) -> int:
    """The code point of a name, in letters of any case where it is a listed one; -1 if there is none."""
    if name.startswith(_IDEOGRAPH):
        return _ideograph(name[len(_IDEOGRAPH) :])
    if name.startswith(_SYLLABLE):
        return _syllable(name[len(_SYLLABLE) :])
    if not name.isascii():
        return -1
    data = name.upper().encode()
    low = 0
    high = len(CODES)
    while low < high:
        middle = (low + high) >> 1
        if NAMES[STARTS[middle] : STARTS[middle + 1]] < data:
            low = middle + 1
        else:
            high = middle
    if low < len(CODES) and NAMES[STARTS[low] : STARTS[low + 1]] == data:
        return CODES[low]
    return -1


def _ideograph(digits: str) -> int:
    if not 4 <= len(digits) <= 5:
        return -1
    code = 0
    for digit in digits:
        value = "0123456789ABCDEF".find(digit)
        if value < 0:
            return -1
        code = code * 16 + value
    return code if _is_ideograph(code) else -1


def _boundaries() -> list[int]:
    """Where the ideographs begin and end, by turns."""
    places: list[int] = []
    for code in range(0x3400, 0x32400):
        if unicodedata.name(chr(code), "").startswith(_IDEOGRAPH) != (len(places) % 2 == 1):
            places.append(code)
    return places


IDEOGRAPHS: Final = array_of(_boundaries())


def _is_ideograph(code: int) -> bool:
    for index in range(0, len(IDEOGRAPHS), 2):
        if IDEOGRAPHS[index] <= code < IDEOGRAPHS[index + 1]:
            return True
    return False


def _longest(parts: list[str], text: str, start: int) -> int:
    """The number of the longest part that stands at `start`; -1 if none does."""
    best = -1
    for index in range(len(parts)):
        if text[start : start + len(parts[index])] == parts[index] and (
            best < 0 or len(parts[index]) > len(parts[best])
        ):
            best = index
    return best


def _syllable(text: str) -> int:
    leading = _longest(_LEADING, text, 0)
    start = len(_LEADING[leading])
    vowel = _longest(_VOWELS, text, start)
    if vowel < 0:
        return -1
    start += len(_VOWELS[vowel])
    trailing = _longest(_TRAILING, text, start)
    if start + len(_TRAILING[trailing]) != len(text):
        return -1
    return _FIRST_SYLLABLE + (leading * len(_VOWELS) + vowel) * len(_TRAILING) + trailing
