"""Pools of connections to a database, which are made when they are needed and used again, the one that has waited longest first."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.event_loop import Job
from tracewright_ruff.builtins import arguments
from tracewright_ruff.builtins.arguments import float_of, is_number, saturated_int
from tracewright_ruff.builtins.databases import connected
from tracewright_ruff.connections import W_Database
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Dict, W_Promise, as_dict
from tracewright_ruff.opaque import W_Opaque
from tracewright_ruff.scheduler import (
    outcome,
    pending_promise,
    reject,
    resolve,
    resumed_operation,
    scheduler_of,
)
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

DEFAULT_MOST: Final = 10
LARGEST: Final = 1000  # connections of a pool
DEFAULT_SECONDS: Final = 30.0
MOST_SECONDS: Final = 1e6
NANOSECONDS: Final = 1e9


@final
class W_Pool(W_Opaque):
    """A pool."""

    def __init__(self, kind: str, place: str) -> None:
        super().__init__("databasepool")
        self.database_kind = kind
        self.place = place
        self.most: int = DEFAULT_MOST
        self.seconds: float = DEFAULT_SECONDS  # for which a program waits for a connection
        self.free: list[W_Database] = []
        self.used: list[W_Database] = []
        self.waiting: list[W_Promise] = []  # of those who wait for a connection
        self.is_closed = False


@final
class TooLateJob(Job):
    """Tells somebody who waits for a connection that there was none in time."""

    def __init__(self, session: Session, pool: W_Pool, promise: W_Promise) -> None:
        self.session = session
        self.pool = pool
        self.promise = promise

    def run(self) -> None:
        self.pool.waiting = [other for other in self.pool.waiting if other is not self.promise]
        reject(self.session, self.promise, f"no connection became free in {self.pool.seconds:g} seconds")


def native_pool(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_pool(kind, place)`, `db_pool(kind, place, options)`: options are `max_connections` and `connection_timeout`, in seconds"""
    message = "db_pool() requires database type and connection string"
    if count < 2:
        raise GuestError(message)
    kind = arguments.text_at(stack, first, message)
    if kind not in ("sqlite", "postgres", "postgresql", "mysql"):
        raise GuestError(f"db_pool() knows no database type '{kind}'")
    pool = W_Pool(kind, arguments.text_at(stack, first + 1, message))
    if count > 2 and not stack[first + 2].same(Value.NULL):
        options = as_dict(stack[first + 2])
        if options is None:
            raise GuestError("db_pool() options must be a dictionary")
        pool.most = saturated_int(_number(options, "max_connections", float(DEFAULT_MOST), 1.0, float(LARGEST)))
        pool.seconds = _number(options, "connection_timeout", DEFAULT_SECONDS, 0.0, MOST_SECONDS)
    return Value.of_object(pool)


def _number(options: W_Dict, key: str, default: float, least: float, most: float) -> float:
    value = options.get_text(key)
    if value.same(Value.UNDEFINED):
        return default
    if not is_number(value) or not least <= float_of(value) <= most:
        raise GuestError(f"db_pool() option '{key}' must be a number between {least:g} and {most:g}")
    return float_of(value)


def _pool(stack: VMStack, first: int, count: int, name: str) -> W_Pool:
    if count > 0 and stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_Pool):
            return thing
    raise GuestError(f"{name}() requires a database pool")


def native_acquire(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_pool_acquire(pool)`: a connection, to be released; others run while it waits for one"""
    name = "db_pool_acquire"
    operation = resumed_operation(session)
    if operation is None:
        pool = _pool(stack, first, count, name)
        if pool.is_closed:
            raise GuestError(f"{name}() pool is closed")
        while len(pool.free) > 0:
            database = pool.free.pop(0)
            if database.connection.is_open():
                pool.used.append(database)
                return Value.of_object(database)
        pool.used = [used for used in pool.used if used.connection.is_open()]
        if len(pool.used) < pool.most:
            database = connected(pool.database_kind, pool.place, name)
            pool.used.append(database)
            return Value.of_object(database)
        operation = pending_promise()
        pool.waiting.append(operation)
        loop = scheduler_of(session).loop
        late = TooLateJob(session, pool, operation)
        loop.add_timer(loop.clock.now() + saturated_int(pool.seconds * NANOSECONDS), late)
    return outcome(session, stack, first, operation, f"{name}() failed: ")


def native_release(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_pool_release(pool, db)`: it goes to who has waited longest, or back into the pool"""
    name = "db_pool_release"
    pool = _pool(stack, first, count, name)
    if count > 1 and stack[first + 1].is_object():
        thing = stack[first + 1].as_object()
        if isinstance(thing, W_Database):
            if thing not in pool.used:
                raise GuestError(f"{name}() connection is not one of this pool that is in use")
            if len(pool.waiting) > 0 and thing.connection.is_open():
                resolve(session, pool.waiting.pop(0), Value.of_object(thing))
                return Value.TRUE
            pool.used = [other for other in pool.used if other is not thing]
            if thing.connection.is_open():
                pool.free.append(thing)
            return Value.TRUE
    raise GuestError(f"{name}() requires a pool and a database connection")


def native_stats(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_pool_stats(pool)`: a dictionary of `available`, `in_use`, `total` and `max`"""
    pool = _pool(stack, first, count, "db_pool_stats")
    table = W_Dict(session.dict_shape)
    table.set_text("available", Value.of_int(len(pool.free)))
    table.set_text("in_use", Value.of_int(len(pool.used)))
    table.set_text("total", Value.of_int(len(pool.free) + len(pool.used)))
    table.set_text("max", Value.of_int(pool.most))
    return Value.of_object(table)


def native_close(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_pool_close(pool)`: with all of its connections"""
    pool = _pool(stack, first, count, "db_pool_close")
    pool.is_closed = True
    for database in pool.free + pool.used:
        database.connection.close()
    pool.free = []
    pool.used = []
    for promise in pool.waiting:
        reject(session, promise, "the pool was closed")
    pool.waiting = []
    return Value.TRUE


ROWS: Final[list[W_Native]] = [
    W_Native("db_pool", 2, 3, ARITY_ANY, native_pool),
    W_Native("db_pool_acquire", 1, 1, ARITY_ANY, native_acquire, calls_back=True),
    W_Native("db_pool_release", 2, 2, ARITY_ANY, native_release),
    W_Native("db_pool_stats", 1, 1, ARITY_ANY, native_stats),
    W_Native("db_pool_close", 1, 1, ARITY_ANY, native_close),
]
