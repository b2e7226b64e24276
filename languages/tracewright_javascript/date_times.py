"""Times and dates (21.4.1): milliseconds since 1970-01-01 UTC without leap seconds, and the fields of the calendar. NaN is no time."""

from __future__ import annotations

from typing import Final, NamedTuple

from tracewright.core.mathematics import is_infinite, is_nan, trunc
from tracewright_javascript.zones import Zone

DAY: Final = 86_400_000
HOUR: Final = 3_600_000
MINUTE: Final = 60_000
SECOND: Final = 1000
MOST: Final = 8.64e15
NAN: Final = float("nan")
DAY_NAMES: Final = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
MONTH_NAMES: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS_BEFORE_MARCH: Final = 719_468  # from 0000-03-01 to 1970-01-01


class Fields(NamedTuple):
    """A time as the calendar has it; months from 0, weekdays from Sunday."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    millisecond: int
    weekday: int


def fields_of(time: int) -> Fields:
    """The fields of a number of milliseconds, which is one of UTC or has been made local."""
    days = time // DAY
    rest = time % DAY
    # Years begin in March here, so that a leap day is the last; 146097 days are 400 years.
    shifted = days + _DAYS_BEFORE_MARCH
    era = shifted // 146_097
    day_of_era = shifted % 146_097
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month + 2) // 5 + 1
    year = year_of_era + era * 400 + (1 if month >= 10 else 0)
    return Fields(
        year,
        (month + 2) % 12,
        day,
        rest // HOUR,
        rest // MINUTE % 60,
        rest // SECOND % 60,
        rest % SECOND,
        (days + 4) % 7,
    )


def days_of(year: int, month: int) -> int:
    """Days from 1970-01-01 to the first of a month from 0 to 11."""
    shifted_year = year - 1 if month < 2 else year
    era = shifted_year // 400
    year_of_era = shifted_year % 400
    day_of_year = (153 * ((month + 10) % 12) + 2) // 5
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - _DAYS_BEFORE_MARCH


def make_time(hour: float, minute: float, second: float, millisecond: float) -> float:
    """MakeTime."""
    if not (_is_finite(hour) and _is_finite(minute) and _is_finite(second) and _is_finite(millisecond)):
        return NAN
    return trunc(hour) * 3_600_000.0 + trunc(minute) * 60_000.0 + trunc(second) * 1000.0 + trunc(millisecond)


def make_day(year: float, month: float, day: float) -> float:
    """MakeDay."""
    if not (_is_finite(year) and _is_finite(month) and _is_finite(day)):
        return NAN
    if abs(year) > 400_000.0 or abs(month) > 4_800_000.0:
        return NAN
    months = int(trunc(month))
    whole_year = int(trunc(year)) + months // 12
    return float(days_of(whole_year, months % 12)) + trunc(day) - 1.0


def make_date(day: float, time: float) -> float:
    """MakeDate."""
    if not (_is_finite(day) and _is_finite(time)):
        return NAN
    result = day * 86_400_000.0 + time
    return result if _is_finite(result) else NAN


def time_clip(time: float) -> float:
    """TimeClip."""
    if not _is_finite(time) or abs(time) > MOST:
        return NAN
    return trunc(time) + 0.0


def _is_finite(number: float) -> bool:
    return not is_nan(number) and not is_infinite(number)


def utc_from_local(zone: Zone, time: float) -> float:
    """The time of UTC at a local one."""
    if not _is_finite(time) or abs(time) > MOST + 2.0 * DAY:
        return NAN
    return float(zone.utc_of(int(time)))


# Text


def padded(number: int, width: int) -> str:
    """A number >= 0 with zeros before it."""
    text = str(number)
    return "0" * (width - len(text)) + text


def year_text(year: int) -> str:
    """A year of at least four digits."""
    return f"-{padded(-year, 4)}" if year < 0 else padded(year, 4)


def iso_text(time: int) -> str:
    """`2026-11-29T12:00:00.000Z`"""
    f = fields_of(time)
    year = padded(f.year, 4) if 0 <= f.year <= 9999 else f"{'-' if f.year < 0 else '+'}{padded(abs(f.year), 6)}"
    date = f"{year}-{padded(f.month + 1, 2)}-{padded(f.day, 2)}"
    return f"{date}T{clock_text(f)}.{padded(f.millisecond, 3)}Z"


def clock_text(f: Fields) -> str:
    """`12:00:00`"""
    return f"{padded(f.hour, 2)}:{padded(f.minute, 2)}:{padded(f.second, 2)}"


def utc_text(time: int) -> str:
    """`Sun, 29 Nov 2026 12:00:00 GMT`"""
    f = fields_of(time)
    date = f"{DAY_NAMES[f.weekday]}, {padded(f.day, 2)} {MONTH_NAMES[f.month]} {year_text(f.year)}"
    return f"{date} {clock_text(f)} GMT"


def date_text(time: int, zone: Zone) -> str:
    """`Sun Nov 29 2026`"""
    f = fields_of(time + zone.offset_at(time))
    return f"{DAY_NAMES[f.weekday]} {MONTH_NAMES[f.month]} {padded(f.day, 2)} {year_text(f.year)}"


def time_text(time: int, zone: Zone) -> str:
    """`12:00:00 GMT+0000 (Coordinated Universal Time)`"""
    offset = zone.offset_at(time)
    minutes = abs(offset) // MINUTE
    sign = "-" if offset < 0 else "+"
    name = zone.name_at(time)
    shown = "Coordinated Universal Time" if name == "UTC" else name
    clock = clock_text(fields_of(time + offset))
    return f"{clock} GMT{sign}{padded(minutes // 60, 2)}{padded(minutes % 60, 2)} ({shown})"
