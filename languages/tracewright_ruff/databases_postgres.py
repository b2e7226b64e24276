"""PostgreSQL, by libpq. Parameters are `$1`, `$2`; the server decides their types, and gets them as texts, but bytes as they are."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.foreign import NULL, MissingLibrary, allocate, bytes_at, release, text_at
from tracewright.core.memory import store8, store32, store64
from tracewright.core.value import Value
from tracewright.lib.float_parse import parse_float
from tracewright.lib.float_text import float_repr
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff import libraries_postgres as postgres
from tracewright_ruff.builtins.conversion import parse_int
from tracewright_ruff.connections import Connection
from tracewright_ruff.display import debug_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Bytes, W_Dict, W_String, text_value
from tracewright_ruff.session import Session

MOST_PARAMETERS: Final = 65535
QUIET: Final = b"SET client_min_messages TO error"  # else the library writes notices to standard error
AS_TEXT: Final = 0
AS_BYTES: Final = 1


def connect(place: str) -> Connection:
    """`host=... user=... dbname=...` or `postgresql://user:password@host:port/database`. Raises GuestError."""
    try:
        postgres.POSTGRES.require()
    except MissingLibrary as error:
        raise GuestError(str(error))
    address = postgres.connect(place.encode())
    if address == NULL:
        raise GuestError("Failed to connect to PostgreSQL: out of memory")
    if postgres.status(address) != postgres.CONNECTED:
        reason = decode_lossy(text_at(postgres.error_message(address))).strip()
        postgres.close(address)
        raise GuestError(f"Failed to connect to PostgreSQL: {reason}")
    postgres.free_result(postgres.run(address, QUIET, 0, NULL, NULL, NULL, NULL, AS_TEXT))
    return PostgresConnection(address)


@final
class PostgresConnection(Connection):
    """A connection to a server."""

    def close(self) -> None:
        if self.address != NULL:
            postgres.close(self.address)
            self.address = NULL

    def execute(self, text: str, parameters: list[Value], name: str) -> int:
        result = self._result(text, parameters, name)
        try:
            if text_at(postgres.command_tag(result)).startswith(b"SELECT"):
                return 0
            changed = text_at(postgres.changed_rows(result))
            return parse_int(decode_lossy(changed))
        except ValueError:  # none: it changes no rows
            return 0
        finally:
            postgres.free_result(result)

    def query(self, session: Session, text: str, parameters: list[Value], name: str) -> list[W_Dict]:
        result = self._result(text, parameters, name)
        rows: list[W_Dict] = []
        try:
            names: list[str] = []
            types: list[int] = []
            for column in range(postgres.column_count(result)):
                names.append(decode_lossy(text_at(postgres.column_name(result, column))))
                types.append(postgres.column_type(result, column))
            for row in range(postgres.row_count(result)):
                table = W_Dict(session.dict_shape)
                for column in range(len(names)):
                    table.set_text(names[column], _value(result, row, column, types[column]))
                rows.append(table)
        finally:
            postgres.free_result(result)
        return rows

    def last_insert_id(self, name: str) -> int:
        result = self._result("SELECT lastval()", [], name)
        try:
            value = _value(result, 0, 0, postgres.INT8)
            return value.as_int() if value.is_int() else 0
        finally:
            postgres.free_result(result)

    def _result(self, text: str, parameters: list[Value], name: str) -> int:
        """What the server says to a statement; to be freed. Raises GuestError."""
        if "\0" in text:
            raise GuestError(f"{name}() requires SQL without NUL characters")
        if len(parameters) > MOST_PARAMETERS:
            raise GuestError(f"{name}() takes {MOST_PARAMETERS} parameters at most")
        passed = PassedParameters(parameters)
        try:
            count = len(parameters)
            data = text.encode()
            result = postgres.run(
                self.address, data, count, NULL, passed.values, passed.lengths, passed.formats, AS_TEXT
            )
        finally:
            passed.release()
        status = postgres.result_status(result)
        if status == postgres.COMMAND_DONE or status == postgres.ROWS:
            return result
        message = postgres.error_field(result, postgres.PRIMARY_MESSAGE)
        reason = decode_lossy(text_at(message)) if message != NULL else ""
        postgres.free_result(result)
        if status == postgres.EMPTY:
            raise GuestError(f"{name}() requires an SQL statement")
        if reason == "":
            reason = decode_lossy(text_at(postgres.error_message(self.address))).strip()
        raise GuestError(f"{name}() failed: {reason}")


# --- parameters ------------------------------------------------------------------------------------------------------
@final
class PassedParameters:
    """The parameters of a statement in C's memory: a row of pointers, one of lengths, one of formats, and what they point to."""

    def __init__(self, parameters: list[Value]) -> None:
        texts: list[bytes | None] = []
        are_bytes: list[bool] = []
        size = 0
        for parameter in parameters:
            text = _text(parameter)
            texts.append(text)
            are_bytes.append(_is_bytes(parameter))
            size += 0 if text is None else len(text) + 1
        count = len(parameters)
        self.values: int = allocate(count * 16 + size + 1)
        self.lengths: int = self.values + 8 * count
        self.formats: int = self.lengths + 4 * count
        place = self.formats + 4 * count
        for index in range(count):
            text = texts[index]
            if text is not None:
                store64(self.values + 8 * index, place)
                store32(self.lengths + 4 * index, len(text))
                store32(self.formats + 4 * index, AS_BYTES if are_bytes[index] else AS_TEXT)
                for position in range(len(text)):
                    store8(place + position, text[position])
                place += len(text) + 1

    def release(self) -> None:
        """Once."""
        release(self.values)


def _is_bytes(value: Value) -> bool:
    return value.is_object() and isinstance(value.as_object(), W_Bytes)


def _text(value: Value) -> bytes | None:
    """As the server reads it; None for null."""
    if value.is_int():
        return str(value.as_int()).encode()
    if value.is_float():
        return float_repr(value.as_float()).encode()
    if value.is_bool():
        return b"true" if value.as_bool() else b"false"
    if not value.is_object():
        return None
    thing = value.as_object()
    if isinstance(thing, W_String):
        text = thing.flat()
        if "\0" in text:
            raise GuestError("a PostgreSQL text cannot hold a NUL character")
        return text.encode()
    if isinstance(thing, W_Bytes):
        return thing.data
    raise GuestError(f"a database cannot hold {debug_text(value)}")


# --- results ---------------------------------------------------------------------------------------------------------
def _value(result: int, row: int, column: int, type_number: int) -> Value:
    if postgres.is_null(result, row, column) == 1:
        return Value.NULL
    data = bytes_at(postgres.value(result, row, column), postgres.value_length(result, row, column))
    match type_number:
        case postgres.BOOL:
            return Value.of_bool(data == b"t")
        case postgres.INT2 | postgres.INT4 | postgres.INT8 | postgres.OID:
            try:
                return Value.of_int(parse_int(decode_lossy(data)))
            except ValueError:
                return text_value(decode_lossy(data))
        case postgres.FLOAT4 | postgres.FLOAT8 | postgres.NUMERIC:
            return _float(decode_lossy(data))
        case postgres.BYTEA:
            return Value.of_object(W_Bytes(_bytes_of_hexadecimal(data)))
        case _:
            return text_value(decode_lossy(data))


def _float(text: str) -> Value:
    try:
        return Value.of_float(parse_float(text))
    except ValueError:
        return text_value(text)


def _bytes_of_hexadecimal(data: bytes) -> bytes:
    """`\\xDEAD` as the bytes it stands for."""
    if not data.startswith(b"\\x"):
        return data
    try:
        return bytes.fromhex(decode_lossy(data[2:]))
    except ValueError:
        return data
