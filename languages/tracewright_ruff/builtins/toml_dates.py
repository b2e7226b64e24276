"""Which words are dates and times of TOML: `2024-01-31`, `10:20:30.5`, and both with `T` or a blank between, perhaps with an offset."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "0123456789"
MONTH_DAYS: Final[list[int]] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def is_date_or_time(word: str) -> bool:
    """Whether the word is one, with all its numbers in their ranges."""
    if is_time(word):
        return True
    if not is_date(word[:10]):
        return False
    rest = word[10:]
    if rest == "":
        return True
    return rest[0] in "Tt " and is_time(_without_offset(rest[1:]))


def is_date(word: str) -> bool:
    """`year-month-day`"""
    if len(word) != 10 or word[4] != "-" or word[7] != "-":
        return False
    year, month, day = _number(word[:4]), _number(word[5:7]), _number(word[8:])
    if year < 1 or not 1 <= month <= 12:
        return False
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= MONTH_DAYS[month - 1] + (1 if leap else 0)


def is_time(word: str) -> bool:
    """`hour:minute:second`, perhaps with a fraction"""
    if len(word) < 8 or word[2] != ":" or word[5] != ":":
        return False
    hour, minute, second = _number(word[:2]), _number(word[3:5]), _number(word[6:8])
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return False
    fraction = word[8:]
    return fraction == "" or (fraction[0] == "." and len(fraction) > 1 and _number(fraction[1:]) >= 0)


def _without_offset(word: str) -> str:
    """The time before `Z` or `+hours:minutes`; the whole word if its offset is none."""
    if word[-1:] in ("Z", "z"):
        return word[:-1]
    place = max(word.find("+"), word.find("-"))
    if place < 0 or len(word) - place != 6 or word[place + 3] != ":":
        return word
    hours, minutes = _number(word[place + 1 : place + 3]), _number(word[place + 4 :])
    return word[:place] if 0 <= hours < 24 and 0 <= minutes < 60 else word


def _number(digits: str) -> int:
    """The number, or -1 where there is something else than digits; of many digits, only that they are some."""
    number = 0
    for character in digits:
        if character not in DIGITS:
            return -1
        number = (number * 10 + ord(character) - 48) % 1_000_000_000
    return number if digits != "" else -1
