"""`parse_json`, `to_json` and `to_json_pretty`."""

from typing import Final

from tracewright.core.mathematics import is_infinite, is_nan
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.float_text import float_positional, float_repr
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.json_reader import JsonReader
from tracewright_ruff.display import debug_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Array, W_Dict, W_String, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

_COMPACT: Final = -1  # the depth of a document without line breaks
_ESCAPES: dict[int, str] = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def native_parse_json(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`parse_json(s)`"""
    if count < 1:
        raise GuestError("parse_json() requires a string argument")
    return JsonReader(session, text_at(stack, first, "parse_json() requires a string argument")).document()


def native_to_json(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_json(v)`"""
    if count < 1:
        raise GuestError("to_json() requires an argument")
    return text_value(json_text(stack[first]))


def json_text(value: Value) -> str:
    """The value as one line of JSON, keys sorted. Raises GuestError for what has no such form."""
    pieces: list[str] = []
    _write(value, _COMPACT, pieces)
    return "".join(pieces)


def native_to_json_pretty(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_json_pretty(v)`"""
    if count < 1:
        raise GuestError("to_json_pretty() requires an argument")
    pieces: list[str] = []
    _write(stack[first], 0, pieces)
    return text_value("".join(pieces))


def _write(value: Value, depth: int, pieces: list[str]) -> None:
    if value.is_int():
        pieces.append(str(value.as_int()))
    elif value.is_float():
        pieces.append(_float_text(value.as_float()))
    elif value.is_bool():
        pieces.append("true" if value.as_bool() else "false")
    elif not value.is_object():
        pieces.append("null")
    else:
        _write_object(value, value.as_object(), depth, pieces)


def _write_object(value: Value, thing: object, depth: int, pieces: list[str]) -> None:
    if isinstance(thing, W_String):
        _write_text(thing.flat(), pieces)
    elif isinstance(thing, W_Array):
        inner = _inner(depth)
        pieces.append("[")
        for index in range(thing.length):
            _separate(index, inner, pieces)
            _write(thing.items[index], inner, pieces)
        _close("]", thing.length, depth, pieces)
    elif isinstance(thing, W_Dict):
        inner = _inner(depth)
        pieces.append("{")
        keys = thing.sorted_keys()
        for index in range(len(keys)):
            _separate(index, inner, pieces)
            _write_text(keys[index], pieces)
            pieces.append(":" if depth == _COMPACT else ": ")
            _write(thing.get_text(keys[index]), inner, pieces)
        _close("}", len(keys), depth, pieces)
    else:
        raise GuestError(f"Cannot convert {debug_text(value)} to JSON")


def _inner(depth: int) -> int:
    return _COMPACT if depth == _COMPACT else depth + 1


def _separate(index: int, depth: int, pieces: list[str]) -> None:
    """What stands before element `index` of a container whose elements are at `depth`."""
    if index > 0:
        pieces.append(",")
    if depth != _COMPACT:
        pieces.append("\n" + "  " * depth)


def _close(bracket: str, length: int, depth: int, pieces: list[str]) -> None:
    if length > 0 and depth != _COMPACT:
        pieces.append("\n" + "  " * depth)
    pieces.append(bracket)


def _float_text(number: float) -> str:
    """As Ruff writes floats in JSON: with `.0`, and with a bare exponent where it is large or very small."""
    if is_nan(number) or is_infinite(number):
        raise GuestError(f"Cannot convert non-finite float {float_positional(number)} to JSON")
    text = float_repr(number)
    mark = text.find("e")
    if mark < 0:
        return text
    exponent = text[mark + 1 :]
    sign = "-" if exponent.startswith("-") else "+"
    digits = exponent[1:]
    if digits == "05":  # 1e-05 is still written out
        return float_positional(number)
    return text[:mark] + "e" + sign + (digits[1:] if digits.startswith("0") else digits)


def quoted_json(text: str) -> str:
    """`text` as a JSON string."""
    pieces: list[str] = []
    _write_text(text, pieces)
    return "".join(pieces)


def _write_text(text: str, pieces: list[str]) -> None:
    pieces.append('"')
    for character in text:
        code = ord(character)
        if code in _ESCAPES:
            pieces.append(_ESCAPES[code])
        elif code < 32:
            pieces.append(f"\\u{code:04x}")
        else:
            pieces.append(character)
    pieces.append('"')


ROWS: Final[list[W_Native]] = [
    W_Native("parse_json", 1, 1, ARITY_ANY, native_parse_json),
    W_Native("to_json", 1, 1, ARITY_ANY, native_to_json),
    W_Native("to_json_pretty", 1, 1, ARITY_ANY, native_to_json_pretty),
]
