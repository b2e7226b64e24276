"""Texts that are dates: the standard's form, what `toString` and `toUTCString` write, and what is near to these."""

from __future__ import annotations

from typing import final

from tracewright_javascript.date_times import (
    MONTH_NAMES,
    NAN,
    make_date,
    make_day,
    make_time,
    time_clip,
    utc_from_local,
)
from tracewright_javascript.zones import Zone


@final
class _Cursor:
    """A place in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def peek(self) -> str:
        """The next unit; empty at the end."""
        return self.text[self.place : self.place + 1]

    def take(self, unit: str) -> bool:
        if self.peek() != unit:
            return False
        self.place += 1
        return True

    def is_done(self) -> bool:
        return self.place == len(self.text)

    def digits(self, count: int) -> int:
        """A number of exactly so many digits, or -1 and nothing passed."""
        part = self.text[self.place : self.place + count]
        if len(part) < count or not is_number(part):
            return -1
        self.place += count
        return int(part)

    def number(self) -> str:
        """As many digits as there are."""
        start = self.place
        while "0" <= self.peek() <= "9":
            self.place += 1
        return self.text[start : self.place]

    def word(self) -> str:
        """As many letters as there are, in small ones."""
        start = self.place
        while "a" <= self.peek().lower() <= "z":
            self.place += 1
        return self.text[start : self.place].lower()


def is_number(text: str) -> bool:
    """Whether it is one or more decimal digits."""
    return text != "" and text.isascii() and text.isdigit()


def parse_date(text: str, zone: Zone) -> float:
    """The time that a text says; NaN where it says none."""
    result = _parse_standard(_Cursor(text), zone)
    return time_clip(result) if result == result else _parse_loosely(text, zone)


def _parse_standard(at: _Cursor, zone: Zone) -> float:
    """`YYYY-MM-DDTHH:mm:ss.sssZ`, parts of it left out (21.4.1.32): any time, NaN for a text of another form."""
    year = -1
    if at.peek() == "+" or at.peek() == "-":
        sign = -1 if at.take("-") else 1
        at.take("+")
        size = at.digits(6)
        if size < 0 or (sign < 0 and size == 0):
            return NAN
        year = sign * size
    else:
        year = at.digits(4)
        if year < 0:
            return NAN
    month, day = 1, 1
    if at.take("-"):
        month = at.digits(2)
        if at.take("-"):
            day = at.digits(2)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return NAN
    date = make_day(float(year), float(month - 1), float(day))
    if at.is_done():
        return make_date(date, 0.0)
    if not at.take("T") and not at.take("t"):
        return NAN
    hour = at.digits(2)
    if not at.take(":"):
        return NAN
    minute = at.digits(2)
    second, fraction = 0, 0.0
    if at.take(":"):
        second = at.digits(2)
        if at.take("."):
            digits = at.number()
            if digits == "":
                return NAN
            fraction = float(int((digits + "000")[:3]))
    if not 0 <= hour <= 24 or not 0 <= minute <= 59 or not 0 <= second <= 59:
        return NAN
    if hour == 24 and (minute > 0 or second > 0 or fraction > 0.0):
        return NAN
    time = make_date(date, make_time(float(hour), float(minute), float(second), fraction))
    if at.is_done():
        return utc_from_local(zone, time)
    if at.take("Z") or at.take("z"):
        return time if at.is_done() else NAN
    sign = -1 if at.peek() == "-" else 1
    if not at.take("-") and not at.take("+"):
        return NAN
    hours = at.digits(2)
    at.take(":")
    minutes = at.digits(2)
    if not 0 <= hours <= 23 or not 0 <= minutes <= 59 or not at.is_done():
        return NAN
    return time - float(sign * (hours * 60 + minutes)) * 60_000.0


def _parse_loosely(text: str, zone: Zone) -> float:
    """Words for months, numbers for days and years in either order, clocks, zones by their distance to GMT; what stands in parentheses is no matter."""
    at = _Cursor(text)
    numbers: list[int] = []
    month = -1
    clock: list[float] = []
    offset = 0
    has_offset = False
    while not at.is_done():
        unit = at.peek()
        if "0" <= unit <= "9":
            digits = at.number()
            if len(digits) > 9:
                return NAN
            if at.take(":") and len(clock) == 0:
                clock = [float(int(digits))]
                while len(clock) < 3 and "0" <= at.peek() <= "9":
                    clock.append(float(int(at.number())))
                    if not at.take(":"):
                        break
                if at.take("."):
                    clock.append(float(int((at.number() + "000")[:3])))
            else:
                numbers.append(int(digits))
        elif unit == "(":
            while not at.is_done() and not at.take(")"):
                at.place += 1
        elif (unit == "+" or unit == "-") and (len(clock) > 0 or has_offset):
            at.place += 1
            digits = at.number()
            at.take(":")
            digits += at.number()
            if len(digits) == 0 or len(digits) > 4:
                return NAN
            distance = int(digits) if len(digits) > 2 else int(digits) * 100
            offset = distance // 100 * 60 + distance % 100
            if unit == "-":
                offset = -offset
            has_offset = True
        elif "a" <= unit.lower() <= "z":
            word = at.word()
            found = _month(word)
            if found >= 0:
                month = found
            elif word == "am" or word == "pm":
                if len(clock) == 0 or not 1.0 <= clock[0] <= 12.0:
                    return NAN
                clock[0] = (0.0 if clock[0] == 12.0 else clock[0]) + (12.0 if word == "pm" else 0.0)
            elif word == "gmt" or word == "utc" or word == "ut" or word == "z":
                has_offset = True
            elif not _is_weekday(word) and word != "t":
                return NAN
        else:
            at.place += 1
    return _together(numbers, month, clock, offset, has_offset, zone)


def _month(word: str) -> int:
    for index in range(12):
        if len(word) >= 3 and word[:3] == MONTH_NAMES[index].lower():
            return index
    return -1


def _is_weekday(word: str) -> bool:
    return word[:3] in ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def _together(numbers: list[int], month: int, clock: list[float], offset: int, has_offset: bool, zone: Zone) -> float:
    """The time of parts that were found: `Nov 29 2026`, `29 Nov 2026`, `11/29/2026`, `2026/11/29`."""
    if month >= 0:
        if len(numbers) == 1:
            numbers.append(2001)  # as other engines have it
        if len(numbers) != 2:
            return NAN
        day, year = numbers[0], numbers[1]
        if day > 31:
            day, year = year, day
    else:
        if len(numbers) != 3:
            return NAN
        if numbers[0] > 31:
            year, month, day = numbers[0], numbers[1] - 1, numbers[2]
        else:
            month, day, year = numbers[0] - 1, numbers[1], numbers[2]
    if not 0 <= month <= 11 or not 1 <= day <= 31:
        return NAN
    if year < 50:
        year += 2000
    elif year < 100:
        year += 1900
    while len(clock) < 4:
        clock.append(0.0)
    if clock[0] > 24.0 or clock[1] > 59.0 or clock[2] > 59.0:
        return NAN
    time = make_date(make_day(float(year), float(month), float(day)), make_time(clock[0], clock[1], clock[2], clock[3]))
    if not has_offset:
        return time_clip(utc_from_local(zone, time))
    return time_clip(time - float(offset) * 60_000.0)
