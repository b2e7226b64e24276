"""`time`, as far as it is there."""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.system import monotonic_nanoseconds, wait_for_descriptors, wall_nanoseconds
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python.exceptions import value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.modules.building import native_module, real
from tracewright_python.session import Session
from tracewright_python.values import NONE


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
    if duration < 0.0:
        raise value_error("sleep length must be non-negative")
    wait_for_descriptors(NO_REQUESTS, 0, int(duration * 1e9))
    return NONE


NO_REQUESTS: Array[int] = Array(0, 0)
FUNCTIONS: list[PyBuiltin] = [
    PyBuiltin("time", now, 0, 0),
    PyBuiltin("time_ns", now_nanoseconds, 0, 0),
    PyBuiltin("perf_counter", elapsed, 0, 0),
    PyBuiltin("perf_counter_ns", elapsed_nanoseconds, 0, 0),
    PyBuiltin("monotonic", elapsed, 0, 0),
    PyBuiltin("process_time", elapsed, 0, 0),
    PyBuiltin("sleep", sleep, 1, 1),
]


def make_time(session: Session) -> Value:
    """The module."""
    native_module(session, "time", FUNCTIONS)
    return session.modules["time"]
