"""The three printed forms of a guest value: what `print` shows, what messages show, and what `debug` shows."""

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright.lib.float_text import float_positional
from tracewright_ruff.objects import (
    W_Array,
    W_Bytes,
    W_Channel,
    W_Dict,
    W_Function,
    W_Native,
    W_Option,
    W_Promise,
    W_Queue,
    W_Result,
    W_Set,
    W_Stack,
    W_String,
    W_Struct,
    W_Tagged,
)
from tracewright_ruff.quoting import quoted

UNKNOWN: Final = "<unknown>"  # what functions, sets and all else without a printed form show


@dont_look_inside
def display_text(value: Value) -> str:
    """What `print`, `to_string` and interpolation show. Strings are bare, inside containers too."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_String):
            return thing.flat()
        pieces: list[str] = []
        _display_object(thing, pieces)
        return "".join(pieces)
    return _plain_text(value)


@dont_look_inside
def debug_text(value: Value) -> str:
    """What messages show: `Int(5)`, `Str("a")`, containers by their size."""
    if value.is_object():
        pieces: list[str] = []
        _debug_object(value.as_object(), pieces)
        return "".join(pieces)
    return _labelled_text(value)


@dont_look_inside
def debug_call_text(value: Value) -> str:
    """What the builtin `debug` shows: like `debug_text`, but with the contents of containers."""
    pieces: list[str] = []
    _debug_call(value, pieces)
    return "".join(pieces)


def _plain_text(value: Value) -> str:
    """A value that is no object, as its literal."""
    if value.is_int():
        return str(value.as_int())
    if value.is_float():
        return float_positional(value.as_float())
    if value.is_bool():
        return "true" if value.as_bool() else "false"
    return "null"


def _labelled_text(value: Value) -> str:
    """A value that is no object, with its type."""
    if value.is_int():
        return f"Int({value.as_int()})"
    if value.is_float():
        return "Float(" + float_positional(value.as_float()) + ")"
    if value.is_bool():
        return "Bool(true)" if value.as_bool() else "Bool(false)"
    return "Null"


# Display form


def _display(value: Value, pieces: list[str]) -> None:
    if value.is_object():
        _display_object(value.as_object(), pieces)
    else:
        pieces.append(_plain_text(value))


def _display_object(thing: object, pieces: list[str]) -> None:
    if isinstance(thing, W_String):
        pieces.append(thing.flat())
    elif isinstance(thing, W_Array):
        pieces.append("[")
        _display_row(thing.items, thing.length, ", ", pieces)
        pieces.append("]")
    elif isinstance(thing, W_Dict):
        _display_dict(thing, pieces)
    elif isinstance(thing, W_Struct):
        _display_struct(thing, pieces)
    elif isinstance(thing, W_Result):
        pieces.append("Ok(" if thing.good else "Err(")
        _display(thing.payload, pieces)
        pieces.append(")")
    elif isinstance(thing, W_Option):
        if not thing.some:
            pieces.append("None")
            return
        pieces.append("Some(")
        _display(thing.payload, pieces)
        pieces.append(")")
    elif isinstance(thing, W_Tagged):
        pieces.append(thing.tag)
        if len(thing.payload) > 0:
            pieces.append("(")
            _display_row(thing.payload, len(thing.payload), ",", pieces)
            pieces.append(")")
    elif isinstance(thing, W_Native):
        pieces.append("<native function: " + thing.name + ">")
    else:
        pieces.append(UNKNOWN)


def _display_row(items: Array[Value], length: int, separator: str, pieces: list[str]) -> None:
    for index in range(length):
        if index > 0:
            pieces.append(separator)
        _display(items[index], pieces)


def _display_dict(table: W_Dict, pieces: list[str]) -> None:
    separator = '{"'
    for key in table.sorted_keys():
        pieces.append(separator)
        pieces.append(key)
        pieces.append('": ')
        _display(table.get_text(key), pieces)
        separator = ', "'
    pieces.append("}" if table.count > 0 else "{}")


def _display_struct(instance: W_Struct, pieces: list[str]) -> None:
    pieces.append(instance.shape.guest_type.name)
    pieces.append(" { ")
    separator = ""
    for name in sorted(instance.shape.names()):
        pieces.append(separator)
        pieces.append(name)
        pieces.append(": ")
        _display(instance.get(name), pieces)
        separator = ", "
    pieces.append(" }")


# Debug form


def _debug(value: Value, pieces: list[str]) -> None:
    if value.is_object():
        _debug_object(value.as_object(), pieces)
    else:
        pieces.append(_labelled_text(value))


def _debug_object(thing: object, pieces: list[str]) -> None:
    if isinstance(thing, W_String):
        pieces.append("Str(" + quoted(thing.flat()) + ")")
    elif isinstance(thing, W_Array):
        pieces.append(f"Array[{thing.length}]")
    elif isinstance(thing, W_Dict):
        pieces.append(f"Dict{{{thing.count} keys}}")
    elif isinstance(thing, W_Struct):
        pieces.append("Struct { name: " + quoted(thing.shape.guest_type.name) + ", fields: {")
        separator = ""
        for name in sorted(thing.shape.names()):
            pieces.append(separator + quoted(name) + ": ")
            _debug(thing.get(name), pieces)
            separator = ", "
        pieces.append("} }")
    elif isinstance(thing, (W_Result, W_Option, W_Tagged)):
        _debug_variant(thing, pieces)
    elif isinstance(thing, W_Set):
        pieces.append(f"Set{{{len(thing.items)} items}}")
    elif isinstance(thing, W_Queue):
        pieces.append(f"Queue({len(thing.items) - thing.start} items)")
    elif isinstance(thing, W_Stack):
        pieces.append(f"Stack({len(thing.items)} items)")
    else:
        _debug_opaque(thing, pieces)


def _debug_variant(thing: object, pieces: list[str]) -> None:
    if isinstance(thing, W_Result):
        pieces.append("Ok(" if thing.good else "Err(")
        _debug(thing.payload, pieces)
        pieces.append(")")
    elif isinstance(thing, W_Option):
        if not thing.some:
            pieces.append("None")
            return
        pieces.append("Some(")
        _debug(thing.payload, pieces)
        pieces.append(")")
    elif isinstance(thing, W_Tagged):
        pieces.append(thing.tag)
        if len(thing.payload) > 0:
            separator = "("
            for index in range(len(thing.payload)):
                pieces.append(separator)
                _debug(thing.payload[index], pieces)
                separator = ", "
            pieces.append(")")


def _debug_opaque(thing: object, pieces: list[str]) -> None:
    """Objects whose contents neither debug form shows."""
    if isinstance(thing, W_Native):
        pieces.append("NativeFunction(" + thing.name + ")")
    elif isinstance(thing, W_Function):
        pieces.append("BytecodeFunction(" + thing.code.name + ")")
    elif isinstance(thing, W_Bytes):
        pieces.append(f"Bytes({len(thing.data)} bytes)")
    elif isinstance(thing, W_Channel):
        pieces.append("Channel")
    elif isinstance(thing, W_Promise):
        pieces.append("Promise")
    else:
        pieces.append(UNKNOWN)


# The form of the builtin `debug`


def _debug_call(value: Value, pieces: list[str]) -> None:
    if value.is_object():
        _debug_call_object(value.as_object(), pieces)
    else:
        pieces.append(_labelled_text(value))


def _debug_call_object(thing: object, pieces: list[str]) -> None:
    if isinstance(thing, W_String):
        pieces.append('String("' + thing.flat() + '")')  # as it is: only the debug form of messages escapes
    elif isinstance(thing, W_Array):
        pieces.append("Array[")
        for index in range(thing.length):
            _debug_call_item(thing.items[index], index, pieces)
        pieces.append("]")
    elif isinstance(thing, W_Dict):
        pieces.append("Dict{")
        separator = ""
        for key in thing.sorted_keys():
            pieces.append(separator + key + ": ")
            _debug_call(thing.get_text(key), pieces)
            separator = ", "
        pieces.append("}")
    elif isinstance(thing, W_Struct):
        pieces.append("Struct(" + thing.shape.guest_type.name + ")")
    elif isinstance(thing, W_Result):
        pieces.append("Ok(" if thing.good else "Err(")
        _debug_call(thing.payload, pieces)
        pieces.append(")")
    elif isinstance(thing, W_Option):
        pieces.append("Some(" if thing.some else "None")
        if thing.some:
            _debug_call(thing.payload, pieces)
            pieces.append(")")
    elif isinstance(thing, (W_Set, W_Queue, W_Stack)):
        _debug_call_collection(thing, pieces)
    elif isinstance(thing, W_Tagged):
        _debug_variant(thing, pieces)
    else:
        _debug_opaque(thing, pieces)


def _debug_call_collection(thing: object, pieces: list[str]) -> None:
    if isinstance(thing, W_Set):
        pieces.append("Set{")
        for index in range(len(thing.items)):
            _debug_call_item(thing.items[index], index, pieces)
        pieces.append("}")
    elif isinstance(thing, W_Queue):
        pieces.append("Queue[")
        for index in range(thing.start, len(thing.items)):
            _debug_call_item(thing.items[index], index - thing.start, pieces)
        pieces.append("]")
    elif isinstance(thing, W_Stack):
        pieces.append("Stack[")
        for index in range(len(thing.items)):
            _debug_call_item(thing.items[index], index, pieces)
        pieces.append("]")


def _debug_call_item(value: Value, index: int, pieces: list[str]) -> None:
    if index > 0:
        pieces.append(", ")
    _debug_call(value, pieces)
