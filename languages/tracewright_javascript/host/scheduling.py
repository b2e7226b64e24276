"""What a program wants done later: ticks, microtasks, timers and immediates; and the loop that does it, in node's order.

    the script -> ticks, then microtasks, until neither is left
               -> the timers that are due, in the order of their time, and after each what is above
               -> immediates, and after each what is above          -> again, until there is nothing to wait for

A timer's time counts from when it is made, in whole milliseconds as in node: so of two that are made together the shorter goes first, and a program that has computed
for a while before it makes one does not find it due at once.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.event_loop import Job
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call_as_job
from tracewright_javascript.conversions import to_number, truth
from tracewright_javascript.realm import Agent, Realm, as_realm

MILLISECOND: Final = 1_000_000  # nanoseconds
SHORTEST: Final = 1.0  # milliseconds: a timer of that time is due when the loop next looks


@final
class CallJob(Job):
    """A call without arguments."""

    def __init__(self, realm: Realm, function: Value) -> None:
        self.realm = realm
        self.function = function
        self.context = realm.agent.async_context

    def run(self) -> None:
        self.realm.agent.async_context = self.context
        call_as_job(self.realm, self.function, [])


@final
class TimerJob(Job):
    """The call of a timer, which is forgotten before."""

    def __init__(self, realm: Realm, number: int, function: Value) -> None:
        self.realm = realm
        self.number = number
        self.function = function
        self.context = realm.agent.async_context

    def run(self) -> None:
        self.realm.agent.async_context = self.context
        stop_timer(self.realm.agent, self.number)
        call_as_job(self.realm, self.function, [])


def stop_timer(agent: Agent, number: int) -> None:
    """The timer never runs, whether it is still there or not."""
    timer = agent.timers.get(number)
    if timer is not None:
        timer.cancel()
        del agent.timers[number]
        if number in agent.unreferenced:
            del agent.unreferenced[number]


def _start_timer(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`startTimer(milliseconds, function)`: its number."""
    agent = as_realm(realm).agent
    milliseconds = to_number(argument_at(stack, frame, count, 0))
    nanoseconds = int(milliseconds * float(MILLISECOND)) if milliseconds > SHORTEST else 0
    agent.timers_made += 1
    number = agent.timers_made
    job = TimerJob(as_realm(realm), number, argument_at(stack, frame, count, 1))
    now = agent.loop.clock.now()
    agent.timers[number] = agent.loop.add_timer(now - now % MILLISECOND + nanoseconds, job)
    return Value.of_int(number)


def _number(stack: VMStack, frame: int, count: int) -> int:
    value = argument_at(stack, frame, count, 0)
    return value.as_int() if value.is_int() else 0


def _stop_timer(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    stop_timer(as_realm(realm).agent, _number(stack, frame, count))
    return Value.UNDEFINED


def _keep_alive(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`keepAlive(number, yes)`: whether the program waits for a timer."""
    agent = as_realm(realm).agent
    number = _number(stack, frame, count)
    if truth(argument_at(stack, frame, count, 1)):
        if number in agent.unreferenced:
            del agent.unreferenced[number]
    elif number in agent.timers:
        agent.unreferenced[number] = True
    return Value.UNDEFINED


def _tick(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    as_realm(realm).agent.ticks.put(CallJob(as_realm(realm), argument_at(stack, frame, count, 0)))
    return Value.UNDEFINED


def _immediate(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    as_realm(realm).agent.immediates.put(CallJob(as_realm(realm), argument_at(stack, frame, count, 0)))
    return Value.UNDEFINED


def _microtask(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    as_realm(realm).agent.loop.add(CallJob(as_realm(realm), argument_at(stack, frame, count, 0)))
    return Value.UNDEFINED


def _async_context(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return as_realm(realm).agent.async_context


def _set_async_context(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`setAsyncContext(value)`: what is scheduled from now on runs with it."""
    as_realm(realm).agent.async_context = argument_at(stack, frame, count, 0)
    return Value.UNDEFINED


SCHEDULING: Final[list[NativeRow]] = [
    ("startTimer", 2, _start_timer),
    ("stopTimer", 1, _stop_timer),
    ("keepAlive", 2, _keep_alive),
    ("tick", 1, _tick),
    ("immediate", 1, _immediate),
    ("microtask", 1, _microtask),
    ("asyncContext", 0, _async_context),
    ("setAsyncContext", 1, _set_async_context),
]


def waits_for_timers(agent: Agent) -> bool:
    """Whether there is a timer that keeps the program alive."""
    return len(agent.timers) > len(agent.unreferenced)
