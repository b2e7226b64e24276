"""Values as `console.log` shows them: node's forms of primitives, arrays, plain objects, functions and errors.

Not there yet: the grouping of arrays with more than six elements into columns, getters, class names.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import bits_of_float
from tracewright.core.value import Value
from tracewright.lib.unicode_names import continues_identifier, starts_identifier
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.conversions import as_symbol, error_text, symbol_text, to_text
from tracewright_javascript.functions import JSFunction, NativeFunction
from tracewright_javascript.keys import NO_INDEX, Key, key_of_index
from tracewright_javascript.objects import JSError, JSObject, as_object, get_named, prototype_of
from tracewright_javascript.properties import Property, pair_in
from tracewright_javascript.values import as_string

WIDTH: Final = 72  # of what stands on one line
DEPTH: Final = 2  # objects deeper than this are only named
MOST_ELEMENTS: Final = 100


def inspected(value: Value, depth: int, seen: list[JSObject]) -> str:
    """A value inside another, or an object by itself."""
    text = as_string(value)
    if text is not None:
        return quoted(text.text())
    symbol = as_symbol(value)
    if symbol is not None:
        return symbol_text(symbol)
    thing = as_object(value)
    if thing is None:
        return "-0" if value.is_float() and bits_of_float(value.as_float()) == bits_of_float(-0.0) else to_text(value)
    for outer in seen:
        if outer is thing:
            return "[Circular *1]"
    if isinstance(thing, (JSFunction, NativeFunction)) and len(_visible_keys(thing)) == 0:
        return shown_function(thing)
    if isinstance(thing, JSError):
        return error_text(thing) if depth == 0 else f"[{error_text(thing)}]"
    is_function = isinstance(thing, (JSFunction, NativeFunction))
    name = shown_function(thing) if is_function else class_name(thing)
    if depth > DEPTH:
        return "[Array]" if isinstance(thing, JSArray) else f"[{name if name != '' else 'Object'}]"
    seen.append(thing)
    parts = _parts(thing, depth, seen)
    seen.pop()
    brackets = "[]" if isinstance(thing, JSArray) else "{}"
    prefix = f"{name} " if name != "" else ""
    if len(parts) == 0:
        return prefix + brackets
    return prefix + _laid_out(parts, brackets, depth)


def shown_function(thing: JSObject) -> str:
    """A function or class, without its properties."""
    if isinstance(thing, JSFunction):
        return shown_class(thing) if thing.code.is_class else named_function(thing.code.name)
    return named_function(thing.name) if isinstance(thing, NativeFunction) else ""


def class_name(thing: JSObject) -> str:
    """The name of the program's function that made an object; empty for plain objects and arrays."""
    constructor = as_object(get_named(thing, "constructor"))
    return constructor.code.name if isinstance(constructor, JSFunction) else ""


def shown_class(function: JSFunction) -> str:
    """`[class B extends A]`"""
    name = function.code.name if function.code.name != "" else "(anonymous)"
    parent = prototype_of(function)
    if isinstance(parent, JSFunction):
        return f"[class {name} extends {parent.code.name}]"
    if isinstance(parent, NativeFunction) and parent.name != "":
        return f"[class {name} extends {parent.name}]"
    return f"[class {name}]"


def _visible_keys(thing: JSObject) -> list[Key]:
    keys: list[Key] = []
    for key in thing.own_keys():
        found = thing.own_property(key)
        if found is not None and found.is_enumerable():
            keys.append(key)
    return keys


def _parts(thing: JSObject, depth: int, seen: list[JSObject]) -> list[str]:
    parts: list[str] = []
    if isinstance(thing, JSArray):
        _elements(thing, depth, seen, parts)
    for key in _visible_keys(thing):
        found = thing.own_property(key)
        if found is None or isinstance(thing, JSArray) and key.index != NO_INDEX:
            continue
        parts.append(f"{_shown_key(key)}: {_shown_slot(found, depth, seen)}")
    return parts


def _elements(array: JSArray, depth: int, seen: list[JSObject], parts: list[str]) -> None:
    index = 0
    length = array.length()
    while index < length and len(parts) < MOST_ELEMENTS:
        found = array.own_property(key_of_index(index))
        if found is not None:
            parts.append(_shown_slot(found, depth, seen))
            index += 1
            continue
        start = index
        while index < length and array.own_property(key_of_index(index)) is None:
            index += 1
        parts.append(f"<{index - start} empty item{'s' if index - start > 1 else ''}>")
    if index < length:
        parts.append(f"... {length - index} more item{'s' if length - index > 1 else ''}")


def _shown_key(key: Key) -> str:
    if key.is_symbol():
        return "[Symbol()]"
    return key.name if _is_identifier(key.name) else quoted(key.text())


def _shown_slot(found: Property, depth: int, seen: list[JSObject]) -> str:
    if not found.is_accessor():
        return inspected(found.slot, depth + 1, seen)
    pair = pair_in(found.slot)
    if pair.setter.same(Value.UNDEFINED):
        return "[Getter]"
    return "[Setter]" if pair.getter.same(Value.UNDEFINED) else "[Getter/Setter]"


def _laid_out(parts: list[str], brackets: str, depth: int) -> str:
    total = len(parts) + sum([len(part) for part in parts])
    several = any("\n" in part for part in parts)
    if total + depth * 2 <= WIDTH and not several:
        return f"{brackets[0]} {', '.join(parts)} {brackets[1]}"
    margin = "  " * (depth + 1)
    inner = (",\n" + margin).join(parts)
    return f"{brackets[0]}\n{margin}{inner}\n{'  ' * depth}{brackets[1]}"


def named_function(name: str) -> str:
    """`[Function: name]`"""
    return f"[Function: {name}]" if name != "" else "[Function (anonymous)]"


def _is_identifier(name: str) -> bool:
    if name == "" or not starts_identifier(ord(name[0])):
        return False
    return all(continues_identifier(ord(unit)) for unit in name)


def quoted(text: str) -> str:
    """A string in single quotes, or in others where it has those."""
    quote = "'"
    if "'" in text:
        if '"' not in text:
            quote = '"'
        elif "`" not in text and "${" not in text:
            quote = "`"
    parts: list[str] = [quote]
    for unit in text:
        parts.append(_escaped(unit, quote))
    parts.append(quote)
    return "".join(parts)


def _escaped(unit: str, quote: str) -> str:
    match unit:
        case "\n":
            return "\\n"
        case "\t":
            return "\\t"
        case "\r":
            return "\\r"
        case "\b":
            return "\\b"
        case "\f":
            return "\\f"
        case "\v":
            return "\\v"
        case "\\":
            return "\\\\"
        case _:
            if unit == quote:
                return "\\" + unit
            code = ord(unit)
            return f"\\x{code:02X}" if code < 32 or code == 127 else unit


def shown(value: Value) -> str:
    """An argument of `console.log`: strings as they are."""
    text = as_string(value)
    return text.text() if text is not None else inspected(value, 0, [])
