"""What Ruff uses of MariaDB's client library, which speaks to MySQL, too."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CData, CInt, CLong, CText, CUnsigned, Library
from tracewright.core.foreign_headers import Header

MARIADB: Final = Library(["libmariadb.so.3", "libmysqlclient.so.21"], package="libmariadb3")
_TYPES: Final = (
    "typedef struct st_mysql MYSQL; typedef struct st_mysql_res MYSQL_RES; typedef struct st_mysql_field MYSQL_FIELD; "
    "typedef unsigned long long my_ulonglong; enum mysql_option { MYSQL_SET_CHARSET_NAME = 7 };"
)
MYSQL_H: Final = Header("mariadb/mysql.h", MARIADB, types=_TYPES)

CONNECT_TIMEOUT: Final = MYSQL_H.constant("MYSQL_OPT_CONNECT_TIMEOUT", 0)
CHARACTERS: Final = MYSQL_H.constant("MYSQL_SET_CHARSET_NAME", 7)
BINARY: Final = 63  # the character set of what is no text

# Types of columns.
DECIMAL: Final = MYSQL_H.constant("MYSQL_TYPE_DECIMAL", 0)
TINY: Final = MYSQL_H.constant("MYSQL_TYPE_TINY", 1)
SHORT: Final = MYSQL_H.constant("MYSQL_TYPE_SHORT", 2)
LONG: Final = MYSQL_H.constant("MYSQL_TYPE_LONG", 3)
FLOAT: Final = MYSQL_H.constant("MYSQL_TYPE_FLOAT", 4)
DOUBLE: Final = MYSQL_H.constant("MYSQL_TYPE_DOUBLE", 5)
LONG_LONG: Final = MYSQL_H.constant("MYSQL_TYPE_LONGLONG", 8)
INT24: Final = MYSQL_H.constant("MYSQL_TYPE_INT24", 9)
YEAR: Final = MYSQL_H.constant("MYSQL_TYPE_YEAR", 13)
NEW_DECIMAL: Final = MYSQL_H.constant("MYSQL_TYPE_NEWDECIMAL", 246)
BLOBS: Final = MYSQL_H.constant("MYSQL_TYPE_TINY_BLOB", 249)  # this and the following ones hold bytes or texts

FIELD: Final = MYSQL_H.record(
    "MYSQL_FIELD",
    {
        "name": "char *",
        "org_name": "char *",
        "table": "char *",
        "org_table": "char *",
        "db": "char *",
        "catalog": "char *",
        "def": "char *",
        "length": "unsigned long",
        "max_length": "unsigned long",
        "name_length": "unsigned int",
        "org_name_length": "unsigned int",
        "table_length": "unsigned int",
        "org_table_length": "unsigned int",
        "db_length": "unsigned int",
        "catalog_length": "unsigned int",
        "def_length": "unsigned int",
        "flags": "unsigned int",
        "decimals": "unsigned int",
        "charsetnr": "unsigned int",
        "type": "unsigned int",
        "extension": "void *",
    },
)
FIELD_NAME: Final = FIELD.offsets["name"]
FIELD_CHARACTERS: Final = FIELD.offsets["charsetnr"]
FIELD_TYPE: Final = FIELD.offsets["type"]


@MYSQL_H.function("MYSQL *mysql_init(MYSQL *)")
def new_connection(connection: CAddress) -> CAddress:
    raise NotImplementedError


@MYSQL_H.function("int mysql_options(MYSQL *, enum mysql_option, const void *)")
def set_option(connection: CAddress, option: CInt, value: CText) -> CInt:
    raise NotImplementedError


@MYSQL_H.function(
    "MYSQL *mysql_real_connect(MYSQL *, const char *, const char *, const char *, const char *, unsigned int, const char *, unsigned long)"
)
def connect(
    connection: CAddress,
    host: CText | None,
    user: CText | None,
    password: CText | None,
    database: CText | None,
    port: CUnsigned,
    socket: CText | None,
    flags: CLong,
) -> CAddress:
    raise NotImplementedError


@MYSQL_H.function("void mysql_close(MYSQL *)")
def close(connection: CAddress) -> None:
    raise NotImplementedError


@MYSQL_H.function("const char *mysql_error(MYSQL *)")
def error_message(connection: CAddress) -> CAddress:
    raise NotImplementedError


@MYSQL_H.function("int mysql_real_query(MYSQL *, const char *, unsigned long)")
def run(connection: CAddress, text: CData, count: CLong) -> CInt:
    raise NotImplementedError


@MYSQL_H.function("unsigned long mysql_real_escape_string(MYSQL *, char *, const char *, unsigned long)")
def escape(connection: CAddress, target: CAddress, data: CData, count: CLong) -> CLong:
    raise NotImplementedError


@MYSQL_H.function("my_ulonglong mysql_affected_rows(MYSQL *)")
def changed_rows(connection: CAddress) -> CLong:
    raise NotImplementedError


@MYSQL_H.function("my_ulonglong mysql_insert_id(MYSQL *)")
def last_insert_id(connection: CAddress) -> CLong:
    raise NotImplementedError


# --- results ---------------------------------------------------------------------------------------------------------
@MYSQL_H.function("unsigned int mysql_field_count(MYSQL *)")
def result_columns(connection: CAddress) -> CUnsigned:
    raise NotImplementedError


@MYSQL_H.function("MYSQL_RES *mysql_store_result(MYSQL *)")
def store_result(connection: CAddress) -> CAddress:
    raise NotImplementedError


@MYSQL_H.function("void mysql_free_result(MYSQL_RES *)")
def free_result(result: CAddress) -> None:
    raise NotImplementedError


@MYSQL_H.function("unsigned int mysql_num_fields(MYSQL_RES *)")
def column_count(result: CAddress) -> CUnsigned:
    raise NotImplementedError


@MYSQL_H.function("MYSQL_FIELD *mysql_fetch_field_direct(MYSQL_RES *, unsigned int)")
def column(result: CAddress, index: CUnsigned) -> CAddress:
    raise NotImplementedError


@MYSQL_H.function("char **mysql_fetch_row(MYSQL_RES *)")
def next_row(result: CAddress) -> CAddress:
    raise NotImplementedError


@MYSQL_H.function("unsigned long *mysql_fetch_lengths(MYSQL_RES *)")
def value_lengths(result: CAddress) -> CAddress:
    raise NotImplementedError
