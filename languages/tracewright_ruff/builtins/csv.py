"""CSV: rows under a header as dictionaries, and back."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.builder import StringBuilder
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.conversion import parse_float, parse_int
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Dict, array_from_list, as_array, as_dict, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native


@final
class CsvReader:
    """Records of a text, one after the other; empty lines are none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.line = 1
        self.record_line = 1  # where the record read last begins
        self.record_start = 0

    def record(self) -> list[str] | None:
        """The fields of the next record; None at the end."""
        text = self.text
        while self.position < len(text) and text[self.position] in "\r\n":
            self._pass_break()
        self.record_line = self.line
        self.record_start = self.position
        if self.position >= len(text):
            return None
        fields: list[str] = []
        while True:
            fields.append(self._field())
            if self.position >= len(text):
                return fields
            if text[self.position] == ",":
                self.position += 1
                continue
            self._pass_break()
            return fields

    def _pass_break(self) -> None:
        if self.text[self.position] == "\n":
            self.line += 1
        elif not self.text.startswith("\n", self.position + 1):
            self.line += 1
        self.position += 1

    def _field(self) -> str:
        """Up to a comma or the end of the record. Quotes count only at the field's beginning, where two of them mean one."""
        text = self.text
        builder = StringBuilder()
        if self.position < len(text) and text[self.position] == '"':
            self.position += 1
            while self.position < len(text):
                character = text[self.position]
                if character == '"':
                    if not text.startswith('"', self.position + 1):
                        self.position += 1
                        break
                    self.position += 1
                elif character == "\n":
                    self.line += 1
                builder.append(character)
                self.position += 1
        start = self.position
        while self.position < len(text) and text[self.position] not in ",\r\n":
            self.position += 1
        builder.append(text[start : self.position])
        return builder.build()


def cell_value(text: str) -> Value:
    """An int, a float, or the text itself."""
    try:
        return Value.of_int(parse_int(text))
    except ValueError:
        pass
    try:
        return Value.of_float(parse_float(text)) if text.strip() == text else text_value(text)
    except ValueError:
        return text_value(text)


def native_parse_csv(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`parse_csv(s)`: an array of dictionaries, by the names in the first row"""
    message = "parse_csv requires a string argument"
    if count < 1:
        raise GuestError(message)
    reader = CsvReader(text_at(stack, first, message))
    header = reader.record()
    rows: list[Value] = []
    while header is not None:
        fields = reader.record()
        if fields is None:
            break
        if len(fields) != len(header):
            offset = len(reader.text[: reader.record_start].encode())
            raise GuestError(
                f"CSV parse error: record {len(rows) + 1} (line: {reader.record_line}, byte: {offset}): found record with "
                f"{len(fields)} fields, but the previous record has {len(header)} fields"
            )
        table = W_Dict(session.dict_shape)
        for index in range(len(fields)):
            table.set_text(header[index], cell_value(fields[index]))
        rows.append(Value.of_object(table))
    return array_from_list(rows)


def quoted_cell(text: str) -> str:
    """The text as a field; in quotes where it has something in it that would mean more."""
    for character in text:
        if character in ',"\r\n':
            return '"' + text.replace('"', '""') + '"'
    return text


def native_to_csv(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_csv(rows)`: the header has the keys of the first dictionary, sorted"""
    array = as_array(stack[first]) if count > 0 else None
    if array is None or array.length == 0:
        raise GuestError("CSV requires non-empty array")
    names: list[str] = []
    builder = StringBuilder()
    for index in range(array.length):
        table = as_dict(array.items[index])
        if table is None:
            raise GuestError("CSV requires array of dictionaries")
        if index == 0:
            names = table.sorted_keys()
            builder.append(",".join([quoted_cell(name) for name in names]))
            builder.append("\n")
        for column in range(len(names)):
            if column > 0:
                builder.append(",")
            value = table.get_text(names[column])
            cell = quoted_cell(display_text(value)) if not value.same(Value.UNDEFINED) else ""
            builder.append('""' if cell == "" and len(names) == 1 else cell)
        builder.append("\n")
    return text_value(builder.build())


ROWS: Final[list[W_Native]] = [
    W_Native("parse_csv", 1, 1, ARITY_ANY, native_parse_csv),
    W_Native("to_csv", 1, 1, ARITY_ANY, native_to_csv),
]
