"""What Ruff uses of PostgreSQL's libpq."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CInt, CText, CUnsigned, Library
from tracewright.core.foreign_headers import Header

POSTGRES: Final = Library(["libpq.so.5"], package="libpq5")
_TYPES: Final = (
    "typedef struct pg_conn PGconn; typedef struct pg_result PGresult; typedef int ConnStatusType; "
    "typedef int ExecStatusType; typedef unsigned int Oid;"
)
LIBPQ_H: Final = Header("postgresql/libpq-fe.h", POSTGRES, types=_TYPES)

CONNECTED: Final = LIBPQ_H.constant("CONNECTION_OK", 0)
EMPTY: Final = LIBPQ_H.constant("PGRES_EMPTY_QUERY", 0)
COMMAND_DONE: Final = LIBPQ_H.constant("PGRES_COMMAND_OK", 1)
ROWS: Final = LIBPQ_H.constant("PGRES_TUPLES_OK", 2)
PRIMARY_MESSAGE: Final = 77  # `M`, a field of an error

# Object identifiers of types, as the server's catalogue has them.
BOOL: Final = 16
BYTEA: Final = 17
INT8: Final = 20
INT2: Final = 21
INT4: Final = 23
OID: Final = 26
FLOAT4: Final = 700
FLOAT8: Final = 701
NUMERIC: Final = 1700


@LIBPQ_H.function("PGconn *PQconnectdb(const char *)")
def connect(place: CText) -> CAddress:
    raise NotImplementedError


@LIBPQ_H.function("ConnStatusType PQstatus(const PGconn *)")
def status(connection: CAddress) -> CInt:
    raise NotImplementedError


@LIBPQ_H.function("char *PQerrorMessage(const PGconn *)")
def error_message(connection: CAddress) -> CAddress:
    raise NotImplementedError


@LIBPQ_H.function("void PQfinish(PGconn *)")
def close(connection: CAddress) -> None:
    raise NotImplementedError


@LIBPQ_H.function(
    "PGresult *PQexecParams(PGconn *, const char *, int, const Oid *, const char *const *, const int *, const int *, int)"
)
def run(
    connection: CAddress,
    text: CText,
    count: CInt,
    types: CAddress,
    values: CAddress,
    lengths: CAddress,
    formats: CAddress,
    result_format: CInt,
) -> CAddress:
    raise NotImplementedError


# --- results ---------------------------------------------------------------------------------------------------------
@LIBPQ_H.function("ExecStatusType PQresultStatus(const PGresult *)")
def result_status(result: CAddress) -> CInt:
    raise NotImplementedError


@LIBPQ_H.function("char *PQresultErrorField(const PGresult *, int)")
def error_field(result: CAddress, field: CInt) -> CAddress:
    raise NotImplementedError


@LIBPQ_H.function("void PQclear(PGresult *)")
def free_result(result: CAddress) -> None:
    raise NotImplementedError


@LIBPQ_H.function("char *PQcmdTuples(PGresult *)")
def changed_rows(result: CAddress) -> CAddress:
    raise NotImplementedError


@LIBPQ_H.function("char *PQcmdStatus(PGresult *)")
def command_tag(result: CAddress) -> CAddress:
    raise NotImplementedError


@LIBPQ_H.function("int PQntuples(const PGresult *)")
def row_count(result: CAddress) -> CInt:
    raise NotImplementedError


@LIBPQ_H.function("int PQnfields(const PGresult *)")
def column_count(result: CAddress) -> CInt:
    raise NotImplementedError


@LIBPQ_H.function("char *PQfname(const PGresult *, int)")
def column_name(result: CAddress, column: CInt) -> CAddress:
    raise NotImplementedError


@LIBPQ_H.function("Oid PQftype(const PGresult *, int)")
def column_type(result: CAddress, column: CInt) -> CUnsigned:
    raise NotImplementedError


@LIBPQ_H.function("int PQgetisnull(const PGresult *, int, int)")
def is_null(result: CAddress, row: CInt, column: CInt) -> CInt:
    raise NotImplementedError


@LIBPQ_H.function("char *PQgetvalue(const PGresult *, int, int)")
def value(result: CAddress, row: CInt, column: CInt) -> CAddress:
    raise NotImplementedError


@LIBPQ_H.function("int PQgetlength(const PGresult *, int, int)")
def value_length(result: CAddress, row: CInt, column: CInt) -> CInt:
    raise NotImplementedError
