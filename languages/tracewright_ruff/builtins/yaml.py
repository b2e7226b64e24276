"""`parse_yaml` and `to_yaml`."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.float_text import float_repr
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.json import quoted_json
from tracewright_ruff.builtins.yaml_reader import MOST_DEPTH, YamlReader
from tracewright_ruff.builtins.yaml_scalars import is_plain
from tracewright_ruff.display import debug_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Array, W_Dict, W_String, as_array, as_dict, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native


def native_parse_yaml(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`parse_yaml(s)`"""
    message = "parse_yaml requires a string argument"
    if count < 1:
        raise GuestError(message)
    return YamlReader(session, text_at(stack, first, message)).document()


def native_to_yaml(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_yaml(v)`: blocks, keys sorted"""
    if count < 1:
        raise GuestError("to_yaml requires an argument")
    lines: list[str] = []
    value = stack[first]
    if _is_block(value):
        _write_block(value, 0, lines, "")
    else:
        lines.append(_scalar(value) + "\n")
    return text_value("".join(lines))


def _is_block(value: Value) -> bool:
    array = as_array(value)
    table = as_dict(value)
    return (array is not None and array.length > 0) or (table is not None and len(table.keys()) > 0)


def _write_block(value: Value, depth: int, lines: list[str], begun: str) -> None:
    """The lines of a collection; `begun` is what stands already at the head of the first: the dash of an item."""
    if depth > MOST_DEPTH:
        raise GuestError("YAML serialization error: nested too deeply")
    indent = "  " * depth
    head = begun if begun != "" else indent
    array = as_array(value)
    table = as_dict(value)
    if array is not None:
        for index in range(array.length):
            item = array.items[index]
            if _is_block(item):
                _write_block(item, depth + 1, lines, head + "- ")
            else:
                lines.append(f"{head}- {_scalar(item)}\n")
            head = indent
    elif table is not None:
        for name in table.sorted_keys():
            item = table.get_text(name)
            key = name if is_plain(name) else quoted_json(name)
            if not _is_block(item):
                lines.append(f"{head}{key}: {_scalar(item)}\n")
            else:
                lines.append(f"{head}{key}:\n")
                _write_block(item, depth if as_array(item) is not None else depth + 1, lines, "")
            head = indent


def _scalar(value: Value) -> str:
    if value.is_int():
        return str(value.as_int())
    if value.is_float():
        return _float(value.as_float())
    if value.is_bool():
        return "true" if value.as_bool() else "false"
    if not value.is_object():
        return "null"
    thing = value.as_object()
    if isinstance(thing, W_String):
        text = thing.flat()
        return text if is_plain(text) else quoted_json(text)
    if isinstance(thing, W_Array):
        return "[]"
    if isinstance(thing, W_Dict):
        return "{}"
    raise GuestError(f"Cannot convert {debug_text(value)} to YAML")


def _float(number: float) -> str:
    if number != number:
        return ".nan"
    text = float_repr(number)
    if "inf" in text:
        return "-.inf" if number < 0.0 else ".inf"
    return text if "." in text or "e" in text else text + ".0"


ROWS: Final[list[W_Native]] = [
    W_Native("parse_yaml", 1, 1, ARITY_ANY, native_parse_yaml),
    W_Native("to_yaml", 1, 1, ARITY_ANY, native_to_yaml),
]
