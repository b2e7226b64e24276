"""What Ruff uses of SQLite."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CData, CDouble, CInt, CLong, CText, CWords, Library
from tracewright.core.foreign_headers import Header

SQLITE: Final = Library(["libsqlite3.so.0"], package="libsqlite3-0")
_TYPES: Final = (
    "typedef struct sqlite3 sqlite3; typedef struct sqlite3_stmt sqlite3_stmt; typedef long long int sqlite3_int64;"
)
SQLITE_H: Final = Header("sqlite3.h", SQLITE, types=_TYPES)

OK: Final = SQLITE_H.constant("SQLITE_OK", 0)
ROW: Final = SQLITE_H.constant("SQLITE_ROW", 100)
DONE: Final = SQLITE_H.constant("SQLITE_DONE", 101)
INTEGER: Final = SQLITE_H.constant("SQLITE_INTEGER", 1)
FLOAT: Final = SQLITE_H.constant("SQLITE_FLOAT", 2)
TEXT: Final = SQLITE_H.constant("SQLITE_TEXT", 3)
BLOB: Final = SQLITE_H.constant("SQLITE_BLOB", 4)
OPEN_READWRITE: Final = SQLITE_H.constant("SQLITE_OPEN_READWRITE", 2)
OPEN_CREATE: Final = SQLITE_H.constant("SQLITE_OPEN_CREATE", 4)
TRANSIENT: Final = -1  # in place of a function that frees: the library copies what it is given


@SQLITE_H.function("int sqlite3_open_v2(const char *, sqlite3 **, int, const char *)")
def open_database(path: CText, database: CWords, flags: CInt, system: CText | None) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_close_v2(sqlite3 *)")
def close_database(database: CAddress) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("const char *sqlite3_errmsg(sqlite3 *)")
def error_message(database: CAddress) -> CAddress:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_busy_timeout(sqlite3 *, int)")
def busy_timeout(database: CAddress, milliseconds: CInt) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("sqlite3_int64 sqlite3_last_insert_rowid(sqlite3 *)")
def last_insert_rowid(database: CAddress) -> CLong:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_changes(sqlite3 *)")
def changes(database: CAddress) -> CInt:
    raise NotImplementedError


# --- statements ------------------------------------------------------------------------------------------------------
@SQLITE_H.function("int sqlite3_prepare_v2(sqlite3 *, const char *, int, sqlite3_stmt **, const char **)")
def prepare(database: CAddress, text: CText, count: CInt, statement: CWords, rest: CWords) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_finalize(sqlite3_stmt *)")
def finalize(statement: CAddress) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_reset(sqlite3_stmt *)")
def reset(statement: CAddress) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_clear_bindings(sqlite3_stmt *)")
def clear_bindings(statement: CAddress) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_step(sqlite3_stmt *)")
def step(statement: CAddress) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_stmt_readonly(sqlite3_stmt *)")
def is_read_only(statement: CAddress) -> CInt:
    raise NotImplementedError


# --- parameters ------------------------------------------------------------------------------------------------------
@SQLITE_H.function("int sqlite3_bind_parameter_count(sqlite3_stmt *)")
def parameter_count(statement: CAddress) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_bind_null(sqlite3_stmt *, int)")
def bind_null(statement: CAddress, index: CInt) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_bind_int64(sqlite3_stmt *, int, sqlite3_int64)")
def bind_int(statement: CAddress, index: CInt, number: CLong) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_bind_double(sqlite3_stmt *, int, double)")
def bind_float(statement: CAddress, index: CInt, number: CDouble) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_bind_text(sqlite3_stmt *, int, const char *, int, void (*)(void *))")
def bind_text(statement: CAddress, index: CInt, text: CText, count: CInt, free: CAddress) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_bind_blob(sqlite3_stmt *, int, const void *, int, void (*)(void *))")
def bind_bytes(statement: CAddress, index: CInt, data: CData, count: CInt, free: CAddress) -> CInt:
    raise NotImplementedError


# --- columns ---------------------------------------------------------------------------------------------------------
@SQLITE_H.function("int sqlite3_column_count(sqlite3_stmt *)")
def column_count(statement: CAddress) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("const char *sqlite3_column_name(sqlite3_stmt *, int)")
def column_name(statement: CAddress, index: CInt) -> CAddress:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_column_type(sqlite3_stmt *, int)")
def column_type(statement: CAddress, index: CInt) -> CInt:
    raise NotImplementedError


@SQLITE_H.function("sqlite3_int64 sqlite3_column_int64(sqlite3_stmt *, int)")
def column_int(statement: CAddress, index: CInt) -> CLong:
    raise NotImplementedError


@SQLITE_H.function("double sqlite3_column_double(sqlite3_stmt *, int)")
def column_float(statement: CAddress, index: CInt) -> CDouble:
    raise NotImplementedError


@SQLITE_H.function("const void *sqlite3_column_blob(sqlite3_stmt *, int)")
def column_bytes(statement: CAddress, index: CInt) -> CAddress:
    raise NotImplementedError


@SQLITE_H.function("int sqlite3_column_bytes(sqlite3_stmt *, int)")
def column_length(statement: CAddress, index: CInt) -> CInt:
    raise NotImplementedError
