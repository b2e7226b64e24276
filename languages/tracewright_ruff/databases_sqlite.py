"""SQLite, by its own library. Statements are prepared once and kept by their text."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL, MissingLibrary, bytes_at, text_at
from tracewright.core.value import Value
from tracewright.core.weak import collect_garbage, run_due_finalizers
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff import libraries_sqlite as sqlite
from tracewright_ruff.connections import Connection
from tracewright_ruff.display import debug_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Bytes, W_Dict, W_String, text_value
from tracewright_ruff.session import Session

STATEMENTS_KEPT: Final = 64
BUSY_MILLISECONDS: Final = 5000


def connect(place: str) -> Connection:
    """The file of this path, made if it is not there, or `:memory:`. Raises GuestError."""
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
    return SqliteConnection(words[0])


def _reason(database: int) -> str:
    return decode_lossy(text_at(sqlite.error_message(database)))


@final
class SqliteConnection(Connection):
    """An open file."""

    def __init__(self, address: int) -> None:
        super().__init__(address)
        self.statements: dict[str, int] = {}  # prepared ones, by their texts

    def _forget_statements(self) -> None:
        for statement in self.statements.values():
            sqlite.finalize(statement)
        self.statements.clear()

    def close(self) -> None:
        if self.address != NULL:
            self._forget_statements()
            sqlite.close_database(self.address)
            self.address = NULL

    def execute(self, text: str, parameters: list[Value], name: str) -> int:
        statement = self._started(text, parameters, name)
        try:
            while self._next_row(statement, name):
                pass
            return 0 if sqlite.is_read_only(statement) == 1 else sqlite.changes(self.address)
        finally:
            _end(statement)

    def query(self, session: Session, text: str, parameters: list[Value], name: str) -> list[W_Dict]:
        statement = self._started(text, parameters, name)
        rows: list[W_Dict] = []
        try:
            names: list[str] = []
            while self._next_row(statement, name):
                if len(rows) == 0:
                    for index in range(sqlite.column_count(statement)):
                        names.append(decode_lossy(text_at(sqlite.column_name(statement, index))))
                table = W_Dict(session.dict_shape)
                for index in range(len(names)):
                    table.set_text(names[index], _column(statement, index))
                rows.append(table)
        finally:
            _end(statement)
        return rows

    def last_insert_id(self, name: str) -> int:
        return sqlite.last_insert_rowid(self.address)

    # --- statements ---
    def _failure(self, name: str) -> GuestError:
        return GuestError(f"{name}() failed: {_reason(self.address)}")

    def _started(self, text: str, parameters: list[Value], name: str) -> int:
        """The statement of a text with its parameters, ready to run, to be ended."""
        statement = self._prepared(text, name)
        wanted = sqlite.parameter_count(statement)
        try:
            if len(parameters) != wanted:
                raise GuestError(f"{name}() statement has {wanted} parameters, got {len(parameters)}")
            for index in range(wanted):
                if _bind(statement, index + 1, parameters[index]) != sqlite.OK:
                    raise self._failure(name)
        except GuestError:
            _end(statement)
            raise
        return statement

    def _prepared(self, text: str, name: str) -> int:
        known = self.statements.get(text, NULL)
        if known != NULL:
            return known
        if len(self.statements) >= STATEMENTS_KEPT:
            self._forget_statements()
        statement = Array(1, 0)
        rest = Array(1, 0)
        data = text.encode()
        if sqlite.prepare(self.address, data, len(data), statement, rest) != sqlite.OK:
            raise self._failure(name)
        if statement[0] == NULL:
            raise GuestError(f"{name}() requires an SQL statement")
        behind = text_at(rest[0]).strip() if rest[0] != NULL else b""
        if len(behind) > 0 and not behind.startswith(b"--"):
            sqlite.finalize(statement[0])
            raise GuestError(f"{name}() takes one SQL statement at a time")
        self.statements[text] = statement[0]
        return statement[0]

    def _next_row(self, statement: int, name: str) -> bool:
        """Go on to the next row; False at the end."""
        result = sqlite.step(statement)
        if result != sqlite.ROW and result != sqlite.DONE:
            raise self._failure(name)
        return result == sqlite.ROW


def _end(statement: int) -> None:
    """It may be run again, by anybody."""
    sqlite.reset(statement)
    sqlite.clear_bindings(statement)


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


def _column(statement: int, index: int) -> Value:
    match sqlite.column_type(statement, index):
        case sqlite.INTEGER:
            return Value.of_int(sqlite.column_int(statement, index))
        case sqlite.FLOAT:
            return Value.of_float(sqlite.column_float(statement, index))
        case sqlite.TEXT:
            return text_value(decode_lossy(_column_bytes(statement, index)))
        case sqlite.BLOB:
            return Value.of_object(W_Bytes(_column_bytes(statement, index)))
        case _:
            return Value.NULL


def _column_bytes(statement: int, index: int) -> bytes:
    place = sqlite.column_bytes(statement, index)
    return bytes_at(place, sqlite.column_length(statement, index)) if place != NULL else b""
