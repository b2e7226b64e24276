"""`parse_toml` and `to_toml`."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.float_text import float_repr
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.json import quoted_json
from tracewright_ruff.builtins.toml_reader import BARE, MOST_DEPTH, TomlReader
from tracewright_ruff.display import debug_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Array, W_Dict, W_String, as_array, as_dict, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native


def native_parse_toml(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`parse_toml(s)`"""
    message = "parse_toml requires a string argument"
    if count < 1:
        raise GuestError(message)
    return TomlReader(session, text_at(stack, first, message)).document()


def native_to_toml(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_toml(d)`: plain values first, then the tables, by their headers"""
    table = as_dict(stack[first]) if count > 0 else None
    if table is None:
        raise GuestError("to_toml requires a dictionary")
    lines: list[str] = []
    _write_table(table, "", lines, 0)
    return text_value("".join(lines))


def _key(name: str) -> str:
    for character in name:
        if character not in BARE:
            return quoted_json(name)
    return name if name != "" else '""'


def _is_row_of_tables(value: Value) -> bool:
    array = as_array(value)
    if array is None or array.length == 0:
        return False
    for index in range(array.length):
        if as_dict(array.items[index]) is None:
            return False
    return True


def _write_table(table: W_Dict, path: str, lines: list[str], depth: int) -> None:
    if depth > MOST_DEPTH:
        raise GuestError("TOML serialization error: nested too deeply")
    for name in table.sorted_keys():
        value = table.get_text(name)
        if as_dict(value) is None and not _is_row_of_tables(value):
            lines.append(f"{_key(name)} = {_inline(value, depth)}\n")
    for name in table.sorted_keys():
        value = table.get_text(name)
        inner = as_dict(value)
        inner_path = _key(name) if path == "" else path + "." + _key(name)
        if inner is not None:
            _head(f"[{inner_path}]\n", lines)
            _write_table(inner, inner_path, lines, depth + 1)
        elif _is_row_of_tables(value):
            rows = as_array(value)
            if rows is not None:
                _write_rows(rows, inner_path, lines, depth)


def _write_rows(rows: W_Array, path: str, lines: list[str], depth: int) -> None:
    for index in range(rows.length):
        row = as_dict(rows.items[index])
        if row is not None:
            _head(f"[[{path}]]\n", lines)
            _write_table(row, path, lines, depth + 1)


def _head(text: str, lines: list[str]) -> None:
    if len(lines) > 0:
        lines.append("\n")
    lines.append(text)


def _inline(value: Value, depth: int) -> str:
    """A value on one line; null is an empty string."""
    if depth > MOST_DEPTH:
        raise GuestError("TOML serialization error: nested too deeply")
    if value.is_int():
        return str(value.as_int())
    if value.is_float():
        text = float_repr(value.as_float())
        return text if "." in text or "n" in text or "e" in text else text + ".0"
    if value.is_bool():
        return "true" if value.as_bool() else "false"
    if not value.is_object():
        return '""'
    thing = value.as_object()
    if isinstance(thing, W_String):
        return quoted_json(thing.flat())
    if isinstance(thing, W_Array):
        return "[" + ", ".join([_inline(thing.items[index], depth + 1) for index in range(thing.length)]) + "]"
    if isinstance(thing, W_Dict):
        pairs = [f"{_key(name)} = {_inline(thing.get_text(name), depth + 1)}" for name in thing.sorted_keys()]
        return "{ " + ", ".join(pairs) + " }" if len(pairs) > 0 else "{}"
    raise GuestError(f"Cannot convert {debug_text(value)} to TOML")


ROWS: Final[list[W_Native]] = [
    W_Native("parse_toml", 1, 1, ARITY_ANY, native_parse_toml),
    W_Native("to_toml", 1, 1, ARITY_ANY, native_to_toml),
]
