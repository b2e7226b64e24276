"""Normal forms of Unicode (UAX 15), from what Python knows when this is imported.

A code point's decomposition and its combining class are found by a search in sorted rows. Hangul syllables are computed.
"""

from typing import Final
from unicodedata import combining, decomposition, is_normalized, normalize

from tracewright.core.arrays import Array, array_of
from tracewright.core.text import code_at, is_ascii_text

FORMS: Final = ("NFC", "NFD", "NFKC", "NFKD")
LAST: Final = 0x2FA1D  # the last code point with a decomposition; classes end before the tags above
_BASE, _LEADS, _VOWELS, _TAILS = 0xAC00, 0x1100, 0x1161, 0x11A7
_LEAD_COUNT, _VOWEL_COUNT, _TAIL_COUNT = 19, 21, 28
_SYLLABLE_COUNT: Final = _LEAD_COUNT * _VOWEL_COUNT * _TAIL_COUNT
_FIRST_CHANGED: Final = 0xA0


def _is_syllable(code: int) -> bool:
    return _BASE <= code < _BASE + _SYLLABLE_COUNT


_ALL = [code for code in range(_FIRST_CHANGED, LAST + 1) if not _is_syllable(code)]
_DECOMPOSED = [code for code in _ALL if decomposition(chr(code)) != ""]
_CANONICAL = {code: normalize("NFD", chr(code)) for code in _DECOMPOSED}
_COMPATIBLE = {code: normalize("NFKD", chr(code)) for code in _DECOMPOSED}
_MARKS = [code for code in _ALL if combining(chr(code)) != 0]
# Two code points that are one in composed forms: those whose composition is not excluded.
_PAIRS = sorted(
    (*(int(part, 16) for part in decomposition(chr(code)).split()), code)
    for code in _DECOMPOSED
    if not decomposition(chr(code)).startswith("<")
    and len(decomposition(chr(code)).split()) == 2
    and is_normalized("NFC", chr(code))
)

CODES: Final[Array[int]] = array_of(_DECOMPOSED)
CANONICAL: Final[Array[str]] = array_of([_CANONICAL[code] for code in _DECOMPOSED])
COMPATIBLE: Final[Array[str]] = array_of([_COMPATIBLE[code] for code in _DECOMPOSED])
MARKS: Final[Array[int]] = array_of(_MARKS)
CLASSES: Final[Array[int]] = array_of([combining(chr(code)) for code in _MARKS])
PAIRS: Final[Array[int]] = array_of([first << 21 | second for first, second, _ in _PAIRS])
COMPOSED: Final[Array[int]] = array_of([code for _, _, code in _PAIRS])


def _find(rows: Array[int], wanted: int) -> int:
    """Where a number is in sorted rows, or -1."""
    low = 0
    high = len(rows)
    while low < high:
        middle = (low + high) >> 1
        if rows[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < len(rows) and rows[low] == wanted else -1


def combining_class(code: int) -> int:
    """Where a mark is put: 0 for everything that is no mark."""
    if code < 0x300:
        return 0
    index = _find(MARKS, code)
    return CLASSES[index] if index >= 0 else 0


def normalized(text: str, form: str) -> str:
    """The text in one of FORMS."""
    if is_ascii_text(text):
        return text
    codes = _decomposed(text, form == "NFKC" or form == "NFKD")
    if form == "NFC" or form == "NFKC":
        codes = _composed(codes)
    return "".join([chr(code) for code in codes])


def _decomposed(text: str, compatible: bool) -> list[int]:
    """All code points taken apart, marks behind a letter in the order of their classes."""
    codes: list[int] = []
    classes: list[int] = []
    for position in range(len(text)):
        code = code_at(text, position)
        if code < _FIRST_CHANGED:
            codes.append(code)
            classes.append(0)
        elif _is_syllable(code):
            _add_syllable(codes, classes, code - _BASE)
        else:
            index = _find(CODES, code)
            if index < 0:
                _add(codes, classes, code)
            else:
                for part in COMPATIBLE[index] if compatible else CANONICAL[index]:
                    _add(codes, classes, ord(part))
    return codes


def _add_syllable(codes: list[int], classes: list[int], number: int) -> None:
    codes.append(_LEADS + number // (_VOWEL_COUNT * _TAIL_COUNT))
    codes.append(_VOWELS + number % (_VOWEL_COUNT * _TAIL_COUNT) // _TAIL_COUNT)
    classes.append(0)
    classes.append(0)
    if number % _TAIL_COUNT != 0:
        codes.append(_TAILS + number % _TAIL_COUNT)
        classes.append(0)


def _add(codes: list[int], classes: list[int], code: int) -> None:
    """Put a code point behind the others, a mark before those of higher classes."""
    own = combining_class(code)
    place = len(codes)
    codes.append(code)
    classes.append(own)
    if own == 0:
        return
    while place > 0 and classes[place - 1] > own:
        codes[place] = codes[place - 1]
        classes[place] = classes[place - 1]
        place -= 1
    codes[place] = code
    classes[place] = own


def _composed(codes: list[int]) -> list[int]:
    """Letters and marks put together where nothing is between them that keeps them apart."""
    result: list[int] = []
    starter = -1  # where the last letter is in the result
    last_class = 0
    for code in codes:
        own = combining_class(code)
        if starter >= 0 and (last_class < own or len(result) == starter + 1):
            together = _pair(result[starter], code)
            if together >= 0:
                result[starter] = together
                continue
        if own == 0:
            starter = len(result)
        last_class = own
        result.append(code)
    return result


def _pair(first: int, second: int) -> int:
    """What two code points are together, or -1."""
    if _LEADS <= first < _LEADS + _LEAD_COUNT and _VOWELS <= second < _VOWELS + _VOWEL_COUNT:
        return _BASE + ((first - _LEADS) * _VOWEL_COUNT + second - _VOWELS) * _TAIL_COUNT
    if _is_syllable(first) and (first - _BASE) % _TAIL_COUNT == 0 and _TAILS < second < _TAILS + _TAIL_COUNT:
        return first + second - _TAILS
    index = _find(PAIRS, first << 21 | second)
    return COMPOSED[index] if index >= 0 else -1
