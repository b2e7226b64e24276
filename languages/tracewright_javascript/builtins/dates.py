"""`Date`."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.mathematics import is_infinite, is_nan, trunc
from tracewright.core.system import wall_nanoseconds
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright_javascript.builtins.arguments import argument_at, is_construction, prototype_to_make, this_of
from tracewright_javascript.builtins.locale_options import formatted_by
from tracewright_javascript.builtins.rows import NativeRow, install_constructor, install_methods, install_value
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import ordinary_to_primitive, to_display, to_number, to_primitive, to_text
from tracewright_javascript.date_parsing import parse_date
from tracewright_javascript.date_times import (
    NAN,
    Fields,
    clock_text,
    date_text,
    fields_of,
    iso_text,
    make_date,
    make_day,
    make_time,
    time_clip,
    time_text,
    utc_from_local,
    utc_text,
)
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.functions import new_native
from tracewright_javascript.keys import NO_INDEX, TO_PRIMITIVE, Key
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.properties import READ_ONLY
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import as_number, as_string, is_number, number_value, string_value
from tracewright_javascript.wrappers import to_object
from tracewright_javascript.zones import Zone

YEAR, MONTH, DAY_OF_MONTH, HOURS, MINUTES, SECONDS, MILLISECONDS, WEEKDAY = 0, 1, 2, 3, 4, 5, 6, 7


@final
class JSDate(JSObject):
    """A date: a time, or NaN."""

    def __init__(self, shape: Shape, time: float) -> None:
        super().__init__(shape, NO_ROW)
        self.time = time

    def class_text(self) -> str:
        return "Date"


def _zone(realm: AnyRealm) -> Zone:
    return as_realm(realm).agent.zone()


def current_time() -> float:
    """Now, in whole milliseconds."""
    return float(wall_nanoseconds() // 1_000_000)


def _this_date(stack: VMStack, frame: int) -> JSDate:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSDate):
        return thing
    raise type_error("this is not a Date object.")


def _arguments(stack: VMStack, frame: int, count: int, first: int) -> list[float]:
    """ToNumber of the arguments from one on, at most seven. Raises GuestFault and Thrown."""
    return [to_number(argument_at(stack, frame, count, index)) for index in range(first, min(count, first + 7))]


def _from_parts(parts: list[float]) -> float:
    """MakeDate of year, month and the rest, as `Date.UTC` has them."""
    numbers = parts + [1.0 if index == 2 else 0.0 for index in range(len(parts), 7)]
    year = numbers[0]
    if not is_nan(year) and not is_infinite(year) and 0.0 <= trunc(year) <= 99.0:
        year = 1900.0 + trunc(year)
    day = make_day(year, numbers[1], numbers[2])
    return make_date(day, make_time(numbers[3], numbers[4], numbers[5], numbers[6]))


def _date(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if not is_construction(stack, frame):
        return string_value(_shown(current_time(), _zone(realm)))
    time = current_time()
    if count == 1:
        given = argument_at(stack, frame, count, 0)
        other = as_object(given)
        if isinstance(other, JSDate):
            time = other.time
        else:
            value = to_primitive(given, "default")
            text = as_string(value)
            time = time_clip(to_number(value)) if text is None else parse_date(text.text(), _zone(realm))
    elif count > 1:
        time = time_clip(utc_from_local(_zone(realm), _from_parts(_arguments(stack, frame, count, 0))))
    prototype = prototype_to_make(stack, frame, lambda where: where.date_prototype)
    return Value.of_object(JSDate(prototype.bare_shape_of_children(), time))


def _now(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return number_value(current_time())


def _parse(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return number_value(parse_date(to_text(argument_at(stack, frame, count, 0)), _zone(realm)))


def _utc(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    parts = _arguments(stack, frame, count, 0)
    return number_value(time_clip(_from_parts(parts)) if len(parts) > 0 else NAN)


# Reading


def _part(f: Fields, which: int) -> int:
    match which:
        case 0:
            return f.year
        case 1:
            return f.month
        case 2:
            return f.day
        case 3:
            return f.hour
        case 4:
            return f.minute
        case 5:
            return f.second
        case 6:
            return f.millisecond
        case _:
            return f.weekday


def _local(zone: Zone, time: float) -> int:
    return int(time) + zone.offset_at(int(time))


def _get(realm: AnyRealm, stack: VMStack, frame: int, which: int, is_utc: bool) -> Value:
    time = _this_date(stack, frame).time
    if is_nan(time):
        return Value.of_float(NAN)
    return Value.of_int(_part(fields_of(int(time) if is_utc else _local(_zone(realm), time)), which))


def _get_time(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return number_value(_this_date(stack, frame).time)


def _get_timezone_offset(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    time = _this_date(stack, frame).time
    if is_nan(time):
        return Value.of_float(NAN)
    return number_value(float(-_zone(realm).offset_at(int(time))) / 60_000.0)


def _get_year(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    time = _this_date(stack, frame).time
    return Value.of_float(NAN) if is_nan(time) else Value.of_int(fields_of(_local(_zone(realm), time)).year - 1900)


# Changing


def _set_time(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    date = _this_date(stack, frame)
    date.time = time_clip(to_number(argument_at(stack, frame, count, 0)))
    return number_value(date.time)


def _set(realm: AnyRealm, stack: VMStack, frame: int, count: int, which: int, most: int, is_utc: bool) -> Value:
    """Set a part, and as many of the smaller ones as there are arguments; `which` is that of the first, `most` how many there may be."""
    date = _this_date(stack, frame)
    time = date.time
    given = [to_number(argument_at(stack, frame, count, index)) for index in range(max(min(count, most), 1))]
    if is_nan(time):
        if which != YEAR:
            return Value.of_float(NAN)
        time = 0.0
        f = fields_of(0)
    else:
        f = fields_of(int(time) if is_utc else _local(_zone(realm), time))
    parts = [float(_part(f, index)) for index in range(7)]
    for index in range(len(given)):
        parts[which + index] = given[index]
    day = make_day(parts[0], parts[1], parts[2])
    made = make_date(day, make_time(parts[3], parts[4], parts[5], parts[6]))
    date.time = time_clip(made if is_utc else utc_from_local(_zone(realm), made))
    return number_value(date.time)


def _set_year(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    date = _this_date(stack, frame)
    year = to_number(argument_at(stack, frame, count, 0))
    if is_nan(year):
        date.time = NAN
        return Value.of_float(NAN)
    f = fields_of(0 if is_nan(date.time) else _local(_zone(realm), date.time))
    if 0.0 <= trunc(year) <= 99.0:
        year = 1900.0 + trunc(year)
    day = make_day(year, float(f.month), float(f.day))
    time = make_time(float(f.hour), float(f.minute), float(f.second), float(f.millisecond))
    date.time = time_clip(utc_from_local(_zone(realm), make_date(day, time)))
    return number_value(date.time)


# Text


def _shown(time: float, zone: Zone) -> str:
    return "Invalid Date" if is_nan(time) else f"{date_text(int(time), zone)} {time_text(int(time), zone)}"


def _to_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(_shown(_this_date(stack, frame).time, _zone(realm)))


def _to_date_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    time = _this_date(stack, frame).time
    return string_value("Invalid Date" if is_nan(time) else date_text(int(time), _zone(realm)))


def _to_time_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    time = _this_date(stack, frame).time
    return string_value("Invalid Date" if is_nan(time) else time_text(int(time), _zone(realm)))


def _to_utc_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    time = _this_date(stack, frame).time
    return string_value("Invalid Date" if is_nan(time) else utc_text(int(time)))


def _to_iso_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    time = _this_date(stack, frame).time
    if is_nan(time):
        raise range_error("Invalid time value")
    return string_value(iso_text(int(time)))


def _to_json(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = to_object(as_realm(realm), this_of(stack, frame))
    value = to_primitive(Value.of_object(thing), "number")
    if is_number(value) and (is_nan(as_number(value)) or is_infinite(as_number(value))):
        return Value.NULL
    method = thing.get_property(Key("toISOString", NO_INDEX), Value.of_object(thing))
    if not is_callable(method):
        raise type_error("toISOString is not a function")
    return call(method, Value.of_object(thing), [])


def _local_date(f: Fields) -> str:
    return f"{f.month + 1}/{f.day}/{f.year}"


def _local_clock(f: Fields) -> str:
    hour = 12 if f.hour % 12 == 0 else f.hour % 12
    return f"{hour}{clock_text(f)[2:]} {'AM' if f.hour < 12 else 'PM'}"


def _to_locale(realm: AnyRealm, stack: VMStack, frame: int, count: int, has_date: bool, has_clock: bool) -> Value:
    """As the one locale there is, that of the United States, writes it; what options say is left to `Intl`."""
    time = _this_date(stack, frame).time
    if is_nan(time):
        return string_value("Invalid Date")
    options = argument_at(stack, frame, count, 1)
    if not options.same(Value.UNDEFINED):
        wanted = string_value("any" if has_date and has_clock else "date" if has_date else "time")
        defaults = string_value("all") if has_date and has_clock else wanted
        locales = argument_at(stack, frame, count, 0)
        formatted = formatted_by(
            as_realm(realm), "DateTimeFormat", number_value(time), locales, [options, wanted, defaults]
        )
        if not formatted.same(Value.UNDEFINED):
            return formatted
    f = fields_of(_local(_zone(realm), time))
    parts: list[str] = []
    if has_date:
        parts.append(_local_date(f))
    if has_clock:
        parts.append(_local_clock(f))
    return string_value(", ".join(parts))


def _to_primitive(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    if thing is None:
        raise type_error("Date.prototype[Symbol.toPrimitive] called on non-object")
    hint = as_string(argument_at(stack, frame, count, 0))
    if hint is None or hint.text() not in ("default", "string", "number"):
        raise type_error(f"Invalid hint: {to_display(argument_at(stack, frame, count, 0))}")
    return ordinary_to_primitive(thing, "number" if hint.text() == "number" else "string")


def _getter(name: str, which: int) -> list[NativeRow]:
    return [
        (f"get{name}", 0, lambda r, s, f, n: _get(r, s, f, which, False)),
        (f"getUTC{name}", 0, lambda r, s, f, n: _get(r, s, f, which, True)),
    ]


def _setter(name: str, which: int, most: int) -> list[NativeRow]:
    return [
        (f"set{name}", most, lambda r, s, f, n: _set(r, s, f, n, which, most, False)),
        (f"setUTC{name}", most, lambda r, s, f, n: _set(r, s, f, n, which, most, True)),
    ]


STATIC_METHODS: Final[list[NativeRow]] = [("now", 0, _now), ("parse", 1, _parse), ("UTC", 7, _utc)]
METHODS: Final[list[NativeRow]] = [
    *_getter("FullYear", YEAR),
    *_getter("Month", MONTH),
    *_getter("Date", DAY_OF_MONTH),
    *_getter("Hours", HOURS),
    *_getter("Minutes", MINUTES),
    *_getter("Seconds", SECONDS),
    *_getter("Milliseconds", MILLISECONDS),
    *_getter("Day", WEEKDAY),
    *_setter("FullYear", YEAR, 3),
    *_setter("Month", MONTH, 2),
    *_setter("Date", DAY_OF_MONTH, 1),
    *_setter("Hours", HOURS, 4),
    *_setter("Minutes", MINUTES, 3),
    *_setter("Seconds", SECONDS, 2),
    *_setter("Milliseconds", MILLISECONDS, 1),
    ("getTime", 0, _get_time),
    ("getTimezoneOffset", 0, _get_timezone_offset),
    ("getYear", 0, _get_year),
    ("setTime", 1, _set_time),
    ("setYear", 1, _set_year),
    ("toDateString", 0, _to_date_string),
    ("toISOString", 0, _to_iso_string),
    ("toJSON", 1, _to_json),
    ("toLocaleDateString", 0, lambda r, s, f, n: _to_locale(r, s, f, n, True, False)),
    ("toLocaleString", 0, lambda r, s, f, n: _to_locale(r, s, f, n, True, True)),
    ("toLocaleTimeString", 0, lambda r, s, f, n: _to_locale(r, s, f, n, False, True)),
    ("toString", 0, _to_string),
    ("toTimeString", 0, _to_time_string),
    ("valueOf", 0, _get_time),
]


def install_dates(realm: Realm) -> None:
    """Give a realm its `Date`."""
    prototype = realm.date_prototype
    constructor = install_constructor(realm, "Date", 7, _date, prototype)
    install_methods(realm, constructor, STATIC_METHODS)
    install_methods(realm, prototype, METHODS)
    utc_string = Value.of_object(new_native(realm, "toUTCString", 0, _to_utc_string))
    install_value(prototype, "toUTCString", utc_string)
    install_value(prototype, "toGMTString", utc_string)
    primitive = new_native(realm, "[Symbol.toPrimitive]", 1, _to_primitive)
    install_value(prototype, TO_PRIMITIVE.name, Value.of_object(primitive), READ_ONLY)
