"""`time`. The local time is the C library's."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright.core.foreign import allocate, bytes_at, release, text_at
from tracewright.core.mathematics import floor
from tracewright.core.memory import load32, load64, store32, store64
from tracewright.core.system import monotonic_nanoseconds, poll_interrupt, wall_nanoseconds
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.idle import IdleWaiting
from tracewright_python import builtin_types as types
from tracewright_python import system_calls as calls
from tracewright_python.conversions import index_value, required_text, values_of
from tracewright_python.exceptions import error, type_error, value_error
from tracewright_python.functions import Native, PyBuiltin
from tracewright_python.importing import import_by_name
from tracewright_python.lists import as_tuple, tuple_of
from tracewright_python.modules.building import native_module, real
from tracewright_python.namespaces import Namespace
from tracewright_python.session import Session
from tracewright_python.struct_sequences import PyStructSequence, StructKind, item_of, struct_of
from tracewright_python.texts import text_value
from tracewright_python.values import NONE

TIME: Final = StructKind(
    "time.struct_time",
    [
        "tm_year",
        "tm_mon",
        "tm_mday",
        "tm_hour",
        "tm_min",
        "tm_sec",
        "tm_wday",
        "tm_yday",
        "tm_isdst",
        "tm_zone",
        "tm_gmtoff",
    ],
    9,
)
CLOCK_INFO: Final = StructKind("time.clock_info", ["implementation", "monotonic", "adjustable", "resolution"], 4)
RECORD_SIZE: Final = 64  # of a `struct tm`
OFFSET_PLACE: Final = 40
ZONE_PLACE: Final = 48
WINTER: Final = 1704067200  # the first days of January and July 2024
SUMMER: Final = 1719792000
LONGEST_TEXT: Final = 1 << 16
DAYS: Final[list[str]] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS: Final[list[str]] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def seconds(nanoseconds: int) -> Value:
    """A time as a float."""
    return Value.of_float(float(nanoseconds) / 1e9)


def now(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return seconds(wall_nanoseconds())


def now_nanoseconds(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(wall_nanoseconds())


def elapsed(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return seconds(monotonic_nanoseconds())


def elapsed_nanoseconds(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(monotonic_nanoseconds())


def sleep(session: Session, stack: VMStack, first: int, count: int) -> Value:
    duration = real(session, stack[first])
    if duration != duration:
        raise value_error("Invalid value NaN (not a number)")
    if duration < 0.0:
        raise value_error("sleep length must be non-negative")
    if duration > 9223372036.0:
        raise error(types.OVERFLOW_ERROR, "timestamp too large to convert to C _PyTime_t")
    end = monotonic_nanoseconds() + int(duration * 1e9)
    waiting = IdleWaiting()
    while True:
        waiting.wait(NO_REQUESTS, 0, max(end - monotonic_nanoseconds(), 0))
        poll_interrupt()
        if monotonic_nanoseconds() >= end:
            return NONE


# --- years and days ---


def whole_seconds(session: Session, value: Value) -> int:
    """The seconds of an argument, or now. Raises OverflowError."""
    if value.same(Value.UNDEFINED) or value.same(NONE):
        return wall_nanoseconds() // 1_000_000_000
    if value.is_float():
        number = floor(value.as_float())
        if number != number:
            raise value_error("Invalid value NaN (not a number)")
        if not -9.2e18 < number < 9.2e18:
            raise error(types.OVERFLOW_ERROR, "timestamp out of range for platform time_t")
        return int(number)
    given = index_value(session, value)
    if not given.is_int():
        raise error(types.OVERFLOW_ERROR, "timestamp out of range for platform time_t")
    return given.as_int()


def parts_at(record: int) -> list[Value]:
    """The items of a `struct_time`."""
    zone = load64(record + ZONE_PLACE)
    return [
        Value.of_int(load32(record + 20) + 1900),
        Value.of_int(load32(record + 16) + 1),
        Value.of_int(load32(record + 12)),
        Value.of_int(load32(record + 8)),
        Value.of_int(load32(record + 4)),
        Value.of_int(load32(record)),
        Value.of_int((load32(record + 24) + 6) % 7),
        Value.of_int(load32(record + 28) + 1),
        Value.of_int(load32(record + 32)),
        text_value("UTC" if zone == 0 else text_at(zone).decode("latin-1")),
        Value.of_int(load64(record + OFFSET_PLACE)),
    ]


def broken_down(is_local: bool) -> Native:
    """`localtime` and `gmtime`"""

    def convert(session: Session, stack: VMStack, first: int, count: int) -> Value:
        return time_parts(whole_seconds(session, stack[first]), is_local)

    return convert


@dont_look_inside
def time_parts(moment: int, is_local: bool) -> Value:
    """The parts of a time. Raises OverflowError, ValueError."""
    record = allocate(RECORD_SIZE)
    try:
        time: Array[int] = Array(1, moment)
        found = calls.local_time(time, record) if is_local else calls.world_time(time, record)
        if found == 0:
            raise error(types.OVERFLOW_ERROR, "timestamp out of range for platform time_t")
        return struct_of(TIME, parts_at(record))
    finally:
        release(record)


def fill_record(session: Session, record: int, value: Value) -> None:
    """Write a `struct_time` or a tuple of nine numbers. Raises TypeError."""
    row = as_tuple(value)
    if row is None:
        raise type_error("Tuple or struct_time argument required")
    if len(row.items) != 9:
        raise type_error(f"function takes exactly 9 arguments ({len(row.items)} given)")
    numbers: list[int] = []
    for item in row.items:
        number = index_value(session, item)
        if not number.is_int() or not -(1 << 31) <= number.as_int() < 1 << 31:
            raise error(types.OVERFLOW_ERROR, "signed integer is greater than maximum")
        numbers.append(number.as_int())
    store32(record + 20, numbers[0] - 1900)
    store32(record + 16, numbers[1] - 1)
    store32(record + 12, numbers[2])
    store32(record + 8, numbers[3])
    store32(record + 4, numbers[4])
    store32(record, numbers[5])
    store32(record + 24, (numbers[6] + 1) % 7)
    store32(record + 28, numbers[7] - 1)
    store32(record + 32, numbers[8])
    if isinstance(row, PyStructSequence):
        offset = item_of(value, 10)
        store64(record + OFFSET_PLACE, offset.as_int() if offset.is_int() else 0)


@dont_look_inside
def make_time_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`mktime(parts)`"""
    record = allocate(RECORD_SIZE)
    try:
        fill_record(session, record, stack[first])
        store32(record + 24, -1)
        result = calls.moment_of(record)
        if result == -1 and load32(record + 24) == -1:
            raise error(types.OVERFLOW_ERROR, "mktime argument out of range")
        return Value.of_float(float(result))
    finally:
        release(record)


LIMITS: Final[list[tuple[int, int, int, str]]] = [
    (16, 0, 11, "month"),
    (12, 0, 31, "day of month"),
    (8, 0, 23, "hour"),
    (4, 0, 59, "minute"),
    (0, 0, 61, "seconds"),
    (28, -1, 365, "day of year"),
]


@dont_look_inside
def formatted(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`strftime(format, parts)`"""
    format = required_text(stack[first], "strftime() argument 1")
    given = stack[first + 1]
    if given.same(Value.UNDEFINED):
        given = time_parts(wall_nanoseconds() // 1_000_000_000, True)
    record = allocate(RECORD_SIZE)
    target = 0
    try:
        fill_record(session, record, given)
        for place, low, high, what in LIMITS:
            number = load32(record + place)
            if place == 16 and number == -1 or place == 12 and number == 0 or place == 28 and number == -1:
                store32(record + place, 1 if place == 12 else 0)
            elif not low <= number <= high:
                raise value_error(f"{what} out of range")
        store64(record + ZONE_PLACE, zone_name_place(load32(record + 32) > 0))
        if format == "":
            return text_value("")
        target = allocate(LONGEST_TEXT)
        parts: list[str] = []
        for piece in format.split("\0"):
            length = calls.format_time(target, LONGEST_TEXT, piece.encode("utf-8"), record)
            parts.append(bytes_at(target, length).decode())
        return text_value("\0".join(parts))
    finally:
        release(record)
        if target != 0:
            release(target)


def padded(number: int, width: int) -> str:
    """A number with blanks before it."""
    text = str(number)
    return " " * max(width - len(text), 0) + text


@dont_look_inside
def shown_time(session: Session, value: Value) -> Value:
    """`Sun Jun  9 01:21:11 1993`. Raises ValueError."""
    row = as_tuple(value)
    if row is None:
        raise type_error("Tuple or struct_time argument required")
    if len(row.items) != 9:
        raise type_error(f"function takes exactly 9 arguments ({len(row.items)} given)")
    numbers = [index_value(session, item).as_int() for item in row.items]
    if not 1 <= numbers[1] <= 12:
        raise value_error("month out of range")
    clock = f"{numbers[3]:02d}:{numbers[4]:02d}:{numbers[5]:02d}"
    day = DAYS[numbers[6] % 7]
    return text_value(f"{day} {MONTHS[numbers[1] - 1]} {padded(numbers[2], 2)} {clock} {numbers[0]}")


def asctime(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if stack[first].same(Value.UNDEFINED):
        return shown_time(session, time_parts(wall_nanoseconds() // 1_000_000_000, True))
    return shown_time(session, stack[first])


def ctime(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return shown_time(session, time_parts(whole_seconds(session, stack[first]), True))


def strptime(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`strptime(text, format)`, which the library's `_strptime` does."""
    module = import_by_name(session, "_strptime")
    format = text_value("%a %b %d %H:%M:%S %Y") if stack[first + 1].same(Value.UNDEFINED) else stack[first + 1]
    return session.call(session, session.get_attribute(session, module, "_strptime_time"), [stack[first], format])


def new_time(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`struct_time(sequence)`"""
    values = values_of(session, stack[first + 1])
    if len(values) < 9:
        raise type_error(f"time.struct_time() takes an at least 9-sequence ({len(values)}-sequence given)")
    if len(values) > 11:
        raise type_error(f"time.struct_time() takes an at most 11-sequence ({len(values)}-sequence given)")
    return struct_of(TIME, values)


def clock_info(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`get_clock_info(name)`"""
    name = required_text(stack[first], "get_clock_info() argument 1")
    if name not in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
        raise value_error("unknown clock")
    steady = Value.of_bool(name != "time")
    word = text_value("clock_gettime()")
    return struct_of(CLOCK_INFO, [word, steady, Value.of_bool(name == "time"), Value.of_float(1e-09)])


def read_zone(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`tzset()`"""
    calls.read_zone()
    namespace = session.modules.get_named("time")
    for name, value in zone_values():
        session.call(session, session.builtins.get_named("setattr"), [namespace, text_value(name), value])
    return NONE


def zone_values() -> list[tuple[str, Value]]:
    """What is known of the zone: seconds west of Greenwich in winter and summer, and names."""
    winter, summer = as_offset(WINTER), as_offset(SUMMER)
    standard = max(winter, summer)
    both = [text_value(text_at(zone_name_place(k == 1)).decode("latin-1")) for k in range(2)]
    return [
        ("timezone", Value.of_int(standard)),
        ("altzone", Value.of_int(min(winter, summer))),
        ("daylight", Value.of_int(int(winter != summer))),
        ("tzname", tuple_of(both)),
    ]


def zone_name_place(is_summer: bool) -> int:
    """Where the C library has the name of the zone in winter or in summer; in winter, where there is no summer time."""
    record = allocate(RECORD_SIZE)
    try:
        result = 0
        for moment in (WINTER, SUMMER):
            time: Array[int] = Array(1, moment)
            calls.local_time(time, record)
            if result == 0 or (load32(record + 32) > 0) == is_summer:
                result = load64(record + ZONE_PLACE)
        return result
    finally:
        release(record)


def as_offset(moment: int) -> int:
    """Seconds west of Greenwich at a time."""
    offset = item_of(time_parts(moment, True), 10)
    return -offset.as_int()


NO_REQUESTS: Array[int] = Array(0, 0)
FUNCTIONS: list[PyBuiltin] = [
    PyBuiltin("time", now, 0, 0),
    PyBuiltin("time_ns", now_nanoseconds, 0, 0),
    *[PyBuiltin(name, elapsed, 0, 0) for name in ("perf_counter", "monotonic", "process_time", "thread_time")],
    *[
        PyBuiltin(f"{name}_ns", elapsed_nanoseconds, 0, 0)
        for name in ("perf_counter", "monotonic", "process_time", "thread_time")
    ],
    PyBuiltin("sleep", sleep, 1, 1),
    PyBuiltin("localtime", broken_down(True), 0, 1),
    PyBuiltin("gmtime", broken_down(False), 0, 1),
    PyBuiltin("mktime", make_time_of, 1, 1),
    PyBuiltin("strftime", formatted, 1, 2),
    PyBuiltin("strptime", strptime, 1, 2),
    PyBuiltin("asctime", asctime, 0, 1),
    PyBuiltin("ctime", ctime, 0, 1),
    PyBuiltin("get_clock_info", clock_info, 1, 1),
    PyBuiltin("tzset", read_zone, 0, 0),
]
CONSTRUCTOR: Final = PyBuiltin("__new__", new_time, 2, 3, None, array_of(["sequence", "dict"]))
TIME.kind.members()["__new__"] = Value.of_object(CONSTRUCTOR)


def make_time(session: Session) -> Value:
    """The module."""
    namespace: Namespace = native_module(session, "time", FUNCTIONS)
    namespace.set_named("struct_time", Value.of_object(TIME.kind))
    calls.read_zone()
    for name, value in zone_values():
        namespace.set_named(name, value)
    return session.modules.get_named("time")
