"""Programs that run beside this one, sockets, and what is there to wait for: for the modules `child_process`, `net` and `dns`.

What the system refuses is a negative number, the error's; bytes are strings of units below 256.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import flush_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.child_processes import (
    RUNNING,
    exit_of,
    read_some,
    send_signal,
    start_program,
    write_some,
)
from tracewright.lib.event_loop import Job
from tracewright.lib.sockets import (
    UnknownHost,
    accept_from,
    connect_to,
    connection_failure,
    end_sending,
    hosts_of,
    listen_on,
    local_address,
    peer_address,
    send_at_once,
)
from tracewright.lib.utf8 import decode_lossy
from tracewright.lib.utf16 import units_of_text, utf8_of_units
from tracewright_javascript.access import get_by_key
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call_as_job
from tracewright_javascript.conversions import to_integer, truth
from tracewright_javascript.errors import type_error
from tracewright_javascript.host.files import bytes_at, number_at, path_at, refusal, value_of_bytes
from tracewright_javascript.host.processes import texts_of
from tracewright_javascript.keys import key_of_index, key_of_text
from tracewright_javascript.objects import as_object
from tracewright_javascript.realm import Agent, Realm, as_realm
from tracewright_javascript.values import string_value

LENGTH: Final = key_of_text("length")
AGAIN: Final = -11  # what is given where a call would have to wait


# Waiting


@final
class WatchJob(Job):
    """A call each time that a descriptor is ready."""

    def __init__(self, realm: Realm, function: Value) -> None:
        self.realm = realm
        self.function = function
        self.context = realm.agent.async_context

    def run(self) -> None:
        self.realm.agent.async_context = self.context
        call_as_job(self.realm, self.function, [])


def _watch(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`watch(descriptor, interest, function)`: the number of a watch; of interests, 1 is to read and 2 to write."""
    agent = as_realm(realm).agent
    job = WatchJob(as_realm(realm), argument_at(stack, frame, count, 2))
    agent.watches_made += 1
    watch = agent.loop.watch(number_at(stack, frame, count, 0), number_at(stack, frame, count, 1), job)
    agent.watches[agent.watches_made] = watch
    return Value.of_int(agent.watches_made)


def _unwatch(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`unwatch(number)`"""
    agent = as_realm(realm).agent
    number = number_at(stack, frame, count, 0)
    watch = agent.watches.get(number)
    if watch is not None:
        agent.loop.forget(watch)
        del agent.watches[number]
        if number in agent.idle_watches:
            del agent.idle_watches[number]
    return Value.UNDEFINED


def _wait_for(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`waitFor(number, yes)`: whether the program goes on as long as there is this watch."""
    agent = as_realm(realm).agent
    number = number_at(stack, frame, count, 0)
    if truth(argument_at(stack, frame, count, 1)):
        if number in agent.idle_watches:
            del agent.idle_watches[number]
    elif number in agent.watches:
        agent.idle_watches[number] = True
    return Value.UNDEFINED


def waits_for_descriptors(agent: Agent) -> bool:
    """Whether there is a watch that keeps the program alive."""
    return len(agent.watches) > len(agent.idle_watches)


# Programs


def _spawn(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`spawn(words, variables, folder, descriptors, isLeader)`: `[pid, exit descriptor, our end of each pipe or -1 ...]`."""
    where = as_realm(realm)
    words = [utf8_of_units(text) for text in texts_of(where, argument_at(stack, frame, count, 0))]
    variables = [utf8_of_units(text) for text in texts_of(where, argument_at(stack, frame, count, 1))]
    descriptors = _numbers(where, argument_at(stack, frame, count, 3))
    try:
        flush_output()  # it may go where the program's output goes
        child = start_program(
            words, variables, path_at(stack, frame, count, 2), descriptors, truth(argument_at(stack, frame, count, 4))
        )
    except OSError as error:
        return refusal(error)
    numbers = [child.pid, child.exit_descriptor, *child.descriptors]
    return Value.of_object(where.array_of([Value.of_int(number) for number in numbers]))


def _numbers(realm: Realm, value: Value) -> list[int]:
    """The ints of an array. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        raise type_error("a list of numbers is needed")
    length = int(to_integer(get_by_key(realm, value, LENGTH)))
    return [int(to_integer(get_by_key(realm, value, key_of_index(index)))) for index in range(length)]


def _exit_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`exitOf(pid)`: the exit code, minus the signal, or undefined while it runs."""
    try:
        code = exit_of(number_at(stack, frame, count, 0))
    except OSError as error:
        return refusal(error)
    return Value.UNDEFINED if code == RUNNING else Value.of_int(code)


def _send_signal(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`sendSignal(pid, signal)`"""
    try:
        send_signal(number_at(stack, frame, count, 0), number_at(stack, frame, count, 1))
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


# Bytes


def _read_some(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`readSome(descriptor)`: bytes, none at the end."""
    try:
        data = read_some(number_at(stack, frame, count, 0))
    except OSError as error:
        return refusal(error)
    return Value.of_int(AGAIN) if data is None else value_of_bytes(data)


def _write_some(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`writeSome(descriptor, bytes)`: how many were taken."""
    try:
        taken = write_some(number_at(stack, frame, count, 0), bytes_at(stack, frame, count, 1))
    except OSError as error:
        return refusal(error)
    return Value.of_int(taken if taken >= 0 else AGAIN)


# Sockets


def _hosts_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`hostsOf(name)`: the addresses of a name, or a text that says why it has none."""
    try:
        hosts = hosts_of(decode_lossy(path_at(stack, frame, count, 0)))
    except UnknownHost as problem:
        return string_value(units_of_text(str(problem)))
    return Value.of_object(as_realm(realm).array_of([string_value(host) for host in hosts]))


def _listen(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`listen(host, port)`: a descriptor."""
    try:
        return Value.of_int(listen_on(decode_lossy(path_at(stack, frame, count, 0)), number_at(stack, frame, count, 1)))
    except UnknownHost:
        return Value.of_int(-UNKNOWN_ADDRESS)
    except OSError as error:
        return refusal(error)


def _accept(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`accept(listener)`: a descriptor."""
    try:
        descriptor = accept_from(number_at(stack, frame, count, 0))
    except OSError as error:
        return refusal(error)
    return Value.of_int(descriptor if descriptor >= 0 else AGAIN)


def _connect(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`connect(address, port)`: a descriptor that can be written to when it is connected, or has failed."""
    try:
        return Value.of_int(
            connect_to(decode_lossy(path_at(stack, frame, count, 0)), number_at(stack, frame, count, 1))
        )
    except UnknownHost:
        return Value.of_int(-UNKNOWN_ADDRESS)
    except OSError as error:
        return refusal(error)


def _connection_failure(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`connectionFailure(descriptor)`: 0, or a negative number."""
    return Value.of_int(-connection_failure(number_at(stack, frame, count, 0)))


def _end_sending(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    end_sending(number_at(stack, frame, count, 0))
    return Value.UNDEFINED


def _send_at_once(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    send_at_once(number_at(stack, frame, count, 0))
    return Value.UNDEFINED


def _address(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`address(descriptor, isPeer)`: `127.0.0.1:80`, empty where there is none."""
    descriptor = number_at(stack, frame, count, 0)
    is_peer = truth(argument_at(stack, frame, count, 1))
    return string_value(peer_address(descriptor) if is_peer else local_address(descriptor))


UNKNOWN_ADDRESS: Final = 99  # EADDRNOTAVAIL
DESCRIPTORS: Final[list[NativeRow]] = [
    ("watch", 3, _watch),
    ("unwatch", 1, _unwatch),
    ("waitFor", 2, _wait_for),
    ("spawn", 5, _spawn),
    ("exitOf", 1, _exit_of),
    ("sendSignal", 2, _send_signal),
    ("readSome", 1, _read_some),
    ("writeSome", 2, _write_some),
    ("hostsOf", 1, _hosts_of),
    ("listen", 2, _listen),
    ("accept", 1, _accept),
    ("connect", 2, _connect),
    ("connectionFailure", 1, _connection_failure),
    ("endSending", 1, _end_sending),
    ("sendAtOnce", 1, _send_at_once),
    ("address", 2, _address),
]
