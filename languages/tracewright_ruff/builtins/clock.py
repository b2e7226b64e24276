"""Time: clocks, durations and dates. All dates are UTC."""

from typing import Final

from tracewright.core.mathematics import floor
from tracewright.core.system import monotonic_nanoseconds, wall_nanoseconds
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import float_of, is_number, saturated_int, text_at
from tracewright_ruff.builtins.library_state import library_state
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

_NANOSECONDS: Final = 1_000_000_000
_DAY_SECONDS: Final = 86_400
_DAYS_BEFORE_1970: Final = 719_468  # from 0000-03-01, where a calendar of 400 years that ends with leap days begins
_ERA_DAYS: Final = 146_097  # days in 400 years


def _numbers(stack: VMStack, first: int, count: int, needed: int, name: str) -> None:
    """Make sure that the first `needed` arguments are numbers."""
    for index in range(needed):
        if index >= count or not is_number(stack[first + index]):
            raise GuestError(f"{name}() requires {needed} numeric argument{'' if needed == 1 else 's'}")


# Clocks


def native_performance_now(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`performance_now()`: milliseconds since the first reading of any of the three clocks"""
    return Value.of_float(float(_elapsed_nanoseconds(session)) / 1e6)


def native_time_us(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`time_us()`"""
    return Value.of_float(float(_elapsed_nanoseconds(session) // 1000))


def native_time_ns(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`time_ns()`"""
    return Value.of_float(float(_elapsed_nanoseconds(session)))


def _elapsed_nanoseconds(session: Session) -> int:
    state = library_state(session)
    now = monotonic_nanoseconds()
    if state.clock_start < 0:
        state.clock_start = now
    return now - state.clock_start


def native_current_timestamp(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`current_timestamp()`: milliseconds since 1970"""
    return Value.of_int(wall_nanoseconds() // 1_000_000)


def native_now(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`now()`: whole seconds since 1970, as a float"""
    return Value.of_float(float(wall_nanoseconds() // _NANOSECONDS))


def native_now_unix(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`now_unix()`: seconds since 1970"""
    return Value.of_int(wall_nanoseconds() // _NANOSECONDS)


def native_now_utc(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`now_utc()`: as `2024-01-31T10:20:30Z`"""
    return text_value(_date_text(wall_nanoseconds() // _NANOSECONDS, "YYYY-MM-DDTHH:mm:ssZ"))


# Durations


def native_elapsed(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`elapsed(start, end)`"""
    _numbers(stack, first, count, 2, "elapsed")
    return Value.of_float(float_of(stack[first + 1]) - float_of(stack[first]))


def native_format_duration(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`format_duration(ms)`: in the largest unit that leaves at least one"""
    _numbers(stack, first, count, 1, "format_duration")
    milliseconds = float_of(stack[first])
    if milliseconds >= 1000.0:
        return text_value(_two_places(milliseconds / 1000.0) + "s")
    if milliseconds >= 1.0:
        return text_value(_two_places(milliseconds) + "ms")
    if milliseconds >= 0.001:
        return text_value(_two_places(milliseconds * 1000.0) + "μs")
    return text_value(str(_rounded(milliseconds * 1e6)) + "ns")


def _rounded(number: float) -> int:
    return saturated_int(floor(number + 0.5))


def _two_places(number: float) -> str:
    hundredths = _rounded(number * 100.0)
    return f"{hundredths // 100}." + _padded(hundredths % 100, 2)


def _padded(number: int, width: int) -> str:
    return str(number).zfill(width)


# Dates


def native_format_date(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`format_date(seconds, pattern)`"""
    message = "format_date() requires a timestamp and a format string"
    if count < 2 or not is_number(stack[first]):
        raise GuestError(message)
    pattern = text_at(stack, first + 1, message)
    return text_value(_date_text(saturated_int(floor(float_of(stack[first]))), pattern))


def _date_text(seconds: int, pattern: str) -> str:
    """The pattern with YYYY, MM, DD, HH, mm and ss replaced."""
    # Years are counted from March, so that the leap day is the last one; see `_days_since_1970` for the way back.
    days = seconds // _DAY_SECONDS + _DAYS_BEFORE_1970
    second = seconds % _DAY_SECONDS
    era = days // _ERA_DAYS
    day_of_era = days % _ERA_DAYS
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_from_march + 2) // 5 + 1
    month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
    year = year_of_era + 400 * era + (1 if month <= 2 else 0)
    text = pattern.replace("YYYY", _padded(year, 4)).replace("MM", _padded(month, 2)).replace("DD", _padded(day, 2))
    text = text.replace("HH", _padded(second // 3600, 2)).replace("mm", _padded(second // 60 % 60, 2))
    return text.replace("ss", _padded(second % 60, 2))


def native_parse_date(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`parse_date(text, "YYYY-MM-DD")`: seconds since 1970, as a float"""
    message = "parse_date() requires date and format strings"
    if count < 2:
        raise GuestError(message)
    text = text_at(stack, first, message)
    pattern = text_at(stack, first + 1, message)
    if pattern != "YYYY-MM-DD":
        raise GuestError(f"parse_date failed: unsupported format '{pattern}' (expected 'YYYY-MM-DD')")
    parts = text.split("-")
    if len(parts) == 3:
        year = _date_number(parts[0], 4)
        month = _date_number(parts[1], 2)
        day = _date_number(parts[2], 2)
        if year >= 0 and 1 <= month <= 12 and 1 <= day <= _days_in_month(year, month):
            return Value.of_float(float(_days_since_1970(year, month, day) * _DAY_SECONDS))
    raise GuestError(f"parse_date failed: '{text}' does not match format 'YYYY-MM-DD' (no such date)")


def _date_number(text: str, most_digits: int) -> int:
    """The number that up to `most_digits` digits spell, or -1."""
    number = 0
    for character in text:
        digit = ord(character) - 48
        if not 0 <= digit <= 9:
            return -1
        number = number * 10 + digit
    return number if 1 <= len(text) <= most_digits else -1


def _days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month == 4 or month == 6 or month == 9 or month == 11 else 31


def _days_since_1970(year: int, month: int, day: int) -> int:
    """The day's number; years begin in March, so that the lengths of the months before it follow one formula."""
    from_march = year - (1 if month <= 2 else 0)
    month_from_march = (month + 9) % 12
    day_of_year = (153 * month_from_march + 2) // 5 + day - 1
    year_of_era = from_march % 400
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return from_march // 400 * _ERA_DAYS + day_of_era - _DAYS_BEFORE_1970


ROWS: Final[list[W_Native]] = [
    W_Native("performance_now", 0, 0, ARITY_ANY, native_performance_now),
    W_Native("time_us", 0, 0, ARITY_ANY, native_time_us),
    W_Native("time_ns", 0, 0, ARITY_ANY, native_time_ns),
    W_Native("current_timestamp", 0, 0, ARITY_ANY, native_current_timestamp),
    W_Native("time", 0, 0, ARITY_ANY, native_current_timestamp),
    W_Native("now", 0, 0, ARITY_ANY, native_now),
    W_Native("now_unix", 0, 0, ARITY_ANY, native_now_unix),
    W_Native("now_utc_seconds", 0, 0, ARITY_ANY, native_now_unix),
    W_Native("now_utc", 0, 0, ARITY_ANY, native_now_utc),
    W_Native("elapsed", 2, 2, ARITY_ANY, native_elapsed),
    W_Native("format_duration", 1, 1, ARITY_ANY, native_format_duration),
    W_Native("format_date", 2, 2, ARITY_ANY, native_format_date),
    W_Native("parse_date", 2, 2, ARITY_ANY, native_parse_date),
]
