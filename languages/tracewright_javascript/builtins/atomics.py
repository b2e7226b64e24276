"""`Atomics` (25.4), for one agent: every access is indivisible, and only this agent can wake what `waitAsync` has made wait.

A `wait` that nothing but another agent could end is refused, as an agent that must not block refuses it.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.mathematics import is_infinite, is_nan
from tracewright.core.system import monotonic_nanoseconds, wait_for_descriptors
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright.lib.event_loop import Job, Timer
from tracewright_javascript.access import create_data_property
from tracewright_javascript.arithmetic import numeric_operation
from tracewright_javascript.array_buffers import JSArrayBuffer
from tracewright_javascript.bigints import Operator, to_bigint
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow, install_namespace
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_display, to_index, to_int32, to_integer_float, to_number
from tracewright_javascript.element_kinds import (
    ElementKind,
    holds_floats,
    load,
    low_word,
    numeric_for,
    store,
)
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.functions import Native
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.objects import as_object
from tracewright_javascript.promises import JSPromise, new_promise, resolve_promise
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.typed_arrays import JSTypedArray
from tracewright_javascript.values import as_bigint, int_number, number_value, string_value

NANOSECONDS: Final = 1e6  # in a millisecond
LONGEST_WAIT: Final = 1e12  # in milliseconds: 30 years; what is longer ends never


# Places


@final
class Place:
    """An element of a typed array, by its place in the buffer."""

    def __init__(self, view: JSTypedArray, index: int) -> None:
        self.view = view
        self.index = index

    def check_again(self) -> None:
        """RevalidateAtomicAccess: conversions may have changed the buffer. Raises GuestFault."""
        if self.view.is_out_of_bounds():
            raise type_error("Cannot perform an atomic operation on a detached ArrayBuffer")
        if self.index >= self.view.count():
            raise range_error("Invalid atomic access index")

    def at(self) -> int:
        """In bytes from the beginning of the buffer."""
        return self.view.offset + (self.index << self.view.shift)

    def read(self) -> Value:
        """The element."""
        return load(self.view.buffer.block, self.view.kind, self.at())

    def write(self, number: Value) -> None:
        """Replace it."""
        store(self.view.buffer.block, self.view.kind, self.at(), number)


def _place(stack: VMStack, frame: int, count: int, must_wait: bool) -> Place:
    """ValidateAtomicAccessOnIntegerTypedArray of the first two arguments. Raises GuestFault and Thrown."""
    given = argument_at(stack, frame, count, 0)
    view = as_object(given)
    if not isinstance(view, JSTypedArray):
        raise type_error(f"{to_display(given)} is not an integer typed array.")
    if view.is_out_of_bounds():
        raise type_error("Cannot perform an atomic operation on a detached ArrayBuffer")
    can_wait = view.kind == ElementKind.INT32 or view.kind == ElementKind.BIGINT64
    is_integer = not holds_floats(view.kind) and view.kind != ElementKind.UINT8_CLAMPED
    if not (can_wait if must_wait else is_integer):
        kind = "int32 or BigInt64" if must_wait else "integer"
        raise type_error(f"{to_display(given)} is not an {kind} typed array.")
    length = view.count()
    index = to_index(argument_at(stack, frame, count, 1))
    if index >= length:
        raise range_error("Invalid atomic access index")
    return Place(view, index)


def _operand(view: JSTypedArray, value: Value) -> Value:
    """What a value is converted to before it is an operand. Raises GuestFault and Thrown."""
    if view.takes_bigints:
        return Value.of_object(to_bigint(value))
    return value if value.is_int() else number_value(to_integer_float(value))


# Reading and writing


def _load(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    place = _place(stack, frame, count, False)
    place.check_again()
    return place.read()


def _store(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    place = _place(stack, frame, count, False)
    number = _operand(place.view, argument_at(stack, frame, count, 2))
    place.check_again()
    place.write(number)
    return number


def _changer(operator: int) -> Native:
    """AtomicReadModifyWrite with an operator of two numbers."""

    def change(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
        place = _place(stack, frame, count, False)
        operand = _operand(place.view, argument_at(stack, frame, count, 2))
        place.check_again()
        old = place.read()
        place.write(numeric_operation(operator, old, _low_bits(operand)))
        return old

    return change


def _low_bits(operand: Value) -> Value:
    """A number of 32 bits that changes an element in the same way: sums of it are exact."""
    return operand if as_bigint(operand) is not None else Value.of_int(to_int32(operand))


def _exchange(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    place = _place(stack, frame, count, False)
    number = _operand(place.view, argument_at(stack, frame, count, 2))
    place.check_again()
    old = place.read()
    place.write(number)
    return old


def _compare_exchange(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    place = _place(stack, frame, count, False)
    expected = _operand(place.view, argument_at(stack, frame, count, 2))
    replacement = _operand(place.view, argument_at(stack, frame, count, 3))
    place.check_again()
    old = place.read()
    if _is_stored(place.view, old, expected):
        place.write(replacement)
    return old


def _is_stored(view: JSTypedArray, element: Value, number: Value) -> bool:
    """Whether a number would be stored as what an element has."""
    if view.takes_bigints:
        return low_word(element) == low_word(number)
    mask = (1 << (8 << view.shift)) - 1
    return to_int32(element) & mask == to_int32(number) & mask


def _is_lock_free(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    size = to_integer_float(argument_at(stack, frame, count, 0))
    return Value.of_bool(size == 1.0 or size == 2.0 or size == 4.0 or size == 8.0)


# Waiting


@final
class Waiter(GuestObject):
    """A promise of `waitAsync` that has not been settled."""

    def __init__(self, realm: Realm, place: Place, promise: JSPromise) -> None:
        self.realm = realm
        self.buffer: JSArrayBuffer = place.view.buffer
        self.at: int = place.at()
        self.promise = promise
        self.timer: Timer | None = None

    def waits_for(self, place: Place) -> bool:
        """Whether a notification of this place wakes it."""
        return self.buffer is place.view.buffer and self.at == place.at()

    def end(self, why: str) -> None:
        """Settle it."""
        timer = self.timer
        if timer is not None:
            timer.cancel()
        resolve_promise(self.realm, self.promise, string_value(why))


@final
class WaitersTimeout(Job):
    """The time of a waiter is over."""

    def __init__(self, waiter: Waiter) -> None:
        self.waiter = waiter

    def run(self) -> None:
        waiters = self.waiter.realm.agent.waiters
        for index in range(len(waiters)):
            if waiters[index] is self.waiter:
                del waiters[index]
                self.waiter.end("timed-out")
                return


def _timeout(value: Value) -> float:
    """Milliseconds, infinite where nothing is said. Raises GuestFault and Thrown."""
    time = to_number(value)
    return float("inf") if is_nan(time) or time > LONGEST_WAIT else max(time, 0.0)


def _waits(stack: VMStack, frame: int, count: int) -> tuple[Place, bool, float]:
    """What both ways of waiting begin with: the place, whether it has the value that is waited for, and for how long. Raises GuestFault and Thrown."""
    place = _place(stack, frame, count, True)
    if not place.view.buffer.is_shared:
        raise type_error(f"{to_display(argument_at(stack, frame, count, 0))} is not a shared typed array.")
    expected = numeric_for(place.view.kind, argument_at(stack, frame, count, 2))
    time = _timeout(argument_at(stack, frame, count, 3))
    return place, _is_stored(place.view, place.read(), expected), time


def _wait(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    _, is_equal, time = _waits(stack, frame, count)
    if not is_equal:
        return string_value("not-equal")
    if is_infinite(time):
        raise type_error("Atomics.wait cannot be called in this context")
    due = monotonic_nanoseconds() + int(time * NANOSECONDS)
    left = due - monotonic_nanoseconds()
    while left > 0:
        wait_for_descriptors(Array(0, 0), 0, left)
        left = due - monotonic_nanoseconds()
    return string_value("timed-out")


def _wait_async(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    where = as_realm(realm)
    place, is_equal, time = _waits(stack, frame, count)
    if not is_equal:
        return _wait_result(where, False, string_value("not-equal"))
    if time == 0.0:
        return _wait_result(where, False, string_value("timed-out"))
    promise = new_promise(where)
    waiter = Waiter(where, place, promise)
    where.agent.waiters.append(waiter)
    if not is_infinite(time):
        loop = where.agent.loop
        waiter.timer = loop.add_timer(loop.clock.now() + int(time * NANOSECONDS), WaitersTimeout(waiter))
    return _wait_result(where, True, Value.of_object(promise))


def _wait_result(realm: Realm, is_async: bool, value: Value) -> Value:
    result = realm.new_object()
    create_data_property(result, Key("async", NO_INDEX), Value.of_bool(is_async))
    create_data_property(result, Key("value", NO_INDEX), value)
    return Value.of_object(result)


def _notify(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    place = _place(stack, frame, count, True)
    given = argument_at(stack, frame, count, 2)
    most = float("inf") if given.same(Value.UNDEFINED) else max(to_integer_float(given), 0.0)
    if not place.view.buffer.is_shared:
        return int_number(0)
    woken: list[Waiter] = []
    left: list[GuestObject] = []
    for waiter in as_realm(realm).agent.waiters:
        if isinstance(waiter, Waiter) and waiter.waits_for(place) and float(len(woken)) < most:
            woken.append(waiter)
        else:
            left.append(waiter)
    as_realm(realm).agent.waiters = left
    for waiter in woken:
        waiter.end("ok")
    return int_number(len(woken))


FUNCTIONS: Final[list[NativeRow]] = [
    ("add", 3, _changer(Operator.ADD)),
    ("and", 3, _changer(Operator.AND)),
    ("compareExchange", 4, _compare_exchange),
    ("exchange", 3, _exchange),
    ("isLockFree", 1, _is_lock_free),
    ("load", 2, _load),
    ("notify", 3, _notify),
    ("or", 3, _changer(Operator.OR)),
    ("store", 3, _store),
    ("sub", 3, _changer(Operator.SUBTRACT)),
    ("wait", 4, _wait),
    ("waitAsync", 4, _wait_async),
    ("xor", 3, _changer(Operator.XOR)),
]


def install_atomics(realm: Realm) -> None:
    """Give a realm its `Atomics`."""
    install_namespace(realm, "Atomics", FUNCTIONS)
