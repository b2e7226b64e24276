"""Databases: SQLite, by its own library. Statements are prepared once and kept by their text."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL, MissingLibrary, bytes_at, text_at
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.core.weak import collect_garbage, run_due_finalizers
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff import libraries_sqlite as sqlite
from tracewright_ruff.builtins import arguments
from tracewright_ruff.builtins.system_errors import bytes_value
from tracewright_ruff.connections import Connection, W_Database, new_database
from tracewright_ruff.display import debug_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import (
    W_Array,
    W_Bytes,
    W_Dict,
    W_String,
    array_from_list,
    as_array,
    text_value,
)
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

STATEMENTS_KEPT: Final = 64
BUSY_MILLISECONDS: Final = 5000
OTHER_KINDS: Final[list[str]] = ["postgres", "postgresql", "mysql"]


# --- connections -----------------------------------------------------------------------------------------------------
def native_connect(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_connect(kind, place)`: of SQLite, the path of a file, made if it is not there, or `:memory:`"""
    message = "db_connect() requires database type and connection string"
    if count < 2:
        raise GuestError(message)
    kind = arguments.text_at(stack, first, message)
    place = arguments.text_at(stack, first + 1, message)
    if kind in OTHER_KINDS:
        raise GuestError(f"db_connect() with '{kind}' is not supported yet")
    if kind != "sqlite":
        raise GuestError(f"db_connect() knows no database type '{kind}'")
    if "\0" in place:
        raise GuestError("db_connect() connection string must not contain NUL bytes")
    try:
        sqlite.SQLITE.require()
    except MissingLibrary as error:
        raise GuestError(str(error))
    run_due_finalizers()
    words = Array(1, 0)
    flags = sqlite.OPEN_READWRITE | sqlite.OPEN_CREATE
    result = sqlite.open_database(place.encode(), words, flags, None)
    if result != sqlite.OK:  # perhaps because of what the program has dropped, and the collector not yet found
        sqlite.close_database(words[0])
        collect_garbage()
        run_due_finalizers()
        result = sqlite.open_database(place.encode(), words, flags, None)
    if result != sqlite.OK:
        reason = _reason(words[0]) if words[0] != NULL else "out of memory"
        sqlite.close_database(words[0])
        raise GuestError(f"Failed to connect to SQLite database '{place}': {reason}")
    sqlite.busy_timeout(words[0], BUSY_MILLISECONDS)
    return Value.of_object(new_database(words[0]))


def _reason(database: int) -> str:
    return decode_lossy(text_at(sqlite.error_message(database)))


def _database(stack: VMStack, first: int, count: int, name: str) -> Connection:
    if count > 0 and stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_Database):
            if thing.connection.address == NULL:
                raise GuestError(f"{name}() database connection is closed")
            return thing.connection
    raise GuestError(f"{name}() requires a database connection")


def _failure(name: str, database: Connection) -> GuestError:
    return GuestError(f"{name}() failed: {_reason(database.address)}")


def native_close(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_close(db)`"""
    _database(stack, first, count, "db_close").close()
    return Value.TRUE


# --- statements ------------------------------------------------------------------------------------------------------
def _prepared(database: Connection, text: str, name: str) -> int:
    """The statement of a text, ready to run."""
    known = database.statements.get(text, NULL)
    if known != NULL:
        return known
    if len(database.statements) >= STATEMENTS_KEPT:
        database.forget_statements()
    statement = Array(1, 0)
    rest = Array(1, 0)
    data = text.encode()
    if sqlite.prepare(database.address, data, len(data), statement, rest) != sqlite.OK:
        raise _failure(name, database)
    if statement[0] == NULL:
        raise GuestError(f"{name}() requires an SQL statement")
    behind = text_at(rest[0]).strip() if rest[0] != NULL else b""
    if len(behind) > 0 and not behind.startswith(b"--"):
        sqlite.finalize(statement[0])
        raise GuestError(f"{name}() takes one SQL statement at a time")
    database.statements[text] = statement[0]
    return statement[0]


def _bind(statement: int, index: int, value: Value) -> int:
    if value.is_int():
        return sqlite.bind_int(statement, index, value.as_int())
    if value.is_float():
        return sqlite.bind_float(statement, index, value.as_float())
    if value.is_bool():
        return sqlite.bind_int(statement, index, 1 if value.as_bool() else 0)
    if not value.is_object():
        return sqlite.bind_null(statement, index)
    thing = value.as_object()
    if isinstance(thing, W_String):
        data = thing.flat().encode()
        return sqlite.bind_text(statement, index, data, len(data), sqlite.TRANSIENT)
    if isinstance(thing, W_Bytes):
        return sqlite.bind_bytes(statement, index, thing.data, len(thing.data), sqlite.TRANSIENT)
    raise GuestError(f"a database cannot hold {debug_text(value)}")


@final
class Running:
    """A statement with its parameters; to be ended."""

    def __init__(self, database: Connection, statement: int, name: str) -> None:
        self.database = database
        self.statement = statement
        self.name = name  # of the builtin

    def bind(self, parameters: W_Array | None) -> None:
        """Give it its parameters."""
        given = 0 if parameters is None else parameters.length
        wanted = sqlite.parameter_count(self.statement)
        if given != wanted:
            raise GuestError(f"{self.name}() statement has {wanted} parameters, got {given}")
        for index in range(given):
            if parameters is not None and _bind(self.statement, index + 1, parameters.items[index]) != sqlite.OK:
                raise _failure(self.name, self.database)

    def next_row(self) -> bool:
        """Go on to the next row; False at the end."""
        result = sqlite.step(self.statement)
        if result != sqlite.ROW and result != sqlite.DONE:
            raise _failure(self.name, self.database)
        return result == sqlite.ROW

    def end(self) -> None:
        """It may be run again, by anybody."""
        sqlite.reset(self.statement)
        sqlite.clear_bindings(self.statement)


def _start(stack: VMStack, first: int, count: int, name: str) -> Running:
    database = _database(stack, first, count, name)
    message = f"{name}() requires a SQL string"
    if count < 2:
        raise GuestError(message)
    running = Running(database, _prepared(database, arguments.text_at(stack, first + 1, message), name), name)
    parameters: W_Array | None = None
    if count > 2 and not stack[first + 2].same(Value.NULL):
        parameters = as_array(stack[first + 2])
        if parameters is None:
            raise GuestError(f"{name}() parameters must be an array")
    try:
        running.bind(parameters)
    except GuestError:
        running.end()
        raise
    return running


def native_execute(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_execute(db, sql)`, `db_execute(db, sql, parameters)`: how many rows it has changed"""
    running = _start(stack, first, count, "db_execute")
    try:
        while running.next_row():
            pass
        if sqlite.is_read_only(running.statement) == 1:
            return Value.of_int(0)
        return Value.of_int(sqlite.changes(running.database.address))
    finally:
        running.end()


def native_query(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`db_query(db, sql)`, `db_query(db, sql, parameters)`: an array of dictionaries"""
    running = _start(stack, first, count, "db_query")
    rows: list[Value] = []
    try:
        names: list[str] = []
        while running.next_row():
            if len(rows) == 0:
                for index in range(sqlite.column_count(running.statement)):
                    names.append(decode_lossy(text_at(sqlite.column_name(running.statement, index))))
            table = W_Dict(session.dict_shape)
            for index in range(len(names)):
                table.set_text(names[index], _column(running.statement, index))
            rows.append(Value.of_object(table))
    finally:
        running.end()
    return array_from_list(rows)


def _column(statement: int, index: int) -> Value:
    match sqlite.column_type(statement, index):
        case sqlite.INTEGER:
            return Value.of_int(sqlite.column_int(statement, index))
        case sqlite.FLOAT:
            return Value.of_float(sqlite.column_float(statement, index))
        case sqlite.TEXT:
            return text_value(decode_lossy(_column_bytes(statement, index)))
        case sqlite.BLOB:
            return bytes_value(_column_bytes(statement, index))
        case _:
            return Value.NULL


def _column_bytes(statement: int, index: int) -> bytes:
    place = sqlite.column_bytes(statement, index)
    return bytes_at(place, sqlite.column_length(statement, index)) if place != NULL else b""


# --- transactions ----------------------------------------------------------------------------------------------------
def _command(stack: VMStack, first: int, count: int, name: str, text: str) -> Value:
    database = _database(stack, first, count, name)
    running = Running(database, _prepared(database, text, name), name)
    try:
        running.next_row()
    finally:
        running.end()
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
    database = _database(stack, first, count, "db_last_insert_id")
    return Value.of_int(sqlite.last_insert_rowid(database.address))


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
