"""Unicode's normal forms C, D, KC and KD, from what Python knows of Unicode when this is imported.

A text is taken apart (decomposed), its combining marks are put in order, and for C and KC it is put together again:

    U+1E69 (s with dots below and above)  ->  s U+0323 U+0307  ->  U+1E63 U+0307  ->  U+1E69

Tables hold full decompositions, so that one look takes a character apart; the syllables of Hangul are computed.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from tracewright.core.text import code_at
from tracewright.lib.builder import StringBuilder

_AFTER_LETTERS: Final = 0x30000  # nothing beyond decomposes
_CODE_POINT_BITS: Final = 21
_SYLLABLES, _LEADING, _VOWELS, _TRAILING = 0xAC00, 0x1100, 0x1161, 0x11A7
_VOWEL_COUNT, _TRAILING_COUNT = 21, 28
_PER_LEADING: Final = _VOWEL_COUNT * _TRAILING_COUNT
_LEADING_COUNT: Final = 19
_SYLLABLE_COUNT: Final = _LEADING_COUNT * _PER_LEADING


def _is_syllable(code: int) -> bool:
    return _SYLLABLES <= code < _SYLLABLES + _SYLLABLE_COUNT


_DECOMPOSING = [
    code for code in range(128, _AFTER_LETTERS) if unicodedata.decomposition(chr(code)) and not _is_syllable(code)
]

CANONICAL: Final[dict[int, str]] = {
    code: unicodedata.normalize("NFD", chr(code))
    for code in _DECOMPOSING
    if not unicodedata.decomposition(chr(code)).startswith("<")
}
COMPATIBLE: Final[dict[int, str]] = {
    code: unicodedata.normalize("NFKD", chr(code))
    for code in _DECOMPOSING
    if unicodedata.normalize("NFKD", chr(code)) != CANONICAL.get(code)
}
"""Those that the looser forms take apart in another way."""
COMBINING_CLASSES: Final[dict[int, int]] = {
    code: unicodedata.combining(chr(code)) for code in range(128, _AFTER_LETTERS) if unicodedata.combining(chr(code))
}


def _pairs() -> dict[int, int]:
    pairs: dict[int, int] = {}
    for code in CANONICAL:
        parts = [int(part, 16) for part in unicodedata.decomposition(chr(code)).split()]
        if len(parts) == 2 and unicodedata.normalize("NFC", chr(code)) == chr(code):
            pairs[parts[0] << _CODE_POINT_BITS | parts[1]] = code
    return pairs


PAIRS: Final[dict[int, int]] = _pairs()
"""What two code points, the first one shifted to the left, become together."""


def normalized_d(text: str) -> str:
    """Normal form D."""
    return _text_of(_decomposed(text, False))


def normalized_kd(text: str) -> str:
    """Normal form KD: also what only looks otherwise is taken apart, such as ligatures."""
    return _text_of(_decomposed(text, True))


def normalized_c(text: str) -> str:
    """Normal form C."""
    return text if _is_ascii(text) else _text_of(_composed(_decomposed(text, False)))


def normalized_kc(text: str) -> str:
    """Normal form KC, which Python gives to its names."""
    return text if _is_ascii(text) else _text_of(_composed(_decomposed(text, True)))


def _is_ascii(text: str) -> bool:
    for index in range(len(text)):
        if code_at(text, index) >= 128:
            return False
    return True


def _text_of(codes: list[int]) -> str:
    builder = StringBuilder()
    for code in codes:
        builder.append_code(code)
    return builder.build()


def _decomposed(text: str, is_compatible: bool) -> list[int]:
    codes: list[int] = []
    for index in range(len(text)):
        code = code_at(text, index)
        if code < 128:
            codes.append(code)
        elif _is_syllable(code):
            _append_syllable(codes, code - _SYLLABLES)
        else:
            parts = COMPATIBLE.get(code) if is_compatible else None
            if parts is None:
                parts = CANONICAL.get(code)
            if parts is None:
                _append_in_order(codes, code)
            else:
                for part in parts:
                    _append_in_order(codes, ord(part))
    return codes


def _append_syllable(codes: list[int], number: int) -> None:
    codes.append(_LEADING + number // _PER_LEADING)
    codes.append(_VOWELS + number % _PER_LEADING // _TRAILING_COUNT)
    if number % _TRAILING_COUNT != 0:
        codes.append(_TRAILING + number % _TRAILING_COUNT)


def _append_in_order(codes: list[int], code: int) -> None:
    """Put a code point behind all marks of its class or lower ones."""
    combining_class = COMBINING_CLASSES.get(code, 0)
    place = len(codes)
    if combining_class != 0:
        while place > 0 and COMBINING_CLASSES.get(codes[place - 1], 0) > combining_class:
            place -= 1
    codes.insert(place, code)


def _composed(codes: list[int]) -> list[int]:
    result: list[int] = []
    starter = -1  # the place in `result` of the last code point that marks may join
    last_class = 0  # of what was put behind the starter
    for code in codes:
        combining_class = COMBINING_CLASSES.get(code, 0)
        is_next_to_starter = starter >= 0 and starter == len(result) - 1
        if starter >= 0 and (is_next_to_starter or last_class < combining_class):
            together = _joined(result[starter], code)
            if together >= 0:
                result[starter] = together
                continue
        if combining_class == 0:
            starter = len(result)
        last_class = combining_class
        result.append(code)
    return result


def _joined(first: int, second: int) -> int:
    """What two code points become; -1 if they stay apart."""
    if _LEADING <= first < _LEADING + _LEADING_COUNT and _VOWELS <= second < _VOWELS + _VOWEL_COUNT:
        return _SYLLABLES + ((first - _LEADING) * _VOWEL_COUNT + second - _VOWELS) * _TRAILING_COUNT
    if _is_syllable(first) and (first - _SYLLABLES) % _TRAILING_COUNT == 0 and 0 < second - _TRAILING < _TRAILING_COUNT:
        return first + second - _TRAILING
    return PAIRS.get(first << _CODE_POINT_BITS | second, -1)
