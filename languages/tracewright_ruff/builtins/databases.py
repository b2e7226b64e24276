"""Databases: SQLite, PostgreSQL and MySQL, by one set of builtins."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff import databases_mysql, databases_postgres, databases_sqlite
from tracewright_ruff.builtins import arguments
from tracewright_ruff.connections import Connection, W_Database, new_database
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import array_from_list, as_array
from tracewright_ruff.session import ARITY_ANY, Session, W_Native


# --- connections -----------------------------------------------------------------------------------------------------
def connected(kind: str, place: str, name: str) -> W_Database:
    """A new connection, for the builtin of that name. Raises GuestError."""
    if "\0" in place:
        raise GuestError(f"{name}() connection string must not contain NUL bytes")
    match kind:
        case "sqlite":
            return new_database(databases_sqlite.connect(place))
        case "postgres" | "postgresql":
            return new_database(databases_postgres.connect(place))
        case "mysql":
            return new_database(databases_mysql.connect(place))
        case _:
            raise GuestError(f"{name}() knows no database type '{kind}'")


def native_connect(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_connect(kind, place)`: `"sqlite"` and a path or `:memory:`, `"postgres"` or `"mysql"` and a connection string"""
    message = "db_connect() requires database type and connection string"
    if count < 2:
        raise GuestError(message)
    kind = arguments.text_at(stack, first, message)
    return Value.of_object(connected(kind, arguments.text_at(stack, first + 1, message), "db_connect"))


def database_at(stack: VMStack, first: int, count: int, name: str) -> Connection:
    """Argument 0, which is open."""
    if count > 0 and stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_Database):
            if not thing.connection.is_open():
                raise GuestError(f"{name}() database connection is closed")
            return thing.connection
    raise GuestError(f"{name}() requires a database connection")


def native_close(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_close(db)`"""
    database_at(stack, first, count, "db_close").close()
    return Value.TRUE


# --- statements ------------------------------------------------------------------------------------------------------
def _text(stack: VMStack, first: int, count: int, name: str) -> str:
    message = f"{name}() requires a SQL string"
    if count < 2:
        raise GuestError(message)
    return arguments.text_at(stack, first + 1, message)


def _parameters(stack: VMStack, first: int, count: int, name: str) -> list[Value]:
    values: list[Value] = []
    if count > 2 and not stack[first + 2].same(Value.NULL):
        array = as_array(stack[first + 2])
        if array is None:
            raise GuestError(f"{name}() parameters must be an array")
        for index in range(array.length):
            values.append(array.items[index])
    return values


def native_execute(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_execute(db, sql)`, `db_execute(db, sql, parameters)`: how many rows it has changed"""
    name = "db_execute"
    database = database_at(stack, first, count, name)
    text = _text(stack, first, count, name)
    return Value.of_int(database.execute(text, _parameters(stack, first, count, name), name))


def native_query(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_query(db, sql)`, `db_query(db, sql, parameters)`: an array of dictionaries"""
    name = "db_query"
    database = database_at(stack, first, count, name)
    text = _text(stack, first, count, name)
    rows = database.query(session, text, _parameters(stack, first, count, name), name)
    return array_from_list([Value.of_object(row) for row in rows])


# --- transactions ----------------------------------------------------------------------------------------------------
def _command(stack: VMStack, first: int, count: int, name: str, text: str) -> Value:
    database_at(stack, first, count, name).execute(text, [], name)
    return Value.TRUE


def native_begin(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_begin(db)`"""
    return _command(stack, first, count, "db_begin", "BEGIN")


def native_commit(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_commit(db)`"""
    return _command(stack, first, count, "db_commit", "COMMIT")


def native_rollback(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_rollback(db)`"""
    return _command(stack, first, count, "db_rollback", "ROLLBACK")


def native_last_insert_id(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_last_insert_id(db)`"""
    name = "db_last_insert_id"
    return Value.of_int(database_at(stack, first, count, name).last_insert_id(name))


ROWS: Final[list[W_Native]] = [
    W_Native("db_connect", 2, 2, ARITY_ANY, native_connect),
    W_Native("db_close", 1, 1, ARITY_ANY, native_close),
    W_Native("db_execute", 2, 3, ARITY_ANY, native_execute),
    W_Native("db_query", 2, 3, ARITY_ANY, native_query),
    W_Native("db_begin", 1, 1, ARITY_ANY, native_begin),
    W_Native("db_commit", 1, 1, ARITY_ANY, native_commit),
    W_Native("db_rollback", 1, 1, ARITY_ANY, native_rollback),
    W_Native("db_last_insert_id", 1, 1, ARITY_ANY, native_last_insert_id),
]
