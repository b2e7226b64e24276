"""MySQL and MariaDB, by MariaDB's client library. Parameters are `?`, and are written into the statement, quoted as the connection needs it."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.foreign import NULL, MissingLibrary, allocate, bytes_at, release, text_at
from tracewright.core.memory import load32, load64
from tracewright.core.value import Value
from tracewright.lib.float_parse import parse_float
from tracewright.lib.float_text import float_repr
from tracewright.lib.http_texts import percent_decoded
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff import libraries_mariadb as mariadb
from tracewright_ruff.builtins.conversion import parse_int
from tracewright_ruff.connections import Connection
from tracewright_ruff.display import debug_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Bytes, W_Dict, W_String, text_value
from tracewright_ruff.session import Session

SCHEME: Final = "mysql://"
CONNECT_SECONDS: Final = b"\x1e\0\0\0"  # 30, an `unsigned int` of C
CHARACTERS: Final = b"utf8mb4"


@final
class MysqlPlace:
    """`mysql://user:password@host:port/database?socket=/path`, taken apart."""

    def __init__(self, text: str) -> None:
        if not text.startswith(SCHEME):
            raise GuestError(f"Failed to connect to MySQL: the connection string does not begin with {SCHEME}")
        rest, _, options = text[len(SCHEME) :].partition("?")
        front, _, database = rest.partition("/")
        at = front.rfind("@")
        login = front[: max(at, 0)]
        user, colon, password = login.partition(":")
        host, _, port = front[at + 1 :].partition(":")
        self.host = percent_decoded(host)
        self.user = percent_decoded(user)
        self.password: str | None = percent_decoded(password) if colon != "" else None
        self.database = percent_decoded(database)
        self.port = _port(port)
        self.socket = ""
        for option in options.split("&"):
            name, _, value = option.partition("=")
            if name == "socket":
                self.socket = percent_decoded(value)


def _port(text: str) -> int:
    """0, which means the usual one, where there is none."""
    try:
        return 0 if text == "" else parse_int(text) & 0xFFFF
    except ValueError:
        raise GuestError("Failed to connect to MySQL: the port is no number")


def _optional(text: str) -> bytes | None:
    return None if text == "" else text.encode()


def connect(place: str) -> Connection:
    """Raises GuestError."""
    try:
        mariadb.MARIADB.require()
    except MissingLibrary as error:
        raise GuestError(str(error))
    parts = MysqlPlace(place)
    address = mariadb.new_connection(NULL)
    if address == NULL:
        raise GuestError("Failed to connect to MySQL: out of memory")
    mariadb.set_option(address, mariadb.CHARACTERS, CHARACTERS)
    mariadb.set_option(address, mariadb.CONNECT_TIMEOUT, CONNECT_SECONDS)
    password = parts.password
    done = mariadb.connect(
        address,
        _optional(parts.host),
        _optional(parts.user),
        None if password is None else password.encode(),
        _optional(parts.database),
        parts.port,
        _optional(parts.socket),
        0,
    )
    if done == NULL:
        reason = decode_lossy(text_at(mariadb.error_message(address)))
        mariadb.close(address)
        raise GuestError(f"Failed to connect to MySQL: {reason}")
    return MysqlConnection(address)


@final
class MysqlConnection(Connection):
    """A connection to a server."""

    def close(self) -> None:
        if self.address != NULL:
            mariadb.close(self.address)
            self.address = NULL

    def execute(self, text: str, parameters: list[Value], name: str) -> int:
        self._run(text, parameters, name)
        if mariadb.result_columns(self.address) > 0:
            mariadb.free_result(mariadb.store_result(self.address))
            return 0
        return max(mariadb.changed_rows(self.address), 0)

    def query(self, session: Session, text: str, parameters: list[Value], name: str) -> list[W_Dict]:
        self._run(text, parameters, name)
        if mariadb.result_columns(self.address) == 0:
            return []
        result = mariadb.store_result(self.address)
        if result == NULL:
            raise self._failure(name)
        rows: list[W_Dict] = []
        try:
            fields: list[int] = []
            names: list[str] = []
            for index in range(mariadb.column_count(result)):
                field = mariadb.column(result, index)
                fields.append(field)
                names.append(decode_lossy(text_at(load64(field + mariadb.FIELD_NAME))))
            while True:
                row = mariadb.next_row(result)
                if row == NULL:
                    break
                lengths = mariadb.value_lengths(result)
                table = W_Dict(session.dict_shape)
                for index in range(len(fields)):
                    place = load64(row + 8 * index)
                    value = Value.NULL
                    if place != NULL:
                        value = _value(bytes_at(place, load64(lengths + 8 * index)), fields[index])
                    table.set_text(names[index], value)
                rows.append(table)
        finally:
            mariadb.free_result(result)
        return rows

    def last_insert_id(self, name: str) -> int:
        return mariadb.last_insert_id(self.address)

    def _failure(self, name: str) -> GuestError:
        return GuestError(f"{name}() failed: {decode_lossy(text_at(mariadb.error_message(self.address)))}")

    def _run(self, text: str, parameters: list[Value], name: str) -> None:
        pieces = pieces_between_parameters(text)
        if len(pieces) - 1 != len(parameters):
            raise GuestError(f"{name}() statement has {len(pieces) - 1} parameters, got {len(parameters)}")
        whole: list[bytes] = [pieces[0].encode()]
        for index in range(len(parameters)):
            whole.append(self._written(parameters[index]))
            whole.append(pieces[index + 1].encode())
        data = b"".join(whole)
        if mariadb.run(self.address, data, len(data)) != 0:
            raise self._failure(name)

    def _written(self, value: Value) -> bytes:
        """A value as a part of a statement."""
        if value.is_int():
            return str(value.as_int()).encode()
        if value.is_float():
            number = value.as_float()
            if number - number != 0.0:
                raise GuestError(f"a MySQL database cannot hold {debug_text(value)}")
            return float_repr(number).encode()
        if value.is_bool():
            return b"TRUE" if value.as_bool() else b"FALSE"
        if not value.is_object():
            return b"NULL"
        thing = value.as_object()
        if isinstance(thing, W_String):
            return b"'" + self._escaped(thing.flat().encode()) + b"'"
        if isinstance(thing, W_Bytes):
            return b"X'" + thing.data.hex().encode() + b"'"
        raise GuestError(f"a database cannot hold {debug_text(value)}")

    def _escaped(self, data: bytes) -> bytes:
        target = allocate(2 * len(data) + 1)
        try:
            return bytes_at(target, mariadb.escape(self.address, target, data, len(data)))
        finally:
            release(target)


def pieces_between_parameters(text: str) -> list[str]:
    """What stands before, between and behind the question marks that are neither in a text nor in a name nor in a comment."""
    pieces: list[str] = []
    start = 0
    index = 0
    length = len(text)
    while index < length:
        character = text[index]
        if character == "'" or character == '"' or character == "`":
            index = _behind_quoted(text, index, character)
        elif character == "#" or text.startswith("-- ", index):
            end = text.find("\n", index)
            index = length if end < 0 else end + 1
        elif text.startswith("/*", index):
            end = text.find("*/", index + 2)
            index = length if end < 0 else end + 2
        else:
            if character == "?":
                pieces.append(text[start:index])
                start = index + 1
            index += 1
    pieces.append(text[start:])
    return pieces


def _behind_quoted(text: str, index: int, quote: str) -> int:
    """The index behind a text or a name."""
    index += 1
    while index < len(text) and text[index] != quote:
        index += 2 if text[index] == "\\" and quote != "`" else 1
    return index + 1


def _value(data: bytes, field: int) -> Value:
    match load32(field + mariadb.FIELD_TYPE):
        case mariadb.TINY | mariadb.SHORT | mariadb.LONG | mariadb.LONG_LONG | mariadb.INT24 | mariadb.YEAR:
            text = decode_lossy(data)
            try:
                return Value.of_int(parse_int(text))
            except ValueError:
                return _float(text)  # unsigned, and beyond what an int holds
        case mariadb.FLOAT | mariadb.DOUBLE | mariadb.DECIMAL | mariadb.NEW_DECIMAL:
            return _float(decode_lossy(data))
        case kind:
            is_binary = load32(field + mariadb.FIELD_CHARACTERS) == mariadb.BINARY and kind >= mariadb.BLOBS
            return Value.of_object(W_Bytes(data)) if is_binary else text_value(decode_lossy(data))


def _float(text: str) -> Value:
    try:
        return Value.of_float(parse_float(text))
    except ValueError:
        return text_value(text)
