"""From the bytes of a source file, or the text that `compile` is given, to what the lexer reads: decoded, with line feeds for line ends."""

from __future__ import annotations

from encodings.aliases import aliases
from typing import Final

from tracewright.core.text import code_at
from tracewright.guest.diagnostics import Span
from tracewright.lib.builder import StringBuilder
from tracewright.lib.utf8 import failure_text, find_malformed
from tracewright_python.diagnostics import SyntaxFault

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_COOKIE: Final = b"coding"
_UTF_8_NAMES: Final[dict[str, bool]] = {"utf-8": True, "utf8": True, "u8": True, "utf": True, "utf-8-sig": True}
_ASCII_NAMES: Final[dict[str, bool]] = {"ascii": True, "us-ascii": True, "646": True}
_SINGLE_BYTE: Final = (
    *(
        "iso8859_1",
        "iso8859_2",
        "iso8859_3",
        "iso8859_4",
        "iso8859_5",
        "iso8859_6",
        "iso8859_7",
        "iso8859_8",
        "iso8859_9",
    ),
    *(
        "iso8859_10",
        "iso8859_11",
        "iso8859_13",
        "iso8859_14",
        "iso8859_15",
        "iso8859_16",
        "koi8_r",
        "koi8_u",
        "mac_roman",
    ),
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("cp437", "cp850", "cp852", "cp855", "cp866"),
)
UNDEFINED: Final = "\ufffe"  # a byte that means nothing in an encoding


def _single_byte_tables() -> dict[str, str]:
    """By name, in small letters with hyphens: what each byte means."""
    tables: dict[str, str] = {}
    for codec in _SINGLE_BYTE:
        table = "".join([bytes([code]).decode(codec, "replace").replace("\ufffd", UNDEFINED) for code in range(256)])
        tables[codec.replace("_", "-")] = table
    for alias, codec in aliases.items():
        if codec in _SINGLE_BYTE or codec == "latin_1":
            tables[alias.replace("_", "-")] = tables["iso8859-1" if codec == "latin_1" else codec.replace("_", "-")]
    tables["latin-1"] = tables["iso8859-1"]
    for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16):
        tables[f"iso-8859-{number}"] = tables[f"iso8859-{number}"]
    return tables


SINGLE_BYTE_TABLES: Final[dict[str, str]] = _single_byte_tables()
_NOWHERE: Final = Span(0, 0, 0, 0)


def decoded(data: bytes, file: str) -> str:
    """The text of a source file, by its mark or the declaration in one of its first two lines. Raises SyntaxFault."""
    start = len(_BYTE_ORDER_MARK) if data.startswith(_BYTE_ORDER_MARK) else 0
    name = declared_encoding(data[start:])
    if start > 0 and name != "" and name not in _UTF_8_NAMES:
        raise SyntaxFault(f"encoding problem: {name} with BOM", _NOWHERE)
    if name == "" or name in _UTF_8_NAMES:
        return _decoded_utf8(data[start:], name, file)
    table = SINGLE_BYTE_TABLES.get(name)
    if table is not None:
        return _decoded_single_bytes(data, table, name)
    if name in _ASCII_NAMES:
        return _decoded_ascii(data)
    raise SyntaxFault(f"encoding problem: {name}", _NOWHERE)


def declared_encoding(data: bytes) -> str:
    """What a comment such as `# -*- coding: latin-1 -*-` in the first two lines says, in small letters with hyphens; empty if nothing does."""
    start = 0
    for _ in range(2):
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        line = data[start:end].strip(b" \t\f\r")
        if line.startswith(b"#"):
            name = _cookie(line)
            if name != "":
                return name
        elif len(line) > 0:
            return ""
        start = end + 1
    return ""


def _cookie(line: bytes) -> str:
    place = line.find(_COOKIE)
    while place >= 0:
        index = place + len(_COOKIE)
        if index < len(line) and (line[index] == ord(":") or line[index] == ord("=")):
            index += 1
            while index < len(line) and (line[index] == ord(" ") or line[index] == ord("\t")):
                index += 1
            start = index
            while index < len(line) and _is_encoding_part(line[index]):
                index += 1
            if index > start:
                return line[start:index].decode().lower().replace("_", "-")
        place = line.find(_COOKIE, place + 1)
    return ""


def _is_encoding_part(code: int) -> bool:
    return code < 128 and (chr(code).isalnum() or code == ord("-") or code == ord("_") or code == ord("."))


def _decoded_utf8(data: bytes, name: str, file: str) -> str:
    place = find_malformed(data)
    if place < 0:
        return data.decode()
    line = data.count(b"\n", 0, place) + 1
    if name == "":
        message = (
            f"Non-UTF-8 code starting with '\\x{data[place]:02x}' in file {file} on line {line}, "
            "but no encoding declared; see https://peps.python.org/pep-0263/ for details"
        )
    else:
        message = f"(unicode error) {failure_text(data, place)}"
    raise SyntaxFault(message, Span(line, 0, line, 0))


def _decoded_single_bytes(data: bytes, table: str, name: str) -> str:
    builder = StringBuilder()
    for index in range(len(data)):
        code = code_at(table, data[index])
        if code == ord(UNDEFINED):
            line = data.count(b"\n", 0, index) + 1
            raise SyntaxFault(
                f"'{name}' codec can't decode byte 0x{data[index]:02x} in position {index}: character maps to <undefined>",
                Span(line, 0, line, 0),
            )
        builder.append_code(code)
    return builder.build()


def _decoded_ascii(data: bytes) -> str:
    for index in range(len(data)):
        if data[index] >= 128:
            line = data.count(b"\n", 0, index) + 1
            raise SyntaxFault(
                f"'ascii' codec can't decode byte 0x{data[index]:02x} in position {index}: ordinal not in range(128)",
                Span(line, 0, line, 0),
            )
    return data.decode()


def prepared(text: str, adds_newline: bool) -> str:
    """The text with line feeds for all line ends and, for whole files, one at its end. Raises SyntaxFault for a null character."""
    if "\0" in text:
        raise SyntaxFault("source code string cannot contain null bytes", _NOWHERE)
    if "\r" in text:
        text = _with_line_feeds(text)
    if adds_newline and len(text) > 0 and code_at(text, len(text) - 1) != 0x0A:
        text += "\n"
    return text


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
