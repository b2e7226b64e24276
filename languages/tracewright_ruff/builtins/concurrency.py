"""Promises that are settled later, tasks, channels, and the values that all tasks share."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.integers import ovf_add
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.event_loop import Job
from tracewright_ruff.builtins.arguments import array_at, float_of, int_at, is_number, saturated_int, text_at
from tracewright_ruff.calls import awaited, is_callable
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import (
    PENDING,
    REJECTED,
    W_Array,
    W_Channel,
    W_Promise,
    W_Task,
    given,
    new_struct,
    share,
)
from tracewright_ruff.scheduler import (
    FollowJob,
    frame_for_natives,
    pending_promise,
    promise_of_time,
    receive,
    reject,
    resolve,
    scheduler_of,
    send,
    sleep,
    start_task,
    wait_for,
    when_settled,
)
from tracewright_ruff.session import (
    ARITY_ANY,
    ARITY_METADATA,
    AWAIT,
    COPY_OF_GLOBAL,
    SPAWN,
    GlobalCell,
    Session,
    W_Native,
)

MOST_MILLISECONDS: Final = 1e12  # beyond this, a number of milliseconds does not fit the clock
NANOSECONDS: Final = 1e6  # in a millisecond


def as_promise(value: Value) -> W_Promise | None:
    """The promise, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Promise):
            return thing
    return None


def nanoseconds_at(stack: VMStack, first: int, count: int, index: int, message: str) -> int:
    """Argument `index`, a number of milliseconds that is not negative, in nanoseconds."""
    if count <= index or not is_number(stack[first + index]) or not float_of(stack[first + index]) >= 0.0:
        raise GuestError(message)
    return saturated_int(min(float_of(stack[first + index]), MOST_MILLISECONDS) * NANOSECONDS)


# --- the passing of time ---------------------------------------------------------------------------------------------
@final
class RejectJob(Job):
    """Rejects a promise."""

    def __init__(self, session: Session, promise: W_Promise, message: str) -> None:
        self.session = session
        self.promise = promise
        self.message = message

    def run(self) -> None:
        reject(self.session, self.promise, self.message)


def native_async_sleep(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`async_sleep(ms)`"""
    wait = nanoseconds_at(stack, first, count, 0, "async_sleep() requires non-negative milliseconds")
    return Value.of_object(promise_of_time(session, wait))


def native_sleep(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`sleep(ms)`: other tasks go on meanwhile"""
    wait = nanoseconds_at(stack, first, count, 0, "sleep() requires non-negative milliseconds")
    sleep(session, stack, first, wait)
    return Value.of_int(0)


def native_async_timeout(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`async_timeout(p, ms)`: as `p`, but rejected if that takes too long"""
    message = "async_timeout() requires a promise and non-negative milliseconds"
    source = as_promise(stack[first]) if count > 0 else None
    if source is None:
        raise GuestError(message)
    wait = nanoseconds_at(stack, first, count, 1, message)
    if source.state != PENDING:
        return stack[first]
    promise = pending_promise()
    when_settled(source, FollowJob(session, source, promise))
    loop = scheduler_of(session).loop
    late = RejectJob(session, promise, f"Timeout after {wait // 1_000_000}ms")
    loop.add_timer(loop.clock.now() + wait, late)
    return Value.of_object(promise)


def native_await(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """What AWAIT does with a promise that is pending."""
    promise = as_promise(stack[first])
    assert promise is not None
    wait_for(session, stack, first, promise)
    return awaited(stack[first])


# --- all of several --------------------------------------------------------------------------------------------------
@final
class Gathering:
    """The results of several promises, in order, for one promise of them all."""

    def __init__(self, session: Session, count: int) -> None:
        self.session = session
        self.promise = pending_promise()
        self.results: Array[Value] = Array(count, Value.NULL)
        self.missing = count

    def note(self, index: int, source: W_Promise, failure: str) -> None:
        """Promise `index` is settled; `failure` stands in front of the reason if it was rejected."""
        if source.state == REJECTED:
            reject(self.session, self.promise, failure + source.message)
            return
        self.results[index] = share(source.result)
        self.missing -= 1
        self.finish()

    def finish(self) -> None:
        """Resolve, if nothing is missing."""
        if self.missing == 0:
            array = W_Array(self.results, len(self.results))
            resolve(self.session, self.promise, Value.of_object(array))


@final
class NoteJob(Job):
    """Tells a gathering that one of its promises is settled."""

    def __init__(self, gathering: Gathering, index: int, source: W_Promise) -> None:
        self.gathering = gathering
        self.index = index
        self.source = source

    def run(self) -> None:
        self.gathering.note(self.index, self.source, f"Promise {self.index} rejected: ")


def native_promise_all(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`promise_all(ps)`, `promise_all(ps, limit)`: all have begun already, so the limit changes nothing"""
    array = array_at(stack, first, "Promise.all() requires an array of promises")
    gathering = Gathering(session, array.length)
    sources: list[W_Promise] = []
    for index in range(array.length):
        source = as_promise(array.items[index])
        if source is None:
            raise GuestError(f"Promise.all() array element {index} is not a Promise")
        sources.append(source)
    for index in range(len(sources)):
        job = NoteJob(gathering, index, sources[index])
        if sources[index].state == PENDING:
            when_settled(sources[index], job)
        else:
            job.run()
    gathering.finish()
    return Value.of_object(gathering.promise)


@final
class ParallelMap(Job):
    """`parallel_map`: a task for each element, so many at a time. To run the job is to look which have ended."""

    def __init__(self, session: Session, items: W_Array, function: Value, limit: int) -> None:
        self.session = session
        self.items = items
        self.function = function
        self.limit = limit
        self.gathering = Gathering(session, items.length)
        self.next = 0
        self.running: list[W_Promise] = []
        self.running_indexes: list[int] = []

    def start(self, first: int) -> None:
        """Begin as many as may run; `first` is that of a native."""
        while self.next < self.items.length and len(self.running) < self.limit:
            if self.gathering.promise.state != PENDING:
                return
            index = self.next
            self.next += 1
            promise = start_task(self.session, first, self.function, [share(self.items.items[index])], None)
            if promise.state != PENDING:
                self.gathering.note(index, promise, "")
                continue
            self.running.append(promise)
            self.running_indexes.append(index)
            when_settled(promise, self)

    def run(self) -> None:
        position = 0
        while position < len(self.running):
            promise = self.running[position]
            if promise.state == PENDING:
                position += 1
                continue
            index = self.running_indexes.pop(position)
            self.running.pop(position)
            self.gathering.note(index, promise, "")
        top = self.session.stack.top
        self.start(frame_for_natives(self.session))
        self.session.stack.reserve(top)


def _parallel(session: Session, stack: VMStack, first: int, count: int, keeps: bool) -> Value:
    name = "parallel_map" if keeps else "par_each"
    message = f"{name} expects an array and a function"
    array = array_at(stack, first, message)
    if not is_callable(stack[first + 1]):
        raise GuestError(message)
    limit = scheduler_of(session).pool_size
    if count > 2:
        limit = int_at(stack, first + 2, f"{name} concurrency limit must be a positive integer")
        if limit < 1:
            raise GuestError(f"{name} concurrency limit must be a positive integer")
    array.shared = True
    parallel = ParallelMap(session, array, stack[first + 1], limit)
    parallel.gathering.finish()
    parallel.start(first)
    if keeps:
        return Value.of_object(parallel.gathering.promise)
    promise = pending_promise()
    job = DropResult(session, parallel.gathering.promise, promise)
    if parallel.gathering.promise.state == PENDING:
        when_settled(parallel.gathering.promise, job)
    else:
        job.run()
    return Value.of_object(promise)


@final
class DropResult(Job):
    """Settles a promise as another one has been, but with null."""

    def __init__(self, session: Session, source: W_Promise, target: W_Promise) -> None:
        self.session = session
        self.source = source
        self.target = target

    def run(self) -> None:
        if self.source.state == REJECTED:
            reject(self.session, self.target, self.source.message)
        else:
            resolve(self.session, self.target, Value.NULL)


def native_parallel_map(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`parallel_map(a, f)`, `parallel_map(a, f, limit)`: a promise of the results, in order"""
    return _parallel(session, stack, first, count, True)


def native_par_each(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`par_each(a, f)`, `par_each(a, f, limit)`: a promise of null"""
    return _parallel(session, stack, first, count, False)


# --- tasks and channels ----------------------------------------------------------------------------------------------
def native_spawn(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`spawn { ... }`: run the block's function as a task. Its errors are dropped."""
    start_task(session, first, stack[first], [], None)
    return Value.NULL


def native_copy_of_global(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """What a spawned block takes along of a global."""
    cell = stack[first].as_object()
    assert isinstance(cell, GlobalCell)
    return share(cell.read())


def native_spawn_task(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`spawn_task(f)`: a handle of the task"""
    if count < 1 or not is_callable(stack[first]):
        raise GuestError("spawn_task() requires an async function")
    handle = W_Task(pending_promise())
    start_task(session, first, stack[first], [], handle)
    return Value.of_object(handle)


def _task_at(stack: VMStack, first: int, count: int, name: str) -> W_Task:
    if count > 0 and stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_Task):
            return thing
    raise GuestError(f"{name}() requires a TaskHandle argument")


def native_await_task(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`await_task(h)`: the promise of the task's result"""
    return Value.of_object(_task_at(stack, first, count, "await_task").promise)


def native_cancel_task(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`cancel_task(h)`: whether it was still running"""
    task = _task_at(stack, first, count, "cancel_task")
    if task.promise.state != PENDING:
        return Value.FALSE
    task.cancelled = True
    reject(session, task.promise, "Task was cancelled")
    return Value.TRUE


def native_channel(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`channel()`"""
    return Value.of_object(W_Channel())


def _channel_at(stack: VMStack, first: int, count: int, expected: int, name: str) -> W_Channel:
    if count != expected + 1:
        raise GuestError(f"Channel.{name} expects {expected} arguments, got {count - 1}")
    thing = stack[first].as_object()
    assert isinstance(thing, W_Channel)
    return thing


def native_send(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ch.send(v)`"""
    channel = _channel_at(stack, first, count, 1, "send")
    send(session, channel, given(stack, first, moved, 1))
    return Value.TRUE


def native_receive(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ch.receive()`: the oldest value; null if there is none and nobody else can run"""
    return receive(session, stack, first, _channel_at(stack, first, count, 0, "receive"))


def native_set_pool_size(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`set_task_pool_size(n)`: the size before"""
    message = "set_task_pool_size() requires a positive integer"
    if count < 1:
        raise GuestError(message)
    size = int_at(stack, first, message)
    if size < 1:
        raise GuestError(message)
    scheduler = scheduler_of(session)
    before = scheduler.pool_size
    scheduler.pool_size = size
    return Value.of_int(before)


def native_get_pool_size(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`get_task_pool_size()`"""
    return Value.of_int(scheduler_of(session).pool_size)


# --- shared values ---------------------------------------------------------------------------------------------------
def _shared_key(stack: VMStack, first: int, count: int, expected: int, name: str) -> str:
    if count < expected:
        raise GuestError(f"{name} expects {expected} argument{'' if expected == 1 else 's'}, got {count}")
    return text_at(stack, first, f"{name} requires a string key")


def native_shared_set(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`shared_set(k, v)`"""
    key = _shared_key(stack, first, count, 2, "shared_set")
    scheduler_of(session).shared[key] = given(stack, first, moved, 1)
    return Value.TRUE


def native_shared_get(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`shared_get(k)`"""
    key = _shared_key(stack, first, count, 1, "shared_get")
    value = scheduler_of(session).shared.get(key, Value.UNDEFINED)
    if value.same(Value.UNDEFINED):
        raise GuestError(f"shared_get key '{key}' not found")
    return share(value)


def native_shared_has(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`shared_has(k)`"""
    return Value.of_bool(_shared_key(stack, first, count, 1, "shared_has") in scheduler_of(session).shared)


def native_shared_delete(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`shared_delete(k)`: whether there was one"""
    key = _shared_key(stack, first, count, 1, "shared_delete")
    shared = scheduler_of(session).shared
    if key not in shared:
        return Value.FALSE
    del shared[key]
    return Value.TRUE


def native_shared_add_int(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`shared_add_int(k, n)`: the new value"""
    key = _shared_key(stack, first, count, 2, "shared_add_int")
    shared = scheduler_of(session).shared
    value = shared.get(key, Value.UNDEFINED)
    if value.same(Value.UNDEFINED):
        raise GuestError(f"shared_add_int key '{key}' not found")
    if not value.is_int() or not stack[first + 1].is_int():
        raise GuestError("shared_add_int requires integers")
    try:
        shared[key] = Value.of_int(ovf_add(value.as_int(), stack[first + 1].as_int()))
    except OverflowError:
        raise GuestError(f"Integer overflow: {value.as_int()} + {stack[first + 1].as_int()}")
    return shared[key]


PROMISE_ALL: Final = W_Native("promise_all", 1, 2, ARITY_METADATA, native_promise_all, shown_name="Promise.all")

ROWS: Final[list[W_Native]] = [
    W_Native("sleep", 1, 1, ARITY_ANY, native_sleep, calls_back=True),
    W_Native("async_sleep", 1, 1, ARITY_ANY, native_async_sleep),
    W_Native("async_timeout", 2, 2, ARITY_ANY, native_async_timeout),
    PROMISE_ALL,
    W_Native("await_all", 1, 2, ARITY_METADATA, native_promise_all, shown_name="Promise.all"),
    W_Native("parallel_map", 2, 3, ARITY_METADATA, native_parallel_map, calls_back=True),
    W_Native("par_map", 2, 3, ARITY_METADATA, native_parallel_map, calls_back=True, shown_name="parallel_map"),
    W_Native("par_each", 2, 3, ARITY_METADATA, native_par_each, calls_back=True),
    W_Native("spawn_task", 1, 1, ARITY_ANY, native_spawn_task, calls_back=True),
    W_Native("await_task", 1, 1, ARITY_ANY, native_await_task),
    W_Native("cancel_task", 1, 1, ARITY_ANY, native_cancel_task),
    W_Native("channel", 0, 0, ARITY_ANY, native_channel),
    W_Native("set_task_pool_size", 1, 1, ARITY_ANY, native_set_pool_size),
    W_Native("get_task_pool_size", 0, 0, ARITY_ANY, native_get_pool_size),
    W_Native("shared_set", 2, 2, ARITY_ANY, native_shared_set),
    W_Native("shared_get", 1, 1, ARITY_ANY, native_shared_get),
    W_Native("shared_has", 1, 1, ARITY_ANY, native_shared_has),
    W_Native("shared_delete", 1, 1, ARITY_ANY, native_shared_delete),
    W_Native("shared_add_int", 2, 2, ARITY_ANY, native_shared_add_int),
]

CHANNEL_METHODS: Final[list[W_Native]] = [
    W_Native("send", 2, 2, ARITY_ANY, native_send),
    W_Native("receive", 1, 1, ARITY_ANY, native_receive, calls_back=True),
]

STATEMENTS: Final[list[W_Native]] = [
    W_Native(AWAIT, 1, 1, ARITY_ANY, native_await, calls_back=True),
    W_Native(SPAWN, 1, 1, ARITY_ANY, native_spawn, calls_back=True),
    W_Native(COPY_OF_GLOBAL, 1, 1, ARITY_ANY, native_copy_of_global),
]


def promise_namespace(session: Session) -> Value:
    """What the name `Promise` means: `Promise.all(ps)` is `promise_all(ps)`."""
    return new_struct(session, "Promise", ["all"], [Value.of_object(PROMISE_ALL)])
